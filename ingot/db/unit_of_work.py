"""The transaction: state and the events it causes commit together, or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from ingot.db import outbox
from ingot.db.repositories.campaigns import CampaignRepository, GateRepository, VenueRepository
from ingot.db.repositories.contacts import ContactRepository
from ingot.db.repositories.deliveries import AccountRepository, DeliveryRepository
from ingot.db.repositories.evaluations import EvaluationRepository
from ingot.db.repositories.inbox import AnswerRepository, CursorRepository, InboxRepository
from ingot.db.repositories.lead_sources import LeadSourceRepository
from ingot.db.repositories.leads import LeadRepository
from ingot.db.repositories.letters import LetterRepository, QuestionRepository
from ingot.db.repositories.preferences import PreferenceRepository
from ingot.db.repositories.profiles import ProfileRepository
from ingot.db.repositories.research import BriefRepository, EvidenceRepository, MatchRepository, PageRepository
from ingot.db.repositories.suppression import SuppressionRepository
from ingot.domain.event import DomainEvent


class SqlAlchemyUnitOfWork:
    """`async with SqlAlchemyUnitOfWork(sessions) as uow: ...; await uow.commit()`. Leaving without a commit rolls back."""

    session: AsyncSession

    def __init__(self, session_factory: async_sessionmaker[AsyncSession]) -> None:
        self._session_factory = session_factory
        self._events: list[DomainEvent] = []

    async def __aenter__(self) -> Self:
        self.session = self._session_factory()
        self.campaigns = CampaignRepository(self.session)
        self.gates = GateRepository(self.session)
        self.venues = VenueRepository(self.session)
        self.suppressed = SuppressionRepository(self.session)
        self.leads = LeadRepository(self.session)
        self.sources = LeadSourceRepository(self.session)
        self.letters = LetterRepository(self.session)
        self.questions = QuestionRepository(self.session)
        self.profiles = ProfileRepository(self.session)
        self.briefs = BriefRepository(self.session)
        self.evidence = EvidenceRepository(self.session)
        self.matches = MatchRepository(self.session)
        self.pages = PageRepository(self.session)
        self.contacts = ContactRepository(self.session)
        self.preferences = PreferenceRepository(self.session)
        self.accounts = AccountRepository(self.session)
        self.deliveries = DeliveryRepository(self.session)
        self.cursors = CursorRepository(self.session)
        self.inbox = InboxRepository(self.session)
        self.answers = AnswerRepository(self.session)
        self.evaluations = EvaluationRepository(self.session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.clear()
        # Detached first, what was read stays readable; closing then rolls back whatever was not committed.
        self.session.expunge_all()
        await self.session.close()

    def collect_events(self, *events: DomainEvent) -> None:
        """Remember events; they are written to the outbox by the commit."""
        self._events.extend(events)

    async def commit(self) -> None:
        """Write the collected events and commit everything."""
        await outbox.store(self.session, self._events)
        self._events.clear()
        await self.session.commit()

    async def rollback(self) -> None:
        """Forget everything since the last commit, events too."""
        self._events.clear()
        await self.session.rollback()
