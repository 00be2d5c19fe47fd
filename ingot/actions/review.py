"""What a person does with a draft: look, approve, edit, reject, have it written anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingot.actions.decide import decide
from ingot.actions.draft import Dossier, check_parts, load_dossier, store_letter, write_letter
from ingot.actions.learn import phrases_to_mark
from ingot.actions.queue import Sender, queue_letter, withdraw
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.compliance import ADDRESS_MISSING, Stance, footer, policy_for
from ingot.domain.edit_lessons import angle_of
from ingot.domain.email import Email, EmailEdit, EmailStatus, Tie
from ingot.domain.follow_up import FollowUp
from ingot.domain.grounding import unbacked
from ingot.domain.job import AuditType
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.learned import Lesson
from ingot.domain.style import StyleIssue, style_issues
from ingot.domain.tone import max_words
from ingot.errors import ValidationError
from ingot.mail.links import LinkSigner


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """One draft with all that a person needs to judge it."""

    letter: Email
    lead: Lead
    ties: list[Tie]
    follow_ups: list[FollowUp]
    dossier: Dossier
    unwanted: tuple[Lesson, ...] = ()

    @property
    def style(self) -> list[StyleIssue]:
        """How the letter reads, as it stands now, and what of it the user took out of other letters. It loses no letter."""
        bodies = {f"followup_day_{item.scheduled_for_day}": item.body for item in self.follow_ups}
        letter = {"subject_a": self.letter.subject_a, "subject_b": self.letter.subject_b, "body": self.letter.body}
        longest = self.dossier.learned.max_words(max_words(self.letter.tone_adapted_for))
        return style_issues(letter | bodies, max_words=longest, unwanted=self.unwanted)

    def source_of(self, tie: Tie) -> str:
        """Where a sentence comes from, in words: the page's address or the line of the résumé."""
        if tie.source == "evidence":
            urls = {item.id: item.source_url for item in self.dossier.evidence}
            return urls.get(tie.evidence_id, "evidence that is no longer stored")
        return f"résumé, line {(tie.resume_line or 0) + 1}" if tie.source == "resume" else ""


async def page_of(uow: SqlAlchemyUnitOfWork, letter_id: int) -> DraftPage:
    """The draft's page. `DBError` where there is no such letter."""
    letter = await uow.letters.get(letter_id)
    dossier = await load_dossier(uow, letter.lead_id or 0)
    return DraftPage(
        letter=letter,
        lead=dossier.lead,
        ties=await uow.letters.ties(letter_id),
        follow_ups=await uow.letters.follow_ups(letter_id),
        dossier=dossier,
        unwanted=await phrases_to_mark(uow, dossier.lead.user_id),
    )


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Somebody's yes: who, when, from which configuration, and on what ground where a country asks for one.

    `takes_no_mail` are letters to domains that are known not to take mail.
    """

    config: AppConfig
    links: LinkSigner
    who: str
    now: datetime
    basis: str = ""
    takes_no_mail: Collection[int] = ()


async def approve(uow: SqlAlchemyUnitOfWork, letter_ids: Sequence[int], approval: Approval) -> list[Email]:
    """Approve drafts, all of them or none: from now on they are queued, as bytes that do not change any more. Commits.

    The footer is made anew from today's configuration: it is what goes out. Refused while postal address, mailbox,
    recipient, or the reason that the recipient's country asks for, is missing.
    """
    approved = [await _approve_one(uow, letter_id, approval) for letter_id in letter_ids]
    await uow.commit()
    return approved


async def _approve_one(uow: SqlAlchemyUnitOfWork, letter_id: int, approval: Approval) -> Email:
    config, page = approval.config, await page_of(uow, letter_id)
    letter, profile = page.letter, page.dossier.profile
    letter.footer = footer(
        sender_name=config.sender_name or profile.name,
        sender_email=config.sender_address or profile.email,
        postal_address=config.mailing_address,
    )
    if ADDRESS_MISSING in letter.footer:
        raise ValidationError(
            "No letter goes out without a postal address below it.",
            hint='Set it first: ingot config set mailing_address "Street 1, City".',
        )
    if letter_id in approval.takes_no_mail:
        raise ValidationError(
            f"The domain that letter {letter_id} goes to takes no mail.",
            hint=f"Give another address: ingot leads address {page.lead.id} ADDRESS.",
        )
    letter.basis = approval.basis.strip() or letter.basis
    uow.collect_events(letter.move(EmailStatus.approved, now=approval.now))
    sender = Sender(config=config, name=config.sender_name or profile.name, links=approval.links)
    queued = await queue_letter(uow, letter, page.lead, page.follow_ups, sender=sender, now=approval.now)
    _check_country(letter, queued[0].countries, config=config)
    message = f"Letter {letter_id} approved."
    audit.note(uow, AuditType.state_change, message, who=approval.who, row_number=letter.lead_id, basis=letter.basis)
    return letter


def _check_country(letter: Email, countries: list[str], *, config: AppConfig) -> None:
    policy = policy_for(countries, overrides=config.country_stances)
    if policy.stance is Stance.allow or (policy.stance is Stance.warn and letter.basis):
        return
    where = " / ".join(countries) or "a country that is not known"
    hint = f'If you have a ground, state it: ingot mail approve {letter.id} --basis "...".'
    if policy.stance is Stance.block:
        hint = f"Reject the letter, or, if a lawyer told you so: ingot config set country_stances {countries[0]}=warn."
    raise ValidationError(
        f"The recipient is in {where}. {policy.reason} ({policy.source})",
        hint=hint,
        needs_basis=policy.stance is Stance.warn,
    )


async def reject(uow: SqlAlchemyUnitOfWork, letter_id: int, *, reason: str, who: str, now: datetime) -> Email:
    """Reject a draft, and its lead with it. Commits."""
    letter = await uow.letters.get(letter_id)
    await withdraw(uow, letter_id)
    uow.collect_events(letter.move(EmailStatus.rejected, now=now, reason=reason))
    lead_id = letter.lead_id or 0
    await decide(uow, lead_id, GateDecision.reject, who=who, now=now, reason=reason or "draft rejected")
    audit.note(uow, AuditType.state_change, f"Letter {letter_id} rejected.", who=who, row_number=lead_id, reason=reason)
    await uow.commit()
    return letter


async def edit(
    uow: SqlAlchemyUnitOfWork, letter_id: int, *, changes: dict[str, str], insist: bool, who: str, now: datetime
) -> tuple[Email, list[Tie]]:
    """Change `subject_a`, `subject_b` or `body` by hand. The edit passes the same gate.

    Returns the letter and the unbacked claims. With some, nothing is stored unless `insist`; then it is, and the claims
    are recorded as insisted on. Commits what it stores.
    """
    page = await page_of(uow, letter_id)
    letter = page.letter
    if letter.status not in {EmailStatus.drafted, EmailStatus.approved}:
        raise ValidationError(
            f"Letter {letter_id} is {letter.status}; it cannot be edited.", hint="See `ingot mail pending`."
        )
    before = {part: getattr(letter, part) for part in changes}
    if blank := sorted(part for part, text in changes.items() if not text.strip()):
        raise ValidationError(
            f"The {blank[0].replace('_', ' ')} of a letter cannot be empty.", hint="Nothing was changed."
        )
    current = {"subject_a": letter.subject_a, "subject_b": letter.subject_b, "body": letter.body}
    current |= {f"followup_day_{item.scheduled_for_day}": item.body for item in page.follow_ups}
    ties = check_parts(current | changes, page.dossier.grounds(today=now.date()))
    refused = unbacked(ties)
    if refused and not insist:
        return letter, refused
    if letter.status is EmailStatus.approved:
        await withdraw(uow, letter_id)
    for part, text in changes.items():
        setattr(letter, part, text)
    letter.insisted_claims = [tie.claim for tie in refused]
    if letter.status is EmailStatus.approved:
        # What was approved is not what stands there now.
        uow.collect_events(letter.move(EmailStatus.drafted, now=now))
    await uow.letters.set_ties(letter, ties)
    uow.session.add(EmailEdit(email_id=letter_id, before=before, after=changes, insisted_claims=letter.insisted_claims))
    audit.note(
        uow,
        AuditType.state_change,
        f"Letter {letter_id} edited.",
        who=who,
        row_number=letter.lead_id,
        insisted=len(refused),
    )
    await uow.commit()
    return letter, refused


async def regenerate(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    letter_id: int,
    *,
    agents: Agents,
    config: AppConfig,
    answers: dict[int, str],
    who: str,
    now: datetime,
) -> Email:
    """Write the letter anew, with `answers` (question position -> option) where given. Commits.

    Where no draft passes the gate, `UnbackedClaims` is raised and the letter stays as it was.
    """
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        if letter.status is not EmailStatus.drafted:
            raise ValidationError(
                f"Letter {letter_id} is {letter.status}; only a draft is written anew.",
                hint="See `ingot mail pending`.",
            )
        await _answer(work, letter.lead_id or 0, answers)
        lead = await work.leads.get(letter.lead_id or 0)
        work.collect_events(lead.move(LeadStatus.approved, "written anew"))
        dossier = await load_dossier(work, letter.lead_id or 0)
        replaced = angle_of(await work.letters.ties(letter_id), dossier.brief.talking_points)
        # Not committed: what is asked below may fail, and then nothing has changed.
    new, ties, follow_ups = await write_letter(dossier, agents=agents, uow=uow, config=config, now=now)
    async with uow() as work:
        await _answer(work, letter.lead_id or 0, answers)
        lead = await work.leads.get(letter.lead_id or 0)
        work.collect_events(lead.move(LeadStatus.approved, "written anew"))
        stored = await store_letter(work, dossier, new, ties, follow_ups, now=now)
        audit.note(
            work,
            AuditType.state_change,
            f"Letter {letter_id} written anew.",
            who=who,
            row_number=letter.lead_id,
            replaced_angle=replaced,  # `ingot.actions.learn` reads it
        )
        await work.commit()
    return stored


async def _answer(uow: SqlAlchemyUnitOfWork, lead_id: int, answers: dict[int, str]) -> None:
    for question in await uow.questions.of_lead(lead_id):
        if question.position in answers:
            question.answer = answers[question.position]
    await uow.session.flush()
