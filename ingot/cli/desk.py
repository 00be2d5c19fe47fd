"""A person at the terminal: approves leads, answers questions, reads drafts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from ingot.actions.decide import decide, waiting
from ingot.actions.launch import take_no_mail
from ingot.actions.review import Approval, approve, edit, page_of, regenerate, reject
from ingot.cli.console import clean, err, out, table, text
from ingot.cli.edit import edited_by_hand, tell_refused
from ingot.cli.letters import render
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.email import EmailStatus
from ingot.domain.lead_state import LeadStatus
from ingot.errors import IngotError

if TYPE_CHECKING:
    from datetime import datetime

    from ingot.domain.email import Question
    from ingot.domain.lead import Lead
    from ingot.wiring import Wiring

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
            (
                lead.id,
                lead.company_name,
                match.match_score,
                match.confidence_level.value,
                lead.location,
                match.value_proposition,
            )
            for _, lead, match in rows
        ]
        out.print(
            table(
                f"{len(rows)} companies to decide about",
                ("id", "company", "match", "confidence", "location", "why you"),
                shown,
            )
        )
        for number, (_, lead, match) in enumerate(rows, start=1):
            parts = ", ".join(f"{part['part']} {part['points']}/{part['of']}" for part in match.breakdown)
            err.print(text(f"[{number}/{len(rows)}] {lead.company_name}: {match.match_score} ({parts})", "bold"))
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
        out.print(text(f"{lead.company_name}: {question.text}", "bold"))
        for number, option in enumerate(question.options, start=1):
            out.print(text(f"  {number}  {option}"))
        keys = [str(number) for number in range(1, len(question.options) + 1)]
        key = await ask("Number, [s]kip, [q]uit asking", [*keys, "s", "q"], default="s")
        return None if key == "q" else question.options[int(key) - 1] if key in keys else ""


async def review_drafts(wiring: Wiring, campaign_id: int) -> None:
    """One draft after the other: approve, edit, reject, write anew, next, quit."""
    async with wiring.uow() as uow:
        drafts = await uow.letters.with_status(
            EmailStatus.drafted, user_id=wiring.user_id, campaign_id=campaign_id, limit=500
        )
    for number, (letter, _) in enumerate(drafts, start=1):
        while await _review(wiring, letter.id or 0, f"[{number}/{len(drafts)}]") == "again":
            pass


async def _review(wiring: Wiring, letter_id: int, position: str) -> str:
    async with wiring.uow() as uow:
        page = await page_of(uow, letter_id)
    out.print(render(page))
    key = await ask(f"{position} [a]pprove, [e]dit, [r]eject, [g]enerate anew, [n]ext, [q]uit", "aergnq", default="n")
    if key == "q":
        raise typer.Exit
    try:
        return await _act(wiring, letter_id, key)
    except IngotError as error:
        err.print(text(f"{error.message} {error.hint}", "yellow"), soft_wrap=True)
        return "next"


async def _act(wiring: Wiring, letter_id: int, key: str) -> str:
    if key == "g":
        await regenerate(
            wiring.uow, letter_id, agents=wiring.agents, config=wiring.config, answers={}, who=WHO, now=wiring.now()
        )
        return "again"
    if key == "e":
        await _edit(wiring, letter_id)
        return "again"
    if key == "a":
        approval = Approval(
            config=wiring.config,
            links=wiring.links,
            who=WHO,
            now=wiring.now(),
            takes_no_mail=await take_no_mail(wiring.uow, [letter_id], config=wiring.config),
        )
        async with wiring.uow() as uow:
            await approve(uow, [letter_id], approval)
    elif key == "r":
        why = await asyncio.to_thread(typer.prompt, "Why", default="", show_default=False, err=True)
        async with wiring.uow() as uow:
            await reject(uow, letter_id, reason=clean(why), who=WHO, now=wiring.now())
    return "next"


async def _edit(wiring: Wiring, letter_id: int) -> None:
    """No transaction is open while the editor is, or a question: it would keep every other INGOT out."""
    async with wiring.uow() as uow:
        letter = await uow.letters.get(letter_id)
    changes = edited_by_hand(letter)
    if not changes:
        return
    async with wiring.uow() as uow:
        _, refused = await edit(uow, letter_id, changes=changes, insist=False, who=WHO, now=wiring.now())
    tell_refused(refused, stored=not refused, letter_id=letter_id)
    if refused and await ask("Store it all the same? [y]es, [n]o", "yn", default="n") == "y":
        async with wiring.uow() as uow:
            await edit(uow, letter_id, changes=changes, insist=True, who=WHO, now=wiring.now())


async def ask(question: str, keys: Sequence[str], *, default: str) -> str:
    """One key of `keys`; asks again for anything else. Reading blocks, so it happens beside the event loop."""
    while True:
        given = await asyncio.to_thread(typer.prompt, question, default=default, err=True)
        key = str(given).strip().lower()
        if key in keys:
            return key
        err.print(text(f"Please answer with one of: {', '.join(keys)}"))
