"""The promise of INGOT: each sentence it sends is true.

`check` holds every sentence of a letter against quoted spans of what was fetched (about the company) and lines of the
résumé (about the user). It is pure and knows no model: what it cannot find there word for word or nearly so, it calls
unbacked. It errs on that side.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ingot.domain.checking import Checker
from ingot.domain.email import Tie
from ingot.domain.finding import Finding
from ingot.domain.grounds import EvidenceSpan, Grounds
from ingot.domain.sentences import split_sentences

__all__ = ["EvidenceSpan", "Grounds", "check", "reason", "unbacked"]


def check(text: str, grounds: Grounds, *, part: str) -> list[Tie]:
    """Tie each sentence of a text to what backs it, in order: one tie for each claim, one for a sentence without any.

    `part` says which text of the letter it is (see `Tie`). `sentence_no` counts from 0.
    """
    checker = _checker(grounds)
    ties, before = [], ""
    for number, sentence in enumerate(split_sentences(text)):
        findings = [f for f in checker.findings(sentence, before) if f.words] or [Finding()]
        before = sentence
        ties += [finding.tie(part=part, sentence_no=number, sentence=sentence) for finding in findings]
    return ties


@lru_cache(maxsize=4)
def _checker(grounds: Grounds) -> Checker:
    """The parts of one letter are checked one after another against the same grounds, which are costly to read."""
    return Checker(grounds)


def unbacked(ties: Iterable[Tie]) -> list[Tie]:
    """The ties whose claim nothing backs."""
    return [tie for tie in ties if not tie.backed]


_REASONS = {
    "number": "The number in “{claim}” stands in no line or quote about the same thing: use the number of the source, or leave it out.",
    "year": "The year {claim} does not stand in the source: use the year that stands there, or leave it out.",
    "name": "The name “{claim}” does not stand in the line or quote that this sentence is nearest to: leave it out or correct it.",
    "skill": "“{claim}” does not stand in the line or quote that this sentence rests on: name only skills that do.",
    "title": "The rank “{claim}” is not in the source: use the title that stands there.",
    "scope": "“{claim}” says more than the source does: keep to the scope that stands there.",
    "event": "No quote says that the company did this (“{claim}”): leave it out or quote where it stands.",
    "verb": "The résumé does not say that the user did this (“{claim}”): use the verb of the résumé line.",
    "tense": "“{claim}” says it of today, and the résumé has it only in a job that has ended: say it in the past.",
    "negation": "The sentence turns round what the source says about “{claim}”: say it as the source does.",
    "company": "The sentence is about “{claim}”, of which no quote speaks in this way: leave it out.",
    "characters": "“{claim}” is written with look-alike characters: write it with plain letters and digits.",
    "invisible": "It holds a character that cannot be seen or looks like another one ({claim}): write plain letters and digits.",
    "link": "“{claim}” is no link, address or number of the user's own: leave it out.",
    "unsupported": "A second check says that the source does not say this: keep to its words, or leave it out.",
    "partly supported": "A second check says that the source says only a part of this: leave the rest out.",
    "statement": "Nothing in the sources says “{claim}”: keep to the words of a quote or a résumé line, or leave it out.",
}


def reason(tie: Tie) -> str:
    """One sentence that says why a tie is unbacked and what to do, for a person or a model; or what backs it."""
    if tie.backed:
        return f"Backed by: {tie.quote}" if tie.quote else "The sentence claims nothing that needs backing."
    return _REASONS[tie.claim_kind].format(claim=tie.claim)
