"""What a person does in the full-screen face: each deed is one action, in a transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ingot.actions.configure import apply_setup, missing
from ingot.actions.decide import decide
from ingot.actions.funnel import Funnel, funnels
from ingot.actions.inspect import lead_page
from ingot.actions.launch import take_no_mail
from ingot.actions.lead_rows import LeadRow, lead_rows
from ingot.actions.mail_status import MailStatus, mail_status
from ingot.actions.recent_events import Happening, recent_events
from ingot.actions.review import Approval, DraftPage, approve, edit, page_of, regenerate, reject
from ingot.actions.suggest_answer import approve_answer
from ingot.actions.undo import undo
from ingot.cli.continuing import going_on
from ingot.config.manager import ConfigManager
from ingot.config.price_file import read_prices
from ingot.domain.email import EmailStatus, Tie
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.llm.prices import Prices
from ingot.wiring import agents_of

if TYPE_CHECKING:
    from ingot.config.schema import AppConfig
    from ingot.domain.answer import Answer
    from ingot.domain.campaign import GateDecision
    from ingot.domain.inbound import InboundMail
    from ingot.wiring import Wiring

WHO = "tui"
_MOST_DRAFTS = 500
_MOST_REPLIES = 100
_LAST_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How everything stands. `lacking` are settings without which no letter can leave."""

    funnels: list[Funnel]
    mail: MailStatus
    happened: list[Happening]
    lacking: tuple[str, ...]


P = ParamSpec("P")
R = TypeVar("R")

Reply = tuple["InboundMail", str | None, "Answer | None"]


def whole(
    method: Callable[Concatenate[Desk, P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate[Desk, P], Coroutine[Any, Any, R]]:
    """Let it come to its end though whoever asked is gone, as when the screen is left.

    A connection that aiosqlite (0.22.1) works on when its task is cancelled is never closed: the program would not end.
    """

    @wraps(method)
    async def done(self: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
        task = asyncio.ensure_future(method(self, *args, **kwargs))
        self.open.add(task)
        task.add_done_callback(self.open.discard)
        return await asyncio.shield(task)

    return done


class Desk:
    """Reads and decides. Raises what the actions raise."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._manager = ConfigManager(wiring.base_dir)
        self._seen = self._written()
        self.open: set[asyncio.Future[Any]] = set()

    async def close(self) -> None:
        """Wait for what is being done; a model that takes its time is not waited for."""
        if self.open:
            _, pending = await asyncio.wait(self.open, timeout=_LAST_SECONDS)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    @property
    def wiring(self) -> Wiring:
        """What is open, with the configuration as it is stored now: what was set elsewhere holds here too."""
        written = self._written()
        if written != self._seen:
            config = self._manager.load()
            prices = Prices(read_prices(self._manager.base_dir), openai_base_url=config.openai_base_url)
            uow = self._wiring.uow
            self._wiring = replace(
                self._wiring,
                config=config,
                prices=prices,
                make_agents=lambda: agents_of(config, uow=uow, prices=prices),
            )
            self._seen = written
        return self._wiring

    @property
    def config(self) -> AppConfig:
        """The configuration as it is stored now."""
        return self.wiring.config

    def _written(self) -> int:
        path = self._manager.path
        return path.stat().st_mtime_ns if path.exists() else 0

    @whole
    async def standing(self) -> Standing:
        """The overview."""
        wiring = self.wiring
        given: dict[str, Any] = {"user_id": wiring.user_id}
        async with wiring.uow() as uow:
            return Standing(
                funnels=await funnels(uow, **given),
                mail=await mail_status(uow, config=wiring.config, now=wiring.now(), **given),
                happened=await recent_events(uow, **given),
                lacking=missing(wiring.config),
            )

    @whole
    async def leads(self) -> list[LeadRow]:
        """All leads."""
        async with self.wiring.uow() as uow:
            return await lead_rows(uow, user_id=self.wiring.user_id)

    @whole
    async def lead(self, lead_id: int) -> dict[str, Any]:
        """Everything about one lead."""
        async with self.wiring.uow() as uow:
            return await lead_page(uow, lead_id)

    @whole
    async def decide(self, lead_id: int, decision: GateDecision, reason: str = "") -> list[str]:
        """Decide about a lead; after a yes its campaign goes on. Returns what to tell."""
        wiring = self.wiring
        async with wiring.uow() as uow:
            lead = await decide(uow, lead_id, decision, who=WHO, now=wiring.now(), reason=reason)
            name = (await uow.campaigns.get(lead.campaign_id or 0)).campaign_name
            await uow.commit()
        said_yes = lead.status is LeadStatus.approved
        return [f"{lead.company_name}: {lead.status.value}.", *await going_on(wiring, [name] if said_yes else [])]

    @whole
    async def drafts(self) -> list[int]:
        """The ids of letters that wait for review, in order."""
        wiring = self.wiring
        async with wiring.uow() as uow:
            found = await uow.letters.with_status(EmailStatus.drafted, user_id=wiring.user_id, limit=_MOST_DRAFTS)
        return [letter.id or 0 for letter, _ in found]

    @whole
    async def draft(self, letter_id: int) -> DraftPage | None:
        """A letter's page; None where it is gone."""
        async with self.wiring.uow() as uow:
            return await page_of(uow, letter_id) if await uow.letters.find(letter_id) else None

    @whole
    async def approve(self, seen: DraftPage, basis: str = "") -> None:
        """Approve the letter as it was seen; refused where it has changed meanwhile."""
        wiring, letter_id = self.wiring, seen.letter.id or 0
        approval = Approval(
            config=wiring.config,
            links=wiring.links,
            who=WHO,
            now=wiring.now(),
            basis=basis,
            takes_no_mail=await take_no_mail(wiring.uow, [letter_id], config=wiring.config),
        )
        async with wiring.uow() as uow:
            if _text_of(await page_of(uow, letter_id)) != _text_of(seen):
                raise ValidationError(
                    f"Letter {letter_id} was changed elsewhere since you saw it.", hint="Read it again, then decide."
                )
            await approve(uow, [letter_id], approval)

    @whole
    async def reject(self, letter_id: int, reason: str) -> None:
        """Reject a letter, and its lead with it."""
        async with self.wiring.uow() as uow:
            await reject(uow, letter_id, reason=reason, who=WHO, now=self.wiring.now())

    @whole
    async def edit(self, letter_id: int, changes: dict[str, str], *, insist: bool = False) -> list[Tie]:
        """Change a letter; returns the unbacked claims for which, without `insist`, nothing was stored."""
        async with self.wiring.uow() as uow:
            return (await edit(uow, letter_id, changes=changes, insist=insist, who=WHO, now=self.wiring.now()))[1]

    @whole
    async def regenerate(self, letter_id: int, answers: dict[int, str]) -> None:
        """Have a letter written anew."""
        wiring = self.wiring
        await regenerate(
            wiring.uow, letter_id, agents=wiring.agents, config=wiring.config, answers=answers, who=WHO, now=wiring.now()
        )  # fmt: skip

    @whole
    async def undo(self, letter_id: int) -> None:
        """Make an approved or rejected letter a draft again."""
        async with self.wiring.uow() as uow:
            await undo(uow, letter_id, who=WHO, now=self.wiring.now())

    @whole
    async def replies(self) -> Sequence[Reply]:
        """What came back, the newest first, each with the company's name and the suggested answer."""
        wiring = self.wiring
        async with wiring.uow() as uow:
            return await uow.inbox.shown(user_id=wiring.user_id, kinds=None, limit=_MOST_REPLIES)

    @whole
    async def answer(self, mail_id: int, body: str | None, *, insist: bool = False) -> list[Tie]:
        """Queue the suggested answer, or the user's own; returns the unbacked claims for which nothing was queued."""
        wiring = self.wiring
        async with wiring.uow() as uow:
            _, refused = await approve_answer(
                uow, mail_id, body=body, insist=insist, config=wiring.config, links=wiring.links, who=WHO, now=wiring.now()
            )  # fmt: skip
        return refused

    def set(self, name: str, value: str) -> tuple[str, ...]:
        """Change one setting; returns the names of all that it changed."""
        return apply_setup(self._manager, answers={name: value}).set

    def use_preset(self, preset: str) -> tuple[str, ...]:
        """Give the seven agents a preset's models; returns the names of the settings that this changed."""
        return apply_setup(self._manager, preset=preset).set


def _text_of(page: DraftPage) -> tuple[str, ...]:
    """What a yes is said to."""
    letter = page.letter
    return letter.subject_a, letter.subject_b, letter.body, *(item.body for item in page.follow_ups)
