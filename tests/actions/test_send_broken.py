"""A pass that is cut short, and passes that meet: nothing twice, nothing lost, nothing counted twice."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ingot.actions.claim import abandoned_to_unknown, claim
from ingot.actions.send import BATCH, LONGEST_ATTEMPT, SendPass
from ingot.actions.settle import Handed, settle
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import LEASE, LOOK_AGAIN_AFTER, SETTLE_AFTER
from ingot.domain.lead_state import LeadStatus
from ingot.errors import DBError
from ingot.mail.errors import MailError
from ingot.mail.outcome import Outcome
from tests.fakes.entities import USER
from tests.fakes.outgoing import (
    MONDAY,
    UNCAPPED,
    Clock,
    ScriptedSubmission,
    add_queued,
    broken,
    config,
    only,
    open_campaign,
    refused,
    sent,
    statuses,
    unknown,
)

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
FREE = config(caps=UNCAPPED)
SPACED = config(caps={**UNCAPPED, "max_gap_seconds": 1})
_PATIENCE_S = 10.0


async def stock(uow: Uow, count: int = 1) -> None:
    async with uow() as work:
        campaign = await open_campaign(work)
        for number in range(1, count + 1):
            await add_queued(work, campaign, number)
        await work.commit()


def sender(
    uow: Uow, submission: ScriptedSubmission, *, by: AppConfig = FREE, now: Clock | None = None, **given: Any
) -> SendPass:
    return SendPass(uow=uow, submission=submission, config=by, user_id=USER, now=now or Clock(), **given)


async def take(uow: Uow, *, owner: str = "one", limit: int = 1) -> list[int]:
    async with uow() as work:
        claimed = await claim(work, user_id=USER, config=FREE, owner=owner, now=MONDAY, limit=limit)
    return [item.id or 0 for item in claimed.deliveries]


async def told(uow: Uow, outcome: Outcome, *, owner: str = "one", number: int = 1, **later: float) -> None:
    async with uow() as work:
        await settle(
            work,
            [Handed(delivery_id=number, outcome=outcome)],
            owner=owner,
            user_id=USER,
            config=FREE,
            now=MONDAY + timedelta(**later),
        )


async def total_sent(uow: Uow) -> int:
    async with uow() as work:
        return (await work.campaigns.get(1)).total_sent


@pytest.mark.parametrize("by", [FREE, SPACED], ids=["in batches", "one by one"])
async def test_a_cancelled_pass_settles_what_was_answered_and_gives_back_what_was_not_begun(by: AppConfig, uow: Uow):
    await stock(uow, BATCH + 5)
    clock = Clock()
    submission = ScriptedSubmission(hold_at=3, clock=clock, takes=timedelta(seconds=2))
    running = asyncio.create_task(sender(uow, submission, by=by, now=clock).run())
    async with asyncio.timeout(_PATIENCE_S):
        await submission.held.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert await statuses(uow) == ["sent", "sent", "sending", *["queued"] * (BATCH + 2)]
    assert {(await only(uow, number)).attempts for number in range(4, BATCH + 6)} == {0}


async def test_a_fault_of_ours_leaves_the_letter_to_be_looked_for_and_is_told(uow: Uow):
    await stock(uow, 3)
    with pytest.raises(MailError, match="of ours broke"):
        await sender(uow, ScriptedSubmission([sent(), broken()])).run()
    assert await statuses(uow) == ["sent", "sending", "queued"]


async def test_outcomes_that_cannot_be_recorded_stay_in_doubt_and_the_next_claim_is_given_back(uow: Uow):
    await stock(uow, BATCH + 2)
    opened = 0

    def failing() -> SqlAlchemyUnitOfWork:
        nonlocal opened
        opened += 1
        if opened == 3:  # the first settlement: behind two claims
            raise DBError("The database was locked.")
        return uow()

    with pytest.raises(DBError, match="locked"):
        await sender(failing, ScriptedSubmission()).run()
    found = await statuses(uow)
    assert found[:BATCH] == ["sending"] * BATCH
    assert set(found[BATCH:]) <= {"sent", "queued"}


async def test_a_claim_that_is_nearly_over_is_given_back_and_taken_anew(uow: Uow):
    await stock(uow, 3)
    clock = Clock()
    submission = ScriptedSubmission(clock=clock, takes=LEASE - LONGEST_ATTEMPT + timedelta(seconds=1))
    result = await sender(uow, submission, now=clock).run()
    assert (result.sent, await statuses(uow)) == (3, ["sent"] * 3)
    assert {(await only(uow, number)).attempts for number in (1, 2, 3)} == {1}
    assert len(submission.letters) == len(set(submission.recipients)) == 3


async def test_letters_are_spaced_and_a_long_wait_is_left_to_the_next_pass(uow: Uow):
    await stock(uow, 2)
    by = config(caps={**UNCAPPED, "min_gap_seconds": 60, "max_gap_seconds": 60})
    result = await sender(uow, ScriptedSubmission(), by=by).run()
    assert (result.sent, result.waits_for) == (1, "Letters leave a little apart.")
    assert result.next_at == MONDAY + timedelta(seconds=60)
    assert await statuses(uow) == ["sent", "queued"]


async def test_passes_at_once_send_each_letter_once(uow: Uow):
    await stock(uow, 2 * BATCH + 3)
    submissions = [ScriptedSubmission() for _ in range(3)]
    await asyncio.gather(*(sender(uow, submission).run() for submission in submissions))
    recipients = [recipient for submission in submissions for recipient in submission.recipients]
    assert len(recipients) == len(set(recipients)) == 2 * BATCH + 3
    assert await total_sent(uow) == 2 * BATCH + 3


async def test_the_word_of_a_sender_that_lost_its_claim_counts_only_where_the_letter_left(uow: Uow):
    await stock(uow)
    await take(uow)
    async with uow() as work:
        await abandoned_to_unknown(work, user_id=USER, now=MONDAY + LEASE)
    await told(uow, unknown())
    await told(uow, refused())
    assert await statuses(uow) == ["unknown"]
    await told(uow, sent(), minutes=21)
    stored = await only(uow)
    assert (stored.status.value, stored.settled_by) == ("sent", "reply")
    assert await total_sent(uow) == 1


async def test_a_letter_queued_again_is_not_sent_when_its_first_sender_hears_that_it_left(uow: Uow):
    """A machine that slept between the letter and the server's answer."""
    await stock(uow)
    await take(uow)
    async with uow() as work:
        await abandoned_to_unknown(work, user_id=USER, now=MONDAY + LEASE)
        delivery = await work.deliveries.get(1)
        delivery.found_absent(now=MONDAY + LEASE + SETTLE_AFTER)
        delivery.found_absent(now=MONDAY + LEASE + SETTLE_AFTER + LOOK_AGAIN_AFTER)
        await work.commit()
    assert await statuses(uow) == ["queued"]
    await told(uow, sent(), hours=1)
    assert await statuses(uow) == ["sent"]
    assert await take(uow) == []


async def test_a_stranger_cannot_settle_what_is_being_sent_but_can_say_that_it_left(uow: Uow):
    await stock(uow)
    await take(uow)
    await told(uow, refused(), owner="two")
    assert await statuses(uow) == ["sending"]
    await told(uow, sent(), owner="two")
    await told(uow, refused())
    assert await statuses(uow) == ["sent"]


async def test_two_processes_that_settle_the_same_letter_count_it_once(uow: Uow):
    await stock(uow)
    await take(uow)
    await asyncio.gather(told(uow, sent()), told(uow, sent()), told(uow, sent(), owner="two"))
    assert await total_sent(uow) == 1
    async with uow() as work:
        assert (await work.accounts.of_user(USER)).sending_days == 1


async def test_a_letter_that_was_deleted_meanwhile_does_not_keep_others_from_being_settled(uow: Uow):
    await stock(uow, 2)
    await take(uow, limit=2)
    async with uow() as work:
        await work.leads.delete(await work.leads.get(1))
        await work.commit()
        handed = [Handed(delivery_id=number, outcome=sent()) for number in (1, 2)]
        await settle(work, handed, owner="one", user_id=USER, config=FREE, now=MONDAY)
    assert await statuses(uow) == ["sent"]


async def test_a_lead_that_was_closed_while_its_letter_was_on_the_wire_stays_closed(uow: Uow):
    await stock(uow)
    await take(uow)
    async with uow() as work:
        (await work.leads.get(1)).status = LeadStatus.closed
        await work.commit()
    await told(uow, sent())
    assert await statuses(uow) == ["sent"]
    async with uow() as work:
        assert (await work.leads.get(1)).status is LeadStatus.closed
