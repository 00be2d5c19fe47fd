"""One small invented question for each kind of answer: what a model is tried out with."""

from __future__ import annotations

from typing import Any

from ingot.errors import ConfigError
from ingot.llm.answers import ANSWERS
from ingot.llm.prompt import Prompt, template

_ASKED = {
    "research_company": "research",
    "value_proposition": "matcher",
    "talking_points": "research",
    "questions": "writer",
    "write_letter": "writer",
    "entail": "writer",
    "classify_reply": "outreach",
    "read_question": "outreach",
    "suggest_answer": "outreach",
}
"""The prompts of a campaign and of its answers, in their order, and who asks them."""
_PRODUCT = "Tarnside makes a time series store for weather stations."
_SIGNAL = "In March we moved the query planner to Rust."
_INPUTS: dict[str, Any] = {
    "answers": [{"question": "What should the letter start from?", "answer": "The planner.", "topic": "angle"}],
    "breakdown": [{"part": "skills", "points": 30, "of": 40, "why": "Rust in both"}],
    "company_name": "Tarnside",
    "evidence": [
        {"id": 4, "kind": "product", "quote": _PRODUCT, "origin": "site"},
        {"id": 6, "kind": "signal", "quote": _SIGNAL, "origin": "site"},
    ],
    "headline": "Database engineer",
    "kind": "question",
    "lead_line": {"no": 1, "use": 1},
    "letter_body": "Hi Runa,\n\nYou moved the query planner to Rust. Could we talk about it?\n\nJona Hale",
    "max_words": 120,
    "open_role": "",
    "pages": [{"url": "https://tarnside.example/", "text": f"{_PRODUCT} {_SIGNAL} We are nine people in Bergen."}],
    "pairs": [
        {
            "no": 1,
            "sentence": "You moved the query planner to Rust.",
            "quotes": [{"of": "company", "text": _SIGNAL}],
        }
    ],
    "person_name": "Runa Vik",
    "person_role": "CTO",
    "preferences": {"never": [], "openings": [], "greeting": "", "closing": "", "angle": ""},
    "problems": [],
    "product": _PRODUCT,
    "record_text": _PRODUCT,
    "record_url": "https://list.example/tarnside",
    "resume_lines": [
        {"no": 1, "text": "Wrote a query planner in Rust that halved the time of joins.", "employer": "Holm Data"},
        {"no": 2, "text": "Ran a cluster of twelve database servers.", "employer": "Holm Data"},
    ],
    "scheduling_link": "https://cal.example/jona",
    "signals": [_SIGNAL],
    "subject": "Re: Your planner in Rust",
    "today": "2026-09-01",
    "talking_points": [{"kind": "achievement", "text": "Tarnside moved its query planner to Rust.", "evidence_id": 6}],
    "terms": ["planner"],
    "tone": "engineering",
    "user": {
        "name": "Jona Hale",
        "headline": "Database engineer",
        "location": "Oslo, Norway",
        "email": "jona@hale.example",
        "github_url": "",
    },
    "user_name": "Jona Hale",
    "value_proposition": "Has written a query planner in Rust; Tarnside moves its own to Rust.",
    "variant": 0,
    "wants": "call",
    "words": "Thanks, this fits well. When could you start, and do you have time for a call on Thursday?",
}


def specimens() -> list[Prompt[Any]]:
    """The real prompts with invented inputs, from the first stage to the last."""
    return [_specimen(name, agent) for name, agent in _ASKED.items()]


def _specimen(name: str, agent: str) -> Prompt[Any]:
    declared = template(name).inputs
    if missing := declared - _INPUTS.keys():
        raise ConfigError(
            f"There is nothing invented for {', '.join(sorted(missing))} of the prompt {name}.",
            hint="Reinstall INGOT: its files do not fit together.",
        )
    return Prompt(name=name, agent=agent, output=ANSWERS[name], inputs={key: _INPUTS[key] for key in declared})
