"""Editing a draft by hand: a file for the editor and back, and telling what the gate said."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ingot.cli.console import counted, out, text
from ingot.cli.editor import found_editor, open_editor
from ingot.cli.opening import read_stdin
from ingot.domain.grounding import reason
from ingot.errors import ValidationError

if TYPE_CHECKING:
    from ingot.domain.email import Email, Question, Tie

_SUBJECTS = (("Subject A:", "subject_a"), ("Subject B:", "subject_b"))


_OTHERWISE = "give the text: --body - < letter.txt"


def read_body(body: str | None) -> str | None:
    """The body as given, or what stands on standard input where it is `-`."""
    return read_stdin().strip() if body == "-" else body


def edited_by_hand(letter: Email, *, begun: Mapping[str, str] | None = None) -> dict[str, str]:
    """Open the letter in the user's editor, or ask line by line at a terminal without one.

    `begun` are parts that were changed before. Returns the parts that differ from the letter, none where nothing does.
    """
    before = {"subject_a": letter.subject_a, "subject_b": letter.subject_b, "body": letter.body}
    shown = before | dict(begun or {})
    head = "".join(f"{label} {shown[name]}\n" for label, name in _SUBJECTS)
    whole = f"{head}\n{shown['body']}\n"
    inline = not found_editor() and sys.stdin.isatty()
    after = parse(_line_by_line(whole) if inline else _in_editor(whole))
    return {name: value for name, value in after.items() if value != before[name].strip()}


def _line_by_line(written: str) -> str:
    """Number the lines and ask for new ones; `-` takes a line out."""
    lines = written.rstrip("\n").split("\n")
    while True:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                out.print(text(f"{number:3}  {line}"))
        given = typer.prompt("Line to change (Enter: done)", default="", show_default=False, err=True).strip()
        if not given:
            return "\n".join(lines)
        at = int(given) - 1 if given.isdecimal() else -1
        if not (0 <= at < len(lines) and lines[at].strip()):
            out.print(text(f"There is no line {given}."))
            continue
        question = "New text (- takes the line out, Enter keeps it)"
        put = typer.prompt(question, default="", show_default=False, err=True).strip()
        if put == "-":  # with the blank line below it
            del lines[at : at + 2 if lines[at + 1 : at + 2] == [""] else at + 1]
        else:
            lines[at] = put or lines[at]


def _in_editor(text: str) -> str:
    # The folder is readable by the user alone, as a letter should be.
    with tempfile.TemporaryDirectory(prefix="ingot-") as folder:
        path = Path(folder) / "letter.txt"
        path.write_text(text, encoding="utf-8")
        open_editor(path, otherwise=_OTHERWISE)
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise ValidationError(
                "The editor left no UTF-8 text; nothing was changed.", hint=f"Try another one, or {_OTHERWISE}"
            ) from error


def parse(written: str) -> dict[str, str]:
    """The parts of an edited file: two subject lines, then the body. `ValidationError` where a subject is gone."""
    lines = [line.strip() for line in written.strip().split("\n", 2)]
    heads = list(zip(lines, _SUBJECTS, strict=False))
    if len(heads) < len(_SUBJECTS) or not all(line.startswith(label) for line, (label, _) in heads):
        raise ValidationError(
            "The file must start with its two subject lines.",
            hint="Keep `Subject A:` and `Subject B:` at the top; nothing was changed.",
        )
    found = {name: line.removeprefix(label).strip() for line, (label, name) in heads}
    return {**found, "body": "".join(lines[2:]).replace("\r\n", "\n")}


def tell_refused(refused: Sequence[Tie], *, stored: bool, letter_id: int) -> None:
    """Say what was stored and which claims nothing backs."""
    for tie in refused:
        out.print(text(f"Not backed: {reason(tie)} ({tie.sentence})", "yellow"))
    if not stored:
        out.print(f"Not stored. Change these, or insist: ingot mail edit {letter_id} ... --insist", style="bold")
    elif refused:
        out.print(
            f"Stored at your wish; {counted(len(refused), 'claim')} without a source is on record.", style="yellow"
        )
    else:
        out.print(f"Letter {letter_id} is changed; every claim is backed.")


def chosen_answers(questions: Sequence[Question], given: Sequence[str]) -> dict[int, str]:
    """`["1=2"]` -> the second option of question 1. `BadParameter` for what is not there."""
    answers: dict[int, str] = {}
    by_position = {question.position: question for question in questions}
    for item in given:
        number, _, option = item.partition("=")
        question = by_position.get(int(number)) if number.isdigit() else None
        if question is None or not option.isdigit() or not 1 <= int(option) <= len(question.options):
            raise typer.BadParameter(
                f"{item!r} names no option; see `ingot leads show` for the numbers", param_hint="--answer"
            )
        answers[question.position] = question.options[int(option) - 1]
    return answers
