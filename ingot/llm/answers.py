"""What each prompt is answered with."""

from __future__ import annotations

from ingot.llm.judging import Judgement
from ingot.llm.outputs import (
    Answer,
    ChatChoice,
    CompanyFacts,
    Entailment,
    Letter,
    Questions,
    ReadResume,
    ReplyLabel,
    ReplyWants,
    SuggestedAnswer,
    TalkingPoints,
    ValueProposition,
)

ANSWERS: dict[str, type[Answer]] = {
    "research_company": CompanyFacts,
    "value_proposition": ValueProposition,
    "talking_points": TalkingPoints,
    "questions": Questions,
    "write_letter": Letter,
    "entail": Entailment,
    "judge_letter": Judgement,
    "classify_reply": ReplyLabel,
    "read_question": ReplyWants,
    "suggest_answer": SuggestedAnswer,
    "read_resume": ReadResume,
    "choose_action": ChatChoice,
}
"""By the prompt's name."""
