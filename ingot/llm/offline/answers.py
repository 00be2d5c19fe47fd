"""A short answer that the user may send: thanks, at most one line of the résumé, and how to go on."""

from __future__ import annotations

import re
from typing import Any

from ingot.domain.skills import find_skills
from ingot.llm.offline.points import as_deed
from ingot.llm.offline.text import first_name, overlap

_LONG_WORD = re.compile(r"\b[^\W\d_]{5,30}\b")
_TERM = re.compile(r"[\w+#. -]{2,30}")
_CALL = re.compile(r"\b(?:call|talk|meet|meeting|chat|phone|zoom|coffee)\b", re.IGNORECASE)
_CLOSING = {
    "positive": "Thank you for your answer. Which time would suit you?",
    "question": "Thank you for your question.",
    "referral": "Thank you for telling me who to write to. That helps me.",
    "negative": "Thank you for telling me. I wish you well.",
    "other": "Thank you for your answer. Would a short call be useful to you?",
}


def compose(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `suggest_answer`. Says nothing about the company, and of the user only what a résumé line says."""
    kind = inputs["kind"] if inputs["kind"] in _CLOSING else "other"
    paragraphs = [_CLOSING[kind]]
    if kind == "positive" and inputs["scheduling_link"]:
        paragraphs = [f"{paragraphs[0]} Or pick a time here: {inputs['scheduling_link']}"]
    if kind == "question":
        paragraphs += [*_closest_deed(inputs), "Could we talk about it for a few minutes?"]
    name = first_name(inputs["person_name"])
    greeting = f"Hi {name}," if name else "Hello,"
    return {"body": "\n\n".join([greeting, *paragraphs, f"Best regards,\n{inputs['user_name']}"])}


def read_question(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `read_question`: the skills that the mail names, then its longest words."""
    words = inputs["words"]
    found = list(find_skills(words).values()) + sorted(
        set(_LONG_WORD.findall(words)), key=lambda word: (-len(word), word)
    )
    fitting = [term for term in dict.fromkeys(found) if _is_term(term)]
    return {"wants": "call" if _CALL.search(words) else "details", "terms": fitting[:5]}


def _is_term(text: str) -> bool:
    """Whether it may stand in `ReplyWants.terms`, whose pattern is read by Rust: "¹" is no part of a word there."""
    return bool(_TERM.fullmatch(text)) and all(c.isalpha() or c.isdecimal() or c in "_+#. -" for c in text)


def _closest_deed(inputs: dict[str, Any]) -> list[str]:
    """The résumé line that the question is about, if one is: as the user's own deed."""
    ranked = sorted(
        ((overlap(line["text"], " ".join(inputs["terms"])), -line["no"], line) for line in inputs["resume_lines"]),
        key=lambda item: item[:2],
        reverse=True,
    )
    return [as_deed(ranked[0][2])] if ranked and ranked[0][0] > 0 else []
