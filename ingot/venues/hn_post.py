"""One post of a "Who is hiring?" thread: who hires, as what, where, and whom to write to. Pure: text in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingot.venues.hn_address import PostAddress, addresses_in
from ingot.venues.hn_company import company_of
from ingot.venues.hn_headline import Field, Kind, fields_of, is_sentence
from ingot.venues.hn_refusal import refusal_of
from ingot.venues.hn_roles import roles_in
from ingot.venues.hn_site import apply_link, host_of, is_named_like, own_site
from ingot.venues.hn_terms import Terms, terms_of
from ingot.venues.hn_text import readable, urls_in

_LONGEST_NAME = 40
_SAYS_WHAT = r"(?:is|are|'re|’re|builds?|makes?|helps?|provides?|develops?|creates?|offers?|enables?|runs?|operates?|gives?|lets?|has|have)"


@dataclass(frozen=True, kw_only=True)
class Post:
    """What a post says. `refusal` says why it offers no job that a letter could be about; empty where it does.

    `text` is the post as readable lines, `about` its sentence about the company, `urls` every link.
    """

    company: str
    roles: tuple[str, ...]
    terms: Terms
    website: str
    apply_url: str
    urls: tuple[str, ...]
    addresses: tuple[PostAddress, ...]
    about: str
    text: str
    refusal: str


def parse_post(comment: str) -> Post:
    """Read a post from its HTML (or plain text). Never fails: what a post does not say stays empty."""
    text = readable(comment)
    lines = text.splitlines()
    fields, below = _headline(lines)
    urls = urls_in(text)
    in_first = [url for field in fields for url in field.urls]
    company = company_of(fields, lines, [*in_first, *urls])
    website = own_site(in_first, urls, company)
    own_host = host_of(website)
    addresses = addresses_in(
        text, hosts={host_of(url) for url in (*in_first, *urls)}, company=company, own_host=own_host
    )
    roles = tuple(role for role in roles_in(fields, below) if not _is_part(role, company))
    return Post(
        company=company,
        roles=roles,
        terms=terms_of(fields, lines),
        website=website or _site_of_mail(addresses, company),
        apply_url=apply_link([*in_first, *urls]),
        urls=tuple(urls),
        addresses=tuple(addresses),
        about=_about(below, company),
        text=text,
        refusal=refusal_of(text, fields, company=company, has_roles=bool(roles)),
    )


def _headline(lines: Sequence[str]) -> tuple[list[Field], list[str]]:
    """The fields of the first line, and the lines below. A name that stands alone takes its fields from the next line."""
    if not lines:
        return [], []
    fields = fields_of(lines[0])
    if len(fields) == 1 and len(lines) > 1 and len(lines[0]) <= _LONGEST_NAME and not is_sentence(lines[0]):
        more = fields_of(lines[1])
        if len(more) > 1 or more[0].kind in {Kind.place, Kind.terms, Kind.role, Kind.url}:
            return [*fields, *more], list(lines[1:])
    return fields, list(lines[1:] if len(fields) > 1 else lines)


def _is_part(role: str, company: str) -> bool:
    """Whether what reads as a role is a piece of the company's name: "Acme Partners"."""
    return len(role) > 2 and role.casefold() in company.casefold()


def _site_of_mail(addresses: Sequence[PostAddress], company: str) -> str:
    """The site at the host of an address that is named like the company."""
    hosts = (address.email.rpartition("@")[2] for address in addresses)
    return next((f"https://{host}/" for host in hosts if is_named_like(host, company)), "")


def _about(lines: Sequence[str], company: str) -> str:
    """The first sentence that says what the company is or does, verbatim, or an empty text."""
    name = (
        rf"(?:{re.escape(company)}|We|At {re.escape(company)},? we|Our (?:mission|product|platform|company|team))"
        if company
        else "We"
    )
    says = re.compile(rf"^{name}\b[^.!?]{{0,40}}?\s?{_SAYS_WHAT}\b", re.IGNORECASE)
    hires = re.compile(
        r"\b(?:hiring|looking for|seeking|search(?:ing)? for|growing|apply|located|based in|offer)\b", re.IGNORECASE
    )
    for line in lines:
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", line):
            if says.match(sentence) and not hires.search(sentence) and 40 <= len(sentence) <= 300:
                return sentence
    return ""
