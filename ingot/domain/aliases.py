"""Names that look like claims: "Level 3" is no number, "Go Labs" no skill and "Series A" no round when it is a company's name.

Such a name is written with made-up words, in the letter and in the sources alike, before anything is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingot.domain.claim_words import NEGATIONS
from ingot.domain.claims import Text
from ingot.domain.figures import figures
from ingot.domain.skills import canonical

_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_END = r"(?![\w%+]|[.,]\d|\s[%x]|\s(?:hundred|thousand|million|billion|percent)\b|\.[a-z])"
_START = r"(?<![\w@/$£€¥])(?<!\d[.,])"
_NO_SIDE = r"^(?:(?!\b(?:you|your|I|we|my|our|it|they)\b)[^.,;])*\b"
# Where a name that is also a skill, a number or a plain word can only be the name.
_GREETING = r"^(?i:hi|hello|hey|dear)\s"
_NAME_PLACES = (
    r"(?<!good )(?<!great )(?<!skilled )(?<!expert )(?<!strong )\bat\s(?={name}(?:\W*$|[,;:]|\sand\smy\b))",
    _GREETING,
    rf"{_NO_SIDE}(?i:the|for)\s(?={{name}}\steam\b)",
    rf"{_NO_SIDE}(?i:for|about|from|of)\s(?={{name}}\W*$)",
    r"^(?i:for|to)\s(?={name}(?:,|\sI\b))",
    r"^(?i:what)\s(?={name}\sand\smy\b)",
    r"\b(?i:hear)\s(?:what|where)\s(?={name}\s)",
    r"^(?={name}\W*$)",
)
_SKILL_PLACE = (
    r"(?:^|\bthat\s|:\s)(?={name}\s(?!is\s(?:where|on|in)\b|(?:developer|engineer|skill|app|service|test|package|binding|client|team|"
    r"program|system|tool|project|expert|fan|user|role|job|team)s\b)[a-z]+(?:s|ed)\b)"
)


@dataclass(frozen=True)
class Alias:
    """One way to write a name: where it stands (group 1 is what comes before it), and what is put there."""

    pattern: re.Pattern[str]
    written: str

    def hide(self, text: str) -> str:
        return self.pattern.sub(lambda found: f"{found[1]}{self.written}", text)


class Aliases:
    """The made-up words for the names of company, person and user, as far as these need any."""

    def __init__(self, *, company: str, person: str, user: str) -> None:
        self._shown: dict[str, str] = {}
        whole = [
            alias
            for role, name in (("c", company), ("p", person), ("u", user))
            for alias in self._of_name(role, " ".join(name.split()))
        ]
        self._aliases = sorted(whole, key=lambda alias: -len(alias.pattern.pattern))

    def hide(self, text: str) -> str:
        """A sentence in normal form with made-up words for the names."""
        for alias in self._aliases:
            text = alias.hide(text)
        return text

    def hide_name(self, name: str) -> str:
        """A name that stands for itself."""
        written = {self._original(alias.written): alias.written for alias in self._aliases}
        return written.get(" ".join(name.split()), name)

    def show(self, text: str) -> str:
        """The names back again."""
        for written, original in self._shown.items():
            text = re.sub(rf"\b{written}\b", lambda _, o=original: o, text, flags=re.IGNORECASE)  # type: ignore[misc]
        return text

    def _original(self, written: str) -> str:
        return " ".join(self._shown.get(word, word) for word in written.split())

    def _of_name(self, role: str, name: str) -> Iterable[Alias]:
        if not name or not _says_something(name):
            return
        tokens = name.split()
        special = {token for token in tokens if _says_something(token)} or {tokens[-1]}
        made_up = {token: f"Qx{role}{chr(ord('a') + index)}" for index, token in enumerate(tokens) if token in special}
        self._shown |= {written: token for token, written in made_up.items()}
        written = " ".join(made_up.get(token, token) for token in tokens)
        yield from (Alias(pattern, written) for pattern in _patterns(name))
        if role != "c" and len(tokens) > 1:
            yield from (Alias(_placed(_GREETING, token), word) for token, word in made_up.items())


def _says_something(name: str) -> bool:
    """Whether a name, read as plain text, would be a claim or part of one."""
    text = Text(name)
    is_claim = text.skills or text.figures or text.hard_words or text.events or text.deeds
    return bool(is_claim or re.search(r"\d", name) or text.lower_words & NEGATIONS)


def _patterns(name: str) -> list[re.Pattern[str]]:
    """An unmistakable name is found wherever it stands, any other only where it can be nothing else."""
    if _MIXED.search(name):
        return [re.compile(rf"{_START}()(?i:{re.escape(name)}){_END}")]
    is_skill = canonical(name) is not None
    is_number = any(figure.text == name for figure in figures(name))
    is_stage = name in Text(name).hard_words
    if is_skill or is_number or is_stage or " " not in name:
        places = (*_NAME_PLACES, _SKILL_PLACE) if is_skill or is_stage else _NAME_PLACES
        return [_placed(place, name) for place in places]
    return [re.compile(rf"{_START}(){re.escape(name)}{_END}")]


def _placed(place: str, name: str) -> re.Pattern[str]:
    literal = re.escape(name)
    return re.compile(f"({place.replace('{name}', literal)}){literal}{_END}")
