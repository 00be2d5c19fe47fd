"""A draft as a page: the letter as it will look, and below it the source of each sentence."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ingot.actions.review import DraftPage
from ingot.cli.console import text
from ingot.domain.email import Tie

_PARTS = {
    "subject_a": "Subject A",
    "subject_b": "Subject B",
    "body": "Letter",
    "followup_day_3": "Day 3",
    "followup_day_7": "Day 7",
}


def render(page: DraftPage, *, follow_ups: bool = True, sources: bool = True) -> RenderableType:
    """The draft for the terminal."""
    letter, lead = page.letter, page.lead
    to = " ".join(filter(None, (lead.person_name, f"({lead.person_role})" if lead.person_role else "")))
    head = Text("\n").join(
        [
            text(f"To:        {to + ', ' if to else ''}{lead.company_name}"),
            text(f"Address:   {lead.person_email or 'none published that was found yet'}"),
            text(f"Subject A: {letter.subject_a}", "bold"),
            text(f"Subject B: {letter.subject_b}"),
        ]
    )
    parts: list[RenderableType] = [head, Text(), text(letter.body), Text(), text(letter.footer, "dim")]
    if follow_ups:
        for item in page.follow_ups:
            parts += [
                Text(),
                text(f"After {item.scheduled_for_day} business days, if nobody answered:", "bold"),
                text(item.body, "dim"),
            ]
    if sources:
        parts += [Text(), sources_table(page, follow_ups=follow_ups)]
    parts += [text(f"Style: {issue.hint} {issue.words}", "yellow") for issue in page.style]
    if letter.insisted_claims:
        parts += [text(f"You insisted on: {', '.join(letter.insisted_claims)}", "yellow")]
    title = Text.assemble(
        text(lead.company_name, "bold"),
        f"  letter {letter.id}, lead {lead.id}, match {page.dossier.match.match_score}",
    )
    subtitle = text(
        f"{letter.status.value} · written by {letter.engine} · tone {letter.tone_adapted_for.value} · {len(letter.body.split())} words"
    )
    return Panel(Group(*parts), title=title, title_align="left", subtitle=subtitle, subtitle_align="left")


def sources_table(page: DraftPage, *, follow_ups: bool) -> RenderableType:
    """Each claiming sentence with the words it rests on and where they stand; side by side, for 80 columns."""
    made = Table(box=box.SIMPLE, show_lines=True, expand=True, padding=(0, 2, 0, 0), pad_edge=False)
    made.add_column("Each sentence", ratio=1, overflow="fold")
    made.add_column("rests on", ratio=1, overflow="fold")
    rows: dict[tuple[str, str], list[Text]] = {}
    for tie in page.ties:
        if (tie.claim and (follow_ups or not tie.part.startswith("followup"))) or not tie.backed:
            found = rows.setdefault((tie.part, tie.sentence), [])
            if (source := _source(page, tie)) not in found:
                found.append(source)
    for (part, sentence), sources in rows.items():
        label = "" if part == "body" else f"{_PARTS[part]}: "
        made.add_row(Text.assemble((label, "bold"), text(sentence)), Text("\n").join(sources))
    return made


def _source(page: DraftPage, tie: Tie) -> Text:
    if not tie.backed:
        return text(f"NOT BACKED: {tie.claim}", "bold yellow")
    return text(f"{tie.quote}\n") + text(page.source_of(tie), "dim")


def as_json(page: DraftPage) -> dict[str, Any]:
    """The draft for scripts."""
    letter, lead = page.letter, page.lead
    return {
        "id": letter.id,
        "lead": {
            "id": lead.id,
            "company": lead.company_name,
            "person": lead.person_name,
            "role": lead.person_role,
            "email": lead.person_email,
        },
        "status": letter.status.value,
        "engine": letter.engine,
        "tone": letter.tone_adapted_for.value,
        "match": page.dossier.match.match_score,
        "subject_a": letter.subject_a,
        "subject_b": letter.subject_b,
        "body": letter.body,
        "footer": letter.footer,
        "follow_ups": {item.scheduled_for_day: item.body for item in page.follow_ups},
        "sentences": [
            {
                "part": tie.part,
                "sentence": tie.sentence,
                "claim": tie.claim,
                "backed": tie.backed,
                "source": page.source_of(tie),
                "quote": tie.quote,
            }
            for tie in page.ties
        ],
        "style": [{"rule": issue.rule, "words": issue.words, "hint": issue.hint} for issue in page.style],
        "insisted_claims": letter.insisted_claims,
    }
