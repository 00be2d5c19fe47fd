"""Every mapped class under one roof; importing this module starts the mappers."""

from __future__ import annotations

from ingot.db.mapping import CLASSES, start_mappers
from ingot.domain.campaign import Campaign, Gate, OutreachMetric, Venue
from ingot.domain.email import Email, EmailEdit, Question, Tie
from ingot.domain.event import OutboxEvent
from ingot.domain.follow_up import FollowUp
from ingot.domain.intel import Evidence, IntelBrief, Page
from ingot.domain.job import AgentLog, AuditLog, Job, JobRow, ModelCall
from ingot.domain.lead import Lead, LeadKey
from ingot.domain.match import Match
from ingot.domain.suppression import UnsubscribedEmail
from ingot.domain.user import EncryptedSecret, User, UserProfile

start_mappers()

__all__ = [
    "CLASSES", "AgentLog", "AuditLog", "Campaign", "Email", "EmailEdit", "EncryptedSecret", "Evidence", "FollowUp", "Gate",
    "IntelBrief", "Job", "JobRow", "Lead", "LeadKey", "Match", "ModelCall", "OutboxEvent", "OutreachMetric", "Page", "Question",
    "Tie", "UnsubscribedEmail", "User", "UserProfile", "Venue",
]  # fmt: skip
