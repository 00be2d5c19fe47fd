"""`ingot agents`: the seven agents, what each has done, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.agent_activity import Activity
    from ingot.domain.job import AgentLog
    from ingot.wiring import Wiring

agents_app = typer.Typer(
    help="Agents: which model each asks, what it took, what failed.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_LOGGED = ("id", "created_at", "agent_name", "step_description", "status", "duration_ms", "model", "lead_id", "input_tokens",
           "output_tokens", "cost_estimate", "error_message")  # fmt: skip


@agents_app.command("list", epilog="Example: ingot agents list")
def list_(*, as_json: AsJson = False) -> None:
    """List the agents with their models, calls, tokens, cost and last error."""
    from ingot.cli.console import out, print_json, table
    from ingot.domain.budget import dollars

    found = with_wiring(_activity)
    if as_json:
        print_json([item.as_json() for item in found])
        return
    rows = [
        (
            item.agent,
            " > ".join(item.models),
            item.calls,
            item.failed or None,
            item.input_tokens + item.output_tokens,
            dollars(item.micro_usd),
            item.last_error,
        )
        for item in found
    ]
    out.print(table("Agents", ("agent", "model", "calls", "failed", "tokens", "cost", "last error"), rows))


@agents_app.command(epilog="Example: ingot agents logs --agent writer --failed")
def logs(
    *,
    agent: Annotated[str, typer.Option(help="Only calls of this agent.")] = "",
    failed: Annotated[bool, typer.Option("--failed", help="Only calls that failed.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show the newest calls, the newest first."""
    from ingot.cli.console import out, print_json

    found = with_wiring(_calls(agent=agent, failed=failed, limit=limit))
    if as_json:
        print_json([_logged(item) for item in found])
    elif found:
        out.print(_table("Newest calls", found))
    else:
        out.print("No such call. All: ingot agents logs")


@agents_app.command(epilog="Example: ingot agents inspect writer")
def inspect(
    agent: Annotated[str, typer.Argument(metavar="AGENT", help="An agent, as `ingot agents list` names it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show one agent: its chain of models, what it took, its newest calls and errors."""
    from ingot.cli.console import out, print_json, table, text
    from ingot.domain.budget import dollars

    async def deed(wiring: Wiring) -> tuple[list[AgentLog], Activity]:
        newest = await _calls(agent=agent, failed=False, limit=10)(wiring)
        return newest, next(item for item in await _activity(wiring) if item.agent == agent)

    newest, own = with_wiring(deed)
    if as_json:
        print_json({**own.as_json(), "newest": [_logged(item) for item in newest]})
        return
    told = [
        ("models", " > ".join(own.models)),
        ("calls", f"{own.calls}, {own.failed} failed"),
        ("tokens", f"{own.input_tokens} in, {own.output_tokens} out"),
        ("cost", dollars(own.micro_usd)),
        ("time", f"{own.seconds:.1f} s, {own.seconds / own.calls:.1f} s a call" if own.calls else ""),
        ("last error", own.last_error),
    ]
    out.print(table(own.agent, ("", ""), [row for row in told if row[1]]))
    if newest:
        out.print(_table("Newest calls", newest))
    out.print(text(f"Another model for it: ingot config set agents.{own.agent}.model PROVIDER/NAME", "dim"))


async def _activity(wiring: Wiring) -> list[Activity]:
    from ingot.actions.agent_activity import activity
    from ingot.agents import AGENTS

    async with wiring.uow() as uow:
        return await activity(uow, {name: wiring.agents.chain_of(name) for name in AGENTS})


def _calls(*, agent: str, failed: bool, limit: int) -> Any:
    async def deed(wiring: Wiring) -> list[AgentLog]:
        from ingot.actions.agent_activity import calls

        async with wiring.uow() as uow:
            return await calls(uow, agent=agent, failed=failed, limit=limit)

    return deed


def _logged(item: AgentLog) -> dict[str, Any]:
    return {name: getattr(item, name) for name in _LOGGED}


def _table(title: str, found: list[AgentLog]) -> Any:
    from ingot.cli.console import table

    rows = [
        (
            f"{item.created_at:%m-%d %H:%M:%S}" if item.created_at else "",
            item.agent_name,
            item.step_description,
            item.lead_id,
            item.status,
            item.duration_ms,
            item.error_message,
        )
        for item in found
    ]
    return table(title, ("when", "agent", "step", "lead", "status", "ms", "error"), rows)
