"""How expensive a page's tags would be to parse, judged before the parser sees them.

HTML's rules take quadratic time over deep nesting (20,000 open elements: 0.8 s, 600,000: minutes) and copy every open
formatting element into each new block; 200,000 attributes on one tag take minutes too. Real pages are far from both; browsers stop at a depth of 512.
"""

from __future__ import annotations

import re

from ingot.errors import PageError

MAX_DEPTH = 5_000
MAX_SELF_CLOSED = 20_000
MAX_COPIES = 1_000_000  # 0.3 s
MAX_ATTRIBUTE_CHARACTERS = 20_000  # of one tag, values in quotes not counted
MAX_STRAY = 20_000  # "<" that open no tag: they can hide attributes

_TAG = re.compile(rb"<(/?)([a-z][a-z0-9-]*)([^<>]*)", re.IGNORECASE)
# A tag's attributes to its end: a quote opens a value only behind "=", and what stands in one ends no tag.
_ATTRIBUTES = re.compile(rb"""<[a-zA-Z][^\s/>]*+(?=[\s/])((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*+)""")
_QUOTED = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_FLAT = frozenset(
    b"""
    area base br col embed hr img input link meta param source track wbr
    p li dt dd option optgroup tr td th tbody thead tfoot colgroup html head body
    """.split()  # void ones, and those whose next one closes the last
)
_FORMATTING = b"a b big code em font i nobr s small strike strong tt u".split()
# Both cases are spelled out: with IGNORECASE the search takes half as long again.
_EITHER_CASE = ("".join(f"[{letter}{letter.upper()}]" for letter in name.decode()) for name in _FORMATTING)
_FORMATS = re.compile(rf"<(/?)(?:{'|'.join(_EITHER_CASE)})(?![A-Za-z0-9-])".encode())


def check_nesting(source: bytes) -> None:
    """Raise `PageError(reason="size")` for a page (in UTF-8) that would keep the parser busy for more than moments."""
    attributes = _ATTRIBUTES.findall(source)
    if max(map(len, attributes), default=0) > MAX_ATTRIBUTE_CHARACTERS and any(map(_is_overloaded, attributes)):
        raise _too_complicated()
    if not _is_modest(source):
        _count(source)


def _is_modest(source: bytes) -> bool:
    """Whether no other limit can be reached, whatever the tags are: so of nearly every page, and ten times as fast."""
    tags = source.count(b"<")
    # With k formatting elements open, n tags make at most k * (n - k) copies.
    if tags <= MAX_DEPTH and tags * tags // 4 <= MAX_COPIES:
        return True
    opened = tags - source.count(b"</")
    if opened > MAX_DEPTH or opened * opened // 4 <= MAX_COPIES:
        return opened <= MAX_DEPTH
    depth = deepest = 0
    for closing in _FORMATS.findall(source):
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return opened * deepest <= MAX_COPIES


def _is_overloaded(attributes: bytes) -> bool:
    return len(attributes) > MAX_ATTRIBUTE_CHARACTERS and len(_QUOTED.sub(b"", attributes)) > MAX_ATTRIBUTE_CHARACTERS


def _count(source: bytes) -> None:
    depth = formatting = self_closed = copies = 0
    stray = source.count(b"<") - source.count(b"<!")
    for match in _TAG.finditer(source):
        closing, name, rest = match[1], match[2].lower(), match[3]
        step = -1 if closing else 1
        stray -= 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif not closing:
            copies += formatting
        if rest.endswith(b"/") and not closing and name not in _FLAT:
            self_closed += 1  # closed in drawings, left open elsewhere
        elif name not in _FLAT:
            depth = max(0, depth + step)
        if depth > MAX_DEPTH or self_closed > MAX_SELF_CLOSED or copies > MAX_COPIES:
            raise _too_complicated()
    if stray > MAX_STRAY:
        raise _too_complicated()


def _too_complicated() -> PageError:
    return PageError("The page's elements are too many or nested too deeply.", reason="size")
