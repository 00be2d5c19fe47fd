"""A person at the terminal while a campaign runs: approves leads and answers questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ingot.actions.decide import decide, waiting
from ingot.cli.asking import ask
from ingot.cli.console import err, listed, out, table, text
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.lead_state import LeadStatus

if TYPE_CHECKING:
    from datetime import datetime

    from ingot.domain.email import Question
    from ingot.domain.lead import Lead

_DECISIONS = {"a": GateDecision.approve, "r": GateDecision.reject, "d": GateDecision.defer}
WHO = "terminal"


class TerminalDesk:
    """Asks on the terminal. Each answer is committed before the next question: Ctrl-C loses nothing.

    A lead is asked about once a run: what was skipped stays open for the next one.
    """

    def __init__(self, uow: Callable[[], SqlAlchemyUnitOfWork], now: Callable[[], datetime]) -> None:
        self._uow = uow
        self._now = now
        self._asked = set[int]()

    async def decide_leads(self, campaign_id: int) -> None:
        """Show the open gates as a table, then ask about one lead after the other."""
        async with self._uow() as uow:
            rows = [row for row in await waiting(uow, campaign_id) if row[1].id not in self._asked]
        self._asked.update(lead.id or 0 for _, lead, _ in rows)
        if not rows:
            return
        shown = [
            (lead.id, lead.company_name, match.match_score, match.confidence_level.value, lead.location)
            for _, lead, match in rows
        ]
        columns = ("id", "company", "match", "confidence", "location")
        out.print(table(f"{len(rows)} companies to decide about", columns, shown))
        for number, (_, lead, match) in enumerate(rows, start=1):
            parts = ", ".join(f"{part['part']} {part['points']}/{part['of']}" for part in match.breakdown)
            err.print()
            err.print(text(f"[{number}/{len(rows)}] {lead.company_name}: match {match.match_score}", "bold"))
            err.print(text(parts, "dim"))
            err.print(text(match.value_proposition))
            key = await ask("[a]pprove, [r]eject, [d]efer, [s]kip, [q]uit", "ardsq", default="s")
            if key == "q":
                return
            if key in _DECISIONS:
                async with self._uow() as uow:
                    await decide(uow, lead.id or 0, _DECISIONS[key], who=WHO, now=self._now())
                    await uow.commit()

    async def answer_questions(self, campaign_id: int) -> None:
        """Ask the unanswered questions of the approved leads; an empty answer leaves one open."""
        async with self._uow() as uow:
            leads = await uow.leads.due_for(LeadStatus.approved, campaign_id=campaign_id)
            asked = [
                (lead, question)
                for lead in leads
                for question in await uow.questions.of_lead(lead.id or 0)
                if not question.answer
            ]
        for lead, question in asked:
            answer = await self._choose(lead, question)
            if answer is None:
                return
            if answer:
                async with self._uow() as uow:
                    (await uow.questions.get(question.id or 0)).answer = answer
                    await uow.commit()

    async def _choose(self, lead: Lead, question: Question) -> str | None:
        out.print()
        out.print(text(f"{lead.company_name}: {question.text}", "bold"))
        out.print(listed(list(enumerate(question.options, start=1))))
        keys = [str(number) for number in range(1, len(question.options) + 1)]
        key = await ask("Number, [s]kip, [q]uit asking", [*keys, "s", "q"], default="s")
        return None if key == "q" else question.options[int(key) - 1] if key in keys else ""
