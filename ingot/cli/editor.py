"""The user's own editor, for a letter or a form."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from ingot.errors import ValidationError


def found_editor() -> str:
    """$VISUAL, else $EDITOR, else, at a terminal, one that the system has; empty where there is none."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if chosen or not sys.stdin.isatty():
        return chosen
    return next(filter(None, map(shutil.which, ("editor", "nano", "vi"))), "")


def open_editor(path: Path, *, otherwise: str) -> None:
    """Open a file in the user's editor, and wait until it is closed.

    Raises `ValidationError` where there is none or it fails; `otherwise` says how to do without.
    """
    editor = found_editor()
    if not editor:
        raise ValidationError("There is no editor to open it in.", hint=f"Set EDITOR, or {otherwise}")
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - the editor the user chose
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        from ingot.cli.console import clean

        raise ValidationError(
            f"The editor {clean(editor)!r} failed; nothing was changed.",
            hint=f"Set EDITOR to one that works, or {otherwise}",
        ) from error
