"""Every table. Names and columns of the first seventeen are fixed; the rest is what the work needs."""

from ingot.db.tables.base import metadata
from ingot.db.tables.leads import campaign, evidence, gate, intelbrief, lead, lead_key, match, page, venue
from ingot.db.tables.ledger import agentlog, audit_logs, job_rows, jobs, outbox
from ingot.db.tables.letters import email, email_edit, followup, outreachmetric, question, tie, unsubscribedemail
from ingot.db.tables.mail import answer, delivery, inbound, inbox_cursor, mail_account
from ingot.db.tables.models import evaldraft, evalrun, modelcall, modelform
from ingot.db.tables.people import encrypted_secrets, userprofile, users

__all__ = [
    "agentlog",
    "answer",
    "audit_logs",
    "campaign",
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
    "mail_account",
    "match",
    "metadata",
    "modelcall",
    "modelform",
    "outbox",
    "outreachmetric",
    "page",
    "question",
    "tie",
    "unsubscribedemail",
    "userprofile",
    "users",
    "venue",
]
