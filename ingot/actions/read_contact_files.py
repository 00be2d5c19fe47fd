"""Two small files in which a site says how to reach people: `/humans.txt`, and `/.well-known/security.txt` (RFC 9116)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from ingot.domain.intel import Page
from ingot.errors import PageError
from ingot.web.client import WebClient
from ingot.web.contacts import every_address
from ingot.web.page import read_page

SECURITY, HUMANS = "security.txt", "humans.txt"
_FILES = (("/humans.txt", HUMANS), ("/.well-known/security.txt", SECURITY))
_WHY = {
    HUMANS: "where a site names the people behind it",
    SECURITY: "where a site names who takes security reports, and nothing else",
}


async def read_contact_files(web: WebClient, known: Sequence[Page], *, now: datetime) -> list[Page]:
    """Those of the two files that the site of the home page has, and that name an address. Nothing where it cannot be read."""
    home = next((page for page in known if page.kind == "home" and page.final_url), None)
    read = {page.kind for page in known}
    if home is None:
        return []
    found = [await _read(web, home.final_url, path, kind, now=now) for path, kind in _FILES if kind not in read]
    return [page for page in found if page is not None]


async def _read(web: WebClient, home: str, path: str, kind: str, *, now: datetime) -> Page | None:
    url = urljoin(home, path)
    try:
        fetched = await web.get(url)
        # A site that has no such file often answers with its home page.
        if fetched.content_type.split(";")[0].strip().lower() != "text/plain":
            return None
        text = read_page(fetched.body, url=fetched.final_url, content_type=fetched.content_type)
    except PageError:  # most sites have none
        return None
    host = urlsplit(fetched.final_url).hostname or ""
    # Only those at the site's own host: who built the site, or takes its reports, may be another company.
    addresses = every_address(text, site_host=host)
    if not addresses:
        return None
    return Page(
        url=url,
        final_url=fetched.final_url,
        kind=kind,
        why=_WHY[kind],
        text=text.text,
        addresses=[item.as_entry(for_letters=kind == HUMANS) for item in addresses],
        sha256=fetched.sha256,
        fetched_at=now,
    )
