"""People whom a page names in data for machines: schema.org JSON-LD, and the page data of Y Combinator's directory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ingot.web.yc_page import yc_page_of

ADDRESS = re.compile(
    r"(?<![\w.+'%-])[a-z0-9][a-z0-9._%+'-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)
MAX_NODES = 2000
MAX_BACKGROUND = 1500
MAX_PROFILES = 5

# schema.org property that ties a person to the organisation -> the role it states by itself.
_TIES = {"founder": "Founder", "founders": "Founder", "employee": "", "employees": "", "member": "", "members": ""}
# Followed from node to node; authors of articles and of reviews are reached by neither.
_FOLLOWED = ("@graph", "mainEntity", "mainEntityOfPage", "about", "publisher", "worksFor", "parentOrganization")


@dataclass(frozen=True, kw_only=True)
class PublishedPerson:
    """Somebody the page presents as one of its people. `quote` is verbatim from the page's text; `email` stands on it.

    `profiles` are web addresses of the person's profiles elsewhere, a space between two: shown, never read.
    """

    name: str
    role: str
    background: str = ""
    quote: str = ""
    email: str = ""
    profiles: str = ""


def read_json_ld(tree: LexborHTMLParser) -> tuple[dict[str, Any], ...]:
    """Every JSON-LD object of the page. A block that is not JSON says nothing and is left out."""
    found: list[dict[str, Any]] = []
    for node in tree.css('script[type="application/ld+json" i]'):
        value = _parsed(node.text())
        found += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    return tuple(found)


def people_in_json_ld(json_ld: Iterable[dict[str, Any]]) -> list[PublishedPerson]:
    """Founders, employees and members of an organisation, and persons with a job title of their own."""
    people: list[PublishedPerson] = []
    waiting: list[tuple[Any, str]] = [(list(json_ld), "")]
    for _ in range(MAX_NODES):
        if not waiting:
            break
        node, tie = waiting.pop()
        within: list[tuple[Any, str]] = []
        if isinstance(node, list):
            within = [(item, tie) for item in node]
        elif isinstance(node, dict):
            role = _text(node, "jobTitle") or tie
            if _is_person(node) and _text(node, "name") and role:
                people.append(
                    _person(
                        _text(node, "name"), role, _text(node, "description"), _address(node), profiles=_same_as(node)
                    )
                )
            within = [(node[key], "") for key in _FOLLOWED if key in node]
            within += [(node[key], role) for key, role in _TIES.items() if key in node]
        waiting += reversed(within)
    return people


def addresses_in_json_ld(json_ld: Iterable[dict[str, Any]]) -> list[str]:
    """The addresses that an organisation or site gives as its own (`email`, also of its `contactPoint`), as written."""
    found: list[str] = []
    waiting: list[Any] = [list(json_ld)]
    for _ in range(MAX_NODES):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict) and not _is_person(node):
            found += filter(None, [_address(node)])
            waiting += [node[key] for key in (*reversed(_FOLLOWED), "contactPoint") if key in node]
    return list(dict.fromkeys(found))


def people_in_page_data(tree: LexborHTMLParser) -> list[PublishedPerson]:
    """The active founders in `data-page`, as Y Combinator's company pages carry them."""
    page = yc_page_of(tree)
    return [
        _person(founder.name, founder.title or "Founder", founder.bio, "", profiles=founder.links)
        for founder in (page.founders if page else ())
        if founder.is_active
    ]


def _person(name: str, role: str, background: str, email: str, *, profiles: Iterable[str] = ()) -> PublishedPerson:
    background = background[:MAX_BACKGROUND]
    quote = f"{name}, {role}: {background}" if background else f"{name}, {role}"
    quote += f" ({email})" if email else ""
    return PublishedPerson(
        name=name, role=role, background=background, quote=quote, email=email, profiles=" ".join(profiles)
    )


def _address(node: dict[str, Any]) -> str:
    address = _text(node, "email").removeprefix("mailto:")
    return address if ADDRESS.fullmatch(address) else ""


def _same_as(node: dict[str, Any]) -> list[str]:
    value = node.get("sameAs")
    links = value if isinstance(value, list) else [value]
    return [link for link in links if isinstance(link, str) and re.fullmatch(r"https?://[^\s/]+/\S*", link)][
        :MAX_PROFILES
    ]


def _is_person(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    return "Person" in (kind if isinstance(kind, list) else [kind])


def _text(node: dict[str, Any], key: str) -> str:
    value = node.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def lines_missing_from(text: str, people: Iterable[PublishedPerson]) -> Iterator[str]:
    """The quotes of people whom the visible text does not present in these words."""
    return (quote for quote in dict.fromkeys(person.quote for person in people) if quote not in text)
