"""Words of a sentence for comparison: normal form, stems, and which of them carry a claim."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingot.domain.claim_words import FAMILY_OF, IRREGULAR, NEUTRAL

_WORD = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*", re.UNICODE)
_UNPLAIN = re.compile(r"[^\x20-\x7e\n\t]")
_DISGUISED_NUMBER = re.compile(r"[$£€][lIO]\d|\d[lIO](?=[\d%])|(?<![\w.])[lI]\d+(?=%|\s*percent)")
_QUOTE_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})
_MICRO = re.compile(r"(?<![^\W\d])μ(?=(?:s|m|g|l|A|V|W|F)\b)")
# Drawn as nothing, though not of a category that says so: fillers, joiners, variation selectors.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_GREEK_SYMBOLS = frozenset("αβγδελμπσφωΔΣΩ")
_SUFFIXES = ("'s", "ings", "ing", "ions", "ion", "ies", "ied", "es", "ed", "ly", "s")


@dataclass(frozen=True)
class Word:
    """A word, its stem, and its place (character offsets in the normal form of the text)."""

    text: str
    stem: str
    start: int
    end: int

    @property
    def meaning(self) -> str:
        """The family of the word where it has one ("built" and "developed" share one), else its stem."""
        return FAMILY_OF.get(self.stem, self.stem)

    @property
    def is_neutral(self) -> bool:
        """Whether the word says nothing that could be true or false of a company or a person."""
        return self.text.lower() in NEUTRAL or self.stem in NEUTRAL


def plain(text: str) -> str:
    """The text in NFKC form with plain digits, quotes and dashes, and without invisible characters."""
    if _UNPLAIN.search(text) is None:
        return text
    return _UNPLAIN.sub(_plain_character, unicodedata.normalize("NFKC", text)).translate(_QUOTE_MARKS)


def _plain_character(found: re.Match[str]) -> str:
    character = found[0]
    if unicodedata.category(character) in {"Cf", "Mn", "Cc"}:
        return ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def disguised(text: str) -> str:
    """The first word of a text in normal form that mixes alphabets or hides letters in a number, or ""."""
    if match := _DISGUISED_NUMBER.search(text):
        return match.group()
    for token in text.split():
        alphabets = {unicodedata.name(c, "?").split()[0] for c in _MICRO.sub("", token) if c.isalpha()}
        if len(alphabets) > 1 or (alphabets - {"LATIN"} and any(c.isdigit() for c in token)):
            return token
    return ""


def concealed(text: str) -> str:
    """The name of the first character that a reader does not see or takes for another one, or "".

    Such are control, format and tag characters, letters and digits that only look like plain ones (full width, bold), and
    digits of other scripts.
    """
    for character in text:
        if character.isascii() and (character.isprintable() or character in "\n\t\r"):
            continue
        category, normal = unicodedata.category(character), unicodedata.normalize("NFKC", character)
        is_hidden = category in {"Cf", "Cc", "Co", "Cn", "Zl", "Zp"} or character in _BLANKS
        is_selector = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
        is_twin = category[0] == "L" and normal.isascii() and normal.isalnum() and character not in "ªº"
        if is_hidden or is_selector or is_twin or category == "Nd":
            return unicodedata.name(character, f"U+{ord(character):04X}")
    return ""


def foreign_script(text: str, known: str) -> str:
    """The first word of a text in normal form in another alphabet than Latin that `known` does not hold, or ""."""
    for token in re.findall(r"[^\W\d_]+", text):
        is_latin = all(unicodedata.name(c, "?").startswith("LATIN") for c in token)
        if not is_latin and token not in _GREEK_SYMBOLS and not _MICRO.match(token) and token not in known:
            return str(token)
    return ""


def tokens(text: str) -> set[str]:
    """The different words of a text in normal form as they are spelled, where their places do not matter."""
    return set(_WORD.findall(text))


def words(text: str) -> list[Word]:
    """The words of a text in normal form, in order; numbers are not among them."""
    return [Word(m.group(), stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A light stem: irregular forms by a table, then one common suffix off ("migrating", "migration" -> "migrat")."""
    lower = word.lower().replace("’", "'")
    lower = lower.removesuffix("'s")
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    for suffix in _SUFFIXES:
        if lower.endswith(suffix) and len(lower) - len(suffix) >= 3 and not lower.endswith("ss"):
            base = lower[: -len(suffix)]
            if suffix in {"ies", "ied"}:
                return base + "y"
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                base = base[:-1]
            return base.removesuffix("e")
    return lower.removesuffix("e") if len(lower) > 3 else lower
