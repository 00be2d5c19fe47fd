"""A pseudo-terminal with a screen: a program runs in it as for a person, who types and reads.

Where the environment variable INGOT_SCREENS names a folder, `picture` draws the screen there as an SVG.
"""

from __future__ import annotations

import io
import os
import re
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

COLUMNS, LINES = 100, 30
# A machine that does other work takes long; waiting costs nothing where the answer comes.
PATIENCE_S = 240.0
_QUIET_S = 0.1

# What a program may send to colour its output or to hide the cursor; anything else would steer the terminal.
_COLOURS = re.compile(rb"\x1b\[[0-9;]*m|\x1b\[\?25[hl]|\x1b\[2?K")
# The screen knows no faint text; grey stands for it.
_DIM = re.compile(rb"\x1b\[2(;[0-9;]+)?m")
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9])")

_THEME = TerminalTheme(
    (24, 26, 32),
    (214, 216, 222),
    [(60, 64, 74), (224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (86, 182, 194), (200, 204, 212)],
    [(140, 146, 160), (240, 130, 140), (170, 215, 140), (245, 210, 140), (130, 195, 250), (215, 145, 235), (110, 205, 215), (255, 255, 255)],
)  # fmt: skip


def _hear_ctrl_c() -> None:
    """A suite that runs in the background of a shell ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """`screen` is what a person would see now, `raw` every byte that was sent to the terminal."""

    def __init__(self, words: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._unread = ""
        settings = {**env, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self._child = pexpect.spawn(
            words[0],
            list(words[1:]),
            env=settings,
            cwd=str(cwd),
            dimensions=(LINES, COLUMNS),
            echo=True,
            preexec_fn=_hear_ctrl_c,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._child.close(force=True)
        if error is not None:
            error.add_note("On the screen:\n" + "\n".join(line.rstrip() for line in self.screen.display))

    def expect(self, words: str, *, patience_s: float = PATIENCE_S) -> None:
        """Wait until these words come, however they are wrapped; what came before them is read by then.

        Blank lines, and lines of boxes, count as one space.
        """
        deadline = time.monotonic() + patience_s
        while (at := self._plain().find(words)) < 0:
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"{words!r} did not come")
        self._unread = self._plain()[at + len(words) :]

    def type(self, line: str = "") -> None:
        """Type a line and press Enter."""
        self._child.sendline(line)

    def answer(self, question: str, line: str = "") -> None:
        """Wait for a question, and type the answer once it stands there as a whole."""
        self.expect(question)
        self.rest()
        self.type(line)

    def answer_hidden(self, question: str, line: str) -> None:
        """The same for a question that does not show what is typed: what comes before it does so is thrown away."""
        self.expect(question)
        assert self._child.waitnoecho(timeout=PATIENCE_S)
        self.type(line)

    def rest(self) -> None:
        """Wait until nothing more comes for the moment."""
        while self._read(_QUIET_S):
            pass

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._child.sendintr()

    def ended(self) -> int:
        """Wait until the program ends; its exit code."""
        deadline = time.monotonic() + PATIENCE_S
        while self._read(deadline - time.monotonic()):
            pass
        self._child.close()
        return self._child.exitstatus if self._child.exitstatus is not None else -(self._child.signalstatus or 0)

    def picture(self, name: str, *, title: str) -> None:
        """Draw the screen, once it has come to rest, where pictures are wanted."""
        folder = os.environ.get("INGOT_SCREENS")
        if folder:
            self.rest()
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / f"{name}.svg").write_text(svg(self.screen, title=title), encoding="utf-8")

    def _plain(self) -> str:
        return re.sub(r"[\s│]+", " ", _ESCAPES.sub("", self._unread))

    def _read(self, seconds: float) -> bool:
        """Take in what comes within that time; False where nothing does, or nothing can any more."""
        if seconds <= 0:
            return False
        try:
            came = self._child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += came
        self._stream.feed(_DIM.sub(_as_grey, came))
        self._unread += came.decode("utf-8", errors="replace")
        return True


def steering(raw: bytes) -> bytes:
    """The control characters among these bytes that do more than colour, but line ends and tabs."""
    rest = _COLOURS.sub(b"", raw).decode("utf-8", errors="replace")
    found = re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", rest)
    return "".join(found).encode()


def svg(screen: pyte.Screen, *, title: str) -> str:
    """The screen as a picture; empty lines at its end are left out."""
    lines = [_line(screen, number) for number in range(screen.lines)]
    while lines and not lines[-1].plain.strip():
        lines.pop()
    console = Console(
        record=True, width=screen.columns, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text("\n").join(lines), soft_wrap=True)
    drawn = console.export_svg(title=title, theme=_THEME)
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # a picture that asks the web for nothing


def _as_grey(found: re.Match[bytes]) -> bytes:
    return b"\x1b[" + (found[1][1:] if found[1] else b"90") + b"m"


def _line(screen: pyte.Screen, number: int) -> Text:
    line = Text()
    for column in range(screen.columns):
        cell = screen.buffer[number][column]
        line.append(cell.data, _style(cell))
    line.rstrip()
    return line


def _style(cell: pyte.screens.Char) -> Style:
    return Style(
        color=_colour(cell.fg),
        bgcolor=_colour(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        reverse=cell.reverse,
    )


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    if re.fullmatch(r"[0-9a-f]{6}", name):
        return f"#{name}"
    plain = {"brown": "yellow"}.get(name.removeprefix("bright"), name.removeprefix("bright"))
    return f"bright_{plain}" if name.startswith("bright") else plain
