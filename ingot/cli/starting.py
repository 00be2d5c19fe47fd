"""Runs the campaign, or one stage of it, with a person in front of it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ingot.cli.run_options import CheckStep, Review
from ingot.errors import BudgetExceeded, ConfigError, ValidationError

if TYPE_CHECKING:
    from ingot.cli.assist import Assistant
    from ingot.cli.sample_mail import SampleMailbox
    from ingot.domain.campaign import Campaign
    from ingot.wiring import Wiring

Flow = Callable[..., Awaitable[dict[str, int]]]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the command line asked for; an option that is None is "not said", so that a rerun keeps what was said first.

    `only` is the one stage to run, empty for all. `assist` are the steps to ask before.
    """

    name: str
    options: dict[str, Any]
    resume: str | None = None
    ask: bool = False
    as_json: bool = False
    quiet: bool = False
    estimate: bool = False
    only: str = ""
    assist: frozenset[str] = frozenset()
    mailbox: SampleMailbox | None = None


def decider(review: Review | None, *, as_json: bool) -> Review:
    """Who decides: as chosen, else the person where one sits at a terminal."""
    return review or (Review.ask if at_terminal() and not as_json else Review.queue)


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def checkpoints(*, every: bool, chosen: Collection[CheckStep] | None) -> frozenset[str]:
    """The steps to ask before. `ConfigError` where nobody can be asked."""
    steps = frozenset(step.value for step in (chosen or (CheckStep if every else ())))
    if steps and not at_terminal():
        raise ConfigError(
            "--assist asks before each step, and nobody can be asked: this is no terminal.",
            hint="Run it in a terminal, or without --assist.",
        )
    return steps


def start(
    load: Callable[[], Flow], request: Request, *, sample: bool = False, keep: bool = False, send: bool = False
) -> None:
    """Run the flow that `load` gives: loading it takes seconds, so it is the last thing that is done."""
    if send and not sample:
        raise ConfigError(
            "--send belongs to --sample.", hint="Real letters leave after your review: ingot mail send --now."
        )
    with ExitStack() as world:
        world.enter_context(quietly(quiet=request.quiet))
        if sample:
            request = world.enter_context(_sample_world(request, keep=keep, send=send))
        if request.estimate:
            from ingot.cli.estimating import show_estimate

            name = asyncio.run(_known_name(request)) if request.only not in {"", "scout"} else request.name
            asyncio.run(show_estimate(name, request.options, as_json=request.as_json, only=request.only))
        else:
            flow = load()
            # Failures of single leads are told below; Prefect's tracebacks of them belong in its log, not on the terminal.
            for logger in ("prefect", "prefect.flow_runs", "prefect.task_runs"):
                logging.getLogger(logger).setLevel(logging.CRITICAL)
            asyncio.run(_run(flow, request))


@contextmanager
def quietly(*, quiet: bool) -> Iterator[None]:
    """With `quiet`, no progress and no remarks meanwhile."""
    from ingot.cli.console import notes

    before = notes.quiet
    notes.quiet = before or quiet
    try:
        yield
    finally:
        notes.quiet = before


@contextmanager
def _sample_world(request: Request, *, keep: bool, send: bool) -> Iterator[Request]:
    """The request, pointed at the sample world; its server and its directory are gone afterwards, unless kept."""
    from ingot.cli.sample import sample_world

    with sample_world(keep=keep) as world, _sample_mailbox(send=send) as mailbox:
        options = request.options | {"venues": [{"kind": "yc", "source": world.url}], "replay": world.url}
        resume = request.resume or (str(world.resume) if request.only in {"", "scout"} else None)
        yield replace(request, name=request.name or "sample", resume=resume, options=options, mailbox=mailbox)


@contextmanager
def _sample_mailbox(*, send: bool) -> Iterator[SampleMailbox | None]:
    if not send:
        yield None
        return
    from ingot.cli.sample_mail import sample_mailbox
    from ingot.config.manager import ConfigManager

    with sample_mailbox(ConfigManager()) as mailbox:
        yield mailbox


async def _known_name(request: Request) -> str:
    from ingot.wiring import opened

    async with opened() as wiring:
        return await _known(wiring, request.name)


async def _known(wiring: Wiring, name: str) -> str:
    """The name of a campaign that is there; the newest one's where none is named."""
    async with wiring.uow() as uow:
        if not name:
            newest = await uow.campaigns.newest(user_id=wiring.user_id)
            name = newest.campaign_name if newest else ""
        elif await uow.campaigns.named(name, user_id=wiring.user_id) is None:
            name = ""
    if not name:
        raise ValidationError(
            "There is no such campaign to go on with.",
            hint="See `ingot campaign list`, or find companies: ingot run scout.",
        )
    return name


async def _opened_campaign(request: Request) -> Campaign:
    from ingot.actions.campaign import open_campaign
    from ingot.actions.profile import active_profile, import_profile
    from ingot.cli.profile import given as given_resume
    from ingot.wiring import opened, utc_now

    async with opened() as wiring:
        name = request.name or f"{utc_now():%Y-%m-%d}"
        if request.only not in {"", "scout"}:
            name = await _known(wiring, request.name)
        if request.resume is not None:
            path, pasted = given_resume(request.resume)
            profile = await import_profile(wiring.uow, resume=path, pasted=pasted, user_id=wiring.user_id)
        else:
            profile = await active_profile(wiring.uow, user_id=wiring.user_id)
        async with wiring.uow() as uow:
            return await open_campaign(
                uow,
                name=name,
                options=request.options,
                profile_id=profile.id or 0,
                user_id=wiring.user_id,
                now=utc_now(),
                min_score=wiring.config.min_score,
            )


async def _run(flow: Flow, request: Request) -> None:
    from ingot.actions.campaign import means
    from ingot.cli.console import stage_progress
    from ingot.wiring import opened

    campaign = await _opened_campaign(request)
    progress = stage_progress(silent=request.as_json)
    asking: dict[str, Any] = {"desk": _desk if request.ask else None}
    assistant = _assistant(request)
    if assistant is not None:
        asking["checkpoint"] = assistant
    async with opened(**means(campaign.options), progress=progress, **asking) as wiring:
        chosen = {"only": request.only} if request.only else {}
        try:
            await flow(name=campaign.campaign_name, **chosen)
        except BudgetExceeded:
            await _show(wiring, campaign.id or 0, request, stopped=True)
            raise
        await _show(wiring, campaign.id or 0, request, stopped=assistant is not None and assistant.stopped)
    if request.mailbox is not None:
        from ingot.cli.sample_mail import noon_clock, send_and_hear

        async with opened(**means(campaign.options), now=noon_clock()) as wiring:
            await send_and_hear(wiring, campaign.id or 0, request.mailbox)


def _assistant(request: Request) -> Assistant | None:
    if not request.assist:
        return None
    from ingot.cli.assist import Assistant

    return Assistant(request.assist, only=request.only)


def _desk(uow: Any) -> Any:
    from ingot.cli.desk import TerminalDesk
    from ingot.wiring import utc_now

    return TerminalDesk(uow, utc_now)


async def _show(wiring: Wiring, campaign_id: int, request: Request, *, stopped: bool = False) -> None:
    from ingot.cli.console import print_json
    from ingot.cli.outcome import outcome, print_outcome, print_stage

    result = await outcome(wiring, campaign_id)
    if request.as_json:
        print_json(result.as_json())
    elif request.only in {"scout", "research", "match"}:
        print_stage(result, request.only)
    elif request.ask and not stopped:
        from ingot.cli.review_session import review_drafts

        await review_drafts(wiring, campaign_id)
    else:
        print_outcome(result)
