"""Asking at the terminal from within the event loop, so that Ctrl-C ends the program at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import typer

from ingot.cli.console import clean, err, text


async def ask(question: str, keys: Sequence[str], *, default: str) -> str:
    """One key of `keys`; asks again for anything else."""
    while True:
        key = (await _prompted(question, default=default)).strip().lower()
        if key in keys:
            return key
        err.print(text(f"Please answer with one of: {', '.join(keys)}"))


async def typed(question: str) -> str:
    """A line of the person's, cleaned; empty where they gave none."""
    return clean(await _prompted(question, default="", show_default=False)).strip()


async def _prompted(question: str, **given: Any) -> str:
    """Reading blocks, so it happens beside the loop: in a thread that nobody waits for.

    The loop's own threads are joined when it ends: after Ctrl-C the program would hang until Enter is pressed.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def tell(value: str = "", error: BaseException | None = None) -> None:
        if answer.cancelled():
            return
        if error is None:
            answer.set_result(value)
        else:
            answer.set_exception(error)

    def read() -> None:
        try:
            value = str(typer.prompt(question, err=True, **given))
        except BaseException as error:  # noqa: BLE001 - carried over to whoever waits
            loop.call_soon_threadsafe(tell, "", error)
        else:
            loop.call_soon_threadsafe(tell, value)

    threading.Thread(target=read, daemon=True, name="prompt").start()
    return await answer
