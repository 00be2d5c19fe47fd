"""The text of a mail that a person would read: its plain parts, else its HTML turned into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from selectolax.lexbor import LexborHTMLParser

from ingot.mail.charset import decode

MAX_TEXT = 200_000  # characters; nobody writes more by hand
_MAX_PARTS = 500
_MAX_HTML = 1_000_000

_UNSEEN = (
    'head, title, script, style, template, [hidden], [style*="display:none" i], [style*="display: none" i], '
    '[style*="mso-hide:all" i]'
)
_BLOCKS = (
    "address, article, aside, blockquote, center, dd, div, dl, dt, fieldset, footer, form, h1, h2, h3, h4, h5, h6, "
    "header, hr, li, main, nav, ol, p, pre, section, table, tbody, td, tfoot, th, thead, tr, ul"
)
_PARAGRAPHS = "p, h1, h2, h3, h4, h5, h6, blockquote, pre, table"
# Separators that the parser keeps, and that no mail has of its own once its control characters are gone.
_GAP, _QUOTE, _UNQUOTE, _BREAK, _LINE = "\x1b", "\x1c", "\x1d", "\x1e", "\x1f"
_MARK = re.compile(r"([\x1b-\x1f])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PRE = re.compile(r"(</?pre\b[^<>]*>)", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>?", re.IGNORECASE)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_CLOSED_BY_NEXT = frozenset("area base br col dd dt hr img input li link meta p td th tr wbr".split())
_MAX_DEPTH, _MAX_FORMATTING, _MAX_TAGS, _MAX_ATTRIBUTES = 1_000, 64, 50_000, 20_000


def inner_messages(part: Message) -> list[Message]:
    """What a container holds: the parts of a multipart, the mail in a message/rfc822, the groups of a report."""
    payload = part.get_payload() if part.is_multipart() else []
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def own_parts(message: Message) -> Iterator[Message]:
    """The parts of this mail in reading order, each leaf once; a mail inside it is one part, not opened."""
    waiting = [message]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(inner_messages(part))
        else:
            yield part


def part_bytes(part: Message) -> bytes:
    """The bytes of one part, its transfer encoding undone; none of a container."""
    try:
        # Only `decode=True` leaves the charset alone, which may name a codec that raises.
        data = part.get_payload(decode=True)
    except (ValueError, IndexError, TypeError):  # a transfer encoding too broken to undo
        return b""
    return data if isinstance(data, bytes) else b""


def part_text(part: Message) -> str:
    """The decoded text of one part that is no container, line ends as newlines, without control characters."""
    text = decode(part_bytes(part)[: 4 * _MAX_HTML], _charset(part))
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def readable_text(message: Message) -> str:
    """What a reader sees, at most `MAX_TEXT` characters. Attachments and mails inside this one are left out."""
    plain: list[str] = []
    rich: list[str] = []
    for part in own_parts(message):
        kind = part.get_content_type()
        if str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment"):
            continue
        if kind == "text/html":
            rich.append(html_text(part_text(part)))
        elif kind == "text/plain" or (part is message and kind.startswith(("text/", "multipart/"))):
            plain.append(part_text(part).strip("\n"))  # a multipart without its boundary is read as it stands
    text = "\n\n".join(filter(str.strip, plain)) or "\n\n".join(filter(str.strip, rich))
    return text[:MAX_TEXT]


def html_text(source: str) -> str:
    """HTML as lines: breaks and blocks begin new ones, what stands in a blockquote begins with `> `."""
    source = _CONTROLS.sub(" ", source[:_MAX_HTML])
    if not _is_quick(source):
        return "\n".join(filter(None, (" ".join(line.split()) for line in _TAG.sub("\n", source).splitlines())))
    tree = LexborHTMLParser(_kept_line_ends(source))
    for node in tree.css(_UNSEEN):
        node.remove(recursive=False)
    for selector, before, after in (
        ("br", _LINE, ""),
        (_PARAGRAPHS, _GAP, _GAP),
        (_BLOCKS, _BREAK, _BREAK),
        ("blockquote", _QUOTE, _UNQUOTE),
    ):
        for node in tree.css(selector):
            if before:
                node.insert_before(before)
            if after:
                node.insert_after(after)
    root = tree.body or tree.root
    return _lines(root.text(separator="")) if root is not None else ""


def _lines(marked: str) -> str:
    lines: list[str] = []
    current, depth = "", 0

    def flush(*, always: bool = False) -> None:
        nonlocal current
        text = " ".join(current.split())
        current = ""
        if text or always:
            lines.append(("> " * depth + text).rstrip())

    for piece in _MARK.split(marked):
        if piece == _LINE:
            flush(always=True)
        elif piece in (_BREAK, _GAP, _QUOTE, _UNQUOTE) and piece:
            flush()
            if piece == _GAP and lines and lines[-1].strip("> "):
                lines.append(("> " * depth).rstrip())
            while piece == _UNQUOTE and lines and lines[-1] and not lines[-1].strip("> "):
                lines.pop()
            depth = max(0, depth + (piece == _QUOTE) - (piece == _UNQUOTE))
        else:
            current += piece
    flush()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _kept_line_ends(source: str) -> str:
    """`<pre>` shows its line ends, which the parser would take for spaces."""
    pieces = _PRE.split(source)
    inside = False
    for at, piece in enumerate(pieces):
        if at % 2:
            inside = not piece.startswith("</")
        elif inside:
            pieces[at] = piece.replace("\n", "<br>")
    return "".join(pieces)


def _is_quick(source: str) -> bool:
    """Whether the parser is done in moments: it takes quadratic time over deep nesting and over many attributes."""
    depth = formatting = tags = 0
    for match in _TAG.finditer(source):
        name, step = match[2].lower(), -1 if match[1] else 1
        tags += 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif name not in _CLOSED_BY_NEXT:
            depth = max(0, depth + step)
        too_deep = depth > _MAX_DEPTH or formatting > _MAX_FORMATTING
        if too_deep or tags > _MAX_TAGS or len(match[3]) > _MAX_ATTRIBUTES:
            return False
    return source.count("<") - tags < _MAX_ATTRIBUTES


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError, TypeError):
        return ""
