"""What letters teach: lessons proposed from the user's edits and decisions, accepted or forgotten by the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ingot.db.tables import audit_logs, email, email_edit, intelbrief, lead, preference, tie
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.edit_lessons import (
    EditedLetter,
    Judged,
    Track,
    angle_of,
    edited_letters,
    lessons_from,
    phrases_removed,
    track_of,
)
from ingot.domain.email import EmailEdit, EmailStatus, Tie
from ingot.domain.learned import Learned, Lesson, read_lesson

# Of what lies further back the user may think otherwise today.
_LATEST = 200
_KEPT = (EmailStatus.approved, EmailStatus.sent)
# Where the row of the user's preferences keeps it, beside what is wished of a company.
LETTERS = "letters"
_ANGLE = "replaced_angle"


@dataclass(frozen=True, kw_only=True)
class Taught:
    """The lessons in use and forgotten, and those that wait for the user's answer."""

    learned: Learned
    proposed: list[Lesson]


async def learned_of(uow: SqlAlchemyUnitOfWork, user_id: str) -> Learned:
    """The lessons that the user answered. Only read: making the row would take SQLite's one write lock."""
    wishes = await uow.session.scalar(sa.select(preference.c.wishes).where(preference.c.user_id == user_id))
    return Learned.from_json((wishes or {}).get(LETTERS, {}))


async def taught(uow: SqlAlchemyUnitOfWork, user_id: str) -> Taught:
    """All that was learned of this user's letters."""
    learned = await learned_of(uow, user_id)
    proposed = lessons_from(
        await _edited(uow, user_id), approved=await _approved(uow, user_id), judged=await _judged(uow, user_id)
    )
    return Taught(learned=learned, proposed=learned.undecided(proposed))


async def phrases_to_mark(uow: SqlAlchemyUnitOfWork, user_id: str) -> tuple[Lesson, ...]:
    """The phrases that a reviewer is told of: those in use, and those taken out twice that wait for an answer."""
    learned = await learned_of(uow, user_id)
    proposed = phrases_removed(await _edited(uow, user_id), approved=await _approved(uow, user_id))
    return (*learned.phrases, *learned.undecided(proposed))


async def change_learned(
    uow: SqlAlchemyUnitOfWork, user_id: str, *, accept: Sequence[str], forget: Sequence[str], add: Sequence[str]
) -> Taught:
    """Accept and forget lessons by their ids, and add what the user says outright. All or nothing; does not commit.

    Raises `ValidationError` for an id that is not known and for words that are no preference.
    """
    known = await taught(uow, user_id)
    learned = known.learned
    for lesson_id in accept:
        learned = learned.accept(lesson_id, known.proposed)
    for lesson_id in forget:
        learned = learned.forget(lesson_id, known.proposed)
    for said in add:
        learned = learned.use(read_lesson(said))
    stored = await uow.preferences.of_user(user_id)
    stored.wishes = {**stored.wishes, LETTERS: learned.to_json()}
    return Taught(learned=learned, proposed=learned.undecided(known.proposed))


async def track(uow: SqlAlchemyUnitOfWork, user_id: str) -> Track:
    """How much the user changed in the letters approved last."""
    query = (
        sa.select(email.c.id)
        .join(lead, lead.c.id == email.c.lead_id)
        .where(lead.c.user_id == user_id, email.c.status.in_(_KEPT), email.c.approved_at.is_not(None))
        .order_by(email.c.approved_at.desc(), email.c.id.desc())
        .limit(_LATEST)
    )
    return track_of(await uow.session.scalars(query), await _edited(uow, user_id))


async def _edited(uow: SqlAlchemyUnitOfWork, user_id: str) -> list[EditedLetter]:
    query = (
        sa.select(EmailEdit)
        .join(email, email.c.id == email_edit.c.email_id)
        .join(lead, lead.c.id == email.c.lead_id)
        .where(lead.c.user_id == user_id)
        .order_by(email_edit.c.id.desc())
        .limit(_LATEST)
    )
    return edited_letters(reversed((await uow.session.scalars(query)).all()))


async def _approved(uow: SqlAlchemyUnitOfWork, user_id: str) -> dict[int, str]:
    query = (
        sa.select(email.c.id, email.c.body)
        .join(lead, lead.c.id == email.c.lead_id)
        .where(lead.c.user_id == user_id, email.c.status.in_(_KEPT))
        .order_by(email.c.id.desc())
        .limit(_LATEST)
    )
    return dict(iter(await uow.session.execute(query)))


async def _judged(uow: SqlAlchemyUnitOfWork, user_id: str) -> list[Judged]:
    """The drafts kept or rejected, and those that were written anew: of these the audit log keeps the angle."""
    query = (
        sa.select(email.c.id, email.c.lead_id, email.c.status, intelbrief.c.talking_points)
        .join(lead, lead.c.id == email.c.lead_id)
        .join(intelbrief, intelbrief.c.lead_id == lead.c.id)
        .where(lead.c.user_id == user_id, email.c.status.in_((*_KEPT, EmailStatus.rejected)))
        .order_by(email.c.id.desc())
        .limit(_LATEST)
    )
    letters = (await uow.session.execute(query)).all()
    cited = await uow.session.scalars(
        sa.select(Tie)
        .where(tie.c.email_id.in_([row.id for row in letters]), tie.c.part == "body", tie.c.source == "evidence")
        .order_by(tie.c.id)
    )
    ties: dict[int, list[Tie]] = {}
    for item in cited:
        ties.setdefault(item.email_id or 0, []).append(item)
    found = [
        Judged(letter_id=row.id, angle=angle_of(ties.get(row.id, []), row.talking_points), kept=row.status in _KEPT)
        for row in letters
    ]
    return found + await _written_anew(uow, user_id)


async def _written_anew(uow: SqlAlchemyUnitOfWork, user_id: str) -> list[Judged]:
    query = (
        sa.select(email.c.id, audit_logs.c.details)
        .join(lead, lead.c.id == audit_logs.c.row_number)
        .join(email, email.c.lead_id == lead.c.id)
        .where(lead.c.user_id == user_id, audit_logs.c.message.like("% written anew."))
        .order_by(audit_logs.c.id.desc())
        .limit(_LATEST)
    )
    rows: list[tuple[int, dict[str, Any]]] = [(row[0], row[1]) for row in await uow.session.execute(query)]
    return [Judged(letter_id=n, angle=details[_ANGLE], kept=False) for n, details in rows if details.get(_ANGLE)]
