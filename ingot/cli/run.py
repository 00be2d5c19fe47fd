"""`ingot run`: the campaign, or one stage of it, as the flows do it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer

from ingot.cli import run_options as given
from ingot.cli.campaign import HELP, called, campaign_command
from ingot.cli.passes import run_pass
from ingot.cli.starting import Flow, Request, checkpoints, decider, start

run_app = typer.Typer(
    help="Run a campaign, one stage of it, or a pass of sending.", no_args_is_help=True, rich_markup_mode=None
)

PROGRAM = "ingot run"


def _campaign() -> Flow:
    """The flow by its name, as a deployment names it: flows stand above this layer, and Prefect takes seconds to import."""
    flow: Flow = import_module("flows.campaign").campaign
    return flow


def _outreach() -> Any:
    return import_module("flows.outreach").outreach


run_app.command(
    "campaign",
    help=HELP,
    epilog="Example: ingot run campaign --sample --offline --review auto     or: ingot run campaign --name autumn --assist",
)(campaign_command(_campaign, program=f"{PROGRAM} campaign"))


@run_app.command(
    epilog="Example: ingot run scout --venue yc --tag kafka --limit 5     or: ingot run scout --sample --keep"
)
def scout(
    *,
    name: given.Name = "",
    resume: given.Resume = None,
    venue: given.VenueKinds = None,
    source: given.Sources = None,
    limit: given.Limit = None,
    batch: given.Batch = None,
    tag: given.Tags = None,
    industry: given.Industry = None,
    region: given.Region = None,
    min_team: given.MinTeam = None,
    max_team: given.MaxTeam = None,
    sample: given.Sample = False,
    keep: given.Keep = False,
    offline: given.Offline = False,
    replay: given.Replay = None,
    assist: given.Assist = False,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:
    """Only find companies: visit the venues and give the campaign its leads."""
    filters = given.filters_of(
        batch=batch, tags=tag, industry=industry, region=region, min_team=min_team, max_team=max_team
    )
    options = {"limit": limit, "venues": given.venues_of(venue, source), "filters": filters, "replay": replay}
    request = Request(
        name=name,
        resume=resume,
        options={**options, "offline": offline or None, "command": called(f"{PROGRAM} scout")},
        as_json=as_json,
        quiet=quiet,
        only="scout",
        assist=checkpoints(every=assist, chosen=None),
    )
    start(_campaign, request, sample=sample, keep=keep)


@run_app.command(epilog="Example: ingot run research --campaign autumn     or: ingot run research --estimate")
def research(
    *,
    name: given.Known = "",
    sample: given.Sample = False,
    keep: given.Keep = False,
    offline: given.Offline = False,
    replay: given.Replay = None,
    estimate: given.EstimateOnly = False,
    assist: given.Assist = False,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:
    """Only research what was found: read what each discovered company publishes."""
    request = Request(
        name=name,
        options={"offline": offline or None, "replay": replay, "command": called(f"{PROGRAM} research")},
        as_json=as_json,
        quiet=quiet,
        estimate=estimate,
        only="research",
        assist=checkpoints(every=assist, chosen=None),
    )
    start(_campaign, request, sample=sample, keep=keep)


@run_app.command(
    epilog="Example: ingot run match --campaign autumn --min-score 50     or: ingot run match --review auto"
)
def match(
    *,
    name: given.Known = "",
    limit: given.Limit = None,
    min_score: given.MinScore = None,
    review: given.Decider = None,
    sample: given.Sample = False,
    keep: given.Keep = False,
    offline: given.Offline = False,
    estimate: given.EstimateOnly = False,
    assist: given.Assist = False,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:
    """Only score what was researched, and lay it before you: ask, queue, or approve the best."""
    chosen = decider(review, as_json=as_json)
    options = {"limit": limit, "min_score": min_score, "review": chosen.value, "offline": offline or None}
    request = Request(
        name=name,
        options={**options, "command": called(f"{PROGRAM} match")},
        ask=chosen is given.Review.ask,
        as_json=as_json,
        quiet=quiet,
        estimate=estimate,
        only="match",
        assist=checkpoints(every=assist, chosen=None),
    )
    start(_campaign, request, sample=sample, keep=keep)


@run_app.command(epilog="Example: ingot run write --campaign autumn     or: ingot run write --review queue --quiet")
def write(
    *,
    name: given.Known = "",
    review: given.Reader = None,
    sample: given.Sample = False,
    keep: given.Keep = False,
    offline: given.Offline = False,
    replay: given.Replay = None,
    estimate: given.EstimateOnly = False,
    assist: given.Assist = False,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:
    """Only write to approved leads: find whom to write to, ask the questions, draft the letters. Sends nothing."""
    here = given.Review(review.value) if review else None
    request = Request(
        name=name,
        options={"offline": offline or None, "replay": replay, "command": called(f"{PROGRAM} write")},
        ask=decider(here, as_json=as_json) is given.Review.ask,
        as_json=as_json,
        quiet=quiet,
        estimate=estimate,
        only="write",
        assist=checkpoints(every=assist, chosen=None),
    )
    start(_campaign, request, sample=sample, keep=keep)


@run_app.command(epilog="Example: ingot run send     (what waits, and why: ingot mail status)")
def send(*, as_json: given.AsJson = False, quiet: given.Quiet = False) -> None:
    """Make one pass of sending: approved letters, follow-ups and answers that may leave now."""
    run_pass(_outreach(), as_json=as_json, quiet=quiet)


@run_app.command(epilog="Example: ingot run followup     (all that is due, letters too: ingot run send)")
def followup(*, as_json: given.AsJson = False, quiet: given.Quiet = False) -> None:
    """Make one pass of sending for follow-ups alone: those of letters that nobody answered and whose day has come."""
    run_pass(_outreach(), as_json=as_json, quiet=quiet, only="follow_up")
