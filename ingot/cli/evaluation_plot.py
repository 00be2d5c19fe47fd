"""The geometry of the report's two plots; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingot.domain.measures import Difference
    from ingot.domain.model_use import EvalRun

# The width of a plot in SVG units; its middle is zero.
WIDTH = 240.0
_HALF = WIDTH / 2
HEIGHT = 120.0
_TREND = (
    ("valid_share", "valid objects", "#4477aa"),
    ("grounded_share", "claims backed", "#228833"),
    ("queued", "reached the queue", "#ccbb44"),
    ("similarity", "similarity", "#aa3377"),
)


def difference_rows(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """One row for each measure, with the interval of its change on a scale of its own: x of low, value and high."""
    rows = []
    for item in differences:
        reach = max(abs(item.change.low), abs(item.change.high), abs(item.change.value)) or 1.0
        low, value, high = (
            round(_HALF + _HALF * 0.92 * x / reach, 1) for x in (item.change.low, item.change.value, item.change.high)
        )
        rows.append({"item": item, "low": low, "value": value, "high": high, "middle": _HALF})
    return rows


def trend_lines(runs: Sequence[EvalRun]) -> list[dict[str, Any]]:
    """A line for each share (0 to 1) over the runs, oldest left; nothing where there is no second run."""
    if len(runs) < 2:
        return []
    step = WIDTH / (len(runs) - 1)
    lines = []
    for name, title, colour in _TREND:
        dots = [
            (round(number * step, 1), round(HEIGHT * (1 - run.summary[name]), 1), run.id)
            for number, run in enumerate(runs)
            if name in run.summary
        ]
        if dots:
            points = " ".join(f"{x},{y}" for x, y, _ in dots)
            lines.append({"title": title, "colour": colour, "points": points, "dots": dots})
    return lines
