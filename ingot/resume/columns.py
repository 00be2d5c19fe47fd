"""The reading order of a page: side-by-side columns one after the other, margin notes beside their row."""

from __future__ import annotations

from collections.abc import Sequence

from ingot.resume.dates import is_date_only
from ingot.resume.sections import known_section
from ingot.resume.spans import Row

_GUTTER = 7.0  # points that must be free between two columns
_MIN_ROWS = 4  # rows on each side that make a column


Block = list[Row]  # rows that are read together, from top to bottom


def reading_order(rows: Sequence[Row]) -> list[Block]:
    """The page's blocks in the order a person reads them."""
    found = _best_gutter(rows)
    if found is None:
        return [[list(row) for row in rows]] if rows else []
    start, stop, x = found
    stop = _until_one_side_ends(rows, start, stop, x)
    left, right = ([_side(row, x, right=right) for row in rows[start:stop]] for right in (False, True))
    above, below = reading_order(rows[:start]), reading_order(rows[stop:])
    if _are_columns(left, right):
        columns = [reading_order([row for row in side if row]) for side in (left, right)]
        return [*above, *columns[0], *columns[1], *below]
    return _joined([*above, _with_notes(left, right), *below])


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Blocks that follow each other at the same left edge are one: lines may wrap from one into the next."""
    joined: list[Block] = []
    for block in blocks:
        if joined and abs(min(row[0].x0 for row in joined[-1]) - min(row[0].x0 for row in block)) < _GUTTER:
            joined[-1] = joined[-1] + block
        else:
            joined.append(block)
    return joined


def _until_one_side_ends(rows: Sequence[Row], start: int, stop: int, x: float) -> int:
    """Where one side has ended, the other's next heading opens a part of the page of its own."""
    lasts = [
        max(index for index in range(start, stop) if _side(rows[index], x, right=right)) for right in (False, True)
    ]
    return next((index for index in range(min(lasts) + 1, stop) if _is_heading(rows[index])), stop)


def _side(row: Row, x: float, *, right: bool) -> Row:
    return [span for span in row if (span.x0 >= x) == right]


def _best_gutter(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """The run of rows `[start, stop)` that a vertical white band at `x` splits best, by rows on the thinner side."""
    edges = sorted({round(span.x0) - 1.0 for row in rows for span in row})
    best: tuple[int, int, int, float] | None = None
    for x in edges:
        start = 0
        for stop in range(len(rows) + 1):
            crossed = stop == len(rows) or any(span.x0 < x and span.x1 > x - _GUTTER for span in rows[stop])
            if not crossed:
                continue
            score = _thinner(rows[start:stop], x)
            if score >= _MIN_ROWS and (best is None or score > best[0]):
                best = (score, start, stop, x)
            start = stop + 1
    return None if best is None else best[1:]


def _thinner(rows: Sequence[Row], x: float) -> int:
    right = sum(any(span.x0 >= x for span in row) for row in rows)
    return min(right, sum(any(span.x0 < x for span in row) for row in rows))


def _are_columns(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether two sides are read one after the other: each has headings, or their rows do not stand level."""
    headings = [sum(_is_heading(row) for row in side) for side in (left, right)]
    if any(count >= 0.7 * sum(map(bool, side)) for count, side in zip(headings, (left, right), strict=True)):
        return False
    if min(headings) >= 1:
        return True
    minor, major = (left, right) if _letters(left) < _letters(right) else (right, left)
    tops = [index for index, row in enumerate(minor) if row and _opens_cluster(minor, index)]
    level = sum(bool(major[index]) for index in tops) / len(tops)
    dated = sum(any(is_date_only(span.text) for span in row) for row in minor if row)
    if dated >= 0.3 * sum(bool(row) for row in minor):
        return level < 0.5
    return level < 0.8


def _is_heading(row: Row) -> bool:
    return len(row) == 1 and not row[0].bullet and known_section(row[0].text) is not None


def _letters(side: Sequence[Row]) -> int:
    return sum(len(span.text) for row in side for span in row)


def _opens_cluster(side: Sequence[Row], index: int) -> bool:
    above = next((row for row in reversed(side[:index]) if row), None)
    return above is None or side[index][0].y - above[0].y > 1.75 * side[index][0].size


def _with_notes(left: Sequence[Row], right: Sequence[Row]) -> Block:
    """Rows with the thinner side's clusters (a place above a date, say) on the row where each begins."""
    minor, major = (left, right) if _letters(left) < _letters(right) else (right, left)
    rows: list[Row] = []
    anchor: int | None = None
    for index, (note, main) in enumerate(zip(minor, major, strict=True)):
        heading = bool(note) and _is_heading(note) and minor is left
        if note and (heading or anchor is None or _opens_cluster(minor, index) or not main):
            if heading or not main:
                late = heading and rows and note[0].y - rows[-1][0].y < 0.9 * note[0].size
                rows.insert(len(rows) - bool(late), list(note))
                anchor = None if heading else len(rows) - 1
                if main:
                    rows.append(list(main))
                continue
            rows.append([*note, *main] if minor is left else [*main, *note])
            anchor = len(rows) - 1
            continue
        if note and anchor is not None:
            place = (
                sum(span in note or span.x0 < main[0].x0 for span in rows[anchor])
                if minor is left
                else len(rows[anchor])
            )
            rows[anchor][place:place] = note
        if main:
            rows.append(list(main))
    return rows
