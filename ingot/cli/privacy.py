"""`ingot privacy`: what is stored about people, all of it for one who asks, and forgetting them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.privacy import Erased
    from ingot.wiring import Wiring

privacy_app = typer.Typer(
    help="About whom what is stored, all of it for one who asks, and forgetting them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Address = Annotated[str, typer.Option("--address", help="The person's e-mail address.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_LABELS = {
    "people": "People with a name",
    "with_address": "of them with an address",
    "addresses_found": "Addresses found on pages, or guessed",
    "written_to": "People written to",
    "drafts_and_letters": "Drafts and letters",
    "mails_received": "Mails received from them",
    "pages_kept": "Web pages in the cache",
    "suppressed": "Entries that stop letters",
    "campaigns": "Campaigns",
}


@privacy_app.command(epilog="Example: ingot privacy export --address kim@acme.example --to kim.json")
def export(
    address: Address,
    *,
    to: Annotated[Path | None, typer.Option(help="Write into this file (0600) instead of the terminal.")] = None,
) -> None:
    """Print everything that is stored about a person, as JSON: what you owe them when they ask."""
    import json

    async def deed(wiring: Wiring) -> dict[str, Any]:
        from ingot.actions.privacy import export_person

        async with wiring.uow() as uow:
            return await export_person(uow, address)

    shown = json.dumps(with_wiring(deed), indent=2, ensure_ascii=to is None)
    if to is None:
        typer.echo(shown)
        return
    from ingot.config.private_file import write_private

    write_private(to.absolute(), f"{shown}\n")
    typer.echo(f"Written to {to}.", err=True)


@privacy_app.command(epilog="Example: ingot privacy erase --address kim@acme.example")
def erase(
    address: Address,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Forget a person: their data is erased everywhere, and a salted hash stops any letter to them from now on."""
    from dataclasses import asdict

    from ingot.cli.console import counted, err, out, print_json, text

    async def deed(wiring: Wiring) -> Erased:
        import secrets

        from ingot.actions.privacy import erase_person

        return await erase_person(
            wiring.uow, address, salt=secrets.token_hex(8), base_dir=wiring.base_dir, who="cli", now=wiring.now()
        )

    if not yes and not typer.confirm("Erase all that is stored about this person? It cannot be undone", err=True):
        raise typer.Exit(1)
    done = with_wiring(deed)
    if as_json:
        print_json(asdict(done))
    else:
        out.print(text(f"Erased, with {counted(done.leads, 'lead')}. No letter goes there any more."))
    if done.backups:
        err.print(
            text(
                f"{counted(len(done.backups), 'backup')} may still hold them: delete those older than today, or write it down.",
                "yellow",
            )
        )
    if done.left:
        err.print(text(f"The address still stands in: {', '.join(done.left)}. Please report this.", "bold red"))
        raise typer.Exit(1)


@privacy_app.command(epilog="Example: ingot privacy report --json")
def report(*, as_json: AsJson = False) -> None:
    """Show about how many people what is stored, where they were found, and since when."""
    from ingot.cli.console import out, print_json, table, text

    async def deed(wiring: Wiring) -> dict[str, Any]:
        from ingot.actions.privacy import privacy_report

        async with wiring.uow() as uow:
            return await privacy_report(uow)

    found = with_wiring(deed)
    if as_json:
        print_json(found)
        return
    rows = [(label, found[name]) for name, label in _LABELS.items()]
    rows += [(f"Found at {venue}", count) for venue, count in found["found_at"].items()]
    out.print(table("What is stored about people", ("what", "how many"), rows))
    out.print(text(f"The oldest is of {found['oldest'][:10]}." if found["oldest"] else "Nobody is stored yet."))
    out.print(
        text("They were found on public pages for a letter from you about work. All of one: ingot privacy export.")
    )
