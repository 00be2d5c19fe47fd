"""Who works at a company, as its own page says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from ingot.domain.lead import website_host
from ingot.web.charset import decode
from ingot.web.contacts import is_for_letters
from ingot.web.page import BOILERPLATE, PageText, blocks, drop, parse, prepare
from ingot.web.recipient import choose_recipient
from ingot.web.roles import is_name, split_role
from ingot.web.structured import PublishedPerson, people_in_json_ld, people_in_page_data

__all__ = ["PublishedPerson", "choose_recipient", "find_people"]

_TEAM = re.compile(
    r"\b(?:team|founders?|founding|leadership|people|who we are|about us|meet (?:us|the)|management|wir|équipe|equipo)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"testimonial|customer|client|review|case stud|(?:are|people|they|users?|teams?) say|loved by|trusted|advis[oe]r|"
    r"investor|backed by|partner|press|author|blog|alumni|speaker|references|kunden",
    re.IGNORECASE,
)
_TEAM_PATH = re.compile(
    r"/(?:about|about-us|team|our-team|people|company|founders|leadership|who-we-are)/?$", re.IGNORECASE
)
# Where customers, authors and investors are named: never a source of team members.
_OTHERS_ELEMENTS = (
    'blockquote, [class*="testimonial" i], [id*="testimonial" i], [class*="review" i], [class*="quote" i], '
    '[class*="customer" i], [id*="customer" i], [class*="advisor" i], [class*="investor" i], [class*="author" i]'
)
_ONE_LINE = re.compile(r"(?P<name>[^,|()–—:•·]{4,50}?)\s*(?:,|\s[-–—|•·]\s|\||–|—|\()\s*(?P<role>[^()]{2,400})\)?$")
SHORTEST_BACKGROUND = 40  # characters; shorter blocks are buttons and labels
_HEADING = "\x01"  # before the level of a heading; no parsed page holds it


@dataclass(frozen=True, kw_only=True)
class _Block:
    text: str
    level: int  # 1-6 for a heading, 0 for other text


def find_people(page: PageText, html: bytes) -> list[PublishedPerson]:
    """The company's people on this page, each name once, every quote verbatim from `page.text`.

    From data for machines first, then from team sections. Customers, authors and investors are left out, and so is
    whoever is named outside a section about the team: a missing name costs less than a wrong one.
    """
    tree = parse(decode(html))
    machine = people_in_json_ld(page.json_ld) + people_in_page_data(tree)
    found: dict[str, PublishedPerson] = {}
    for person in (*machine, *_in_team_sections(tree, page)):
        if person.quote in page.text:
            found.setdefault(person.name.casefold(), person)
    return [_with_email(person, page, found.values()) for person in found.values()]


def _in_team_sections(tree: LexborHTMLParser, page: PageText) -> Iterator[PublishedPerson]:
    listing = list(_team_blocks(_headed_blocks(tree), everywhere=bool(_TEAM_PATH.search(page.url.split("?")[0]))))
    own = max(website_host(page.url).split(".")[:-1], key=len, default="")
    for number, block in enumerate(listing):
        following = [later.text for later in listing[number + 1 : number + 3]] + ["", ""]
        if is_name(block.text):
            name, (role, background), lines, after = block.text, split_role(following[0], own=own), 2, following[1]
        elif (match := _ONE_LINE.match(block.text)) and is_name(match["name"]):
            name, (role, background), lines, after = match["name"], split_role(match["role"], own=own), 1, following[0]
        else:
            continue
        if role:
            quote = "\n".join([block.text, following[0]][:lines])
            if not background and len(after) > SHORTEST_BACKGROUND and f"{quote}\n{after}" in page.text:
                background, quote = after, f"{quote}\n{after}"
            yield PublishedPerson(name=name, role=role, background=background, quote=quote)


def _headed_blocks(tree: LexborHTMLParser) -> list[_Block]:
    prepare(tree)
    drop(tree, f"noscript, {BOILERPLATE}, {_OTHERS_ELEMENTS}")
    for level in range(1, 7):
        for node in tree.css(f"h{level}"):
            node.replace_with(f"\x1f{_HEADING}{level}{' '.join(node.text(separator='').split())}\x1f")
    return [
        _Block(text=text, level=0)
        if not text.startswith(_HEADING)
        else _Block(text=text[2:].strip(), level=int(text[1]))
        for text in blocks(tree.body)
    ]


def _team_blocks(listing: Iterable[_Block], *, everywhere: bool) -> Iterator[_Block]:
    """The blocks in sections about the team: from a heading that says so to the next one of its rank."""
    inside, rank = everywhere, 7
    for block in listing:
        if block.level and not is_name(block.text) and not _ONE_LINE.fullmatch(block.text):
            if _OTHERS.search(block.text):
                inside, rank = False, block.level
            elif _TEAM.search(block.text):
                inside, rank = True, block.level
            elif block.level <= rank:
                inside, rank = everywhere, 7
        elif inside:
            yield block


def _with_email(person: PublishedPerson, page: PageText, everybody: Iterable[PublishedPerson]) -> PublishedPerson:
    """The person with the address on this page that bears their name and nobody else's."""
    fitting = [email for email in page.emails if _bears_name(email, person.name) and is_for_letters(email)]
    shared = [
        other for other in everybody if other.name != person.name and any(_bears_name(e, other.name) for e in fitting)
    ]
    return replace(person, email=fitting[0]) if not person.email and len(fitting) == 1 and not shared else person


def _bears_name(email: str, name: str) -> bool:
    words = [re.sub(r"[^a-z]", "", word) for word in name.casefold().split()]
    first, last = words[0], words[-1]
    local = re.sub(r"[^a-z]", "", email.rpartition("@")[0].casefold().split("+")[0])
    return bool(first and last) and local in {first, last, first + last, last + first, first[0] + last, first + last[0]}
