"""Where a company is, from free text such as "San Francisco, CA, USA; Remote" and the country code of its domain.

A text may be read in several ways ("Georgia", "Cambridge", "Town, DE"). Its parts settle each other; what they do not settle
stays open, and then every country it may mean counts for the law, while the time zone is only a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from ingot.domain.country_table import COUNTRY_TABLE, GENERIC_DOMAINS
from ingot.domain.place_table import CITY_TABLE, REGION_TABLE

# Codes of a state or province that people also write for the country of that code; with the others, they mean the state.
_TWO_MEANINGS = frozenset({"AR", "CA", "CO", "DE", "IL", "IN", "NL"})

_BETWEEN_PLACES = re.compile(r"[;|/\n+]|\s&\s|\s(?:and|or|AND)\s|(?<!,)\sOR\s")
_BETWEEN_PARTS = re.compile(r"[,()\[\]:–—]|\s-\s")
_WORD = re.compile(r"[^\W_]+")
_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae"})
_WITHIN_WORDS = str.maketrans("", "", ".'’")


@dataclass(frozen=True)
class Place:
    """A country (ISO 3166-1, two capitals, or empty) and an IANA zone (or empty); not `confident` where it is a guess.

    `also` is the country of the domain where it differs, `elsewhere` are further countries that the text names or may mean.
    """

    country: str
    zone: str
    confident: bool
    also: str = ""
    elsewhere: tuple[str, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Every country whose law may apply; empty where none is known."""
        return frozenset(filter(None, (self.country, self.also, *self.elsewhere)))


def place_of(location: str, *, domain: str = "") -> Place:
    """The place that a text names first, or the country of the domain (`acme.co.uk`) where the text names none."""
    from_domain = country_of_domain(domain)
    groups = [
        _settled(group, from_domain) for text in _BETWEEN_PLACES.split(location) for group in _groups(_parts(text))
    ]
    if not groups:
        return _place(_countries()[from_domain]) if from_domain else Place("", "", confident=False)
    country = groups[0][0].country
    here = [_place(*group) for group in groups if {reading.country for reading in group} == {country}]
    main = next((place for place in here if place.confident), here[0] if here else _place(*groups[0]))
    named = dict.fromkeys(reading.country for group in groups for reading in group if reading.country != country)
    return replace(main, also="" if from_domain == country else from_domain, elsewhere=tuple(named))


def country_of_domain(domain: str) -> str:
    """`acme.co.uk` -> `GB`; empty for other endings and for those that the whole world uses (`.io`, `.ai`)."""
    ending = domain.strip().rstrip(".").rpartition(".")[2].lower()
    code = "GB" if ending == "uk" else ending.upper()
    return code if code in _countries() and ending not in GENERIC_DOMAINS else ""


def country_named(name: str) -> str:
    """The code of the country of exactly this name or code ("Germany", "DE", "UK"), or "" where it is none."""
    if name.upper() in {"UK", *_countries()}:
        return "GB" if name.upper() == "UK" else name.upper()
    rows = ((code, names) for code, _, _, names in _rows(COUNTRY_TABLE))
    return next(
        (code for code, names in rows if _folded(name) in {_folded(one.removeprefix("~")) for one in names}), ""
    )


class _Reading(NamedTuple):
    """One meaning of a name. A `weak` one counts only where another part of the text supports it."""

    country: str
    region: str
    zone: str
    sure: bool
    detail: int  # 0 country, 1 region, 2 city
    weak: bool = False

    def joined(self, other: _Reading) -> _Reading | None:
        """What both mean together: the finer one. None where they contradict each other."""
        if self.country != other.country or (self.region and other.region and self.region != other.region):
            return None
        finer = max(self, other, key=lambda reading: reading.detail)
        return finer._replace(region=self.region or other.region, weak=False)


class _Part(NamedTuple):
    readings: tuple[_Reading, ...]
    is_code: bool = False

    @property
    def detail(self) -> int:
        return max((reading.detail for reading in self.readings), default=-1)

    def joined(self, other: _Part) -> _Part:
        pairs = ((mine, theirs) for mine in self.readings for theirs in other.readings)
        return _Part(tuple(found for mine, theirs in pairs if (found := mine.joined(theirs)) is not None))


def _place(*readings: _Reading) -> Place:
    settled = len({(reading.country, reading.zone) for reading in readings}) == 1
    return Place(readings[0].country, readings[0].zone, confident=settled and readings[0].sure)


def _settled(group: _Part, from_domain: str) -> tuple[_Reading, ...]:
    meant = tuple(reading for reading in group.readings if not reading.weak) or group.readings
    return tuple(reading for reading in meant if reading.country == from_domain) or meant


def _groups(parts: list[_Part]) -> list[_Part]:
    """Addresses run from the town to the country: read from the end, a part belongs to what stands behind it, or begins anew."""
    found: list[_Part] = []
    has_town, head, state_code = True, -1, False
    for part in reversed(parts):
        both = found[0].joined(part) if found and part.readings else _Part(())
        if both.readings:
            found[0] = both
            has_town = has_town or part.detail == 2
            head = max(head, part.detail)
        elif found and not has_town and (not part.readings or (head == 1 and part.detail > 0) or state_code):
            has_town = True  # a town that is not known, or the lesser namesake of another place: Moscow, ID; Peru, IN
        elif part.readings:
            found.insert(0, part)
            has_town, head, state_code = part.detail == 2, part.detail, part.is_code and part.detail == 1
    return found


def _parts(text: str) -> list[_Part]:
    return [part for piece in _BETWEEN_PARTS.split(text) for part in _read(piece)]


def _read(piece: str) -> Iterator[_Part]:
    """What one part of an address means: one name or code, or a name with a code behind it (`Austin TX 78701`)."""
    words = [word for word in _WORD.findall(piece.translate(_WITHIN_WORDS)) if not any(map(str.isdigit, word))]
    if len(words) > 1 and words[-1] in _codes():
        name, code = _name(words[:-1]), _Part(_codes()[words[-1]], is_code=True)
        if name.readings or words[-1] in {"US", "UK"} or not piece.isupper():
            yield from (name, code) if name.readings else (code,)
            return
    if len(words) == 1 and words[0] in _codes():
        yield _Part(_codes()[words[0]], is_code=True)
    elif words:
        yield _name(words)


def _name(words: list[str]) -> _Part:
    """The longest known name among the words. One of two letters counts inside a phrase only in capitals."""
    names = _names()
    for length in range(min(len(words), 7), 0, -1):
        for start in range(len(words) - length + 1):
            name = _folded(" ".join(words[start : start + length]))
            if name in names and (len(name) > 2 or length == len(words) or words[start].isupper()):
                return _Part(names[name])
    return _Part(())


def _folded(text: str) -> str:
    """Lower case without accents, apostrophes and dots; other signs are spaces."""
    letters = unicodedata.normalize("NFKD", text.translate(_WITHIN_WORDS).casefold().translate(_PLAIN_LETTERS))
    return " ".join(_WORD.findall("".join(sign for sign in letters if not unicodedata.combining(sign))))


@cache
def _countries() -> dict[str, _Reading]:
    return {code: _Reading(code, "", zone, sure, 0) for code, zone, sure, _ in _rows(COUNTRY_TABLE)}


@cache
def _regions() -> dict[str, _Reading]:
    return {code: _Reading(code[:2], code, zone, sure, 1) for code, zone, sure, _ in _rows(REGION_TABLE)}


@cache
def _codes() -> dict[str, tuple[_Reading, ...]]:
    """By the code as it stands in an address: states and provinces before the countries of the same code."""
    found: dict[str, tuple[_Reading, ...]] = {"UK": (_countries()["GB"],)}
    for code, region in _regions().items():
        short = code[3:]
        weak = region.country == "AU" and len(short) == 2
        found[short] = (*found.get(short, ()), region._replace(weak=weak))
    for code, country in _countries().items():
        weak = any(not reading.weak for reading in found.get(code, ())) and code not in _TWO_MEANINGS
        found[code] = (*found.get(code, ()), country._replace(weak=weak))
    return found


@cache
def _names() -> dict[str, tuple[_Reading, ...]]:
    found: dict[str, tuple[_Reading, ...]] = {}

    def add(names: Iterable[str], reading: _Reading) -> None:
        for name in names:
            key = _folded(name.removeprefix("~"))
            found[key] = (*found.get(key, ()), reading._replace(weak=name.startswith("~")))

    for table, known in ((COUNTRY_TABLE, _countries()), (REGION_TABLE, _regions())):
        for code, _, _, names in _rows(table):
            add(names, known[code])
    for code, zone, _, names in _rows(CITY_TABLE):
        base = _regions().get(code) or _countries()[code]
        # The zone of a city is certain where it is given, and where its region or country has only one.
        add(names, base._replace(zone=zone or base.zone, sure=True, detail=2))
    return found


def _rows(table: str) -> Iterator[tuple[str, str, bool, list[str]]]:
    """`CODE Zone/Name* name, name`: the code, the zone (or empty), whether it is the only one, the names."""
    for line in table.strip().splitlines():
        code, _, rest = line.partition(" ")
        zone, _, names = rest.partition(" ")
        if "/" not in zone and zone != "UTC*":
            zone, names = "", rest
        yield code, zone.rstrip("*"), not zone.endswith("*"), [name.strip() for name in names.split(",")]
