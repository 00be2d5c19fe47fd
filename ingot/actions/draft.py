"""Writing one lead's letter: ask the writer, hold every sentence against its sources, store it or say why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.compliance import footer
from ingot.domain.email import Email, Question, Tie
from ingot.domain.event import DomainEvent
from ingot.domain.follow_up import FollowUp
from ingot.domain.grounding import EvidenceSpan, Grounds, check, reason, unbacked
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief
from ingot.domain.job import AuditLevel, AuditType
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match
from ingot.domain.tone import max_words, tone_for
from ingot.domain.user import UserProfile
from ingot.errors import UnbackedClaims, ValidationError
from ingot.llm.outputs import Letter
from ingot.llm.prompt import Prompt

# The first draft and two more, each told what was wrong with the one before.
MAX_DRAFTS = 3
FOLLOW_UP_DAYS = (3, 7)

PARTS = ("subject_a", "subject_b", "body", "followup_day_3", "followup_day_7")


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

    def grounds(self, *, today: date) -> Grounds:
        """What may back a sentence of the letter. `today` ends the jobs that the résumé calls present."""
        profile, brief = self.profile, self.brief
        return Grounds(
            company_name=self.lead.company_name,
            user_name=profile.name,
            evidence=tuple(EvidenceSpan(evidence_id=item.id or 0, quote=item.quote) for item in self.evidence),
            resume_lines=tuple(profile.lines()),
            person_name=brief.person_name,
            person_role=brief.person_role,
            own_values=tuple(
                filter(None, (profile.email, profile.github_url, profile.linkedin_url, profile.phone, profile.location))
            ),
            chosen=tuple(question.answer for question in self.questions if question.answer),
            today=today,
            line_headings=tuple(profile.line_headings().items()),
        )

    def inputs(self, problems: list[str]) -> dict[str, Any]:
        """The inputs of the prompt `write_letter`."""
        lead, brief, profile = self.lead, self.brief, self.profile
        tone = tone_for(brief.person_role)
        roles = [item for item in self.evidence if item.kind is EvidenceKind.role]
        lines = [{"no": item.line, "text": item.text, "employer": item.employer} for item in profile.achievements()]
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
            "max_words": max_words(tone),
            "open_role": roles[0].statement if roles else "",
            "product": brief.company_product_description,
            "evidence": [
                {
                    "id": item.id,
                    "kind": item.kind.value,
                    "quote": item.quote,
                    "origin": _origin(item.source_url, lead),
                }
                for item in self.evidence
            ],
            "talking_points": [
                {"kind": p.kind.value, "text": p.text, "evidence_id": p.evidence_id} for p in brief.talking_points
            ],
            "resume_lines": lines,
            "lead_line": {"no": brief.lead_line, "use": brief.lead_line_use},
            "value_proposition": self.match.value_proposition,
            "answers": [{"question": q.text, "answer": q.answer, "topic": q.topic} for q in self.questions if q.answer],
            "problems": problems,
            "variant": self.variant,
        }


def _origin(source_url: str, lead: Lead) -> str:
    """Who says it: the company's `site`, its public `profile` at the venue, or the user's own `notes` (a file of leads)."""
    if source_url == lead.record.get("url"):
        return "profile"
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
    )


async def write_letter(
    dossier: Dossier, *, agents: Agents, uow: Callable[[], SqlAlchemyUnitOfWork], config: AppConfig, now: datetime
) -> tuple[Email, list[Tie], list[FollowUp]]:
    """Draft until the grounding gate passes, three times at most. Nothing is stored but what was refused (in the audit log).

    Raises `UnbackedClaims` with the reasons of the last refusal.
    """
    grounds, problems = dossier.grounds(today=now.date()), list[str]()
    for attempt in range(1, MAX_DRAFTS + 1):
        prompt = Prompt(
            name="write_letter", agent="writer", output=Letter, inputs=dossier.inputs(problems), lead_id=dossier.lead.id
        )
        completion = await agents.ask(prompt)
        ties = check_parts(completion.value.model_dump(), grounds)
        refused = unbacked(ties)
        if not refused:
            letter = _email(
                dossier, completion.value, config, engine=completion.model, prompt_hash=completion.prompt_hash
            )
            letter.attempts = attempt
            return letter, ties, _follow_ups(completion.value)
        problems = [*problems, *(f"{reason(tie)} ({tie.sentence})" for tie in refused)]
        async with uow() as work:
            _note_refusal(work, dossier, attempt, refused)
            await work.commit()
    raise UnbackedClaims(
        f"No draft of {MAX_DRAFTS} was backed by its sources; in the last one these were not: {len(refused)}.",
        agent="writer",
        hint=f"See which: ingot leads show {dossier.lead.id}. Answer its questions or set another model, then approve the lead again.",
        claims=[tie.claim for tie in refused],
    )


def check_parts(parts: dict[str, str], grounds: Grounds) -> list[Tie]:
    """Every part of a letter against its sources: all of it will be read by the recipient."""
    return [tie for part in PARTS if parts.get(part) for tie in check(parts[part], grounds, part=part)]


def _note_refusal(uow: SqlAlchemyUnitOfWork, dossier: Dossier, attempt: int, refused: list[Tie]) -> None:
    audit.note(
        uow,
        AuditType.row_event,
        f"Draft {attempt} for lead {dossier.lead.id} was refused: {len(refused)} unbacked claims.",
        level=AuditLevel.WARNING,
        row_number=dossier.lead.id,
        claims=[
            {"part": tie.part, "claim": tie.claim, "kind": tie.claim_kind, "sentence": tie.sentence} for tie in refused
        ],
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
