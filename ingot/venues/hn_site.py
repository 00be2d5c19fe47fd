"""Which of a post's links is the company's own site, and which is where to apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from ingot.venues.hn_words import SHARED_HOSTS

_SECOND_LEVEL = frozenset("co com org net ac gov edu".split())
_JOB_HOST = re.compile(
    r"^(?:www|jobs?|careers?|work|hire|hiring|apply|boards|join|talent|recruiting|engineering|blog|about|corporate)\."
)
_JOB_PATH = re.compile(
    r"job|career|apply|hiring|position|opening|join|work-?(?:with|at|for)|vacanc|recruit", re.IGNORECASE
)


def host_of(url: str) -> str:
    """The host of an address, without `www.`; an empty text where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.").rstrip(".")


def owner_of(host: str) -> str:
    """The registered name of a host: `jobs.acme.co.uk` -> `acme`."""
    labels = host.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2:
        labels.pop()
    return labels[-2] if len(labels) > 1 else host


def _registered(host: str) -> str:
    labels = host.split(".")
    return ".".join(labels[labels.index(owner_of(host)) :]) if len(labels) > 2 else host


def is_shared(host: str) -> bool:
    """Whether many companies have pages at this host."""
    labels = host.split(".")
    return any(".".join(labels[number:]) in SHARED_HOSTS for number in range(len(labels) - 1))


def is_named_like(host: str, company: str) -> bool:
    """Whether the registered name of a host is the company's, or the greater part of it."""
    owner, name = (re.sub(r"[^a-z0-9]", "", text.lower()) for text in (owner_of(host), company))
    first = re.sub(r"[^a-z0-9]", "", (company.lower().split() or [""])[0])
    if min(len(owner), len(name)) < 2:
        return False
    return owner == name or (len(name) > 3 and name in owner) or (len(owner) > 3 and owner in name) or first == owner


def own_site(first_line: Sequence[str], everywhere: Iterable[str], company: str) -> str:
    """`https://acme.example/`, or an empty text. A link below the first line must be named like the company."""
    links = [*first_line, *everywhere]
    named = [url for url in links if is_named_like(host_of(url), company)]
    given = [url for url in first_line if not is_shared(host_of(url))]
    chosen = next(iter([*named, *given]), "")
    if not host_of(chosen):
        return ""
    host = host_of(chosen)
    bare = _registered(host) if chosen in named else _JOB_HOST.sub("", host)
    scheme = "http" if chosen.lower().startswith("http://") else "https"
    keeps_www = bare == host and re.match(r"(?:https?://)?www\.", chosen, re.IGNORECASE)
    return f"{scheme}://{'www.' if keeps_www else ''}{bare if '.' in bare else host}/"


def apply_link(links: Iterable[str]) -> str:
    """The first link that is a page about jobs, or an empty text."""
    return next((url for url in links if _JOB_PATH.search(url) or _is_board(host_of(url))), "")


def _is_board(host: str) -> bool:
    return bool(
        re.search(
            r"(?:^|\.)(?:greenhouse\.io|lever\.co|grnh\.se|smrtr\.io|ashbyhq\.com|breezy\.hr|bamboohr\.com|angel\.co)$",
            host,
        )
    )
