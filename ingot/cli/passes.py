"""`python -m flows.outreach` and `python -m flows.inbox`: one pass of a flow, with its numbers printed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import typer

from ingot.cli.run_options import AsJson, Quiet
from ingot.cli.starting import quietly

Flow = Callable[..., Awaitable[dict[str, int]]]


def main(flow: Flow, what: str) -> None:
    """Parse the command line and run `flow`, which is passed in because flows stand above this layer."""
    from ingot.cli.app import run

    command = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @command.command(help=what)
    def _one_pass(
        *,
        as_json: AsJson = False,
        quiet: Quiet = False,
    ) -> None:
        run_pass(flow, as_json=as_json, quiet=quiet)

    run(command)


def run_pass(flow: Flow, *, as_json: bool, quiet: bool, **given: Any) -> None:
    """Run the flow once with these parameters, and print its numbers."""
    for logger in ("prefect", "prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # what failed is told below, once
    with quietly(quiet=quiet):
        result = asyncio.run(_run(flow, silent=as_json, **given))
        _show(result, as_json=as_json)


async def _run(flow: Flow, *, silent: bool, **given: Any) -> dict[str, int]:
    from ingot.cli.console import stage_progress
    from ingot.wiring import opened

    async with opened(progress=stage_progress(silent=silent)):
        return await flow(**given)


def _show(result: dict[str, int], *, as_json: bool) -> None:
    from ingot.cli.console import out, print_json

    if as_json:
        print_json(result)
    else:
        out.print(
            ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in result.items() if count) or "Nothing."
        )
