"""Which letter a mail answers, and what it is."""

from datetime import timedelta

import pytest

from ingot.actions.judge_mail import judge_mail
from ingot.actions.queue import UNSUBSCRIBE
from ingot.domain.inbound import InboundMail, MailKind
from ingot.errors import LLMUnavailable
from ingot.mail.judge import JUDGE_VERSION
from ingot.mail.links import LinkSigner, token_in_subject
from tests.fakes.incoming import Uow, add_sent, label, store
from tests.fakes.memory_mailbox import bounce, mail
from tests.fakes.model_client import ScriptedAgents
from tests.fakes.outgoing import MONDAY, QUEUED, UNKNOWN

pytestmark = pytest.mark.long

BO = "bo@millpond1.example"
LINKS = LinkSigner([b"k" * 32])


async def judged(uow: Uow, raw: bytes, *labels: object) -> InboundMail:
    mail_id = await store(uow, raw)
    agents = ScriptedAgents(labels or [label()], uow=uow)  # type: ignore[arg-type]
    return await judge_mail(uow, mail_id, agents=agents, now=MONDAY + timedelta(days=1))


async def test_an_answer_is_matched_by_its_thread_wherever_it_comes_from(uow: Uow):
    letter = await add_sent(uow)
    found = await judged(
        uow, mail("bo@private.example", "Yes, gladly.", References=f"<x@y.example> {letter.message_id}")
    )
    assert (found.lead_id, found.delivery_id, found.matched_by) == (letter.lead_id, letter.id, "thread")
    assert (found.kind, found.rule, found.confidence, found.words) == (MailKind.positive, "model", 0.9, "Yes, gladly.")
    assert (found.judged_version, found.acted_at) == (JUDGE_VERSION, None)


@pytest.mark.parametrize(
    ("sender", "by"),
    [("Bo+x@Millpond1.example", "address"), ("kim@millpond1.example", "company"), ("kim@nobody.example", "nothing")],
)
async def test_without_a_thread_it_is_the_address_or_the_company(sender: str, by: str, uow: Uow):
    await add_sent(uow)
    found = await judged(uow, mail(sender))
    assert (found.matched_by, found.lead_id) == (by, None if by == "nothing" else 1)


async def test_a_company_is_known_by_its_whole_host_not_by_a_part_of_it(uow: Uow):
    await add_sent(uow, 1, recipient="bo@elsewhere.example")
    await add_sent(uow, 2, recipient="jo@gmail.com")
    async with uow() as work:
        (await work.leads.get(1)).company_website = "https://www.acme.co/jobs"
        (await work.leads.get(2)).company_website = "https://acme.com"
        await work.commit()
    assert (await judged(uow, mail("kim@acme.co"))).lead_id == 1
    assert (await judged(uow, mail("kim@acme.com"))).lead_id == 2
    assert (await judged(uow, mail("somebody@gmail.com"))).lead_id is None


@pytest.mark.parametrize("status", [QUEUED, UNKNOWN])
async def test_an_answer_to_a_letter_that_may_have_left_is_matched_by_its_address(status, uow: Uow):
    await add_sent(uow, status=status)
    assert (await judged(uow, mail(BO))).lead_id == 1


async def test_a_letter_that_was_never_taken_for_sending_is_answered_by_nobody(uow: Uow):
    await add_sent(uow, status=QUEUED, claimed_at=None)
    assert (await judged(uow, mail(BO))).lead_id is None


async def test_unsubscribing_by_the_letters_link_finds_whom_it_went_to(uow: Uow):
    """Sent by the mail program of somebody who reads under another address, without any thread."""
    await add_sent(uow, 1)
    token = LINKS.sign(UNSUBSCRIBE, "letter-2")
    await add_sent(uow, 2)
    async with uow() as work:
        (
            await work.deliveries.get(4)
        ).raw = f"List-Unsubscribe: <mailto:x?subject=unsubscribe%20{token}>\r\n\r\n".encode()
        (await work.deliveries.get(4)).key = "letter-2.4"  # replaced meanwhile
        await work.commit()
    found = await judged(uow, mail("private@home.example", "", subject=f"unsubscribe {token}"))
    assert (found.kind, found.lead_id, found.matched_by) == (MailKind.unsubscribe, 2, "link")


@pytest.mark.parametrize(
    "subject", [f"unsubscribe {LINKS.sign(UNSUBSCRIBE, 'letter-1')}", "unsubscribe 0123abcd.letter-1.x"]
)
async def test_a_link_that_stands_in_no_letter_closes_nobodys_lead(subject: str, uow: Uow):
    await add_sent(uow)
    found = await judged(uow, mail("private@home.example", "", subject=subject))
    assert (found.kind, found.lead_id) == (MailKind.unsubscribe, None)


def test_a_token_is_read_from_a_subject_as_a_mail_program_sends_it():
    token = LINKS.sign(UNSUBSCRIBE, "follow_up-12")
    assert token_in_subject(f"unsubscribe {token}") == (token, "follow_up-12")
    assert token_in_subject(f"Fwd: Unsubscribe  {token}") == (token, "follow_up-12")
    assert token_in_subject(f"unsubscribe {token}.more") == token_in_subject("unsubscribe me") == ("", "")


@pytest.mark.parametrize(
    ("raw", "by", "lead_id"),
    [
        (bounce("forwarded@relay.example", returned="{id}"), "returned", 1),
        (bounce(BO), "failed address", 1),
        (bounce("private@millpond1.example", sender="mailer-daemon@millpond1.example"), "nothing", None),
        (mail("mailer-daemon@relay.example", bounce(BO).decode().partition("\r\n\r\n")[2], In_Reply_To="{id}",
              Content_Type='multipart/report; report-type=delivery-status; boundary="b"'), "thread", 1),
    ],
    ids=["returned letter", "failed address", "another's letter at the same company", "thread"],
)  # fmt: skip
async def test_a_bounce_is_of_the_letter_it_names(raw: bytes, by: str, lead_id: int | None, uow: Uow):
    letter = await add_sent(uow)
    found = await judged(uow, raw.replace(b"{id}", letter.message_id.encode()))
    assert (found.kind, found.matched_by, found.lead_id) == (MailKind.bounce, by, lead_id)


async def test_while_no_model_answers_it_is_known_whose_mail_it_is(uow: Uow):
    await add_sent(uow)
    with pytest.raises(LLMUnavailable):
        await judged(uow, mail(BO, "Could you tell me more?"), LLMUnavailable("down"))
    async with uow() as work:
        found = await work.inbox.get(1)
    assert (found.kind, found.lead_id, found.matched_by, found.judged_version) == (None, 1, "address", 0)


async def test_what_no_database_takes_is_left_out_and_the_mail_is_judged(uow: Uow):
    await add_sent(uow)
    odd = b"References: <a\0@b.example>\r\nMessage-ID: <x\0y@z.example>\r\nContent-Type: text/plain; charset=utf-7\r\n"
    raw = (
        b"From: =?utf-7?q?+2AA-?= <bo@millpond1.example>\r\nSubject: =?utf-7?q?+2AA-?= Hi\r\n"
        + odd
        + b"\r\n+2AA- Yes, gladly.\r\n"
    )
    found = await judged(uow, raw)
    assert (found.kind, found.message_id) == (MailKind.positive, "<xy@z.example>")
    assert found.words.endswith("Yes, gladly.")
    assert f"{found.words}{found.subject}{found.details}".isprintable()


async def test_the_quoted_letter_is_no_demand_of_the_one_who_answers(uow: Uow):
    """Also in an answer to an answer of ours, where the letter with its footer stands at the bottom."""
    letter = await add_sent(uow)
    footer = (
        'If you would rather not hear from me again, reply with "unsubscribe" and I will not write to you any more.'
    )
    async with uow() as work:
        (await work.letters.get(letter.email_id or 0)).footer = footer
        (await work.deliveries.get(letter.id or 0)).email_id = None  # as an answer's delivery has none
        await work.commit()
    quoted = "\r\n".join(f"> {line}" for line in footer.splitlines())
    found = await judged(
        uow, mail(BO, f"Tuesday suits me.\r\n\r\n{footer}\r\n\r\n{quoted}", In_Reply_To=letter.message_id)
    )
    assert (found.kind, found.words) == (MailKind.positive, "Tuesday suits me.")


async def test_a_date_is_read_as_on_the_day_the_mail_came(uow: Uow):
    letter = await add_sent(uow)
    raw = mail(BO, "I am out of office and back on 5 January.", subject="Out of office", Auto_Submitted="auto-replied",
               In_Reply_To=letter.message_id)  # fmt: skip
    mail_id = await store(uow, raw, received_at=MONDAY)
    for months in (0, 6):
        agents = ScriptedAgents([label()], uow=uow)
        found = await judge_mail(uow, mail_id, agents=agents, now=MONDAY + timedelta(days=30 * months))
        assert (found.kind, found.details["returns_on"]) == (MailKind.out_of_office, "2027-01-05")
