"""The text of an article without what stands around it, where `trafilatura` is installed (`pip install "ingot[articles]"`).

On articles it is closer to what a person would keep (token F1 0.94) than rules for any page; it is too slow to read all with.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from ingot.web.charset import decode
from ingot.web.page import THIN_CHARACTERS

MAX_CHARACTERS = 1_000_000  # it takes a second for a megabyte


@cache
def _trafilatura() -> ModuleType | None:
    return import_module("trafilatura") if find_spec("trafilatura") else None


def article_text(body: bytes, *, url: str, content_type: str = "") -> str:
    """The article of a page, one paragraph a line; empty where there is none, or the library is not installed."""
    library = _trafilatura()
    source = decode(body, content_type=content_type)
    if library is None or len(source) > MAX_CHARACTERS:
        return ""
    found = library.extract(source, url=url, include_comments=False, include_tables=True, with_metadata=False) or ""
    text = "\n".join(line for raw in found.splitlines() if (line := " ".join(raw.split())))
    return text if len(text) >= THIN_CHARACTERS else ""
