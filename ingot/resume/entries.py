"""The entries of a section (jobs, schools, projects): where each begins, its head and its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingot.resume.dates import DURATION, DateSpan, find_dates, is_date_only
from ingot.resume.words import SCHOOL, TITLE, is_place

_LABELS = re.compile(
    r"(?:highlights|responsibilities|key responsibilities|(?:key )?achievements|keywords|technologies|courses|summary"
    r"|description|duties|tasks|accomplishments|main tasks|application|roles?)\s*:?",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\t|\s+[|·•∙⋅–—―@]\s+|\s+-{1,3}\s+|\s*\|\s*|\s+/\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$")
_HEAD_REACH = 4  # lines


@dataclass(slots=True)
class Entry:
    """One job, school or project: the lines of its head, the lines of its body, and its dates."""

    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    dates: DateSpan | None = None

    def parts(self) -> list[str]:
        """The head without dates, places, addresses and durations, cut at the strong separators."""
        parts = []
        for line in self.head:
            found = find_dates(line)
            for raw in _STRONG.split(found.rest if found else line):
                part = DURATION.sub("", re.sub(r"\(\s*[-–—,]?\s*\)", "", raw)).strip(" ,;:()[]|·•–—-")
                if part and not is_place(part) and not _ADDRESS.fullmatch(part) and re.search(r"[^\W\d_]", part):
                    parts.append(part)
        return parts


def is_bullet(line: str) -> bool:
    """Whether a line of the composed text is a bullet."""
    return line.startswith("• ")


def is_label(line: str) -> bool:
    """Whether a line only names what follows (`Highlights`, `Responsibilities:`)."""
    return _LABELS.fullmatch(line.strip()) is not None


def split_entries(lines: Sequence[str]) -> list[Entry]:
    """The entries of one section, told apart by their dates; by blank lines where it has none."""
    kept = [line for line in lines if not is_label(line)]
    while kept and not kept[0]:
        kept.pop(0)
    dated = _dated(kept)
    return _by_dates(kept, dated) if dated else _by_blanks(kept)


def _dated(lines: Sequence[str]) -> list[int]:
    found = [(index, find_dates(line)) for index, line in enumerate(lines) if line and not is_bullet(line)]
    heads = [(index, dates) for index, dates in found if dates is not None and _is_date_line(lines[index], dates)]
    if not any(dates.is_range for _, dates in heads):
        return [index for index, _ in heads]
    return [index for index, dates in heads if dates.is_range or any(map(is_date_only, lines[index].split("\t")))]


def _is_date_line(line: str, dates: DateSpan) -> bool:
    rest = dates.rest.replace("\t", " ").strip()
    if dates.is_range:
        return len(rest) < 140
    alone = any(is_date_only(cell) for cell in re.split(r"\t|\s[|·•]\s", line))
    return alone or (len(rest) < 90 and re.search(r"\W$", rest) is None and not line.endswith("."))


def _is_head(line: str) -> bool:
    if not line or is_bullet(line):
        return False
    words = " ".join(cell for cell in line.split("\t") if not is_date_only(cell)).split()
    return len(words) <= 12 and not (line.endswith(".") and len(words) > 4)


def _by_dates(lines: Sequence[str], dated: Sequence[int]) -> list[Entry]:
    reach = min(sum(1 for line in lines[: dated[0]] if _is_head(line)), _HEAD_REACH)
    starts = [_head_start(lines, at, previous, reach) for previous, at in zip([-1, *dated], dated, strict=False)]
    entries = []
    for number, (start, at) in enumerate(zip(starts, dated, strict=True)):
        stop = starts[number + 1] if number + 1 < len(starts) else len(lines)
        entries.append(_entry(lines[start:stop], at - start))
    return entries


def _head_start(lines: Sequence[str], at: int, previous: int, reach: int) -> int:
    """The first line of the head whose date stands at `at`.

    As many lines up as in the section's first entry; more where a blank line above them shows where it begins.
    """
    above: list[int] = []
    bounded = previous < 0
    for index in range(at - 1, previous, -1):
        if not lines[index] and above:
            if len(above) < reach and _stands_apart(lines, index - 1, previous):
                continue  # a page break or a wide space inside the head
            bounded = True
            break
        if lines[index]:
            if not _is_head(lines[index]) or len(above) > _HEAD_REACH:
                break
            above.append(index)
    if bounded and len(above) <= _HEAD_REACH + 1 and (reach or any(_names_a_job(lines[index]) for index in above)):
        return min(above, default=at)
    taken = above[:reach]
    for index in above[reach:]:
        if not _names_a_job(lines[index]):
            break
        taken.append(index)
    return min(taken, default=at)


def _stands_apart(lines: Sequence[str], at: int, previous: int) -> bool:
    """Whether a line names a job or a school and belongs to nothing above it."""
    if at <= previous or not _is_head(lines[at]) or not (_names_a_job(lines[at]) or SCHOOL.search(lines[at])):
        return False
    return at - 1 <= previous or not lines[at - 1] or is_bullet(lines[at - 1])


def _names_a_job(line: str) -> bool:
    return TITLE.search(line) is not None or any(is_place(cell) for cell in line.split("\t"))


def _entry(lines: Sequence[str], dated: int) -> Entry:
    entry = Entry(head=[line for line in lines[: dated + 1] if line], dates=find_dates(lines[dated]))
    in_head = True
    for line in filter(None, lines[dated + 1 :]):
        in_head = in_head and _is_head(line) and len(entry.head) < dated + _HEAD_REACH
        if in_head:
            entry.head.append(line)
        else:
            entry.body.append(line)
    return entry


def _by_blanks(lines: Sequence[str]) -> list[Entry]:
    entries: list[Entry] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
            continue
        opens = _is_head(line) and (fresh or (bool(entries) and bool(entries[-1].body)))
        if opens or not entries:
            entries.append(Entry())
        if _is_head(line) and not entries[-1].body:
            entries[-1].head.append(line)
        else:
            entries[-1].body.append(line)
        fresh = False
    return entries
