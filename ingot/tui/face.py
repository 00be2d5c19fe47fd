"""The ground of the full-screen face: reading again and again, one deed at a time, and telling what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from sqlalchemy.exc import SQLAlchemyError
from textual.app import App
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widget import Widget

from ingot.cli.console import clean
from ingot.errors import DBError, IngotError
from ingot.tui.desk import Desk

R = TypeVar("R")

_LONG_READ = 8.0  # seconds that an error stays: it says what to do


class Pane(Vertical):
    """One of the tabs. `load` reads what it shows and shows it."""

    def __init__(self, desk: Desk, *, id: str) -> None:  # noqa: A002 - as Textual names it
        super().__init__(id=id)
        self.desk = desk

    @property
    def face(self) -> Face:
        """The app."""
        return cast("Face", self.app)

    async def load(self) -> None:
        """Read and show."""

    def main(self) -> Widget:
        """What the keyboard goes to."""
        return self

    def on_mount(self) -> None:
        """Begin, where it is in front already."""
        if self.face.front is self:
            self.begin()

    def begin(self) -> None:
        """Take the keyboard, and read. Before it is mounted there is nothing to show it in."""
        if self.is_attached and self.children:
            self.screen.set_focus(self.main())
            self.face.read_now()


class Face(App[None]):
    """Keeps the pane in front fresh, and does what is asked of it, one deed after the other."""

    doing: reactive[str] = reactive("")
    """What is being worked on, for the user to see."""

    def __init__(self, desk: Desk, *, every: float) -> None:
        super().__init__()
        self.desk = desk
        self.front: Pane | None = None
        self._every = every
        self._reading = asyncio.Lock()
        self._busy = False
        self._told = ""

    async def keep_fresh(self) -> None:
        """Read the pane in front again and again: what another face decided is seen here."""
        while self.is_running:
            await self.reload()
            await asyncio.sleep(self._every)

    def read_now(self) -> None:
        """Read the pane in front beside the screen."""
        self.run_worker(self.reload(), group="reading")

    async def reload(self) -> None:
        """Read the pane in front once. An error is told once, not at every reading."""
        async with self._reading:
            if self.front is None or not self.front.children or not self.is_running:
                return
            try:
                await _translated(self.front.load())
            except IngotError as error:
                if str(error) != self._told:
                    self.tell_error(error)
                self._told = str(error)
            else:
                self._told = ""

    async def action_quit(self) -> None:
        """Leave; nothing is read any more."""
        self.front = None
        self.exit()

    def perform(self, deed: Coroutine[Any, Any, None]) -> None:
        """Do this beside the screen, unless something is being done: nobody decides twice by pressing a key twice."""
        if self._busy:
            deed.close()
            self.bell()
            return
        self._busy = True
        self.run_worker(self._perform(deed), group="deed")

    async def _perform(self, deed: Coroutine[Any, Any, None]) -> None:
        try:
            await self.attempt(deed)
        finally:
            self._busy = False
        await self.reload()

    async def attempt(self, work: Awaitable[R]) -> R | None:
        """The result, or None where it failed, which is told."""
        try:
            return await _translated(work)
        except IngotError as error:
            self.tell_error(error)
            return None

    @contextmanager
    def working(self, told: str) -> Iterator[None]:
        """Show that something takes a while."""
        self.doing = told
        try:
            yield
        finally:
            self.doing = ""

    def tell(self, *lines: str) -> None:
        """Say something in passing."""
        self.notify(clean("\n".join(lines)), markup=False)

    def tell_error(self, error: IngotError) -> None:
        """Say what went wrong and what to do."""
        told = "\n".join(filter(None, (error.message, error.hint)))
        self.notify(clean(told), severity="error", timeout=_LONG_READ, markup=False)


async def _translated(work: Awaitable[R]) -> R:
    """Raises `DBError` where the database does not answer."""
    try:
        return await work
    except (SQLAlchemyError, ConnectionError) as error:
        raise DBError(
            f"The database does not work ({type(error).__name__}).", hint="`ingot doctor` looks for the cause."
        ) from error
