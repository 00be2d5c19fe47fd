"""`python -m flows.outreach` and `python -m flows.inbox`: one pass of a flow, with its numbers printed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from ingot.cli.app import run

Flow = Callable[[], Awaitable[dict[str, int]]]


def main(flow: Flow, what: str) -> None:
    """Parse the command line and run `flow`, which is passed in because flows stand above this layer."""
    command = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @command.command(help=what)
    def _one_pass(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False) -> None:
        for logger in ("prefect", "prefect.flow_runs", "prefect.task_runs"):
            logging.getLogger(logger).setLevel(logging.CRITICAL)  # what failed is told below, once
        result = asyncio.run(_run(flow, silent=as_json))
        _show(result, as_json=as_json)

    run(command)


async def _run(flow: Flow, *, silent: bool) -> dict[str, int]:
    from ingot.cli.console import stage_progress
    from ingot.wiring import opened

    async with opened(progress=stage_progress(silent=silent)):
        return await flow()


def _show(result: dict[str, int], *, as_json: bool) -> None:
    from ingot.cli.console import out, print_json

    if as_json:
        print_json(result)
    else:
        out.print(
            ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in result.items() if count) or "Nothing."
        )
