"""`ingot profile`: what INGOT understood of the résumé."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import read_stdin, with_wiring

if TYPE_CHECKING:
    from ingot.actions.profile import Imported
    from ingot.domain.user import UserProfile
    from ingot.wiring import Wiring

profile_app = typer.Typer(help="Your résumé, as INGOT understood it.", no_args_is_help=True, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_CORRECT = "Correct what is wrong: ingot profile edit     One field: ingot profile set headline 'Data engineer'"


@profile_app.command("import", epilog="Example: ingot profile import ~/cv.pdf     or: pbpaste | ingot profile import -")
def import_(
    resume: Annotated[
        str, typer.Argument(metavar="FILE", help="A PDF, DOCX or text file; - reads pasted text from standard input.")
    ],
    *,
    model: Annotated[
        bool, typer.Option("--model", help="Also ask the research agent's model; it adds what the rules missed.")
    ] = False,
    keep_edits: Annotated[
        bool, typer.Option("--keep-edits/--discard-edits", help="What becomes of corrections you made earlier.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Read a résumé and make it the profile that letters are written from."""

    async def deed(wiring: Wiring) -> Imported:
        from ingot.actions.profile import take_in

        path, pasted = given(resume)
        agents = wiring.agents if model else None
        return await take_in(
            wiring.uow, resume=path, pasted=pasted, user_id=wiring.user_id, keep_edits=keep_edits, agents=agents
        )

    imported = with_wiring(deed)
    show_profile(imported.profile, as_json=as_json)
    if not as_json:
        _tell(imported)


@profile_app.command("show", epilog="Example: ingot profile show --json | jq .skills")
def show(*, as_json: AsJson = False) -> None:
    """Show the active profile: check it, every letter is written from it."""

    async def deed(wiring: Wiring) -> UserProfile:
        from ingot.actions.profile import active_profile

        return await active_profile(wiring.uow, user_id=wiring.user_id)

    show_profile(with_wiring(deed), as_json=as_json)


def given(resume: str) -> tuple[Path | None, str]:
    """The résumé as a path, or the text on standard input where it is `-`."""
    return (None, read_stdin()) if resume == "-" else (Path(resume).expanduser(), "")


def _tell(imported: Imported) -> None:
    """What was not found, what became of corrections, what a model added, and how to go on."""
    from ingot.cli.console import counted, out, text

    missing = [name for name, value in _shown(imported.profile).items() if not value]
    notes = [
        "" if imported.is_new else "This résumé was already read; nothing has changed.",
        f"Not found: {', '.join(missing)}." if missing else "",
        f"Kept of your corrections: {'; '.join(imported.kept)}." if imported.kept else "",
        f"Not kept: {'; '.join(imported.lost)}." if imported.lost else "",
        *(f"Added by {imported.model}: {item}" for item in imported.by_model),
    ]
    if imported.model and not imported.by_model:
        notes.append(f"{imported.model} added nothing.")
    if imported.dropped:
        notes.append(f"Left out: {counted(imported.dropped, 'value')} of the model's, not found word for word.")
    for note in filter(None, [*notes, _CORRECT]):
        out.print(text(note), soft_wrap=True)


def show_profile(profile: UserProfile, *, as_json: bool) -> None:
    """Print what was understood."""
    from ingot.cli.console import out, print_json, table

    if as_json:
        print_json(_plain(profile))
        return
    rows = [(name, value) for name, value in _shown(profile).items() if value]
    out.print(table(f"Profile, version {profile.version}", ("field", "understood as"), rows))
    if not profile.achievements():
        out.print("No line says what you did in a job; letters need at least one. Add some: ingot profile edit")


def _shown(profile: UserProfile) -> dict[str, str]:
    jobs = [
        f"{job.title}, {job.company} ({job.start} to {job.end}), {len(job.lines)} lines" for job in profile.experience
    ]
    return {
        "name": profile.name,
        "headline": profile.headline,
        "e-mail": profile.email,
        "phone": profile.phone,
        "location": profile.location,
        "GitHub": profile.github_url,
        "LinkedIn": profile.linkedin_url,
        "skills": ", ".join(profile.skills),
        "experience": "\n".join(jobs),
        "education": "\n".join(f"{item.degree}, {item.school}" for item in profile.education),
        "projects": "\n".join(item.name for item in profile.projects),
    }


def _plain(profile: UserProfile) -> dict[str, Any]:
    from dataclasses import asdict

    shown = {name: value for name, value in vars(profile).items() if not name.startswith("_")}
    return {
        name: [asdict(item) if hasattr(item, "__dataclass_fields__") else item for item in value]
        if isinstance(value, list)
        else value
        for name, value in shown.items()
    }
