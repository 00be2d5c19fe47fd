import json
from collections.abc import Callable
from typing import Any

import pytest

from ingot.actions.inspect import lead_page
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditLevel, AuditType
from ingot.errors import DBError
from tests.fakes.entities import PRODUCT, add_campaign, add_drafted, add_matched, make_lead

UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]


async def test_a_lead_that_was_only_found_has_empty_tables(uow: UnitOfWork) -> None:
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        page = await lead_page(work, lead.id or 0)
    assert page["lead"]["status"] == "discovered"
    assert page["lead"]["match_score"] is None
    assert not any(page["tables"].values())
    assert page["notes"] == []


async def test_a_matched_lead_is_told_with_its_evidence_and_points(uow: UnitOfWork) -> None:
    async with uow() as work:
        lead = await add_matched(work, await add_campaign(work), score=64)
        page = await lead_page(work, lead.id or 0)
    assert page["lead"]["match_score"] == 64
    assert [row["quote"] for row in page["tables"]["Evidence"]] == [PRODUCT]
    assert page["tables"]["Talking points"][0]["evidence"] == page["tables"]["Evidence"][0]["id"]


async def test_a_lead_with_a_letter_says_how_to_read_it(uow: UnitOfWork) -> None:
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        page = await lead_page(work, letter.lead_id or 0)
    assert page["notes"][-1] == f"Letter {letter.id} is drafted: ingot mail show {letter.id}"


async def test_what_refused_drafts_claimed_is_told_of_this_lead_alone(uow: UnitOfWork) -> None:
    claim: dict[str, Any] = {"part": "body", "claim": "Kafka", "kind": "skill", "sentence": "You work with Kafka."}
    async with uow() as work:
        campaign = await add_campaign(work)
        first, second = await add_matched(work, campaign, 1), await add_matched(work, campaign, 2)
        for level in (AuditLevel.WARNING, AuditLevel.INFO):
            audit.note(work, AuditType.row_event, "Draft refused.", level=level, row_number=first.id, claims=[claim])
        await work.session.flush()
        told, other = await lead_page(work, first.id or 0), await lead_page(work, second.id or 0)
    assert told["tables"]["Claims of refused drafts"] == [
        {"claim": "Kafka", "kind": "skill", "sentence": "You work with Kafka."}
    ]
    assert other["tables"]["Claims of refused drafts"] == []


async def test_a_page_is_plain_json(uow: UnitOfWork) -> None:
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        page = await lead_page(work, letter.lead_id or 0)
    assert json.loads(json.dumps(page)) == page


async def test_a_lead_that_is_not_there_is_an_error(uow: UnitOfWork) -> None:
    async with uow() as work:
        with pytest.raises(DBError, match="no lead 99"):
            await lead_page(work, 99)
