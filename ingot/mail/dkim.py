"""DKIM keys (RFC 6376): whether a domain publishes a key for the signature of its letters."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Sequence
from enum import Enum

from dns.asyncresolver import Resolver

from ingot.mail.dns_lookup import Unanswered, tags, texts
from ingot.mail.dns_report import Finding, Record, State
from ingot.mail.provider import provider_of

COMMON_SELECTORS = tuple(
    "google selector1 selector2 default k1 k2 s1 s2 dkim mail fm1 fm2 fm3 protonmail protonmail2 protonmail3 key1 sig1"
    " zoho zmail mbo0001 smtp 2048".split()
)

_SHORTEST_RSA = 140  # bytes of the encoded key: 1,024 bits take 162 and may not be less (RFC 8301), 768 take 126


class _Key(Enum):
    valid = "valid"
    absent = "absent"
    revoked = "revoked"
    broken = "broken"
    unanswered = "unanswered"


async def check_dkim(domain: str, *, resolver: Resolver, selectors: Sequence[str], sending_host: str) -> Finding:
    """The finding about the keys of a domain.

    Known `selectors` (from a letter that really went out) decide alone. Without them only a key that is found proves
    something: any name may be a selector, so absence under the common ones is `unknown`.
    """
    asked = [selector.strip().lower() for selector in selectors if selector.strip()] or list(COMMON_SELECTORS)
    found = dict(zip(asked, await asyncio.gather(*(_key(resolver, each, domain) for each in asked)), strict=True))
    valid = [selector for selector, key in found.items() if key is _Key.valid]
    if valid:
        return Finding("DKIM", State.ok, f"There is a key under the selector {valid[0]}.")
    if not selectors:
        return Finding(
            "DKIM",
            State.unknown,
            "No key under the usual selectors; a letter to yourself tells which one signs: ingot mail test.",
        )
    if _Key.unanswered in found.values():
        return Finding("DKIM", State.unknown, "The name servers did not answer.")
    record = _record(domain, asked[0], sending_host)
    if _Key.revoked in found.values():
        return Finding("DKIM", State.wrong, "The key that your letters are signed with is revoked (empty p=).", record)
    if _Key.broken in found.values():
        return Finding(
            "DKIM", State.wrong, "The key that your letters are signed with is invalid or too short.", record
        )
    return Finding("DKIM", State.missing, "There is no key for the signature of your letters.", record)


async def _key(resolver: Resolver, selector: str, domain: str) -> _Key:
    try:
        found = await texts(resolver, f"{selector}._domainkey.{domain}")
    except Unanswered:
        return _Key.unanswered
    keys = [_judged(tags(text)) for text in found if "p" in tags(text)]
    return next((kind for kind in (_Key.valid, _Key.broken, _Key.revoked) if kind in keys), _Key.absent)


def _judged(record: dict[str, str]) -> _Key:
    """One key record (RFC 6376 3.6.1)."""
    encoded = "".join(record["p"].split())
    if not encoded:
        return _Key.revoked
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return _Key.broken
    kind = record.get("k", "rsa").lower()
    fits = len(key) >= _SHORTEST_RSA if kind == "rsa" else kind == "ed25519" and len(key) == 32
    return _Key.valid if fits and record.get("v", "DKIM1") == "DKIM1" else _Key.broken


def _record(domain: str, selector: str, sending_host: str) -> Record:
    """The record to add. Only the provider knows the key, unless it publishes the key itself and is pointed to."""
    name, provider = f"{selector}._domainkey.{domain}", provider_of(sending_host)
    if provider and provider.dkim:
        return Record(name, "CNAME", provider.dkim.format(selector=selector, domain=domain))
    return Record(name, "TXT", "v=DKIM1; k=rsa; p=<the key that your mail provider shows you>")
