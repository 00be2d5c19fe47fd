"""Sending and hearing back as flows: what they do, what they tell, and what they keep to themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.inbox import inbox
from flows.outreach import outreach
from ingot.actions.review import Approval, approve
from ingot.config.manager import ConfigManager
from ingot.db.tables import outbox
from ingot.domain.lead_state import LeadStatus
from ingot.errors import AgentError, ConfigError
from ingot.wiring import Wiring, opened
from tests.cli.mailbox import USER, Running, running_mailbox
from tests.fakes.entities import add_campaign, add_drafted
from tests.fakes.plain_stages import Shelf

pytestmark = pytest.mark.long


AFTERNOON = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


@pytest.fixture
def mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    manager = ConfigManager(tmp_path)
    manager.set("mailing_address", "Quay 1, Ghent")
    with running_mailbox(manager) as running:
        yield running


@pytest.fixture
async def wiring(mailbox: Running, tmp_path: Path) -> AsyncIterator[Wiring]:
    """Two approved letters, to Bo at two companies."""
    async with opened(manager=ConfigManager(tmp_path), now=lambda: AFTERNOON) as wiring:
        async with wiring.uow() as uow:
            campaign = await add_campaign(uow)
            letters = [await add_drafted(uow, campaign, number) for number in (1, 2)]
            await uow.commit()
        approval = Approval(config=wiring.config, links=wiring.links, who="test", now=AFTERNOON)
        async with wiring.uow() as uow:
            await approve(uow, [letter.id or 0 for letter in letters], approval)
        yield wiring


async def test_a_pass_sends_what_is_due_and_tells_numbers_only(wiring: Wiring, mailbox: Running, plain: Shelf) -> None:
    counts = await outreach.fn()
    assert (counts["sent"], counts["queued"]) == (2, 0)
    assert (await outreach.fn())["sent"] == 2
    assert len(mailbox.smtp.accepted) == 2
    assert "| sent | 2 |" in plain.artifacts["outreach"]
    assert "millpond" not in plain.artifacts["outreach"].lower()


async def test_an_answer_is_heard_and_told_once(wiring: Wiring, mailbox: Running, plain: Shelf) -> None:
    await outreach.fn()
    mailbox.answer("Hi Imre, yes, I would like to talk. Does Tuesday work?")
    counts = await inbox.fn()
    assert (counts["kept"], counts["told"]) == (1, 1)
    assert (await inbox.fn())["told"] == 0
    [(event, resource, payload)] = plain.events
    assert event.startswith("ingot.reply.")
    assert resource["prefect.resource.id"] == "ingot.lead.1"
    assert payload == {"mail_id": 1}
    news = mailbox.smtp.accepted[-1]
    assert (news.sender, news.recipients) == (USER, (USER,))
    assert b"Subject: Millpond 1 answered:" in news.raw
    async with wiring.uow() as uow:
        assert (await uow.leads.get(1)).status is LeadStatus.replied


async def test_a_server_that_is_down_delays_the_news_and_loses_none(
    wiring: Wiring, mailbox: Running, plain: Shelf, tmp_path: Path
) -> None:
    await outreach.fn()
    mailbox.answer("Hi Imre, yes, I would like to talk. Does Tuesday work?")
    wiring.config.smtp.port, port = 1, wiring.config.smtp.port
    assert (await inbox.fn())["told"] == 0
    wiring.config.smtp.port = port
    assert (await inbox.fn())["told"] == 1
    async with wiring.uow() as uow:
        told = await uow.session.scalars(sa.select(outbox.c.processed_at).where(outbox.c.event_type == "ReplyReceived"))
        assert all(told)


async def test_a_fault_of_ours_is_told_without_its_text(
    wiring: Wiring, mailbox: Running, plain: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: object) -> None:
        raise KeyError("bo@millpond1.example")

    monkeypatch.setattr(type(wiring), "uow", broken)
    with pytest.raises(AgentError, match=r"Unexpected KeyError at test_mail_flows.py:\d+ while settling") as caught:
        await outreach.fn()
    assert "bo@" not in str(caught.value)


async def test_without_a_mailbox_the_flow_says_what_to_do(tmp_path: Path, plain: Shelf) -> None:
    async with opened(manager=ConfigManager(tmp_path)):
        with pytest.raises(ConfigError, match="not set up"):
            await outreach.fn()
        with pytest.raises(ConfigError, match="not set up"):
            await inbox.fn()
