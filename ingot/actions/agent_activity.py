"""What the seven agents did: their models, calls, tokens, cost and errors, from the log of calls."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingot.agents import AGENTS
from ingot.db.tables import agentlog
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AgentLog
from ingot.errors import ValidationError

FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Activity:
    """All calls of one agent so far. `models` is the chain it asks; `last_error` the newest failed call's, if any."""

    agent: str
    models: tuple[str, ...]
    calls: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    micro_usd: int = 0
    seconds: float = 0.0
    last_call: datetime | None = None
    last_error: str = ""

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return asdict(self)


async def activity(uow: SqlAlchemyUnitOfWork, chains: dict[str, tuple[str, ...]]) -> list[Activity]:
    """One row an agent, in the order of their work. `chains` is the configured chain of each."""
    query = sa.select(
        agentlog.c.agent_name,
        sa.func.count(),
        sa.func.sum(sa.case((agentlog.c.status == FAILED, 1), else_=0)),
        sa.func.sum(agentlog.c.input_tokens),
        sa.func.sum(agentlog.c.output_tokens),
        sa.func.sum(agentlog.c.cost_estimate),
        sa.func.sum(agentlog.c.duration_ms),
        sa.func.max(agentlog.c.created_at),
    ).group_by(agentlog.c.agent_name)
    sums = {row[0]: row[1:] for row in (await uow.session.execute(query)).all()}
    errors = await _last_errors(uow)
    return [_activity(name, chains[name], sums.get(name), errors.get(name, "")) for name in AGENTS]


def _activity(name: str, models: tuple[str, ...], sums: Any, last_error: str) -> Activity:
    if sums is None:
        return Activity(agent=name, models=models)
    calls, failed, put_in, given_out, micro_usd, ms, last = sums
    return Activity(
        agent=name,
        models=models,
        calls=calls,
        failed=int(failed),
        input_tokens=int(put_in),
        output_tokens=int(given_out),
        micro_usd=int(micro_usd),
        seconds=int(ms) / 1000,
        last_call=last,
        last_error=last_error,
    )


async def _last_errors(uow: SqlAlchemyUnitOfWork) -> dict[str, str]:
    newest = sa.select(sa.func.max(agentlog.c.id)).where(agentlog.c.status == FAILED).group_by(agentlog.c.agent_name)
    query = sa.select(agentlog.c.agent_name, agentlog.c.error_message).where(agentlog.c.id.in_(newest))
    return dict(iter(await uow.session.execute(query)))


async def calls(uow: SqlAlchemyUnitOfWork, *, agent: str = "", failed: bool = False, limit: int = 50) -> list[AgentLog]:
    """The newest calls, the newest first: of one agent, or only failed ones. `ValidationError` for no agent's name."""
    if agent and agent not in AGENTS:
        raise ValidationError("There is no agent of this name.", hint=f"The agents are: {', '.join(AGENTS)}.")
    query = sa.select(AgentLog).order_by(agentlog.c.id.desc()).limit(limit)
    if agent:
        query = query.where(agentlog.c.agent_name == agent)
    if failed:
        query = query.where(agentlog.c.status == FAILED)
    return list((await uow.session.scalars(query)).all())
