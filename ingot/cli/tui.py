"""`ingot tui`: everything on one full screen."""

from __future__ import annotations

import os
import sys

import typer

from ingot.cli.opening import with_wiring
from ingot.errors import ValidationError


def tui() -> None:
    """Show campaigns, leads, drafts, replies and settings on one full screen, and decide there.

    Keys: 1 to 5 turn the page, ? tells the keys of each, q quits. In a browser: textual serve "ingot tui".
    """
    # A browser's driver names itself there; it speaks through pipes.
    in_browser = bool(os.environ.get("TEXTUAL_DRIVER"))
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ValidationError(
            "The full screen needs a terminal.", hint="In a pipe or a script use the other commands: ingot --help."
        )
    from ingot.tui.app import show

    if code := with_wiring(show):
        raise typer.Exit(code)
