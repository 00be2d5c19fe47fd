"""The e-mail addresses a company publishes for being written to. Nothing is guessed: each stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ingot.domain.lead import website_host
from ingot.web.page import MAX_ADDRESSES, PageText, addresses_in
from ingot.web.structured import ADDRESS

MAX_QUOTE = 300

# Mailboxes nobody should write an application to: machines, lawyers, the press, abuse desks.
_NEVER = frozenset(
    [
        "noreply",
        "donotreply",
        "reply",
        "mailer",
        "daemon",
        "postmaster",
        "hostmaster",
        "webmaster",
        "abuse",
        "spam",
        "privacy",
        "gdpr",
        "dpo",
        "dsgvo",
        "datenschutz",
        "dataprotection",
        "legal",
        "law",
        "dmca",
        "copyright",
        "compliance",
        "security",
        "cert",
        "psirt",
        "press",
        "presse",
        "media",
        "pr",
        "billing",
        "invoice",
        "invoices",
        "accounting",
        "accounts",
        "payable",
        "receivable",
        "finance",
        "unsubscribe",
        "optout",
        "bounce",
        "bounces",
        "newsletter",
        "notifications",
        "notification",
        "alerts",
        "sales",
        "support",
        "help",
        "helpdesk",
        "service",
    ]
)
_SHARED = frozenset(
    [
        "hello",
        "hi",
        "hey",
        "info",
        "contact",
        "kontakt",
        "hallo",
        "bonjour",
        "hola",
        "mail",
        "email",
        "office",
        "team",
        "founders",
        "founder",
        "jobs",
        "job",
        "careers",
        "career",
        "karriere",
        "hiring",
        "hr",
        "people",
        "talent",
        "recruiting",
        "recruitment",
        "recruiter",
        "work",
        "join",
        "apply",
        "bewerbung",
        "admin",
        "general",
        "inquiries",
        "enquiries",
        "ask",
        "us",
        "welcome",
        "everyone",
        "all",
        "crew",
        "company",
        "studio",
        "partners",
        "partnerships",
        "community",
        "ops",
        "engineering",
        "dev",
        "developers",
        "tech",
        "marketing",
        "growth",
        "feedback",
    ]
)
_SHARED_PART = re.compile(
    r"info|care|service|support|assist|account|sales|team|admin|project|office|redac|redak|student|member|customer|"
    r"client|order|booking|reserv|program|market|career|founder"
)
_PLACEHOLDER_HOSTS = frozenset(
    [
        "example.com",
        "example.org",
        "example.net",
        "email.com",
        "domain.com",
        "yourdomain.com",
        "company.com",
        "yourcompany.com",
        "acme.com",
        "sentry.io",
        "wixpress.com",
        "sentry.wixpress.com",
        "mysite.com",
        "test.com",
    ]
)
_PLACEHOLDER_LOCALS = frozenset(
    ["you", "your", "yourname", "name", "user", "username", "someone", "jane.doe", "john.doe", "janedoe", "johndoe"]
)

_AT = r"(?:\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s*-at-\s*|_AT_)"
_DOT = r"(?:\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+|\.)"
_LOCAL, _LABEL = r"([a-z0-9][a-z0-9._+-]{0,63}?)", r"[a-z0-9][a-z0-9-]{0,62}"
_HOST = rf"({_LABEL}(?:{_DOT}{_LABEL}){{1,4}})(?![\w-])"
_CUE = r"\b(?:e-?mail|mail|contact|write|reach)\b[^\n]{0,30}?(?<![\w.+-])"
# `role at www.shop.example` and `on-site @ shop.example` are not addresses: a bare at needs a word about mail before it.
_OBFUSCATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.+-]){_LOCAL}{_AT}{_HOST}",
        rf"{_CUE}{_LOCAL}\s@\s{_HOST}",
        rf"{_CUE}{_LOCAL}\sat\s({_LABEL}(?:\sdot\s{_LABEL}){{1,4}})(?![\w-])",
    )
)


@dataclass(frozen=True, kw_only=True)
class PublishedAddress:
    """An address, the page it stands on, and the verbatim line. `personal` is False for shared mailboxes (hello@)."""

    email: str
    where_url: str
    quote: str
    personal: bool


def published_addresses(page: PageText, *, site_host: str) -> list[PublishedAddress]:
    """The addresses one may write to: those at the site's own host first, each once, in the page's order.

    An address at another host counts only where the site links it with `mailto:`. Left out are placeholders and
    mailboxes that are not for letters (no-reply, legal, press, billing, abuse).
    """
    own = website_host(site_host)
    linked = {link.href.removeprefix("mailto:").lower() for link in page.links if link.href.startswith("mailto:")}
    found: dict[str, PublishedAddress] = {}
    for line in page.text.splitlines():
        for email, shown in _addresses(line):
            is_own = _same_site(email.rpartition("@")[2], own)
            if email in found or not is_for_letters(email) or not (is_own or email in linked):
                continue
            found[email] = PublishedAddress(
                email=email, where_url=page.url, quote=_around(line, shown), personal=is_personal(email)
            )
    return sorted(found.values(), key=lambda address: not _same_site(address.email.rpartition("@")[2], own))


def is_for_letters(email: str) -> bool:
    """Whether an unexpected letter may go to this mailbox at all."""
    local, _, host = email.lower().rpartition("@")
    words = set(re.split(r"[^a-z]+", local)) | {re.sub(r"[^a-z]", "", local)}
    return not (
        words & _NEVER or host in _PLACEHOLDER_HOSTS or local in _PLACEHOLDER_LOCALS or host.endswith(".example.com")
    )


def is_personal(email: str) -> bool:
    """Whether the mailbox seems to be one person's. Only the local part is looked at."""
    local = email.lower().rpartition("@")[0]
    words = [word for word in re.split(r"[^a-z]+", local) if word]
    return bool(words) and not _SHARED_PART.search(local) and not any(word in _SHARED | _NEVER for word in words)


def _addresses(line: str) -> Iterator[tuple[str, str]]:
    """(address in lower case, the characters that show it) for every address of a line."""
    for address in addresses_in(line):
        yield address.lower(), address
    for pattern in _OBFUSCATED:
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
