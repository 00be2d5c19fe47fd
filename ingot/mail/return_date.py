"""The day on which an absent person says to be back, from a note in any of a dozen languages and many spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

STALE_DAYS = 30  # a date without a year that passed this recently is a note nobody switched off
_MAX_NOTE = 3_000  # characters

# Per month: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Finnish.
_MONTHS = """
january januar janner janvier enero gennaio janeiro januari stycznia tammikuuta jan
february februar fevrier febrero febbraio fevereiro februari lutego helmikuuta feb
march marz mars marzo marco maart marca marts maaliskuuta mar
april avril abril aprile kwietnia huhtikuuta apr
may mai mayo maggio maio mei maja maj toukokuuta
june juni juin junio giugno junho czerwca kesakuuta jun
july juli juillet julio luglio julho lipca heinakuuta jul
august aout agosto augustus sierpnia augusti elokuuta aug
september septembre septiembre settembre setembro wrzesnia syyskuuta sept sep
october oktober octobre octubre ottobre outubro pazdziernika lokakuuta oct okt
november novembre noviembre novembro listopada marraskuuta nov
december dezember decembre diciembre dicembre dezembro grudnia joulukuuta dec dez
"""
_WEEKDAYS = """
monday montag lundi lunes lunedi segunda-feira maandag poniedzialek poniedzialku mandag måndag 月曜
tuesday dienstag mardi martes martedi terca-feira dinsdag wtorek wtorku tirsdag tisdag 火曜
wednesday mittwoch mercredi miercoles mercoledi quarta-feira woensdag srode srody onsdag 水曜
thursday donnerstag jeudi jueves giovedi quinta-feira donderdag czwartek czwartku torsdag 木曜
friday freitag vendredi viernes venerdi sexta-feira vrijdag piatek piatku fredag 金曜
saturday samstag samedi sabado sabato zaterdag sobote soboty lordag 土曜
sunday sonntag dimanche domingo domenica zondag niedziele niedzieli sondag 日曜
"""


def folded(text: str) -> str:
    """Lower case without accents, whitespace collapsed: what the patterns of this package's phrases are written for."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
    return " ".join(plain.split())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "–": "-", "—": "-", "đ": "d"})
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def _numbered(table: str) -> dict[str, int]:
    rows = [folded(row).split() for row in table.strip().splitlines()]
    return {name: number for number, row in enumerate(rows) for name in row}


_MONTH_OF = {name: number + 1 for name, number in _numbered(_MONTHS).items()}
_WEEKDAY_OF = _numbered(_WEEKDAYS)
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_DATE = re.compile(
    rf"""
    (?<![\w/.-])(?P<iso>(?P<y1>20\d\d)[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}}))(?!\d)
    |(?:(?P<y2>20\d\d)\ ?年\ ?)?(?<!\d)(?P<m2>\d{{1,2}})\ ?月\ ?(?P<d2>\d{{1,2}})\ ?日
    |(?<![\w/.])(?P<range3>\d{{1,2}}(?:st|nd|rd|th|\.)?\ ?-\ ?)?(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°]|\.?:?e|a)?
       (?:\ (?:of|de|del|di))?\ ?(?P<m3>{_MONTH})\b\.?(?:,?\ ?(?:de\ |del\ )?(?P<y3>20\d\d))?
    |\b(?P<m4>{_MONTH})\.?\ (?P<range4>\d{{1,2}}(?:st|nd|rd|th)?\ ?-\ ?)?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b
       (?:,?\ (?P<y4>20\d\d))?
    |(?<![\w/.])(?P<d5>\d{{1,2}})\.\ ?(?P<m5>\d{{1,2}})\.(?:\ ?(?P<y5>20\d\d|\d\d(?!\d|:)))?
    |(?<![\w/.-])(?P<d6>\d{{1,2}})(?P<sep6>[/-])(?P<m6>\d{{1,2}})(?:(?P=sep6)(?P<y6>20\d\d|\d\d))?(?![\w/])
    """,
    re.VERBOSE,
)
_WEEKDAY = re.compile(r"(?<!\w)(" + "|".join(sorted(_WEEKDAY_OF, key=len, reverse=True)) + r")(?!\w*[a-z])")

_BACK_ENGLISH = r"\b(?:back|return(?:s|ing)?|resum\w+|available (?:again )?(?:from|on|as of))\b"
_BACK_OTHER = (
    r"\b(?:wieder|zuruck\w*|ruckkehr|ab (?:dem|montag|dienstag|mittwoch|donnerstag|freitag)|de retour|retour|reviens|reprendrai|"
    r"regres\w+|vuelv\w+|vuelta|reincorpor\w+|rientr\w+|torn\w+|di ritorno|volt\w+|retorn\w+|estarei de volta|"
    r"terug|weer (?:aanwezig|bereikbaar)|wracam|powrot\w*|wroce|tillbaka|ater|tilbake?|tilbage|retur|takaisin|palaan)\b"
)
_UNTIL_ENGLISH = r"\b(?:until|till|thru|through|up to)\b"
_UNTIL_OTHER = (
    r"\b(?:bis|einschliesslich|jusqu'?\s?(?:au|a|en)?|hasta|fino|ate|tot(?: en met)?|t/m|do|"
    r"till(?: och med)?|tom|til(?: og med)?|tm|saakka|asti)\b"
)
_ENGLISH = re.compile(f"{_BACK_ENGLISH}|{_UNTIL_ENGLISH}")
_BACK = re.compile(f"{_BACK_ENGLISH}|{_BACK_OTHER}")
_UNTIL = re.compile(f"{_UNTIL_ENGLISH}|{_UNTIL_OTHER}")
_BACK_AFTER = re.compile(
    f"{_BACK_ENGLISH}|{_BACK_OTHER}|(?:から|より|以降|に)[^。]{{0,8}}(?:復帰|出社|戻|通常|対応|返信)"
)
_UNTIL_AFTER = re.compile(r"^[^、。]{0,8}まで|^\s*(?:saakka|asti)\b")
_RANGE = re.compile(
    r"(?:\([^)]*\))?\s*(?:-|~|から|to|and|bis|zum|au|al|a|ao|y|e|t/m|tot|til|till|do|og|och|med|und|the|den|dem|el|il|le|\s)+"
)


@dataclass(frozen=True, kw_only=True)
class _Mention:
    """A date in the note: a day of return, or the last one of an absence. `day` is None where it cannot be told."""

    day: date | None
    back: bool


def return_date(text: str, *, today: date) -> date | None:
    """The day that the note names as the end of the absence, on or after `today`; None if there is none or several."""
    note = re.sub(r"\bt\.? ?o\.? ?m\.", "tom", folded(text[:_MAX_NOTE]))
    mentions = list(_dated(note, today)) or list(_weekdays(note, today))
    for back in (True, False):
        days = {mention.day for mention in mentions if mention.back is back}
        if len(days) > 1:
            days.discard(None)
        if days:
            return next(iter(days)) if len(days) == 1 else None
    return None


def _dated(note: str, today: date) -> Iterator[_Mention]:
    end = 0
    for match in _DATE.finditer(note):
        before = _clause_before(note, match.start())
        after = re.match(r"[^\d.,;!?]{0,30}", note[match.end() :])
        follows = after[0] if after else ""
        gap = note[end : match.start()]
        ends_range = bool(match["range3"] or match["range4"]) or (end > 0 and bool(_RANGE.fullmatch(gap)))
        end = match.end()
        # The words nearest to the date say what it is: "back after my leave until 5 May".
        back, until = _last(_BACK, before), _last(_UNTIL, before)
        is_back = back > until or (until < 0 and bool(_BACK_AFTER.search(follows)))
        if is_back or until >= 0 or ends_range or _UNTIL_AFTER.search(follows):
            yield _Mention(day=_day(match, today, english=bool(_ENGLISH.search(before + " " + follows))), back=is_back)


def _weekdays(note: str, today: date) -> Iterator[_Mention]:
    for match in _WEEKDAY.finditer(note):
        before = _clause_before(note, match.start())
        back, until = _last(_BACK, before), _last(_UNTIL, before)
        after = note[match.end() : match.end() + 20].partition(".")[0]
        is_back = back > until or (until < 0 and bool(_BACK_AFTER.search(after)))
        if is_back or until >= 0 or _UNTIL_AFTER.search(after):
            days = (_WEEKDAY_OF[match[1]] - today.weekday()) % 7
            yield _Mention(day=today + timedelta(days=days), back=is_back)


def _clause_before(note: str, at: int) -> str:
    found = re.search(r"[^\d.;!?]*$", note[max(0, at - 45) : at])
    return found[0] if found else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _day(match: re.Match[str], today: date, *, english: bool) -> date | None:
    """The date that was matched; None if it is over, does not exist, or may be day/month or month/day."""
    number = next(number for number in "123456" if match[f"d{number}"])
    day, month, year = match[f"d{number}"], match[f"m{number}"], match[f"y{number}"]
    numbers = (int(day), _MONTH_OF.get(month) or int(month))
    if number == "6":
        if match["sep6"] == "-" and not year:
            return None  # 9-10 is rather a range of hours
        if english and max(numbers) <= 12 and numbers[0] != numbers[1]:
            return None
        if numbers[1] > 12:
            numbers = (numbers[1], numbers[0])
    if year:
        found = _exact(2000 + int(year) % 100, *numbers)
        return found if found and found >= today else None
    found = next((exact for add in range(9) if (exact := _exact(today.year + add, *numbers)) and exact >= today), None)
    last = _exact(today.year, *numbers) or _exact(today.year - 1, *numbers)
    if last and last >= today:
        last = _exact(today.year - 1, *numbers)
    return None if last and today - last < timedelta(days=STALE_DAYS) else found


def _exact(year: int, day: int, month: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
