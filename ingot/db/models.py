"""Every mapped class under one roof; importing this module starts the mappers."""

from __future__ import annotations

from ingot.db.mapping import CLASSES, start_mappers
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

start_mappers()

__all__ = [
    "CLASSES", "AgentLog", "Answer", "AuditLog", "CachedPage", "Campaign", "Contact", "Delivery", "Email", "EmailEdit", "EncryptedSecret", "EvalDraft", "EvalRun", "Evidence", "FollowUp", "Gate",
    "InboundMail", "InboxCursor", "IntelBrief", "Job", "JobRow", "Lead", "LeadKey", "LeadSource", "MailAccount", "Match", "ModelCall", "ModelForm", "OutboxEvent", "OutreachMetric", "Page", "Preference", "Question",
    "Tie", "UnsubscribedEmail", "User", "UserProfile", "Venue",
]  # fmt: skip
