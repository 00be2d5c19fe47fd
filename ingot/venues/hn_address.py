"""The e-mail addresses in a post, plain and disguised. None is guessed: its letters stand in the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ingot.venues.hn_text import without_urls
from ingot.venues.hn_words import NOT_MAILBOXES, PLACEHOLDER_HOSTS, PLACEHOLDER_LOCALS, SHARED_MAILBOXES

MAX_QUOTE = 300

_DOT = r"(?: ?[\[({<] ?(?:dot|\.) ?[\])}>] ?| ?[-_]dot[-_] ?| dot |\.)"
_AT = r"(?: ?[\[({<]{1,2} ?(?:at|@) ?[\])}>]{1,2} ?| ?[-_.]at[-_.] ?| ?@ ?| at )"
_PART = r"[a-z0-9][a-z0-9_+%-]{0,40}"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?"
_BEFORE = r"(?<![\w.+%@/-])"
_ADDRESS = re.compile(
    rf"{_BEFORE}(?P<local>{_PART}(?:{_DOT}{_PART}){{0,3}})(?P<at>{_AT})"
    rf"(?P<host>(?:(?P<word>[a-z]{{2,20}}) (?=[a-z]{{2,20}} dot ))?{_LABEL}(?:{_DOT}{_LABEL}){{1,4}})(?![\w@-])(?!:[\w/])",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"{_BEFORE}(?P<local>{_PART}(?:{_DOT}{_PART}){{0,3}}){_AT}[\[({{<]{{0,2}}"
    r"(?:(?:our|the|this|my|the same|the above|company|our company)['\w -]{0,16})?"
    rf"(?P<what>domain|website|web site|site|url|company ?name|company)(?: name)?[\])}}>]{{0,2}}(?P<tld>{_DOT}[a-z]{{2,12}}| \.[a-z]{{2,12}})?(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"{_BEFORE}(?P<local>{_PART}(?:\.{_PART}){{0,3}})@(?=[\s),.;!\]]|$)", re.IGNORECASE)
_PROVIDER = re.compile(
    rf"{_BEFORE}(?P<local>{_PART}(?:{_DOT}{_PART}){{0,3}})(?P<at>{_AT})(?P<host>gmail|hotmail)(?! ?[\[({{<]|\.\w| dot)\b",
    re.IGNORECASE,
)
# A bare "at" makes an address only where the sentence is about writing.
_CUE = re.compile(
    r"\b(?:e-?mails?|mails?|contact|write|reach|ping|drop|send|questions?|resumes?|résumés?|cvs?|touch|connect|apply)\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"(?:^|[:>~=(,;|-]|\b(?:at|to|me|us|e-?mail|mail|directly|direct|via|or|and|cc|is|i['’]?m|i am|ping|contact|address|by))\s*[\"'“(<\[]?$",
    re.IGNORECASE,
)
_WRITE_TO = re.compile(r"\b(?:e-?mail|mail)(?: us| me)?(?: at)?[:>-]? ?$", re.IGNORECASE)
_FILE_ENDINGS = frozenset("js html htm pdf php css jsx png jpg jpeg gif svg txt json xml csv exe".split())


@dataclass(frozen=True, kw_only=True)
class PostAddress:
    """An address in lower case and the verbatim piece of the post that shows it, at most 300 characters."""

    email: str
    quote: str


def addresses_in(text: str, *, hosts: Collection[str] = (), company: str = "", own_host: str = "") -> list[PostAddress]:
    """The addresses of a post's readable text, each once, in its order.

    `hosts` are the hosts of the post's links, `own_host` is the company's, for "jobs@ our domain".
    """
    found: dict[str, PostAddress] = {}
    for line in text.splitlines():
        plain = without_urls(line, filler="\0")
        own = own_host or next((email.rpartition("@")[2] for email in found), "")
        spans = sorted(_found(plain, hosts=hosts, company=company, own_host=own))
        for start, end, email in spans:
            found.setdefault(email, PostAddress(email=email, quote=_around(line, start, end)))
    return list(found.values())


def _found(line: str, *, hosts: Collection[str], company: str, own_host: str) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for match, host in _candidates(line, hosts=hosts, company=company, own_host=own_host):
        email = f"{_joined(match['local'])}@{host}".lower()
        is_free = all(match.end() <= start or match.start() >= end for start, end in taken)
        if is_free and _is_one(email):
            taken.append(match.span())
            yield (*match.span(), email)


def _candidates(
    line: str, *, hosts: Collection[str], company: str, own_host: str
) -> Iterator[tuple[re.Match[str], str]]:
    """(match, host) of what reads as an address, the surest form first."""
    for match in _overlapping(_ADDRESS, line):
        host = _host(match, hosts, company)
        if host and _is_meant(line, match):
            yield match, host
    for match in _overlapping(_PROVIDER, line):
        if match["at"].strip().lower() != "at" or (_CUE.search(line[: match.start()]) and _is_meant(line, match)):
            yield match, f"{match['host']}.com"
    for match in _overlapping(_OWN, line):
        if _is_meant_own(line, match) and (host := _own(match, company, own_host)):
            yield match, host
    if own_host and _CUE.search(line):
        for match in _BARE.finditer(line):
            yield match, own_host


def _overlapping(pattern: re.Pattern[str], line: str) -> Iterator[re.Match[str]]:
    """Every match from every word on: "reach me at sam at ..." begins at "sam" as well as at "me"."""
    position = 0
    while match := pattern.search(line, position):
        yield match
        position = match.end("local") if "@" in match[0] else match.start() + 1


def _host(match: re.Match[str], hosts: Collection[str], company: str) -> str:
    """The host that is written, or nothing; two words before "dot com" count where a link or the name joins them so."""
    host = _joined(match["host"]).replace(" ", "").lower()
    if match["word"] is None:
        return _shortened(host)
    known = {*hosts, f"{_squashed(company)}.{host.rpartition('.')[2]}"}
    return host if host in known else ""


def _shortened(host: str) -> str:
    """`acme.com.Thanks` was the end of a sentence."""
    labels = host.split(".")
    while len(labels) > 2 and labels[-2] in {"com", "org", "net", "io", "ai"} and len(labels[-1]) > 2:
        labels.pop()
    return ".".join(labels)


def _is_meant_own(line: str, match: re.Match[str]) -> bool:
    """Whether "x at our domain" is an address: "success at our company" is none."""
    says_domain = "domain" in match["what"].lower() or match["tld"] is not None
    is_written = "@" in match[0] or re.search(r"[\[({<]", match[0]) is not None
    return (
        match["local"].lower() not in NOT_MAILBOXES
        and (says_domain or is_written)
        and (is_written or _CUE.search(line) is not None)
    )


def _own(match: re.Match[str], company: str, own_host: str) -> str:
    """The company's own host; with an ending ("<company name> dot com") the one of that ending."""
    if match["tld"] is None:
        return own_host if "name" not in match["what"].lower() else ""
    ending = re.sub(r"[^a-z]|dot", "", match["tld"].lower())
    if own_host.endswith(f".{ending}"):
        return own_host
    return f"{_squashed(company)}.{ending}" if company and company.isascii() else ""


def _is_meant(line: str, match: re.Match[str]) -> bool:
    """Whether the words around make this an address and not "a developer at shop.example"."""
    at, local, before = match["at"], match["local"].lower(), line[: match.start()]
    if at == "@" or re.search(r"[\[({<_.-]", at):
        return True
    is_mailbox = local in SHARED_MAILBOXES
    if local in NOT_MAILBOXES:
        return is_mailbox and _WRITE_TO.search(before) is not None
    if not before.strip():
        rest = line[match.end() :].strip(" .,;|")
        return "@" in at or ((is_mailbox or " dot " in match[0].lower()) and not rest and match["local"].islower())
    if "@" in at:
        return is_mailbox or bool(re.search(r"[._+\d]", local) or _CUE.search(before))
    # "Questions? sam at acme dot com": a dot in words leaves no doubt where a sentence begins with the address.
    begins = re.search(r"[?.!]\s*$", before) and re.search(r"\Wdot\W", match["host"], re.IGNORECASE)
    return bool(_CUE.search(line) and (begins or _LEADS_IN.search(before)))


def _is_one(email: str) -> bool:
    local, _, host = email.rpartition("@")
    ending = host.rpartition(".")[2]
    return (
        len(email) <= 254
        and not host.startswith("www.")
        and re.fullmatch(r"[a-z]{2,18}", ending) is not None
        and ending not in _FILE_ENDINGS
        and host not in PLACEHOLDER_HOSTS
        and not re.search(r"(?:^|\.)(?:example|invalid|test|localhost)(?:\.\w+)?$", host)
        and local not in PLACEHOLDER_LOCALS
        and not re.search(r"\.\.|^[.-]|[.-]$", local)
    )


def _joined(disguised: str) -> str:
    return re.sub(_DOT, ".", disguised, flags=re.IGNORECASE)


def _squashed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _around(line: str, start: int, end: int) -> str:
    """The line, or where it is long whole words of it around what was found."""
    if len(line) <= MAX_QUOTE:
        return line
    room = max(0, MAX_QUOTE - (end - start))
    left = max(0, start - room // 2)
    piece = line[left : min(len(line), end + room // 2)]
    head = piece[: start - left].partition(" ")[2] if left else piece[: start - left]
    tail = piece[start - left + (end - start) :]
    if end + room // 2 < len(line):
        tail = tail.rpartition(" ")[0]
    return (head + line[start:end] + tail).strip()
