"""Letters with what belongs to them: ties to sources, follow-ups, edits, questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import email, email_edit, followup, lead, question, tie
from ingot.domain.email import Email, EmailEdit, EmailStatus, Question, Tie
from ingot.domain.follow_up import FollowUp
from ingot.domain.lead import Lead

# What a new draft changes; id, creation and the user's edits stay.
_REWRITTEN = (
    "subject_a", "subject_b", "body", "tone_adapted_for", "mcq_answers_json", "status", "footer", "engine", "prompt_hash",
    "attempts", "generation", "insisted_claims", "reject_reason", "approved_at",
)  # fmt: skip


class LetterRepository(BaseRepository[Email]):
    """First letters; at most one per lead."""

    entity = Email
    title = "letter"

    async def of_lead(self, lead_id: int) -> Email | None:
        """The lead's letter, or None."""
        return await self._one(sa.select(Email).where(email.c.lead_id == lead_id))

    async def replace(self, letter: Email, *, ties: Sequence[Tie], follow_ups: Sequence[FollowUp]) -> Email:
        """Store the lead's letter, with its ties and follow-ups, under the id of the one before where there was one."""
        before = await self.of_lead(letter.lead_id) if letter.lead_id is not None else None
        if before is None:
            kept = await self.add(letter)
        else:
            kept = before
            for column in _REWRITTEN:
                setattr(kept, column, getattr(letter, column))
            await self.session.execute(sa.delete(FollowUp).where(followup.c.parent_email_id == kept.id))
        await self.set_ties(kept, ties)
        for item in follow_ups:
            item.parent_email_id = kept.id
        self.session.add_all(follow_ups)
        await self.session.flush()
        return kept

    async def set_ties(self, letter: Email, ties: Sequence[Tie]) -> None:
        """Exchange the letter's ties."""
        await self.session.execute(sa.delete(Tie).where(tie.c.email_id == letter.id))
        for item in ties:
            item.email_id = letter.id
        self.session.add_all(ties)
        await self.session.flush()

    async def ties(self, letter_id: int) -> list[Tie]:
        """The letter's sentences and their sources, in order."""
        query = sa.select(Tie).where(tie.c.email_id == letter_id).order_by(tie.c.id)
        return list((await self.session.scalars(query)).all())

    async def follow_ups(self, letter_id: int) -> list[FollowUp]:
        """The letter's follow-ups by day."""
        query = (
            sa.select(FollowUp).where(followup.c.parent_email_id == letter_id).order_by(followup.c.scheduled_for_day)
        )
        return list((await self.session.scalars(query)).all())

    async def follow_up_days(self, ids: Iterable[int]) -> dict[int, int]:
        """On which business day after the letter each of these follow-ups is due."""
        query = sa.select(followup.c.id, followup.c.scheduled_for_day).where(followup.c.id.in_(list(ids)))
        return {row[0]: row[1] for row in await self.session.execute(query)}

    async def with_status(
        self, status: EmailStatus, *, user_id: str, campaign_id: int | None = None, limit: int = 100
    ) -> list[tuple[Email, Lead]]:
        """Letters at `status` with their leads, oldest first."""
        query = sa.select(Email, Lead).join(lead, lead.c.id == email.c.lead_id)
        query = query.where(email.c.status == status, lead.c.user_id == user_id)
        if campaign_id is not None:
            query = query.where(lead.c.campaign_id == campaign_id)
        return [
            (letter, to) for letter, to in (await self.session.execute(query.order_by(email.c.id).limit(limit))).all()
        ]

    async def edits(self, letter_id: int) -> list[EmailEdit]:
        """What a person changed, oldest first."""
        query = sa.select(EmailEdit).where(email_edit.c.email_id == letter_id).order_by(email_edit.c.id)
        return list((await self.session.scalars(query)).all())


class QuestionRepository(BaseRepository[Question]):
    """The questions about a lead and the user's answers."""

    entity = Question

    async def of_lead(self, lead_id: int) -> list[Question]:
        """In the order they are asked."""
        return await self._all(sa.select(Question).where(question.c.lead_id == lead_id).order_by(question.c.position))
