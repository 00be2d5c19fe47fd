"""One pass of sending: everything that may leave now, one letter after the other, each settled as soon as it is known."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ingot.actions.claim import Claimed, claim, release
from ingot.actions.settle import NOT_BEGUN, SERVER_RETRY, Handed, settle
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.clearance import Hold
from ingot.domain.delivery import Delivery, DeliveryKind
from ingot.mail.outcome import Outcome, OutcomeKind
from ingot.mail.smtp import Submission

# Claims of one transaction while letters need not be spaced. A process that dies leaves as many to be looked for.
BATCH = 100
# What has to be left of a claim for a letter to be begun: no attempt takes longer on the wire.
LONGEST_ATTEMPT = timedelta(minutes=12)

Progress = Callable[[str, int, int], None]


@dataclass(kw_only=True)
class PassResult:
    """How a pass ended. `waits_for` names what holds the rest of the mailbox back, `next_at` until when."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    unknown: int = 0
    waits_for: str = ""
    next_at: datetime | None = None

    def count(self, outcome: Outcome) -> None:
        """Add one outcome. What is refused because of the sender goes back to the queue."""
        refused = "later" if outcome.about_sender else "failed"
        name = refused if outcome.kind is OutcomeKind.refused else outcome.kind.value
        setattr(self, name, getattr(self, name) + 1)


@dataclass(kw_only=True)
class SendPass:
    """Sends what is due through one connection. `patience` is how long it waits for the gap between two letters.

    With `only`, nothing of another kind is sent.
    """

    uow: Callable[[], SqlAlchemyUnitOfWork]
    submission: Submission
    config: AppConfig
    user_id: str
    now: Callable[[], datetime]
    patience: timedelta = timedelta(seconds=0)
    only: DeliveryKind | None = None
    progress: Progress = field(default=lambda _stage, _done, _total: None)
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:12]}")
    result: PassResult = field(default_factory=PassResult)
    _ahead: asyncio.Task[Claimed] | None = field(default=None, init=False)
    _behind: list[asyncio.Task[None]] = field(default_factory=list, init=False)

    async def run(self) -> PassResult:
        """Claim, send, settle until nothing more may leave. Letters claimed and not begun are given back."""
        try:
            claimed = await self._claim()
            while claimed.deliveries or await self._waited(claimed):
                if claimed.deliveries:
                    if self._unspaced:
                        self._ahead = asyncio.create_task(self._ask())
                    handed = await self._send_all(claimed.deliveries)
                    if len(handed) < len(claimed.deliveries) or _stops(handed[-1].outcome):
                        await self._give_back()
                        await self._settled()
                    if handed and _is_down(handed[-1].outcome):
                        self.result.waits_for = "The mail server cannot be reached; it is tried again."
                        self.result.next_at = self.now() + SERVER_RETRY
                        return self.result
                    await self._settled(but=1 if self._unspaced else 0)
                claimed = await self._claim()
            self.result.waits_for = claimed.held.reason if claimed.held else ""
            self.result.next_at = claimed.held.until if claimed.held else None
        finally:
            await self._wind_up()
        return self.result

    @property
    def _unspaced(self) -> bool:
        return self.config.caps.max_gap_seconds == 0

    async def _claim(self) -> Claimed:
        """What was claimed ahead, or a new claim. If we are cancelled meanwhile, it is given back in the end."""
        self._ahead = self._ahead or asyncio.create_task(self._ask())
        claimed = await asyncio.shield(self._ahead)
        self._ahead = None
        return claimed

    async def _ask(self) -> Claimed:
        async with self.uow() as uow:
            return await claim(
                uow,
                user_id=self.user_id,
                config=self.config,
                owner=self.owner,
                now=self.now(),
                limit=BATCH if self._unspaced else 1,
                only=self.only,
            )

    async def _waited(self, claimed: Claimed) -> bool:
        """Whether the gap between two letters was all that stood in the way, and is over now."""
        held = claimed.held
        if held is None or held.hold is not Hold.spacing or held.until is None:
            return False
        wait = held.until - self.now()
        if wait > self.patience:
            return False
        await asyncio.sleep(max(wait.total_seconds(), 0))
        return True

    async def _send_all(self, deliveries: list[Delivery]) -> list[Handed]:
        """Send one after the other until one stops the rest, and begin to settle them."""
        handed: list[Handed] = []
        begun = 0
        try:
            for delivery in deliveries:
                lease = delivery.lease_until
                if lease is None or lease - self.now() < LONGEST_ATTEMPT:
                    break
                begun += 1
                outcome = await self.submission.send(delivery.sender, delivery.recipient, delivery.raw)
                handed.append(Handed(delivery_id=delivery.id or 0, outcome=outcome))
                self.result.count(outcome)
                self.progress("sending", begun, len(deliveries))
                if _stops(outcome):
                    break
        finally:
            # Cancelled, or a fault of ours: the one begun last stays claimed and is looked for; those behind it were not begun.
            self._behind.append(asyncio.create_task(self._settle(handed, deliveries[begun:])))
        return handed

    async def _settle(self, handed: list[Handed], not_begun: list[Delivery]) -> None:
        if handed:
            async with self.uow() as uow:
                await settle(uow, handed, owner=self.owner, user_id=self.user_id, config=self.config, now=self.now())
        if ids := [item.id for item in not_begun if item.id is not None]:
            async with self.uow() as uow:
                await release(uow, ids, owner=self.owner)

    async def _settled(self, *, but: int = 0) -> None:
        """Wait until all outcomes but so many are recorded. What is recorded is never cut short."""
        while len(self._behind) > but:
            task = self._behind[0]
            try:
                await asyncio.shield(task)
            finally:
                if task.done():
                    self._behind.remove(task)

    async def _give_back(self) -> None:
        """Release what was claimed ahead."""
        if self._ahead is not None:
            claimed = await self._claim()
            self._behind.append(asyncio.create_task(self._settle([], claimed.deliveries)))

    async def _wind_up(self) -> None:
        try:
            await self._give_back()
        finally:
            if self._behind:
                await asyncio.wait(self._behind)
            await self._settled()


def _is_down(outcome: Outcome) -> bool:
    """Whether the server was not there: the next letter would fare no better."""
    return outcome.phase in NOT_BEGUN and not outcome.about_sender


def _stops(outcome: Outcome) -> bool:
    return outcome.about_sender or _is_down(outcome)
