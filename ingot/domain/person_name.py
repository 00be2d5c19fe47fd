"""The parts of a person's name as addresses spell them: plain letters, without titles and middle names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PARTICLES = frozenset("van von de der den da di del della la le bin al el y dos das du ten ter zu zum af av".split())
"""Words between first name and surname that belong to the surname."""

_TITLES = frozenset("dr prof professor mr mrs ms miss mx sir dame herr frau ing dipl".split())
_SUFFIXES = frozenset("jr sr ii iii iv phd md mba msc bsc esq cpa".split())
# Letters that Unicode does not take apart into a plain one and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n",
        "ŧ": "t",
    }
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NICKNAME = re.compile(r"\([^)]*\)|[\"“”«»].*?[\"“”«»]")
_GERMAN = (".de", ".at", ".ch", ".li")


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """`first` and `last` in lower case a-z, with hyphens where the name has them; `last` is empty for a single name.

    `core` is the surname without its particles ("lind" of "van der Lind").
    """

    first: str
    last: str = ""
    core: str = ""


def name_parts(name: str, *, host: str = "") -> NameParts | None:
    """The parts of a name for an address at `host`; None for one that addresses do not spell (initials, other scripts).

    Accents are folded; at German-speaking hosts umlauts become two letters.
    """
    spelled, _, behind = unicodedata.normalize("NFC", _NICKNAME.sub(" ", name)).casefold().partition(",")
    if any(folded(word) not in _SUFFIXES for word in behind.replace(",", " ").split()):
        return None  # "Quill, Ada" or "Quill, CTO": which word is which is not said
    words = [word for raw in spelled.split() if (word := folded(raw, german=host.endswith(_GERMAN)))]
    while len(words) > 1 and _bare(words[0]) in _TITLES:
        del words[0]
    while len(words) > 1 and _bare(words[-1]) in _SUFFIXES:
        del words[-1]
    if not words or not all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word) for word in words) or len(words[0]) < 2:
        return None
    first, rest = words[0], words[1:]
    if not rest:
        return NameParts(first=first)
    at = next((number for number, word in enumerate(rest[:-1]) if word in PARTICLES), len(rest) - 1)
    last, core = "".join(rest[at:]), rest[-1]
    return NameParts(first=first, last=last, core=core) if len(core) > 1 else None


def folded(word: str, *, german: bool = False) -> str:
    """A word in lower case without accents, apostrophes and dots. Letters of other scripts stay as they are."""
    text = word.casefold()
    text = (text.translate(_UMLAUTS) if german else text).translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"['’ʼ`´.]", "", plain).replace("‐", "-").replace("–", "-").strip("-")


def _bare(word: str) -> str:
    return word.replace("-", "")
