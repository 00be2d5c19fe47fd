"""What a stored mail is, and which letter it answers. Judging again by newer rules is always possible."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingot.agents import Agents
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery
from ingot.domain.inbound import InboundMail, Judgement
from ingot.domain.lead import normal_email, website_host
from ingot.llm.outputs import ReplyLabel
from ingot.llm.prompt import Prompt
from ingot.mail.judge import JUDGE_VERSION, Unjudged, combine, judge
from ingot.mail.links import token_in_subject
from ingot.mail.parse import ParsedMail, parse_mail
from ingot.mail.relevance import references_of


@dataclass(frozen=True, kw_only=True)
class Match:
    """The letter that a mail answers, and how that was found."""

    delivery: Delivery
    by: str


async def judge_mail(
    uow: Callable[[], SqlAlchemyUnitOfWork], mail_id: int, *, agents: Agents, now: datetime
) -> InboundMail:
    """Find the letter it answers, judge it by rules, ask the model where they say nothing. Commits the result.

    Raises what the model raises; the mail then stays unjudged and is taken up by the next run.
    """
    async with uow() as work:
        mail = await work.inbox.get(mail_id)
        parsed = storable(parse_mail(mail.raw))
        match = await find_letter(work, mail, parsed)
        sent = await _sent_bodies(work, match)
        lead = await work.leads.get(match.delivery.lead_id) if match else None
    found = judge(mail.raw, sent=sent, today=(mail.received_at or now).date())
    found = dataclasses.replace(found, words=_text(found.words))
    if isinstance(found, Judgement) and found.bounce is not None and (match is None or match.by != "thread"):
        async with uow() as work:
            match = await find_returned(work, mail, found)
    if isinstance(found, Unjudged):
        async with uow() as work:  # while nobody can judge it, it is known at least whose answer it is
            matched(await work.inbox.get(mail_id), match)
            await work.commit()
        found = await _ask(agents, found, company=lead.company_name if lead else "", lead_id=lead.id if lead else None)
    async with uow() as work:
        stored = await work.inbox.get(mail_id)
        record(stored, parsed, found, match, now=now)
        await work.commit()
    return stored


async def find_letter(uow: SqlAlchemyUnitOfWork, mail: InboundMail, parsed: ParsedMail) -> Match | None:
    """By the link of a letter in its subject, by the thread, then by the address, then by the company's host."""
    token, reference = token_in_subject(parsed.subject)
    for letter in await uow.deliveries.under_key(reference, user_id=mail.user_id) if reference else ():
        if token.encode() in letter.raw:  # what we signed stands in the letter itself
            return Match(delivery=letter, by="link")
    ids = references_of(parsed)
    delivery = await uow.deliveries.by_message_ids(ids, user_id=mail.user_id) if ids else None
    if delivery is not None:
        return Match(delivery=delivery, by="thread")
    if "@" not in parsed.from_address:
        return None
    written = await uow.deliveries.spent_to(normal_email(parsed.from_address), user_id=mail.user_id)
    if written is not None:
        return Match(delivery=written, by="address")
    colleague = await uow.deliveries.spent_at_host(
        website_host(parsed.from_address.rpartition("@")[2]), user_id=mail.user_id
    )
    return Match(delivery=colleague, by="company") if colleague else None


async def find_returned(uow: SqlAlchemyUnitOfWork, mail: InboundMail, judgement: Judgement) -> Match | None:
    """The letter that a bounce sends back: by its Message-ID inside the report, then by the address that failed."""
    bounce = judgement.bounce
    assert bounce is not None
    if bounce.returned_message_id:
        delivery = await uow.deliveries.by_message_ids([_text(bounce.returned_message_id)], user_id=mail.user_id)
        if delivery is not None:
            return Match(delivery=delivery, by="returned")
    if "@" in bounce.recipient:
        delivery = await uow.deliveries.spent_to(normal_email(_text(bounce.recipient)), user_id=mail.user_id)
        if delivery is not None:
            return Match(delivery=delivery, by="failed address")
    return None


def record(mail: InboundMail, parsed: ParsedMail, judgement: Judgement, match: Match | None, *, now: datetime) -> None:
    """Write a judgement down. The first one's consequences stand; a later one adds to them."""
    mail.message_id, mail.from_address, mail.subject = parsed.message_id, parsed.from_address, parsed.subject
    matched(mail, match)
    mail.kind, mail.confidence, mail.rule = judgement.kind, judgement.confidence, judgement.rule
    mail.words, mail.judged_version, mail.judged_at = judgement.words, JUDGE_VERSION, now
    told = {"acted_as": mail.details["acted_as"]} if "acted_as" in mail.details else {}
    mail.details = {**_details(parsed, judgement), **told}
    mail.acted_at = None


def matched(mail: InboundMail, match: Match | None) -> None:
    """Note whose answer it is; what was found once is kept where nothing is found now."""
    if match is not None:
        mail.lead_id, mail.delivery_id, mail.matched_by = match.delivery.lead_id, match.delivery.id, match.by
    mail.matched_by = mail.matched_by or "nothing"


def storable(mail: ParsedMail) -> ParsedMail:
    """Without what no database takes, and what strangers' mail may hold: zero bytes and lone surrogates."""
    return dataclasses.replace(
        mail,
        message_id=_text(mail.message_id),
        in_reply_to=tuple(map(_text, mail.in_reply_to)),
        references=tuple(map(_text, mail.references)),
        from_address=_text(mail.from_address),
        from_name=_text(mail.from_name),
        to=tuple(map(_text, mail.to)),
        subject=_text(mail.subject),
    )


def _text(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _details(parsed: ParsedMail, judgement: Judgement) -> dict[str, Any]:
    details: dict[str, Any] = {
        "suppress": judgement.suppress,
        "references": [*parsed.references],
        "from_name": parsed.from_name,
        "to": [*parsed.to],
    }
    if judgement.returns_on is not None:
        details["returns_on"] = judgement.returns_on.isoformat()
    if judgement.bounce is not None:
        bounce = judgement.bounce
        details["bounce"] = {
            "recipient": _text(bounce.recipient),
            "class": bounce.bounce_class.value,
            "status": bounce.status_code,
            "about_sender": bounce.about_sender,
            "delayed": bounce.delayed,
        }
    return details


async def _ask(agents: Agents, unjudged: Unjudged, *, company: str, lead_id: int | None) -> Judgement:
    prompt = Prompt(
        name="classify_reply",
        agent="outreach",
        output=ReplyLabel,
        inputs={"company_name": company, "subject": _text(unjudged.subject), "words": unjudged.words},
        lead_id=lead_id,
    )
    return combine(unjudged, (await agents.ask(prompt)).value)


async def _sent_bodies(uow: SqlAlchemyUnitOfWork, match: Match | None) -> list[str]:
    """What we wrote to this lead, newest first: the first thing to cut from an answer."""
    if match is None:
        return []
    bodies = [(await uow.answers.get(match.delivery.answer_id)).body] if match.delivery.answer_id else []
    letter = await uow.letters.of_lead(match.delivery.lead_id)
    if letter is None:
        return bodies
    follow_ups = await uow.letters.follow_ups(letter.id or 0)
    return [*bodies, *(item.body for item in reversed(follow_ups)), letter.body, letter.footer]
