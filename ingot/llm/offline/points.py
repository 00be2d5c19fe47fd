"""Why this user and this company: the value proposition and the three talking points."""

from __future__ import annotations

from typing import Any

from ingot.domain.deeds import deed
from ingot.domain.skills import family, find_skills
from ingot.llm.offline.text import joined, overlap, shorten, to_you

_MOST_SKILLS = 3
# Certificates and ways of working are nothing one "works with".
_NO_TOOLS = frozenset({"security", "practice"})


def shared_skills(company_texts: list[str], resume_texts: list[str]) -> list[str]:
    """The skills that both sides name, in the company's words and order, at most three."""
    theirs, ours = find_skills("\n".join(company_texts)), find_skills("\n".join(resume_texts))
    return [words for skill, words in theirs.items() if skill in ours and family(skill) not in _NO_TOOLS][:_MOST_SKILLS]


def as_deed(line: dict[str, Any]) -> str:
    """A résumé line as a statement of the user's: `At Acme I cut ...`."""
    turned = deed(line["text"])
    place = f"At {line['employer']} I" if line["employer"] else "I"
    return f"{place} {turned}." if turned else f"From my résumé: {line['text'].strip().rstrip('.')}."


def value_proposition(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `value_proposition` from shared skills and the résumé line that is closest to the company's own words."""
    texts = [inputs["product"], *inputs["signals"]]
    lines = inputs["resume_lines"]
    # Refused once, it is said with another line, and alone.
    untried = [line for line in lines if not any(as_deed(line) in problem for problem in inputs["problems"])] or lines
    closest = max(untried, key=lambda line: (overlap(line["text"], "\n".join(texts)), -line["no"]))
    skills = shared_skills(texts, [line["text"] for line in lines])
    opening = (
        f"{joined(skills)} {'is' if len(skills) == 1 else 'are'} on my résumé and in your work. "
        if skills and not inputs["problems"]
        else ""
    )
    known = len(inputs["signals"]) + 2 * len(skills)
    return {
        "value_proposition": (opening + as_deed(closest))[:400],
        "confidence": "high" if known >= 9 else "medium" if known >= 4 else "low",
    }


def talking_points(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `talking_points`: what they did, where it touches the user's work, what the user brings."""
    evidence, lines = inputs["evidence"], inputs["resume_lines"]
    by_kind = [item for kind in ("signal", "product", "fact") for item in evidence if item["kind"] == kind]
    pool = by_kind or evidence
    achievement = pool[0]
    others = [item for item in pool if item["id"] != achievement["id"]] or [achievement]
    connection = max(others, key=lambda item: max(overlap(item["quote"], line["text"]) for line in lines))
    products = [item for item in evidence if item["kind"] == "product"] or pool
    offered = max(lines, key=lambda line: (overlap(line["text"], connection["quote"]), -line["no"]))
    return {
        "achievement": _point(achievement),
        "connection": _point(connection),
        "value": {"text": as_deed(offered)[:400], "evidence_id": products[0]["id"]},
    }


def _point(item: dict[str, Any]) -> dict[str, Any]:
    return {"text": to_you(shorten(item["quote"], 380) or item["quote"][:380]), "evidence_id": item["id"]}
