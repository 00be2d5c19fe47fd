"""The first line of a post: which of its fields is what, in any order and with any separator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from ingot.domain.places import place_of
from ingot.venues.hn_text import urls_in, without_urls
from ingot.venues.hn_words import FIELD, LEVEL, ROLE_NOUN

MAX_HEADLINE = 400

_PIPES = re.compile(r"\s*\|+\s*")
# The other separators, the surest first, and how often one must occur.
_OTHERS = (
    (re.compile(r"\s+(?:-{1,3}|–|—|·|•|::|//)\s+|\s+-(?=[A-Z])|-\s+(?=[A-Z])"), 1),
    (re.compile(r"\s/\s"), 2),
    (re.compile(r"\s*;\s*"), 2),
    (re.compile(r"\.\s+(?=[A-Z(])"), 2),
    (re.compile(r",\s+(?=[A-Z])"), 1),
)
_DASHES = re.compile(r"\s+(?:-{1,3}|–|—)\s+|\s-(?=\w)|-\s+(?=[A-Z])")
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|we|we're|we’re|has|have|makes?|builds?|helps?|provides?|uses?|seeks?|i'm|im|our|you|your|looking for)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<![\w@.])(?:[\w-]+\.)+(?:com|org|net|io|ai|co|dev|app|tech|me|us|uk|eu|de|fr|ca|xyz|health|cloud|team|jobs|ly|gg|so|is|tv|one|world)(?:\.uk|\.au)?\b(?:/\S*)?(?!@)", re.IGNORECASE)  # fmt: skip

REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|wfh|work from home|telecommut\w+|distributed|anywhere|fully[- ]remote)\b", re.IGNORECASE
)
ONSITE = re.compile(r"\b(?:on[- ]?sites?|in[- ]person|in[- ]office|local only)\b", re.IGNORECASE)
HYBRID = re.compile(r"\b(?:hybrid|partly remote|partially remote)\b", re.IGNORECASE)
NO_REMOTE = re.compile(r"\b(?:no|not|non)[- ]remote\b|\bremote (?:is )?not\b|\bno remotes?\b", re.IGNORECASE)
VISA = re.compile(r"\b(?:visas?|h-?1b|sponsor\w*|relocat\w+)\b", re.IGNORECASE)
_EMPLOYMENT = r"(?:full-? (?:or|and) part[- ]*time|full[- ]*time|part[- ]*time|perm(?:anent)?|contract(?:ors?|ing)?|freelanc\w+|intern(?:s|ship|ships)?|temporary|ft(?!\.)|pt(?!\.)|co-?op)"
EMPLOYMENT = re.compile(rf"\b{_EMPLOYMENT}\b", re.IGNORECASE)
SALARY = re.compile(
    r"[$£€¥]\s?\d|\d\s?[$£€¥]|\b\d{2,3}(?:[.,]\d+)?\s?k\b|\b(?:USD|EUR|GBP|CHF|CAD|AUD|MXN|SEK)\b\s?\d|\d\s?(?:USD|EUR|GBP|CHF|CAD|AUD|MXN|SEK)\b|"
    r"\b(?:equity|salary|salaries|compensation|comp|stock|bonus|benefits)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    rf"\b(?:remote(?:ly)?|wfh|on[- ]?site|in[- ]person|in[- ]office|hybrid|{_EMPLOYMENT}|visas?|h-?1b|sponsor\w*|relocation|transfers?|"
    r"only|ok|okay|possible|friendly|preferred|considered|optional|welcome|required|first|available|and|or|in|the|at|with|w|no|"
    r"within|based|fully|partly|mostly|maybe|please|day|days|week|weeks|hours?|us|usa|u\.s\.?|eu|citizens?|citizenship|"
    r"worldwide|anywhere|global|competitive|comp|negotiable|doe|yes|hq|office|some|also|can|be|but|is|a|possibility|all|positions?|100)\b|[\W\d_]",
    re.IGNORECASE,
)  # fmt: skip
_ROLE_END = re.compile(
    rf"(?<![\w-]){ROLE_NOUN}(?:\(s\))?(?![\w-])(?!\s(?:tools?|platform|agency|studio|shop|company|startup|community|marketplace|experience)\b)",
    re.IGNORECASE,
)
_HEAD_OF = re.compile(r"\b(?:[SA]?VP|vice president|head|director|chief)(?: of|,)? [A-Za-z]")
_ONLY_FIELDS = re.compile(rf"(?:(?:{LEVEL}|{FIELD}|dev|team|roles?|[&/,+]|and|or|-)[\s]*)+", re.IGNORECASE)
_VAGUE_ROLE = re.compile(
    r"(?!software (?:engineering|development)$)(?:\d+\+? )?(?:(?:multiple|various|several|all|many|open|different|lots of|engineering|non-engineering|software|technical|product|tech|business|dev|and|&|/|-|other|more|types? of|kinds? of|sde|levels?|\+)[\s,]*)*"
    r"(?:positions?|roles?|openings?|jobs|engineering|opportunities|teams|departments)(?: available)?[\s!.]*",
    re.IGNORECASE,
)


_NO_CODES = re.compile(r"\b(?:AI|ML|VR|IT|GO|NO|QA|PM|TV)\b")
# Where people work that no country is named by.
_WIDE = re.compile(r"\b(?:worldwide|bay area|europe|emea|apac|multiple (?:cities|locations)|global)\b", re.IGNORECASE)


class Kind(StrEnum):
    """What a field of the first line is."""

    url = "url"
    terms = "terms"
    salary = "salary"
    role = "role"
    vague = "vague"
    place = "place"
    other = "other"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: its text without web addresses, and what it is."""

    text: str
    kind: Kind
    urls: tuple[str, ...] = field(default=())


def fields_of(line: str) -> list[Field]:
    """The fields of a first line. A line that is a sentence is one field of kind `other`."""
    line = line[:MAX_HEADLINE]
    texts = [text for text in _PIPES.split(line) if text.strip()]
    if len(texts) == 1:
        texts = _split_otherwise(texts[0])
    elif texts:
        # "Acme - Berlin | Engineer": only the first field is taken apart, a role may hold a dash of its own.
        texts = [*(part for part in _DASHES.split(texts[0]) if part.strip()), *texts[1:]]
    return [_field(text) for text in texts]


def is_sentence(text: str) -> bool:
    """Whether a text is prose rather than a field."""
    return len(text.split()) > 5 and _SENTENCE.search(text) is not None


def is_role(text: str) -> bool:
    """Whether a text names what somebody would be hired as."""
    plain = re.sub(r"\([^)]*\)", "", text).strip()
    if re.fullmatch(rf"(?:{LEVEL}[\s,/&-]*(?:to |and |or )?)+", plain, re.IGNORECASE):
        return False
    return bool(_ROLE_END.search(plain) or _HEAD_OF.search(plain) or (plain and _ONLY_FIELDS.fullmatch(plain)))


def has_only_terms(text: str) -> bool:
    """Whether a text says where and how one works and nothing else: "REMOTE (full-time only)"."""
    return not _TERMS.sub("", re.sub(r"\([^)]*\)", "", text))


def is_vague(text: str) -> bool:
    """Whether a text only says that there are roles: "Multiple positions"."""
    return _VAGUE_ROLE.fullmatch(text.strip()) is not None


def names_place(text: str) -> bool:
    """Whether a text names a place. Of codes that are words of the trade as well ("AI", "IT") none counts."""
    return bool(place_of(_NO_CODES.sub(" ", text)).country or _WIDE.search(text))


def is_only_place(text: str) -> bool:
    """Whether a text is the name of a place and nothing else: "Berlin, DE", but not "Berlin Phil"."""
    plain = re.sub(r"\([^)]*\)", "", text).strip(" .,")
    parts = [part.strip() for part in re.split(r"[,;/&+]|\sand\s|\sor\s", plain) if part.strip()]
    return bool(parts) and len(plain.split()) <= 8 and all(_is_place(part) for part in parts)


def _is_place(part: str) -> bool:
    if not place_of(part).country:
        return False
    words = part.split()
    for count in range(1, len(words)):
        rest = " ".join(words[count:])
        if place_of(" ".join(words[:count])).country and not (
            place_of(rest).country or re.fullmatch(r"(?i)(?:city|area|metro|county|region|hq)", rest)
        ):
            return False
    return True


def _split_otherwise(line: str) -> list[str]:
    plain = without_urls(line, filler="~")
    for separator, least in _OTHERS:
        cuts = [match.span() for match in separator.finditer(plain)]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(line)]
        parts = [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        # A dash or a comma inside a sentence separates nothing: what is before it must be a name, what is behind it a field.
        if (
            len(cuts) >= least
            and not is_sentence(parts[0])
            and any(_field(part).kind is not Kind.other for part in parts)
        ):
            return [part for part in parts if part]
    return [line]


def _field(text: str) -> Field:
    urls = [*urls_in(text), *_hosts(without_urls(text))]
    rest = _HOST.sub("", without_urls(text)) if urls else text
    # "Acme.io" alone is a name as well; a field that is nothing but an address in brackets or a link is none.
    bare = re.sub(r"[(\[]\s*[)\]]", "", rest).strip(" ,;-–—")
    if bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1:
        bare = bare[1:-1]
    return Field(text=bare or text.strip(), kind=_kind(bare) if bare else Kind.url, urls=tuple(urls))


def _hosts(text: str) -> list[str]:
    return [match[0].rstrip(".,)") for match in _HOST.finditer(text) if match[0][0].islower() or "/" in match[0]]


def _kind(text: str) -> Kind:
    """The first question that holds names the kind."""
    has_terms = any(pattern.search(text) for pattern in (REMOTE, ONSITE, EMPLOYMENT, VISA))
    questions = (
        (Kind.other, is_sentence(text)),
        (Kind.vague, is_vague(text)),
        (Kind.terms, has_terms and not _TERMS.sub("", text)),
        (Kind.role, _names_role(text)),
        (Kind.salary, SALARY.search(text)),
        (Kind.place, names_place(text) and not VISA.search(text)),
        (Kind.terms, has_terms),
    )
    return next((kind for kind, holds in questions if holds), Kind.other)


def _names_role(text: str) -> bool:
    """Contractors and interns are also ways of being employed: they need another word to be a role."""
    without = EMPLOYMENT.sub("", re.sub(r"\([^)]*\)", "", text))
    return is_role(without) or (
        is_role(text) and bool(re.search(r"[A-Za-z.]{2,}", _TERMS.sub("", text))) and not place_of(text).country
    )
