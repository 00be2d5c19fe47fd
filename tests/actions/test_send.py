"""A pass of sending: what becomes of each letter by what the server says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.send import PassResult, SendPass
from ingot.config.schema import AppConfig
from ingot.db.tables import audit_logs, outbox
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import PauseKind
from ingot.domain.answer import Answer
from ingot.domain.campaign import OutreachMetric
from ingot.domain.delivery import RETRY_AFTER, DeliveryKind
from ingot.domain.email import EmailStatus
from ingot.domain.follow_up import FollowUpStatus
from ingot.domain.inbound import BounceClass, InboundMail
from ingot.domain.lead_state import LeadStatus
from ingot.mail.outcome import Outcome, Phase
from tests.fakes.entities import USER, make_letter
from tests.fakes.mailing import add_delivery
from tests.fakes.outgoing import (
    MONDAY,
    SENT,
    UNCAPPED,
    Clock,
    ScriptedSubmission,
    add_follow_up,
    add_queued,
    config,
    later,
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
ALL_DAY = {"window": {"start": "00:00", "end": "23:59", "days": "Mon-Sun"}}


async def stock(uow: Uow, count: int = 1, **changes: Any) -> None:
    async with uow() as work:
        campaign = await open_campaign(work)
        for number in range(1, count + 1):
            await add_queued(work, campaign, number, **changes)
        await work.commit()


async def send(
    uow: Uow, *script: Outcome | BaseException, config: AppConfig = FREE, now: Clock | None = None
) -> tuple[PassResult, ScriptedSubmission]:
    submission = ScriptedSubmission(script)
    sending = SendPass(uow=uow, submission=submission, config=config, user_id=USER, now=now or Clock())
    return await sending.run(), submission


async def metric(uow: Uow) -> OutreachMetric:
    async with uow() as work:
        return await work.accounts.metric(USER)


async def events(uow: Uow) -> list[str]:
    async with uow() as work:
        return list((await work.session.scalars(sa.select(outbox.c.event_type).order_by(outbox.c.id))).all())


async def test_what_was_sent_is_settled_with_all_that_follows(uow: Uow):
    await stock(uow)
    result, submission = await send(uow, sent())
    assert (result.sent, result.later, result.failed, result.unknown) == (1, 0, 0, 0)
    assert submission.recipients == ["bo@millpond1.example"]
    stored = await only(uow)
    assert (stored.status, stored.sent_at, stored.settled_by, stored.smtp_code) == (SENT, MONDAY, "reply", 250)
    assert submission.letters[0][2] == stored.raw
    async with uow() as work:
        assert (await work.letters.get(1)).status is EmailStatus.sent
        assert (await work.leads.get(1)).status is LeadStatus.sent
        assert (await work.campaigns.get(1)).total_sent == 1
        account = await work.accounts.of_user(USER)
    assert (account.sending_days, account.last_sending_day) == (1, "2026-11-23")
    counters = await metric(uow)
    assert (counters.sent_today, counters.sent_this_hour, counters.last_sent_at) == (1, 1, MONDAY)
    assert await events(uow) == ["DeliverySent", "EmailSent", "LeadSent"]


async def test_a_second_pass_sends_nothing_again(uow: Uow):
    await stock(uow, 3)
    await send(uow)
    result, submission = await send(uow)
    assert (result.sent, submission.letters) == (0, [])


async def test_the_first_follow_up_gets_its_day_and_the_second_when_the_first_has_left(uow: Uow):
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work))
        await add_follow_up(work, first, 3)
        await add_follow_up(work, first, 7)
        await work.commit()
    clock = Clock()
    await send(uow, now=clock)
    due = [(await only(uow, number)).due_at for number in (2, 3)]
    assert due == [datetime(2026, 11, 26, 9, tzinfo=MONDAY.tzinfo), None]
    clock.move(days=9)  # it is held for days, and both would be due by now
    async with uow() as work:
        (await work.accounts.of_user(USER)).inbox_read_at = clock()
        await work.commit()
    result, _ = await send(uow, now=clock)
    assert (result.sent, await statuses(uow)) == (1, ["sent", "sent", "queued"])
    assert (await only(uow, 3)).due_at == datetime(2026, 12, 8, 9, tzinfo=MONDAY.tzinfo)  # four business days later
    async with uow() as work:
        third, seventh = await work.letters.follow_ups(1)
        assert (await work.campaigns.get(1)).total_sent == 1  # letters, not what follows them
    assert (third.status, third.sent_at, seventh.status) == (FollowUpStatus.sent, clock(), FollowUpStatus.queued)


async def test_a_server_that_asks_to_wait_is_asked_again_with_the_same_bytes_and_given_up_in_the_end(uow: Uow):
    await stock(uow)
    clock, bytes_sent = Clock(), set()
    for wait in RETRY_AFTER:
        result, submission = await send(uow, later(), now=clock, config=config(caps=UNCAPPED, **ALL_DAY))
        bytes_sent |= {raw for _, _, raw in submission.letters}
        stored = await only(uow)
        assert (result.later, stored.status.value, stored.due_at) == (1, "queued", clock() + wait)
        clock.move(seconds=wait.total_seconds())
    await send(uow, later(), now=clock, config=config(caps=UNCAPPED, **ALL_DAY))
    assert await statuses(uow) == ["failed"]
    assert len(bytes_sent) == 1
    async with uow() as work:
        assert (await work.leads.get(1)).status is LeadStatus.failed
        assert await work.suppressed.everyone() == []
    assert (await metric(uow)).bounce_count == 0


async def test_a_server_that_is_not_there_costs_no_letter_a_try_and_ends_the_pass(uow: Uow):
    await stock(uow, 3)
    clock, always = Clock(), config(caps=UNCAPPED, **ALL_DAY)
    for phase in [Phase.connect, Phase.auth] * 3 + [Phase.connect]:  # more often than a letter is tried
        result, submission = await send(uow, later(0, phase), now=clock, config=always)
        assert len(submission.letters) == 1
        assert (result.later, result.waits_for) == (1, "The mail server cannot be reached; it is tried again.")
        assert result.next_at == clock() + timedelta(minutes=5)
        clock.move(hours=6)
    assert await statuses(uow) == ["queued"] * 3
    assert {(await only(uow, number)).attempts for number in (1, 2, 3)} == {0}
    result, _ = await send(uow, now=clock, config=always)
    assert result.sent == 3


async def test_an_unknown_recipient_is_a_bounce_and_is_suppressed(uow: Uow):
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work))
        await add_follow_up(work, first)
        await work.commit()
    result, _ = await send(uow, refused("5.1.1"))
    assert result.failed == 1
    assert await statuses(uow) == ["failed", "skipped"]
    stored = await only(uow)
    assert (stored.bounce_class, stored.bounced_at, stored.smtp_code) == (BounceClass.dead, MONDAY, 550)
    async with uow() as work:
        assert await work.suppressed.holds("bo@millpond1.example")
        lead = await work.leads.get(1)
    assert (lead.status, lead.status_reason) == (LeadStatus.failed, "the mail server refused the letter (550)")
    counters = await metric(uow)
    assert (counters.bounce_count, counters.bounce_rate) == (1, 1.0)


async def test_another_refusal_is_a_soft_bounce(uow: Uow):
    await stock(uow)
    await send(uow, refused("5.2.2"))
    assert (await only(uow)).bounce_class is BounceClass.soft
    async with uow() as work:
        assert await work.suppressed.everyone() == []


async def test_a_follow_up_that_is_refused_stops_the_next_and_leaves_the_lead_sent(uow: Uow):
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work), status=SENT, claimed_at=MONDAY, sent_at=MONDAY)
        (await work.leads.get(1)).status = LeadStatus.sent
        await add_follow_up(work, first, 3, due_at=MONDAY)
        await add_follow_up(work, first, 7, due_at=MONDAY + timedelta(days=4))
        (await work.accounts.of_user(USER)).inbox_read_at = MONDAY
        await work.commit()
    await send(uow, refused("5.2.2"))
    assert await statuses(uow) == ["sent", "failed", "skipped"]
    async with uow() as work:
        assert (await work.leads.get(1)).status is LeadStatus.sent


@pytest.mark.parametrize(
    "outcome",
    [
        refused("5.7.1", about_sender=True),
        Outcome(kind=later().kind, phase=Phase.auth, code=535, text="no", about_sender=True),
    ],
    ids=["limit", "login"],
)
async def test_a_refusal_of_the_sender_pauses_the_mailbox_and_is_nobodys_bounce(outcome: Outcome, uow: Uow):
    await stock(uow, 30)
    result, submission = await send(uow, sent(), outcome)
    assert (result.sent, result.later, result.failed) == (1, 1, 0)
    assert len(submission.letters) == 2
    assert await statuses(uow) == ["sent", *["queued"] * 29]
    assert {(await only(uow, number)).attempts for number in (2, 3, 21, 22)} == {0}
    assert result.waits_for.startswith("The provider refused the sender")
    async with uow() as work:
        account = await work.accounts.of_user(USER)
        assert (await work.leads.get(2)).status is LeadStatus.drafted
    assert account.pause_kind is PauseKind.account
    assert (await metric(uow)).bounce_count == 0
    result, submission = await send(uow)
    assert submission.letters == []


async def test_no_answer_leaves_a_letter_unknown_and_the_others_go_on(uow: Uow):
    await stock(uow, 3)
    result, _ = await send(uow, sent(), unknown(), sent())
    assert (result.sent, result.unknown) == (2, 1)
    assert await statuses(uow) == ["sent", "unknown", "sent"]
    stored = await only(uow, 2)
    assert (stored.unknown_since, stored.owner) == (MONDAY, "")
    assert (await metric(uow)).sent_today == 3  # what may have left counts


@pytest.mark.parametrize(("before", "paused"), [(20, True), (39, False)])
async def test_the_bounce_that_crosses_the_line_pauses_everything_in_its_commit(before: int, paused: bool, uow: Uow):
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work))
        letter = make_letter(first.lead_id)
        letter.id = first.email_id
        for number in range(before):
            bounced = MONDAY if number == 0 else None
            await add_delivery(work, letter, status=SENT, claimed_at=MONDAY - timedelta(days=2), bounced_at=bounced)
        await add_queued(work, await open_campaign(work, "second"), 2)
        await work.commit()
    result, _ = await send(uow, refused("5.2.2"), config=config(caps={**UNCAPPED, "max_gap_seconds": 1}))
    async with uow() as work:
        account = await work.accounts.of_user(USER)
        noted = (await work.session.scalars(sa.select(audit_logs.c.message))).all()
    assert (account.pause_kind is PauseKind.bounces) is paused
    if paused:
        assert account.pause_reason == "2 of the last 21 letters bounced (10%)."
        assert "Sending is paused. 2 of the last 21 letters bounced (10%)." in noted
        assert result.waits_for.startswith(account.pause_reason)


async def test_an_approved_answer_is_sent_and_settled(uow: Uow):
    async with uow() as work:
        first = await add_queued(work, await open_campaign(work), status=SENT, claimed_at=MONDAY, sent_at=MONDAY)
        mail = InboundMail(
            user_id=USER, mailbox="INBOX", uid_validity=1, uid=1, raw=b"x", raw_sha256="a", received_at=MONDAY
        )
        mail.acted_at = MONDAY
        await work.inbox.add(mail)
        answer = await work.answers.add(
            Answer(inbound_id=mail.id or 0, lead_id=first.lead_id, body="Hello Bo.", status=EmailStatus.approved)
        )
        letter = await work.letters.get(first.email_id or 0)
        await add_delivery(
            work, letter, kind=DeliveryKind.answer, answer_id=answer.id, email_id=None, due_at=MONDAY, key="answer-1"
        )
        await work.commit()
    result, _ = await send(uow)
    assert result.sent == 1
    async with uow() as work:
        assert (await work.answers.get(1)).status is EmailStatus.sent
        assert (await work.campaigns.get(1)).total_sent == 0
