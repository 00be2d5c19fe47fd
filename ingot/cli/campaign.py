"""`python -m flows.campaign`: the main job with a person in front of it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.app import run
from ingot.errors import BudgetExceeded, ConfigError

if TYPE_CHECKING:
    from ingot.cli.sample_mail import SampleMailbox
    from ingot.wiring import Wiring

Flow = Callable[..., Awaitable[dict[str, int]]]


class Review(StrEnum):
    """Who decides about leads: you now, you later, or the score."""

    ask = "ask"
    queue = "queue"
    auto = "auto"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the command line asked for; None is "not said", so that a rerun keeps what was said first."""

    name: str
    resume: str | None
    options: dict[str, Any]
    ask: bool
    as_json: bool
    estimate: bool = False
    mailbox: SampleMailbox | None = None


def main(flow: Flow) -> None:
    """Parse the command line and run `flow`, which is passed in because flows stand above this layer."""
    command = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @command.command(
        help="Find companies, research and match them, and write letters for you to review.",
        epilog="Examples:  python -m flows.campaign --sample --offline --review auto    "
        "python -m flows.campaign --resume cv.pdf --venue yc --limit 5    "
        "python -m flows.campaign --name autumn --review ask",
    )
    def campaign(
        *,
        name: Annotated[
            str, typer.Option(help="The campaign; the same name goes on where it stopped. Default: today's date.")
        ] = "",
        resume: Annotated[
            str | None, typer.Option(help="PDF, DOCX or text; - reads pasted text. Default: the stored profile.")
        ] = None,
        venue: Annotated[
            list[str] | None,
            typer.Option(
                help="yc, hn, csv, json, rss or one of your own (`ingot venues list`); may be given more than once. Default: yc."
            ),
        ] = None,
        source: Annotated[
            list[str] | None, typer.Option(help="File or URL of the venue, in the order of --venue.")
        ] = None,
        limit: Annotated[int | None, typer.Option(min=1, max=200, help="Letters at most. Default: 10.")] = None,
        min_score: Annotated[
            int | None, typer.Option(min=0, max=100, help="Lowest match worth a letter. Default: 40.")
        ] = None,
        review: Annotated[
            Review | None,
            typer.Option(
                help="ask: decide here. queue: decide later. auto: take the best. Default: ask in a terminal, else queue."
            ),
        ] = None,
        batch: Annotated[str | None, typer.Option(help="Only this batch, such as W25.")] = None,
        tag: Annotated[list[str] | None, typer.Option(help="Only companies with one of these tags.")] = None,
        industry: Annotated[str | None, typer.Option(help="Only this industry.")] = None,
        region: Annotated[str | None, typer.Option(help="Only this region or place.")] = None,
        min_team: Annotated[int | None, typer.Option(min=1, help="Smallest team.")] = None,
        max_team: Annotated[int | None, typer.Option(min=1, help="Largest team.")] = None,
        sample: Annotated[
            bool, typer.Option("--sample", help="Use the bundled fictional world: 12 companies and a résumé.")
        ] = False,
        keep: Annotated[
            bool,
            typer.Option("--keep", help="With --sample: keep its database, so that other commands can be tried on it."),
        ] = False,
        send: Annotated[
            bool,
            typer.Option(
                "--send", help="With --sample: send the letters to a mailbox of its own, and show what people answer."
            ),
        ] = False,
        offline: Annotated[
            bool, typer.Option("--offline", help="Write with the embedded engine: no model, no key.")
        ] = False,
        replay: Annotated[
            str | None, typer.Option(help="Read every page from this loopback server instead of the web.")
        ] = None,
        estimate: Annotated[
            bool, typer.Option("--estimate", help="Only say what the run would ask of the models, and its cost.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
    ) -> None:
        filters = {
            "batch": batch,
            "tags": tag,
            "industry": industry,
            "region": region,
            "min_team": min_team,
            "max_team": max_team,
        }
        given = {key: value for key, value in filters.items() if value}
        at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        chosen = review or (Review.ask if at_terminal and not as_json else Review.queue)
        options = {
            "limit": limit,
            "min_score": min_score,
            "review": chosen.value,
            "venues": _venues(venue, source),
            "filters": given or None,
            "offline": offline or None,
            "replay": replay,
            "command": " ".join(
                ["python -m flows.campaign", *(word for word in sys.argv[1:] if word.startswith("--"))]
            ),
        }
        request = Request(
            name=name,
            resume=resume,
            options=options,
            ask=chosen is Review.ask,
            as_json=as_json,
            estimate=estimate,
        )
        if send and not sample:
            raise ConfigError(
                "--send belongs to --sample.", hint="Real letters leave after your review: ingot mail send --now."
            )
        with ExitStack() as world:
            if sample:
                request = world.enter_context(_sample_world(request, keep=keep, send=send))
            _start(flow, request)

    run(command)


def _venues(kinds: list[str] | None, sources: list[str] | None) -> list[dict[str, Any]] | None:
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


@contextmanager
def _sample_world(request: Request, *, keep: bool, send: bool) -> Iterator[Request]:
    """The request, pointed at the sample world; its server and its directory are gone afterwards, unless kept."""
    from ingot.cli.sample import sample_world

    with sample_world(keep=keep) as world, _sample_mailbox(send=send) as mailbox:
        options = request.options | {"venues": [{"kind": "yc", "source": world.url}], "replay": world.url}
        yield Request(
            name=request.name or "sample",
            resume=request.resume or str(world.resume),
            options=options,
            ask=request.ask,
            as_json=request.as_json,
            estimate=request.estimate,
            mailbox=mailbox,
        )


@contextmanager
def _sample_mailbox(*, send: bool) -> Iterator[SampleMailbox | None]:
    if not send:
        yield None
        return
    from ingot.cli.sample_mail import sample_mailbox
    from ingot.config.manager import ConfigManager

    with sample_mailbox(ConfigManager()) as mailbox:
        yield mailbox


def _start(flow: Flow, request: Request) -> None:
    # Failures of single leads are told below; Prefect's tracebacks of them belong in its log, not on the terminal.
    for logger in ("prefect", "prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    if request.estimate:
        from ingot.cli.estimating import show_estimate

        asyncio.run(show_estimate(request.name, request.options, as_json=request.as_json))
    else:
        asyncio.run(_run(flow, request))


async def _run(flow: Flow, request: Request) -> None:
    from ingot.actions.campaign import open_campaign
    from ingot.actions.profile import active_profile, import_profile
    from ingot.cli.console import stage_progress
    from ingot.cli.profile import given as given_resume
    from ingot.wiring import opened, utc_now

    async with opened() as wiring:
        if request.resume is not None:
            path, pasted = given_resume(request.resume)
            profile = await import_profile(wiring.uow, resume=path, pasted=pasted, user_id=wiring.user_id)
        else:
            profile = await active_profile(wiring.uow, user_id=wiring.user_id)
        async with wiring.uow() as uow:
            campaign = await open_campaign(
                uow,
                name=request.name or f"{utc_now():%Y-%m-%d}",
                options=request.options,
                profile_id=profile.id or 0,
                user_id=wiring.user_id,
                now=utc_now(),
                min_score=wiring.config.min_score,
            )
    progress = stage_progress(silent=request.as_json)
    async with opened(**_means(campaign.options), progress=progress, desk=_desk if request.ask else None) as wiring:
        try:
            await flow(name=campaign.campaign_name)
        except BudgetExceeded:
            await _show(wiring, campaign.id or 0, request, stopped=True)
            raise
        await _show(wiring, campaign.id or 0, request)
    if request.mailbox is not None:
        from ingot.cli.sample_mail import noon_clock, send_and_hear

        async with opened(**_means(campaign.options), now=noon_clock()) as wiring:
            await send_and_hear(wiring, campaign.id or 0, request.mailbox)


def _means(options: dict[str, Any]) -> dict[str, Any]:
    from ingot.actions.campaign import means

    return means(options)


def _desk(uow: Any) -> Any:
    from ingot.cli.desk import TerminalDesk
    from ingot.wiring import utc_now

    return TerminalDesk(uow, utc_now)


async def _show(wiring: Wiring, campaign_id: int, request: Request, *, stopped: bool = False) -> None:
    from ingot.cli.console import print_json
    from ingot.cli.outcome import outcome, print_outcome

    result = await outcome(wiring, campaign_id)
    if request.as_json:
        print_json(result.as_json())
        return
    if request.ask and not stopped:
        from ingot.cli.desk import review_drafts

        await review_drafts(wiring, campaign_id)
    else:
        print_outcome(result)
