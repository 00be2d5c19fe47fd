"""What a run would ask of the models and cost, from what stands in the database. Asks nothing and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from ingot.actions.campaign import DEFAULTS, IN_WORK, POOL_PER_LETTER
from ingot.actions.undone import undone
from ingot.agents import Agents
from ingot.db.tables import agentlog, modelcall
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign
from ingot.domain.lead_state import LeadStatus
from ingot.llm.context import CHARACTERS_PER_TOKEN
from ingot.llm.prices import Prices
from ingot.llm.prompt import template

# As many earlier calls say more than the sizes of texts.
_ENOUGH_CALLS = 5
_NEWEST_QUESTIONS = 20
# What stands around each question: the system's words and the shape of the answer.
_AROUND_CHARACTERS = 2_500


@dataclass(frozen=True)
class _Step:
    """A stage that asks a model once for each lead, and the usual sizes of its inputs and answer in characters."""

    stage: str
    agent: str
    prompt: str
    inputs: int
    answer: int


# Sizes as they are in the sample campaign; a real home page is longer than a sample one.
_STEPS = (
    _Step("research", "research", "research_company", 6_000, 1_800),
    _Step("match", "matcher", "value_proposition", 4_600, 250),
    _Step("deep research", "research", "talking_points", 4_700, 450),
    _Step("questions", "writer", "questions", 5_100, 1_000),
    _Step("write", "writer", "write_letter", 5_800, 1_700),
)
STAGES = {
    "scout": (),
    "research": ("research",),
    "match": ("match",),
    "decide": (),
    "write": ("deep research", "questions", "write"),
}
"""Those that ask a model, by the stage that a person may run alone."""
# Asked once for a draft that the first check lets pass, where a second one is set up.
_SECOND_CHECK = _Step("check", "writer", "entail", 4_500, 500)


@dataclass(frozen=True, kw_only=True)
class EstimateRow:
    """One stage: its calls (those whose answer is stored already cost nothing), tokens and micro-dollars.

    `micro_usd` is None where the price is not known. `basis` says what the tokens are taken from.
    """

    stage: str
    agent: str
    model: str
    calls: int
    cached: int
    input_tokens: int
    output_tokens: int
    micro_usd: int | None
    basis: str


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a run would take where the gate is passed by as many as wanted. A refused draft is asked for again, and adds to it."""

    campaign: str
    rows: list[EstimateRow]

    @property
    def micro_usd(self) -> int | None:
        """The sum; None where a price is not known."""
        costs = [row.micro_usd for row in self.rows]
        return None if None in costs else sum(cost for cost in costs if cost is not None)

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "campaign": self.campaign,
            "calls": sum(row.calls for row in self.rows),
            "cached": sum(row.cached for row in self.rows),
            "input_tokens": sum(row.input_tokens for row in self.rows),
            "output_tokens": sum(row.output_tokens for row in self.rows),
            "micro_usd": self.micro_usd,
            "stages": [asdict(row) for row in self.rows],
        }


async def estimate(
    uow: SqlAlchemyUnitOfWork,
    *,
    name: str,
    options: Mapping[str, Any],
    user_id: str,
    agents: Agents,
    prices: Prices,
    entailment_model: str = "",
    stages: Collection[str] | None = None,
) -> Estimate:
    """What a run of this campaign with these options would ask: for its leads, and for those that it would scout.

    A campaign that does not exist yet is estimated from its limit. With `stages`, only what these would ask for the leads
    that wait for them now.
    """
    campaign = await uow.campaigns.named(name, user_id=user_id)
    todo, expected = await _todo(uow, campaign, options)
    if stages is not None:
        todo["match"] = [lead_id for lead_id in todo["match"] if lead_id not in set(todo["research"])]
        todo = {stage: leads if stage in stages else [] for stage, leads in todo.items()}
        expected = dict.fromkeys(expected, 0)
    rows = [
        await _row(
            uow,
            step,
            todo[step.stage],
            expected=expected[step.stage],
            chain=agents.chain_of(step.agent),
            prices=prices,
        )
        for step in _STEPS
        if stages is None or step.stage in stages
    ]
    if entailment_model and (stages is None or "write" in stages):
        chain, drafts = (entailment_model,), expected["write"]
        rows.append(await _row(uow, _SECOND_CHECK, todo["write"], expected=drafts, chain=chain, prices=prices))
    return Estimate(campaign=name, rows=rows)


async def _todo(
    uow: SqlAlchemyUnitOfWork, campaign: Campaign | None, options: Mapping[str, Any]
) -> tuple[dict[str, list[int]], dict[str, int]]:
    """By stage: the leads that wait for it, and how many more are expected to come to it in this run."""
    given = {key: value for key, value in options.items() if value is not None}
    chosen = {**DEFAULTS, **(campaign.options if campaign else {}), **given}
    todo: dict[str, list[int]] = {step.stage: [] for step in _STEPS}
    counts: dict[LeadStatus, int] = {}
    if campaign is not None and campaign.id is not None:
        todo = await undone(uow, campaign.id)
        counts = dict(await uow.leads.count_by_status(campaign_id=campaign.id))
    limit, have = chosen["limit"], sum(counts.values())
    scouted = 0 if chosen["scouted_for"] >= limit else max(0, POOL_PER_LETTER * limit - have)
    room = max(0, limit - sum(counts.get(status, 0) for status in IN_WORK))
    letters = min(room, counts.get(LeadStatus.matched, 0) + len(todo["match"]) + scouted)
    behind_the_gate = dict.fromkeys(("deep research", "questions", "write"), letters)
    return todo, {"research": scouted, "match": scouted, **behind_the_gate}


async def _row(
    uow: SqlAlchemyUnitOfWork,
    step: _Step,
    waiting: Sequence[int],
    *,
    expected: int,
    chain: Sequence[str],
    prices: Prices,
) -> EstimateRow:
    model = chain[0]
    calls = len(waiting) + expected
    cached = await _cached(uow, step, waiting, chain)
    tokens, basis = await _sizes(uow, step, model)
    paid = calls - cached
    put_in, given_out = (round(size * paid) for size in tokens)
    return EstimateRow(
        stage=step.stage,
        agent=step.agent,
        model=model,
        calls=calls,
        cached=cached,
        input_tokens=put_in,
        output_tokens=given_out,
        micro_usd=prices.micro_usd(model, input_tokens=put_in, output_tokens=given_out),
        basis=basis,
    )


async def _cached(uow: SqlAlchemyUnitOfWork, step: _Step, waiting: Sequence[int], chain: Sequence[str]) -> int:
    """For how many of these leads an answer to the prompt of today is stored: it holds as long as its inputs do."""
    query = sa.select(sa.func.count(sa.distinct(modelcall.c.lead_id))).where(
        modelcall.c.prompt_name == step.prompt,
        modelcall.c.prompt_hash == template(step.prompt).sha256,
        modelcall.c.model.in_(chain),
        modelcall.c.lead_id.in_(waiting),
    )
    return await uow.session.scalar(query) or 0


async def _sizes(uow: SqlAlchemyUnitOfWork, step: _Step, model: str) -> tuple[tuple[float, float], str]:
    """Tokens in and out for one lead: the average of this model's calls, else from the sizes of earlier or usual texts."""
    if model.startswith("offline/"):
        return (0.0, 0.0), "no model"
    query = sa.select(
        sa.func.count(),
        sa.func.count(sa.distinct(agentlog.c.lead_id)),
        sa.func.sum(agentlog.c.input_tokens),
        sa.func.sum(agentlog.c.output_tokens),
    ).where(
        agentlog.c.step_description == step.prompt,
        agentlog.c.model == model,
        agentlog.c.input_tokens > 0,
        agentlog.c.lead_id.is_not(None),
    )
    count, leads, put_in, given_out = (await uow.session.execute(query)).one()
    if count >= _ENOUGH_CALLS:
        return (put_in / leads, given_out / leads), f"{count} calls"
    questions = sa.select(modelcall.c.inputs, modelcall.c.answer).where(modelcall.c.prompt_name == step.prompt)
    found = (await uow.session.execute(questions.order_by(modelcall.c.id.desc()).limit(_NEWEST_QUESTIONS))).all()
    inputs, answer, basis = float(step.inputs), float(step.answer), "usual sizes"
    if found:
        inputs = sum(len(json.dumps(row.inputs, ensure_ascii=False)) for row in found) / len(found)
        answer = sum(len(row.answer) for row in found) / len(found)
        basis = f"{len(found)} texts"
    asked = len(template(step.prompt).text) + _AROUND_CHARACTERS + inputs
    return (asked / CHARACTERS_PER_TOKEN, answer / CHARACTERS_PER_TOKEN), basis
