"""`ingot campaign report`: one page about a campaign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.campaigns import AsJson, campaign_app
from ingot.cli.opening import with_wiring
from ingot.errors import ValidationError

if TYPE_CHECKING:
    from ingot.actions.report import CampaignReport
    from ingot.wiring import Wiring

_FORMS = (".html", ".md")


@campaign_app.command(epilog="Example: ingot campaign report autumn     or: ingot campaign report --out report.html")
def report(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="A campaign, as `ingot campaign list` names it. Default: the newest."),
    ] = "",
    *,
    out_file: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the page to this file: FILE.html or FILE.md.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Report on one campaign: funnel, letters, costs, subjects, venues, what waits for you, what is held back."""
    from ingot.cli.console import err, out, print_json, table, text

    if out_file is not None and out_file.suffix.lower() not in _FORMS:
        raise ValidationError("A report is written as .html or .md.", hint="For instance: --out report.html")

    async def deed(wiring: Wiring) -> CampaignReport:
        from ingot.actions.report import campaign_report

        async with wiring.uow() as uow:
            return await campaign_report(uow, name, config=wiring.config, user_id=wiring.user_id, now=wiring.now())

    found = with_wiring(deed)
    if out_file is not None:
        _write(out_file.expanduser(), found)
        err.print(text(f"Report: {out_file}", "dim"))
    if as_json:
        print_json(found.as_json())
    elif out_file is None:
        from ingot.cli.report_page import WAITS, sections, title_of
        from ingot.cli.waiting import print_waits

        out.print(text(title_of(found), "bold"))
        for section in sections(found):
            out.print()
            if section.title == WAITS:
                print_waits(found.waits)
            elif section.rows:
                out.print(table(section.title, section.columns, section.rows))
            else:
                out.print(text(f"{section.title}: {section.empty}"))


def _write(path: Path, found: CampaignReport) -> None:
    from ingot.cli.report_page import as_html, as_markdown

    page = as_html(found) if path.suffix.lower() == ".html" else as_markdown(found)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ValidationError(
            "The report cannot be written there.", hint="Check the folder and its permissions."
        ) from error
