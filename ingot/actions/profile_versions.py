"""Storing a profile as a new version, and finding the one that a corrected version came from."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingot.db.tables import userprofile
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.own_statements import resume_part
from ingot.domain.user import UserProfile
from ingot.errors import ValidationError


async def store_version(work: SqlAlchemyUnitOfWork, profile: UserProfile) -> UserProfile:
    """Make the profile the newest version and the active one, whatever its text is. Does not commit."""
    newest = sa.select(sa.func.max(userprofile.c.version)).where(userprofile.c.user_id == profile.user_id)
    profile.version = (await work.session.scalar(newest) or 0) + 1
    retire = sa.update(userprofile).where(userprofile.c.user_id == profile.user_id).values(active=False)
    await work.session.execute(retire)
    try:
        return await work.profiles.add(profile)
    except IntegrityError as error:
        raise ValidationError(
            "The profile was changed somewhere else at the same moment; nothing was stored.", hint="Try it again."
        ) from error


async def as_read(work: SqlAlchemyUnitOfWork, corrected: UserProfile) -> UserProfile | None:
    """The version that held what was read, before the user corrected it; None where it is no longer there."""
    query = sa.select(UserProfile).where(
        userprofile.c.user_id == corrected.user_id,
        userprofile.c.version < corrected.version,
        userprofile.c.resume_raw_text == resume_part(corrected.resume_raw_text),
    )
    return (await work.session.scalars(query.order_by(userprofile.c.version.desc()).limit(1))).first()
