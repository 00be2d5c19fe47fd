from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import ContextTooSmall
from ingot.llm.context import DEFAULT_CONTEXT, Cut, context_tokens, estimate_tokens, fit, question_tokens
from ingot.llm.prompt import Prompt, template
from tests.llm.samples import EVIDENCE, INPUTS, RESUME_LINES, prompt

pytestmark = pytest.mark.long


LOCAL = "ollama/llama3.1"
SENTENCES = [f"The queue took {number},000 messages in week {number}." for number in range(900)]


def letter(evidence: int, lines: int) -> Prompt[Any]:
    quotes = [{**EVIDENCE[0], "id": number, "quote": SENTENCES[number]} for number in range(evidence)]
    resume = [{**RESUME_LINES[0], "no": number, "text": SENTENCES[number]} for number in range(lines)]
    return prompt("write_letter", evidence=quotes, resume_lines=resume)


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_what_may_be_cut_is_declared(name: str) -> None:
    assert set(template(name).cut) <= template(name).inputs


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_what_fits_is_left_as_it_is(name: str) -> None:
    asked = prompt(name)
    assert fit(asked, [LOCAL]) == (asked, [])


def test_a_reply_is_never_cut_before_it_is_judged() -> None:
    assert template("classify_reply").cut == ()
    with pytest.raises(ContextTooSmall, match="classify_reply does not fit"):
        fit(prompt("classify_reply", words=" ".join(SENTENCES)), [LOCAL])


def test_the_embedded_engine_reads_everything() -> None:
    asked = letter(900, 900)
    assert fit(asked, ["offline/extractive"]) == (asked, [])


def test_the_first_input_to_be_cut_is_cut_first_and_from_its_end() -> None:
    asked = letter(500, 20)
    fitted, cuts = fit(asked, [LOCAL])
    kept = fitted.inputs["evidence"]
    assert kept == asked.inputs["evidence"][: len(kept)]
    assert len(kept) > 100
    assert fitted.inputs["resume_lines"] == asked.inputs["resume_lines"]
    assert cuts == [Cut(name="evidence", left_out=500 - len(kept), whole=500, unit="items")]


def test_the_next_input_is_cut_where_the_first_is_not_enough() -> None:
    fitted, cuts = fit(letter(30, 800), [LOCAL])
    assert len(fitted.inputs["evidence"]) == 1
    assert [cut.name for cut in cuts] == ["evidence", "resume_lines"]


def test_a_long_page_ends_with_a_whole_sentence() -> None:
    page = {"url": "https://millpond.example/", "text": " ".join(SENTENCES)}
    fitted, cuts = fit(prompt("research_company", pages=[page]), [LOCAL])
    [kept] = fitted.inputs["pages"]
    assert kept["url"] == page["url"]
    assert page["text"].startswith(kept["text"])
    assert kept["text"].endswith(".")
    assert [(cut.name, cut.unit) for cut in cuts] == [("pages", "characters")]
    assert cuts[0].left_out == len(page["text"]) - len(kept["text"])


def test_a_text_without_sentences_ends_with_a_whole_word() -> None:
    words = " ".join(f"word{number}" for number in range(9_000))
    fitted, _ = fit(prompt("research_company", pages=[], record_text=words), [LOCAL])
    assert words.startswith(fitted.inputs["record_text"] + " ")


def test_the_smallest_context_of_a_chain_counts() -> None:
    asked = letter(500, 20)
    assert fit(asked, ["openai/gpt-4o"])[1] == []
    assert fit(asked, ["openai/gpt-4o", LOCAL]) == fit(asked, [LOCAL])


def test_what_the_model_never_sees_is_no_part_of_the_question() -> None:
    many, more = (fit(letter(count, 20), [LOCAL])[0] for count in (500, 501))
    assert many.key(LOCAL) == more.key(LOCAL)


def test_a_question_that_cannot_be_cut_enough_is_an_error_that_names_the_setting() -> None:
    with pytest.raises(ContextTooSmall, match="8192 tokens") as caught:
        fit(prompt("talking_points", value_proposition=" ".join(SENTENCES)), [LOCAL])
    assert "agents.research.model" in caught.value.hint


@given(st.integers(0, 700), st.integers(0, 700))
def test_what_was_fitted_has_room_for_its_answer_and_keeps_the_beginning_of_each_list(
    evidence: int, lines: int
) -> None:
    asked = letter(evidence, lines)
    fitted, cuts = fit(asked, [LOCAL])
    assert question_tokens(fitted) + 2_000 <= DEFAULT_CONTEXT
    for name in ("evidence", "resume_lines"):
        kept = fitted.inputs[name]
        assert kept == asked.inputs[name][: len(kept)]
    left_out = {cut.name: cut.left_out for cut in cuts}
    assert left_out.get("evidence", 0) == evidence - len(fitted.inputs["evidence"])
    assert left_out.get("resume_lines", 0) == lines - len(fitted.inputs["resume_lines"])


@pytest.mark.parametrize(
    ("model", "tokens"),
    [
        ("openai/gpt-4o-mini-2024-07-18", 128_000),
        ("anthropic/claude-sonnet-4-5", 200_000),
        ("openai-compatible/anything", DEFAULT_CONTEXT),
        ("offline/extractive", None),
    ],
)
def test_the_context_of_a_model_is_known_or_cautiously_small(model: str, tokens: int | None) -> None:
    assert context_tokens(model) == tokens


def test_tokens_are_rounded_up() -> None:
    assert [estimate_tokens("x" * count) for count in (0, 1, 7, 8)] == [0, 1, 2, 3]
