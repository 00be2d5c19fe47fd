"""The e-mail addresses a company publishes. Nothing is guessed: each stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ingot.domain.lead import website_host
from ingot.web.mailboxes import is_for_letters, is_personal, is_placeholder
from ingot.web.page import MAX_ADDRESSES, PageText, addresses_in
from ingot.web.structured import ADDRESS, addresses_in_json_ld

__all__ = ["PublishedAddress", "every_address", "is_for_letters", "is_personal", "published_addresses"]

MAX_QUOTE = 300

_AT = r"(?:\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s*-at-\s*|_AT_)"
_DOT = r"(?:\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+|\.)"
_LOCAL, _LABEL = r"([a-z0-9][a-z0-9._+-]{0,63}?)", r"[a-z0-9][a-z0-9-]{0,62}"
_HOST = rf"({_LABEL}(?:{_DOT}{_LABEL}){{1,4}})(?![\w-])"
_CUE = r"\b(?:e-?mail|mail|contact|write|reach)\b[^\n]{0,30}?(?<![\w.+-])"
_BRACKETED_DOT = r"(?:\s*[\[({]\s*(?:dot|\.)\s*[\])}]\s*)"
_SHOUTED = re.compile(
    rf"(?<![\w.+-])([A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}?) AT ((?i:{_LABEL})(?: DOT (?i:{_LABEL})){{1,4}})(?![\w-])"
)
# `role at www.shop.example` and `on-site @ shop.example` are not addresses: a bare at needs a word about mail before it.
_OBFUSCATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.+-]){_LOCAL}{_AT}{_HOST}",
        rf"(?<![\w.+-]){_LOCAL}@({_LABEL}(?:\.{_LABEL}){{0,3}}{_BRACKETED_DOT}{_LABEL})(?![\w-])",
        rf"{_CUE}{_LOCAL}\s@\s{_HOST}",
        rf"{_CUE}{_LOCAL}\sat\s({_LABEL}(?:\sdot\s{_LABEL}){{1,4}})(?![\w-])",
    )
)


@dataclass(frozen=True, kw_only=True)
class PublishedAddress:
    """An address, the page it stands on, and the verbatim line.

    `personal` is False for shared mailboxes (hello@), `for_letters` for those that are for something else (support@).
    """

    email: str
    where_url: str
    quote: str
    personal: bool
    for_letters: bool = True

    def as_entry(self, *, for_letters: bool = True) -> dict[str, str]:
        """As a stored page keeps it; `for_letters` is False where the page itself is for something else."""
        letters = "yes" if self.for_letters and for_letters else "no"
        return {
            "email": self.email,
            "quote": self.quote,
            "personal": "yes" if self.personal else "no",
            "letters": letters,
        }


def published_addresses(page: PageText, *, site_host: str) -> list[PublishedAddress]:
    """The addresses one may write to: those at the site's own host first, each once, in the page's order.

    An address at another host counts only where the site links it with `mailto:` or names it as its own for programs.
    Left out are placeholders and mailboxes that are not for letters (no-reply, legal, press, billing, abuse).
    """
    return [address for address in every_address(page, site_host=site_host) if address.for_letters]


def every_address(page: PageText, *, site_host: str = "", hosted: bool = False) -> list[PublishedAddress]:
    """As `published_addresses`, with the mailboxes that are not for letters too.

    `hosted`: the company's own page on another's site, as in a directory, where all but the addresses of
    `site_host` are the company's.
    """
    own = website_host(site_host)
    linked = {link.href.removeprefix("mailto:").lower() for link in page.links if link.href.startswith("mailto:")}
    linked |= {email.lower() for email in addresses_in_json_ld(page.json_ld)}
    bare_host = site_host.lower().removeprefix("www.")
    found: dict[str, PublishedAddress] = {}
    for line in page.text.splitlines():
        for email, shown in _addresses(line):
            host = email.rpartition("@")[2]
            counts = not _same_site(host, bare_host) if hosted else _same_site(host, own) or email in linked
            if counts and email not in found and not is_placeholder(email):
                found[email] = PublishedAddress(
                    email=email,
                    where_url=page.url,
                    quote=_around(line, shown),
                    personal=is_personal(email),
                    for_letters=is_for_letters(email),
                )
    return _own_first(found.values(), own)


def _own_first(found: Iterable[PublishedAddress], own: str) -> list[PublishedAddress]:
    return sorted(found, key=lambda address: not _same_site(address.email.rpartition("@")[2], own))


def _addresses(line: str) -> Iterator[tuple[str, str]]:
    """(address in lower case, the characters that show it) for every address of a line."""
    for address in addresses_in(line):
        yield address.lower(), address
    for pattern in (*_OBFUSCATED, _SHOUTED):
        for match in islice(pattern.finditer(line), MAX_ADDRESSES):
            host = re.sub(_DOT, ".", match[2], flags=re.IGNORECASE)
            email = f"{match[1]}@{host}".lower()
            if ADDRESS.fullmatch(email):
                yield email, match[0]


def _around(line: str, shown: str) -> str:
    """The line, or where it is long the part of it around what was found."""
    start = max(0, line.index(shown) - MAX_QUOTE // 2)
    return line if len(line) <= MAX_QUOTE else line[start : start + MAX_QUOTE].strip()


def _same_site(host: str, own: str) -> bool:
    return bool(own) and (host == own or host.endswith(f".{own}") or own.endswith(f".{host}"))
