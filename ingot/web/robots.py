"""What sites allow a crawler to read (RFC 9309), read by `protego`.

Asked before every page, and before every hop of a redirect. Venues are exempt: an interface whose address the user gave
is asked on their behalf, as a browser would; robots.txt speaks to programs that find their own way by links.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

import httpx
from protego import Protego

from ingot.errors import PageError
from ingot.web.address import endpoint

PRODUCT = "INGOT"
"""The name that rules are looked up by, whatever the user agent says."""

LONGEST_DELAY = 60.0
"""Seconds between two pages. A site that asks for more is left alone: reading six pages of it would outlast the run."""

# Spelled as protego knows it, so that what is rewritten stays what it was.
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:(?P<name>[^#]*)", re.IGNORECASE)
_OTHER = "User-agent: x"
# Each rule is kept once for each agent it is for: a hostile file of 500 kB would take gigabytes.
_MOST_RULES = 500_000


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of one site for INGOT; `delay` is how many seconds apart it wants to be asked, 0 where it does not say."""

    parsed: Protego
    delay: float = 0.0

    @classmethod
    def read(cls, text: str) -> Self:
        """The rules of a robots.txt; raises `PageError(reason="robots")` for one that is too tangled to be meant."""
        text = _for_us(text)
        lines = text.splitlines()
        agents = sum(line.lstrip().lower().startswith("user") and line != _OTHER for line in lines)
        if agents * len(lines) > _MOST_RULES:
            raise PageError("The site's robots.txt is too tangled to be read.", reason="robots")
        parsed = Protego.parse(text)
        delay = parsed.crawl_delay(PRODUCT) or 0.0
        rate = parsed.request_rate(PRODUCT)
        if rate is not None:
            # Compared first: the file may hold numbers that are too large to be divided.
            too_slow = rate.seconds > LONGEST_DELAY * rate.requests
            delay = max(delay, LONGEST_DELAY + 1 if too_slow else rate.seconds / rate.requests)
        return cls(parsed=parsed, delay=delay)

    def require(self, url: httpx.URL) -> float:
        """The site's delay in seconds; raises `PageError` (robots, crawl-delay) where the page is not to be read."""
        if not self.parsed.can_fetch(str(url), PRODUCT):
            raise PageError(
                "The site's robots.txt asks programs not to read this page.",
                reason="robots",
                hint="Read it in your browser.",
            )
        if self.delay > LONGEST_DELAY:
            raise PageError(
                f"The site's robots.txt asks for more than {LONGEST_DELAY:.0f} seconds between two pages.",
                reason="crawl-delay",
                hint="Read it in your browser.",
            )
        return self.delay


def _for_us(text: str) -> str:
    """The same rules for INGOT, with every agent that cannot mean it under one name."""
    return "\n".join(_OTHER if _means_others(line) else line for line in text.splitlines())


def _means_others(line: str) -> bool:
    found = _AGENT_LINE.match(line)
    if found is None:
        return False
    name = found["name"].strip().lower()
    return bool(name.strip("*")) and not PRODUCT.lower().startswith(name.replace("*", ""))


class Robots:
    """The rules of every site of a run, each read once. `fetch` gives the text at an address, or raises `PageError`."""

    def __init__(self, fetch: Callable[[httpx.URL], Awaitable[str]]) -> None:
        self._fetch = fetch
        self._known: dict[tuple[str, str, int], Rules | PageError] = {}
        self._reading: dict[tuple[str, str, int], asyncio.Lock] = {}

    async def require(self, url: httpx.URL) -> float:
        """The seconds that its site wants between two pages; raises `PageError` where this one is not to be read."""
        site = (url.scheme, *endpoint(url))
        async with self._reading.setdefault(site, asyncio.Lock()):
            if site not in self._known:
                self._known[site] = await self._read(url.copy_with(raw_path=b"/robots.txt"))
        known = self._known[site]
        if isinstance(known, PageError):
            raise PageError(known.message, reason=known.reason, hint=known.hint, **known.fields) from known
        return known.require(url)

    async def _read(self, url: httpx.URL) -> Rules | PageError:
        try:
            return Rules.read(await self._fetch(url))
        except PageError as error:
            return _without_rules(error)


def _without_rules(error: PageError) -> Rules | PageError:
    """RFC 9309, section 2.3.1: no file, no rules; a site that fails to give its rules is left alone in this run.

    429 is a failure here: a site that is overrun has not allowed anything.
    """
    status = error.fields.get("status", 0)
    if error.reason == "redirects" or (error.reason == "status" and 400 <= status < 500 and status != 429):
        return Rules.read("")
    if error.reason in {"status", "type", "size"}:
        return PageError(
            "The site's robots.txt cannot be read; until it can, nothing of the site is.",
            reason="robots",
            hint="Try again later.",
            **error.fields,
        )
    return error
