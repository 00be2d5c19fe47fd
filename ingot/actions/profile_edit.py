"""Correcting by hand what was understood of the résumé: a form for all of it, or one field at a time."""

from __future__ import annotations

from collections.abc import Callable

from ingot.actions.profile import active_profile
from ingot.actions.profile_versions import store_version
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.own_statements import corrected_text, resume_part
from ingot.domain.profile_merge import SIMPLE_FIELDS, copied
from ingot.domain.user import UserProfile
from ingot.errors import ResumeError, ValidationError
from ingot.resume.form import profile_form
from ingot.resume.form_reading import checked_value, read_form

UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]


async def form_of_active(uow: UnitOfWork, *, user_id: str) -> str:
    """The form of the active profile, as a person corrects it."""
    return profile_form(await active_profile(uow, user_id=user_id))


async def store_form(uow: UnitOfWork, text: str, *, user_id: str) -> tuple[UserProfile, bool]:
    """Store a corrected form as a new version; gives the active profile and whether anything was changed.

    Raises `ResumeError` with the line for a form that cannot be used, `ValidationError` where the profile has changed since
    the form was made; then nothing is stored.
    """
    given, version = read_form(text)
    async with uow() as work:
        current = await _active(work, user_id)
        if version is not None and version != current.version:
            raise ValidationError(
                f"The form was made from version {version} of the profile, which is now at {current.version}.",
                hint="Copy your changes into a new form: ingot profile edit. To insist, delete the form's line `version`.",
            )
        return await _stored(work, current, given)


async def set_field(uow: UnitOfWork, name: str, value: str, *, user_id: str) -> tuple[UserProfile, bool]:
    """Store one simple field as a new version. Raises `ResumeError` for an unknown field or an unusable value."""
    if name not in SIMPLE_FIELDS:
        raise ResumeError(
            "There is no such field to set.",
            hint=f"The fields are: {', '.join(SIMPLE_FIELDS)}. For all else: ingot profile edit",
        )
    checked = checked_value(name, value)
    async with uow() as work:
        current = await _active(work, user_id)
        return await _stored(work, current, copied(current, **{name: checked}))


async def _active(work: SqlAlchemyUnitOfWork, user_id: str) -> UserProfile:
    current = await work.profiles.active(user_id)
    if current is None:
        raise ResumeError("There is no profile yet.", hint="Import your résumé first: ingot profile import FILE")
    return current


async def _stored(work: SqlAlchemyUnitOfWork, current: UserProfile, given: UserProfile) -> tuple[UserProfile, bool]:
    # What the form cannot show otherwise (two blanks in a row) is no change.
    if profile_form(copied(given)) == profile_form(copied(current)):
        return current, False
    changed = copied(given, user_id=current.user_id, source_name=current.source_name)
    changed.resume_raw_text = corrected_text(changed, resume_part(current.resume_raw_text))
    stored = await store_version(work, changed)
    await work.commit()
    return stored, True
