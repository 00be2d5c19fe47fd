"""How companies make addresses of names: guesses, and how much each is worth. A guess is never an address to write to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from ingot.domain.lead import FREE_MAIL, normal_email, website_host
from ingot.domain.person_name import NameParts, name_parts

SMALL_COMPANY = 30

# From the surest to the least sure, as assumed where the host has shown nothing: ranks, not measured shares.
_ASSUMED = {
    "first": 0.40,
    "first.last": 0.35,
    "flast": 0.25,
    "firstlast": 0.15,
    "firstl": 0.10,
    "first_last": 0.08,
    "f.last": 0.06,
    "last": 0.06,
    "first-last": 0.04,
    "last.first": 0.04,
}
_LARGE = {"first": 0.15, "first.last": 0.45, "flast": 0.30}
_SHOWN, _SHOWN_TWICE, _OTHER_THAN_SHOWN = 0.75, 0.85, 0.3
_AFTER_BOUNCE = 0.25

_MAKERS: dict[str, Callable[[str, str], str]] = {
    "first": lambda first, _: first,
    "first.last": lambda first, last: f"{first}.{last}",
    "flast": lambda first, last: f"{first[0]}{last}",
    "firstlast": lambda first, last: f"{first}{last}",
    "firstl": lambda first, last: f"{first}{last[0]}",
    "first_last": lambda first, last: f"{first}_{last}",
    "f.last": lambda first, last: f"{first[0]}.{last}",
    "last": lambda _, last: last,
    "first-last": lambda first, last: f"{first}-{last}",
    "last.first": lambda first, last: f"{last}.{first}",
}
_NOT_MAIL = frozenset("www app get try go docs blog en home web about my join jobs careers".split())


@dataclass(frozen=True, kw_only=True)
class Guess:
    """An address that somebody may have, the pattern it follows, and 0-1 how likely it is."""

    address: str
    pattern: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class KnownAddress:
    """Whose address it is, as far as that is known."""

    address: str
    person_name: str = ""


def guesses(
    name: str,
    host: str,
    *,
    team_size: int | None = None,
    shown: Iterable[KnownAddress] = (),
    bounced: Iterable[KnownAddress] = (),
) -> list[Guess]:
    """The addresses that this person may have at the company's host, the likeliest first.

    `shown` are published addresses of persons, whose pattern raises guesses alike at the same host and lowers the
    others; `bounced` are addresses there that do not exist: each lowers its pattern, and itself is never guessed.
    Empty for hosts where anybody may have a mailbox, and for names that addresses do not spell.
    """
    parts = name_parts(name, host=host) if host and host not in FREE_MAIL else None
    if parts is None:
        return []
    dead = list(bounced)
    gone = {normal_email(item.address) for item in dead}
    said, failed = patterns_of(shown, host), patterns_of(dead, host)
    assumed = _ASSUMED if team_size is None or team_size <= SMALL_COMPANY else _ASSUMED | _LARGE
    found: dict[str, Guess] = {}
    for pattern, base in assumed.items():
        for rank, local in enumerate(_locals(pattern, parts)):
            address = f"{local}@{host}"
            if normal_email(address) not in gone:
                worth = _worth(base, pattern, said=said, failed=failed) / 2**rank
                found.setdefault(address, Guess(address=address, pattern=pattern, confidence=round(worth, 3)))
    return sorted(found.values(), key=lambda guess: -guess.confidence)


def pattern_of(name: str, address: str) -> str:
    """The pattern by which the address is made of the name; empty where it is not, or nothing tells."""
    local, _, host = normal_email(address).rpartition("@")
    parts = name_parts(name, host=host)
    return next((p for p in _MAKERS if parts and local in _locals(p, parts)), "")


def patterns_of(known: Iterable[KnownAddress], host: str) -> dict[str, int]:
    """How many different addresses at the host show each pattern."""
    addresses = {normal_email(item.address): item.person_name for item in known}
    found: dict[str, int] = {}
    for address, name in addresses.items():
        pattern = pattern_of(name, address) if address.endswith(f"@{host}") else ""
        if pattern:
            found[pattern] = found.get(pattern, 0) + 1
    return found


def lowered(confidence: float, pattern: str, failed: Mapping[str, int]) -> float:
    """What an address of this pattern is worth after letters to others of its kind, at its host, came back."""
    return round(confidence * _AFTER_BOUNCE ** failed.get(pattern, 0), 3)


def mail_host(website: str, published: Collection[str]) -> str:
    """The host at which the company's people have their mailboxes; empty where none is known.

    That of its site where an address there is published, or where none is; another one where all its published
    addresses are there ("acme.co" for the site acme.ai). Free mail and hosts of many companies never are.
    """
    site = website_host(website)
    labels = site.split(".")
    if len(labels) > 2 and labels[0] in _NOT_MAIL:
        site = ".".join(labels[1:])
    hosts = {website_host(address.rpartition("@")[2].lower()) for address in published} - FREE_MAIL - {""}
    if len(hosts) == 1 and site not in hosts:
        return hosts.pop()
    return "" if site in FREE_MAIL else site


def _worth(base: float, pattern: str, *, said: Mapping[str, int], failed: Mapping[str, int]) -> float:
    if said.get(pattern):
        base = _SHOWN if said[pattern] == 1 else _SHOWN_TWICE
    elif said:
        base *= _OTHER_THAN_SHOWN
    return lowered(base, pattern, failed)


def _locals(pattern: str, parts: NameParts) -> list[str]:
    """The local parts of the pattern, the usual spelling first: without hyphens and with the surname's particles."""
    if not parts.last and pattern != "first":
        return []
    make = _MAKERS[pattern]
    spellings = [
        make(parts.first.replace("-", ""), parts.last.replace("-", "")),
        make(parts.first, parts.last),
        make(parts.first.replace("-", ""), parts.core.replace("-", "")),
    ]
    return list(dict.fromkeys(spellings))
