"""A campaign's report as sections: the same tables for the terminal, for Markdown and for HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ingot.actions.report import CampaignReport, Share, Yield
from ingot.cli.console import clean
from ingot.domain.budget import dollars

# What Markdown would read as markup, or as the end of a cell.
_MARKUP = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_{}[]<>#|~!&"})
WAITS = "Waits for you"
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:50rem;padding:0 1rem;color:#222;background:#fff}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}"
    "th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}p{color:#555}"
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and a table; `empty` is what is said where there are no rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    empty: str = "Nothing."


def title_of(report: CampaignReport) -> str:
    """The heading of the page."""
    funnel = report.funnel
    started = f", started {funnel.started_at:%Y-%m-%d}" if funnel.started_at else ""
    return f"Campaign {funnel.name}: {funnel.status}{started}"


def sections(report: CampaignReport) -> list[Section]:
    """The page, from the top."""
    costs = report.costs
    return [
        Section(
            title="Funnel", columns=("step", "leads", "of the step above", "95 % interval"), rows=_shares(report.steps)
        ),
        Section(
            title=f"Letters: {report.funnel.sent} sent",
            columns=("what", "letters", "of those sent", "95 % interval"),
            rows=_shares(report.letters) if report.funnel.sent else [],
            empty="No letter was sent yet.",
        ),
        Section(
            title=f"Cost: {dollars(costs.micro_usd)} in all",
            columns=("for each", "cost", "how many"),
            rows=[
                (noun, "none yet" if (each := costs.per(count)) is None else dollars(each), count)
                for noun, count in (("lead", costs.leads), ("draft", costs.drafts), ("positive reply", costs.positive))
            ],
        ),
        Section(
            title="Subjects",
            columns=("subject", "sent", "answered", "positive"),
            rows=[(item.name, item.sent, item.answered, item.positive) for item in report.subjects if item.sent],
            empty="No letter was sent yet.",
        ),
        Section(
            title="Best venues",
            columns=("venue", "leads", "drafted", "sent", "answered", "positive"),
            rows=_venues(report.venues),
            empty="No lead yet.",
        ),
        Section(
            title=WAITS,
            columns=("what", "how many", "command"),
            rows=[(item.what, item.count, item.command) for item in report.waits],
            empty="Nothing waits for you.",
        ),
        Section(
            title="Letters held back",
            columns=("why", "how many", "until"),
            rows=[
                (item.reason, item.count, f"{item.until:%Y-%m-%d %H:%M} UTC" if item.until else "")
                for item in report.holds
            ],
            empty="No letter is held back.",
        ),
    ]


def _shares(shares: Iterable[Share]) -> list[tuple[Any, ...]]:
    return [
        (item.name, item.count, f"{item.interval.value:.0%}", f"{item.interval.low:.0%} to {item.interval.high:.0%}")
        if item.interval
        else (item.name, item.count, "", "")
        for item in shares
    ]


def _venues(venues: Iterable[Yield]) -> list[tuple[Any, ...]]:
    return [(item.name, item.leads, item.drafted, item.sent, item.answered, item.positive) for item in venues]


def as_markdown(report: CampaignReport) -> str:
    """The page as Markdown; nothing in it that came from outside is read as markup."""
    parts = [f"# {_plain(title_of(report))}", f"{report.made_at:%Y-%m-%d %H:%M} UTC"]
    for section in sections(report):
        parts.append(f"## {_plain(section.title)}")
        if section.rows:
            head = f"| {' | '.join(section.columns)} |\n|{' --- |' * len(section.columns)}"
            parts.append("\n".join([head, *(f"| {' | '.join(map(_plain, row))} |" for row in section.rows)]))
        else:
            parts.append(section.empty)
    return "\n\n".join(parts) + "\n"


def _plain(value: Any) -> str:
    return " ".join(clean(value).split()).translate(_MARKUP)


def as_html(report: CampaignReport) -> str:
    """The page as one HTML file: no script, nothing loaded from anywhere."""
    title = _escaped(title_of(report))
    body = [f"<h1>{title}</h1>", f"<p>{report.made_at:%Y-%m-%d %H:%M} UTC</p>"]
    for section in sections(report):
        body.append(f"<h2>{_escaped(section.title)}</h2>")
        if not section.rows:
            body.append(f"<p>{_escaped(section.empty)}</p>")
            continue
        head = "".join(f"<th>{_escaped(column)}</th>" for column in section.columns)
        rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in section.rows)
        body.append(f"<table>\n<tr>{head}</tr>\n{rows}\n</table>")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _cell(value: Any) -> str:
    kind = ' class="n"' if isinstance(value, int) else ""
    return f"<td{kind}>{_escaped(value)}</td>"


def _escaped(value: Any) -> str:
    return html.escape(clean(value))
