"""A table of foreign text in which the cursor stays on its row, whatever is read anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text
from textual.widgets import DataTable

from ingot.cli.console import clean

Row = tuple[str, Sequence[Any]]
"""A row's key and its values."""


class Listing(DataTable[Text]):
    """Rows of one line each. `columns` are titles and widths in cells; a width of 0 fits the content."""

    def __init__(self, columns: Sequence[tuple[str, int]], *, id: str) -> None:  # noqa: A002 - as Textual names it
        super().__init__(id=id, cursor_type="row", zebra_stripes=True)
        self._widths = [width for _, width in columns]
        self._shown: list[Row] = []
        for title, width in columns:
            self.add_column(title, key=title, width=width or None)

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows; nothing moves where they are those shown already."""
        if rows == self._shown:
            return
        chosen, at, top = self.chosen, self.cursor_row, self.scroll_offset.y
        self._shown = list(rows)
        self.clear()
        for key, values in rows:
            self.add_row(*map(self._cell, values, self._widths), key=key)
        keys = [key for key, _ in rows]
        self.scroll_to(y=top, animate=False)
        self.move_cursor(row=keys.index(chosen) if chosen in keys else min(at, max(0, len(keys) - 1)))

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self._shown[self.cursor_row][0] if 0 <= self.cursor_row < len(self._shown) else ""

    def step(self) -> None:
        """Go to the next row."""
        self.move_cursor(row=self.cursor_row + 1)

    @staticmethod
    def _cell(value: Any, width: int) -> Text:
        made = Text(
            " ".join(clean("" if value is None else value).split()), justify="right" if isinstance(value, int) else None
        )
        if width:
            made.truncate(width, overflow="ellipsis")
        return made
