"""What came out for one clause of a letter, and how it is told as a tie."""

from __future__ import annotations

from dataclasses import dataclass

from ingot.domain.backing import Problem, Source
from ingot.domain.claims import Text
from ingot.domain.email import Tie


@dataclass(frozen=True)
class Finding:
    """What came out for one clause; without `words` it claims nothing."""

    words: str = ""
    kind: str = ""
    backed: bool = True
    source: Source | None = None

    def tie(self, *, part: str, sentence_no: int, sentence: str) -> Tie:
        source = self.source
        name = "none" if source is None else "resume" if source.evidence_id is None else "evidence"
        return Tie(
            part=part,
            sentence_no=sentence_no,
            sentence=sentence,
            claim=self.words,
            claim_kind=self.kind,
            source=name,
            quote=source.whole if source else "",
            evidence_id=source.evidence_id if source else None,
            resume_line=source.resume_line if source else None,
            backed=self.backed,
        )


def refused(problem: Problem) -> Finding:
    """A claim that nothing backs."""
    return Finding(words=problem.words, kind=problem.kind, backed=False)


def kind_of(text: Text) -> str:
    """What a backed claim is mostly about."""
    if text.figures:
        return "number"
    if text.events:
        return "event"
    return "skill" if text.skills else "statement"
