"""Technical skills: what they are called, and where a text names them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from ingot.domain.skill_table import SKILL_TABLE

# What may not stand before or after a spelling that is also something else.
GUARDS: dict[str, tuple[str, str]] = {
    "C": (r"(?<![&.'’-])(?<!eries )(?<!itamin )", r"(?![+&'’]|#|-[a-z]|\.\w|[ -]suite)"),
    "R": (r"(?<![&.'’-])", r"(?![+&'’]|#|-[a-z]|\.\w)"),
    "CI": ("", r"(?!/CD)"),
    "Chef": (r"(?<!Head )(?<!Sous )", r"(?! de\b)"),
    "Excel": ("", r"(?! (?:at|in)\b)"),
    "Express": (r"(?<!American )", r"(?! (?:your|my|our|interest|delivery|shipping)\b)"),
    "Go": (r"(?<!To )", r"(?!-|[ -](?:to|ahead|for|back|through|beyond|big|live)\b)"),
    "JS": (r"(?<!\.)", ""),
    "Phoenix": ("", r"(?!, (?:AZ|Arizona)\b)"),
    "Ray": ("", r"(?!-| [A-Z][a-z])"),
    "React": ("", r"(?! to\b)"),
    "Spring": ("", r"(?!,? \d{4}| (?:of|is|break|batch)\b)"),
    "Swift": (r"(?<!Taylor )", ""),
}
_NO_PROSE = r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\S+|\b[\w-]+\.(?:com|org|net|dev)\b\S*"


def _literal(spelling: str) -> str:
    return re.escape(spelling).replace(r"\ ", r"[ \u00a0]")


def _read_table() -> tuple[dict[str, str], dict[str, str], re.Pattern[str]]:
    """The families, the canonical name of each spelling in small letters, and one pattern for all spellings."""
    families: dict[str, str] = {}
    canonical_names: dict[str, str] = {}
    branches: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for skill_family, block in SKILL_TABLE.items():
        for line in filter(None, map(str.strip, block.splitlines())):
            name, _, aliases = line.partition(": ")
            canonical_name = name.removeprefix("=")
            families[canonical_name] = skill_family
            for spelling in [name, *filter(None, aliases.split(", "))]:
                plain = spelling.removeprefix("=")
                canonical_names[plain.casefold()] = canonical_name
                before, after = GUARDS.get(plain, ("", ""))
                literal = _literal(plain) if plain != spelling else f"(?i:{_literal(plain)})"
                branches[plain[0].lower()].append((-len(plain), before + literal + after))
    by_initial = (
        f"(?=[{re.escape(initial + initial.upper())}])(?:{'|'.join(branch for _, branch in sorted(group))})"
        for initial, group in branches.items()
    )
    pattern = rf"{_NO_PROSE}|(?<![\w@])(?P<name>{'|'.join(by_initial)})(?![\w@])"
    return families, canonical_names, re.compile(pattern)


_FAMILIES, _CANONICAL_NAMES, _PATTERN = _read_table()


def canonical(name: str) -> str | None:
    """The usual name of a skill given by any of its spellings (`k8s` is Kubernetes), or None if it is not known."""
    return _CANONICAL_NAMES.get(" ".join(unicodedata.normalize("NFKC", name).split()).casefold())


def skill_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text names skills: start, end and canonical name of each, in order."""
    for match in _PATTERN.finditer(text):
        if words := match["name"]:
            yield match.start(), match.end(), _CANONICAL_NAMES[words.replace("\u00a0", " ").casefold()]


def find_skills(text: str) -> dict[str, str]:
    """The skills that a text names, in order: canonical name -> the words as they first stand in the text.

    Only whole words count; a word that is also plain English counts only with its capitals ("Go", "Rust"), and web
    and mail addresses are passed over.
    """
    found: dict[str, str] = {}
    for start, end, canonical_name in skill_spans(text):
        found.setdefault(canonical_name, text[start:end])
    return found


def family(canonical_name: str) -> str:
    """The family of a skill ("language", "data store", ...). Raises `KeyError` for a name that is not canonical."""
    return _FAMILIES[canonical_name]
