"""What models have taken so far: in all, by agent and model, and for each lead, draft and positive reply."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from ingot.db.tables import agentlog, email, inbound, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.inbound import MailKind


@dataclass(frozen=True, kw_only=True)
class AgentSpending:
    """The calls of one agent to one model. `failed` of them gave no answer, and may have cost all the same."""

    agent: str
    model: str
    calls: int
    failed: int
    input_tokens: int
    output_tokens: int
    micro_usd: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class SpendingReport:
    """`leads` are those that a model was asked about, `drafts` the letters, `positive` the leads that answered with interest."""

    agents: list[AgentSpending]
    leads: int
    drafts: int
    positive: int

    @property
    def micro_usd(self) -> int:
        """All that was spent."""
        return sum(row.micro_usd for row in self.agents)

    def per(self, count: int) -> int | None:
        """Micro-dollars for each of `count`; None where there is none."""
        return round(self.micro_usd / count) if count else None

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "micro_usd": self.micro_usd,
            "calls": sum(row.calls for row in self.agents),
            "input_tokens": sum(row.input_tokens for row in self.agents),
            "output_tokens": sum(row.output_tokens for row in self.agents),
            "leads": self.leads,
            "drafts": self.drafts,
            "positive_replies": self.positive,
            "micro_usd_per_lead": self.per(self.leads),
            "micro_usd_per_draft": self.per(self.drafts),
            "micro_usd_per_positive_reply": self.per(self.positive),
            "agents": [asdict(row) for row in self.agents],
        }


async def spending(uow: SqlAlchemyUnitOfWork, *, campaign_id: int | None = None) -> SpendingReport:
    """What was logged, of all or of the leads of one campaign. A call without a lead belongs to no campaign."""
    own = sa.true() if campaign_id is None else lead.c.campaign_id == campaign_id
    mine = sa.true() if campaign_id is None else agentlog.c.lead_id.in_(sa.select(lead.c.id).where(own))
    calls = (
        sa.select(
            agentlog.c.agent_name,
            agentlog.c.model,
            sa.func.count().label("calls"),
            sa.func.sum(sa.case((agentlog.c.status == "failed", 1), else_=0)).label("failed"),
            sa.func.sum(agentlog.c.input_tokens).label("put_in"),
            sa.func.sum(agentlog.c.output_tokens).label("given_out"),
            sa.func.sum(agentlog.c.cost_estimate).label("micro_usd"),
            sa.func.sum(agentlog.c.duration_ms).label("ms"),
        )
        .where(mine)
        .group_by(agentlog.c.agent_name, agentlog.c.model)
        .order_by(agentlog.c.agent_name, agentlog.c.model)
    )
    rows = [
        AgentSpending(
            agent=row.agent_name,
            model=row.model,
            calls=row.calls,
            failed=int(row.failed),
            input_tokens=int(row.put_in),
            output_tokens=int(row.given_out),
            micro_usd=int(row.micro_usd),
            seconds=int(row.ms) / 1000,
        )
        for row in await uow.session.execute(calls)
    ]
    asked = sa.select(sa.func.count(sa.distinct(agentlog.c.lead_id))).where(mine)
    drafts = sa.select(sa.func.count()).select_from(email.join(lead, lead.c.id == email.c.lead_id)).where(own)
    positive = (
        sa.select(sa.func.count(sa.distinct(inbound.c.lead_id)))
        .select_from(inbound.join(lead, lead.c.id == inbound.c.lead_id))
        .where(own, inbound.c.kind == MailKind.positive)
    )
    return SpendingReport(
        agents=rows,
        leads=await uow.session.scalar(asked) or 0,
        drafts=await uow.session.scalar(drafts) or 0,
        positive=await uow.session.scalar(positive) or 0,
    )
