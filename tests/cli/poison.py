"""A base directory in which every stored text that may come from outside tries to steer the terminal."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingot.config.manager import ConfigManager
from ingot.db.engine import create_engine, sessions
from ingot.db.models import (
    AgentLog,
    AuditLog,
    Contact,
    EmailEdit,
    EvalDraft,
    EvalRun,
    LeadSource,
    UnsubscribedEmail,
    Venue,
)
from ingot.db.tables import metadata
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount, PauseKind
from ingot.domain.answer import Answer
from ingot.domain.contact import ContactKind
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.inbound import InboundMail, MailKind
from ingot.domain.job import AuditLevel, AuditType
from ingot.sample.golden import golden_cases
from tests.fakes.entities import NOW, USER, make_letter
from tests.fakes.mailing import add_delivery

# Clears the screen, sets the clipboard and the title, rings, turns the reading direction, overwrites the line, ends the string.
POISON = "\x1b[2J\x1b]52;c;aGk=\x07\x1b]0;t\x1b\\\u202e\u2066\u200f\x9b31m\x08\r\x00"

# What INGOT itself writes and reads back: names of its own tables, hashes, zones, what is parsed.
_OURS = {
    "agentlog": {"agent_name", "step_description", "status"},
    "answer": {"ties"},
    "campaign": {"options"},
    "delivery": {"zone", "countries", "variant", "owner"},
    "evaldraft": {"status", "measures"},
    "evalrun": {"golden_hash", "prompt_hashes", "summary"},
    "inbound": {"mailbox"},
    "lead": {"source_venue", "score_parts"},
    "mail_account": {"address", "dns_report", "last_sending_day"},
    "preference": {"wishes", "weights", "proposal"},
    "question": {"topic", "details"},
    "tie": {"part", "source", "claim_kind"},
    "userprofile": {"resume_raw_text"},
    "venue": {"venue_type", "config_json"},
}
_NOT_SHOWN = {
    "encrypted_secrets",
    "job_rows",
    "jobs",
    "modelcall",
    "modelform",
    "outbox",
    "web_cache",
    "alembic_version",
}


def poison(base: Path) -> None:
    """Add a row to the tables that have none, then end every text of every row with what steers a terminal."""
    asyncio.run(_fill(ConfigManager(base).database_url))
    connection = sqlite3.connect(base / "outreach.db")
    try:
        for table in metadata.tables.values():
            if table.name not in _NOT_SHOWN:
                _poison_table(connection, table)
        connection.commit()
    finally:
        connection.close()
    (base / "hooks" / f"on_{POISON.replace(chr(0), '')}".replace("/", "")).write_text("#!/bin/sh\n")


def _poison_table(connection: sqlite3.Connection, table: sa.Table) -> None:
    texts = [
        column
        for column in table.columns
        if isinstance(column.type, (sa.Text, sa.JSON)) or _is_list(column)
        if column.name not in _OURS.get(table.name, set())
    ]
    for column in texts:
        rows = connection.execute(f"SELECT rowid, {column.name} FROM {table.name}").fetchall()
        for row, stored in rows:
            plain = isinstance(column.type, sa.Text)
            value = f"{stored}{POISON}" if plain else json.dumps(_poisoned(json.loads(stored)))
            connection.execute(f"UPDATE {table.name} SET {column.name} = ? WHERE rowid = ?", (value, row))


def _is_list(column: sa.Column[Any]) -> bool:
    return type(column.type).__name__ == "ValueList"


def _poisoned(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_poisoned(item, key) for item in value]
    return f"{value}{POISON}" if isinstance(value, str) and key not in {"kind", "part", "outcome"} else value


async def _fill(url: str) -> None:
    engine = create_engine(url)
    try:
        async with SqlAlchemyUnitOfWork(sessions(engine)) as uow:
            letter = await uow.letters.get(1)
            sent = await add_delivery(uow, letter, status=DeliveryStatus.sent)
            held = await uow.letters.get(2)
            await add_delivery(
                uow, held, hold="country", hold_reason="The law asks for a reason.", smtp_text="451 later"
            )
            inbound = InboundMail(
                user_id=USER, mailbox="INBOX", uid_validity=1, uid=1, raw=_RAW, raw_sha256="0" * 64, subject="Re: x",
                from_address="bo@millpond.example", lead_id=letter.lead_id, delivery_id=sent.id, matched_by="reply",
                kind=MailKind.positive, rule="words", words="yes please", received_at=NOW, judged_at=NOW, acted_at=NOW,
            )  # fmt: skip
            uow.session.add(inbound)
            await uow.session.flush()
            uow.session.add_all(
                [
                    Answer(inbound_id=inbound.id or 0, lead_id=letter.lead_id or 0, body="Thank you."),
                    AgentLog(
                        agent_name="writer",
                        step_description="write_letter",
                        status="failed",
                        duration_ms=1,
                        error_message="no",
                        model="offline/extractive",
                        lead_id=letter.lead_id,
                        created_at=NOW,
                    ),
                    AuditLog(
                        event_type=AuditType.row_event,
                        message="m",
                        level=AuditLevel.WARNING,
                        row_number=letter.lead_id,
                        details={"claims": [{"claim": "c", "kind": "k", "sentence": "s", "part": "body"}]},
                    ),
                    Contact(
                        lead_id=letter.lead_id or 0,
                        address="bo@millpond1.example",
                        kind=ContactKind.published,
                        quote="q",
                        person_name="Bo",
                        source="https://millpond.example/team",
                    ),
                    LeadSource(
                        lead_id=letter.lead_id or 0,
                        venue_name="yc",
                        url="https://list.example/1",
                        record={"company_name": "M"},
                    ),
                    UnsubscribedEmail(
                        email_address=f"x{POISON}@millpond.example", unsubscribe_reason="asked", unsubscribed_at=NOW
                    ),
                    Venue(venue_name="mine", venue_type="csv", config_json={}, last_run_at=NOW, last_error="gone"),
                    MailAccount(
                        user_id=USER,
                        address="imre@valk.example",
                        pause_kind=PauseKind.person,
                        paused_at=NOW,
                        pause_reason="holiday",
                    ),
                ]
            )
            run = EvalRun(label="run", model="offline/extractive", golden_hash="0" * 64, created_at=NOW)
            uow.session.add(run)
            await uow.session.flush()
            uow.session.add_all(
                EvalDraft(
                    evalrun_id=run.id or 0,
                    case_name=case.name,
                    status="queued",
                    parts={"body": "Hello."},
                    refused=["r"],
                )
                for case in golden_cases()[:2]
            )
            before = make_letter().body
            edits = [
                EmailEdit(email_id=n, before={"body": before}, after={"body": before.replace("Hello", "Dear")})
                for n in (1, 2)
            ]
            uow.session.add_all(edits)
            await uow.commit()
    finally:
        await engine.dispose()


_RAW = (
    b"From: Bo <bo@millpond.example>\r\nSubject: =?utf-8?q?Re=3A_=1B=5B2J=E2=80=AE?=\r\n\r\n"
    b"Yes, please \x1b[2J\x1b]52;c;aGk=\x07\xe2\x80\xae\xe2\x81\xa6 call.\x00\r\n"
)
