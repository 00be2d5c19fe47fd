"""The roles of a post: from its first line, else from its list of openings, else from what it says it looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingot.venues.hn_headline import EMPLOYMENT, ONSITE, REMOTE, Field, Kind, is_role, is_vague
from ingot.venues.hn_text import has_bullet, without_bullet, without_urls
from ingot.venues.hn_words import FIELD, LEVEL, ROLE_NOUN

MAX_ROLES = 12
MAX_ROLE = 80

_GLUE = frozenset({"or", "and", "more", "dev", "eng", "other"})
_PLURAL = re.compile(
    r"\b(engineer|developer|dev|programmer|architect|scientist|researcher|analyst|designer|manager|administrator|admin|intern|"
    r"director|consultant|specialist|generalist|lead|sre|swe|sdet|contractor|tester|hacker|writer|representative|"
    r"linguist|builder|advocate|evangelist|recruiter|coordinator|associate|expert)(?:s|\(s\))(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:jobs?|roles?|positions?|hiring|openings?|now hiring|looking for|seeking|wanted|we need|for)\s*:?\s+",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"^(?:an?|the|our|some|more|\d+[x+]?|multiple|several|various|many|additional|talented|great|good|skilled|strong|passionate|exceptional|awesome|"
    r"amazing|excellent|brilliant|smart|ambitious|motivated|curious|new|another|full[- ]?time|part[- ]?time|ft|experienced|remote|highly)\s+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:\s*[+&,]?\s*(?:and\s+)?(?:(?:lots |many )?more|others?|etc|et\.? al|non-engineering roles?)\b[.!]*|\s+x ?\d+|\s*#\d+|\s+(?:roles?|positions?|openings?|jobs?)|"
    r"\s*[-–—,/]\s*|\s+(?:in|at|for|and|or|with|on)|[\s:;.!*&]+|\s\++)$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_SLASH = re.compile(r"\s?/\s?")
_BETWEEN = re.compile(r"\s*(?:;|\s\+\s|,(?:\s*(?:and|or|&)\b)?|\s&\s|\s(?:and|or|OR)\s|\s-\s|▪)\s*")
_ENDS_IN_NOUN = re.compile(
    rf"(?:^|.*[\s/-]){ROLE_NOUN}$|.*\b(?:VP|vice president|head|director|chief)\b(?: of)?(?:,)? .+|.*\b{ROLE_NOUN} in test$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:S?VP|vice president|head|director|chief) of [\w &]{2,40}|(?:VP|head),? [\w &]{2,30})", re.IGNORECASE
)
_TITLE = re.compile(rf"^(?:[\w+#.&’'/-]+,? ){{0,6}}{ROLE_NOUN}(?: in test)?(?![\w-])", re.IGNORECASE)
_AT_COMPANY = re.compile(r"\s+@\s.*$")
_PROSE_STOP = re.compile(
    r"\b(?:i|including|throughout|such|across|we're|i['’]m|the|who|that|which|to|we|you|is|are|by|from|than|at|as|on|will|have|has|your|our|their|can|be|with|like|if|of)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:looking (?:for|to (?:hire|add))|hiring(?: for)?|(?:in )?search(?:ing)? (?:of|for)|seek(?:ing|s)?|to (?:hire|fill|join us as)|"
    r"need(?:s|ing)?(?: for)?(?: is for)?|opening(?:s)? for|bring on|hire|join us as|searching for|recruiting|apply here for)\s+"
    rf"(?P<role>(?:[\w+#.&/-]+,? ){{0,8}}?{ROLE_NOUN})(?![\w-])",
    re.IGNORECASE,
)
_AS = re.compile(
    rf"\bas an? (?P<role>(?:[\w+#./-]+ ){{0,5}}?{ROLE_NOUN})(?=,? (?:you|at|on)\b)|\broles?\s?[-–:]\s?(?P<named>(?:[\w+#./-]+ ){{0,5}}?{ROLE_NOUN})(?![\w-])",
    re.IGNORECASE,
)
_WANTS_FIRST = re.compile(
    rf"^(?P<role>(?:[\w+#./-]+ ){{0,4}}?{ROLE_NOUN})\b(?= (?:wanted|needed|to join|\())", re.IGNORECASE
)


def roles_in(fields: Iterable[Field], lines: list[str]) -> tuple[str, ...]:
    """The roles, singular and without terms, each once; `lines` are the post's lines below the first."""
    named = [role for field in fields if field.kind is Kind.role for role in split_roles(field.text)]
    found = named or list(_listed(lines)) or list(_wanted(lines))
    unique = {
        role.casefold(): role for role in reversed(found) if re.search(r"[^\W_]{2}", role) and role.lower() not in _GLUE
    }
    return tuple(reversed(unique.values()))[:MAX_ROLES]


def split_roles(text: str) -> list[str]:
    """`Data Engineers, Infrastructure Engineers` -> two roles; `Frontend and Backend Engineers` stays one."""
    plain = re.sub(r"\s+(?=[,;:])", "", _without_terms(_BRACKET.sub(" ", _AT_COMPANY.sub("", text))))
    # "Software Engineers: iOS, Android": what is behind the colon are its kinds.
    if _ENDS_IN_NOUN.match(before := plain.partition(": ")[0].strip()):
        plain = before
    whole = _clean(plain)
    # "Backend (Java), Mobile": a role is only taken apart where each piece can stand alone.
    if _HEAD.fullmatch(whole):
        return [whole]
    parts = [part for piece in _BETWEEN.split(plain) for part in _at_slashes(piece)]
    pieces = [piece for piece in map(_clean, parts) if piece and not _is_level(piece)]
    titled = [piece for piece in pieces if _ENDS_IN_NOUN.match(piece)]
    if len(parts) > 1 and titled and titled[0] == pieces[0]:
        return [piece for piece in titled if not is_vague(piece)]
    if len(pieces) > 1 and not titled and all(map(_is_field, pieces)):
        return [piece for piece in pieces if not is_vague(piece)]
    # Fields before a last plural share its noun: "Frontend, Backend & Data Engineers" stays as it is written.
    fits = whole and not is_vague(whole) and not _is_level(whole) and len(whole) <= MAX_ROLE
    return [whole] if fits else titled[:1]


def _at_slashes(piece: str) -> list[str]:
    """`Developer/Engineering Coach` are two roles, `ML/Vision Engineer` is one, `Rails / Devops` are two fields."""
    parts = _SLASH.split(piece)
    cleaned = [_clean(part) for part in parts]
    is_apart = all(map(_ENDS_IN_NOUN.match, cleaned)) or all(map(_is_field, cleaned))
    return parts if is_apart else [piece]


def _is_level(piece: str) -> bool:
    return re.fullmatch(rf"(?:(?:{LEVEL}|all levels?)[\s/-]*)+", piece, re.IGNORECASE) is not None


def _is_field(piece: str) -> bool:
    return re.fullmatch(rf"(?:(?:{LEVEL}|{FIELD})[\s/-]*)+", piece, re.IGNORECASE) is not None


def _listed(lines: list[str]) -> Iterator[str]:
    """Items of a list of openings: bulleted, linked, followed by a colon or standing alone on a line."""
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        item = without_bullet(line)
        text = without_urls(item)
        is_linked = text != item or (len(item) < MAX_ROLE and without_urls(following) == "")
        alone = len(text.split()) <= 9 and not text.rstrip().endswith((".", "!", "?"))
        if not (has_bullet(line) or is_linked or alone or re.match(r"[^:]{3,60}:\s", text)):
            continue
        if (role := _title(text)) and not _is_level(role):
            yield role


def _title(text: str) -> str:
    """The role that a line begins with, or nothing where the line is prose."""
    start = re.split(r"\s*(?:[:|(\[>]|\s[-–—]+\s|[-–—]+\s|,\s|;\s)", text.strip(" *_-–—\t"), maxsplit=1)[0]
    start = _LABEL.sub("", start).strip()
    if _HEAD.match(start) and len(start) <= MAX_ROLE:
        return _clean(start)
    found = _TITLE.match(start)
    if (
        found is None
        or "@" in text[: len(start) + 3]
        or re.match(r"(?i)(?:e-?mail|contact|send|ask|found|meet|ping)", start)
        or not re.match(r"[A-Z(]|i[A-Z]|[a-z]+(?:\.js|-end)?\s", start)
    ):
        return ""
    rest = start[found.end() :].strip()
    if len(rest.split()) > 3 or _PROSE_STOP.search(found[0]):
        return ""
    return _clean(_without_terms(found[0]))


def _wanted(lines: list[str]) -> Iterator[str]:
    for line in lines:
        for found in (*_WANTED.finditer(line), *_WANTS_FIRST.finditer(line), *_AS.finditer(line)):
            phrase = next(filter(None, found.groups()))
            if not _PROSE_STOP.search(phrase) and (role := _clean(_without_terms(phrase))) and not is_vague(role):
                yield from _complete(role)


def _complete(phrase: str) -> list[str]:
    return split_roles(phrase) or [phrase]


def _without_terms(text: str) -> str:
    """The text without "full-time" and "remote" at its ends and in its middle; a contractor or an intern stays one."""
    text = ONSITE.sub(" ", REMOTE.sub(" ", text))
    is_role_without = is_role(EMPLOYMENT.sub(" ", text))
    text = EMPLOYMENT.sub(
        lambda match: " " if is_role_without and not re.match(r"(?i)intern|contractor", match[0]) else match[0], text
    )
    return " ".join(text.split())


def _clean(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = _ENDING.sub("", _PRAISE.sub("", _LABEL.sub("", text.strip(" ,;:/&-–—*.!\"“”'"))))
    text = text.strip(" ,;:/&-–—*.!")
    if len(text) > 2 * MAX_ROLE:
        return ""
    text = _PLURAL.sub(r"\1", text)
    return (
        text[:-1]
        if re.search(rf"\b{ROLE_NOUN}$", text, re.IGNORECASE) and re.search(r"(?i)(?:er|or|st|[aie]nt|ive)s$", text)
        else text
    )
