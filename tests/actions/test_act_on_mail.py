"""What follows from a mail, by its kind."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from ingot.actions.act_on_mail import act_on_mail
from ingot.actions.claim import claim
from ingot.actions.in_doubt import settle_by_hand
from ingot.db.tables import audit_logs
from ingot.domain.account import PauseKind
from ingot.domain.delivery import DeliveryKind
from ingot.domain.follow_up import FollowUpStatus
from ingot.domain.inbound import BounceClass, InboundMail, MailKind
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from tests.fakes.entities import USER, make_letter
from tests.fakes.incoming import Uow, add_sent, lead, news, store, suppressed
from tests.fakes.mailing import add_delivery
from tests.fakes.memory_mailbox import mail
from tests.fakes.outgoing import MONDAY, QUEUED, SENDING, SENT, UNCAPPED, UNKNOWN, config, only, statuses

pytestmark = pytest.mark.long


BO = "bo@millpond1.example"
CONFIG = config(caps=UNCAPPED)
LATER = MONDAY + timedelta(hours=1)
ANSWERS = [MailKind.positive, MailKind.negative, MailKind.question, MailKind.referral, MailKind.other]
WINDOW = 9


async def act(
    uow: Uow, kind: MailKind, *, by: str = "thread", delivery: int = 1, sender: str = BO, again: int = 0, **details: Any
) -> InboundMail:
    """Act on a mail of this kind that answers this delivery; `again` is the id of one that is judged anew."""
    mail_id = again or await store(uow, mail(sender, f"{kind} {by} {delivery} {sender} {details}"))
    async with uow() as work:
        stored = await work.inbox.get(mail_id)
        stored.kind, stored.rule, stored.from_address, stored.words = kind, "made", sender, "Hello."
        answered = await work.deliveries.find(delivery)
        if answered is not None:
            stored.lead_id, stored.delivery_id, stored.matched_by = answered.lead_id, answered.id, by
        told = {"acted_as": stored.details["acted_as"]} if "acted_as" in stored.details else {}
        stored.details = {**details, **told}
        await work.commit()
    async with uow() as work:
        return await act_on_mail(work, mail_id, config=CONFIG, now=LATER)


async def total_replied(uow: Uow) -> int:
    async with uow() as work:
        return (await work.campaigns.get(1)).total_replied


@pytest.mark.parametrize("kind", ANSWERS)
async def test_an_answer_ends_the_follow_ups_and_is_told(kind: MailKind, uow: Uow):
    await add_sent(uow)
    acted = await act(uow, kind)
    assert acted.acted_at == LATER
    assert await statuses(uow) == ["sent", "skipped", "skipped"]
    assert (await lead(uow)).status is LeadStatus.replied
    assert (await total_replied(uow), await news(uow), await suppressed(uow)) == (1, 1, [])
    async with uow() as work:
        assert {item.status for item in await work.letters.follow_ups(1)} == {FollowUpStatus.skipped}


async def test_a_second_answer_is_told_and_not_counted_again(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.question)
    await act(uow, MailKind.positive)
    assert (await total_replied(uow), await news(uow)) == (1, 2)


async def test_judged_again_with_the_same_result_nobody_is_told_twice(uow: Uow):
    await add_sent(uow)
    first = await act(uow, MailKind.question)
    await act(uow, MailKind.question, again=first.id or 0)
    assert await news(uow) == 1
    await act(uow, MailKind.positive, again=first.id or 0)
    assert (await news(uow), await total_replied(uow)) == (2, 1)


async def test_a_clear_no_is_suppressed_under_both_addresses(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.negative, sender="bo+x@private.example", suppress=True)
    assert sorted(await suppressed(uow)) == [BO, "bo@private.example"]
    assert (await lead(uow)).status is LeadStatus.replied


@pytest.mark.parametrize("kind", [MailKind.unsubscribe, MailKind.auto_reply, MailKind.out_of_office])
async def test_a_demand_to_stop_skips_everything_at_once_whatever_the_mail_is(kind: MailKind, uow: Uow):
    await add_sent(uow)
    async with uow() as work:
        letter = make_letter(1)
        await add_delivery(work, letter, kind=DeliveryKind.answer, recipient="bo@private.example", due_at=MONDAY)
        await work.commit()
    await act(uow, kind, suppress=True)
    assert await statuses(uow) == ["sent", "skipped", "skipped", "skipped"]
    assert await suppressed(uow) == [BO]


async def test_who_unsubscribes_is_closed_and_counts_as_an_answer(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.unsubscribe, suppress=True)
    closed = await lead(uow)
    assert (closed.status, closed.status_reason) == (LeadStatus.closed, "asked not to be written to")
    assert (await total_replied(uow), await news(uow)) == (1, 1)


async def test_who_unsubscribes_without_being_known_is_suppressed_all_the_same(uow: Uow):
    await act(uow, MailKind.unsubscribe, delivery=99, sender="kim@nobody.example", suppress=True)
    assert await suppressed(uow) == ["kim@nobody.example"]
    assert await news(uow) == 0


async def test_a_later_judgement_lifts_no_suppression_and_revives_no_follow_up(uow: Uow):
    await add_sent(uow)
    first = await act(uow, MailKind.unsubscribe, suppress=True)
    for kind in (MailKind.positive, MailKind.auto_reply, MailKind.out_of_office):
        await act(uow, kind, again=first.id or 0)
    assert await suppressed(uow) == [BO]
    assert await statuses(uow) == ["sent", "skipped", "skipped"]
    assert (await lead(uow)).status is LeadStatus.closed


async def test_a_receipt_changes_nothing(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.auto_reply)
    assert await statuses(uow) == ["sent", "queued", "queued"]
    assert ((await lead(uow)).status, await news(uow)) == (LeadStatus.sent, 0)


async def test_somebody_who_has_left_is_written_to_no_more(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.left_company)
    closed = await lead(uow)
    assert (closed.status, closed.status_reason) == (LeadStatus.closed, "the person has left the company")
    assert await statuses(uow) == ["sent", "skipped", "skipped"]
    await act(uow, MailKind.left_company, delivery=99)  # nobody is known to have left


async def test_a_mail_that_is_not_judged_has_no_consequences(uow: Uow):
    mail_id = await store(uow, mail(BO))
    async with uow() as work:
        with pytest.raises(ValidationError, match="not judged yet"):
            await act_on_mail(work, mail_id, config=CONFIG, now=LATER)


async def test_what_is_noted_names_nobody(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.unsubscribe, suppress=True)
    async with uow() as work:
        notes = (await work.session.execute(sa.select(audit_logs.c.message, audit_logs.c.details))).all()
    assert "@" not in f"{notes}"


@pytest.mark.parametrize(
    ("told", "due"),
    [("2026-12-04", datetime(2026, 12, 7, WINDOW, tzinfo=UTC)),  # a Friday: the Monday after
     ("2026-11-25", datetime(2026, 11, 26, WINDOW, tzinfo=UTC)),  # back before the follow-up is due
     (None, datetime(2026, 12, 1, WINDOW, tzinfo=UTC))],  # a week from Monday, and the day behind it
)  # fmt: skip
async def test_follow_ups_wait_until_the_person_is_back(told: str | None, due: datetime, uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.out_of_office, **({"returns_on": told} if told else {}))
    assert [(await only(uow, number)).due_at for number in (2, 3)] == [due, None]
    assert ((await lead(uow)).status, await news(uow)) == (LeadStatus.sent, 0)
    await act(uow, MailKind.out_of_office, delivery=99)  # of nobody we know


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Kiritimati"])
async def test_the_day_of_return_is_one_where_the_recipient_is(zone: str, uow: Uow):
    await add_sent(uow, zone=zone)
    await act(uow, MailKind.out_of_office, returns_on="2026-12-01")
    due = (await only(uow, 2)).due_at
    assert due is not None
    assert f"{due.astimezone(ZoneInfo(zone)):%Y-%m-%d %H}" == "2026-12-02 09"


@pytest.mark.parametrize(("by", "dated"), [("thread", datetime(2026, 12, 7, WINDOW, tzinfo=UTC)), ("address", None)])
async def test_an_absence_told_before_the_letter_was_settled_counts(by: str, dated: datetime | None, uow: Uow):
    """By the thread it proves that the letter left; by the address it is kept until the letter is found."""
    await add_sent(uow, status=UNKNOWN, sent_at=None, unknown_since=MONDAY)
    await act(uow, MailKind.out_of_office, by=by, returns_on="2026-12-04")
    due = (await only(uow, 2)).due_at
    assert due == dated
    if dated is None:
        async with uow() as work:
            await settle_by_hand(work, 1, was_sent=True, who="cli", config=CONFIG, now=LATER)
        assert (await only(uow, 2)).due_at == datetime(2026, 12, 7, WINDOW, tzinfo=UTC)


@pytest.mark.parametrize(
    ("bounce_class", "status", "blocked"), [("dead", LeadStatus.failed, [BO]), ("soft", LeadStatus.sent, [])]
)
async def test_a_bounce_is_counted_once_and_ends_the_follow_ups(
    bounce_class: str, status: LeadStatus, blocked: list[str], uow: Uow
):
    await add_sent(uow)
    for number in (1, 2):
        await act(uow, MailKind.bounce, bounce={"class": bounce_class, "status": f"5.1.{number}"})
    stored = await only(uow)
    assert (stored.bounce_class, stored.bounced_at) == (BounceClass(bounce_class), LATER)
    assert ((await lead(uow)).status, await suppressed(uow), await news(uow)) == (status, blocked, 0)
    assert await statuses(uow) == ["sent", "skipped", "skipped"]
    async with uow() as work:
        metric = await work.accounts.metric(USER)
    assert (metric.bounce_count, metric.bounce_rate) == (1, 1.0)


async def test_a_soft_bounce_that_turns_out_dead_is_suppressed_then(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.bounce, bounce={"class": "soft"})
    await act(uow, MailKind.bounce, bounce={"class": "dead"})
    assert ((await only(uow)).bounce_class, await suppressed(uow)) == (BounceClass.dead, [BO])


async def test_a_bounce_of_no_letter_of_ours_changes_nothing(uow: Uow):
    await add_sent(uow)
    acted = await act(uow, MailKind.bounce, delivery=99, bounce={"class": "dead"})
    assert acted.acted_at == LATER
    assert (await suppressed(uow), await statuses(uow)) == ([], ["sent", "queued", "queued"])


async def test_a_bounce_about_the_sender_pauses_the_mailbox_and_counts_against_nobody(uow: Uow):
    await add_sent(uow)
    await act(uow, MailKind.bounce, bounce={"class": "soft", "status": "5.4.5", "about_sender": True})
    async with uow() as work:
        account = await work.accounts.of_user(USER)
    assert account.pause_kind is PauseKind.account
    assert "5.4.5" in account.pause_reason
    assert ((await only(uow)).bounced_at, await statuses(uow)) == (None, ["sent", "queued", "queued"])


async def test_the_bounce_that_crosses_the_line_pauses_the_mailbox_in_its_commit(uow: Uow):
    await add_sent(uow)
    async with uow() as work:
        for number in range(19):
            bounced = MONDAY if number == 0 else None
            await add_delivery(work, make_letter(1), status=SENT, claimed_at=MONDAY, bounced_at=bounced)
        await work.commit()
    await act(uow, MailKind.bounce, bounce={"class": "soft"})
    async with uow() as work:
        assert (await work.accounts.of_user(USER)).pause_kind is PauseKind.bounces


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (MailKind.positive, QUEUED),
        (MailKind.unsubscribe, UNKNOWN),
        (MailKind.bounce, UNKNOWN),
        (MailKind.auto_reply, SENDING),
    ],
)
async def test_who_answers_a_letter_proves_that_it_left_and_never_gets_it_again(kind: MailKind, status: Any, uow: Uow):
    await add_sent(uow, status=status, sent_at=None, owner="one" if status is SENDING else "")
    await act(uow, kind, by="returned" if kind is MailKind.bounce else "thread", bounce={"class": "soft"})
    stored = await only(uow)
    assert (stored.status, stored.settled_by, stored.sent_at) == (SENT, "answer", MONDAY)
    expected = {MailKind.positive: LeadStatus.replied, MailKind.unsubscribe: LeadStatus.closed}
    assert (await lead(uow)).status is expected.get(kind, LeadStatus.sent)
    async with uow() as work:
        assert (await work.campaigns.get(1)).total_sent == 1
        claimed = await claim(work, user_id=USER, config=CONFIG, owner="two", now=LATER, limit=9)
    assert claimed.deliveries == []


async def test_an_address_that_writes_proves_nothing_but_is_not_written_to_again_either(uow: Uow):
    await add_sent(uow, status=UNKNOWN, sent_at=None)
    await act(uow, MailKind.unsubscribe, by="address", suppress=True)
    assert await statuses(uow) == ["unknown", "skipped", "skipped"]
    assert (await lead(uow)).status is LeadStatus.closed
