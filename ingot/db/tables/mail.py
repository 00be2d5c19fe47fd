"""Tables of the mailbox: letters on their way, mail that came back, how far it was read, what it was found to be."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from ingot.db.columns import enum_of
from ingot.db.tables.base import (
    belongs_to,
    count,
    created,
    json,
    metadata,
    moment,
    of_user,
    row_id,
    text,
    updated,
)
from ingot.domain.account import PauseKind, SentLookup
from ingot.domain.delivery import DeliveryKind, DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.inbound import BounceClass, MailKind

mail_account = Table(
    "mail_account",
    metadata,
    row_id(),
    Column("user_id", String(64), nullable=False, unique=True),
    text("address"),
    Column("pause_kind", enum_of(PauseKind, "pause_kind")),
    text("pause_reason"),
    moment("paused_at"),
    Column("sent_lookup", enum_of(SentLookup, "sent_lookup"), nullable=False, default=SentLookup.untested),
    text("sent_mailbox"),
    text("dkim_selector"),
    json("dns_report", dict),
    moment("dns_checked_at"),
    moment("next_slot_at"),
    count("sending_days"),
    text("last_sending_day"),
    moment("inbox_read_at"),
)

delivery = Table(
    "delivery",
    metadata,
    row_id(),
    of_user(index=False),
    belongs_to("lead_id", "lead.id"),
    Column("kind", enum_of(DeliveryKind, "kind"), nullable=False),
    Column("key", String(64), nullable=False, unique=True),
    Column("message_id", String(320), nullable=False, unique=True),
    text("sender"),
    text("recipient"),
    Column("recipient_key", String(320), nullable=False, index=True),
    text("subject"),
    Column("raw", LargeBinary, nullable=False),
    text("variant"),
    belongs_to("email_id", "email.id", nullable=True),
    belongs_to("followup_id", "followup.id", nullable=True, index=False),
    belongs_to("answer_id", "answer.id", nullable=True, index=False),
    Column("status", enum_of(DeliveryStatus, "status"), nullable=False, default=DeliveryStatus.queued),
    moment("due_at"),
    text("zone"),
    text("zone_note"),
    json("countries", list),
    text("hold"),
    text("hold_reason"),
    moment("hold_until"),
    text("owner"),
    count("attempts"),
    moment("lease_until"),
    moment("claimed_at"),
    moment("sent_at"),
    moment("unknown_since"),
    moment("absent_at"),
    text("settled_by"),
    count("smtp_code"),
    text("smtp_text"),
    moment("bounced_at"),
    Column("bounce_class", enum_of(BounceClass, "bounce_class")),
    moment("opened_at"),
    count("opens"),
    count("proxy_opens"),
    created(),
    Index("ix_delivery_due", "user_id", "status", "due_at"),
    Index("ix_delivery_spent", "user_id", "claimed_at"),
)

inbox_cursor = Table(
    "inbox_cursor",
    metadata,
    row_id(),
    of_user(index=False),
    Column("mailbox", String(320), nullable=False),
    Column("uid_validity", sa.BigInteger, nullable=False, default=0),
    Column("last_uid", sa.BigInteger, nullable=False, default=0),
    updated(),
    UniqueConstraint("user_id", "mailbox"),
)

inbound = Table(
    "inbound",
    metadata,
    row_id(),
    of_user(index=False),
    text("mailbox"),
    Column("uid_validity", sa.BigInteger, nullable=False),
    Column("uid", sa.BigInteger, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("raw_sha256", String(64), nullable=False),
    text("message_id"),
    text("from_address"),
    text("subject"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), index=True),
    # No foreign key: it would close a circle over `answer`, and a delivery that was answered is never deleted.
    Column("delivery_id", Integer),
    text("matched_by"),
    Column("kind", enum_of(MailKind, "kind")),
    Column("confidence", sa.Float, nullable=False, default=0.0),
    text("rule"),
    text("words"),
    json("details", dict),
    count("judged_version"),
    created("received_at"),
    moment("judged_at"),
    moment("acted_at"),
    # The same bytes again, under another UID after the mailbox was rebuilt, are the same mail.
    UniqueConstraint("user_id", "raw_sha256"),
    Index("ix_inbound_open", "user_id", "acted_at"),
)

answer = Table(
    "answer",
    metadata,
    row_id(),
    Column("inbound_id", ForeignKey("inbound.id", ondelete="CASCADE"), nullable=False, unique=True),
    belongs_to("lead_id", "lead.id"),
    text("body"),
    Column("status", enum_of(EmailStatus, "status"), nullable=False, default=EmailStatus.drafted),
    text("engine"),
    json("ties", list),
    created(),
    moment("approved_at"),
)
