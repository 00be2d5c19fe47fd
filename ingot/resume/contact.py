"""Who the résumé is of: name, headline, e-mail, telephone, place and profiles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingot.resume.dates import find_dates
from ingot.resume.sections import known_section
from ingot.resume.words import FIRM, TITLE, is_place, place_in

_EMAIL = re.compile(r"(?<![\w.+'-])[A-Za-z0-9][\w.+'-]{0,63}@[A-Za-z0-9](?:[\w-]*\.)+[A-Za-z]{2,24}(?![\w@])")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().–/-]{6,20}\d(?:\s*(?:x|ext\.?)\s*\d+)?(?![\w/])")
_GITHUB = re.compile(r"github\.com/([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)/?(?![\w/.-])", re.IGNORECASE)
_LINKEDIN = re.compile(r"linkedin\.com/(in|pub)/([\w%.-]+\w)", re.IGNORECASE)
_CUT = re.compile(r"\t|\s*[|•·∙]\s*|\s+[–—]\s+|\s{2,}|;")
_NO_NAME = re.compile(
    r"curriculum vitae|\bcv\b|r[ée]sum[ée]|e-?mail|phone|address|mobile|linkedin|github|page|street|updated|website"
    r"|portfolio|confidential|references",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    r"(?:,\s*(?:ph\.?d|m\.?sc|b\.?sc|mba|m\.?d|pmp|cpa|jr|sr|ii|iii|esq|m\.?s|b\.?s)\.?)+$", re.IGNORECASE
)
_PARTICLES = frozenset("de da do dos das del della di du la le van von der den ter ten bin ibn al el y e".split())


def emails(text: str, links: Iterable[str]) -> list[str]:
    """The e-mail addresses, best first: linked ones that the text shows, then the text's, then other links."""
    linked = [match[0] for link in links if link.lower().startswith("mailto:") and (match := _EMAIL.search(link))]
    shown = _EMAIL.findall(text)
    packed = re.sub(r"\s+", "", text)
    ranked = [address for address in linked if address in packed and address not in shown] + shown + linked
    return list(dict.fromkeys(ranked))


def phone(text: str, links: Iterable[str]) -> str:
    """The first telephone number as written, or an empty text."""
    for match in _PHONE.finditer(re.sub(r"https?://\S+", " ", text)):
        number = " ".join(match[0].split())
        digits = re.sub(r"\D", "", number)
        if 7 <= len(digits) <= 15 and find_dates(number) is None and not re.fullmatch(r"\d{1,6}[-–/]\d{1,5}", number):
            return number
    return next((link[4:].strip("/ ") for link in links if link.lower().startswith("tel:")), "")


def profile_url(text: str, links: Sequence[str], site: str) -> str:
    """The address of the user's own GitHub or LinkedIn page (`site`), links before text; empty if there is none."""
    pattern = _GITHUB if site == "github" else _LINKEDIN
    for source in (*links, text):
        match = pattern.search(source)
        if match is None:
            continue
        return (
            f"https://github.com/{match[1]}" if site == "github" else f"https://www.linkedin.com/{match[1]}/{match[2]}"
        )
    return ""


def location(lines: Iterable[str]) -> str:
    """The first place among the header's cells, as written; empty if there is none."""
    cells = [cell.strip(" •") for line in lines for cell in re.split(r"\t|\s[|•·∙–—]\s|;", line)]
    for cell in cells:
        bare = re.sub(r"^(?:address|location|based in|lives? in)\s*:?\s*", "", cell, flags=re.IGNORECASE)
        if is_place(bare):
            return bare
        labelled = bare != cell and bool(bare) and len(bare) < 90
        if labelled or place_in(bare):
            return bare.strip(" ,") if labelled or any(letter.isdigit() for letter in bare) else place_in(bare)
    return next(
        (cell.strip(" ,") for cell in cells if re.search(r"\d", cell) and re.search(r"\w+,\s*[A-Z][\w ]+,", cell)), ""
    )


def name_and_headline(sections: Sequence[Sequence[str]], known: str) -> tuple[str, str]:
    """The person's name and the line that says what they are, from the lines of the sections in order.

    `known` is what else names them (the e-mail's local part, profile addresses): it outweighs position.
    """
    ranked = []
    index = 0
    for place, lines in enumerate(sections):
        for at, line in enumerate(lines[: max(0, 40 - index)]):
            for cell_index, (cell, rest) in enumerate(_cells(lines, at)):
                score = _name_score(cell, known)
                if score > 0 and (index < 12 or score >= 2):
                    ranked.append((score - 0.12 * min(index, 12) - 0.2 * cell_index, -index, cell, (place, at, rest)))
            index += bool(line)
    if not ranked:
        return "", ""
    _, _, name, (place, at, rest) = max(ranked)
    return _cased(_CREDENTIALS.sub("", name)), _headline(rest, sections[place][at + 1 :], name)


def _cells(lines: Sequence[str], index: int) -> list[tuple[str, str]]:
    line = _EMAIL.split(re.sub(r"^name\s*:\s*", "", lines[index], flags=re.IGNORECASE))[0].strip()
    pieces = [piece.strip(" ,•#") for piece in _CUT.split(line)]
    cells = [(piece, " ".join(pieces[place + 1 :])) for place, piece in enumerate(pieces)]
    if "," in pieces[0]:
        head, _, tail = pieces[0].partition(",")
        cells.append((head.strip(), tail.strip()))
    if len(pieces) == 2 and all(len(piece.split()) <= 2 for piece in pieces):
        cells.append((" ".join(pieces), ""))
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    if len(line.split()) == 1 and len(following.split()) == 1:
        cells.append((f"{line} {following}", ""))
    return cells


def _name_score(cell: str, known: str) -> float:
    words = _CREDENTIALS.sub("", cell).split()
    if not 1 <= len(words) <= 6 or re.search(r"[\d@/:\\<>{}=!?%&+]", cell) or len(cell) > 60:
        return 0
    if _NO_NAME.search(cell) or known_section(cell) or is_place(cell):
        return 0
    if not all(word[0].isupper() or not word[0].isascii() or word.lower() in _PARTICLES for word in words):
        return 0
    significant = [re.sub(r"\W", "", word).lower() for word in words]
    named = sum(len(word) > 2 and _plain(word) in known for word in significant)
    if len(words) == 1:
        wide = re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}", words[0]) is not None
        return 1.5 if wide else 1.0 if named and len(words[0]) > 3 else 0
    if "," in _CREDENTIALS.sub("", cell) or ((TITLE.search(cell) or FIRM.search(cell)) and named < 2):
        return 0
    return 1.0 + min(named, 2)


def _plain(word: str) -> str:
    import unicodedata

    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def _cased(name: str) -> str:
    if not name.isupper() or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize() if len(match[0]) > 1 else match[0], name)


def _headline(rest: str, following: Sequence[str], name: str) -> str:
    for line in (rest, *following[:6]):
        text = line.strip(" ,|•·#")
        if not text or text == name or text in name:
            continue
        cells = [cell for cell in _CUT.split(text) if cell]
        reachable = _EMAIL.search(text) or _PHONE.search(text) or re.search(r"https?:|www\.|\.com\b|\.org\b", text)
        if reachable or any(is_place(cell) for cell in cells) or find_dates(text):
            continue
        if TITLE.search(text) and len(text.split()) <= 20 and not text.endswith("."):
            return text.replace("\t", ", ")
        if len(cells) == 1 and 2 <= len(text.split()) <= 8 and not text.endswith(".") and not re.search(r"\d", text):
            return text
    return ""
