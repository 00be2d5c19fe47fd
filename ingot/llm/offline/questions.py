"""Two or three questions about one lead, each answered by choosing from what was found."""

from __future__ import annotations

from typing import Any

from ingot.domain.deeds import deed
from ingot.llm.offline.text import overlap, shorten

_OPTION = 150


def questions(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `questions`: which fact to open with, which experience to lead with, what to ask for."""
    company, facts = inputs["company_name"], _facts(inputs)
    asked = [
        _question(f"Which of these should the letter to {company} open with?", "angle", facts),
        _question(f"Which of your experience should {company} read first?", "experience", _experience(inputs)),
        _question(f"What should the letter ask {company} for?", "ask", _asks(inputs)),
    ]
    fitting = [item for item in asked if len(item["options"]) > 1]
    if len(fitting) == 1 and facts:
        # One fact and one line leave nothing to choose between, but still something to say yes or no to.
        fitting.insert(
            0, _question(f"Is this the reason to write to {company}: {facts[0]}?", "angle", [facts[0], "Another one"])
        )
    return {"questions": fitting}


def _question(text: str, topic: str, options: list[str]) -> dict[str, Any]:
    return {"text": text, "topic": topic, "options": list(dict.fromkeys(options))}


def _facts(inputs: dict[str, Any]) -> list[str]:
    told = [item for item in inputs["evidence"] if item["kind"] in {"signal", "product", "fact"}]
    return [short for item in told if (short := shorten(item["quote"], _OPTION))][:3]


def _experience(inputs: dict[str, Any]) -> list[str]:
    told = "\n".join(item["quote"] for item in inputs["evidence"])
    lines = [line for line in inputs["resume_lines"] if deed(line["text"])]
    best = sorted(lines, key=lambda line: (-overlap(line["text"], told), line["no"]))[:3]
    return [shorten(line["text"], _OPTION) or line["text"][:_OPTION] for line in best]


def _asks(inputs: dict[str, Any]) -> list[str]:
    roles = [item["quote"] for item in inputs["evidence"] if item["kind"] == "role"]
    role = shorten(roles[0], 90) if roles else None
    about = (
        f"Whether this role is still open: {role}"
        if role
        else f"Whether {inputs['company_name']} plans to hire engineers"
    )
    return ["A call of 20 minutes", about, "The name of the right person to write to"]
