"""The skills a skills section lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingot.resume.dates import find_dates

_LEVEL = (
    r"(?:native(?: speaker)?|fluent|expert|master|advanced|intermediate|beginner|basic|proficient|familiar|novice|elementary"
    r"|professional|competent|experienced|working knowledge|skilled|strong|good|excellent|keywords|area|level|skills?)"
)
_LEVEL_ONLY = re.compile(rf"\(?{_LEVEL}\)?:?", re.IGNORECASE)
_LEVEL_AFTER = re.compile(rf"\s*\(\s*{_LEVEL}[^)]*\)|\s+[-–—]\s+{_LEVEL}$", re.IGNORECASE)
_LABEL = re.compile(r"^[^:,;|]{2,45}:\s*(?=\S)")
_LONGEST = 60  # characters: beyond it stands a sentence, no skill


def skills_in(lines: Sequence[str]) -> list[str]:
    """The skills in order, without labels (`Languages: ...`), levels and repeats."""
    found: dict[str, str] = {}
    for line in lines:
        bare = _LEVEL_AFTER.sub("", line.removeprefix("• "))
        for group in re.split(r";|\t", bare):
            listed = _LABEL.sub("", group.strip())
            for piece in _split_list(listed):
                skill = re.sub(r"^(?:and|or|with|including)\s+", "", piece.strip(" .•·-–—:[]")).strip()
                if _is_skill(skill):
                    found.setdefault(skill.lower(), skill)
    return list(found.values())


def _split_list(text: str) -> list[str]:
    """At commas, dots and bars, but not inside brackets."""
    return re.split(r"(?:,|\||\s[·•∙]|[·•∙]\s|\s/\s)(?![^(]*\))", text)


def _is_skill(text: str) -> bool:
    if not 1 <= len(text) <= _LONGEST or not re.search(r"[^\W\d_]", text):
        return False
    if _LEVEL_ONLY.fullmatch(text) or (find_dates(text) and not re.search(r"[^\W\d_]", text)):
        return False
    return len(text.split()) <= 7
