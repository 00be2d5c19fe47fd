"""What of a page is not its content: what no reader sees, and what stands on every page of a site around it.

Only general signs count: elements and roles that HTML and ARIA define, the words that sites name their menus and banners
with, and how much of a block is links. No block is dropped for its name that holds the page's heading or a good part of its words.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    """
    address article aside blockquote br button dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav noscript ol option p pre section summary table tbody td tfoot th thead
    title tr ul
    """.split()
)
LARGEST_NAMED, LARGEST_FORM, MENU_LINKS = 0.3, 0.1, 0.5  # shares of the page's characters, and of a block's own

_UNSEEN = frozenset(
    "audio canvas datalist dialog embed iframe input math object script select style svg template textarea video".split()
)
_AROUND = frozenset("aside footer menu nav".split())
_ROLES = frozenset("alert alertdialog complementary contentinfo dialog menu menubar navigation search toolbar".split())
_CONTENT = frozenset("article h1 main".split())
_KEPT = frozenset("body html main".split())
_LINKS = frozenset({"a", "area"})
_LOOKED_AT = BLOCKS | _UNSEEN | _LINKS | {"time"}
_JUDGED = _AROUND | frozenset("div form header ol section ul".split())
_MAY_BE_HIDDEN = '[hidden], [aria-hidden="true" i], [style]'
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Class and id are lowered before: without IGNORECASE the search is six times as fast, and it runs on every element.
_PANEL = re.compile(r"accordion|collaps|tab-?(?:panel|content|pane)|panel|faq|toggle|expand|answer")
_NAMED = re.compile(
    r"menu|nav(?![ey])|footer|breadcrumb|cookie|consent|gdpr|onetrust|popup|pop-up|drawer|off-?canvas|skip-?(?:link|to|nav)|sr-only|"
    r"screen-?reader|visually-?hidden|copyright|social-|-social|share-|-share|search|language|locale|pagination|announcement|"
    r"newsletter|tool-?bar|top-?bar|login"
)
_HEADER = re.compile(r"header|masthead|banner")


@dataclass(frozen=True)
class Candidate:
    """An element that may go, and why: `around` (a menu or a footer by its element or role), `named`, `header`, `form`.

    `place` counts the body's elements in document order.
    """

    node: LexborNode
    kind: str
    place: int


@dataclass(frozen=True)
class Parts:
    """The elements of a body by what is to be done with them, in document order.

    `unseen` goes at once, `candidates` may go (see `drop_around`); `blocks` come with their place (see `Candidate`), `holders`
    are the ids of elements around the page's content.
    """

    unseen: list[LexborNode] = field(default_factory=list)
    noscripts: list[LexborNode] = field(default_factory=list)
    blocks: list[tuple[int, LexborNode]] = field(default_factory=list)
    links: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    holders: set[int] = field(default_factory=set)


def sort_out(body: LexborNode) -> Parts:
    """Look at every element once. Nothing is changed."""
    parts = Parts(unseen=[node for node in body.css(_MAY_BE_HIDDEN) if _is_hidden(node)])
    blocks = parts.blocks
    # Most elements are none of these: this loop is a third of what reading a page costs.
    for place, node in enumerate(body.traverse()):
        tag = node.tag
        if tag not in _LOOKED_AT:
            continue
        if tag in BLOCKS:
            blocks.append((place, node))
            if tag in _JUDGED:
                if kind := _judge(node, tag):
                    parts.candidates.append(Candidate(node, kind, place))
            elif tag in _CONTENT:
                _note_holders(node, parts.holders)
            elif tag == "noscript":
                parts.noscripts.append(node)
        elif tag in _LINKS:
            parts.links.append(node)
        elif tag == "time":
            parts.times.append(node)
        else:
            parts.unseen.append(node)
    return parts


def drop_around(parts: Parts, *, characters: int) -> tuple[list[Candidate], list[LexborNode]]:
    """Unlink what stands around the content. Gives what was unlinked, and the blocks that are left.

    `characters` are those of the whole body without what is unseen.
    """
    dropped: list[Candidate] = []
    gone: list[range] = []
    end = -1
    for candidate in parts.candidates:
        node, start = candidate.node, candidate.place
        if start < end or (node.mem_id in parts.holders and node.tag != "nav"):
            continue
        if candidate.kind == "around" or _is_dispensable(node, candidate.kind, characters):
            # Unseen elements in it are unlinked by now, so the end comes too early by theirs, and never too late.
            end = start + sum(1 for _ in node.traverse())
            gone.append(range(start, end))
            node.remove(recursive=False)
            dropped.append(candidate)
    return dropped, _outside(parts.blocks, gone)


def _outside(blocks: list[tuple[int, LexborNode]], gone: list[range]) -> list[LexborNode]:
    left: list[LexborNode] = []
    ends = iter([*gone, range(sys.maxsize, sys.maxsize)])
    current = next(ends)
    for place, node in blocks:
        while place >= current.stop and current.start < sys.maxsize:
            current = next(ends)
        if place < current.start:
            left.append(node)
    return left


def _is_hidden(node: LexborNode) -> bool:
    """Whether no reader sees it: hidden, and no panel that its reader opens (an answer of a FAQ, the second tab)."""
    attributes = node.attributes
    if not (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(attributes.get("style") or "")
    ):
        return False
    parent = node.parent
    return not (
        "aria-labelledby" in attributes
        or attributes.get("role") in {"tabpanel", "region"}
        or (parent is not None and parent.tag == "details")
        or _PANEL.search(f"{attributes.get('class')} {attributes.get('id')}".lower())
        or node.tag in _KEPT
    )


def _judge(node: LexborNode, tag: str) -> str:
    attributes = node.attributes
    if not attributes:
        return "around" if tag in _AROUND else tag if tag in {"form", "header"} else ""
    role = attributes.get("role")
    if tag in _AROUND or role in _ROLES:
        return "around"
    named = _named(attributes.get("class"), attributes.get("id"))
    return named or ("header" if role == "banner" else tag if tag in {"form", "header"} else "")


@lru_cache(maxsize=20_000)
def _named(classes: str | None, name: str | None) -> str:
    lowered = f"{classes} {name}".lower()
    return "named" if _NAMED.search(lowered) else "header" if _HEADER.search(lowered) else ""


def _is_dispensable(node: LexborNode, kind: str, characters: int) -> bool:
    size = len(node.text(separator=""))
    if kind == "named":
        return size < LARGEST_NAMED * characters
    if kind == "form":
        return size < LARGEST_FORM * characters
    linked = sum(len(link.text(separator="")) for link in node.css("a"))
    return size > 0 and linked >= MENU_LINKS * size


def _note_holders(node: LexborNode, holders: set[int]) -> None:
    parent: LexborNode | None = node
    while parent is not None and parent.mem_id not in holders:
        holders.add(parent.mem_id)
        parent = parent.parent
