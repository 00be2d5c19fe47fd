"""`ingot suppress`: who must not be written to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.mail import AsJson
from ingot.cli.opening import read_stdin, with_wiring
from ingot.errors import ValidationError

if TYPE_CHECKING:
    from ingot.actions.suppress import Added
    from ingot.domain.suppression import UnsubscribedEmail
    from ingot.wiring import Wiring

suppress_app = typer.Typer(
    help="Who must not be written to: people who asked, dead addresses, whom you name.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@suppress_app.command(epilog="Example: ingot suppress add kim@acme.example @rival.example --reason 'former employer'")
def add(
    entries: Annotated[list[str], typer.Argument(metavar="ADDRESS", help="An address, or @host for everybody there.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; kept with the entry.")] = "added by hand",
) -> None:
    """Add addresses; what waits for them in the queue is skipped at once."""
    _add([(entry, reason) for entry in entries])


@suppress_app.command("list", epilog="Example: ingot suppress list --json")
def list_(*, as_json: AsJson = False) -> None:
    """Show the list."""
    from ingot.cli.console import counted, out, print_json, table

    entries = _everyone()
    rows = [(item.email_address, item.unsubscribe_reason, f"{item.unsubscribed_at:%Y-%m-%d}") for item in entries]
    if as_json:
        print_json([dict(zip(("address", "reason", "since"), row, strict=True)) for row in rows])
    elif rows:
        out.print(table(counted(len(rows), "entry").replace("entrys", "entries"), ("address", "reason", "since"), rows))
    else:
        out.print("Nobody is suppressed.")


@suppress_app.command(
    "import", epilog="Example: ingot suppress import list.csv     or: ingot suppress import - < list.csv"
)
def import_(
    source: Annotated[str, typer.Argument(metavar="FILE", help="CSV with the address first; - reads standard input.")],
) -> None:
    """Add every address of a file: all of them or, where a line is not valid, none."""
    from ingot.actions.suppress import read_csv

    _add(read_csv(read_stdin() if source == "-" else _text_of(Path(source))))


@suppress_app.command(epilog="Example: ingot suppress export > suppressed.csv")
def export() -> None:
    """Print the list as CSV."""
    from ingot.actions.suppress import as_csv
    from ingot.cli.console import clean

    # Entries come from mail, too; the line ends become those of this machine's own files.
    typer.echo(clean(as_csv(_everyone())), nl=False)


def _add(entries: list[tuple[str, str]]) -> None:
    from ingot.cli.console import out

    async def deed(wiring: Wiring) -> Added:
        from ingot.actions.suppress import suppress

        async with wiring.uow() as uow:
            return await suppress(uow, entries, who="cli", now=wiring.now())

    added = with_wiring(deed)
    out.print(f"{added.new} added{f', {added.known} known before' if added.known else ''}.")


def _everyone() -> list[UnsubscribedEmail]:
    async def deed(wiring: Wiring) -> list[UnsubscribedEmail]:
        async with wiring.uow() as uow:
            return await uow.suppressed.everyone()

    return with_wiring(deed)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValidationError(
            "The file cannot be read as UTF-8 text.", hint="Check the path, or convert it."
        ) from error
