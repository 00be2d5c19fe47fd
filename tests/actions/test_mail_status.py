"""Where letters stand, and why they wait."""

from datetime import timedelta

import pytest

from ingot.actions.mail_status import MailStatus, mail_status
from ingot.config.schema import AppConfig
from ingot.domain.account import PauseKind, SentLookup
from tests.fakes.entities import USER
from tests.fakes.incoming import Uow, add_sent
from tests.fakes.outgoing import MONDAY, QUEUED, SENDING, UNCAPPED, UNKNOWN, add_queued, config, open_campaign

FREE = config(caps=UNCAPPED)


async def status(uow: Uow, by: AppConfig = FREE) -> MailStatus:
    async with uow() as work:
        return await mail_status(work, config=by, user_id=USER, now=MONDAY)


async def test_an_empty_mailbox_has_all_its_room(uow: Uow):
    found = await status(uow, config(caps={"per_hour": 5, "per_day": 30, "warm_up": True}))
    assert (found.lines, found.holds, found.paused, found.next_slot) == ([], {}, "", None)
    assert found.left == {"hour": 5, "day": 30, "warm_up": 5}
    assert set(found.counts.values()) == {0}
    assert (found.lookup, found.inbox_read_at, found.bounce_rate) == ("untested", None, 0.0)


async def test_each_letter_says_why_it_waits_and_until_when(uow: Uow):
    async with uow() as work:
        campaign = await open_campaign(work)
        await add_queued(work, campaign, 1)
        await add_queued(work, campaign, 2, zone="America/Los_Angeles", zone_note="a guess")
        await add_queued(work, campaign, 3, countries=["DE"])
        await add_queued(work, campaign, 4, due_at=MONDAY + timedelta(days=1))
        await add_queued(work, campaign, 5, status=SENDING, claimed_at=MONDAY)
        await add_queued(work, campaign, 6, status=UNKNOWN, claimed_at=MONDAY)
        await work.commit()
    await add_sent(uow, 7)
    found = await status(uow)
    lines = {line.delivery_id: line for line in found.lines}
    assert {number: line.reason for number, line in lines.items() if number not in {2, 3}} == {
        1: "May leave now.",
        4: "Its day has not come.",
        5: "On its way.",
        6: "It may have left, and this mailbox cannot tell. Look, then: ingot mail settle.",
        8: "Its day has not come.",
        9: "Waits until the letter before it has left.",
    }
    assert (lines[2].hold, lines[2].until, lines[2].note) == ("outside_window", MONDAY + timedelta(hours=7), "a guess")
    assert (lines[3].hold, lines[3].until) == ("country_policy", None)
    assert found.holds == {"outside_window": 1, "country_policy": 1}
    assert found.counts["queued"] == 6
    assert found.left["hour"] == 10_000 - 3  # sent, on its way, and in doubt
    assert found.next_slot == MONDAY


@pytest.mark.parametrize(
    ("lookup", "words"), [(SentLookup.exact, "it is looked for in Sent"), (SentLookup.rewritten, "cannot tell")]
)
async def test_what_is_in_doubt_says_who_settles_it(lookup: SentLookup, words: str, uow: Uow):
    await add_sent(uow, status=UNKNOWN)
    async with uow() as work:
        (await work.accounts.of_user(USER)).sent_lookup = lookup
        await work.commit()
    assert words in (await status(uow)).lines[0].reason


async def test_looking_changes_nothing(uow: Uow):
    async with uow() as work:
        await add_queued(work, await open_campaign(work), 1, countries=["DE"])
        await work.commit()
    await status(uow)
    async with uow() as work:
        assert (await work.deliveries.get(1)).hold == ""
        assert await work.accounts.list() == []


async def test_a_pause_holds_every_letter_and_is_shown(uow: Uow):
    async with uow() as work:
        campaign = await open_campaign(work)
        for number in (1, 2):
            await add_queued(work, campaign, number, status=QUEUED)
        (await work.accounts.of_user(USER)).pause(PauseKind.person, "holidays.", now=MONDAY)
        await work.commit()
    found = await status(uow)
    assert (found.paused, found.holds) == ("holidays.", {"account_pause": 2})
