from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ingot.actions.claim import Claimed, abandoned_to_unknown, claim, release
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import PauseKind
from ingot.domain.campaign import CampaignStatus
from ingot.domain.clearance import Hold
from ingot.domain.delivery import LEASE, DeliveryKind
from ingot.domain.lead_state import LeadStatus
from tests.fakes.entities import USER, make_letter
from tests.fakes.mailing import add_delivery
from tests.fakes.outgoing import (
    MONDAY,
    UNCAPPED,
    UNKNOWN,
    add_follow_up,
    add_queued,
    config,
    only,
    open_campaign,
    statuses,
)

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
FREE = config(caps=UNCAPPED)


async def take(
    uow: Uow, config: AppConfig = FREE, *, at: timedelta = timedelta(0), limit: int = 50, owner: str = "one"
) -> Claimed:
    async with uow() as work:
        return await claim(work, user_id=USER, config=config, owner=owner, now=MONDAY + at, limit=limit)


async def stock(uow: Uow, count: int = 1, **changes: Any) -> None:
    async with uow() as work:
        campaign = await open_campaign(work)
        for number in range(1, count + 1):
            await add_queued(work, campaign, number, **changes)
        await work.commit()


async def test_a_claimed_letter_is_dated_leased_and_owned(uow: Uow):
    await stock(uow)
    [taken] = (await take(uow)).deliveries
    stored = await only(uow)
    assert (stored.status.value, stored.owner, stored.lease_until) == ("sending", "one", MONDAY + LEASE)
    assert stored.raw == taken.raw == b"Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nSubject: x\r\n\r\nhi\r\n"


async def test_a_letter_is_not_claimed_twice(uow: Uow):
    await stock(uow, 3)
    assert len((await take(uow, limit=2)).deliveries) == 2
    assert [item.id for item in (await take(uow, owner="two")).deliveries] == [3]
    assert (await take(uow)).deliveries == []


async def test_a_letter_given_back_keeps_its_date(uow: Uow):
    await stock(uow)
    [taken] = (await take(uow)).deliveries
    async with uow() as work:
        await release(work, [1], owner="one")
    [again] = (await take(uow, at=timedelta(hours=1))).deliveries
    assert again.raw == taken.raw
    assert again.attempts == 1


async def test_only_its_owner_gives_a_letter_back(uow: Uow):
    await stock(uow)
    await take(uow)
    async with uow() as work:
        await release(work, [1, 99], owner="two")
    assert await statuses(uow) == ["sending"]


async def test_what_is_not_due_is_left_alone(uow: Uow):
    await stock(uow, due_at=MONDAY + timedelta(minutes=1))
    assert (await take(uow)).deliveries == []
    assert (await only(uow)).hold == ""
    assert len((await take(uow, at=timedelta(minutes=1))).deliveries) == 1


@pytest.mark.parametrize("entry", ["bo@millpond1.example", "@millpond1.example"])
async def test_a_suppressed_recipient_gets_nothing(entry: str, uow: Uow):
    await stock(uow, recipient="Bo+jobs@Millpond1.example")
    async with uow() as work:
        await work.suppressed.suppress(entry, reason="asked", now=MONDAY)
        await work.commit()
    assert (await take(uow)).deliveries == []
    assert (await only(uow)).hold == Hold.suppressed


async def test_suppression_between_giving_back_and_claiming_counts(uow: Uow):
    await stock(uow)
    await take(uow)
    async with uow() as work:
        await work.suppressed.suppress("bo@millpond1.example", reason="asked", now=MONDAY)
        await release(work, [1], owner="one")
    assert (await take(uow)).deliveries == []


@pytest.mark.parametrize("status", [LeadStatus.replied, LeadStatus.closed])
async def test_who_has_answered_or_is_closed_gets_no_more_letters(status: LeadStatus, uow: Uow):
    await stock(uow)
    async with uow() as work:
        (await work.leads.get(1)).status = status
        await work.commit()
    assert (await take(uow)).deliveries == []
    assert (await only(uow)).hold == Hold.replied


async def test_a_paused_campaign_is_held_and_another_goes_on(uow: Uow):
    async with uow() as work:
        paused, other = await open_campaign(work, "paused"), await open_campaign(work, "other")
        paused.status = CampaignStatus.paused
        await add_queued(work, paused, 1)
        await add_queued(work, other, 2)
        await work.commit()
    assert [item.id for item in (await take(uow)).deliveries] == [2]
    assert (await only(uow)).hold == Hold.campaign_paused


@pytest.mark.parametrize(
    ("kind", "hold"), [(PauseKind.bounces, Hold.bounce_pause), (PauseKind.person, Hold.account_pause)]
)
async def test_a_paused_mailbox_sends_nothing_and_says_why(kind: PauseKind, hold: Hold, uow: Uow):
    await stock(uow, 2)
    async with uow() as work:
        (await work.accounts.of_user(USER)).pause(kind, "Too many bounced.", now=MONDAY)
        await work.commit()
    claimed = await take(uow)
    assert claimed.deliveries == []
    assert claimed.held is not None
    assert claimed.held.hold is hold
    assert (await only(uow)).hold_reason.startswith("Too many bounced.")


@pytest.mark.parametrize(
    ("countries", "basis", "leaves"),
    [(["US"], "", True), ([], "", False), ([], "We met.", True), (["CA"], "", False), (["CA"], "We met.", True),
     (["DE"], "We met.", False), (["US", "DE"], "We met.", False)],
)  # fmt: skip
async def test_the_law_of_the_recipients_country_is_kept(countries: list[str], basis: str, leaves: bool, uow: Uow):
    await stock(uow, countries=countries, letter={"basis": basis})
    assert bool((await take(uow)).deliveries) is leaves
    assert (await only(uow)).hold == ("" if leaves else Hold.country_policy)


@pytest.mark.parametrize(
    ("read_ago", "leaves"), [(None, False), (timedelta(hours=7), False), (timedelta(hours=1), True)]
)
async def test_a_follow_up_waits_for_a_fresh_inbox(read_ago: timedelta | None, leaves: bool, uow: Uow):
    await stock(uow, kind=DeliveryKind.follow_up)
    async with uow() as work:
        (await work.accounts.of_user(USER)).inbox_read_at = read_ago and MONDAY - read_ago
        await work.commit()
    assert bool((await take(uow)).deliveries) is leaves
    assert (await only(uow)).hold == ("" if leaves else Hold.inbox_not_read)


async def test_office_hours_are_the_recipients_and_the_end_of_the_wait_is_told(uow: Uow):
    async with uow() as work:
        campaign = await open_campaign(work)
        await add_queued(work, campaign, 1, zone="America/Los_Angeles")
        await add_queued(work, campaign, 2, zone="Europe/Berlin")
        await work.commit()
    assert [item.id for item in (await take(uow)).deliveries] == [2]
    held = await only(uow)
    assert (held.hold, held.hold_until) == (Hold.outside_window, MONDAY + timedelta(hours=7))
    assert "America/Los_Angeles" in held.hold_reason


async def test_a_claim_clears_the_hold_before_it(uow: Uow):
    await stock(uow, zone="America/Los_Angeles")
    await take(uow)
    await take(uow, at=timedelta(hours=7))
    stored = await only(uow)
    assert (stored.status.value, stored.hold, stored.hold_reason, stored.hold_until) == ("sending", "", "", None)


async def test_an_answer_leaves_at_night_to_somebody_who_replied_from_a_blocked_country(uow: Uow):
    await stock(uow, kind=DeliveryKind.answer, countries=["DE"], zone="Asia/Tokyo")
    async with uow() as work:
        (await work.leads.get(1)).status = LeadStatus.replied
        await work.commit()
    assert len((await take(uow)).deliveries) == 1


async def test_letters_that_are_held_do_not_starve_the_ones_behind_them(uow: Uow):
    async with uow() as work:
        campaign = await open_campaign(work)
        first = await add_queued(work, campaign, 1, countries=["DE"])
        letter = make_letter(first.lead_id)
        letter.id = first.email_id
        for _ in range(120):
            await add_delivery(work, letter, countries=["DE"], due_at=MONDAY)
        await add_queued(work, campaign, 2)
        await work.commit()
    claimed = await take(uow, limit=1)
    assert [item.recipient for item in claimed.deliveries] == ["bo@millpond2.example"]
    async with uow() as work:
        held = [item.hold for item in await work.deliveries.list(limit=200)]
    assert held == [*[Hold.country_policy] * 121, ""]


async def test_a_lease_that_ran_out_makes_a_letter_unknown_and_not_free(uow: Uow):
    await stock(uow)
    await take(uow)
    for at, gone in ((LEASE - timedelta(seconds=1), 0), (LEASE, 1)):
        async with uow() as work:
            assert await abandoned_to_unknown(work, user_id=USER, now=MONDAY + at) == gone
    stored = await only(uow)
    assert (stored.status, stored.unknown_since) == (UNKNOWN, MONDAY + LEASE)
    assert (await take(uow, at=timedelta(days=1))).deliveries == []


async def test_another_users_letters_are_none_of_ours(uow: Uow):
    await stock(uow)
    async with uow() as work:
        (await work.deliveries.get(1)).user_id = "user_other"
        await work.commit()
    assert (await take(uow)).deliveries == []


async def test_two_follow_ups_to_one_person_do_not_leave_together(uow: Uow):
    """However long they were held: the second gets its day only when the first has left."""
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work), 1)
        await add_follow_up(work, first, 3, due_at=MONDAY)
        await add_follow_up(work, first, 7)
        (await work.accounts.of_user(USER)).inbox_read_at = MONDAY
        await work.commit()
    assert [item.kind.value for item in (await take(uow)).deliveries] == ["letter", "follow_up"]
    assert (await take(uow, at=timedelta(hours=5))).deliveries == []
