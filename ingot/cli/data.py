"""`ingot data`: everything that is kept, as tables for people and as CSV or JSON for programs."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import AsyncIterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from ingot.cli.opening import with_wiring
from ingot.cli.stats import stats
from ingot.errors import ValidationError

if TYPE_CHECKING:
    from ingot.wiring import Wiring

data_app = typer.Typer(
    help="Your data: leads, letters, figures, and all of it as files.", no_args_is_help=True, rich_markup_mode=None
)
data_app.command("stats", epilog="Example: ingot data stats --campaign autumn")(stats)


class Form(StrEnum):
    """How rows are written."""

    csv = "csv"
    json = "json"


Campaign = Annotated[str, typer.Option(help="Only the campaign of this name.")]
As = Annotated[Form, typer.Option("--format", help="csv, or json: one array of objects.")]
Output = Annotated[
    Path | None, typer.Option(help="Write to this new file, readable by you alone. Default: standard output.")
]
# What a spreadsheet would take for a formula; names and letters come from strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@data_app.command(epilog="Example: ingot data leads --format csv --output leads.csv")
def leads(*, campaign: Campaign = "", form: As = Form.csv, output: Output = None) -> None:
    """Write every lead with its score and where it stands."""
    _write("leads", campaign, form, output)


@data_app.command(epilog="Example: ingot data emails --format json | jq '.[].subject_a'")
def emails(*, campaign: Campaign = "", form: As = Form.csv, output: Output = None) -> None:
    """Write every letter, and what became of it."""
    _write("emails", campaign, form, output)


@data_app.command(epilog="Example: ingot data export ~/ingot-export --format json")
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is empty or new.")],
    *,
    campaign: Campaign = "",
    form: As = Form.csv,
) -> None:
    """Write leads, letters, evidence and answers into a folder, a file each."""
    from ingot.actions.export import KINDS
    from ingot.cli.console import notes, out, text

    folder = folder.expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValidationError("The folder is there already, and not empty.", hint="Name one that is new or empty.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for kind in KINDS:
        file = folder / f"{kind}.{form.value}"
        count = _write(kind, campaign, form, file)
        notes.print(text(f"{file}: {count} rows", "dim"))
    out.print(text(f"Written to {folder}."))


def _write(kind: str, campaign: str, form: Form, output: Path | None) -> int:
    output = output.expanduser() if output is not None else None

    async def deed(wiring: Wiring) -> int:
        from ingot.actions.export import columns, rows
        from ingot.actions.funnel import funnel_named

        async with wiring.uow() as uow:
            chosen = await funnel_named(uow, campaign, user_id=wiring.user_id) if campaign else None
            found = rows(
                uow, kind, user_id=wiring.user_id, campaign_id=chosen.campaign_id if chosen is not None else None
            )
            names = columns(kind)
            if output is None:
                return await _WRITERS[form](sys.stdout, names, found)
            with _new_file(output) as file:
                return await _WRITERS[form](file, names, found)

    return with_wiring(deed)


def _new_file(path: Path) -> TextIO:
    """Open a new file, 0600 whatever the umask: it holds names and addresses."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ValidationError("The file is there already; nothing was written.", hint="Name another one.") from error
    except OSError as error:
        raise ValidationError("The file cannot be written.", hint="Check the folder and its permissions.") from error
    return os.fdopen(descriptor, "w", encoding="utf-8", newline="")


async def _as_csv(target: TextIO, names: list[str], found: AsyncIterator[dict[str, Any]]) -> int:
    writer = csv.writer(target)
    writer.writerow(names)
    count = 0
    async for row in found:
        writer.writerow([_cell(row[name]) for name in names])
        count += 1
    return count


def _cell(value: Any) -> str:
    from ingot.cli.console import clean

    # A table may be shown on a terminal: what could steer it is left out, and stands escaped in JSON.
    plain = "" if value is None else clean(value)
    return f"'{plain}" if isinstance(value, str) and plain.startswith(_FORMULA) else plain


async def _as_json(target: TextIO, names: list[str], found: AsyncIterator[dict[str, Any]]) -> int:
    count = 0
    target.write("[")
    async for row in found:
        target.write(("," if count else "") + "\n  ")
        # Escaped, so that nothing in it can steer a terminal that it is shown on.
        target.write(json.dumps({name: row[name] for name in names}, default=str))
        count += 1
    target.write("\n]\n" if count else "]\n")
    return count


_WRITERS = {Form.csv: _as_csv, Form.json: _as_json}
