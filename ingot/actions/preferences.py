"""What the user wishes and how much each part of a match counts: shown, changed, learned from decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from ingot.actions.learn import LETTERS
from ingot.actions.score_lead import BY_RULE
from ingot.db.tables import gate, lead, match
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.learning import Decision, Proposal, decision_of, missing_decisions, propose
from ingot.domain.preferences import Wishes
from ingot.domain.weights import changed, weights_of
from ingot.domain.wish_values import with_set, without
from ingot.errors import ValidationError


async def change_wishes(
    uow: SqlAlchemyUnitOfWork, user_id: str, *, assignments: Sequence[str], unset: Sequence[str]
) -> Wishes:
    """Take `unset` away, then set `NAME=VALUE`; all or nothing. Raises `ValidationError`. Does not commit."""
    stored = await uow.preferences.of_user(user_id)
    wishes = with_set(without(Wishes.from_json(stored.wishes), unset), assignments)
    stored.wishes = wishes.to_json() | {name: stored.wishes[name] for name in {LETTERS} & stored.wishes.keys()}
    return wishes


async def change_weights(
    uow: SqlAlchemyUnitOfWork, user_id: str, changes: Mapping[str, int], *, reset: bool = False
) -> dict[str, int]:
    """Set some weights, after putting all back to the defaults with `reset`. Raises `ValidationError`. Does not commit."""
    stored = await uow.preferences.of_user(user_id)
    before = weights_of({} if reset else stored.weights)
    stored.weights = changed(before, changes) if changes else {} if reset else stored.weights
    return weights_of(stored.weights)


async def past_decisions(uow: SqlAlchemyUnitOfWork, user_id: str) -> tuple[list[Decision], int]:
    """The user's own yes and no, oldest first, and how many of them rest on a score of an older kind."""
    query = (
        sa.select(gate.c.decision, match.c.breakdown)
        .join(match, match.c.lead_id == gate.c.lead_id)
        .join(lead, lead.c.id == gate.c.lead_id)
        .where(lead.c.user_id == user_id, gate.c.decided_by.not_in(BY_RULE))
        .where(gate.c.decision.in_([GateDecision.approve, GateDecision.reject]))
        .order_by(gate.c.decided_at, gate.c.id)
    )
    rows = (await uow.session.execute(query)).all()
    read = [decision_of(breakdown, approved=decision is GateDecision.approve) for decision, breakdown in rows]
    decisions = [decision for decision in read if decision is not None]
    return decisions, len(read) - len(decisions)


async def propose_weights(uow: SqlAlchemyUnitOfWork, user_id: str) -> Proposal:
    """Learn from the decisions and store the proposal for `accept_proposal`. Changes no weight. Does not commit.

    Raises `ValidationError` where there are too few decisions, with how many are missing.
    """
    decisions, older = await past_decisions(uow, user_id)
    if missing := missing_decisions(decisions):
        counted = f"{len(decisions)} of your decisions count so far"
        also = f" ({older} more rest on scores of an older kind)" if older else ""
        raise ValidationError(
            f"There is too little to learn from: {counted}{also}.",
            hint=f"Still missing: {missing}. Decide about more leads: ingot leads list --status matched",
        )
    stored = await uow.preferences.of_user(user_id)
    proposal = propose(decisions, weights_of(stored.weights))
    stored.proposal = asdict(proposal) if proposal.is_change else {}
    return proposal


async def accept_proposal(uow: SqlAlchemyUnitOfWork, user_id: str) -> dict[str, int]:
    """Make the stored proposal the weights. Does not commit.

    Raises `ValidationError` where there is none, or where the weights have changed since it was made.
    """
    stored = await uow.preferences.of_user(user_id)
    proposal: dict[str, Any] = stored.proposal
    if not proposal:
        raise ValidationError("No proposal waits.", hint="Make one from your decisions: ingot profile weights propose")
    if proposal["before"] != weights_of(stored.weights):
        raise ValidationError(
            "The weights have changed since the proposal was made; nothing was changed.",
            hint="Make a new one: ingot profile weights propose",
        )
    stored.weights, stored.proposal = dict(proposal["after"]), {}
    return weights_of(stored.weights)
