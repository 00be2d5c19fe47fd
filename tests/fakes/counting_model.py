"""A paid model on loopback: it answers every question of a campaign, slowly, and counts how often it was asked which."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from typing import Any

from tests.fakes.openai_server import OpenAIServer, Reply, Request, says

_RECORD = re.compile(r"Record, read at (\S+):\n<data \w+>\n(.+?)\n", re.DOTALL)
_QUOTE = re.compile(r"^\[(\d+)\] \(\w+\) (.+)$", re.MULTILINE)
_LINE = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_PAUSE_S = 0.05


class CountingModel(OpenAIServer):
    def __init__(self) -> None:
        super().__init__(always=self._answer)

    @property
    def asked(self) -> Counter[str]:
        """How often each question came in."""
        return Counter(request.user for request in [*self.requests])

    @staticmethod
    def _answer(request: Request) -> Reply:
        time.sleep(_PAUSE_S)  # long enough to be killed in
        name = request.body["response_format"]["json_schema"]["name"]
        return says(json.dumps(_ANSWERS[name](request.user)))


def _quote(text: str) -> tuple[int, str]:
    found = _QUOTE.search(text)
    return (int(found[1]), found[2][:200]) if found else (0, "")


def _facts(text: str) -> dict[str, Any]:
    found = _RECORD.search(text)
    assert found is not None
    quote = found[2][:300]
    return {"product": {"statement": quote[:200], "quote": quote, "source": found[1]}, "signals": [], "open_role": None}


def _value(text: str) -> dict[str, Any]:
    found = _LINE.search(text)
    assert found is not None
    return {"value_proposition": found[1], "confidence": "low"}


def _points(text: str) -> dict[str, Any]:
    evidence_id, quote = _quote(text)
    point = {"text": quote, "evidence_id": evidence_id}
    return {"achievement": point, "connection": point, "value": point}


def _questions(text: str) -> dict[str, Any]:
    options = [_quote(text)[1][:60], "Something else about the product"]
    return {
        "questions": [
            {"text": "Where should the letter start?", "options": options, "topic": "angle"},
            {"text": "What should it ask for?", "options": ["A call", "An answer"], "topic": "ask"},
        ]
    }


def _letter(text: str) -> dict[str, Any]:
    quote = _quote(text)[1]
    body = f"Hello,\n\n{quote}\n\nWould a short call make sense?\n\nTomasz"
    later = f"Hello,\n\n{quote}\n\nIs a call possible?\n\nTomasz"
    return {
        "subject_a": "About the product you build",
        "subject_b": "A question on your product",
        "body": body,
        "followup_day_3": later,
        "followup_day_7": later,
    }


_ANSWERS = {
    "CompanyFacts": _facts,
    "ValueProposition": _value,
    "TalkingPoints": _points,
    "Questions": _questions,
    "Letter": _letter,
}
