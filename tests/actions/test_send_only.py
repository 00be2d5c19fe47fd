"""A pass for follow-ups alone: the one sender, with a filter."""

from __future__ import annotations

from collections.abc import Callable

from ingot.actions.send import SendPass
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryKind
from tests.fakes.entities import USER
from tests.fakes.outgoing import (
    MONDAY,
    UNCAPPED,
    Clock,
    ScriptedSubmission,
    add_follow_up,
    add_queued,
    config,
    open_campaign,
)
from tests.fakes.outgoing import statuses as statuses_of

Uow = Callable[[], SqlAlchemyUnitOfWork]


async def test_a_pass_for_follow_ups_leaves_letters_where_they_are(uow: Uow) -> None:
    async with uow() as work:
        campaign = await open_campaign(work)
        await add_queued(work, campaign, 1)
        sent = await add_queued(work, campaign, 2)
        await add_queued(work, campaign, 3, countries=["DE"])
        await add_follow_up(work, sent, due_at=MONDAY)
        (await work.accounts.of_user(USER)).inbox_read_at = MONDAY
        await work.commit()
    submission = ScriptedSubmission()
    sending = SendPass(
        uow=uow,
        submission=submission,
        config=config(caps=UNCAPPED),
        user_id=USER,
        now=Clock(),
        only=DeliveryKind.follow_up,
    )
    result = await sending.run()
    assert (result.sent, submission.recipients) == (1, ["bo@millpond2.example"])
    assert await statuses_of(uow) == ["queued", "queued", "queued", "sent"]
