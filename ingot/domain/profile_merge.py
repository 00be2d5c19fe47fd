"""A résumé read again, and the corrections that the user made to the earlier reading: what of them still holds.

Three profiles meet, as in a merge of texts: what was read first, what the user made of it, what was read now.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ingot.domain.user import Experience, UserProfile

T = TypeVar("T")

SIMPLE_FIELDS = ("name", "headline", "email", "phone", "location", "github_url", "linkedin_url")
_CONTENT = (*SIMPLE_FIELDS, "skills", "experience", "education", "projects")
_JOB_FIELDS = ("title", "company", "start", "end")
_ALIKE = 2  # points that make two entries the same job


@dataclass(slots=True)
class Merged:
    """The profile with the corrections in it, what was kept of them and what could not be, in words for the user."""

    profile: UserProfile
    kept: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def same_content(one: UserProfile, other: UserProfile) -> bool:
    """Whether two profiles say the same, whatever their texts and versions are."""
    return all(getattr(one, name) == getattr(other, name) for name in _CONTENT)


def copied(profile: UserProfile, **changes: object) -> UserProfile:
    """A new, unsaved profile with the same content but for the changes."""
    content = {name: getattr(profile, name) for name in (*_CONTENT, "resume_raw_text", "source_name", "user_id")}
    return UserProfile(**{**content, **changes})


def merge(read: UserProfile, *, first: UserProfile, corrected: UserProfile) -> Merged:
    """`read` with what the user changed between `first` and `corrected`."""
    merged = Merged(copied(read))
    for name in SIMPLE_FIELDS:
        if getattr(corrected, name) != getattr(first, name):
            setattr(merged.profile, name, getattr(corrected, name))
            merged.kept.append(name.removesuffix("_url"))
    for name in ("skills", "education", "projects"):
        before, after = getattr(first, name), getattr(corrected, name)
        setattr(merged.profile, name, changed_alike(getattr(read, name), first=before, corrected=after))
        if before != after:
            merged.kept.append(name)
    merged.profile.experience = _jobs(merged, read.experience, first.experience, corrected.experience)
    return merged


def changed_alike(read: Sequence[T], *, first: Sequence[T], corrected: Sequence[T]) -> list[T]:
    """`read` without what the correction took away, and with what it added."""
    kept = [item for item in read if item in corrected or item not in first]
    return kept + [item for item in corrected if item not in first and item not in kept]


def _jobs(
    merged: Merged, read: Sequence[Experience], first: Sequence[Experience], corrected: Sequence[Experience]
) -> list[Experience]:
    to_corrected, to_read = counterparts(first, corrected), counterparts(first, read)
    result: list[Experience | None] = list(read)
    for index, before in enumerate(first):
        after = corrected[to_corrected[index]] if index in to_corrected else None
        place = to_read.get(index)
        if after == before:
            continue
        if after is None:
            if place is not None:
                result[place] = None
                merged.kept.append(f"left out: {_called(before)}")
        elif place is None:
            _without_its_job(merged, result, before, after)
        else:
            result[place] = _corrected(read[place], before, after)
            merged.kept.append(f"job: {_called(after)}")
    added = [job for at, job in enumerate(corrected) if at not in to_corrected.values()]
    again = counterparts(added, read)
    for at, job in enumerate(added):
        place = again.get(at)
        known = result[place] if place is not None else None
        merged.kept.append(f"job: {_called(job)}")
        if place is None or known is None:
            result.append(job)
        else:
            result[place] = dataclasses.replace(known, lines=tuple(dict.fromkeys((*known.lines, *job.lines))))
    return [job for job in result if job is not None]


def _without_its_job(merged: Merged, result: list[Experience | None], before: Experience, after: Experience) -> None:
    """The corrected job is no longer in the résumé: only what the user wrote themselves is kept of it."""
    own = tuple(line for line in after.lines if line not in before.lines)
    if own:
        result.append(dataclasses.replace(after, lines=own))
        merged.kept.append(f"job: {_called(after)}")
    else:
        merged.lost.append(f"the corrections to {_called(after)}, which the résumé no longer names")


def _corrected(read: Experience, before: Experience, after: Experience) -> Experience:
    changes = {name: getattr(after, name) for name in _JOB_FIELDS if getattr(after, name) != getattr(before, name)}
    lines = changed_alike(read.lines, first=before.lines, corrected=after.lines)
    return dataclasses.replace(read, **changes, lines=tuple(lines))


def _called(job: Experience) -> str:
    return ", ".join(filter(None, (job.title, job.company))) or "a job without a name"


def counterparts(ours: Sequence[Experience], theirs: Sequence[Experience]) -> dict[int, int]:
    """For the jobs of one list (by index) the same job in the other, the most alike first."""
    ranked = sorted(
        ((likeness(one, other), -at, -to) for at, one in enumerate(ours) for to, other in enumerate(theirs)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for points, at, to in ranked:
        if points >= _ALIKE and -at not in pairs and -to not in pairs.values():
            pairs[-at] = -to
    return pairs


def likeness(one: Experience, other: Experience) -> int:
    """Points for what two jobs share: two for the employer, the title or any line, one for the start."""
    same = [bool(getattr(one, name)) and getattr(one, name) == getattr(other, name) for name in _JOB_FIELDS[:3]]
    return 2 * same[0] + 2 * same[1] + same[2] + 2 * len(set(one.lines) & set(other.lines))
