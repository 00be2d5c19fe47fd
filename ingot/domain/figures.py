"""Numbers as a letter writes them: "$12M", "2M+", "40 %", "3x", "twelve", "dozens of", "March 2025"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

_SMALL = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split(),
        range(2, 21),
        strict=True,
    )
)
_TENS = {word: 10 * n for n, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)}
_NUMBER_WORDS: dict[str, int] = {"one": 1, "couple": 2, "dozen": 12, **_SMALL, **_TENS}
_MULTIPLIERS = {
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "twice": 2,
    "triple": 3,
    "tripled": 3,
    "tripling": 3,
    "quadrupled": 4,
}
_MAGNITUDES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "hundred": 100, "dozen": 12,
}  # fmt: skip
_VAGUE = r"dozens|hundreds|thousands|millions|billions|tens"
_ONES = r"(?:-(?P<ones>two|three|four|five|six|seven|eight|nine|one))?"
_DIGITS = r"(?:\d{1,3}(?:[,'\u00a0\u202f\ ]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_FIGURE = re.compile(
    rf"""(?<![\w.])(?<!(?:19|20)\d\d-)(?P<bound>(?:more\ than|over|at\ least|above|upwards\ of|north\ of|exceeding|beyond|
            under|less\ than|fewer\ than|below|up\ to|at\ most|within)\s+)?
    (?:(?:an?\s+)?(?P<vague>{_VAGUE})\b
     |(?P<times>{"|".join(_MULTIPLIERS)})\b
     |(?P<currency>[$£€¥]|\b(?:USD|EUR|GBP|SEK|CHF)\s?)?~?
      (?:(?P<digits>{_DIGITS})
        |(?P<word>{"|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))}){_ONES}\b
        |(?P<lone>an?(?=\s(?:dozen|hundred|thousand|million|billion)\b)|(?=(?:hundred|thousand|million|billion)\b)))
      (?P<magnitude>(?:k|m|b)(?!\w)|[\s-]?(?:mm|mn|mio|bn|thousand|million|billion|hundred|dozen)\b)?
      (?P<plus>\+)?
      (?P<unit>\s?%|\s?percent\b|\s?per\ cent\b|\s?[x×](?!\w)|-?fold\b)?
      (?P<after_currency>\s?(?:[$£€¥]|(?:USD|EUR|GBP|SEK|CHF|dollars|euros|pounds)\b))?
      (?P<or_more>\s(?:or\ more|plus)\b)?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "dollars": "USD", "euros": "EUR", "pounds": "GBP"}
_UNDER = ("under", "less", "fewer", "below", "up to", "at most", "within")


class Bound(StrEnum):
    """Whether a number is meant as it stands, as a lower bound or as an upper bound."""

    exact = "exact"
    above = "above"
    below = "below"


@dataclass(frozen=True)
class Figure:
    """A number in a text: `value` in units of one, `kind` ("%", "x", "year", a currency code, "vague" or "")."""

    text: str
    value: Decimal
    kind: str
    bound: Bound
    start: int
    end: int

    def backs(self, claim: Figure) -> bool:
        """Whether a claim with that figure says no more than this one does."""
        if claim.value != self.value or (claim.bound is not self.bound and claim.bound is not Bound.exact):
            return False
        if self.bound is Bound.below and claim.bound is Bound.exact:
            return False
        return claim.kind == self.kind or (claim.kind == "" and self.kind in {"%", "year"})


def figures(text: str) -> list[Figure]:
    """All numbers of a text in normal form, in order. A lone "one" is no number: it is mostly a pronoun."""
    found = []
    for match in _FIGURE.finditer(text):
        if (match["word"] or "").lower() == "one" and not match["magnitude"] and not match["unit"]:
            continue
        found.append(_figure(match))
    return [_with_range_kind(text, *pair) for pair in zip_longest(found, found[1:])]


def _figure(match: re.Match[str]) -> Figure:
    low_bound = (match["bound"] or "").lower()
    bound = Bound.exact
    if low_bound:
        bound = Bound.below if low_bound.startswith(_UNDER) else Bound.above
    elif match["plus"] or match["or_more"]:
        bound = Bound.above
    stripped = match.group().strip(" ,'\u00a0")
    value, kind = _value(match)
    return Figure(stripped, value, kind, bound, match.start(), match.start() + len(match.group().rstrip(" ,'\u00a0")))


def _value(match: re.Match[str]) -> tuple[Decimal, str]:
    if match["vague"]:
        return Decimal(_MAGNITUDES.get(match["vague"].lower()[:-1], 10)), "vague"
    if match["times"]:
        return Decimal(_MULTIPLIERS[match["times"].lower()]), "x"
    digits = re.sub(r"[,'\s\u00a0]", "", match["digits"] or "")
    if digits:
        value = Decimal(digits)
    elif match["word"]:
        value = Decimal(_NUMBER_WORDS[match["word"].lower()] + _NUMBER_WORDS.get((match["ones"] or "").lower(), 0))
    else:
        value = Decimal(1)
    magnitude = (match["magnitude"] or "").lower().strip(" -")
    value *= _MAGNITUDES.get(magnitude, 1)
    currency = (match["currency"] or match["after_currency"] or "").strip().lower()
    unit = (match["unit"] or "").strip().lower()
    if currency:
        return value, _CURRENCIES.get(currency, currency.upper())
    if unit:
        return value, "%" if unit[0] in "%p" else "x"
    is_year = len(digits) == 4 and not magnitude and "," not in match["digits"] and 1900 <= value <= 2099
    return value, "year" if is_year else ""


def _with_range_kind(text: str, figure: Figure, following: Figure | None = None) -> Figure:
    """In "from 61 to 74 percent" the 61 is a percentage too; in "5-10 %" the 5 is."""
    if following is None or figure.kind or following.kind in {"", "year"}:
        return figure
    is_range = re.fullmatch(r"\s*(?:to|and|-|→)\s*", text[figure.end : following.start])
    return replace(figure, kind=following.kind) if is_range else figure
