"""Addresses that a page publishes where its visible text does not show them: disguised by its network, or in its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ingot.domain.lead import website_host
from ingot.web.structured import ADDRESS, addresses_in_json_ld
from ingot.web.yc_page import yc_page_of

MAX_FOUND = 50

# Cloudflare's e-mail protection: the first byte is the key that the others are XORed with, all in hexadecimal.
_PROTECTED = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]+)", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:([^\"'\\?<>\s&]{3,120})", re.IGNORECASE)


def reveal(tree: LexborHTMLParser, source: bytes) -> None:
    """Put the addresses that Cloudflare disguised back where a browser shows them."""
    if b"data-cfemail" in source:
        for node in tree.css("[data-cfemail]"):
            if address := unveiled(node.attributes.get("data-cfemail") or ""):
                node.replace_with(address)
    if b"email-protection#" in source:
        for node in tree.css('a[href*="email-protection#" i]'):
            match = _PROTECTED.search(node.attributes.get("href") or "")
            if match and (address := unveiled(match[1])):
                node.attrs["href"] = f"mailto:{address}"


def addresses_in_data(
    tree: LexborHTMLParser, source: bytes, *, json_ld: Iterable[dict[str, Any]], url: str
) -> list[str]:
    """Addresses in structured data and page data, and those at the site's own host that its scripts link, as written."""
    scripts = tree.css("script") if b"mailto:" in source else []
    found = (unquote(match[1]) for node in scripts for match in _MAILTO.finditer(node.text()))
    own = (address for address in found if ADDRESS.fullmatch(address) and _is_own(address, url))
    told = _addresses_in_page_data(tree) if b"data-page" in source else []
    return list(dict.fromkeys([*addresses_in_json_ld(json_ld), *told, *own]))[:MAX_FOUND]


def _addresses_in_page_data(tree: LexborHTMLParser) -> list[str]:
    """Those in what a directory's page says of the company: the visible page may show less of its launches."""
    page = yc_page_of(tree)
    if page is None:
        return []
    texts = [page.one_liner, page.description, *(founder.bio for founder in page.founders)]
    texts += [text for item in (*page.launches, *page.news) for text in (item.tagline, item.body)]
    return [match[0] for text in texts if "@" in text for match in ADDRESS.finditer(text)]


def lines_about(addresses: Iterable[str], *, text: str) -> Iterator[str]:
    """A line for each address that the text does not show."""
    known = text.lower()
    return (f"mailto:{address}" for address in addresses if address.lower() not in known)


def unveiled(code: str) -> str:
    """The address behind Cloudflare's code; empty where there is none."""
    if not re.fullmatch(r"(?:[0-9a-f]{2}){4,200}", code, re.IGNORECASE):
        return ""
    key, *rest = bytes.fromhex(code)
    address = bytes(byte ^ key for byte in rest).decode("utf-8", errors="replace").partition("?")[0]
    return address if ADDRESS.fullmatch(address) else ""


def _is_own(address: str, url: str) -> bool:
    own, host = website_host(urlsplit(url).hostname or ""), address.rpartition("@")[2].lower()
    return bool(own) and (host == own or host.endswith(f".{own}") or own.endswith(f".{host}"))
