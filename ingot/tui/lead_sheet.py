"""Everything about one lead as a text that reads well in a narrow column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from ingot.cli.console import text

_HEAD = (("company_website", "industry"), ("person_name", "person_role", "person_email"))


def lead_sheet(page: dict[str, Any]) -> Text:
    """What `ingot.actions.inspect.lead_page` gives."""
    return Text("\n").join(_lines(page))


def _lines(page: dict[str, Any]) -> Iterator[Text]:
    lead, tables = page["lead"], page["tables"]
    score = "" if lead["match_score"] is None else f"match {lead['match_score']}"
    yield text(lead["company_name"], "bold")
    yield text(" · ".join(filter(None, (lead["status"], score, lead["location"], f"lead {lead['id']}"))))
    if lead["status_reason"]:
        yield text(f"Because: {lead['status_reason']}", "yellow")
    told = [" · ".join(lead[name] for name in names if lead[name]) for names in _HEAD]
    yield from (text(line, "dim") for line in told if line)
    for note in page["notes"]:
        yield Text()
        yield text(note)
    yield from _titled("Match", (_part(row) for row in tables["Match"]))
    yield from _titled("Questions", (_question(row) for row in tables["Questions"]))
    yield from _titled("Talking points", (text(f"• {row['text']}") for row in tables["Talking points"]))
    yield from _titled("Evidence", (_evidence(row) for row in tables["Evidence"]))
    refused = (text(f"• {row['claim']}", "yellow") for row in tables["Claims of refused drafts"])
    yield from _titled("Claims of refused drafts", refused)
    pages = (text(f"• {row['url']}: {row['outcome']}", "dim") for row in tables["Pages read"])
    yield from _titled("Pages read", pages)


def _titled(title: str, rows: Iterator[Text]) -> Iterator[Text]:
    found = list(rows)
    if found:
        yield Text()
        yield Text(title, style="bold underline")
        yield from found


def _part(row: dict[str, Any]) -> Text:
    return text(f"{row['points']:>3}/{row['of']:<3}") + text(f"{row['part']}  ", "bold") + text(row.get("why", ""))


def _question(row: dict[str, Any]) -> Text:
    options = [
        text(f"   {'>' if option == row['answer'] else ' '} {number}  {option}")
        for number, option in enumerate(row["options"], start=1)
    ]
    return Text("\n").join([text(row["question"], "bold"), *options])


def _evidence(row: dict[str, Any]) -> Text:
    dated = f", {row['dated']}" if row["dated"] else ""
    source = text(f"  {row['source']}, read {row['fetched'][: len('2026-11-22')]}{dated}", "dim")
    return Text("\n").join([text(f"• {row['quote']}"), source])
