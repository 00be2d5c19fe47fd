"""Ties the domain's classes to their tables, so that there is one class per concept."""

from __future__ import annotations

from threading import Lock

from sqlalchemy.orm import registry

from ingot.db import tables as t
from ingot.domain.account import InboxCursor, MailAccount
from ingot.domain.answer import Answer
from ingot.domain.cached_page import CachedPage
from ingot.domain.campaign import Campaign, Gate, OutreachMetric, Venue
from ingot.domain.contact import Contact
from ingot.domain.delivery import Delivery
from ingot.domain.email import Email, EmailEdit, Question, Tie
from ingot.domain.event import OutboxEvent
from ingot.domain.follow_up import FollowUp
from ingot.domain.inbound import InboundMail
from ingot.domain.intel import Evidence, IntelBrief, Page
from ingot.domain.job import AgentLog, AuditLog, Job, JobRow
from ingot.domain.lead import Lead, LeadKey
from ingot.domain.lead_source import LeadSource
from ingot.domain.match import Match
from ingot.domain.model_use import EvalDraft, EvalRun, ModelCall, ModelForm
from ingot.domain.preferences import Preference
from ingot.domain.suppression import UnsubscribedEmail
from ingot.domain.user import EncryptedSecret, User, UserProfile

CLASSES = {
    UserProfile: t.userprofile, Lead: t.lead, IntelBrief: t.intelbrief, Match: t.match, Email: t.email, FollowUp: t.followup,
    Campaign: t.campaign, AgentLog: t.agentlog, Venue: t.venue, OutreachMetric: t.outreachmetric,
    UnsubscribedEmail: t.unsubscribedemail, User: t.users, EncryptedSecret: t.encrypted_secrets, Job: t.jobs,
    JobRow: t.job_rows, AuditLog: t.audit_logs, OutboxEvent: t.outbox,
    LeadKey: t.lead_key, Evidence: t.evidence, Page: t.page, Gate: t.gate, Question: t.question, Tie: t.tie,
    EmailEdit: t.email_edit, ModelCall: t.modelcall, ModelForm: t.modelform, EvalRun: t.evalrun, EvalDraft: t.evaldraft,
    MailAccount: t.mail_account, Delivery: t.delivery, InboxCursor: t.inbox_cursor, InboundMail: t.inbound, Answer: t.answer,
    LeadSource: t.lead_source, Contact: t.contact, Preference: t.preference, CachedPage: t.web_cache,
}  # fmt: skip

mappers = registry(metadata=t.metadata)
_starting = Lock()


def start_mappers() -> None:
    """Map every class once; a second call does nothing."""
    with _starting:
        if not list(mappers.mappers):
            for cls, table in CLASSES.items():
                mappers.map_imperatively(cls, table)
