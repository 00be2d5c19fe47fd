from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.queue import OPENED, UNSUBSCRIBE
from ingot.actions.unsubscribe import is_program, opened, unsubscribe
from ingot.db.tables import audit_logs, lead, outbox, unsubscribedemail
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.email import Email
from ingot.domain.follow_up import FollowUp, FollowUpStatus
from ingot.domain.lead_state import LeadStatus
from ingot.mail.links import LinkSigner
from tests.fakes.entities import NOW, add_campaign, add_drafted
from tests.fakes.mailing import add_delivery

pytestmark = pytest.mark.long

LINKS = LinkSigner([b"k" * 32])
LATER = NOW + timedelta(days=2)
BO = "bo@millpond1.example"
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"

Uow = Callable[[], SqlAlchemyUnitOfWork]


async def add_sent(work: SqlAlchemyUnitOfWork, number: int = 1, **changes: Any) -> tuple[Email, Delivery]:
    """A letter that left, to a lead that was sent."""
    campaign = await add_campaign(work, f"autumn {number}")
    letter = await add_drafted(work, campaign, number)
    (await work.leads.get(letter.lead_id or 0)).status = LeadStatus.sent
    return letter, await add_delivery(
        work, letter, **{"status": DeliveryStatus.sent, "key": f"letter-{number}", **changes}
    )


async def press(uow: Uow, reference: str = "letter-1") -> bool:
    async with uow() as work:
        return await unsubscribe(work, LINKS, LINKS.sign(UNSUBSCRIBE, reference), now=LATER)


async def load(uow: Uow, token: str, user_agent: str = READER) -> None:
    async with uow() as work:
        await opened(work, LINKS, token, user_agent=user_agent, now=LATER)


async def column(uow: Uow, which: sa.Column[Any]) -> list[Any]:
    async with uow() as work:
        return list((await work.session.scalars(sa.select(which).order_by(which.table.c.id))).all())


async def deliveries(uow: Uow) -> list[Delivery]:
    async with uow() as work:
        return await work.deliveries.list()


async def test_the_link_suppresses_the_address_and_closes_the_lead(uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        await work.commit()
    assert await press(uow)
    async with uow() as work:
        [entry] = await work.suppressed.everyone()
        [closed] = await work.leads.list()
    assert (entry.email_address, entry.unsubscribed_at) == (BO, LATER)
    assert (closed.status, closed.status_reason) == (LeadStatus.closed, "asked not to be written to")
    assert await column(uow, outbox.c.event_type) == ["LeadClosed"]


async def test_all_that_waits_for_the_lead_is_skipped_and_what_left_stays(uow: Uow) -> None:
    async with uow() as work:
        letter, _ = await add_sent(work)
        follow_up = FollowUp(parent_email_id=letter.id, scheduled_for_day=3, body="One more line.")
        work.session.add(follow_up)
        await work.session.flush()
        for status in (DeliveryStatus.queued, DeliveryStatus.unknown, DeliveryStatus.sending):
            await add_delivery(work, letter, kind=DeliveryKind.follow_up, status=status, followup_id=follow_up.id)
        await add_delivery(work, letter, kind=DeliveryKind.answer, recipient="bo@elsewhere.example")
        await work.commit()
    await press(uow)
    assert [item.status.value for item in await deliveries(uow)] == ["sent", "skipped", "unknown", "sending", "skipped"]
    async with uow() as work:
        assert (await work.session.get_one(FollowUp, follow_up.id)).status is FollowUpStatus.skipped


async def test_other_leads_who_share_the_mailbox_get_nothing_more_and_others_go_on(uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        for number, recipient in ((2, "Bo+jobs@Millpond1.example"), (3, "kim@millpond3.example")):
            other = await add_drafted(work, await add_campaign(work, f"c{number}"), number)
            await add_delivery(work, other, recipient=recipient)
        await work.commit()
    await press(uow)
    assert [item.status.value for item in await deliveries(uow)] == ["sent", "skipped", "queued"]
    assert await column(uow, lead.c.status) == [LeadStatus.closed, LeadStatus.drafted, LeadStatus.drafted]


async def test_a_second_press_changes_and_writes_nothing(uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        await work.commit()
    assert await press(uow)
    seen = [await column(uow, which) for which in (audit_logs.c.id, outbox.c.id, unsubscribedemail.c.id)]
    assert await press(uow)
    assert [await column(uow, which) for which in (audit_logs.c.id, outbox.c.id, unsubscribedemail.c.id)] == seen
    assert [len(rows) for rows in seen] == [1, 1, 1]


async def test_who_was_suppressed_before_keeps_the_first_reason_and_the_lead_is_closed(uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        await work.suppressed.suppress(BO, reason="added by hand", now=NOW)
        await work.commit()
    await press(uow)
    assert await column(uow, unsubscribedemail.c.unsubscribe_reason) == ["added by hand"]
    assert await column(uow, lead.c.status) == [LeadStatus.closed]


async def test_wherever_the_lead_stands_it_ends_closed(uow: Uow) -> None:
    async with uow() as work:
        for number, status in enumerate(LeadStatus, start=1):
            letter, _ = await add_sent(work, number, recipient=f"bo@millpond{number}.example")
            (await work.leads.get(letter.lead_id or 0)).status = status
        await work.commit()
    for number in range(1, len(LeadStatus) + 1):
        await press(uow, f"letter-{number}")
    assert set(await column(uow, lead.c.status)) == {LeadStatus.closed}


async def test_who_is_answered_at_another_address_is_suppressed_at_both(uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work, key="answer-1", kind=DeliveryKind.answer, recipient="bo@home.example")
        await work.commit()
    await press(uow, "answer-1")
    assert await column(uow, unsubscribedemail.c.email_address) == ["bo@home.example", BO]


async def test_the_link_in_a_letter_that_was_replaced_counts_too(uow: Uow) -> None:
    async with uow() as work:
        letter, _ = await add_sent(
            work, key="follow_up-1.1", status=DeliveryStatus.failed, recipient="old@acme.example"
        )
        await add_delivery(work, letter, key="follow_up-1", recipient="new@acme.example")
        await add_delivery(work, letter, key="follow_up-12", recipient="other@acme.example", status=DeliveryStatus.sent)
        await add_delivery(work, letter, key="follow-up-1.2", recipient="another@acme.example")
        await work.commit()
    await press(uow, "follow_up-1")
    assert set(await column(uow, unsubscribedemail.c.email_address)) == {"old@acme.example", "new@acme.example", BO}


async def test_a_lead_whose_address_was_taken_away_can_unsubscribe(uow: Uow) -> None:
    async with uow() as work:
        letter, _ = await add_sent(work)
        (await work.leads.get(letter.lead_id or 0)).person_email = ""
        await work.commit()
    await press(uow)
    assert await column(uow, unsubscribedemail.c.email_address) == [BO]


async def test_no_address_gets_into_the_log_or_the_events(uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        await work.commit()
    await press(uow)
    async with uow() as work:
        [note] = (await work.session.execute(sa.select(audit_logs))).mappings()
        [event] = (await work.session.execute(sa.select(outbox))).mappings()
    assert "@" not in f"{dict(note)} {dict(event)}"
    assert (note["row_number"], note["who"]) == (1, "link")


async def test_a_link_to_a_letter_that_is_gone_is_ours_and_leaves_a_warning(uow: Uow) -> None:
    assert await press(uow, "letter-99")
    assert await column(uow, audit_logs.c.level) == ["WARNING"]
    assert await column(uow, unsubscribedemail.c.id) == []


@pytest.mark.parametrize(
    "token",
    [
        "",
        "letter-1",
        LINKS.sign(OPENED, "letter-1"),
        LinkSigner([b"o" * 32]).sign(UNSUBSCRIBE, "letter-1"),
        "\0",
        "a" * 9000,
    ],
    ids=["empty", "unsigned", "the pixel's", "another key's", "zero byte", "long"],
)
async def test_a_token_that_is_not_ours_changes_nothing(token: str, uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        await work.commit()
    async with uow() as work:
        assert not await unsubscribe(work, LINKS, token, now=LATER)
    assert await column(uow, lead.c.status) == [LeadStatus.sent]
    assert await column(uow, unsubscribedemail.c.id) == await column(uow, audit_logs.c.id) == []


async def test_opens_are_counted_and_the_first_one_is_dated(uow: Uow) -> None:
    async with uow() as work:
        _, letter = await add_sent(work)
        await add_sent(work, 2)
        await work.commit()
    token = LINKS.sign(OPENED, letter.key)
    await load(uow, token)
    async with uow() as work:
        await opened(work, LINKS, token, user_agent=READER, now=LATER + timedelta(days=1))
    found, other = await deliveries(uow)
    assert (found.opens, found.proxy_opens, found.opened_at) == (2, 0, LATER)
    assert (other.opens, other.proxy_opens, other.opened_at) == (0, 0, None)


async def test_what_a_proxy_loads_is_counted_apart_and_is_no_open(uow: Uow) -> None:
    async with uow() as work:
        _, letter = await add_sent(work)
        await work.commit()
    await load(uow, LINKS.sign(OPENED, letter.key), GMAIL)
    [found] = await deliveries(uow)
    assert (found.opens, found.proxy_opens, found.opened_at) == (0, 1, None)


@pytest.mark.parametrize("token", ["", LINKS.sign(UNSUBSCRIBE, "letter-1"), LINKS.sign(OPENED, "letter-99")])
async def test_a_pixel_that_is_not_ours_counts_nothing(token: str, uow: Uow) -> None:
    async with uow() as work:
        await add_sent(work)
        await work.commit()
    await load(uow, token)
    [found] = await deliveries(uow)
    assert (found.opens, found.proxy_opens, found.opened_at) == (0, 0, None)


@pytest.mark.parametrize(
    "user_agent",
    [
        GMAIL,
        "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Microsoft Office Existence Discovery",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "OutlookImageProxy",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Barracuda Sentinel (EE)",
        "Mimecast URL scanner",
        "curl/8.5.0",
        "python-requests/2.32",
        "Go-http-client/2.0",
        "Java/17.0.2",
        "Mozilla/5.0",
        " ",
        "",
    ],
)
def test_programs_that_load_every_picture_are_known(user_agent: str) -> None:
    assert is_program(user_agent)


@pytest.mark.parametrize(
    "user_agent",
    [
        READER,
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Trident/7.0; Microsoft Outlook 16.0.17328; ms-office)",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
        "Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36",
        "Outlook-iOS/2.0",
    ],
)
def test_mail_readers_on_a_desk_or_in_a_pocket_are_no_programs(user_agent: str) -> None:
    assert not is_program(user_agent)
