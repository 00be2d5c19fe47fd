"""Months, seasons and the words for "until now" in eight languages, as résumés write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

# English, German, French, Spanish, Portuguese, Italian, Dutch, Polish; genitives and usual abbreviations too.
_MONTH_NAMES: tuple[str, ...] = (
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty",
    "february feb febr februar feber février févr fév febrero fevereiro fev febbraio februari luty lutego lut",
    "march mar märz mär mrz mars marzo março marzo maart mrt marzec marca",
    "april apr avril avr abril abr aprile april kwiecień kwietnia kwi",
    "may mai mayo maio maggio mag mei maj maja",
    "june jun juni juin junio junho giugno giu czerwiec czerwca cze",
    "july jul juli juillet juil julio julho luglio lug lipiec lipca lip",
    "august aug août aout agosto ago augustus sierpień sierpnia sie",
    "september sept sep septembre septiembre setiembre setembro set settembre wrzesień września wrz",
    "october oct oktober okt octobre octubre outubro out ottobre ott październik października paź",
    "november nov novembre noviembre novembro listopad listopada lis",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre grudzień grudnia gru",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}

SEASONS = (
    "spring summer fall autumn winter frühjahr frühling sommer herbst printemps été automne hiver primavera verano otoño"
    " invierno verão outono inverno estate autunno lente zomer herfst wiosna lato jesień zima"
).split()

# Longer ones first: the pattern takes the first that fits.
NOW = (
    "until now|to date|to present|present|currently|current|now|today|ongoing"
    "|bis heute|heute|aktuell|jetzt|laufend|dato"
    "|aujourd['’]hui|à ce jour|ce jour|présent|en cours|actuellement|actuel"
    "|la actualidad|actualidad|actualmente|actual|el presente|presente|hoy|la fecha"
    "|o momento|o presente|atualmente|atual|hoje|data atual"
    "|ad oggi|oggi|attualmente|attuale|in corso"
    "|heden|vandaag|nu|huidig|lopend"
    "|do dziś|dziś|obecnie|teraz|nadal|chwili obecnej|date"
)
SINCE = "since|seit|ab|depuis|desde|dal|dall['’]|da|sinds|vanaf|od"
FROM = "from|von|vom|de|del|du|dal|da|van|od"
UNTIL = "to|until|till|through|thru|bis|bis zum|à|au|a|al|até|ate|hasta|fino a|tot|t/m|do"


def pattern_of(words: Iterable[str]) -> str:
    """An alternation, longer words first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
