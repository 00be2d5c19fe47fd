"""A suggested answer to somebody who wrote back. It waits for the user; nothing here sends."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import datetime

from ingot.actions.draft import Dossier, load_dossier
from ingot.actions.entail import entailed
from ingot.actions.queue import Sender, queue_answer
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.answer import Answer
from ingot.domain.email import EmailStatus, Tie
from ingot.domain.grounding import check, reason, unbacked
from ingot.domain.inbound import InboundMail, MailKind
from ingot.domain.job import AuditLevel, AuditType
from ingot.errors import ValidationError
from ingot.llm.outputs import ReplyWants, SuggestedAnswer
from ingot.llm.prompt import Prompt
from ingot.mail.links import LinkSigner

ANSWERED_KINDS = frozenset({MailKind.positive, MailKind.question, MailKind.referral})
MAX_DRAFTS = 2


async def suggest_answer(
    uow: Callable[[], SqlAlchemyUnitOfWork], mail_id: int, *, agents: Agents, config: AppConfig, now: datetime
) -> Answer | None:
    """Draft an answer where one is due and none is there. Commits. None where no draft could be backed, or none is due."""
    async with uow() as work:
        mail = await work.inbox.get(mail_id)
        if mail.kind not in ANSWERED_KINDS or mail.lead_id is None or await work.answers.to_mail(mail_id):
            return None
        dossier = await load_dossier(work, mail.lead_id)
        letter = await work.letters.of_lead(mail.lead_id)
    question = await agents.ask(_reading(dossier, mail))
    for attempt in range(MAX_DRAFTS):
        prompt = Prompt(
            name="suggest_answer",
            agent="outreach",
            output=SuggestedAnswer,
            inputs=_inputs(dossier, mail, question.value, config, letter_body=letter.body if letter else ""),
            lead_id=mail.lead_id,
        )
        completion = await agents.ask(prompt)
        ties = check_answer(completion.value.body, dossier, config, now=now)
        if config.entailment_model and not unbacked(ties):
            grounds = dossier.grounds(today=now.date())
            await entailed(ties, grounds, agents=agents, model=config.entailment_model, lead_id=mail.lead_id)
        if not unbacked(ties):
            return await _store(uow, mail, completion.value.body, ties, engine=completion.model)
        if attempt + 1 == MAX_DRAFTS or completion.usage.output_tokens == 0:
            break  # the same model would be given its stored answer again
    async with uow() as work:
        audit.note(
            work,
            AuditType.row_event,
            f"No answer to mail {mail_id} was suggested: the draft held unbacked claims.",
            level=AuditLevel.WARNING,
            row_number=mail.lead_id,
            claims=[reason(tie) for tie in unbacked(ties)],
        )
        await work.commit()
    return None


def _reading(dossier: Dossier, mail: InboundMail) -> Prompt[ReplyWants]:
    """The question that sees a stranger's mail, and nothing of the user."""
    inputs = {"company_name": dossier.lead.company_name, "words": mail.words}
    return Prompt(name="read_question", agent="outreach", output=ReplyWants, inputs=inputs, lead_id=mail.lead_id)


def _inputs(
    dossier: Dossier, mail: InboundMail, question: ReplyWants, config: AppConfig, *, letter_body: str
) -> dict[str, object]:
    own = dossier.inputs([])
    assert mail.kind is not None
    said = mail.words.casefold()
    return {
        "user_name": dossier.profile.name,
        "company_name": dossier.lead.company_name,
        "person_name": _name_in(mail.details.get("from_name", "")) or dossier.brief.person_name,
        "kind": mail.kind.value,
        "wants": question.wants,
        # Terms are copied or they are not used.
        "terms": [term for term in question.terms if term.casefold() in said],
        "letter_body": letter_body,
        "evidence": own["evidence"],
        "resume_lines": own["resume_lines"],
        "scheduling_link": config.scheduling_link,
    }


# Whoever writes chooses what stands in front of the address.
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+){0,3}\.?")
_LONGEST_NAME = 40


def _name_in(from_name: str) -> str:
    """The display name of a sender if it looks like a person's, else nothing."""
    name = from_name.strip()
    return name if len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) else ""


def check_answer(body: str, dossier: Dossier, config: AppConfig, *, now: datetime) -> list[Tie]:
    """Every sentence of an answer against the same sources as a letter; the user's own calendar link may stand in it."""
    grounds = dossier.grounds(today=now.date())
    if config.scheduling_link:
        grounds = dataclasses.replace(grounds, own_values=(*grounds.own_values, config.scheduling_link))
    return check(body, grounds, part="body")


async def _store(
    uow: Callable[[], SqlAlchemyUnitOfWork], mail: InboundMail, body: str, ties: list[Tie], *, engine: str
) -> Answer:
    answer = Answer(
        inbound_id=mail.id or 0,
        lead_id=mail.lead_id or 0,
        body=body,
        engine=engine,
        ties=[{"sentence": tie.sentence, "claim": tie.claim, "source": tie.source, "quote": tie.quote} for tie in ties],
    )
    async with uow() as work:
        stored = await work.answers.to_mail(mail.id or 0) or await work.answers.add(answer)
        await work.commit()
    return stored


async def approve_answer(
    uow: SqlAlchemyUnitOfWork,
    mail_id: int,
    *,
    body: str | None,
    insist: bool,
    config: AppConfig,
    links: LinkSigner,
    who: str,
    now: datetime,
) -> tuple[Answer, list[Tie]]:
    """Approve the answer to a mail, as suggested or with the user's own `body`, and queue it. Commits.

    Returns the unbacked claims of an own text; with some, nothing happens unless `insist`.
    """
    mail = await uow.inbox.get(mail_id)
    answer = await uow.answers.to_mail(mail_id)
    if mail.lead_id is None or (answer is None and body is None):
        raise ValidationError(
            f"No answer to mail {mail_id} was suggested.", hint=f"Write it: ingot mail answer {mail_id} --body -."
        )
    dossier = await load_dossier(uow, mail.lead_id)
    if answer is None:
        answer = await uow.answers.add(Answer(inbound_id=mail_id, lead_id=mail.lead_id, body=body or "", engine="user"))
    refused: list[Tie] = []
    if body is not None:
        refused = unbacked(check_answer(body, dossier, config, now=now))
        if refused and not insist:
            return answer, refused
        answer.body = body
    answer.move(EmailStatus.approved, now=now)
    sender = Sender(config=config, name=config.sender_name or dossier.profile.name, links=links)
    await queue_answer(uow, answer, dossier.lead, sender=sender, now=now)
    audit.note(
        uow,
        AuditType.state_change,
        f"Answer to mail {mail_id} approved.",
        who=who,
        row_number=mail.lead_id,
        insisted=len(refused),
    )
    await uow.commit()
    return answer, refused
