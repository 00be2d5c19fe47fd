"""How far a figure can be trusted: intervals for shares, for means, and for differences between two engines on the same cases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

RESAMPLES = 2000
# The 0.975 quantile of the normal distribution: intervals hold 95 %.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether a difference with this interval is more than chance would explain."""
        return self.low > 0 or self.high < 0


def wilson(successes: int, trials: int) -> Interval:
    """The share of successes with Wilson's score interval; of nothing tried nothing is known (0 to 1).

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    if not 0 <= successes <= trials:
        raise ValueError("successes must lie between 0 and the number of trials")
    if not trials:
        return Interval(0.0, 0.0, 1.0)
    share, square = successes / trials, _Z * _Z
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = _Z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    # Rounding must not put the share outside of its own interval where it is 0 or 1.
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def mean(values: Sequence[float]) -> float:
    """The mean. `ValueError` where there is nothing."""
    if not values:
        raise ValueError("there is no mean of nothing")
    return sum(values) / len(values)


def bootstrap_mean(values: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES) -> Interval:
    """The mean with a percentile bootstrap interval. The same seed gives the same interval. `ValueError` for nothing."""
    middle = mean(values)
    if min(values) == max(values):
        return Interval(middle, middle, middle)
    chance = random.Random(seed)  # noqa: S311 - draws samples, guards nothing
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(resamples))
    # The same number is cut off at both ends, so that turning the values round turns the interval round.
    cut = round(resamples * 0.025)
    return Interval(middle, means[cut], means[-1 - cut])


def paired_bootstrap(
    before: Sequence[float], after: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES
) -> Interval:
    """The mean of `after - before`, case by case, with its interval. `ValueError` unless both tell of the same cases."""
    if len(before) != len(after):
        raise ValueError("both sides must tell of the same cases")
    return bootstrap_mean([b - a for a, b in zip(before, after, strict=True)], seed=seed, resamples=resamples)
