"""From the pages of a PDF to logical lines: columns in order, running heads gone, wrapped lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingot.resume.columns import Block, reading_order
from ingot.resume.dates import find_dates, is_date_only
from ingot.resume.pdf import Page
from ingot.resume.section_words import Section
from ingot.resume.sections import known_section
from ingot.resume.spans import Row, Span, page_rows
from ingot.resume.text import TextLine, close_letter_spacing, join_wrapped

_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d+(?:\s*(?:/|of|\|)\s*\d+)?", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_LABELLED = re.compile(r"[^\W\d_][\w &/+-]{1,30}:\s")
_SAME_COLUMN = 12.0  # points


def pdf_lines(pages: Sequence[Page]) -> list[TextLine]:
    """The logical lines of all pages in reading order."""
    by_page = _with_own_headings(_without_running_heads([page_rows(page) for page in pages]))
    blocks: list[Block] = []
    for rows in by_page:
        blocks = _with_page(blocks, reading_order(rows))
    return [line for block in _name_first(blocks, by_page) for line in _join(block)]


def _with_page(blocks: list[Block], page: Sequence[Block]) -> list[Block]:
    """A column goes on in the column of the next page that begins at the same place, before its neighbours do."""
    merged, floor, earlier = list(blocks), 0, {id(block) for block in blocks}
    for block in page:
        places = [
            at
            for at, other in enumerate(merged, start=1)
            if id(other) in earlier and abs(_left(other) - _left(block)) < _SAME_COLUMN
        ]
        place = max(places[-1], floor) if places else len(merged)
        merged.insert(place, block)
        floor = place + 1
    return merged


def _left(block: Block) -> float:
    return min(row[0].x0 for row in block)


def _name_first(blocks: list[Block], pages: Sequence[list[Row]]) -> list[Block]:
    """The largest words of the first page, which are the name, in front, even where a side column stands before them."""
    spans = [span for row in (pages[0] if pages else []) for span in row]
    largest = max((span.size for span in spans if sum(map(str.isalpha, span.text)) > 2), default=0.0)
    large = {id(span) for span in spans if span.size > 0.97 * largest}
    rows = [row for block in blocks for row in block if id(row[0]) in large][:2]
    usual = median(span.size for span in spans) if spans else 0.0
    if not rows or largest < 1.2 * usual or any(known_section(row[0].text) or len(row[0].text) > 40 for row in rows):
        return blocks
    rest = [[row for row in block if row not in rows] for block in blocks]
    return [rows, *(block for block in rest if block)]


def _without_running_heads(pages: list[list[Row]]) -> list[list[Row]]:
    """Pages without their numbers and without lines that stand at the edge of several pages."""

    def key(row: Row) -> str:
        return re.sub(r"\d+", "#", " ".join(span.text for span in row))

    edges = Counter(key(row) for rows in pages for row in {id(row): row for row in (*rows[:1], *rows[-1:])}.values())
    kept = []
    for number, rows in enumerate(pages):
        drop = set()
        for index in {0, len(rows) - 1} if rows else set():
            text = " ".join(span.text for span in rows[index])
            repeated = edges[key(rows[index])] > 1 and (number > 0 or index > 0)
            if repeated or _PAGE_NUMBER.fullmatch(text.strip()):
                drop.add(index)
        kept.append([row for index, row in enumerate(rows) if index not in drop])
    return kept


def _with_own_headings(pages: list[list[Row]]) -> list[list[Row]]:
    """Headings that stand left of their section's first row, on rows of their own.

    Labels of a table ("Languages: ...") look alike; only a style that "Experience" or "Education" is also set in counts.
    """
    firsts = [row[0] for rows in pages for row in rows if len(row) > 1]
    styles = {_style(span) for span in firsts if known_section(span.text) in {Section.experience, Section.education}}

    def parts(row: Row) -> list[Row]:
        apart = len(row) > 1 and known_section(row[0].text) is not None and _style(row[0]) in styles
        return [row[:1], row[1:]] if apart else [row]

    return [[part for row in rows for part in parts(row)] for rows in pages]


def _style(span: Span) -> str:
    return f"{span.font} {span.size:.1f} {'caps' if span.text.isupper() else ''}"


def _join(rows: Block) -> list[TextLine]:
    """Logical lines of one block. A row goes on in the next where the next row's first word did not fit."""
    steps = [after[0].y - before[0].y for before, after in pairwise(rows) if after[0].y > before[0].y]
    usual = median(steps) if steps else 0.0
    lines: list[TextLine] = []
    open_row: Row | None = None
    for row in rows:
        first = row[0]
        if open_row is not None and _continues_beside(open_row, row):
            told, _, aside = lines[-1].text.partition("\t")
            lines[-1] = replace(lines[-1], text=f"{join_wrapped(told, first.text)}\t{aside}")
            open_row = [replace(open_row[0], x1=first.x1, y=first.y), *open_row[1:]]
            continue
        if open_row is not None and _continues(open_row, row, rows, lines[-1].text):
            lines[-1] = replace(lines[-1], text=join_wrapped(lines[-1].text, " ".join(span.text for span in row)))
            open_row = [replace(open_row[0], x0=first.x0, x1=row[-1].x1, y=first.y, text=row[-1].text)]
            continue
        step = first.y - open_row[0].y if open_row else 0.0
        lines.append(
            TextLine(
                text="\t".join(span.text for span in row),
                style=_style(first),
                bullet=first.bullet and not any(is_date_only(span.text) for span in row),  # an icon beside a date
                gap=open_row is None or step < 0 or step > max(1.25 * usual, 1.5 * first.size),
            )
        )
        open_row = row
    return lines


def _continues(above: Row, row: Row, rows: Block, line: str) -> bool:
    first, last = row[0], above[-1]
    if len(above) > 1 or len(row) > 1 or first.bullet:
        return False
    if any(known_section(close_letter_spacing(span.text)) for span in (first, last)):
        return False
    if _NUMBERED.match(first.text) or (_LABELLED.match(first.text) and _LABELLED.match(line)):
        return False
    if abs(first.size - last.size) > 0.6 or not 0 < first.y - last.y < 1.9 * first.size:
        return False
    if last.x0 - first.x0 > 25 or first.x0 - last.x0 > 25:
        return False
    edge = _right_edge(first, rows)
    word = first.text.split(" ")[0]
    width = (first.x1 - first.x0) * len(word) / len(first.text)
    return last.x1 + 0.2 * first.size + width > edge - 1


def _continues_beside(above: Row, row: Row) -> bool:
    """Whether a row goes on with a text that reached the date at its right, and so had to wrap."""
    first, beside = row[0], above[-1]
    if len(above) != 2 or len(row) != 1 or first.bullet or not is_date_only(beside.text):
        return False
    head = above[0]
    alike = head.font == first.font and abs(head.size - first.size) < 0.6 and abs(head.x0 - first.x0) < 3
    close = 0 < first.y - head.y < 1.6 * first.size
    width = (first.x1 - first.x0) * len(first.text.split(" ")[0]) / len(first.text)
    reached = head.x1 + 0.2 * first.size + width > beside.x0 - 2.5 * first.size
    return alike and close and reached and find_dates(first.text) is None and known_section(first.text) is None


def _right_edge(span: Span, rows: Block) -> float:
    """Where lines like this one wrap: their own right edge where two of them end at it, else the block's."""
    alone = [row for row in rows if len(row) == 1]
    rights = sorted(row[0].x1 for row in alone if abs(row[0].x0 - span.x0) < 3)
    if len(rights) >= 4 and rights[-1] - rights[-3] < 3 * span.size:
        return rights[-1]
    return max((row[0].x1 for row in alone), default=span.x1)
