"""`python -m flows.campaign` and `ingot run campaign`: the main job with a person in front of it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from ingot.cli import run_options as given
from ingot.cli.starting import Flow, Request, checkpoints, decider, start

HELP = "Find companies, research and match them, and write letters for you to review."


def main(flow: Flow) -> None:
    """Parse the command line and run `flow`, which is passed in because flows stand above this layer."""
    from ingot.cli.app import run

    command = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    command.command(
        help=HELP,
        epilog="Examples:  python -m flows.campaign --sample --offline --review auto    "
        "python -m flows.campaign --resume cv.pdf --venue yc --limit 5    "
        "python -m flows.campaign --name autumn --review ask    "
        "python -m flows.campaign --name autumn --assist",
    )(campaign_command(lambda: flow, program="python -m flows.campaign"))
    run(command)


def campaign_command(load: Callable[[], Flow], *, program: str) -> Callable[..., None]:
    """The command that runs the flow which `load` gives; `program` is how it was called, kept with the campaign."""

    def campaign(
        *,
        name: given.Name = "",
        resume: given.Resume = None,
        venue: given.VenueKinds = None,
        source: given.Sources = None,
        limit: given.Limit = None,
        min_score: given.MinScore = None,
        review: given.Decider = None,
        batch: given.Batch = None,
        tag: given.Tags = None,
        industry: given.Industry = None,
        region: given.Region = None,
        min_team: given.MinTeam = None,
        max_team: given.MaxTeam = None,
        sample: given.Sample = False,
        keep: given.Keep = False,
        send: given.SendSample = False,
        offline: given.Offline = False,
        replay: given.Replay = None,
        estimate: given.EstimateOnly = False,
        assist: given.Assist = False,
        assist_at: given.AssistAt = None,
        as_json: given.AsJson = False,
        quiet: given.Quiet = False,
    ) -> None:
        chosen = decider(review, as_json=as_json)
        options = {
            "limit": limit,
            "min_score": min_score,
            "review": chosen.value,
            "venues": given.venues_of(venue, source),
            "filters": given.filters_of(
                batch=batch, tags=tag, industry=industry, region=region, min_team=min_team, max_team=max_team
            ),
            "offline": offline or None,
            "replay": replay,
            "command": called(program),
        }
        request = Request(
            name=name,
            resume=resume,
            options=options,
            ask=chosen is given.Review.ask,
            as_json=as_json,
            quiet=quiet,
            estimate=estimate,
            assist=checkpoints(every=assist, chosen=assist_at),
        )
        start(load, request, sample=sample, keep=keep, send=send)

    return campaign


def called(program: str) -> str:
    """How the program was called: names of options alone, for what follows them may be a path or a name."""
    return " ".join([program, *(word.partition("=")[0] for word in sys.argv[1:] if word.startswith("--"))])
