"""The letter: one fact about them, one deed of the user, where the two meet, one ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingot.domain.deeds import deed
from ingot.domain.learned import Lesson, LessonKind, sentence_with
from ingot.domain.vocabulary import content_stems
from ingot.llm.offline import phrases
from ingot.llm.offline.points import shared_skills
from ingot.llm.offline.text import (
    capital,
    first_name,
    is_about_people,
    joined,
    lower_start,
    overlap,
    shorten,
    speaks_to_reader,
    starts_with_date,
    to_you,
)

_FACT_LENGTH = 200
_REFUSED_SHARE = 0.7
_TITLE_LENGTH = 60
_SUBJECT_LENGTH = 110


@dataclass(frozen=True)
class _Material:
    """What the letter may be made of, best first: facts (evidence) and lines (of the résumé), none of them refused before."""

    inputs: dict[str, Any]
    facts: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    skills: list[str]

    def pick(self, choices: tuple[str, ...], salt: int = 0) -> str:
        """The campaign's letters go through the choices in turn, so that neighbours differ; what the user took out stays out."""
        turn: int = self.inputs["variant"] + len(self.inputs["problems"])
        wanted = [choice for choice in choices if not any(sentence_with(choice, no) for no in self.unwanted)] or choices
        return wanted[(turn + salt) % len(wanted)]

    @property
    def unwanted(self) -> list[Lesson]:
        """The phrases that the user does not want to read."""
        said = self.inputs["preferences"]
        never = [Lesson(kind=LessonKind.never, value=phrase) for phrase in said["never"]]
        return never + [Lesson(kind=LessonKind.opening, value=phrase) for phrase in said["openings"]]

    def was_refused(self, sentence: str) -> bool:
        """Whether the gate refused this very sentence in an earlier draft."""
        return any(f"({sentence})" in problem for problem in self.inputs["problems"])

    @property
    def company(self) -> str:
        name: str = self.inputs["company_name"]
        return name


def compose(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `write_letter`."""
    material = _gather(inputs)
    if not material.facts or not material.lines:
        return {}
    subject_a, subject_b = _subjects(material)
    return {
        "subject_a": subject_a,
        "subject_b": subject_b,
        "body": _body(material),
        "followup_day_3": _follow_up(material, 1, phrases.DAY_3, phrases.DAY_3_ASKS),
        "followup_day_7": _follow_up(material, 2, phrases.DAY_7, phrases.DAY_7_ASKS),
    }


def _gather(inputs: dict[str, Any]) -> _Material:
    answers = {item["topic"]: item["answer"] for item in inputs["answers"]}
    refused = content_stems("\n".join(inputs["problems"]))
    told = [
        item
        for item in inputs["evidence"]
        if item["kind"] in {"signal", "product", "fact"} and shorten(item["quote"], _FACT_LENGTH)
    ]
    facts = [item for item in told if not _refused(item["quote"], refused)]
    everything = "\n".join(item["quote"] for item in inputs["evidence"])
    first = inputs["lead_line"]["no"]
    lines = [line for line in inputs["resume_lines"] if deed(line["text"]) and not _refused(line["text"], refused)]
    lines = lines or [line for line in inputs["resume_lines"] if not _refused(line["text"], refused)]
    lines.sort(
        key=lambda line: (
            -_chosen(line["text"], answers.get("experience", "")),
            line["no"] != first,
            -overlap(line["text"], everything),
        )
    )
    closest = lines[0]["text"] if lines else ""
    angle = inputs["preferences"]["angle"]
    preferred = {point["evidence_id"] for point in inputs["talking_points"] if point["kind"] == angle}
    order = {fact["id"]: rank for rank, fact in enumerate(facts)}
    facts.sort(
        key=lambda item: (
            -_chosen(item["quote"], answers.get("angle", "")),
            item["id"] not in preferred,
            _is_awkward(item["quote"]),
            -overlap(item["quote"], closest),
            order[item["id"]],
        )
    )
    skills = shared_skills([item["quote"] for item in facts], [line["text"] for line in inputs["resume_lines"]])
    return _Material(inputs, facts, lines, skills)


def _is_awkward(quote: str) -> bool:
    return starts_with_date(quote) or is_about_people(quote) or speaks_to_reader(quote)


def _chosen(text: str, answer: str) -> bool:
    return bool(answer) and text.strip().startswith(answer.strip().rstrip("."))


def _refused(text: str, refused: frozenset[str]) -> bool:
    stems = content_stems(text)
    return bool(refused) and len(stems & refused) >= _REFUSED_SHARE * len(stems)


def _body(material: _Material) -> str:
    inputs = material.inputs
    opening = _fact_sentence(material, material.facts[0], phrases.OPENING)
    experience = _experience_sentence(material, material.lines[0])
    bridge = _bridge(material)
    closing = f"{_wish(material)} {_ask(material)}"
    # A second fact belongs to the first one; shared skills only make sense once the user's side is told.
    start, core = (
        (opening, f"{experience} {bridge}") if material.skills else (f"{opening} {bridge}".strip(), experience)
    )
    layouts = ((f"{start}\n\n{core}", closing), (f"{start}\n\n{experience}", f"{bridge} {closing}"))
    middle, end = layouts[inputs["variant"] % len(layouts) if material.skills else 0]
    if len(f"{middle} {end}".split()) > inputs["max_words"]:
        middle, end = f"{opening}\n\n{experience}", _ask(material)
    return _framed(material, f"{middle}\n\n{end}")


def _framed(material: _Material, text: str) -> str:
    user, tone = material.inputs["user"], material.inputs["tone"]
    to = first_name(material.inputs["person_name"]) or f"{material.company} team"
    name = (
        f"{user['name']}\n{user['github_url']}"
        if user["github_url"] and tone in {"engineering", "general"}
        else user["name"]
    )
    said = material.inputs["preferences"]
    greeting = f"{said['greeting']} {to}," if said["greeting"] else phrases.GREETINGS[tone].format(to=to)
    return f"{greeting}\n\n{text}\n\n{said['closing'] or phrases.SIGN_OFFS[tone]}\n{name}"


def _fact_sentence(material: _Material, fact: dict[str, Any], told: phrases.FactPhrases) -> str:
    """The fact as a clause where its first word allows it, else after a colon."""
    said = shorten(fact["quote"], _FACT_LENGTH) or ""
    # Words meant for the company's customers stay theirs: quoted, not turned.
    text = f"“{said}”" if speaks_to_reader(said) else to_you(said)
    if fact["origin"] not in phrases.PLACES:
        return material.pick(told.hearsay).format(clause=text)
    where, source = phrases.PLACES[fact["origin"]]
    clause = text if text.startswith(material.company) else lower_start(text)
    if clause is None:
        return material.pick(told.after_colon).format(where=where, source=source, clause=text, company=material.company)
    return material.pick(told.clauses).format(where=where, source=source, clause=clause, company=material.company)


def _experience_sentence(material: _Material, line: dict[str, Any], salt: int = 0) -> str:
    turned = deed(line["text"])
    if turned is None:
        text = line["text"].strip().lstrip("•-–*· ").rstrip(".")
        return f"For {material.company}, this line of my résumé counts: {text}."
    lead_line = material.inputs["lead_line"]
    repeated = line["no"] == lead_line["no"] and lead_line["use"] > 1
    if not line["employer"]:
        return material.pick(phrases.EXPERIENCE_ALONE, salt).format(deed=turned)
    choices = phrases.EXPERIENCE_AGAIN if repeated else phrases.EXPERIENCE
    return material.pick(choices, salt).format(employer=line["employer"], deed=turned, company=material.company)


def _bridge(material: _Material) -> str:
    """Where the two meet: skills that both name, or else a second fact."""
    if material.skills:
        verb = "is" if len(material.skills) == 1 else "are"
        names = {"skills": joined(material.skills), "verb": verb, "company": material.company}
        first, *others = [
            capital(material.pick(phrases.BRIDGES, turn).format(**names)) for turn in range(len(phrases.BRIDGES))
        ]
        # A quote may name a skill and mean its opposite ("moved away from Kafka"): refused once, no words will mend it.
        if not any(material.was_refused(sentence) for sentence in (first, *others)):
            return first
    if len(material.facts) > 1:
        return _fact_sentence(material, material.facts[1], phrases.SECOND)
    return ""


def _wish(material: _Material) -> str:
    role = material.inputs["open_role"]
    if role:
        return material.pick(phrases.ROLE_WISHES).format(role=role, company=material.company)
    return material.pick(phrases.WISHES).format(company=material.company)


def _ask(material: _Material) -> str:
    answers = {item["topic"]: item["answer"] for item in material.inputs["answers"]}
    wanted = answers.get("ask", "")
    if wanted.startswith("Whether"):
        return f"Could you tell me {wanted[0].lower()}{wanted[1:].split(':', 1)[0]}?"
    if wanted.startswith("The name"):
        return "Could you tell me who would be the right person to write to?"
    return material.pick(phrases.ASKS[material.inputs["tone"]])


def _subjects(material: _Material) -> tuple[str, str]:
    role, company, user = material.inputs["open_role"], material.company, material.inputs["user"]
    title = re.split(r"[,|;–—(]| - ", user["headline"])[0].strip()
    skills = [capital(f"{joined(material.skills[:2])} at {company}")] if material.skills else []
    own = [f"{title} for {company}"] if 0 < len(title) <= _TITLE_LENGTH else []
    plain = (
        f"A question about the work at {company}",
        f"A question for the {company} team",
        f"The work at {company}",
        f"A short question for {company}",
    )
    firsts = [*skills, material.pick(plain), f"A question for {company}"]
    seconds = [
        *([f"{role} at {company}"] if role else []),
        *own,
        f"Twenty minutes about {company}?",
        f"Work at {company}",
    ]
    return _unrefused(firsts, material), _unrefused(seconds, material)


def _unrefused(choices: list[str], material: _Material) -> str:
    """The first that fits a subject line and was not refused before; they get plainer towards the end."""
    fitting = [choice for choice in choices if len(choice) <= _SUBJECT_LENGTH and not material.was_refused(choice)]
    return fitting[0] if fitting else f"A question for {material.company}"[:_SUBJECT_LENGTH]


def _follow_up(material: _Material, nth: int, openings: tuple[str, ...], asks: tuple[str, ...]) -> str:
    """A follow-up with another deed and another fact than the letter, as far as there are any."""
    line = material.lines[nth % len(material.lines)]
    fact = material.facts[nth % len(material.facts)]
    opening = material.pick(openings).format(company=material.company)
    news = _fact_sentence(material, fact, phrases.SECOND)
    return _framed(material, f"{opening} {_experience_sentence(material, line, nth)}\n\n{news} {material.pick(asks)}")
