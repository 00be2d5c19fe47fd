"""A person at the desk with a list: what to say to which lead, and always the first answer to a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from ingot.actions.decide import decide, waiting
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.lead_state import LeadStatus

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class ScriptedDesk:
    """Leads that are not in `decisions` are skipped. `decided` and `answered` hold ids in the order of asking."""

    def __init__(self, uow: Callable[[], SqlAlchemyUnitOfWork], decisions: Mapping[int, GateDecision]) -> None:
        self._uow = uow
        self._decisions = decisions
        self.decided: list[int] = []
        self.answered: list[int] = []

    async def decide_leads(self, campaign_id: int) -> None:
        async with self._uow() as uow:
            for _, lead, _ in await waiting(uow, campaign_id):
                lead_id = lead.id or 0
                if lead_id in self._decisions:
                    await decide(uow, lead_id, self._decisions[lead_id], who="desk", now=NOW)
                    self.decided.append(lead_id)
            await uow.commit()

    async def answer_questions(self, campaign_id: int) -> None:
        async with self._uow() as uow:
            for lead in await uow.leads.due_for(LeadStatus.approved, campaign_id=campaign_id):
                for question in await uow.questions.of_lead(lead.id or 0):
                    if not question.answer:
                        question.answer = question.options[0]
                        self.answered.append(question.id or 0)
            await uow.commit()
