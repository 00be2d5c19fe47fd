"""From an untrusted page's bytes to text that evidence can quote, with its addresses, links and structured data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingot.errors import PageError
from ingot.web.boilerplate import BLOCKS, Parts, drop_around, sort_out
from ingot.web.charset import as_utf8, decode
from ingot.web.dates import page_date
from ingot.web.hidden_addresses import addresses_in_data, lines_about, reveal
from ingot.web.nesting import check_nesting
from ingot.web.structured import ADDRESS, lines_missing_from, people_in_json_ld, people_in_page_data, read_json_ld

THIN_CHARACTERS = 200
MAX_LINKS = 1000
MAX_ADDRESSES = 200  # a page with more is a directory

# For those who take a page apart themselves; `read_page` judges more than these selectors can say.
_UNSEEN = (
    "script, style, template, svg, iframe, object, embed, canvas, select, textarea, input, dialog, "
    '[hidden], [aria-hidden="true"], [style*="display:none" i], [style*="display: none" i], '
    '[style*="visibility:hidden" i], [style*="visibility: hidden" i]'
)
BOILERPLATE = (
    'nav, footer, [role="navigation"], [role="contentinfo"], [role="dialog"], [role="alertdialog"], '
    '[id*="onetrust" i], [id*="cookiebot" i], [class*="cookie" i], [id*="cookie" i], [class*="gdpr" i], [id*="gdpr" i]'
)
_NEVER_DROPPED = frozenset({"html", "body", "main"})
_NOT_HTML = frozenset({"text/plain", "application/json"})
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "css", "js", "mp"})  # logo@2x.png
_BREAK = "\x1f"  # the unit separator survives the parser, and no page keeps one of its own
_SPACES = bytes.maketrans(bytes([*range(9), 11, *range(14, 32), 127]), b" " * 29)  # for control characters
_PLAIN = re.compile(r"((?:https?://[a-z0-9.-]+/|/(?![/\\]))[^\s#?\\]*(?:\?[^\s#]+)?)(?:#\S*)?")
_DISGUISED_AT = re.compile(r"[\[({<]\s*[aA][tT]\s*[\])}>]")
_TITLES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link as absolute address (http, https or mailto) and the words it stands on."""

    href: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PageText:
    """What a reader sees. `text` is one block a line, whitespace collapsed; every quote is verbatim from it.

    Contact lines and structured data about people that stand only in the footer, in a link or in a script are added
    at its end. `emails` are the addresses that are published on the page, as written; `published_at` (UTC) is the date the page
    gives itself, which may be wrong: see `ingot.web.dates`.
    """

    url: str
    title: str
    description: str
    text: str
    emails: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: tuple[dict[str, Any], ...] = ()
    published_at: datetime | None = None


def read_page(body: bytes, *, url: str, content_type: str = "") -> PageText:
    """The page as text. Raises `PageError(reason="empty")` where neither body nor head says anything."""
    if content_type.split(";", maxsplit=1)[0].strip().lower() in _NOT_HTML:
        text = "\n".join(_collapsed(decode(body, content_type=content_type).splitlines()))
        return _checked(PageText(url=url, title="", description="", text=text, emails=addresses_in(text)))
    source = as_utf8(body, content_type=content_type)
    tree = _parsed(source)
    reveal(tree, source)
    metas = _metas(tree)
    title = _title(tree) or _first(metas, _TITLES)
    description = _first(metas, _DESCRIPTIONS)
    # To look for what the source does not even name would cost as much as to read the page.
    json_ld = read_json_ld(tree) if b"ld+json" in source else ()
    people = people_in_json_ld(json_ld) + (people_in_page_data(tree) if b"data-page" in source else [])
    told = addresses_in_data(tree, source, json_ld=json_ld, url=url)
    parts = sort_out(tree.body) if tree.body else Parts()
    published_at = page_date(url=url, json_ld=json_ld, metas=metas, times=parts.times)
    links, lines = _visible(tree, url, parts, head=[title, description, *_told_in(json_ld)])
    text = "\n".join(lines)
    text = "\n".join([*lines, *lines_missing_from(text, people)])
    text = "\n".join(filter(None, [text, *lines_about(told, text=text)]))
    page = PageText(
        url=url,
        title=title,
        description=description,
        text=text,
        emails=addresses_in(text),
        links=links,
        json_ld=json_ld,
        published_at=published_at,
    )
    return _checked(page)


def parse(source: str) -> LexborHTMLParser:
    """The tree of a page's source. Raises `PageError(reason="size")` for one that is made to be slow."""
    return _parsed(source.encode("utf-8", errors="replace"))


def _parsed(body: bytes) -> LexborHTMLParser:
    body = body.translate(_SPACES)
    check_nesting(body)
    return LexborHTMLParser(body)  # for a text it would take three times as long


def prepare(tree: LexborHTMLParser) -> None:
    """Take out what no reader sees, and mark where blocks begin and end."""
    drop(tree, _UNSEEN)
    if tree.body is not None:
        _mark(_blocks_of(tree.body), tree.css('a[href^="mailto:" i]'))


def drop(tree: LexborHTMLParser, selector: str) -> None:
    """Unlink every element that matches, except those that hold the whole page."""
    for node in tree.css(selector):
        if node.tag not in _NEVER_DROPPED:
            node.remove(recursive=False)


def blocks(node: LexborNode | None) -> list[str]:
    """The blocks below a node of a prepared tree in reading order, whitespace collapsed, none empty."""
    if node is None:
        return []
    return [line for raw in node.text(separator="").split(_BREAK) if (line := " ".join(raw.split()))]


def addresses_in(text: str) -> tuple[str, ...]:
    """The first e-mail addresses in a text, as written, each once."""
    found: dict[str, str] = {}
    # Most texts hold none, and a search for the sign takes no time.
    for match in ADDRESS.finditer(text) if "@" in text else ():
        if match[0].lower().rpartition(".")[2] not in _FILE_ENDINGS:
            found.setdefault(match[0].lower(), match[0])
        if len(found) == MAX_ADDRESSES:
            break
    return tuple(found.values())


def _mark(nodes: Iterable[LexborNode], mailboxes: Iterable[LexborNode]) -> None:
    """Set blocks apart, and links to mailboxes too: a number right before an address would read as part of it."""
    for marked, mark in ((nodes, _BREAK), (mailboxes, " ")):
        for node in marked:
            node.insert_before(mark)
            node.insert_after(mark)


def _blocks_of(node: LexborNode) -> list[LexborNode]:
    return [below for below in node.traverse() if below.tag in BLOCKS]


def _visible(
    tree: LexborHTMLParser, url: str, parts: Parts, *, head: Iterable[str]
) -> tuple[tuple[Link, ...], list[str]]:
    """The links and the lines of the page; addresses outside the main text end up as lines of their own."""
    for node in (*parts.unseen, *parts.noscripts):
        node.remove(recursive=False)
    links, mailboxes = _links(tree, url, parts)
    characters = len(tree.body.text(separator="")) if tree.body else 0
    dropped, left = drop_around(parts, characters=characters)
    _mark(left, mailboxes)
    lines = blocks(tree.body)
    if sum(map(len, lines)) < THIN_CHARACTERS:
        named = [line for item in dropped if item.kind != "around" for line in _marked_blocks(item.node)]
        without_scripts = [line for node in parts.noscripts for line in _marked_blocks(node)]
        lines = list(dict.fromkeys([*_collapsed(head), *lines, *named, *without_scripts]))
    kept = set(lines)
    outside = [item.node for item in dropped if _tells_address(item.node.text(separator=""))]
    around = dict.fromkeys(line for node in outside for line in _marked_blocks(node) if line not in kept)
    lines += [line for line in around if _tells_address(line)]
    known = "\n".join(lines).lower()
    mailtos = dict.fromkeys(link.href for link in links if link.href.startswith("mailto:"))
    lines += [href for href in mailtos if href.removeprefix("mailto:").lower() not in known]
    return links, lines


def _tells_address(text: str) -> bool:
    return ("@" in text and ADDRESS.search(text) is not None) or _DISGUISED_AT.search(text) is not None


def _marked_blocks(node: LexborNode) -> list[str]:
    _mark(_blocks_of(node), ())
    return blocks(node)


def _links(tree: LexborHTMLParser, url: str, parts: Parts) -> tuple[tuple[Link, ...], list[LexborNode]]:
    """The links of the page, and the elements among them that lead to mailboxes."""
    base_node = tree.head.css_first("base[href]") if tree.head else None
    base = _joined(url, (base_node.attributes.get("href") or "") if base_node else "")
    root = _joined(base, "/").rstrip("/")
    found: dict[str, Link] = {}
    mailboxes: list[LexborNode] = []
    for node in parts.links:
        raw = (node.attributes.get("href") or "").strip()
        if raw[:7].lower() == "mailto:":
            mailboxes.append(node)
            hrefs = [f"mailto:{address}" for address in addresses_in(unquote(raw[7:]).split("?")[0])]
        else:
            hrefs = _hrefs(raw, base, root)
        for href in hrefs:
            if href not in found and len(found) < MAX_LINKS and href.startswith(("http://", "https://", "mailto:")):
                found[href] = Link(href=href, text=" ".join(node.text(separator="").split()))
    return tuple(found.values()), mailboxes


def _hrefs(raw: str, base: str, root: str) -> list[str]:
    # Nothing to work out, as for most links of a page: ten times as fast as joining.
    if (plain := _PLAIN.fullmatch(raw)) and "/." not in raw:
        return [plain[1] if plain[1][0] == "h" else root + plain[1]]
    return [] if raw[:1] in {"", "#"} else [_joined(base, raw)]


def _joined(base: str, href: str) -> str:
    try:
        return urldefrag(urljoin(base, href)).url
    except ValueError:  # a malformed address leads nowhere
        return ""


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's meta tags by name or property in lower case, the first of each that says something."""
    found: dict[str, str] = {}
    for node in (tree.head.css("meta[content]") if tree.head else []) or tree.css("meta[content]"):
        attributes = node.attributes
        name = (
            (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").strip().lower()
        )
        content = " ".join((attributes.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _title(tree: LexborHTMLParser) -> str:
    node = tree.head.css_first("title") if tree.head else None
    node = node or tree.css_first("title")
    return " ".join(node.text().split()) if node else ""


def _first(metas: dict[str, str], names: Iterable[str]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _told_in(json_ld: Iterable[dict[str, Any]]) -> list[str]:
    """What the structured data says of the page or of the company, for a page whose body says nothing."""
    return [value for item in json_ld if isinstance(value := item.get("description"), str)]


def _collapsed(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in (" ".join(raw.split()) for raw in lines) if line)


def _checked(page: PageText) -> PageText:
    if not page.text:
        raise PageError("The page holds no text.", reason="empty", hint="It may only work in a browser.")
    return page
