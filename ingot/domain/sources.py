"""The lines and quotes that claims are held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingot.domain.aliases import Aliases
from ingot.domain.backing import Claim, Source, problems
from ingot.domain.claims import Text
from ingot.domain.experience import headings, is_section, read_period, total_months
from ingot.domain.figures import Bound, Figure
from ingot.domain.quoting import spans
from ingot.domain.sentences import split_sentences
from ingot.domain.subjects import Addressees, leading_name
from ingot.domain.words import plain, words

_MOST_WRAPPED_LINES = 3
_BULLET = re.compile(r"^\s*[-*•·‣▪◦–]\s+")
_ABOUT_OTHERS = re.compile(
    r"\s*(?:,? (?:has|have|also|recently|just) )*(?:led|invest\w*|rais\w*|acquir\w*|announc\w*|launch\w*|open\w*|won|partner\w*)\b"
)
_HEDGED = re.compile(r"\b(?:about|around|almost|nearly|roughly|approximately|close to|some)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Job:
    """A job of the résumé: its dated heading, and everything under it as one source."""

    period_line: str
    source: Source


def evidence_sources(quotes: Sequence[tuple[int, str]], addressees: Addressees, aliases: Aliases) -> list[Source]:
    """Each sentence of each quote, and each pair of neighbours, that speaks of the company or its people."""
    found = []
    for evidence_id, quote in quotes:
        told = map(aliases.hide, split_sentences(plain(quote)))
        sentences = [sentence for sentence in told if not _is_about_another(sentence, addressees)]
        pairs = [f"{a} {b}" for a, b in pairwise(sentences)]
        found += [Source(Text(text), quote, evidence_id=evidence_id) for text in sentences + pairs]
    return found


def _is_about_another(sentence: str, addressees: Addressees) -> bool:
    name = leading_name(sentence, addressees)
    ours = addressees.company_words | addressees.person_words
    is_other = bool(name) and not {w.text.lower() for w in words(name)} & ours
    return is_other and bool(_ABOUT_OTHERS.match(sentence, len(name)))


def quote_sources(quotes: Sequence[tuple[int, str]], aliases: Aliases) -> list[Source]:
    """Every span of each quote that a letter may repeat word for word, whoever it speaks of."""
    return [
        Source(Text(aliases.hide(span)), quote, evidence_id=evidence_id)
        for evidence_id, quote in quotes
        for span in spans(plain(quote))
    ]


def resume_sources(lines: Sequence[str], known_headings: Mapping[int, str], aliases: Aliases) -> list[Source]:
    """Each line with the heading it stands under; a line that goes on in the next ones also together with them."""
    normal = [plain(line) for line in lines]
    found = []
    for index, (line, heading) in enumerate(zip(normal, headings(normal), strict=True)):
        if not line.strip():
            continue
        heading = plain(known_headings.get(index, heading))  # noqa: PLW2901 - what the profile knows beats what the layout suggests
        for count in range(1, _MOST_WRAPPED_LINES + 1):
            wrapped = normal[index : index + count]
            if len(wrapped) < count or not all(_goes_on(a, b) for a, b in pairwise(wrapped)):
                break
            text = Text(aliases.hide(_BULLET.sub("", " ".join(wrapped))))
            whole = " ".join(lines[index : index + count])
            found.append(Source(text, whole, Text(aliases.hide(heading)), resume_line=index))
    return found


def _goes_on(line: str, following: str) -> bool:
    """Whether a line is wrapped: the next one starts in small letters, or this one ends in the middle of a phrase."""
    if is_section(line) or not following.strip() or _BULLET.match(following) or line.rstrip().endswith("."):
        return False
    ends_open = re.search(r"(?:,|-|\b(?:and|or|of|to|from|in|on|for|by|with|the|a|an|that))\s*$", line)
    return following.lstrip()[0].islower() or ends_open is not None


def jobs(sources: Sequence[Source]) -> list[Job]:
    """The dated jobs among the sources of a résumé."""
    found = []
    for heading in dict.fromkeys(source.heading.plain for source in sources):
        under = [source for source in sources if heading and source.heading.plain == heading]
        if under and read_period(heading):
            text = Text("\n".join([heading, *(source.text.plain for source in under)]))
            first = next((s for s in under if read_period(s.text.plain)), under[0])
            found.append(Job(heading, Source(text, first.whole, Text(heading), resume_line=first.resume_line)))
    return found


def years_backed(claim: Claim, figure: Figure, of_jobs: Sequence[Job], today: date | None) -> Source | None:
    """The first job that backs "N years of ...", if the jobs that fit the rest of the claim last that long together."""
    rest = claim.without(figure)
    fitting = [job for job in of_jobs if not problems(rest, job.source)]
    periods = [period for job in fitting if (period := read_period(job.period_line))]
    months = total_months(periods, today)
    needed = int(figure.value * 12)
    if _HEDGED.search(claim.text.plain[: figure.start]):
        needed -= 6
    enough = months > needed if figure.bound is Bound.above else months >= needed
    return fitting[0].source if fitting and enough else None
