"""The characters of a résumé: normalising what PDF and Word files put in place of plain letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

BULLETS = "•●▪▫◦‣■□➢►▸▹∙○◆◇❖➤➔✓✔›⁃⦁\uf0b7\uf0a7\uf076\uf0d8"
WEAK_BULLETS = "-–—*·»+"  # bullets only where a space follows
BULLET = re.compile(rf"^\s*(?:[{re.escape(BULLETS)}]\s*|[{re.escape(WEAK_BULLETS)}]\s+)(?=\S)")
_SPACES = re.compile(r"[^\S\n\t]+")
_SPACED_LETTERS = re.compile(r"(?:[^\W\d_]{1,2} ){3,}[^\W\d_]{1,2}")
_KEPT_PREFIXES = frozenset(
    "co cross end full high in long low mid multi non on open peer pre real self semi state".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One logical line: a heading, a bullet with its wrapped lines joined, or a line or paragraph of text.

    `style` is what the source says about its looks (font and size, Word style); `gap` is true where
    more than the usual space stands above it.
    """

    text: str
    style: str = ""
    bullet: bool = False
    gap: bool = False


def normalise(text: str) -> str:
    """NFKC text without control, private-use and zero-width characters; runs of blanks become one.

    Tabs stay: they tell columns apart. Soft hyphens go together with the line break they caused.
    """
    text = re.sub("[\u00ad\ufffe\u0002]\\s*\n\\s*", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFKC", re.sub("[\uf0b7\uf0a7\uf076\uf0d8]", "•", text))
    text = re.sub("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    text = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter)[0] != "C")
    return _SPACES.sub(" ", text)


def close_letter_spacing(line: str) -> str:
    """`S K I L L S` is `SKILLS`; two blanks or more tell the words apart."""
    words = re.split(r"\s{2,}", line.strip())
    if not all(_SPACED_LETTERS.fullmatch(word) for word in words if len(word) > 3) or not _SPACED_LETTERS.search(line):
        return line
    return " ".join(word.replace(" ", "") for word in words)


def join_wrapped(first: str, rest: str) -> str:
    """Two printed lines as one; a hyphen that only the line break caused is dropped."""
    if not re.search(r"[^\W\d_]-$", first) or not rest[:1].islower():
        return f"{first} {rest}"
    stem = re.split(r"[\s\-(/]", first[:-1])[-1].lower()
    is_compound = stem in _KEPT_PREFIXES or "-" in first.rsplit(maxsplit=1)[-1][:-1]
    return (first if is_compound else first[:-1]) + rest


def compose(lines: Iterable[tuple[TextLine, bool]]) -> str:
    """The résumé's text from `(line, is_heading)`: two blank lines above a heading, `• ` before a bullet."""
    written: list[str] = []
    for line, is_heading in lines:
        cells = [close_letter_spacing(" ".join(cell.split())) for cell in normalise(line.text).split("\t")]
        text = "\t".join(cell for cell in cells if cell)
        if not text:
            continue
        if written:
            written += ["", ""] if is_heading else [""] * line.gap
        written.append(f"• {text}" if line.bullet and not is_heading else text)
    return "\n".join(written)
