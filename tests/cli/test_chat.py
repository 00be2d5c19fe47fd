import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch, base: Base) -> None:
    monkeypatch.setenv("COLUMNS", "160")


def test_one_sentence_is_answered_and_as_json(ingot: Ingot) -> None:
    shown = ingot("chat", "show me the best two leads")
    assert shown.code == 0
    assert "Millpond" in shown.out
    rows = json.loads(ingot("chat", "--json", "the", "best", "two", "leads").out)
    assert len(rows) == 2
    assert set(rows[0]) == {"id", "company", "match", "status", "industry", "location"}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("what waits for me?", "4 drafts to review: ingot mail review --campaign autumn"),
        ("status", "autumn: active"),
        ("tell me about lead 4", "matched"),
        ("when does the next letter go out?", "Nothing is queued"),
        ("who answered?", "Nothing came back yet"),
        ("help", "never write to kim@acme.example"),
        ('why did you write "a queue for sensor data" in the letter to lead 2', "https://millpond.example/"),
        ("what backs “Hello Bo”?", "claims nothing"),
    ],
)
def test_questions_are_answered_by_what_shows_it_elsewhere(sentence: str, told: str, ingot: Ingot) -> None:
    shown = ingot("chat", sentence)
    assert shown.code == 0
    assert told in shown.out


@pytest.mark.parametrize(
    "sentence", ["status", "what waits for me?", "tell me about lead 4", "show the queue", "who answered?", "help"]
)
def test_answers_that_change_nothing_come_as_json(sentence: str, ingot: Ingot) -> None:
    assert json.loads(ingot("chat", "--json", sentence).out) is not None


def test_an_unknown_sentence_says_so_with_three_examples(base: Base, ingot: Ingot) -> None:
    refused = ingot("chat", "what is the weather")
    assert refused.code == 5
    assert refused.err.count("\n  ") == 3
    assert "do not understand" in refused.err


@pytest.mark.parametrize(
    ("sentence", "table", "status"),
    [
        ("approve lead 4", "lead", "approved"),
        ("reject lead 4 because it moved", "lead", "rejected"),
        ("defer lead 4", "lead", "deferred"),
        ("pause the campaign", "campaign", "paused"),
    ],
)
def test_a_change_is_made_after_a_yes_only(sentence: str, table: str, status: str, base: Base, ingot: Ingot) -> None:
    number = 3 if table == "lead" else 0
    for answer in ("n\n", "\n"):
        refused = ingot("chat", sentence, stdin=answer)
        assert refused.code == 1
        assert base.statuses(table)[number] != status
    assert ingot("chat", sentence, stdin="y\n").code == 0
    assert base.statuses(table)[number] == status


def test_a_change_without_an_answer_is_not_made(base: Base, ingot: Ingot) -> None:
    assert ingot("chat", "approve lead 4", stdin="").code == 1
    assert ingot("chat", "--json", "approve lead 4", stdin="y\n").code == 5
    assert base.statuses("lead")[3] == "matched"


def test_a_reason_is_kept_and_an_address_is_suppressed(base: Base, ingot: Ingot) -> None:
    ingot("chat", "reject lead 4 because it moved away", stdin="y\n")
    assert base.ask("SELECT status_reason FROM lead WHERE id = 4") == ["it moved away"]
    asked = ingot("chat", "never write to anybody at @rival.example again", stdin="y\n")
    assert "anybody at @rival.example" in asked.err
    assert base.ask("SELECT email_address FROM unsubscribedemail") == ["@rival.example"]


def test_a_conversation_goes_on_after_a_mistake_and_a_no(base: Base, ingot: Ingot) -> None:
    lines = ["what is the weather", "", "approve lead 99", "approve lead 4", "n", "stop sending", "y", "resume sending", "y",
             "pause autumn", "y", "resume the campaign", "y", "defer lead 4", "y", "quit", "approve lead 4", "y"]  # fmt: skip
    talk = ingot("chat", stdin="\n".join(lines) + "\n")
    assert talk.code == 0
    for told in ("do not understand", "no lead 99", "Nothing was changed", "Paused because: you paused it"):
        assert told in talk.err + talk.out
    assert base.statuses("lead")[3] == "deferred"
    assert base.statuses("campaign") == ["active"]


def test_json_is_for_one_sentence(ingot: Ingot) -> None:
    assert ingot("chat", "--json").code == 5


def test_names_from_outside_are_cleaned_in_questions_and_answers(ingot: Ingot) -> None:
    asked = ingot("chat", "approve lead 5", stdin="n\n")
    shown = ingot("chat", "show me five leads")
    for text in (asked.err, asked.out, shown.out):
        assert not set(text) & {"\x1b", "\u202e", "\x07", "\x9b"}
