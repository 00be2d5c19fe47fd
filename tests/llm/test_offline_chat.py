"""The reader of phrasings: what is documented is understood, and nothing changes without its verb."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.conversation import ENTRIES, ChatAction, entry_of, has_verb
from ingot.domain.lead_state import LeadStatus
from ingot.llm.offline.chat import choose_action
from ingot.llm.outputs import ChatChoice

pytestmark = pytest.mark.long

_PAGE = (Path(__file__).parents[2] / "docs" / "chat.md").read_text("utf-8")
DOCUMENTED = [
    (heading, line)
    for heading, block in re.findall(r"^### (\w+)\n\n((?:- .*\n)+)", _PAGE, re.MULTILINE)
    for line in re.findall(r"^- (.*)$", block, re.MULTILINE)
]
CHANGING = [entry for entry in ENTRIES if entry.changes]
WORDS = [
    *(verb for entry in CHANGING for verb in entry.verbs),
    *"please the my lead leads campaign sending letters 12 3, and Millpond autumn because not why what show in to at kim@acme.example".split(),
    *("@acme.example", '"', "'", "?", "until", "five", "best", "status of", "can you"),
]


def read(sentence: str) -> dict[str, object]:
    answer = choose_action({"sentence": sentence})
    return {name: value for name, value in ChatChoice.model_validate(answer).model_dump().items() if value}


def test_the_answers_shape_is_the_closed_list() -> None:
    fields = ChatChoice.model_fields
    assert set(get_args(fields["action"].annotation)) == set(ChatAction)
    assert set(get_args(fields["status"].annotation)) == {"", *LeadStatus}


def test_every_action_is_documented() -> None:
    assert {heading for heading, _ in DOCUMENTED} == set(ChatAction) - {ChatAction.unknown}
    assert {read(entry.example)["action"] for entry in ENTRIES} == {entry.action.value for entry in ENTRIES}
    assert {entry.example for entry in ENTRIES} <= {line for _, line in DOCUMENTED}


@pytest.mark.parametrize(("action", "line"), DOCUMENTED, ids=[line for _, line in DOCUMENTED])
def test_each_documented_phrasing_leads_to_its_action(action: str, line: str) -> None:
    for form in (line, f"Please {line}", line.upper(), f"  {line.rstrip('?')} "):
        assert read(form)["action"] == action or line == "?"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("show me the best five leads in fintech", {"action": "leads", "count": 5, "words": "fintech"}),
        ("list approved companies", {"action": "leads", "status": "approved"}),
        ("show 3000 leads", {"action": "leads", "count": 50}),
        ("approve leads 3, 7 and 12", {"action": "approve_lead", "lead": "3, 7 and 12"}),
        ("Reject Mill & Pond since it moved", {"action": "reject_lead", "lead": "Mill & Pond", "reason": "it moved"}),
        ("why did you write “We moved to Go”?", {"action": "why_sentence", "words": "We moved to Go"}),
        (
            "why did you write 'We moved' in the letter to Millpond",
            {"action": "why_sentence", "words": "We moved", "lead": "Millpond"},
        ),
        ("why did you write this sentence?", {"action": "why_sentence"}),
        ("how's autumn going", {"action": "status", "name": "autumn"}),
        ("don’t write to kim@acme.example again", {"action": "suppress", "name": "kim@acme.example"}),
    ],
)
def test_parameters_are_read(sentence: str, told: dict[str, object]) -> None:
    assert read(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    ["don't approve lead 3", "do not pause the campaign", "never resume sending", "I would not reject Millpond", "approve",
     "stop", "what is the weather", "did you approve lead 3", "", "thanks", "approve " + "x" * 200],
)  # fmt: skip
def test_what_is_no_order_changes_nothing(sentence: str) -> None:
    assert read(sentence) == {"action": "unknown"}


@given(st.one_of(st.text(max_size=500), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_any_text_is_read_and_changes_nothing_without_a_verb(sentence: str) -> None:
    action = ChatAction(str(read(sentence)["action"]))
    if action is not ChatAction.unknown and entry_of(action).changes:
        assert has_verb(entry_of(action), sentence)


@given(st.sampled_from(["pause", "approve", "reject", "show", "why did you write", "status of"]), st.integers(1, 4))
def test_a_long_sentence_is_read_at_once(start: str, kind: int) -> None:
    filler = {1: "a ", 2: "in the letter to ", 3: "because ", 4: "' \" "}[kind]
    read(f"{start} {filler * 400}"[:500])
