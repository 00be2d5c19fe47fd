"""Every table. Names and columns of the first seventeen are fixed; the rest is what the work needs."""

from ingot.db.tables.base import metadata
from ingot.db.tables.leads import (
    campaign,
    contact,
    evidence,
    gate,
    intelbrief,
    lead,
    lead_key,
    lead_source,
    match,
    page,
    venue,
)
from ingot.db.tables.ledger import agentlog, audit_logs, job_rows, jobs, outbox
from ingot.db.tables.letters import email, email_edit, followup, outreachmetric, question, tie, unsubscribedemail
from ingot.db.tables.mail import answer, delivery, inbound, inbox_cursor, mail_account
from ingot.db.tables.models import evaldraft, evalrun, modelcall, modelform
from ingot.db.tables.people import encrypted_secrets, preference, userprofile, users
from ingot.db.tables.web import web_cache

__all__ = [
    "agentlog",
    "answer",
    "audit_logs",
    "campaign",
    "contact",
    "delivery",
    "email",
    "email_edit",
    "encrypted_secrets",
    "evaldraft",
    "evalrun",
    "evidence",
    "followup",
    "gate",
    "inbound",
    "inbox_cursor",
    "intelbrief",
    "job_rows",
    "jobs",
    "lead",
    "lead_key",
    "lead_source",
    "mail_account",
    "match",
    "metadata",
    "modelcall",
    "modelform",
    "outbox",
    "outreachmetric",
    "page",
    "preference",
    "question",
    "tie",
    "unsubscribedemail",
    "userprofile",
    "users",
    "venue",
    "web_cache",
]
