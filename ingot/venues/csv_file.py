"""The user's own list of companies as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from ingot.errors import ValidationError
from ingot.venues.rows import CompanyList, Row, read_rows


def parse_csv(content: bytes, chosen: Mapping[str, str] | None = None) -> CompanyList:
    """Every row as a record or a refusal by its line. UTF-8 with or without BOM; comma, semicolon or tab.

    `chosen` is field -> heading where the user says so. Raises `ValidationError` for what is no list of companies.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("The CSV file is not UTF-8 text.", hint="Save it as CSV UTF-8.") from error
    lines = _lines(text)
    _, headings = next(lines, (1, []))
    return read_rows(dict.fromkeys(headings), _rows(lines, headings), chosen)


def _rows(lines: Iterator[tuple[int, list[str]]], headings: list[str]) -> Iterator[Row]:
    for line, cells in lines:
        problem = f"has {len(cells)} cells, the header {len(headings)}" if len(cells) > len(headings) else ""
        filled: dict[str, str] = {}
        for heading, cell in zip(headings, cells, strict=False):
            filled[heading] = filled.get(heading) or cell  # of two columns of one name the first that is filled counts
        yield Row(number=line, cells=filled, problem=problem)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every row that is not blank."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(
            f"The CSV file cannot be read from line {start} on.", hint="Look for an unclosed quotation mark there."
        ) from error
