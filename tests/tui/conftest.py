"""The face on the stocked base directory; what it shows is read from its screen, what it did from the database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from ingot.tui.app import IngotApp
from ingot.tui.desk import Desk
from ingot.wiring import opened
from tests.cli.conftest import Base, base, empty, ingot, stocked, typed  # noqa: F401 - fixtures
from tests.fakes.entities import NOW

SECONDS = 10
NEVER = 3600.0
_LOOK = 0.02


class Screen:
    """A person in front of it: presses keys, and looks until something is to be seen."""

    def __init__(self, pilot: Pilot[None], app: IngotApp) -> None:
        self.pilot = pilot
        self.app = app

    def text(self) -> str:
        """What is on the screen, line by line."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line) for line in lines)

    def words(self) -> str:
        """The same as one line, without what frames it: a sentence may be broken anywhere."""
        return " ".join(word for word in self.text().split() if word.strip("│─╭╮╰╯┌┐└┘▊▎▁▔█"))

    async def until(self, seen: Callable[[], Any]) -> None:
        """Wait until it is so."""
        async with asyncio.timeout(SECONDS):
            while not seen():  # noqa: ASYNC110 - what it looks at sets no event
                await asyncio.sleep(_LOOK)

    async def sees(self, *told: str) -> None:
        """Wait until all of this stands on the screen."""
        try:
            await self.until(lambda: all(part in self.words() for part in told))
        except TimeoutError:
            raise AssertionError(f"{told} is not seen:\n{self.text()}") from None

    async def at(self, selector: str) -> None:
        """Wait until the keyboard goes there."""
        await self.until(lambda: self.app.focused is not None and self.app.focused.id == selector)

    async def told(self, part: str) -> None:
        """Wait until a message holds this."""
        try:
            await self.until(lambda: any(part in item.message for item in self.app._notifications))
        except TimeoutError:
            shown = [item.message for item in self.app._notifications]
            raise AssertionError(f"{part!r} is not told: {shown}\n{self.text()}") from None

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, given: str) -> None:
        """Into what has the keyboard, in one go."""
        await self.until(lambda: isinstance(self.app.focused, Input | TextArea))
        assert self.app.focused is not None
        self.app.focused.post_message(events.Paste(given))
        await self.pilot._wait_for_screen()


@asynccontextmanager
async def face(
    *, size: tuple[int, int] = (80, 24), every: float = NEVER, app: type[IngotApp] = IngotApp
) -> AsyncIterator[Screen]:
    """The face of the base directory, running."""

    def now() -> datetime:
        return NOW

    async with opened(now=now) as wiring:
        desk = Desk(wiring)
        running = app(desk, every=every)
        try:
            async with running.run_test(size=size, notifications=True) as pilot:
                yield Screen(pilot, running)
        finally:
            await desk.close()


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
