"""`ingot venues`: where leads come from, trying one, taking in a list of your own, and making a new one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import with_wiring
from ingot.errors import ConfigError
from ingot.venues.skeleton import Reads

if TYPE_CHECKING:
    from pathlib import Path

    from ingot.actions.venues import Imported, VenueLine
    from ingot.venues.record import VenueRecord
    from ingot.wiring import Wiring

venues_app = typer.Typer(
    help="Where companies are found: venues built in, lists of your own, plug-ins.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
SHOWN_ROWS = 50


@venues_app.command("list", epilog="Example: ingot venues list --json")
def list_(*, as_json: AsJson = False) -> None:
    """List every kind of venue and each of its sources that was visited."""

    async def deed(wiring: Wiring) -> list[VenueLine]:
        from ingot.actions.venues import venue_lines

        async with wiring.uow() as uow:
            return await venue_lines(uow, directory=wiring.base_dir / "venues")

    from ingot.cli.console import counted, out, print_json, table

    rows = [
        {
            "kind": line.kind,
            "source": "" if line.name == line.kind else line.name,
            "from": line.origin,
            "enabled": line.enabled,
            "last run": f"{line.last_run_at:%Y-%m-%d %H:%M}" if line.last_run_at else None,
            "found": line.found,
            "error": line.error or line.last_error,
        }
        for line in with_wiring(deed)
    ]
    if as_json:
        print_json(rows)
        return
    shown = [
        tuple(("yes" if value else "no") if name == "enabled" else value for name, value in row.items()) for row in rows
    ]
    out.print(table(counted(len(rows), "venue"), tuple(rows[0]), shown))


@venues_app.command(
    "test", epilog="Example: ingot venues test rss --source https://jobs.acme.example/feed.xml --limit 3"
)
def try_one(
    kind: Annotated[str, typer.Argument(help="A kind of venue, as `ingot venues list` shows it.")],
    *,
    source: Annotated[str | None, typer.Option(help="The file or address to read. Default: the venue's own.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many records to show.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Fetch from a venue and show what it gives and what it refuses. Nothing is stored."""

    async def deed(wiring: Wiring) -> tuple[list[VenueRecord], list[str]]:
        from ingot.actions.venues import opened_venue, try_venue

        async with wiring.uow() as uow:
            venue = await opened_venue(uow, kind, source, directory=wiring.base_dir / "venues")
        return await try_venue(venue, wiring.web)

    from ingot.cli.console import counted, out, print_json, table, text

    records, refused = with_wiring(deed, source=_on_loopback(source))
    shown = [_told(record) for record in records[:limit]]
    if as_json:
        print_json({"found": len(records), "records": shown, "refused": refused})
        return
    for row in shown:
        out.print(table(row.pop("company"), ("field", "value"), list(row.items())))
    out.print(
        f"{counted(len(records), 'record')} found, {len(shown)} shown, {len(refused)} refused. Nothing was stored."
    )
    for reason in refused[:SHOWN_ROWS]:
        out.print(text(f"  {reason}", "dim"))


def _told(record: VenueRecord) -> dict[str, Any]:
    from ingot.venues.record import record_text

    kept = ("venue_ref", "website", "url", "published", "person_name", "person_role", "person_email")
    given = {name: getattr(record, name) for name in kept if getattr(record, name)}
    return {"company": record.company_name, **given, "text": record_text(record)}


def _on_loopback(source: str | None) -> str | None:
    return source if (source or "").startswith(("http://127.", "http://localhost")) else None


@venues_app.command("import", epilog='Example: ingot venues import companies.csv --map company="Client" --dry-run')
def import_(
    source: Annotated[str, typer.Argument(metavar="FILE", help="A CSV or JSON file, or its address.")],
    *,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=HEADING", help="Which column a field is in, where it is not guessed."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be stored.")] = False,
    as_json: AsJson = False,
) -> None:
    """Store the companies of a list of yours as leads. Rows that cannot be used are named, and lose no others."""
    from ingot.venues.columns import chosen_columns

    chosen = chosen_columns(columns or [])

    async def deed(wiring: Wiring) -> Imported:
        from ingot.actions.venues import import_list

        return await import_list(
            wiring.uow, wiring.web, source, chosen=chosen, user_id=wiring.user_id, now=wiring.now(), dry_run=dry_run
        )

    _show_import(with_wiring(deed, source=_on_loopback(source)), source, dry_run=dry_run, as_json=as_json)


def _show_import(done: Imported, source: str, *, dry_run: bool, as_json: bool) -> None:
    from ingot.cli.console import counted, out, print_json, table, text

    rows = [
        {"row": item.number, "company": item.company, "becomes": _becomes(item.lead_id, item.row)}
        for item in done.taken
    ]
    refused = [{"row": item.number, "reason": item.reason} for item in done.refused]
    new = sum(item.is_new for item in done.taken)
    if as_json:
        summary = {"new": new, "known": len(rows) - new, "refused": refused, "stored": not dry_run}
        print_json({**summary, "columns": done.columns.fields, "rows": rows})
        return
    columns = [(heading, name or "- (not used)") for heading, name in done.columns.fields.items()]
    out.print(table("Columns", ("heading", "is"), columns))
    if dry_run:
        more = f", the first {SHOWN_ROWS} of {len(rows)}" if len(rows) > SHOWN_ROWS else ""
        out.print(
            table(
                f"What would be stored{more}",
                ("row", "company", "becomes"),
                [tuple(row.values()) for row in rows[:SHOWN_ROWS]],
            )
        )
    if refused:
        out.print(
            table(f"{counted(len(refused), 'row')} refused", ("row", "why"), [tuple(row.values()) for row in refused])
        )
    stored = "would be stored; nothing was" if dry_run else "stored"
    out.print(
        f"{counted(new, 'lead')} {stored}. {len(rows) - new} known before or twice in the list, {len(refused)} refused."
    )
    if not dry_run:
        out.print(text(f"Write to them: python -m flows.campaign --venue {done.kind} --source {source}", "dim"))


def _becomes(lead_id: int | None, row: int | None) -> str:
    if lead_id is not None:
        return f"lead {lead_id} (known)"
    return f"the lead of row {row}" if row is not None else "a new lead"


@venues_app.command(
    epilog="Example: ingot venues new city_jobs --reads json --source https://jobs.acme.example/all.json"
)
def new(
    name: Annotated[str, typer.Argument(help="Lower-case letters, digits and _. Asked for where it is missing.")] = "",
    *,
    reads: Annotated[Reads | None, typer.Option(help="What the venue reads. Default: json.")] = None,
    source: Annotated[str | None, typer.Option(help="The address it reads. Default: an example in the file.")] = None,
    non_interactive: Annotated[bool, typer.Option("--non-interactive", help="Ask nothing.")] = False,
) -> None:
    """Make a venue of your own: a commented file that works, for you to change."""
    if not non_interactive and sys.stdin.isatty():
        name = name or typer.prompt("What is the venue called (lower-case letters, digits and _)")
        reads = reads or typer.prompt("What does it read", default=Reads.json.value, type=Reads)
        if source is None:
            source = typer.prompt(
                "From which address (leave empty to begin with an example)", default="", show_default=False
            )

    async def deed(wiring: Wiring) -> Path:
        from ingot.actions.new_venue import make_venue

        return make_venue(wiring.base_dir / "venues", name, reads or Reads.json, source=source or "")

    if not name:
        raise ConfigError("The venue has no name.", hint="Give it: ingot venues new NAME")
    from ingot.cli.console import out, text

    path = with_wiring(deed)
    out.print(text(f"Made {path}"), soft_wrap=True)
    out.print(f"Try it:     ingot venues test {name}")
    out.print(f"Use it:     python -m flows.campaign --venue {name}")
