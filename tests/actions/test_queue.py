"""Approving a letter freezes it and what follows it."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest

from ingot.actions.queue import UNSUBSCRIBE, Sender
from ingot.actions.review import Approval, approve
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import SentLookup
from ingot.domain.delivery import Delivery, DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.follow_up import FollowUp
from ingot.errors import ConfigError, ValidationError
from ingot.mail.links import LinkSigner
from tests.fakes.entities import USER, add_campaign, add_drafted
from tests.fakes.outgoing import ADDRESS, MONDAY, config

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
LINKS = LinkSigner([b"k" * 32])
PUBLIC = {"public_base_url": "https://out.valk.example"}


async def add_draft(
    uow: Uow, number: int = 1, *, location: str = "Portland, OR, USA", address: str | None = None
) -> int:
    """A draft with its two follow-ups."""
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work, f"autumn {number}"), number)
        lead = await work.leads.get(letter.lead_id or 0)
        lead.location, lead.person_name = location, "Bo Reed"
        lead.person_email = lead.person_email if address is None else address
        for day in (3, 7):
            work.session.add(
                FollowUp(parent_email_id=letter.id, scheduled_for_day=day, body=f"Hello Bo,\n\nday {day}.\n\nImre Valk")
            )
        await work.commit()
    return letter.id or 0


async def yes(uow: Uow, letter_id: int = 1, *, by: AppConfig | None = None, **given: Any) -> list[Delivery]:
    approval = Approval(config=by or config(), links=LINKS, who="cli", now=MONDAY, **given)
    async with uow() as work:
        await approve(work, [letter_id], approval)
    async with uow() as work:
        return await work.deliveries.of_letter(letter_id)


def read(delivery: Delivery) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(delivery.raw, policy=policy.default))


async def test_an_approved_letter_is_due_and_its_follow_ups_wait_for_it(uow: Uow):
    await add_draft(uow)
    first, *later = await yes(uow)
    assert (first.status, first.due_at, first.key, first.zone) == (
        DeliveryStatus.queued,
        MONDAY,
        "letter-1",
        "America/Los_Angeles",
    )
    assert [(item.key, item.due_at) for item in later] == [("follow_up-1", None), ("follow_up-2", None)]
    assert {item.recipient for item in (first, *later)} == {"bo@millpond1.example"}
    assert first.countries == ["US"]
    async with uow() as work:
        assert (await work.letters.get(1)).status is EmailStatus.approved


async def test_a_letter_reads_as_it_was_approved(uow: Uow):
    await add_draft(uow)
    first, *_ = await yes(uow)
    mail = read(first)
    assert mail["From"] == f"Imre Valk <{ADDRESS}>"
    assert mail["To"] == "Bo Reed <bo@millpond1.example>"
    assert mail["Date"] is None  # stamped when it leaves
    text = mail.get_content()
    assert text.startswith("Hello Bo,")
    assert "Quay 1, Ghent" in text
    assert 'reply with "unsubscribe"' in text
    assert mail.get_content_type() == "text/plain"


async def test_follow_ups_stand_in_the_letters_thread(uow: Uow):
    await add_draft(uow)
    first, third, seventh = await yes(uow)
    ids = [item.message_id for item in (first, third, seventh)]
    assert len(set(ids)) == 3
    assert all(
        re.fullmatch(rf"<[0-9a-f]{{32}}\.{item.key}@valk\.example>", item.message_id)
        for item in (first, third, seventh)
    )
    assert [read(item)["Message-ID"] for item in (first, third, seventh)] == ids
    assert (read(third)["In-Reply-To"], read(third)["References"]) == (ids[0], ids[0])
    assert (read(seventh)["In-Reply-To"], read(seventh)["References"]) == (ids[1], f"{ids[0]} {ids[1]}")
    assert read(third)["Subject"] == read(seventh)["Subject"] == f"Re: {read(first)['Subject']}"


@pytest.mark.parametrize(("variant", "subject"), [("a", "Sensor data in Go"), ("b", "Your queue for sensor data")])
async def test_subject_a_or_b_is_chosen_and_recorded(
    variant: str, subject: str, uow: Uow, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ingot.actions.queue.secrets.choice", lambda choices: variant if variant in choices else "")
    await add_draft(uow)
    first, third, _ = await yes(uow)
    assert (first.variant, first.subject, read(first)["Subject"]) == (variant, subject, subject)
    assert third.subject == read(third)["Subject"] == f"Re: {subject}"


@pytest.mark.parametrize(
    ("given", "one_click"), [({}, False), (PUBLIC, True), ({"public_base_url": "http://x.example"}, False)]
)
async def test_unsubscribing_by_mail_is_always_offered_and_the_page_where_there_is_one(
    given: dict[str, str], one_click: bool, uow: Uow
):
    await add_draft(uow)
    for delivery in await yes(uow, by=config(**given)):
        token = LINKS.sign(UNSUBSCRIBE, delivery.key)
        mail = read(delivery)
        by_mail = f"<mailto:{ADDRESS}?subject=unsubscribe%20{token}>"
        page = f"<https://out.valk.example/u/{token}>, " if one_click else ""
        assert mail["List-Unsubscribe"] == f"{page}{by_mail}"
        assert mail["List-Unsubscribe-Post"] == ("List-Unsubscribe=One-Click" if one_click else None)


@pytest.mark.parametrize(
    ("given", "pixel"),
    [({}, False), ({"open_pixel": True}, False), (PUBLIC, False), ({**PUBLIC, "open_pixel": True}, True),
     ({"open_pixel": True, "public_base_url": "http://out.valk.example"}, False)],
)  # fmt: skip
async def test_a_pixel_is_there_only_when_it_is_on_and_the_page_is_encrypted(
    given: dict[str, Any], pixel: bool, uow: Uow
):
    await add_draft(uow)
    first, *_ = await yes(uow, by=config(**given))
    html = read(first).get_body(("html",))
    assert (html is not None) is pixel
    if html is not None:
        assert f'<img src="https://out.valk.example/o/{LINKS.sign("opened", "letter-1")}.gif"' in html.get_content()


async def test_where_the_company_is_counts_the_senders_hours_where_that_is_not_known(uow: Uow):
    await add_draft(uow, location="somewhere nice")
    first, *_ = await yes(uow, by=config(time_zone="Europe/Paris"), basis="We met.")
    assert first.zone == "Europe/Paris"
    assert "your own zone is used" in first.zone_note


async def test_no_address_no_letter(uow: Uow):
    await add_draft(uow, address="")
    with pytest.raises(ValidationError, match="no address to send this letter to"):
        await yes(uow)
    async with uow() as work:
        assert await work.deliveries.list() == []
        assert (await work.letters.get(1)).status is EmailStatus.drafted


@pytest.mark.parametrize("entry", ["bo@millpond1.example", "@millpond1.example"])
async def test_nobody_who_is_suppressed_is_written_to(entry: str, uow: Uow):
    await add_draft(uow, address="Bo+x@Millpond1.example")
    async with uow() as work:
        await work.suppressed.suppress(entry, reason="asked", now=MONDAY)
        await work.commit()
    with pytest.raises(ValidationError, match="suppression list") as caught:
        await yes(uow)
    assert "@" not in caught.value.message


async def test_one_mailbox_gets_one_letter_however_its_address_is_written(uow: Uow):
    await add_draft(uow, 1, address="b.o@gmail.com")
    await add_draft(uow, 2, address="Bo+jobs@googlemail.com")
    await yes(uow)
    with pytest.raises(ValidationError, match="written to as lead 1"):
        await yes(uow, 2)


async def test_without_a_mailbox_nothing_is_approved(uow: Uow):
    await add_draft(uow)
    with pytest.raises(ConfigError, match="no mailbox to send from"):
        await yes(uow, by=config(smtp={}))


@pytest.mark.parametrize(
    ("location", "basis", "message"),
    [
        ("Munich, Germany", "", "DE"),
        ("Munich, Germany", "We met.", "DE"),
        ("Toronto, Canada", " ", "CA"),
        ("Nowhere", "", "not known"),
    ],
)
async def test_a_country_that_asks_for_a_reason_is_refused_without_one(
    location: str, basis: str, message: str, uow: Uow
):
    await add_draft(uow, location=location)
    with pytest.raises(ValidationError, match=message):
        await yes(uow, basis=basis)
    async with uow() as work:
        assert await work.deliveries.list() == []


async def test_a_stated_basis_is_kept_with_the_letter(uow: Uow):
    await add_draft(uow, location="Toronto, Canada")
    await yes(uow, basis=" We met at a meetup. ")
    async with uow() as work:
        assert (await work.letters.get(1)).basis == "We met at a meetup."


async def test_what_was_learnt_of_another_mailbox_is_forgotten(uow: Uow):
    await add_draft(uow)
    async with uow() as work:
        account = await work.accounts.of_user(USER)
        account.address, account.sent_lookup = "old@valk.example", SentLookup.exact
        await work.commit()
    await yes(uow)
    async with uow() as work:
        account = await work.accounts.of_user(USER)
    assert (account.address, account.sent_lookup) == (ADDRESS, SentLookup.untested)


async def test_a_letter_cannot_smuggle_a_header_through_a_name_or_subject(uow: Uow):
    letter_id = await add_draft(uow)
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        letter.subject_a = letter.subject_b = "Hi =?utf-8?q?x=0D=0ABcc:_evil=40x.example?="
        (await work.leads.get(letter.lead_id or 0)).person_name = "Bo\r\nBcc: evil@x.example"
        await work.commit()
    for delivery in await yes(uow):
        assert read(delivery)["Bcc"] is None
        assert delivery.raw.lower().count(b"\r\nbcc:") == 0


def test_a_sender_is_an_address():
    sender = Sender(config=config(smtp={"username": "imre", "from_address": ADDRESS}), name="Imre", links=LINKS)
    assert sender.address == ADDRESS
