"""Venues that others wrote: found by entry point, or as a file of the user's own. A broken one is only broken itself."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from ingot.errors import ConfigError, IngotError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.quality import record_problem
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord

GROUP = "ingot.venues"
ENTRY = "open_venue"


class Venue(Protocol):
    """A source of companies. `name` marks its leads, `refused` tells which records the last fetch left out, and why."""

    name: str
    refused: list[str]

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The companies that match. Raises `VenueError` (broken source) or `ValidationError` (the user's file)."""
        ...


Opener = Callable[[str | None], Venue]
"""What a plug-in gives: called with the source that the user named, or None."""


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """A kind of venue that is not built in. `open` is None where it cannot be used; `error` then says why."""

    kind: str
    origin: str
    open: Opener | None = None
    error: str = ""


def find_plugins(directory: Path | None) -> list[Plugin]:
    """Every plug-in, usable or not: installed packages first, then the files of `directory`. Each is loaded."""
    installed = [_installed(point) for point in entry_points(group=GROUP)]
    files = [_from_file(path) for path in _files(directory)] if directory else []
    return [*installed, *files]


def find_plugin(kind: str, directory: Path | None) -> Plugin | None:
    """The plug-in of this kind, and no other is loaded for it. Installed packages go before files."""
    for point in entry_points(group=GROUP, name=kind):
        return _installed(point)
    return next((_from_file(path) for path in _files(directory) if path.stem == kind), None) if directory else None


def _files(directory: Path) -> Iterator[Path]:
    try:
        found = sorted(directory.glob("*.py"))
    except OSError:
        return
    yield from (path for path in found if not path.name.startswith(("_", ".")))


def _installed(point: EntryPoint) -> Plugin:
    origin = f"package {point.dist.name} {point.dist.version}" if point.dist else "a package"
    return _loaded(point.name, origin, point.load)


def _from_file(path: Path) -> Plugin:
    return _loaded(path.stem, str(path), lambda: getattr(_module(path), ENTRY, None))


def _loaded(kind: str, origin: str, load: Callable[[], Any]) -> Plugin:
    try:
        found = load()
    except ConfigError as error:
        return Plugin(kind=kind, origin=origin, error=str(error))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code: whatever it raises is its own business
        return Plugin(kind=kind, origin=origin, error=f"It cannot be loaded ({type(error).__name__}: {error}).")
    if not callable(found):
        return Plugin(kind=kind, origin=origin, error=f"It has no function {ENTRY}(source).")
    return Plugin(kind=kind, origin=origin, open=lambda source: GuardedVenue(kind, found, source))


def _module(path: Path) -> ModuleType:
    """Run the file as a module. The open file is judged and read, so that no other can take its place in between."""
    real = path.resolve()
    for directory in dict.fromkeys((path.parent, real.parent)):
        _refuse_unsafe(directory, directory.stat(), what="directory")
    with real.open("rb") as file:
        _refuse_unsafe(real, os.fstat(file.fileno()), what="file")
        code = compile(file.read(), str(real), "exec")
    module = ModuleType(f"ingot_venue_{path.stem}")
    module.__file__ = str(real)
    sys.modules[module.__name__] = module  # dataclasses look their module up
    exec(code, module.__dict__)  # noqa: S102 - the user's own file, which nobody else can write
    return module


def _refuse_unsafe(path: Path, found: os.stat_result, *, what: str) -> None:
    faults = (
        (what == "file" and not stat.S_ISREG(found.st_mode), "is not a regular file", ""),
        (found.st_uid != os.geteuid(), "belongs to another user", "Copy it, and read what it does."),
        (bool(found.st_mode & 0o022), "can be written by other users", f"Run: chmod go-w '{path}'"),
    )
    for at_fault, why, hint in faults:
        if at_fault:
            raise ConfigError(f"The {what} {path} {why}, so no venue is loaded from it.", hint=hint)


class GuardedVenue:
    """A plug-in's venue behind a fence: what it raises is a `VenueError`, what it returns is checked and filtered."""

    def __init__(self, kind: str, opener: Callable[[str | None], Any], source: str | None) -> None:
        self._kind = kind
        self._venue = self._made(opener, source)
        name = getattr(self._venue, "name", "")
        # Under the name of another kind it could change what is known of that one's leads.
        self.name = name if isinstance(name, str) and name.partition(":")[0] == kind else kind
        self.refused: list[str] = []

    def _made(self, opener: Callable[[str | None], Any], source: str | None) -> Any:
        try:
            return opener(source)
        except IngotError:
            raise
        except Exception as error:
            raise self._failed(error) from error

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The venue's records, without those that cannot be stored or do not match."""
        try:
            found = list(await self._venue.fetch(web, filters))
            refused = [str(reason) for reason in getattr(self._venue, "refused", ())]
        except IngotError:
            raise
        except Exception as error:
            raise self._failed(error) from error
        problems = [record_problem(record) for record in found]
        numbered = (f"record {number} {why}" for number, why in enumerate(problems, start=1) if why)
        self.refused = [*refused, *numbered]
        return [record for record, why in zip(found, problems, strict=True) if not why and filters.matches(record)]

    def _failed(self, error: Exception) -> VenueError:
        return VenueError(
            f"The venue {self._kind} failed ({type(error).__name__}).",
            hint=f"See what it does: ingot venues test {self._kind}",
        )
