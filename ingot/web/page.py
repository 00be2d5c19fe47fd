"""From an untrusted page's bytes to text that evidence can quote, with its addresses, links and structured data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingot.errors import PageError
from ingot.web.charset import decode
from ingot.web.nesting import check_nesting
from ingot.web.structured import ADDRESS, lines_missing_from, people_in_json_ld, people_in_page_data, read_json_ld

THIN_CHARACTERS = 200
MAX_LINKS = 1000
MAX_ADDRESSES = 200  # a page with more is a directory

# Not for reading by anybody: hidden addresses are traps, hidden text is not what the site says.
_UNSEEN = (
    "script, style, template, svg, iframe, object, embed, canvas, select, textarea, input, dialog, "
    '[hidden], [aria-hidden="true"], [style*="display:none" i], [style*="display: none" i], '
    '[style*="visibility:hidden" i], [style*="visibility: hidden" i]'
)
BOILERPLATE = (
    'nav, footer, [role="navigation"], [role="contentinfo"], [role="dialog"], [role="alertdialog"], '
    '[id*="onetrust" i], [id*="cookiebot" i], [class*="cookie-consent" i], [class*="cookie-banner" i], '
    '[class*="cookie-notice" i], [class*="cookie-bar" i], [class*="cookieconsent" i], [id*="cookie-consent" i], '
    '[id*="cookie-banner" i], [id*="cookie-notice" i], [id*="cookie-law" i], [id*="cookieconsent" i], '
    '[class*="gdpr" i], [id*="gdpr" i], [class*="cky-consent" i], [class*="cmplz-cookiebanner" i]'
)
_NEVER_DROPPED = frozenset({"html", "body", "main"})
_BLOCKS = (
    "address, article, aside, blockquote, body, br, button, dd, details, div, dl, dt, fieldset, figcaption, figure, footer, "
    "form, h1, h2, h3, h4, h5, h6, header, hr, li, main, nav, noscript, ol, option, p, pre, section, summary, table, "
    "tbody, td, tfoot, th, thead, title, tr, ul"
)
_NOT_HTML = frozenset({"text/plain", "application/json"})
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "css", "js", "mp"})  # logo@2x.png
_BREAK = "\x1f"  # the unit separator survives the parser, and no page keeps one of its own
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTACT = re.compile(rf"{ADDRESS.pattern}|[\[({{<]\s*at\s*[\])}}>]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link as absolute address (http, https or mailto) and the words it stands on."""

    href: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PageText:
    """What a reader sees. `text` is one block a line, whitespace collapsed; every quote is verbatim from it.

    Contact lines and structured data about people that stand only in the footer, in a link or in a script are added
    at its end. `emails` are the addresses that are published on the page, as written.
    """

    url: str
    title: str
    description: str
    text: str
    emails: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: tuple[dict[str, Any], ...] = ()


def read_page(body: bytes, *, url: str, content_type: str = "") -> PageText:
    """The page as text. Raises `PageError(reason="empty")` where neither body nor head says anything."""
    source = decode(body, content_type=content_type)
    if content_type.split(";", maxsplit=1)[0].strip().lower() in _NOT_HTML:
        text = "\n".join(_collapsed(source.splitlines()))
        return _checked(PageText(url=url, title="", description="", text=text, emails=addresses_in(text)))
    tree = parse(source)
    title = _first(tree, "title", 'meta[property="og:title"]')
    description = _first(tree, 'meta[name="description" i]', 'meta[property="og:description"]')
    json_ld = read_json_ld(tree)
    people = people_in_json_ld(json_ld) + people_in_page_data(tree)
    links, lines = _visible(tree, url, head=(title, description))
    text = "\n".join(lines)
    text = "\n".join([*lines, *lines_missing_from(text, people)])
    page = PageText(
        url=url,
        title=title,
        description=description,
        text=text,
        emails=addresses_in(text),
        links=links,
        json_ld=json_ld,
    )
    return _checked(page)


def parse(source: str) -> LexborHTMLParser:
    """The tree of a page's source. Raises `PageError(reason="size")` for one that is made to be slow."""
    check_nesting(source)
    return LexborHTMLParser(_CONTROLS.sub(" ", source))


def prepare(tree: LexborHTMLParser) -> None:
    """Take out what no reader sees, and mark where blocks begin and end."""
    drop(tree, _UNSEEN)
    # Links are set apart too: a number right before an address would read as part of it.
    for selector, mark in ((_BLOCKS, _BREAK), ('a[href^="mailto:" i]', " ")):
        for node in tree.css(selector):
            node.insert_before(mark)
            node.insert_after(mark)


def drop(tree: LexborHTMLParser, selector: str) -> None:
    """Unlink every element that matches, except those that hold the whole page."""
    for node in tree.css(selector):
        if node.tag not in _NEVER_DROPPED:
            node.remove(recursive=False)


def blocks(node: LexborNode | None) -> list[str]:
    """The blocks below a node of a prepared tree in reading order, whitespace collapsed, none empty."""
    return list(_collapsed(node.text(separator="").split(_BREAK))) if node else []


def addresses_in(text: str) -> tuple[str, ...]:
    """The first e-mail addresses in a text, as written, each once."""
    found: dict[str, str] = {}
    for match in ADDRESS.finditer(text):
        if match[0].lower().rpartition(".")[2] not in _FILE_ENDINGS:
            found.setdefault(match[0].lower(), match[0])
        if len(found) == MAX_ADDRESSES:
            break
    return tuple(found.values())


def _visible(tree: LexborHTMLParser, url: str, *, head: tuple[str, str]) -> tuple[tuple[Link, ...], list[str]]:
    """The links and the lines of the page; addresses outside the main text end up as lines of their own."""
    prepare(tree)
    without_scripts = [line for node in tree.css("noscript") for line in blocks(node)]
    drop(tree, "noscript")
    links = _links(tree, url)
    everywhere = blocks(tree.body)
    drop(tree, BOILERPLATE)
    lines = blocks(tree.body)
    if sum(map(len, lines)) < THIN_CHARACTERS:
        lines = list(dict.fromkeys([*_collapsed(head), *lines, *without_scripts]))
    kept = set(lines)
    lines += [line for line in everywhere if line not in kept and _CONTACT.search(line)]
    known = "\n".join(lines).lower()
    mailtos = dict.fromkeys(link.href for link in links if link.href.startswith("mailto:"))
    lines += [href for href in mailtos if href.removeprefix("mailto:").lower() not in known]
    return links, lines


def _links(tree: LexborHTMLParser, url: str) -> tuple[Link, ...]:
    base_node = tree.css_first("base[href]")
    base = _joined(url, (base_node.attributes.get("href") or "") if base_node else "")
    found: dict[str, Link] = {}
    for node in tree.css("a[href], area[href]"):
        raw = (node.attributes.get("href") or "").strip()
        text = " ".join(node.text(separator="").split())
        if raw.lower().startswith("mailto:"):
            hrefs = [f"mailto:{address}" for address in addresses_in(unquote(raw[7:]).split("?")[0])]
        else:
            hrefs = [_joined(base, raw)]
        for href in hrefs:
            if href.startswith(("http://", "https://", "mailto:")) and len(found) < MAX_LINKS:
                found.setdefault(href, Link(href=href, text=text))
    return tuple(found.values())


def _joined(base: str, href: str) -> str:
    try:
        return urldefrag(urljoin(base, href)).url
    except ValueError:  # a malformed address leads nowhere
        return ""


def _first(tree: LexborHTMLParser, *selectors: str) -> str:
    for selector in selectors:
        node = tree.css_first(selector)
        text = "" if node is None else (node.attributes.get("content") or node.text())
        if text.strip():
            return " ".join(text.split())
    return ""


def _collapsed(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in (" ".join(raw.split()) for raw in lines) if line)


def _checked(page: PageText) -> PageText:
    if not page.text:
        raise PageError("The page holds no text.", reason="empty", hint="It may only work in a browser.")
    return page
