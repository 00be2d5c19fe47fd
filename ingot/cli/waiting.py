"""What waits for a person, a line each: the command stands in one piece, to be copied."""

from __future__ import annotations

from collections.abc import Sequence

from ingot.actions.waiting import Wait
from ingot.cli.console import out, text


def print_waits(waits: Sequence[Wait]) -> None:
    """The lines under their heading, or that nothing waits."""
    if not waits:
        out.print("Nothing waits for you.")
        return
    out.print(text("Waits for you", "bold"))
    for wait in waits:
        out.print(text(f"  {wait.count} {wait.what}: {wait.command}"), soft_wrap=True)
