"""What the user wants."""

from __future__ import annotations

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import preference
from ingot.domain.preferences import Preference


class PreferenceRepository(BaseRepository[Preference]):
    """One row a user."""

    entity = Preference

    async def of_user(self, user_id: str) -> Preference:
        """The user's row, made where there is none."""
        query = sa.select(Preference).where(preference.c.user_id == user_id)
        return await self._made_once(query, lambda: Preference(user_id=user_id))
