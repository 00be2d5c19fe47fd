"""A letter's text, cut into sentences, and a sentence into clauses."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "e.g i.e etc dr mr mrs ms prof inc ltd co corp approx vs st no fig jr sr dept est u.s u.k a.m p.m ph.d b.sc m.sc".split()
)
# After "5 p.m." these go on with the time of day.
_ZONE = re.compile(
    r"(?:[A-Z]{2,}|Pacific|Eastern|Central|Mountain|Greenwich|Mon|Tue|Wed|Thu|Fri|Sat|Sun|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\w*\b|(?:\w+\s){1,2}time\b"
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+\S)")
_BULLET = re.compile(r"\s*(?:[-*•·‣▪–—]|\d{1,2}[.)])\s+")
_SHORT_LINE_WORDS = 4

_SUBJECTS = r"(?:I|you|your|we|our|my|they|he|she|it|the\ team)\b"
_CLAUSE_BREAK = re.compile(
    rf"""[;:.!?]\s+ | \s[-–—]+\s | \s*[()]\s*
    | (?<!\band)(?<!\bbut),?\s+(?=(?:and\s+|but\s+)?(?:(?:so|as|neither|nor)\s+(?:do|does|did|have|has|am|are|is|was|were|can|would)\s+\w+
                |me\s+too|same\s+here)\b)
    | ,?\s+(?=(?:and|but|so|because|since|as|while|whereas|where|when|which|that|what|how|why|before|after|until|
                if|though|although|whether|like|the\ way)\s+(?:also\s+|then\s+|just\s+)?{_SUBJECTS})
    | ,\s+(?={_SUBJECTS})
    | \s+(?=(?:a|an|the|some)\s+(?:[\w-]+\s+){{1,3}}(?:that\s+|which\s+)?I\b)
    | ,\s+(?=(?:after\ which|and\ there|but|yet|the\ same)\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_LEADING_PHRASE = re.compile(r"(?:at|as|in|for|with|given|during|from|by|thanks to|because of|over)\s", re.IGNORECASE)
_ANY_SUBJECT = re.compile(rf"\b{_SUBJECTS}", re.IGNORECASE)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in order, each as it stands there, without the white space around it.

    A blank line, a bullet and a short line (a greeting, a sign-off, a name) end a sentence; a line break inside wrapped
    prose does not, and neither does the dot of a number, an address or a usual abbreviation.
    """
    return [sentence for block in _blocks(text) for sentence in _split_block(block)]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, cut where a new subject can begin; together they hold all its words.

    A phrase that leads up to its subject ("As an engineer at ..., I") stays with it.
    """
    found: list[str] = []
    for piece in _CLAUSE_BREAK.split(sentence):
        part = piece.strip(" ,;:-–—")
        if found and _LEADING_PHRASE.match(found[-1]) and not _ANY_SUBJECT.search(found[-1]):
            part = f"{found.pop()}, {part}"
        if part:
            found.append(part)
    return found


def without_bullet(sentence: str) -> str:
    """The sentence without the bullet or number it is listed under."""
    match = _BULLET.match(sentence)
    return sentence[match.end() :] if match else sentence


def _blocks(text: str) -> list[str]:
    blocks: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        if not line.strip() or _BULLET.match(line):
            blocks.append([])
        blocks[-1].append(line)
        stripped = line.strip()
        if stripped.endswith((".", "!", "?", ":")) or (stripped and len(stripped.split()) <= _SHORT_LINE_WORDS):
            blocks.append([])
    return [stripped for block in blocks if (stripped := "".join(block).strip())]


def _split_block(block: str) -> list[str]:
    sentences, start = [], 0
    for match in _END.finditer(block):
        if not _ends_sentence(block, match):
            continue
        sentences.append(block[start : match.end()].strip())
        start = match.end()
    sentences.append(block[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends_sentence(block: str, match: re.Match[str]) -> bool:
    if match.group()[0] != ".":
        return True
    before = block[: match.start()].split()
    last_word = before[-1].lower().lstrip("(\"'“") if before else ""
    is_initial = len(last_word) == 1 and last_word.isalpha() and last_word != "i"
    rest = block[match.end() :].lstrip("\"'“( \n\t")
    if last_word in {"a.m", "p.m"} and rest[:1].isupper():
        return _ZONE.match(rest) is None
    following = block[match.end() :].lstrip()[0]
    return last_word not in _ABBREVIATIONS and not is_initial and not (following.islower() and following.isascii())
