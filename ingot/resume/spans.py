"""From loose glyphs to spans (words without a wide gap) and rows (spans on one baseline)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingot.resume.pdf import Glyph, Page
from ingot.resume.text import BULLETS, WEAK_BULLETS

_WIDE_GAP = 1.3  # in em: justified text stays below it, columns stay above
_CHIP_GAP = 0.5  # in em: enough in a row so short that nothing stretched its spaces
_STYLE_GAP = 0.6  # in em: enough where the font changes too
_SHORT_ROW = 0.45  # of the page's printed width
_BULLET_REACH = 40.0  # points between a bullet and its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text without a wide gap; places in points from the top left, `y` the baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    bullet: bool = False


Row = list[Span]


def page_rows(page: Page) -> list[Row]:
    """The page's rows from top to bottom, their spans from left to right, bullets folded into their text."""
    width = max((glyph.x1 for glyph in page.glyphs), default=0.0) - min(
        (glyph.x0 for glyph in page.glyphs), default=0.0
    )
    spaced = sum(glyph.text.isspace() for glyph in page.glyphs) > 0.05 * len(page.glyphs)
    rows = (_fold_bullets(_split(glyphs, width, spaced=spaced)) for glyphs in _baselines(page.glyphs))
    return [[_mark(span, page.marks) for span in row] for row in rows if row]


def _baselines(glyphs: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if row and glyph.y - row[0].y > 0.3 * min(glyph.size, max(other.size for other in row)):
            yield sorted(row, key=lambda glyph: glyph.x0)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda glyph: glyph.x0)


def _is_ink(glyph: Glyph) -> bool:
    return not glyph.text.isspace() and not glyph.text.startswith("(cid:")


def _split(glyphs: Sequence[Glyph], width: float, *, spaced: bool) -> Row:
    """The spans of one row: split at wide gaps, at narrower ones where the font changes too."""
    pieces: list[list[Glyph]] = []
    ink = [glyph for glyph in glyphs if _is_ink(glyph)]
    gaps = [(after.x0 - before.x1) / after.size for before, after in pairwise(ink)]
    tracking = max(median(gaps), 0.0) if len(gaps) > 2 else 0.0
    short = bool(ink) and ink[-1].x1 - ink[0].x0 < _SHORT_ROW * width
    spaces = [glyph.x0 for glyph in glyphs if glyph.text.isspace()]
    for glyph in ink:
        before = pieces[-1][-1] if pieces else None
        if before is not None and glyph.text == before.text and abs(glyph.x0 - before.x0) < 0.12 * glyph.size:
            continue  # bold made by printing twice
        em = glyph.size if before is None else min(max(glyph.size, before.size), 16.0)
        apart = before is not None and spaced and not any(before.x1 - 0.1 * em < x < glyph.x0 for x in spaces)
        limit = (_CHIP_GAP if short or apart else _WIDE_GAP) + 2 * tracking
        if before is not None and (before.font != glyph.font or abs(before.size - glyph.size) > 1):
            limit = min(limit, _STYLE_GAP + 2 * tracking)
        if before is None or glyph.x0 - before.x1 > limit * em:
            pieces.append([])
        pieces[-1].append(glyph)
    return [_span(piece, spaces) for piece in pieces]


def _span(piece: Sequence[Glyph], spaces: Sequence[float]) -> Span:
    gaps = [(after.x0 - before.x1) / after.size for before, after in pairwise(piece)]
    tracking = max(median(gaps), 0.0) if len(gaps) > 2 else 0.0
    letters = [piece[0].text]
    for (before, after), gap in zip(pairwise(piece), gaps, strict=True):
        explicit = gap > 0.05 and any(before.x1 - 0.1 * after.size < x < after.x0 for x in spaces)
        if gap > tracking + 0.15 or (explicit and gap > tracking + 0.08):
            letters.append(" ")
        letters.append(after.text)
    largest = max(piece, key=lambda glyph: glyph.size)
    fonts = [glyph.font for glyph in piece]
    return Span(
        text="".join(letters),
        x0=piece[0].x0,
        x1=piece[-1].x1,
        y=piece[0].y,
        size=largest.size,
        font=max(set(fonts), key=lambda font: (fonts.count(font), font)),
    )


def _fold_bullets(row: Row) -> Row:
    """A bullet sign, alone or in front of its words, becomes the mark `bullet` of those words.

    A column on the right has bullets too: there the sign stands nearer to its words than to what is left of it.
    """
    folded: Row = []
    pending: Span | None = None
    for index, span in enumerate(row):
        sign, _, words = span.text.partition(" ")
        if sign[0] in BULLETS:
            sign, words = sign[0], span.text[1:].strip()
        if len(sign) == 1 and sign in BULLETS + WEAK_BULLETS and (words or _opens(row, index)):
            pending = span
            if words:
                shift = span.x0 + (len(span.text) - len(words)) * (span.x1 - span.x0) / len(span.text)
                opens = span is row[0] or sign in BULLETS
                folded.append(replace(span, text=words, x0=shift, bullet=opens))
                pending = None
        elif pending is not None and span.x0 - pending.x1 < _BULLET_REACH:
            folded.append(replace(span, bullet=True))
            pending = None
        else:
            folded.append(span)
    return folded


def _opens(row: Row, index: int) -> bool:
    """Whether a lone sign opens the row or a column of it, rather than standing between two texts."""
    if index == 0:
        return True
    if index + 1 == len(row):
        return False
    return row[index].x0 - row[index - 1].x1 > 1.5 * (row[index + 1].x0 - row[index].x1)


def _mark(span: Span, marks: Sequence[tuple[float, float]]) -> Span:
    """A span with a small drawn shape close on its left, at the height of its letters, is a bullet."""
    drawn = any(2 < span.x0 - x < 2.2 * span.size and -0.1 * span.size < span.y - y < 0.7 * span.size for x, y in marks)
    return replace(span, bullet=True) if drawn else span
