"""Rows for whoever reads them: a table in a wide terminal, one record after the other in a narrow one, plain lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

# Longer words (addresses of pages) are broken; a column is not made narrower for the sake of another.
_LONGEST_WORD = 20
_BORDERS = 3
_GAP = "  "


@dataclass(frozen=True, kw_only=True)
class Records:
    """A table of cleaned text. `numeric` says of each column whether it holds numbers, which are never broken."""

    title: Text
    columns: Sequence[Text]
    numeric: Sequence[bool]
    rows: Sequence[Sequence[Text]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What Rich asks for."""
        if not console.is_terminal:
            yield from self._lines()
        elif not self.columns or self._least_width() <= options.max_width:
            yield self._table()
        else:
            yield from self._one_below_the_other()

    def _table(self) -> Table:
        made = Table(title=self.title, title_justify="left")
        for column, numeric in zip(self.columns, self.numeric, strict=True):
            made.add_column(column, overflow="fold", no_wrap=numeric, justify="right" if numeric else "left")
        for row in self.rows:
            made.add_row(*row)
        return made

    def _least_width(self) -> int:
        """How wide a terminal must be for a table in which no word is broken."""
        widths = [
            max(
                min(cell_len(word), _LONGEST_WORD)
                for word in ("", *chain.from_iterable(cell.plain.split() for cell in cells))
            )
            for cells in self._by_column()
        ]
        return sum(widths) + _BORDERS * len(widths) + 1

    def _by_column(self) -> Iterator[list[Text]]:
        for number, column in enumerate(self.columns):
            yield [column, *(row[number] for row in self.rows)]

    def _one_below_the_other(self) -> Iterator[Table | Text]:
        yield Text(self.title.plain, style="italic")
        for row in self.rows:
            made = Table.grid(padding=(0, 2, 0, 0))
            made.add_column(no_wrap=True)
            made.add_column(overflow="fold")
            for name, cell in zip(self.columns, row, strict=True):
                if cell.plain:
                    made.add_row(Text(name.plain, style="bold"), cell)
            yield made
            yield Text("")

    def _lines(self) -> Iterator[Segment]:
        """A line for each row, however long: a program on the other side of the pipe cuts it, or does not."""
        widths = [max(cell_len(_line(cell)) for cell in cells) for cells in self._by_column()]
        yield Segment(f"{self.title.plain}\n")
        for row in (self.columns, *self.rows):
            padded = (
                _padded(_line(cell), width, right=numeric)
                for cell, width, numeric in zip(row, widths, self.numeric, strict=True)
            )
            yield Segment(f"{_GAP.join(padded).rstrip()}\n")


def _line(cell: Text) -> str:
    return "; ".join(filter(None, map(str.strip, cell.plain.splitlines())))


def _padded(said: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(said))
    return f"{space}{said}" if right else f"{said}{space}"
