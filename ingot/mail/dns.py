"""The records that decide whether letters arrive: SPF, DKIM and DMARC of the sender, MX of the recipient.

An unanswered question is `unknown`, never `missing`: a slow name server must not look like a misconfigured domain.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Sequence

from dns.asyncresolver import Resolver

from ingot.mail.address import wire_domain
from ingot.mail.dkim import check_dkim
from ingot.mail.dns_lookup import Unanswered, records, tags, texts
from ingot.mail.dns_report import DomainReport, Finding, Kind, MxReport, Record, State, blocking
from ingot.mail.errors import UnsafeHeader
from ingot.mail.provider import is_shared
from ingot.mail.spf import check_spf

__all__ = ["DomainReport", "Finding", "MxReport", "Record", "State", "blocking", "check_domain", "mx_of"]

_POLICIES = frozenset({"none", "quarantine", "reject"})


async def check_domain(
    address: str, *, resolver: Resolver, dkim_selectors: Sequence[str] = (), sending_host: str = ""
) -> DomainReport:
    """The findings about the domain of a sender's address. Raises `UnsafeHeader` for what is no domain.

    `dkim_selectors` are those of letters that really went out, `sending_host` is the submission server.
    The patience is the resolver's: its `lifetime` holds for each single question.
    """
    domain = wire_domain(address.rpartition("@")[2])
    if is_shared(domain):
        sentence = "The records belong to your mail provider."
        return DomainReport(domain, tuple(Finding(kind, State.managed, sentence) for kind in ("SPF", "DKIM", "DMARC")))
    findings = await asyncio.gather(
        _answered("SPF", check_spf(domain, resolver=resolver, sending_host=sending_host)),
        check_dkim(domain, resolver=resolver, selectors=dkim_selectors, sending_host=sending_host),
        _answered("DMARC", _check_dmarc(domain, resolver)),
    )
    return DomainReport(domain, tuple(findings))


async def mx_of(domain: str, *, resolver: Resolver) -> MxReport:
    """Whether the domain takes mail: MX records, or an address in their place (RFC 5321 5.1); a null MX refuses (RFC 7505)."""
    try:
        name = wire_domain(domain)
    except UnsafeHeader:
        return MxReport(domain, has_mail=False, sentence="This is no domain.")
    try:
        found = sorted(await records(resolver, name, "MX"), key=lambda record: record.preference)
        hosts = tuple(str(record.exchange).rstrip(".").lower() for record in found)
        if any(hosts):
            return MxReport(name, has_mail=True, sentence="It has mail servers.", hosts=tuple(filter(None, hosts)))
        if hosts:
            return MxReport(name, has_mail=False, sentence="It says that it takes no mail (null MX).")
        for kind in ("A", "AAAA"):
            if await records(resolver, name, kind):
                return MxReport(
                    name, has_mail=True, sentence="It has no MX; its own address takes the mail.", hosts=(name,)
                )
    except Unanswered:
        return MxReport(name, has_mail=None, sentence="The name servers did not answer.")
    return MxReport(name, has_mail=False, sentence="It has neither mail servers nor an address.")


async def _answered(kind: Kind, question: Awaitable[Finding]) -> Finding:
    try:
        return await question
    except Unanswered:
        return Finding(kind, State.unknown, "The name servers did not answer.")


async def _check_dmarc(domain: str, resolver: Resolver) -> Finding:
    """The policy of the domain or of the closest one above it that has one (RFC 7489 6.6.3, without a list of suffixes)."""
    labels = domain.split(".")
    for number in range(len(labels) - 1):
        at = ".".join(labels[number:])
        found = [text for text in await texts(resolver, f"_dmarc.{at}") if re.match(r"v\s*=\s*DMARC1\s*(?:;|$)", text)]
        if found:
            return _judged(domain, at, found)
    return Finding(
        "DMARC", State.missing, "No policy says what to do with letters that fail SPF and DKIM.", _least_policy(domain)
    )


def _judged(domain: str, at: str, found: Sequence[str]) -> Finding:
    record = tags(found[0])
    policy = record.get("p", "").lower()
    if len(found) > 1:
        return Finding(
            "DMARC",
            State.wrong,
            "There are several records, so receivers ignore all: leave one.",
            Record(f"_dmarc.{at}", "TXT", found[0]),
        )
    if policy not in _POLICIES:
        sentence = "It has no valid policy (p=none, p=quarantine or p=reject)."
        return Finding("DMARC", State.wrong, sentence, _least_policy(at))
    if at != domain:
        below = record.get("sp", policy).lower()
        policy = below if below in _POLICIES else policy
    strict = [name for name, tag in (("DKIM", "adkim"), ("SPF", "aspf")) if record.get(tag, "r").lower() == "s"]
    alignment = f"{' and '.join(strict)} must match the domain exactly" if strict else "subdomains count as the domain"
    origin = "" if at == domain else f", taken from {at}"
    return Finding("DMARC", State.ok, f"The policy is {policy}{origin}; {alignment}.")


def _least_policy(domain: str) -> Record:
    return Record(f"_dmarc.{domain}", "TXT", "v=DMARC1; p=none")
