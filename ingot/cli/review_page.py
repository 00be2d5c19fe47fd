"""A draft as the review shows it: why this company, the follow-ups, and last, right above the keys, the letter."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from ingot.actions.review import DraftPage
from ingot.cli.console import listed, text
from ingot.cli.letters import sources_table

HELP = (
    ("a", "approve: the letter and its follow-ups are queued, and leave when nothing holds them"),
    ("e", "edit it in your editor, or line by line where there is none; the same check of every claim follows"),
    ("r", "reject it, and the company with it; you are asked why"),
    ("g", "have it written anew; its questions are asked again, for another angle"),
    ("s", "show each sentence with what it rests on, and where that stands"),
    ("n", "next draft; this one stays a draft"),
    ("u", "undo the last approval or rejection of this review"),
    ("q", "quit; what you decided is kept"),
)


def review_page(page: DraftPage, *, position: str) -> RenderableType:
    """The draft, narrow enough for 80 columns."""
    letter, lead, match = page.letter, page.lead, page.dossier.match
    parts: list[RenderableType] = [text(f"{position} {lead.company_name}", "bold"), *_why(page), *_follow_ups(page)]
    to = ", ".join(filter(None, (lead.person_name, lead.person_role)))
    head = Text("\n").join(
        [
            text(f"To:         {to or 'nobody named'} <{lead.person_email or 'no address found yet'}>"),
            text(f"Subject A:  {letter.subject_a}", "bold"),
            text(f"Subject B:  {letter.subject_b}"),
        ]
    )
    told = f"{letter.status.value} · {letter.engine} · tone {letter.tone_adapted_for.value} · {len(letter.body.split())} words"
    parts.append(
        Panel(
            Group(head, Text(), text(letter.body), Text(), text(letter.footer, "dim")),
            title=text(f"letter {letter.id} · lead {lead.id} · match {match.match_score}"),
            title_align="left",
            subtitle=text(told),
            subtitle_align="left",
        )
    )
    parts += [text(f"Style: {issue.hint} {issue.words}", "yellow") for issue in page.style]
    if unbacked := sum(not tie.backed for tie in page.ties):
        parts.append(text(f"Not backed by any source: {unbacked}. Which: s", "bold yellow"))
    return Group(*parts)


def _why(page: DraftPage) -> Iterator[RenderableType]:
    match = page.dossier.match
    parts = ", ".join(f"{part['part']} {part['points']}/{part['of']}" for part in match.breakdown)
    yield text(f"Match {match.match_score}, {match.confidence_level.value} confidence{f': {parts}' if parts else ''}")
    if match.value_proposition:
        yield text(match.value_proposition, "italic")
    for question in page.dossier.questions:
        yield text(f"Asked: {question.text}  ") + text(question.answer or "(not answered)", "cyan")


def _follow_ups(page: DraftPage) -> Iterator[RenderableType]:
    for item in page.follow_ups:
        yield Panel(
            text(item.body, "dim"),
            title=text(f"if nobody answers the letter below, after {item.scheduled_for_day} business days"),
            title_align="left",
            border_style="dim",
        )


def sources_page(page: DraftPage) -> RenderableType:
    """Each sentence with its source."""
    return sources_table(page, follow_ups=True)


def help_page() -> RenderableType:
    """What each key does."""
    return listed(HELP)
