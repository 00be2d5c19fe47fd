"""Writing one lead's letter: ask the writer, hold every sentence against its sources, store it or say why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingot.actions.grounds import grounds_of, resume_inputs, told
from ingot.actions.learn import learned_of
from ingot.actions.verdict import PARTS, Verdict, check_parts, judge_draft
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.compliance import footer
from ingot.domain.email import Email, Question, Tie
from ingot.domain.event import DomainEvent
from ingot.domain.follow_up import FollowUp
from ingot.domain.grounding import Grounds
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief
from ingot.domain.job import AuditLevel, AuditType
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.learned import NOTHING_LEARNED, Learned
from ingot.domain.match import Match
from ingot.domain.roles import closest_role
from ingot.domain.tone import max_words, tone_for
from ingot.domain.user import UserProfile
from ingot.errors import UnbackedClaims, ValidationError
from ingot.llm.outputs import Letter
from ingot.llm.prompt import Prompt
from ingot.venues.hacker_news import HACKER_NEWS

__all__ = ["MAX_DRAFTS", "PARTS", "Dossier", "check_parts", "load_dossier", "store_letter", "write_letter"]

# The first draft and two more, each told what was wrong with the one before.
MAX_DRAFTS = 3
FOLLOW_UP_DAYS = (3, 7)


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything a letter to one lead may be made of."""

    lead: Lead
    brief: IntelBrief
    match: Match
    evidence: list[Evidence]
    questions: list[Question]
    profile: UserProfile
    variant: int
    generation: int = 1
    learned: Learned = NOTHING_LEARNED

    @property
    def max_words(self) -> int:
        """How many words the letter may have: as the tone allows, or fewer where the user wants it shorter."""
        return self.learned.max_words(max_words(tone_for(self.brief.person_role)))

    def grounds(self, *, today: date) -> Grounds:
        """What may back a sentence of the letter. `today` ends the jobs that the résumé calls present."""
        return grounds_of(
            self.lead,
            self.evidence,
            self.profile,
            today=today,
            person_name=self.brief.person_name,
            person_role=self.brief.person_role,
            chosen=(question.answer for question in self.questions if question.answer),
        )

    def inputs(self, problems: list[str]) -> dict[str, Any]:
        """The inputs of the prompt `write_letter`: of what strangers wrote, quotes alone."""
        lead, brief, profile = self.lead, self.brief, self.profile
        tone = tone_for(brief.person_role)
        quotes = told(self.evidence)
        roles = [item.statement for item in quotes if item.kind is EvidenceKind.role]
        products = [item.quote for item in quotes if item.kind is EvidenceKind.product]
        return {
            "user": {
                "name": profile.name,
                "headline": profile.headline,
                "location": profile.location,
                "github_url": profile.github_url,
            },
            "company_name": lead.company_name,
            "person_name": brief.person_name,
            "person_role": brief.person_role,
            "tone": tone.value,
            "max_words": self.max_words,
            "open_role": closest_role([profile.headline, *(job.title for job in profile.experience[:2])], roles),
            "product": products[0] if products else "",
            "evidence": [
                {
                    "id": item.id,
                    "kind": item.kind.value,
                    "quote": item.quote,
                    "origin": _origin(item.source_url, lead),
                }
                for item in quotes
            ],
            "talking_points": [
                {"kind": p.kind.value, "text": p.text, "evidence_id": p.evidence_id} for p in brief.talking_points
            ],
            "resume_lines": resume_inputs(profile),
            "lead_line": {"no": brief.lead_line, "use": brief.lead_line_use},
            "value_proposition": self.match.value_proposition,
            "answers": [{"question": q.text, "answer": q.answer, "topic": q.topic} for q in self.questions if q.answer],
            "preferences": self.learned.for_writer(),
            "problems": problems,
            "variant": self.variant,
        }


def _origin(source_url: str, lead: Lead) -> str:
    """Who says it: the company's `site`, its `profile` or `post` at the venue, or the user's own `notes` (a file of leads)."""
    if source_url == lead.record.get("url"):
        return "post" if lead.source_venue == HACKER_NEWS else "profile"
    return "site" if source_url.startswith(("http://", "https://")) else "notes"


async def load_dossier(uow: SqlAlchemyUnitOfWork, lead_id: int) -> Dossier:
    """Read what is known of an approved lead. Raises `ValidationError` where research or matching is missing."""
    lead = await uow.leads.get(lead_id)
    brief, match = await uow.briefs.of_lead(lead_id), await uow.matches.of_lead(lead_id)
    campaign = await uow.campaigns.get(lead.campaign_id or 0)
    if brief is None or match is None or campaign.profile_id is None:
        raise ValidationError(
            f"Lead {lead_id} was not researched and matched yet.", hint="Run the campaign again: it goes on from there."
        )
    before = await uow.letters.of_lead(lead_id)
    generation = before.generation + 1 if before is not None and lead.status is LeadStatus.approved else 1
    order = [item.id for item in await uow.leads.of_campaign(campaign.id or 0)]
    return Dossier(
        lead=lead,
        brief=brief,
        match=match,
        evidence=await uow.evidence.of_lead(lead_id),
        questions=await uow.questions.of_lead(lead_id),
        profile=await uow.profiles.get(campaign.profile_id),
        # Rank in the campaign: neighbours get other words. A letter written anew moves on to the next ones.
        variant=order.index(lead_id) + generation - 1,
        generation=generation,
        learned=await learned_of(uow, lead.user_id),
    )


async def write_letter(
    dossier: Dossier, *, agents: Agents, uow: Callable[[], SqlAlchemyUnitOfWork], config: AppConfig, now: datetime
) -> tuple[Email, list[Tie], list[FollowUp]]:
    """Draft until nothing is wrong, three times at most. Nothing is stored but what was refused (in the audit log).

    Of drafts that are true and yet read badly, the best is given; the review page tells how it reads. Raises
    `UnbackedClaims` with the reasons of the last refusal, or where the second check could not be made.
    """
    grounds, problems = dossier.grounds(today=now.date()), list[str]()
    best: tuple[Email, Verdict, list[FollowUp]] | None = None
    for attempt in range(1, MAX_DRAFTS + 1):
        prompt = Prompt(
            name="write_letter", agent="writer", output=Letter, inputs=dossier.inputs(problems), lead_id=dossier.lead.id
        )
        completion = await agents.ask(prompt)
        verdict = await judge_draft(
            completion.value.model_dump(),
            grounds,
            max_words=dossier.max_words,
            unwanted=dossier.learned.phrases,
            agents=agents,
            config=config,
            lead_id=dossier.lead.id,
        )
        if verdict.is_fit and (best is None or len(verdict.style) < len(best[1].style)):
            letter = _email(
                dossier, completion.value, config, engine=completion.model, prompt_hash=completion.prompt_hash
            )
            letter.attempts = attempt
            best = letter, verdict, _follow_ups(completion.value)
        if verdict.is_fit and not verdict.style:
            break
        problems = [*problems, *verdict.problems]
        async with uow() as work:
            _note_refusal(work, dossier, attempt, verdict)
            await work.commit()
    if best is not None:
        return best[0], best[1].ties, best[2]
    raise UnbackedClaims(
        f"No draft of {MAX_DRAFTS} was backed by its sources; in the last one these were not: {len(verdict.claims)}.",
        agent="writer",
        hint=f"See which: ingot leads show {dossier.lead.id}. Answer its questions or set another model, then approve the lead again.",
        claims=verdict.claims,
    )


def _note_refusal(uow: SqlAlchemyUnitOfWork, dossier: Dossier, attempt: int, verdict: Verdict) -> None:
    audit.note(
        uow,
        AuditType.row_event,
        f"Draft {attempt} for lead {dossier.lead.id} was refused: {len(verdict.refused)} unbacked claims, "
        f"{len(verdict.style)} matters of style.",
        level=AuditLevel.WARNING,
        row_number=dossier.lead.id,
        claims=verdict.details(),
    )


def _email(dossier: Dossier, letter: Letter, config: AppConfig, *, engine: str, prompt_hash: str) -> Email:
    profile = dossier.profile
    sender = config.sender_name or profile.name
    return Email(
        lead_id=dossier.lead.id,
        subject_a=letter.subject_a,
        subject_b=letter.subject_b,
        body=letter.body,
        tone_adapted_for=tone_for(dossier.brief.person_role),
        mcq_answers_json={question.text: question.answer for question in dossier.questions},
        footer=footer(
            sender_name=sender,
            sender_email=config.smtp.username or profile.email,
            postal_address=config.mailing_address,
        ),
        engine=engine,
        prompt_hash=prompt_hash,
        generation=dossier.generation,
    )


def _follow_ups(letter: Letter) -> list[FollowUp]:
    bodies = (letter.followup_day_3, letter.followup_day_7)
    return [FollowUp(scheduled_for_day=day, body=body) for day, body in zip(FOLLOW_UP_DAYS, bodies, strict=True)]


async def store_letter(
    uow: SqlAlchemyUnitOfWork,
    dossier: Dossier,
    letter: Email,
    ties: list[Tie],
    follow_ups: list[FollowUp],
    *,
    now: datetime,
) -> Email:
    """Put the letter into the review queue and move the lead. Does not commit."""
    letter.updated_at = now
    stored = await uow.letters.replace(letter, ties=ties, follow_ups=follow_ups)
    lead = await uow.leads.get(dossier.lead.id or 0)
    uow.collect_events(
        lead.move(LeadStatus.drafted),
        DomainEvent(
            event_type="EmailDrafted", aggregate_type="email", aggregate_id=str(stored.id), payload={"lead_id": lead.id}
        ),
    )
    return stored
