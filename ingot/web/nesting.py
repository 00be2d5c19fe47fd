"""How expensive a page's tags would be to parse, judged before the parser sees them.

HTML's rules take quadratic time over deep nesting (20,000 open elements: 0.8 s, 600,000: minutes) and copy every open
formatting element into each new block; 200,000 attributes on one tag take minutes too. Real pages are far from both; browsers stop at a depth of 512.
"""

from __future__ import annotations

import re

from ingot.errors import PageError

MAX_DEPTH = 5_000
MAX_SELF_CLOSED = 20_000
MAX_COPIES = 1_000_000
MAX_ATTRIBUTE_CHARACTERS = 20_000  # of one tag, values in quotes not counted
MAX_STRAY = 20_000  # "<" that open no tag: they can hide attributes

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^<>]*)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FLAT = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr
    p li dt dd option optgroup tr td th tbody thead tfoot colgroup html head body
    """.split()  # void ones, and those whose next one closes the last
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def check_nesting(source: str) -> None:
    """Raise `PageError(reason="size")` for a page that would keep the parser busy for more than moments."""
    depth = formatting = self_closed = copies = 0
    stray = source.count("<") - source.count("<!")
    for match in _TAG.finditer(source):
        closing, name, rest = match[1], match[2].lower(), match[3]
        step = -1 if closing else 1
        stray -= 1
        if len(rest) > MAX_ATTRIBUTE_CHARACTERS and len(_QUOTED.sub("", rest)) > MAX_ATTRIBUTE_CHARACTERS:
            raise _too_complicated()
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif not closing:
            copies += formatting
        if rest.endswith("/") and not closing and name not in _FLAT:
            self_closed += 1  # closed in drawings, left open elsewhere
        elif name not in _FLAT:
            depth = max(0, depth + step)
        if depth > MAX_DEPTH or self_closed > MAX_SELF_CLOSED or copies > MAX_COPIES:
            raise _too_complicated()
    if stray > MAX_STRAY:
        raise _too_complicated()


def _too_complicated() -> PageError:
    return PageError("The page's elements are too many or nested too deeply.", reason="size")
