"""Letters on their way, and the mailbox they leave from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import campaign, delivery, email, inbound, lead, mail_account, outreachmetric
from ingot.domain.account import MailAccount
from ingot.domain.campaign import CampaignStatus, OutreachMetric
from ingot.domain.delivery import SPENT, Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.lead import FREE_MAIL, website_host
from ingot.domain.lead_state import LeadStatus

BOUNCE_SPAN = timedelta(days=30)
# What was read before the lock may be old by now.
_ANEW = {"populate_existing": True}


@dataclass(frozen=True, kw_only=True)
class DueLetter:
    """A letter whose time has come, with what decides whether it may leave.

    `mail_waits`: something came back from the lead, and its consequences are not drawn yet.
    """

    delivery: Delivery
    lead_status: LeadStatus
    campaign_status: CampaignStatus | None
    basis: str
    mail_waits: bool


class AccountRepository(BaseRepository[MailAccount]):
    """One sending mailbox per user."""

    entity = MailAccount

    async def of_user(self, user_id: str) -> MailAccount:
        """The user's mailbox, made on first use. Locked until the transaction ends, where the database locks rows.

        Taken before any delivery is, so that no two transactions wait for each other.
        """
        query = sa.select(MailAccount).where(mail_account.c.user_id == user_id).with_for_update()
        return await self._made_once(query.execution_options(**_ANEW), lambda: MailAccount(user_id=user_id))

    async def metric(self, user_id: str) -> OutreachMetric:
        """The user's counters, made on first use."""
        query = sa.select(OutreachMetric).where(outreachmetric.c.user_id == user_id).with_for_update()
        return await self._made_once(query.execution_options(**_ANEW), lambda: OutreachMetric(user_id=user_id))

    async def lock_sending(self, user_id: str) -> None:
        """Let one transaction at a time count and claim. SQLite's `BEGIN IMMEDIATE` does that by itself."""
        if self.session.get_bind().dialect.name == "postgresql":
            key = sa.func.hashtext(f"ingot-send-{user_id}")
            await self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


class DeliveryRepository(BaseRepository[Delivery]):
    """Frozen letters."""

    entity = Delivery
    title = "delivery"

    async def due(self, *, user_id: str, now: datetime, after: int, limit: int) -> list[DueLetter]:
        """Queued deliveries whose time has come, in portions: those with an id above `after`, by id.

        Locked where the database locks rows.
        """
        mail_waits = sa.exists().where(inbound.c.lead_id == delivery.c.lead_id, inbound.c.acted_at.is_(None))
        query = (
            sa.select(Delivery, lead.c.status, campaign.c.status, sa.func.coalesce(email.c.basis, ""), mail_waits)
            .join(lead, lead.c.id == delivery.c.lead_id)
            .outerjoin(campaign, campaign.c.id == lead.c.campaign_id)
            .outerjoin(email, email.c.id == delivery.c.email_id)
            .where(delivery.c.user_id == user_id, delivery.c.status == DeliveryStatus.queued)
            .where(delivery.c.due_at <= now, delivery.c.id > after)
            .order_by(delivery.c.id)
            .limit(limit)
            .with_for_update(of=delivery, skip_locked=True)
            .execution_options(**_ANEW)
        )
        return [
            DueLetter(delivery=row[0], lead_status=row[1], campaign_status=row[2], basis=row[3], mail_waits=row[4])
            for row in (await self.session.execute(query)).all()
        ]

    async def count_spent(self, since: datetime, *, user_id: str) -> int:
        """How many letters left, or may have, after `since`."""
        query = sa.select(sa.func.count()).where(
            delivery.c.user_id == user_id, delivery.c.status.in_(SPENT), delivery.c.claimed_at > since
        )
        return await self.session.scalar(query) or 0

    async def spent_since(self, since: datetime, *, user_id: str, newest: int) -> list[datetime]:
        """When the last `newest` letters left, or may have, after `since`; oldest first."""
        query = (
            sa.select(delivery.c.claimed_at)
            .where(delivery.c.user_id == user_id, delivery.c.status.in_(SPENT), delivery.c.claimed_at > since)
            .order_by(delivery.c.claimed_at.desc())
            .limit(newest)
        )
        return sorted((await self.session.scalars(query)).all())

    async def first_claim(self, *, user_id: str) -> datetime | None:
        """When the first letter left, or may have."""
        query = sa.select(sa.func.min(delivery.c.claimed_at)).where(delivery.c.user_id == user_id)
        moment: datetime | None = await self.session.scalar(query)
        return moment

    async def sent_and_bounced(self, now: datetime, *, user_id: str) -> tuple[int, int]:
        """How many left in the last 30 days, and how many of those came back."""
        query = sa.select(sa.func.count(), sa.func.count(delivery.c.bounced_at)).where(
            delivery.c.user_id == user_id,
            sa.or_(delivery.c.status == DeliveryStatus.sent, delivery.c.bounced_at.is_not(None)),
            delivery.c.claimed_at > now - BOUNCE_SPAN,
        )
        sent, bounced = (await self.session.execute(query)).one()
        return sent, bounced

    async def held_by(self, ids: Collection[int]) -> dict[int, Delivery]:
        """Deliveries by id, locked."""
        found = await self._locked(sa.select(Delivery).where(delivery.c.id.in_(ids)))
        return {item.id: item for item in found if item.id is not None}

    async def abandoned(self, *, user_id: str, now: datetime) -> list[Delivery]:
        """Claimed by a sender that is gone: its lease has run out."""
        query = sa.select(Delivery).where(
            delivery.c.user_id == user_id, delivery.c.status == DeliveryStatus.sending, delivery.c.lease_until <= now
        )
        return await self._all(query.order_by(delivery.c.id).with_for_update(skip_locked=True))

    async def with_status(
        self, *statuses: DeliveryStatus, user_id: str, limit: int = 200
    ) -> list[tuple[Delivery, str]]:
        """Deliveries at these statuses with the company's name, in the order of their time."""
        query = (
            sa.select(Delivery, lead.c.company_name)
            .join(lead, lead.c.id == delivery.c.lead_id)
            .where(delivery.c.user_id == user_id, delivery.c.status.in_(statuses))
            .order_by(delivery.c.due_at.is_(None), delivery.c.due_at, delivery.c.id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in (await self.session.execute(query)).all()]

    async def counts(self, *, user_id: str) -> dict[DeliveryStatus, int]:
        """How many deliveries stand where."""
        query = sa.select(delivery.c.status, sa.func.count()).where(delivery.c.user_id == user_id)
        return dict(iter(await self.session.execute(query.group_by(delivery.c.status))))

    async def of_letter(self, email_id: int) -> list[Delivery]:
        """The letter's delivery and those of its follow-ups, locked."""
        return await self._locked(sa.select(Delivery).where(delivery.c.email_id == email_id))

    async def of_letters(self, email_ids: Collection[int], kind: DeliveryKind) -> list[Delivery]:
        """Deliveries of one kind of these letters, locked."""
        return await self._locked(
            sa.select(Delivery).where(delivery.c.email_id.in_(email_ids), delivery.c.kind == kind)
        )

    async def waiting_of_lead(self, lead_id: int) -> list[Delivery]:
        """What is still queued to a lead, locked."""
        query = sa.select(Delivery).where(delivery.c.lead_id == lead_id, delivery.c.status == DeliveryStatus.queued)
        return await self._locked(query)

    async def waiting_to(self, entry: str) -> list[Delivery]:
        """What anybody has queued for a suppressed mailbox (or `@host`), locked.

        Without those that another transaction holds, whichever users' they are: the list stops them when they are claimed.
        """
        whom = delivery.c.recipient_key
        query = sa.select(Delivery).where(delivery.c.status == DeliveryStatus.queued)
        query = query.where(whom.endswith(entry, autoescape=True) if entry.startswith("@") else whom == entry)
        query = query.order_by(delivery.c.id).with_for_update(skip_locked=True)
        return await self._all(query.execution_options(**_ANEW))

    async def to_address(self, recipient_key: str, *, user_id: str) -> list[Delivery]:
        """What was or will be sent to this mailbox, newest first."""
        query = sa.select(Delivery).where(delivery.c.user_id == user_id, delivery.c.recipient_key == recipient_key)
        return await self._all(query.order_by(delivery.c.id.desc()))

    async def spent_to(self, recipient_key: str, *, user_id: str) -> Delivery | None:
        """The newest letter that left, or may have, to this mailbox."""
        query = self._spent(user_id).where(delivery.c.recipient_key == recipient_key)
        return await self._one(query)

    async def spent_at_host(self, host: str, *, user_id: str) -> Delivery | None:
        """The newest letter to anybody at this host, or to the company whose site it is."""
        if not host or host in FREE_MAIL:
            return None
        query = self._spent(user_id).add_columns(lead.c.company_website).join(lead, lead.c.id == delivery.c.lead_id)
        site = lead.c.company_website.icontains(host, autoescape=True)
        query = query.where(sa.or_(delivery.c.recipient_key.endswith(f"@{host}", autoescape=True), site))
        # The text alone would take acme.co for acme.com.
        return next(
            (
                found
                for found, website in (await self.session.execute(query)).all()
                if found.recipient_key.endswith(f"@{host}") or website_host(website) == host
            ),
            None,
        )

    def _spent(self, user_id: str) -> sa.Select[Delivery]:
        """Whatever was taken for sending, also what is queued again: newest first."""
        query = sa.select(Delivery).where(delivery.c.user_id == user_id, delivery.c.claimed_at.is_not(None))
        return query.order_by(delivery.c.id.desc())

    async def _locked(self, query: sa.Select[Delivery]) -> list[Delivery]:
        """As they stand now, whatever this session has read before. By id: no two transactions wait for each other."""
        return await self._all(query.order_by(delivery.c.id).with_for_update().execution_options(**_ANEW))

    async def with_key(self, key: str) -> Delivery | None:
        """The delivery of this key, locked."""
        return await self._one(sa.select(Delivery).where(delivery.c.key == key).with_for_update())

    async def under_key(self, key: str, *, user_id: str) -> list[Delivery]:
        """The delivery of this key and those that it replaced (`KEY.ID`), newest first."""
        replaced = delivery.c.key.startswith(f"{key}.", autoescape=True)
        query = sa.select(Delivery).where(delivery.c.user_id == user_id, sa.or_(delivery.c.key == key, replaced))
        return await self._all(query.order_by(delivery.c.id.desc()))

    async def by_message_ids(self, message_ids: Sequence[str], *, user_id: str) -> Delivery | None:
        """The newest delivery that carries one of these Message-IDs."""
        query = sa.select(Delivery).where(delivery.c.user_id == user_id, delivery.c.message_id.in_(message_ids))
        return await self._one(query.order_by(delivery.c.id.desc()))
