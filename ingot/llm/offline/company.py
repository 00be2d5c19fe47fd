"""Research, phase 1: the sentences of a record and its pages that say what a company makes and what happened there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ingot.domain.signals import date_near, is_fresh, is_old
from ingot.domain.skills import find_skills
from ingot.llm.offline.text import distinct, is_about_people, sentences, speaks_as_we, speaks_to_reader

_SHORTEST, _LONGEST = 30, 260
_MOST_SIGNALS = 8
_FRESH, _OLD = (
    2.0,
    -8.0,
)  # what happened this year is worth a letter, what happened before is nothing to congratulate on

# What makes a sentence worth writing about: points per sign.
_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = (
    (
        re.compile(
            r"\b(?:launch|releas|open-sourc|ship|announc|acquir|rais|publish|won|partner|migrat|expand|opened|grew)\w*",
            re.IGNORECASE,
        ),
        3.0,
    ),
    (
        re.compile(
            r"\b(?:20(?:2[4-9])|January|February|March|April|May|June|July|August|September|October|November|December)\b"
        ),
        1.5,
    ),
    (re.compile(r"[€$£]\s?\d|\d\s?%|\b\d[\d,.]*\s?(?:million|billion|k|M|B)\b", re.IGNORECASE), 2.0),
    (re.compile(r"\b\d[\d,.]*\b"), 1.0),
    (
        re.compile(
            r"\b(?:customers?|teams|users|clinics|schools|companies|engineers|developers|banks|used by|trusted by|runs? on)\b",
            re.IGNORECASE,
        ),
        1.0,
    ),
    (
        re.compile(
            r"\b(?:written in|built on|built with|running on|powered by|under the hood|architecture|latency|open source)\b",
            re.IGNORECASE,
        ),
        1.5,
    ),
    (
        re.compile(
            r"\b(?:problem|hard|challenge|next|this year|plan|working on|rebuild|largest piece)\b", re.IGNORECASE
        ),
        1.0,
    ),
)

# What no letter should be built on: boilerplate, other people's praise, what an applicant should bring, orders to a reader, the page's own
# questions.
_UNFIT = re.compile(
    r"cookie|privacy|terms of|all rights|subscribe|sign up|log ?in|book a demo|learn more|read more|click|ignore (?:all|any|previous|the)|instruction"
    r"|^(?:Give|Get|Try|Join|Meet|Build|Start|Stop|Turn|Make|Let|Never|Imagine|Say|Tell|Ask|See|Discover|Explore|Find|Save|Ship|Run|Use)\b(?! you| our| the team)"
    r"|hard requirement|nice[- ]to[- ]have|\b(?:a|huge|big|definite) plus\b|bonus points|would be helpful|years? of experience|\b(?:preferred|required)\b|^let us\b|\bI\b|\bI['’]m\b|\bmy\b|[“”\"]|\?$|©|https?://|@|\bapply\b|^\W|lorem|system prompt|as an ai",
    re.IGNORECASE,
)  # fmt: skip
_DANGLING = re.compile(
    r"^(?:It|They|This|That|These|Those|He|She|But|And|So|Then|However|Instead|Here|There|First|Second|Third|Next|Finally|Meanwhile|Also"
    r"|To do (?:this|so)|For example|As a result|In short|Unlike|Because|Why|How|What|No more)\b"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|will|do|does|\w+ed|\w+s|we|you|builds?|runs?|helps?|makes?|lets?|gives?)\b"
)
_LABEL = re.compile(r"^[A-Z][\w ]{2,20}: \S")

_ROLE = re.compile(
    r"\b(?:(?:Senior|Staff|Principal|Lead|Founding|Junior|Head of|Forward[- ]Deployed)\s+)*"
    r"(?:Software|Backend|Back-end|Frontend|Full[- ]?stack|Platform|Infrastructure|Data|Machine Learning|ML|AI|DevOps|Site Reliability|Security|Product|Systems|Integration|Robotics|Mobile|Product)"
    r"\s+(?:Engineer|Developer|Scientist|Manager|Lead)\b"
)


@dataclass(frozen=True)
class _Candidate:
    text: str
    source: str
    score: float


def facts(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `research_company`: product, signals and an open role, each the quote itself."""
    name: str = inputs["company_name"]
    record = [(line, inputs["record_url"]) for line in sentences(inputs["record_text"]) if not _LABEL.match(line)]
    pages = [(line, page["url"]) for page in inputs["pages"] for line in sentences(page["text"])]
    product = _product(name, record, pages)
    used = product["quote"] if product else ""
    dates = _dates(inputs)
    candidates = [
        _Candidate(text, source, _worth(text, name) + dates.get((text, source), 0.0))
        for text, source in pages + record
        if text != used and _worth(text, name) > 0
    ]
    ranked = sorted((item for item in candidates if item.score > 0), key=lambda item: -item.score)
    chosen = distinct(item.text for item in ranked)[:_MOST_SIGNALS]
    sources = {item.text: item.source for item in reversed(ranked)}
    return {
        "product": product,
        "signals": [_fact(text, sources[text]) for text in chosen],
        "open_role": _open_role(pages + record),
    }


def _dates(inputs: dict[str, Any]) -> dict[tuple[str, str], float]:
    """What the date of a sentence adds to its worth; only where it, the line beside it, or its page names one."""
    if not inputs.get("today"):
        return {}
    now = datetime.fromisoformat(inputs["today"]).replace(tzinfo=UTC)
    worth: dict[tuple[str, str], float] = {}
    for page in inputs["pages"]:
        own = datetime.fromisoformat(page["dated"]).replace(tzinfo=UTC) if page.get("dated") else None
        for line in sentences(page["text"]):
            when = date_near(page["text"], line, now=now) or own
            worth[line, page["url"]] = _FRESH * is_fresh(when, now=now) + _OLD * is_old(when, now=now)
    return worth


def _product(name: str, record: list[tuple[str, str]], pages: list[tuple[str, str]]) -> dict[str, str] | None:
    says_what = re.compile(rf"^(?:At )?{re.escape(name)}\b.{{0,40}}?\b(?:is|are|builds?|helps?|gives?|runs?|makes?|lets?|provides?|matches|reads|checks|decides|replaces|compares|listens|automates?|offers?|enables?|\w+s)\b")  # fmt: skip
    everything = record[1:] + pages
    fits = [(text, source) for text, source in everything if says_what.match(text) and _usable(text, longest=320)]
    # Without such a sentence, the record's own line about the company is what it says of itself.
    text, source = next(iter(fits), next(iter(everything), ("", "")))
    return _fact(text, source) if text else None


def _worth(text: str, name: str) -> float:
    if not _usable(text) or _DANGLING.match(text):
        return 0.0
    score = sum(points for sign, points in _SIGNS if sign.search(text))
    score += 0.8 * min(3, len(find_skills(text)))
    # A sentence that names its subject can be told again without the page around it.
    score += 2.0 if speaks_as_we(text) or name.lower() in text.lower() else 0.0
    return score - 4.0 * is_about_people(text) - 3.0 * speaks_to_reader(text)


def _usable(text: str, *, longest: int = _LONGEST) -> bool:
    words = text.split()
    prose = len(words) >= 5 and text[-1] in ".!" and _VERB.search(text) is not None
    return prose and _SHORTEST <= len(text) <= longest and _UNFIT.search(text) is None


def _open_role(lines: list[tuple[str, str]]) -> dict[str, str] | None:
    for text, source in lines:
        if (role := _ROLE.search(text)) and len(text) <= _LONGEST and "ignore" not in text.lower():
            return {"statement": role.group(), "quote": text, "source": source}
    return None


def _fact(text: str, source: str) -> dict[str, str]:
    return {"statement": text, "quote": text, "source": source}
