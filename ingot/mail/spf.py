"""SPF (RFC 7208): whether there is one record, is valid within ten look-ups, and names the host that sends."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dns.asyncresolver import Resolver

from ingot.mail.dns_lookup import texts
from ingot.mail.dns_report import Finding, Record, State
from ingot.mail.provider import provider_of

MOST_LOOKUPS = 10  # RFC 7208 4.6.4

_MECHANISM = re.compile(
    r"([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^\s/]\S*))?((?:/\d+){0,2})", re.IGNORECASE
)
_MODIFIER = re.compile(r"[a-z][\w.-]*=\S*", re.IGNORECASE)
_LOOKS_UP = frozenset({"include", "a", "mx", "ptr", "exists"})


class _Broken(Exception):
    """Caught within this file: what makes a record invalid (permerror), as a sentence."""


@dataclass
class _Walk:
    """One evaluation without a sender: every include and redirect is followed, as for a sender that nothing matches."""

    resolver: Resolver
    lookups: int = 0
    reached: set[str] = field(default_factory=set)
    networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = field(default_factory=list)
    passes_all: bool = False
    has_macros: bool = False

    async def follow(self, domain: str) -> None:
        """Walk the record of a domain that another one names. Raises `_Broken` and `Unanswered`."""
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise _Broken(f"It takes more than {MOST_LOOKUPS} look-ups, so receivers ignore it: remove includes.")
        if "%" in domain:
            self.has_macros = True
            return
        self.reached.add(domain.rstrip(".").lower())
        found = _spf(await texts(self.resolver, domain))
        if len(found) != 1:
            raise _Broken(f"It names {domain}, which has {'no SPF record' if not found else 'several SPF records'}.")
        await self.walk(found[0])

    async def walk(self, record: str) -> None:
        """Count and collect the terms of one record, up to `all`. Raises `_Broken` and `Unanswered`."""
        redirect = ""
        for term in record.split()[1:]:
            if _MODIFIER.fullmatch(term):
                name, _, value = term.partition("=")
                redirect = value if name.lower() == "redirect" else redirect
                continue
            match = _MECHANISM.fullmatch(term)
            if match is None:
                raise _Broken("It holds a term that SPF does not know.")
            sign, name, value = match[1], match[2].lower(), match[3] or ""
            if name == "all":
                self.passes_all = self.passes_all or sign in {"", "+"}
                return
            await self._mechanism(name, value + match[4])
        if redirect:
            await self.follow(redirect)

    async def _mechanism(self, name: str, value: str) -> None:
        if name == "include":
            await self.follow(value)
        elif name in _LOOKS_UP:
            self.lookups += 1
            self.has_macros = self.has_macros or name == "exists" or "%" in value
            if self.lookups > MOST_LOOKUPS:
                raise _Broken(
                    f"It takes more than {MOST_LOOKUPS} look-ups, so receivers ignore it: name addresses instead."
                )
        else:
            try:
                self.networks.append(ipaddress.ip_network(value, strict=False))
            except ValueError:
                raise _Broken("It holds an address that is none.") from None


async def check_spf(domain: str, *, resolver: Resolver, sending_host: str) -> Finding:
    """The finding about the SPF record of a domain. Raises `Unanswered`."""
    found = _spf(await texts(resolver, domain))
    needed = _needed(sending_host)
    if not found:
        record = Record(domain, "TXT", f"v=spf1 {needed} ~all")
        advice = (
            "" if provider_of(sending_host) else " If your provider tells you to include a name of its own, take that."
        )
        return Finding("SPF", State.missing, f"No record says which servers may send for the domain.{advice}", record)
    if len(found) > 1:
        joined = Record(domain, "TXT", _with(found, needed=""))
        return Finding("SPF", State.wrong, "There are several records, so receivers ignore all: leave one.", joined)
    return await _check_one(domain, found[0], resolver=resolver, sending_host=sending_host)


async def _check_one(domain: str, record: str, *, resolver: Resolver, sending_host: str) -> Finding:
    walk = _Walk(resolver)
    closed = Record(domain, "TXT", _with([record], needed=""))
    if _is_open(record):
        return Finding("SPF", State.wrong, "It ends in +all: anybody may send in your name.", closed)
    try:
        await walk.walk(record)
    except _Broken as broken:
        return Finding("SPF", State.wrong, str(broken))
    if walk.passes_all:
        return Finding("SPF", State.wrong, "A record that it includes ends in +all: anybody may send in your name.")
    provider = provider_of(sending_host)
    if provider and not await _is_named(provider.include, walk, resolver):
        record_with = Record(domain, "TXT", _with([record], needed=f"include:{provider.include}"))
        return Finding("SPF", State.wrong, "It does not name the provider that sends your letters.", record_with)
    return Finding("SPF", State.ok, f"One record, {walk.lookups} of {MOST_LOOKUPS} look-ups.")


async def _is_named(include: str, walk: _Walk, resolver: Resolver) -> bool:
    """Whether a walked record lets the provider send: by its name, by its addresses, or by a macro, which cannot be told."""
    if include in walk.reached or walk.has_macros:
        return True
    theirs = _Walk(resolver)
    try:
        await theirs.follow(include)
    except _Broken:  # the provider's own record is at fault; nothing the user can add would help
        return True
    return any(mine.overlaps(its) for mine in walk.networks for its in theirs.networks)


def _needed(sending_host: str) -> str:
    provider = provider_of(sending_host)
    return f"include:{provider.include}" if provider else f"a:{sending_host}" if sending_host else "mx"


def _spf(found: Sequence[str]) -> list[str]:
    return [text for text in found if re.match(r"v=spf1(?: |$)", text, re.IGNORECASE)]


def _is_open(record: str) -> bool:
    return any(term.lower() in {"all", "+all"} for term in record.split())


def _with(found: Sequence[str], *, needed: str) -> str:
    """One record of all the terms, and the one that is needed; whoever is not named softly fails."""
    terms = dict.fromkeys(term for record in found for term in record.split()[1:])
    last = [term for term in terms if re.fullmatch(r"[~-]all", term, re.IGNORECASE)]
    kept = [term for term in terms if not re.fullmatch(r"[+?~-]?all", term, re.IGNORECASE)]
    ending = [] if any(term.lower().startswith("redirect=") for term in kept) else [last[0] if last else "~all"]
    return " ".join(["v=spf1", *([needed] if needed else []), *kept, *ending])
