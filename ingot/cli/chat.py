"""`ingot chat`: plain sentences over the same actions and queries. What changes something is asked about first."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.opening import with_wiring
from ingot.domain.conversation import ENTRIES, ChatAction, entry_of
from ingot.errors import IngotError, ValidationError

if TYPE_CHECKING:
    from ingot.actions.chat import Choice
    from ingot.wiring import Wiring

EPILOG = "\b\nExamples:\n  ingot chat\n" + "\n".join(
    f'  ingot chat "{entry_of(action).example}"'
    for action in (ChatAction.leads, ChatAction.waiting, ChatAction.pause_campaign)
)
_LEAVING = frozenset({"quit", "exit", "bye", "q"})
_HINTS = (ChatAction.leads, ChatAction.waiting, ChatAction.explain_lead)


def chat(
    sentence: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SENTENCE]", help="Say one thing and end; without it, a conversation."),
    ] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for scripts; of one sentence that changes nothing.")
    ] = False,
) -> None:
    """Ask in plain sentences; "help" lists what can be said. Nothing is changed without your yes."""
    if sentence:
        _take(_understood(" ".join(sentence)), as_json=as_json)
    elif as_json:
        raise ValidationError(
            "--json belongs to one sentence.", hint='For instance: ingot chat --json "what waits for me?"'
        )
    else:
        _converse()


def _converse() -> None:
    """One sentence after the other until the end of the input. What goes wrong with one ends nothing."""
    from ingot.cli.console import err, text

    err.print('Ask in plain sentences. "help" lists what can be said, "quit" ends.', style="dim")
    while (line := _line()) is not None and line.strip().lower() not in _LEAVING:
        if not line.strip():
            continue
        try:
            _take(_understood(line), as_json=False)
        except IngotError as error:
            err.print(text(f"{error.message} {error.hint}", "yellow"), soft_wrap=True)
        except typer.Exit:
            continue  # a no, or a command that was not done: it has said so itself


def _line() -> str | None:
    """The next line; None at the end. At a terminal it can be edited, and earlier ones are called back."""
    if not sys.stdin.isatty():
        return sys.stdin.readline() or None
    with contextlib.suppress(ImportError):  # not everywhere
        import readline  # noqa: F401 - from then on `input` edits
    try:
        return input("ingot> ")
    except EOFError:
        sys.stdout.write("\n")
        return None


def _understood(sentence: str) -> Choice:
    from ingot.cli.console import clean

    async def deed(wiring: Wiring) -> Choice:
        from ingot.actions.chat import choose

        return await choose(clean(sentence), agents=wiring.agents)

    return with_wiring(deed)


def _take(choice: Choice, *, as_json: bool) -> None:
    """Answer, or do what was asked for after a yes."""
    from ingot.cli import chat_answers, chat_deeds

    if choice.action is ChatAction.unknown:
        examples = "\n".join(f"  {entry_of(action).example}" for action in _HINTS)
        raise ValidationError("I do not understand that.", hint=f"Say it like one of these, or say help:\n{examples}")
    if choice.action is ChatAction.help:
        chat_answers.tell_help(ENTRIES, as_json=as_json)
    elif not entry_of(choice.action).changes:
        chat_answers.ANSWERS[choice.action](choice, as_json)
    elif as_json:
        raise ValidationError(
            "That would change something; --json is for answers that change nothing.", hint="Say it without --json."
        )
    else:
        chat_deeds.DEEDS[choice.action](choice)
