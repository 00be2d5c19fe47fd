"""The options of a campaign's run, as `python -m flows.campaign` and `ingot run` take them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from ingot.errors import ConfigError


class Review(StrEnum):
    """Who decides about leads: you now, you later, or the score."""

    ask = "ask"
    queue = "queue"
    auto = "auto"


class Reading(StrEnum):
    """Who answers questions and reads drafts: you now, or you later."""

    ask = "ask"
    queue = "queue"


class CheckStep(StrEnum):
    """A step that can be paused before."""

    scout = "scout"
    research = "research"
    match = "match"
    decide = "decide"
    write = "write"


Name = Annotated[
    str,
    typer.Option(
        "--name", "--campaign", help="The campaign; the same name goes on where it stopped. Default: today's date."
    ),
]
Known = Annotated[str, typer.Option("--campaign", "--name", help="The campaign. Default: the newest.")]
Resume = Annotated[
    str | None, typer.Option(help="PDF, DOCX or text; - reads pasted text. Default: the stored profile.")
]
VenueKinds = Annotated[
    list[str] | None,
    typer.Option(
        "--venue",
        help="yc, hn, csv, json, rss or one of your own (`ingot venues list`); may be given more than once. Default: yc.",
    ),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="File or URL of the venue, in the order of --venue.")
]
Limit = Annotated[int | None, typer.Option(min=1, max=200, help="Letters at most. Default: 10.")]
MinScore = Annotated[int | None, typer.Option(min=0, max=100, help="Lowest match worth a letter. Default: 40.")]
Decider = Annotated[
    Review | None,
    typer.Option(
        help="ask: decide here. queue: decide later. auto: take the best. Default: ask in a terminal, else queue."
    ),
]
Reader = Annotated[
    Reading | None,
    typer.Option(
        "--review", help="ask: questions and drafts here. queue: later. Default: ask in a terminal, else queue."
    ),
]
Batch = Annotated[str | None, typer.Option(help="Only this batch, such as W25.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="Only companies with one of these tags.")]
Industry = Annotated[str | None, typer.Option(help="Only this industry.")]
Region = Annotated[str | None, typer.Option(help="Only this region or place.")]
MinTeam = Annotated[int | None, typer.Option(min=1, help="Smallest team.")]
MaxTeam = Annotated[int | None, typer.Option(min=1, help="Largest team.")]
Sample = Annotated[bool, typer.Option("--sample", help="Use the bundled fictional world: 12 companies and a résumé.")]
Keep = Annotated[
    bool,
    typer.Option("--keep", help="With --sample: keep its database, so that other commands can be tried on it."),
]
SendSample = Annotated[
    bool,
    typer.Option(
        "--send", help="With --sample: send the letters to a mailbox of its own, and show what people answer."
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Write with the embedded engine: no model, no key.")]
Replay = Annotated[str | None, typer.Option(help="Read every page from this loopback server instead of the web.")]
EstimateOnly = Annotated[
    bool, typer.Option("--estimate", help="Only say what the run would ask of the models, and its cost.")
]
Assist = Annotated[bool, typer.Option("--assist", help="Say before each step what it does, and ask whether to go on.")]
AssistAt = Annotated[
    list[CheckStep] | None,
    typer.Option("--assist-at", help="Ask only before this step; may be given more than once."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="No progress and no remarks beside the result; errors are always told.")
]


def venues_of(kinds: list[str] | None, sources: list[str] | None) -> list[dict[str, Any]] | None:
    """Each venue with its source; None where neither was given. `ConfigError` for a source without a venue."""
    if not kinds and not sources:
        return None
    kinds, sources = kinds or ["yc"], sources or []
    if len(sources) > len(kinds):
        raise ConfigError(
            "There are more sources than venues.", hint="Give a --venue for each --source, in the same order."
        )
    return [
        {"kind": kind, "source": source} for kind, source in zip(kinds, [*sources, *[None] * len(kinds)], strict=False)
    ]


def filters_of(**given: Any) -> dict[str, Any] | None:
    """The filters that were given, or None."""
    return {key: value for key, value in given.items() if value} or None
