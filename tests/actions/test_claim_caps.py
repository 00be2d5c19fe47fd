"""How many leave: exact over simulated days, and with several processes at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from ingot.actions.claim import Claimed, claim
from ingot.config.schema import AppConfig
from ingot.db.engine import create_engine, sessions
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.clearance import DAY, HOUR, Hold
from ingot.domain.delivery import DeliveryStatus
from tests.fakes.entities import USER, make_letter
from tests.fakes.mailing import add_delivery
from tests.fakes.outgoing import MONDAY, SENT, UNCAPPED, Clock, add_queued, config, open_campaign

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]


async def stock(uow: Uow, count: int, **others: int) -> None:
    """`count` queued letters of one lead, and so many sent long ago as `others` says: `sent`, `bounced` of those."""
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work))
        letter = make_letter(first.lead_id)
        letter.id = first.email_id
        for _ in range(count - 1):
            await add_delivery(work, letter, countries=["US"], due_at=MONDAY)
        for number in range(others.get("sent", 0)):
            came_back = MONDAY - timedelta(days=9) if number < others.get("bounced", 0) else None
            await add_delivery(work, letter, status=SENT, claimed_at=MONDAY - timedelta(days=10), bounced_at=came_back)
        await work.commit()


async def take(uow: Uow, config: AppConfig, now: datetime, *, limit: int = 50, owner: str = "one") -> Claimed:
    async with uow() as work:
        return await claim(work, user_id=USER, config=config, owner=owner, now=now, limit=limit)


async def settle_all(uow: Uow, claimed: Claimed, now: datetime, zone: str = "UTC") -> None:
    async with uow() as work:
        account = await work.accounts.of_user(USER)
        for item in (await work.deliveries.held_by([item.id or 0 for item in claimed.deliveries])).values():
            item.settle_sent(now=now, by="reply")
            account.sent_on(now, zone)
        await work.commit()


async def run_days(uow: Uow, config: AppConfig, *, days: int, every: timedelta) -> list[datetime]:
    """Claim as much as possible again and again; gives the moments of all claims."""
    clock, moments = Clock(MONDAY.replace(hour=0)), list[datetime]()
    while clock.now < MONDAY.replace(hour=0) + timedelta(days=days):
        claimed = await take(uow, config, clock())
        await settle_all(uow, claimed, clock())
        moments += [clock.now] * len(claimed.deliveries)
        clock.now += every
    return moments


def most_within(moments: list[datetime], span: timedelta) -> int:
    return max(sum(start <= moment < start + span for moment in moments) for start in moments)


ALL_DAY = {"window": {"start": "00:00", "end": "23:59", "days": "Mon-Sun"}}


async def test_caps_are_reached_and_never_passed_in_any_hour_or_day(uow: Uow):
    await stock(uow, 60)
    moments = await run_days(
        uow, config(caps={"per_day": 7, "per_hour": 2}, **ALL_DAY), days=2, every=timedelta(minutes=53)
    )
    assert most_within(moments, HOUR) == 2
    assert most_within(moments, DAY) == 7
    assert len(moments) >= 2 * 7


async def test_a_place_in_the_hour_is_free_exactly_an_hour_later(uow: Uow):
    await stock(uow, 4)
    caps = config(caps={"per_day": 30, "per_hour": 2}, **ALL_DAY)
    first = await take(uow, caps, MONDAY)
    assert len(first.deliveries) == 2
    early = await take(uow, caps, MONDAY + HOUR - timedelta(seconds=1))
    assert early.deliveries == []
    assert early.held is not None
    assert (early.held.hold, early.held.until) == (Hold.hour_cap, MONDAY + HOUR)
    assert len((await take(uow, caps, MONDAY + HOUR)).deliveries) == 2


async def test_a_letter_that_was_not_taken_by_the_server_frees_its_place(uow: Uow):
    await stock(uow, 3)
    caps = config(caps={"per_hour": 1}, **ALL_DAY)
    [delayed] = (await take(uow, caps, MONDAY)).deliveries
    async with uow() as work:
        (await work.deliveries.get(delayed.id or 0)).settle_later(now=MONDAY, code=451, text="")
        await work.commit()
    assert len((await take(uow, caps, MONDAY)).deliveries) == 1


@pytest.mark.parametrize("status", [DeliveryStatus.unknown, DeliveryStatus.sending])
async def test_what_may_have_left_counts_as_sent(status: DeliveryStatus, uow: Uow):
    await stock(uow, 2)
    caps = config(caps={"per_hour": 1}, **ALL_DAY)
    [taken] = (await take(uow, caps, MONDAY)).deliveries
    if status is DeliveryStatus.unknown:
        async with uow() as work:
            (await work.deliveries.get(taken.id or 0)).settle_unknown(now=MONDAY)
            await work.commit()
    assert (await take(uow, caps, MONDAY)).deliveries == []


async def test_a_cap_of_nothing_stops_sending_for_good(uow: Uow):
    await stock(uow, 1)
    claimed = await take(uow, config(caps={"per_day": 0}), MONDAY)
    assert claimed.deliveries == []
    assert claimed.held is not None
    assert claimed.held.hold is Hold.day_cap


async def test_a_new_mailbox_starts_with_five_and_grows_by_two_for_each_day_of_sending(uow: Uow):
    await stock(uow, 60)
    caps = config(caps={"per_hour": 30, "per_day": 12, "warm_up": True}, **ALL_DAY)
    counts = []
    for day in (0, 1, 2, 5, 6, 7):  # nothing is asked for on two days: they do not count
        now = MONDAY + timedelta(days=day, hours=day / 10)
        claimed = await take(uow, caps, now)
        await settle_all(uow, claimed, now)
        counts.append(len(claimed.deliveries))
    assert counts == [5, 7, 9, 11, 12, 12]


async def test_the_warm_up_is_told_as_the_hold(uow: Uow):
    await stock(uow, 6)
    claimed = await take(uow, config(caps={"per_hour": 30, "warm_up": True}, **ALL_DAY), MONDAY)
    assert len(claimed.deliveries) == 5
    again = await take(uow, config(caps={"per_hour": 30, "warm_up": True}, **ALL_DAY), MONDAY)
    assert again.held is not None
    assert (again.held.hold, again.held.until) == (Hold.warm_up_cap, MONDAY + DAY)


@pytest.mark.parametrize(("bounced", "leave"), [(0, 5), (1, 5), (2, 2)])
async def test_more_than_three_percent_of_bounces_halve_the_warm_up(bounced: int, leave: int, uow: Uow):
    await stock(uow, 8, sent=40, bounced=bounced)
    claimed = await take(uow, config(caps={"per_hour": 30, "warm_up": True}, **ALL_DAY), MONDAY)
    assert len(claimed.deliveries) == leave


async def test_letters_leave_apart_by_a_random_gap(uow: Uow):
    await stock(uow, 3)
    caps = config(caps={**UNCAPPED, "min_gap_seconds": 20, "max_gap_seconds": 90})
    claimed = await take(uow, caps, MONDAY)
    assert len(claimed.deliveries) == 1
    assert claimed.held is not None
    assert claimed.held.hold is Hold.spacing
    slot = claimed.held.until
    assert slot is not None
    assert timedelta(seconds=20) <= slot - MONDAY <= timedelta(seconds=90)
    assert (await take(uow, caps, slot - timedelta(microseconds=1))).deliveries == []
    assert len((await take(uow, caps, slot)).deliveries) == 1


@pytest.fixture
async def processes(database_url: str) -> AsyncIterator[list[Uow]]:
    """Four connections of their own to the same database."""
    engines = [create_engine(database_url) for _ in range(4)]
    try:
        yield [partial(SqlAlchemyUnitOfWork, sessions(engine)) for engine in engines]
    finally:
        for engine in engines:
            await engine.dispose()


async def test_claims_at_once_take_different_letters_and_keep_the_caps(uow: Uow, processes: list[Uow]):
    await stock(uow, 30)
    caps = config(caps={"per_day": 12, "per_hour": 12}, **ALL_DAY)
    rounds = await asyncio.gather(
        *(take(each, caps, MONDAY, limit=2, owner=f"p{number}") for number, each in enumerate(processes * 3))
    )
    taken = [item.id for claimed in rounds for item in claimed.deliveries]
    assert len(taken) == len(set(taken)) == 12
    async with uow() as work:
        assert await work.deliveries.count_spent(MONDAY - HOUR, user_id=USER) == 12
