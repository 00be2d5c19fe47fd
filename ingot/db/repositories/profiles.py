"""The user's profiles, one active per user."""

from __future__ import annotations

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import userprofile
from ingot.domain.user import UserProfile


class ProfileRepository(BaseRepository[UserProfile]):
    """Versions of what the user's résumé says."""

    entity = UserProfile
    title = "profile"

    async def active(self, user_id: str) -> UserProfile | None:
        """The profile that letters are written from."""
        query = sa.select(UserProfile).where(userprofile.c.user_id == user_id, userprofile.c.active.is_(True))
        return await self._one(query.order_by(userprofile.c.version.desc()))

    async def add_version(self, profile: UserProfile) -> UserProfile:
        """Store a new version and make it the active one. The same résumé text again is the version that is there."""
        current = await self.active(profile.user_id)
        if current is not None and current.resume_raw_text == profile.resume_raw_text:
            return current
        newest = sa.select(sa.func.max(userprofile.c.version)).where(userprofile.c.user_id == profile.user_id)
        profile.version = (await self.session.scalar(newest) or 0) + 1
        retire = sa.update(userprofile).where(userprofile.c.user_id == profile.user_id).values(active=False)
        await self.session.execute(retire)
        return await self.add(profile)
