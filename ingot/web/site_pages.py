"""Which pages of a company's site are worth reading: judged by their path and by the words of the link that leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

# Best first: who works there, what the company is, whom it looks for, what is new, how to reach it, what it makes.
_PATHS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("team", r"/(?:(?:our|the|meet-the)-)?(?:team|people|founders|leadership)(?=[/.]|$)"),
        ("about", r"/(?:about(?:-us|us)?|company|who-we-are|our-story|story|mission)(?=[/.]|$)"),
        ("careers", r"/(?:careers?|jobs|join(?:-us)?|work-with-us|open-(?:roles|positions)|hiring|karriere)(?=[/.]|$)"),
        ("news", r"/(?:blog|news|newsroom|press|changelog|updates|announcements|journal)(?=[/.]|$)"),
        ("contact", r"/(?:contact(?:-us)?|kontakt|impressum|imprint)(?=[/.]|$)"),
        ("product", r"/(?:product|products|platform|features|how-it-works|solutions?)(?=[/.]|$)"),
    )
)
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{pattern})", re.IGNORECASE))
    for kind, pattern in (
        ("team", r"(?:our |the |meet the )?(?:team|people|founders|leadership)"),
        ("about", r"about(?: us| \w+)?|company|who we are|our story|our mission|über uns"),
        ("careers", r"careers?|jobs|join us|join (?:our|the) team|work with us|open (?:roles|positions)|we(?:'|’)re hiring!?|karriere"),
        ("news", r"blog|news|newsroom|press|changelog|what(?:'|’)s new|updates"),
        ("contact", r"contact(?: us)?|get in touch|kontakt"),
        ("product", r"products?|platform|features|how it works"),
    )
)  # fmt: skip
KINDS = tuple(kind for kind, _ in _PATHS)
# Where most sites keep these, for a home page that links none of them.
_COMMON = {"about": "/about", "team": "/team", "careers": "/careers"}
_DEEPEST_PATH = 3  # /en/company/team; deeper ones are single posts and single jobs


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """A page to read, of what kind it seems to be, and why it was chosen, in words for the user."""

    url: str
    kind: str
    why: str
    is_guess: bool = False


def kind_of(url: str, words: str = "") -> str:
    """The kind that a link promises by its path, else by its words; empty where neither says."""
    path = urlsplit(url).path
    if 0 < len([part for part in path.split("/") if part]) <= _DEEPEST_PATH:
        for kind, pattern in _PATHS:
            if pattern.search(path):
                return kind
    said = " ".join(words.split()).strip(" →›»>")
    return next((kind for kind, pattern in _WORDS if pattern.fullmatch(said)), "")


def ranked(links: Iterable[str], *, home: Sequence[str], most: int) -> list[SitePage]:
    """The best page of each kind first, then second ones, at most `most`; common paths stand in where no link is found.

    `home` are the addresses of the home page itself. The same links always give the same pages in the same order.
    """
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    unsaid: list[str] = []
    for link in dict.fromkeys(links):
        if _same(link, home):
            continue
        kind = kind_of(link)
        (by_kind[kind] if kind else unsaid).append(link)
    for listing in by_kind.values():
        listing.sort(key=lambda link: urlsplit(link).path.count("/"))
    found = [
        SitePage(url=listing[place], kind=kind, why=f"the home page links it, and it looks like the {kind} page")
        for place in range(2)
        for kind, listing in by_kind.items()
        if len(listing) > place
    ]
    found[len(KINDS) :] = [page for page in found[len(KINDS) :] if page.kind in {"team", "about"}]
    found += [SitePage(url=link, kind="other", why="the home page links it by a telling name") for link in unsaid]
    if home and not any(by_kind.values()):
        why = "no link leads to such a page: tried the usual address"
        found += [
            SitePage(url=urljoin(home[0], path), kind=kind, why=why, is_guess=True) for kind, path in _COMMON.items()
        ]
    return found[:most]


def _same(link: str, home: Sequence[str]) -> bool:
    return any(link.rstrip("/") == address.rstrip("/") for address in home)
