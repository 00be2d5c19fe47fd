"""Questions to the name servers that tell "there is no such record" from "nobody answered"."""

from __future__ import annotations

from typing import Any

from dns.asyncresolver import Resolver
from dns.exception import DNSException
from dns.resolver import NXDOMAIN

from ingot.mail.errors import MailError


class Unanswered(MailError):
    """No name server gave a usable answer (time-out, SERVFAIL, a name that cannot be asked for)."""


async def records(resolver: Resolver, name: str, kind: str) -> list[Any]:
    """The records of a name; empty where it has none or does not exist. Raises `Unanswered`. Time-outs are the resolver's."""
    try:
        return list(await resolver.resolve(f"{name.rstrip('.')}.", kind, raise_on_no_answer=False, search=False))
    except NXDOMAIN:
        return []
    except (DNSException, OSError) as error:
        raise Unanswered("The name servers did not answer.", hint="Try again later.") from error


async def texts(resolver: Resolver, name: str) -> list[str]:
    """The TXT records of a name, each joined from its strings (RFC 7208 3.3). Raises `Unanswered`."""
    return [b"".join(record.strings).decode("utf-8", "replace") for record in await records(resolver, name, "TXT")]


def tags(record: str) -> dict[str, str]:
    """The `name=value` pairs of a DKIM or DMARC record (RFC 6376 3.2): names in lower case, the first of a name counts."""
    found: dict[str, str] = {}
    for pair in record.split(";"):
        name, equals, value = pair.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found
