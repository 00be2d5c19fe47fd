"""The user's own list of companies as JSON: an array of objects, or an object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ingot.errors import ValidationError
from ingot.venues.rows import CompanyList, Row, read_rows

_HINT = "Give an array of objects, or one object per line."


def parse_json(content: bytes, chosen: Mapping[str, str] | None = None) -> CompanyList:
    """Every object as a record or a refusal, by its place in the array or its line; see `parse_csv`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("The JSON file is not UTF-8 text.", hint="Save it as UTF-8.") from error
    rows = [_row(number, value) for number, value in _items(text)]
    headings = dict.fromkeys(heading for row in rows for heading in row.cells)
    return read_rows(headings, rows, chosen)


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """(number, value); a line that is no JSON is its own error, for it must not lose the others."""
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(text), start=1)
        except (ValueError, RecursionError) as error:
            raise ValidationError("The JSON file cannot be read.", hint=_HINT) from error
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _row(number: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(number=number, cells={}, problem="is not an object")
    return Row(number=number, cells={key: _cell(item) for key, item in value.items()})


def _cell(value: Any) -> str:
    """What a cell of a table would hold: texts, numbers, and lists of them; of other values nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_cell, value)))
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
