"""Taking in a résumé: read apart, understood, corrections kept, stored as the user's active profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ingot.actions.profile_versions import as_read, store_version
from ingot.agents import Agents
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.own_statements import corrected_text, is_corrected, resume_part
from ingot.domain.profile_merge import copied, merge, same_content
from ingot.domain.user import UserProfile
from ingot.errors import ResumeError


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The active profile after an import, and what a user should know about how it came to be.

    `kept` and `lost` are earlier corrections, `by_model` what a model added to the rules' result, `dropped` how many
    values of the model's stand nowhere in the résumé. `is_new` is false where the same résumé was already there.
    """

    profile: UserProfile
    is_new: bool = True
    kept: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    by_model: list[str] = field(default_factory=list)
    dropped: int = 0
    model: str = ""


async def import_profile(
    uow: Callable[[], SqlAlchemyUnitOfWork], *, resume: Path | None, pasted: str = "", user_id: str
) -> UserProfile:
    """Read the file `resume`, or `pasted` text, and make it the active profile. Raises `ResumeError`; then nothing is stored."""
    return (await take_in(uow, resume=resume, pasted=pasted, user_id=user_id)).profile


async def take_in(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    *,
    resume: Path | None,
    pasted: str = "",
    user_id: str,
    keep_edits: bool = True,
    agents: Agents | None = None,
) -> Imported:
    """Like `import_profile`, and says what became of earlier corrections (`keep_edits`).

    With `agents`, the research agent's model is asked as well; it adds to what the rules found, and only what the
    résumé says word for word. Raises what asking a model raises.
    """
    from ingot.resume.apart import understand_file, understand_pasted

    understood = await (understand_pasted(pasted) if resume is None else understand_file(resume))
    read = understood.profile
    read.user_id = user_id
    by_model: list[str] = []
    dropped, model = 0, ""
    if agents is not None:
        from ingot.actions.profile_model import with_model

        read, by_model, dropped, model = await with_model(read, agents=agents)
    async with uow() as work:
        imported = await _stored(work, read, keep_edits=keep_edits)
        await work.commit()
    return Imported(
        profile=imported.profile,
        is_new=imported.is_new,
        kept=imported.kept,
        lost=imported.lost,
        by_model=by_model,
        dropped=dropped,
        model=model,
    )


async def _stored(work: SqlAlchemyUnitOfWork, read: UserProfile, *, keep_edits: bool) -> Imported:
    current = await work.profiles.active(read.user_id)
    if current is None:
        return Imported(profile=await store_version(work, read))
    corrected = is_corrected(current.resume_raw_text)
    first = await as_read(work, current) if corrected else current
    same_text = resume_part(current.resume_raw_text) == read.resume_raw_text
    if same_text and first is not None and same_content(first, read) and (keep_edits or not corrected):
        return Imported(profile=current, is_new=False)
    # What was read is a version of its own, so that the corrections can be told from it later.
    stored = await store_version(work, read)
    if not corrected or not keep_edits:
        return Imported(profile=stored, lost=["all corrections, as you asked"] if corrected else [])
    if first is None:
        return Imported(profile=stored, lost=["all corrections: what they were made to is no longer stored"])
    merged = merge(read, first=first, corrected=current)
    merged.profile.resume_raw_text = corrected_text(merged.profile, read.resume_raw_text)
    await work.session.flush()
    again = await store_version(work, copied(merged.profile))
    return Imported(profile=again, kept=merged.kept, lost=merged.lost)


async def active_profile(uow: Callable[[], SqlAlchemyUnitOfWork], *, user_id: str) -> UserProfile:
    """The profile that letters are written from, or `ResumeError` where there is none."""
    async with uow() as work:
        profile = await work.profiles.active(user_id)
    if profile is None:
        raise ResumeError(
            "There is no profile yet.", hint="Import your résumé: ingot profile import FILE, or add --resume FILE."
        )
    return profile
