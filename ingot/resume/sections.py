"""The sections of a résumé: known headings, headings known by their looks, and the lines below each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingot.domain.skills import find_skills
from ingot.resume.dates import find_dates
from ingot.resume.section_words import HEADINGS, Section
from ingot.resume.text import TextLine
from ingot.resume.words import TITLE

_KNOWN = {name: section for section, names in HEADINGS.items() for name in names.split("|")}
_AND = re.compile(r"\s(?:&|\+|und|et|y|e|en|i|and)\s|&")
_LEVEL = re.compile(r"master|expert|advanced|intermediate|beginner|proficient|novice|senior|junior", re.IGNORECASE)


def known_section(text: str) -> Section | None:
    """The section a heading opens, or None where the line is no heading this program knows."""
    words = re.sub(r"[^\w\s]", " ", _AND.sub(" and ", text.lower())).split()
    if not 0 < len(words) <= 5 or len(text) > 50:
        return None
    if words[-1] == "and":
        return None
    key = " ".join(words)
    if key in _KNOWN:
        return _KNOWN[key]
    if " and " in key and all(part in _KNOWN for part in key.split(" and ")):
        return _KNOWN[key.split(" and ")[0]]
    return None


def heading_flags(lines: Sequence[TextLine]) -> list[bool]:
    """Which lines are headings: known words, and whatever else looks as the known ones mostly look.

    Where two in five lines of a style are known headings, known words in other styles are none; where three
    in five are, its unknown lines are headings too.
    """
    known = [not line.bullet and "\t" not in line.text and known_section(line.text) is not None for line in lines]
    all_styles = Counter(line.style for line in lines if line.style)
    known_styles = Counter(line.style for line, is_known in zip(lines, known, strict=True) if is_known and line.style)
    shares = {style: count / all_styles[style] for style, count in known_styles.items() if count >= 2}
    return [
        (is_known and (not line.style or max(shares.values(), default=0) < 0.4 or shares.get(line.style, 0) >= 0.4))
        or (shares.get(line.style, 0) >= 0.6 and _may_head(line, following))
        for line, following, is_known in zip(lines, [*lines, None][1:], known, strict=True)
    ]


def _may_head(line: TextLine, following: TextLine | None) -> bool:
    """Whether a line in the headings' style is one, rather than a job, a school or a headline set as boldly."""
    if (
        line.bullet
        or not line.gap
        or len(line.text) > 50
        or len(line.text.split()) > 5
        or re.search(r"[,\t\d|@]", line.text)
    ):
        return False
    return not TITLE.search(line.text) and (following is None or find_dates(following.text) is None)


def split_sections(text: str) -> list[tuple[Section, list[str]]]:
    """The text as `(section, lines)` in order; the first is the header. Blank lines stay as "".

    A line is a heading where its words are known, or where two blank lines set it apart (which is how
    `compose` writes what looked like a heading).
    Under an unknown heading, short items stay skills after a skills section, and are skills where a level
    of mastery stands among them.
    """
    sections: list[tuple[Section, list[str]]] = [(Section.header, [])]
    lines = [line.strip() for line in text.splitlines()]
    composed = any(lines[i] == "" and lines[i - 1] == "" for i in range(1, len(lines)))
    for index, line in enumerate(lines):
        apart = index >= 2 and not lines[index - 1] and not lines[index - 2]
        section = known_section(line.lstrip("# ").rstrip(":")) if "\t" not in line else None
        plausible = apart or not composed
        if section is not None and line[:1] not in "•-*" and plausible:
            tongues = section is Section.other and _names_tongues(line)
            sections.append((Section.skills if tongues and _lists_code(lines, index) else section, []))
        elif apart and line and not line.startswith("•"):
            listing = _lists_skills(_block(lines, index), within=sections[-1][0] is Section.skills)
            sections.append((Section.skills if listing else Section.other, []))
        else:
            sections[-1][1].append(line)
    return sections


def _block(lines: Sequence[str], heading: int) -> Sequence[str]:
    """The lines below a heading, up to the two blank lines above the next."""
    stop = next((at for at in range(heading + 2, len(lines)) if not lines[at - 1] + lines[at]), None)
    return lines[heading + 1 : stop]


def _names_tongues(line: str) -> bool:
    return re.sub(r"\W", "", line).lower() == "languages"


def _lists_code(lines: Sequence[str], heading: int) -> bool:
    """Whether what is called "Languages" are those that programs are written in."""
    return len(find_skills("\n".join(_block(lines, heading)[:12]))) >= 2


def _lists_skills(block: Sequence[str], *, within: bool) -> bool:
    items = [item for line in block for item in re.split(r"[\t,;·•]", line) if item.strip()]
    levelled = any(_LEVEL.fullmatch(line) for line in block)
    return (
        bool(items) and (within or levelled) and all(len(item.split()) <= 5 and not find_dates(item) for item in items)
    )
