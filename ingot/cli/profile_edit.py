"""`ingot profile edit` and `ingot profile set`: correcting what was understood of the résumé."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.editor import open_editor
from ingot.cli.opening import read_stdin, with_wiring
from ingot.cli.profile import AsJson, profile_app, show_profile
from ingot.errors import IngotError, ValidationError

if TYPE_CHECKING:
    from ingot.domain.user import UserProfile
    from ingot.wiring import Wiring


_OTHERWISE = "ingot profile edit --print > me.toml, correct it, and ingot profile edit --from me.toml"


@profile_app.command(
    "edit",
    epilog="Example: ingot profile edit     or: ingot profile edit --print > me.toml; ingot profile edit --from me.toml",
)
def edit(
    *,
    source: Annotated[
        str,
        typer.Option("--from", metavar="FILE", help="Take the corrected form from a file, or from - (standard input)."),
    ] = "",
    only_print: Annotated[bool, typer.Option("--print", help="Print the form and change nothing.")] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="Open the form again that could not be used last time.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Correct the profile in your editor ($VISUAL or $EDITOR): names, jobs, their lines, schools, skills, links.

    A line that you add or change is your own statement; it is kept below the résumé's text, and letters may rest on it.
    """
    if sum((bool(source), only_print, reopen)) > 1:
        raise typer.BadParameter("give one of --from, --print and --reopen")
    if only_print:
        typer.echo(_form(), nl=False)
    elif source:
        _tell(*_store(_read(source)), as_json=as_json)
    else:
        _tell(*_by_hand(reopen=reopen), as_json=as_json)


@profile_app.command("set", epilog="Example: ingot profile set location 'Ghent, Belgium'")
def set_(
    field: Annotated[
        str, typer.Argument(help="One of: name, headline, email, phone, location, github_url, linkedin_url.")
    ],
    value: Annotated[str, typer.Argument(help="The new value; '' empties the field.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Set one simple field of the profile."""

    async def deed(wiring: Wiring) -> tuple[UserProfile, bool]:
        from ingot.actions.profile_edit import set_field

        return await set_field(wiring.uow, field, value, user_id=wiring.user_id)

    _tell(*with_wiring(deed), as_json=as_json)


def _form() -> str:
    async def deed(wiring: Wiring) -> str:
        from ingot.actions.profile_edit import form_of_active

        return await form_of_active(wiring.uow, user_id=wiring.user_id)

    return with_wiring(deed)


def _store(text: str) -> tuple[UserProfile, bool]:
    async def deed(wiring: Wiring) -> tuple[UserProfile, bool]:
        from ingot.actions.profile_edit import store_form

        return await store_form(wiring.uow, text, user_id=wiring.user_id)

    return with_wiring(deed)


def _read(source: str) -> str:
    if source == "-":
        return read_stdin()
    try:
        return Path(source).expanduser().read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValidationError("The form cannot be opened.", hint="Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise ValidationError("The form is not UTF-8 text.", hint="Save it as UTF-8 and try again.") from error


def _by_hand(*, reopen: bool) -> tuple[UserProfile, bool]:
    """Edit until the form can be used or the user gives up; what was typed stays in its file until it is stored."""
    from ingot.cli.console import err, text

    path = _place()
    if reopen and not path.exists():
        raise ValidationError("There is no form to open again.", hint="Make a new one: ingot profile edit")
    if path.exists() and not reopen:
        raise ValidationError(
            f"A form that was not stored is still here: {path}",
            hint="Go on with it: ingot profile edit --reopen     or delete it and start anew.",
        )
    if not reopen:
        form = _form()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # a résumé is for its owner alone
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(form)
    while True:
        try:
            open_editor(path, otherwise=_OTHERWISE)
            stored = _store(_read(str(path)))
        except IngotError as error:
            err.print(text(f"{error.message} {error.hint}", "yellow"), soft_wrap=True)
            if sys.stdin.isatty() and typer.confirm("Open the form again?", default=True, err=True):
                continue
            raise ValidationError(
                "Nothing was stored; what you typed is kept.",
                hint=f"Go on with it: ingot profile edit --reopen ({path})",
            ) from error
        path.unlink()
        return stored


def _place() -> Path:
    from ingot.config.manager import ConfigManager

    return ConfigManager().base_dir / "resume" / "profile-form.toml"


def _tell(profile: UserProfile, changed: bool, *, as_json: bool) -> None:
    from ingot.cli.console import err

    show_profile(profile, as_json=as_json)
    if not as_json:
        told = f"Stored as version {profile.version}." if changed else "Nothing was changed."
        err.print(told)
