"""What is measured of drafts: in each of them, over a run, and between two runs. Pure; knows no model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ingot.domain.figures import figures
from ingot.domain.model_use import EvalDraft
from ingot.domain.statistics import Interval, bootstrap_mean, mean, paired_bootstrap, wilson
from ingot.domain.vocabulary import content_stems
from ingot.domain.words import plain


class DraftStatus(StrEnum):
    """`queued` passed the gate, `refused` did not in all its tries, of `failed` the model gave no letter."""

    queued = "queued"
    refused = "refused"
    failed = "failed"


class Better(StrEnum):
    """Which way is good."""

    higher = "higher"
    lower = "lower"  # type: ignore[assignment]  # hides the method of str, which nobody calls here
    neither = "neither"


@dataclass(frozen=True)
class Measure:
    """A figure of a draft. `parts` are the counts (of, out of) that a share is pooled from."""

    name: str
    title: str
    better: Better
    parts: tuple[str, str] | None = None


MEASURES = (
    Measure("queued", "reached the queue (share of leads)", Better.higher, ("queued", "cases")),
    Measure("valid_share", "valid objects (share of answers)", Better.higher, ("valid", "asked")),
    Measure("grounded_share", "claims backed (share, refused drafts too)", Better.higher, ("backed", "claims")),
    Measure("unbacked_claims", "unbacked claims in the queue (per draft)", Better.lower),
    Measure("drafts_refused", "drafts refused by the gate (per lead)", Better.lower),
    Measure("specific_facts", "facts of this company alone (per letter)", Better.higher),
    Measure("style_issues", "style issues (per letter)", Better.lower),
    Measure("similarity", "similarity to the others (mean)", Better.lower),
    Measure("similarity_max", "similarity to the nearest (mean)", Better.lower),
    Measure("words", "words of the body", Better.neither),
    Measure("seconds", "seconds (per lead, as asked)", Better.lower),
    Measure("tokens", "tokens (per lead)", Better.lower),
    Measure("cost_micro_usd", "cost (micro-dollars per lead)", Better.lower),
    Measure("judge_score", "judge (1 to 5)", Better.higher),
)


@lru_cache(maxsize=2048)  # the quotes of a set are held against those of every other case
def marks(text: str) -> frozenset[str]:
    """What a text can be told by: its numbers and the stems of its meaningful words."""
    numbers = {f"{figure.value.normalize():f} {figure.kind}".strip() for figure in figures(plain(text))}
    return content_stems(text) | numbers


def own_marks(quotes: Iterable[str], others: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """The marks of a company's quotes that stand in no other text given and are no part of a name."""

    def all_of(texts: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*map(marks, texts))

    return all_of(quotes) - all_of(others) - all_of(names)


def specific_facts(text: str, own: frozenset[str]) -> int:
    """How many of a company's own marks a letter uses."""
    return len(marks(text) & own)


def similarities(texts: Sequence[str], alike: Callable[[str, str], float]) -> list[tuple[float, float]]:
    """For each text the mean and the largest likeness (0-1) to the others; nothing is like a text that is alone."""
    rows = [[0.0] * len(texts) for _ in texts]
    for a in range(len(texts)):
        for b in range(a):
            rows[a][b] = rows[b][a] = alike(texts[a], texts[b])
    others = [row[:number] + row[number + 1 :] for number, row in enumerate(rows)]
    return [(mean(row), max(row)) if row else (0.0, 0.0) for row in others]


def interval_of(measure: Measure, drafts: Sequence[EvalDraft]) -> Interval | None:
    """A measure over the drafts of a run: a pooled share with Wilson's interval, else a mean with a bootstrap one.

    None where no draft has it.
    """
    if measure.parts is not None:
        done, tried = (round(sum(_of(draft, name) for draft in drafts)) for name in measure.parts)
        return wilson(done, tried) if tried else None
    # In a fixed order: which draft was done first must not move the interval.
    told = sorted(drafts, key=lambda draft: draft.case_name)
    values = [draft.measures[measure.name] for draft in told if measure.name in draft.measures]
    return bootstrap_mean(values) if values else None


def _of(draft: EvalDraft, name: str) -> float:
    return 1.0 if name == "cases" else draft.measures.get(name, 0.0)


def summary_of(drafts: Sequence[EvalDraft]) -> dict[str, float]:
    """The measures of a run by name, with the counts of `queued_drafts`, `refused_drafts`, `failed_drafts` and `cases`.

    `unbacked_in_queue` is the sum that must be zero, `refused_by_gate` the number of drafts that the gate held back.
    """
    counts = {f"{status}_drafts": float(sum(draft.status == status for draft in drafts)) for status in DraftStatus}
    found = {measure.name: interval_of(measure, drafts) for measure in MEASURES}
    return {
        "cases": float(len(drafts)),
        **counts,
        "unbacked_in_queue": sum(draft.measures.get("unbacked_claims", 0.0) for draft in drafts),
        "refused_by_gate": sum(draft.measures.get("drafts_refused", 0.0) for draft in drafts),
        **{name: interval.value for name, interval in found.items() if interval is not None},
    }


@dataclass(frozen=True)
class Difference:
    """What changed in a measure from one run to another, over the `cases` that both have it for."""

    measure: Measure
    before: float
    after: float
    change: Interval
    cases: int

    @property
    def verdict(self) -> str:
        """`better`, `worse`, `other` (a measure without a good way) or `no difference shown`."""
        if not self.change.excludes_zero:
            return "no difference shown"
        if self.measure.better is Better.neither:
            return "other"
        return "better" if (self.change.value > 0) == (self.measure.better is Better.higher) else "worse"


Figures = Mapping[str, Mapping[str, float]]
"""The measures of each case, by the case's name."""


def differences(before: Figures, after: Figures) -> list[Difference]:
    """Each measure case by case, with paired bootstrap intervals; over the cases for which both sides have it."""
    found = []
    for measure in MEASURES:
        pairs = [
            (before[name][measure.name], after[name][measure.name])
            for name in sorted(before.keys() & after.keys())
            if measure.name in before[name] and measure.name in after[name]
        ]
        if pairs:
            a, b = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            found.append(Difference(measure, mean(a), mean(b), paired_bootstrap(a, b), len(pairs)))
    return found
