"""Approved means queued: the letter and its follow-ups become bytes that never change again, in the same commit."""

from __future__ import annotations

import html
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.answer import Answer
from ingot.domain.delivery import SPENT, Delivery, DeliveryKind, DeliveryStatus, delivery_key
from ingot.domain.email import Email
from ingot.domain.event import DomainEvent
from ingot.domain.follow_up import FollowUp, FollowUpStatus
from ingot.domain.lead import Lead, normal_email
from ingot.domain.lead_state import LeadStatus
from ingot.domain.places import place_of
from ingot.errors import ConfigError, ValidationError
from ingot.mail.links import LinkSigner, unsubscribe_uris
from ingot.mail.message import Outgoing, freeze, is_message_id, new_message_id, reply_subject

UNSUBSCRIBE, OPENED = "unsubscribe", "opened"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """From whom: the configured mailbox, the name below the letter, and what signs its links."""

    config: AppConfig
    name: str
    links: LinkSigner

    @property
    def address(self) -> str:
        """The sending address; `ConfigError` where no mailbox is set up."""
        if not self.config.sender_address:
            raise ConfigError(
                "There is no mailbox to send from, so nothing can be approved for sending.",
                hint="Set one up: ingot setup.",
            )
        return self.config.sender_address


async def queue_letter(
    uow: SqlAlchemyUnitOfWork,
    letter: Email,
    lead: Lead,
    follow_ups: Sequence[FollowUp],
    *,
    sender: Sender,
    now: datetime,
) -> list[Delivery]:
    """Freeze an approved letter and its follow-ups. Does not commit.

    Raises `ValidationError` where the lead has no address, it is suppressed, or another letter goes there.
    """
    # Locked first: two approvals at once must see each other's recipients.
    (await uow.accounts.of_user(lead.user_id)).use(sender.address)
    await withdraw(uow, letter.id or 0)
    await _check_recipient(uow, lead)
    if lead.status is LeadStatus.failed:
        uow.collect_events(lead.move(LeadStatus.approved, "approved again"), lead.move(LeadStatus.drafted))
    variant = secrets.choice("ab")
    subject = letter.subject_a if variant == "a" else letter.subject_b
    first = _delivery(lead, DeliveryKind.letter, letter.id or 0, sender=sender, subject=subject, now=now)
    first.email_id, first.variant, first.due_at = letter.id, variant, now
    first.raw = _bytes(first, lead.person_name, f"{letter.body}\n\n{letter.footer}", sender)
    deliveries = [first]
    thread: tuple[str, ...] = (first.message_id,)
    for item in follow_ups:
        later = _delivery(
            lead, DeliveryKind.follow_up, item.id or 0, sender=sender, subject=reply_subject(subject), now=now
        )
        item.status = FollowUpStatus.queued
        later.email_id, later.followup_id = letter.id, item.id
        later.raw = _bytes(later, lead.person_name, f"{item.body}\n\n{letter.footer}", sender, thread=thread)
        thread = (*thread, later.message_id)
        deliveries.append(later)
    for delivery in deliveries:
        await uow.deliveries.add(delivery)
    uow.collect_events(
        *(
            DomainEvent(
                event_type="FollowUpQueued",
                aggregate_type="followup",
                aggregate_id=str(item.id),
                payload={"lead_id": lead.id, "day": item.scheduled_for_day},
            )
            for item in follow_ups
        )
    )
    return deliveries


async def queue_answer(
    uow: SqlAlchemyUnitOfWork, answer: Answer, lead: Lead, *, sender: Sender, now: datetime
) -> Delivery:
    """Freeze an approved answer, in the thread of the mail it answers. Does not commit."""
    mail = await uow.inbox.get(answer.inbound_id)
    if await uow.suppressed.holds(mail.from_address):
        raise ValidationError("This person asked not to be written to.", hint="Nothing was queued.")
    delivery = _delivery(
        lead, DeliveryKind.answer, answer.id or 0, sender=sender, subject=reply_subject(mail.subject), now=now
    )
    delivery.answer_id, delivery.due_at = answer.id, now
    delivery.recipient, delivery.recipient_key = mail.from_address, normal_email(mail.from_address)
    thread = tuple(filter(is_message_id, (*mail.details.get("references", ()), mail.message_id)))
    # Somebody else of the company may have answered.
    name = lead.person_name if delivery.recipient_key == normal_email(lead.person_email) else ""
    delivery.raw = _bytes(delivery, name, answer.body, sender, thread=thread)
    return await uow.deliveries.add(delivery)


async def withdraw(uow: SqlAlchemyUnitOfWork, letter_id: int) -> None:
    """Take an approved letter back, before it is edited or rejected. Does not commit.

    Raises `ValidationError` where it has left, or may have.
    """
    deliveries = await uow.deliveries.of_letter(letter_id)
    if any(item.status in SPENT for item in deliveries):
        raise ValidationError(
            f"Letter {letter_id} is on its way, or has left; it cannot be changed any more.",
            hint="See `ingot mail status`.",
        )
    for delivery in deliveries:
        if delivery.status is DeliveryStatus.failed:  # kept: a bounce goes on counting
            delivery.key = f"{delivery.key.partition('.')[0]}.{delivery.id}"
        else:
            await uow.deliveries.delete(delivery)
    await uow.session.flush()


async def _check_recipient(uow: SqlAlchemyUnitOfWork, lead: Lead) -> None:
    if not lead.person_email:
        raise ValidationError(
            f"There is no address to send this letter to: {lead.company_name} published none that was found.",
            hint=f"Give the one you found: ingot leads address {lead.id} ADDRESS.",
        )
    if await uow.suppressed.holds(lead.person_email):
        raise ValidationError(
            "The address of this lead is on the suppression list.",
            hint="Nobody there is written to; reject the letter.",
        )
    others = await uow.deliveries.to_address(normal_email(lead.person_email), user_id=lead.user_id)
    other = next(
        (item for item in others if item.lead_id != lead.id and item.status is not DeliveryStatus.skipped), None
    )
    if other is not None:
        raise ValidationError(
            f"The same mailbox is written to as lead {other.lead_id}.",
            hint="Nobody gets two letters; reject this one, or give another address.",
        )


def _delivery(lead: Lead, kind: DeliveryKind, item_id: int, *, sender: Sender, subject: str, now: datetime) -> Delivery:
    host = lead.person_email.rpartition("@")[2]
    place = place_of(lead.location, domain=host)
    zone = place.zone if place.confident else sender.config.time_zone
    note = "" if place.confident else f"where {lead.company_name} is is not known well: your own zone is used"
    key = delivery_key(kind, item_id)
    return Delivery(
        user_id=lead.user_id,
        lead_id=lead.id or 0,
        kind=kind,
        key=key,
        message_id=new_message_id(sender.address.rpartition("@")[2], key),
        sender=sender.address,
        recipient=lead.person_email,
        recipient_key=normal_email(lead.person_email),
        subject=subject,
        raw=b"",
        zone=zone,
        zone_note=note,
        countries=sorted(place.countries),
        created_at=now,
    )


def _bytes(delivery: Delivery, name: str, body: str, sender: Sender, *, thread: tuple[str, ...] = ()) -> bytes:
    token = sender.links.sign(UNSUBSCRIBE, delivery.key)
    base_url = sender.config.public_base_url if sender.config.public_base_url.startswith("https://") else ""
    pixel = ""
    if sender.config.open_pixel and base_url:
        pixel = f"{base_url}/o/{sender.links.sign(OPENED, delivery.key)}.gif"
    return freeze(
        Outgoing(
            sender_name=sender.name,
            sender_address=delivery.sender,
            recipient_name=name,
            recipient_address=delivery.recipient,
            subject=delivery.subject,
            body=body,
            message_id=delivery.message_id,
            in_reply_to=thread[-1] if thread else "",
            references=thread,
            list_unsubscribe=unsubscribe_uris(sender=delivery.sender, base_url=base_url, token=token),
            html=_html(body, pixel) if pixel else "",
        )
    )


def _html(body: str, pixel: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in body.strip().split("\n\n"))
    return f'<html><body>{paragraphs}<img src="{html.escape(pixel)}" width="1" height="1" alt=""></body></html>'
