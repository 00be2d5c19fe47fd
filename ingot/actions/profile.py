"""Taking in a résumé: read, understand, store as the user's active profile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.user import UserProfile
from ingot.errors import ResumeError


async def import_profile(
    uow: Callable[[], SqlAlchemyUnitOfWork], *, resume: Path | None, pasted: str = "", user_id: str
) -> UserProfile:
    """Read the file `resume`, or `pasted` text, and make it the active profile. Raises `ResumeError`; then nothing is stored."""
    from ingot.resume.extract import extract_profile
    from ingot.resume.read import read_pasted, read_resume

    text = read_pasted(pasted) if resume is None else read_resume(resume)
    profile = extract_profile(text)
    profile.user_id = user_id
    async with uow() as work:
        stored = await work.profiles.add_version(profile)
        await work.commit()
    return stored


async def active_profile(uow: Callable[[], SqlAlchemyUnitOfWork], *, user_id: str) -> UserProfile:
    """The profile that letters are written from, or `ResumeError` where there is none."""
    async with uow() as work:
        profile = await work.profiles.active(user_id)
    if profile is None:
        raise ResumeError(
            "There is no profile yet.", hint="Import your résumé: ingot profile import FILE, or add --resume FILE."
        )
    return profile
