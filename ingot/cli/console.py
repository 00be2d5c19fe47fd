"""What reaches the terminal, cleaned of everything that could steer it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingot.cli.records import Records

# C0 and C1 controls but newline and tab, the bidirectional marks that reorder what is read, and half characters.
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


class _Out(Console):
    """Standard output; the lines of a table are not cut where nobody has a terminal of that width."""

    def print(self, *objects: Any, **options: Any) -> None:
        """As `Console.print`."""
        if not self.is_terminal and any(isinstance(item, Records) for item in objects):
            options["crop"] = False
        super().print(*objects, **options)


out = _Out(highlight=False)
err = Console(stderr=True, highlight=False)
notes = Console(stderr=True, highlight=False)
"""Progress and remarks beside the result; `ingot --quiet` silences it, and nothing else."""


def clean(value: Any) -> str:
    """The value as text that cannot move the cursor, set the clipboard or reverse the reading order."""
    return _STEERING.sub("", str(value))


def text(value: Any, style: str = "") -> Text:
    """Foreign text for Rich: cleaned, and never read as markup."""
    return Text(clean(value), style=style)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Records:
    """A table of foreign text. A column in which no row has anything is left out; numbers are never broken."""
    shown = [n for n in range(len(columns)) if not rows or any(row[n] not in (None, "") for row in rows)]
    return Records(
        title=text(title),
        columns=[text(columns[n]) for n in shown],
        numeric=[bool(rows) and all(row[n] is None or isinstance(row[n], int) for row in rows) for n in shown],
        rows=[[text("" if row[n] is None else row[n]) for n in shown] for row in rows],
    )


def listed(items: Sequence[tuple[Any, Any]]) -> Table:
    """Keys and what belongs to them, one below the other; a long text goes on under itself."""
    made = Table.grid(padding=(0, 2, 0, 0))
    made.add_column(justify="right", no_wrap=True)
    made.add_column(overflow="fold")
    for key, told in items:
        made.add_row(text(f"  {key}", "bold"), text(told))
    return made


def counted(number: int, noun: str) -> str:
    """`1 lead`, `2 leads`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_json(value: Any) -> None:
    """For scripts: one JSON document on standard output. What could steer a terminal is escaped, so nothing is lost."""
    dumped = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(_STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", dumped) + "\n")
    sys.stdout.flush()  # a reader that has gone (head) is then noticed inside the command


def stage_progress(*, silent: bool) -> Callable[[str, int, int], None]:
    """A line per stage on standard error, so that standard output stays for results."""

    def tell(stage: str, done: int, total: int) -> None:
        if not silent and (done == total or notes.is_terminal):
            notes.print(f"{stage:>14}  {done} of {total}", end="\n" if done == total else "\r", style="dim")

    return tell
