"""Tables of companies: where they were found, what was found out, how well they fit, what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from ingot.db.columns import ValueList, enum_of
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
from ingot.domain.campaign import CampaignStatus, GateDecision
from ingot.domain.contact import ContactKind, MailExchange
from ingot.domain.intel import EvidenceKind, TalkingPoint
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Confidence

venue = Table(
    "venue",
    metadata,
    row_id(),
    Column("venue_name", String(200), nullable=False, unique=True),
    text("venue_type"),
    json("config_json", dict),
    moment("last_run_at"),
    count("lead_count_discovered"),
    text("last_error"),
)

campaign = Table(
    "campaign",
    metadata,
    row_id(),
    text("campaign_name"),
    created("started_at"),
    moment("ended_at"),
    count("total_leads"),
    count("total_sent"),
    count("total_replied"),
    Column("status", enum_of(CampaignStatus, "status"), nullable=False, default=CampaignStatus.active),
    json("options", dict),
    of_user(index=False),
    Column("profile_id", ForeignKey("userprofile.id")),
    UniqueConstraint("user_id", "campaign_name"),
)

lead = Table(
    "lead",
    metadata,
    row_id(),
    text("company_name"),
    text("person_name"),
    text("person_email"),
    text("person_role"),
    text("company_website"),
    text("source_venue"),
    Column("status", enum_of(LeadStatus, "status"), nullable=False, default=LeadStatus.discovered),
    Column("initial_score", sa.Float, nullable=False, default=0.0),
    json("score_parts", dict),
    text("venue_ref"),
    text("location"),
    text("industry"),
    Column("team_size", Integer),
    json("tags", list),
    json("record", dict),
    text("status_reason"),
    of_user(),
    # A campaign may be deleted; whom the user wrote to is not forgotten with it.
    Column("campaign_id", ForeignKey("campaign.id", ondelete="SET NULL")),
    created(),
    updated(),
    Index("ix_lead_campaign_id_status", "campaign_id", "status"),
    Index("ix_lead_pool", "user_id", "status", "campaign_id", "initial_score"),
)

lead_key = Table(
    "lead_key",
    metadata,
    row_id(),
    Column("key", Text, nullable=False),
    of_user(index=False),
    belongs_to("lead_id", "lead.id"),
    UniqueConstraint("user_id", "key"),
)

lead_source = Table(
    "lead_source",
    metadata,
    row_id(),
    belongs_to("lead_id", "lead.id", index=False),
    text("venue_name"),
    text("venue_ref"),
    text("url"),
    json("record", dict),
    created(),
    UniqueConstraint("lead_id", "venue_name", "venue_ref"),
)

contact = Table(
    "contact",
    metadata,
    row_id(),
    belongs_to("lead_id", "lead.id", index=False),
    text("address"),
    Column("kind", enum_of(ContactKind, "kind"), nullable=False),
    text("person_name"),
    text("source"),
    text("quote"),
    text("pattern"),
    Column("confidence", sa.Float, nullable=False, default=1.0),
    Column("mail_exchange", enum_of(MailExchange, "mail_exchange"), nullable=False, default=MailExchange.unchecked),
    moment("accepted_at"),
    created(),
    UniqueConstraint("lead_id", "address"),
)

page = Table(
    "page",
    metadata,
    row_id(),
    text("url"),
    text("final_url"),
    text("text"),
    text("title"),
    text("description"),
    json("people", list),
    json("addresses", list),
    json("links", list),
    text("sha256"),
    text("error"),
    text("kind"),
    text("why"),
    moment("published_at"),
    moment("fetched_at"),
    belongs_to("lead_id", "lead.id"),
)

evidence = Table(
    "evidence",
    metadata,
    row_id(),
    Column("kind", enum_of(EvidenceKind, "kind"), nullable=False),
    text("source_url"),
    text("quote"),
    text("statement"),
    text("page_sha256"),
    text("topic"),
    moment("dated"),
    moment("fetched_at"),
    belongs_to("lead_id", "lead.id"),
)

intelbrief = Table(
    "intelbrief",
    metadata,
    row_id(),
    text("company_name"),
    json("company_signals", list),
    text("person_name"),
    text("person_role"),
    text("company_website"),
    text("person_background"),
    Column("talking_points", ValueList(TalkingPoint), nullable=False, default=list),
    text("company_product_description"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("depth", Integer, nullable=False, default=1),
    Column("from_record_only", sa.Boolean, nullable=False, default=False),
    text("note"),
    text("engine"),
    Column("lead_line", Integer),
    Column("lead_line_use", Integer, nullable=False, default=1),
    json("pages_read", list),
    created(),
    updated(),
)

match = Table(
    "match",
    metadata,
    row_id(),
    Column("match_score", Integer, nullable=False),
    text("value_proposition"),
    Column("confidence_level", enum_of(Confidence, "confidence_level"), nullable=False, default=Confidence.medium),
    json("breakdown", list),
    text("engine"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    created(),
    sa.CheckConstraint("match_score BETWEEN 0 AND 100", name="match_score"),
)

gate = Table(
    "gate",
    metadata,
    row_id(),
    belongs_to("campaign_id", "campaign.id"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("decision", enum_of(GateDecision, "decision")),
    text("decided_by"),
    text("reason"),
    created("opened_at"),
    moment("decided_at"),
    count("approvals"),
    moment("continued_at"),
)
