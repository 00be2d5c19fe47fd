"""Which venues there are, and how one is opened by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingot.errors import ConfigError
from ingot.venues.company_list import ListVenue
from ingot.venues.hacker_news import HackerNewsVenue
from ingot.venues.plugins import Plugin, Venue, find_plugin, find_plugins
from ingot.venues.rss import RSSVenue
from ingot.venues.yc import BASE_URL, YCVenue

BUILT_IN = "built in"


def _from(kind: str, make: Callable[[str], Venue], *, needs: str) -> Callable[[str | None], Venue]:
    """A venue that is nothing without its source."""

    def opened(source: str | None) -> Venue:
        if not source:
            raise ConfigError(f"The {kind} venue needs {needs}.", hint=f"Give it: --venue {kind} --source ...")
        return make(source)

    return opened


VENUES: dict[str, Callable[[str | None], Venue]] = {
    "csv": _from("csv", lambda source: ListVenue("csv", source), needs="a file"),
    "hn": HackerNewsVenue,
    "json": _from("json", lambda source: ListVenue("json", source), needs="a file"),
    "rss": _from("rss", RSSVenue, needs="the address of a feed"),
    "yc": lambda source: YCVenue(source or BASE_URL),
}


def open_venue(kind: str, source: str | None = None, *, directory: Path | None = None) -> Venue:
    """The venue of this kind, reading from `source` (a path or an address; None is the kind's usual one).

    `directory` holds the user's own plug-ins. Raises `ConfigError` for an unknown kind, and for a plug-in that cannot
    be used. A plug-in is loaded only when its kind is asked for.
    """
    if kind in VENUES:
        return VENUES[kind](source)
    plugin = find_plugin(kind, directory) if is_kind(kind) else None
    if plugin is None:
        known = sorted([*VENUES, *(found.kind for found in find_plugins(directory))])
        raise ConfigError("There is no venue of that kind.", hint=f"Known kinds: {', '.join(known)}.")
    if plugin.open is None:
        # Without the error: it may quote anything, and this message ends up in logs.
        raise ConfigError(f"The venue {kind} cannot be used.", hint="See why: ingot venues list")
    return plugin.open(source)


def kinds(directory: Path | None) -> list[Plugin]:
    """Every kind of venue: those built in, then the plug-ins. One whose name is taken or odd cannot be used."""
    found = [Plugin(kind=kind, origin=BUILT_IN, open=opener) for kind, opener in VENUES.items()]
    taken = set(VENUES)
    for plugin in find_plugins(directory):
        error = plugin.error or _fault_of_name(plugin.kind, taken)
        found.append(replace(plugin, open=None if error else plugin.open, error=error))
        taken.add(plugin.kind)
    return found


def _fault_of_name(kind: str, taken: set[str]) -> str:
    if kind in taken:
        return "Its name is taken by another venue."
    return "" if is_kind(kind) else "Its name is not lower-case letters, digits and _."


def is_kind(text: str) -> bool:
    """Whether a venue can be called that."""
    return re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text) is not None
