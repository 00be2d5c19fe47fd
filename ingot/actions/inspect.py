"""Everything that is known of one lead, for a person who asks why."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ingot.db.tables import audit_logs
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditLevel, AuditLog

_FIELDS = (
    "id", "company_name", "status", "status_reason", "company_website", "location", "industry", "team_size", "person_name",
    "person_role", "person_email", "source_venue", "initial_score",
)  # fmt: skip


async def lead_page(uow: SqlAlchemyUnitOfWork, lead_id: int) -> dict[str, Any]:
    """The lead's fields, its tables (match, brief, evidence, questions, refused claims) and notes, as JSON values."""
    lead = await uow.leads.get(lead_id)
    brief, match = await uow.briefs.of_lead(lead_id), await uow.matches.of_lead(lead_id)
    letter = await uow.letters.of_lead(lead_id)
    refused = await uow.session.scalars(
        sa.select(AuditLog)
        .where(audit_logs.c.row_number == lead_id, audit_logs.c.level == AuditLevel.WARNING)
        .order_by(audit_logs.c.id)
    )
    claims = [claim for entry in refused for claim in entry.details.get("claims", [])]
    return {
        "lead": {name: getattr(lead, name) for name in _FIELDS} | {"match_score": match.match_score if match else None},
        "tables": {
            "Sources": [
                {
                    "venue": item.venue_name,
                    "name": item.record.get("company_name", ""),
                    "url": item.url,
                    "person": item.record.get("person_email") or item.record.get("person_name") or "",
                }
                for item in await uow.sources.of_lead(lead_id)
            ],
            "Match": match.breakdown if match else [],
            "Talking points": [
                {"kind": point.kind.value, "text": point.text, "evidence": point.evidence_id}
                for point in brief.talking_points
            ]
            if brief
            else [],
            "Pages read": [
                {"url": page["url"], "why": page["why"], "outcome": page["outcome"]} for page in brief.pages_read
            ]
            if brief
            else [],
            "Evidence": [
                {
                    "id": item.id,
                    "kind": item.kind.value,
                    "topic": item.topic,
                    "dated": item.dated.date().isoformat() if item.dated else "",
                    "quote": item.quote,
                    "source": item.source_url,
                    "fetched": item.fetched_at.isoformat(timespec="seconds"),
                }
                for item in await uow.evidence.of_lead(lead_id)
            ],
            "Questions": [
                {"no": item.position, "question": item.text, "options": item.options, "answer": item.answer}
                for item in await uow.questions.of_lead(lead_id)
            ],
            "Claims of refused drafts": [
                {"claim": claim["claim"], "kind": claim["kind"], "sentence": claim["sentence"]} for claim in claims
            ],
        },
        "notes": [
            *(
                [
                    f"Value proposition ({match.confidence_level.value} confidence): {match.value_proposition or 'none that the sources back'}"
                ]
                if match
                else []
            ),
            *([f"Brief: {brief.note}"] if brief and brief.note else []),
            *([f"Letter {letter.id} is {letter.status.value}: ingot mail show {letter.id}"] if letter else []),
        ],
    }
