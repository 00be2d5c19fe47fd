"""Runs one asynchronous action of a command with the configured wiring open."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from ingot.cli.loading import loading
from ingot.errors import DBError, ValidationError

if TYPE_CHECKING:
    from ingot.wiring import Wiring

R = TypeVar("R")

# The largest that the database's integer columns hold; SQLite's driver fails with a traceback far above it.
_MAX_ID = 2_147_483_647


def an_id(given: str) -> int:
    """Read the id of a lead or a letter from the command line."""
    if not given.isdecimal() or len(given) > len(str(_MAX_ID)) or not 0 < int(given) <= _MAX_ID:
        raise typer.BadParameter(f"{given!r} is no id; see `ingot leads list` and `ingot mail pending`")
    return int(given)


def with_wiring(deed: Callable[[Wiring], Awaitable[R]], *, source: str | None = None) -> R:
    """Open, do, close. The heavy imports happen here, not when the help is shown.

    `source` is the loopback server that a venue's data may be read from.
    Raises `DBError` where the database does not answer, and `ValidationError` for text that cannot be stored.
    """
    import asyncio

    with loading("ingot.wiring"):
        from sqlalchemy.exc import DBAPIError

        from ingot.wiring import opened

    async def _run() -> R:
        async with opened(source=source) as wiring:
            return await deed(wiring)

    try:
        return asyncio.run(_run())
    except BrokenPipeError:  # who reads our output has gone (head); click ends quietly
        raise
    except (DBAPIError, ConnectionError) as error:
        raise DBError(
            f"The database does not work ({type(error).__name__}).",
            hint="Check INGOT_DATABASE_URL, that the server runs and the disk has room; `ingot doctor` looks at all of it.",
        ) from error
    except UnicodeEncodeError as error:
        raise ValidationError("The text given is not UTF-8; nothing was changed.", hint=_NOT_UTF8) from error


def read_stdin() -> str:
    """All of standard input; `ValidationError` where it is not UTF-8."""
    try:
        given = sys.stdin.read()
        given.encode()  # where Python lets wrong bytes pass as half characters, they are found here
    except UnicodeError as error:
        raise ValidationError("What stands on standard input is not UTF-8 text.", hint=_NOT_UTF8) from error
    return given


_NOT_UTF8 = "Convert it first, for instance: iconv -f latin1 -t utf-8 FILE"
