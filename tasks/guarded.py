"""What Prefect may be told when a task breaks: it stores the text of what a task raises, and that may quote a letter."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from ingot.errors import AgentError, IngotError

P = ParamSpec("P")
R = TypeVar("R")


def guarded(doing: str) -> Callable[[Callable[P, Coroutine[Any, Any, R]]], Callable[P, Coroutine[Any, Any, R]]]:
    """Let our own errors pass, whose texts hold nothing personal; of any other only class and line are told.

    `doing` completes "Unexpected KeyError at x.py:3 while ..."; `{0}` in it is the first argument.
    """

    def wrap(work: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
        @functools.wraps(work)
        async def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return await work(*args, **kwargs)
            except IngotError:
                raise
            except Exception as error:  # noqa: BLE001 - raised again without its text
                raise unexpected(error, doing.format(*args, **kwargs)) from None

        return wrapped

    return wrap


def unexpected(error: Exception, doing: str) -> AgentError:
    """A fault of ours as an error that may be shown: its class and the line it was raised at, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return AgentError(
        f"Unexpected {type(error).__name__}{place} while {doing}.",
        agent="orchestrator",
        hint="This is a fault of INGOT; please report it with this line.",
    )
