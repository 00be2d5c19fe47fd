from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from ingot.llm.outputs import Answer, CompanyFacts, Letter, Questions, SuggestedAnswer, TalkingPoints
from ingot.llm.pieces import Pieces
from tests.llm.samples import TALKING_POINTS

pytestmark = pytest.mark.long


FACT = {"statement": "It makes boats.", "quote": "We make boats.", "source": "https://boat.example/"}
QUESTION = {"text": "Which of these?", "options": ["The first", "The second"], "topic": "angle"}
SAME = {**QUESTION, "options": ["The first", "the first"]}
LETTER = {
    "subject_a": "A subject of a letter",
    "subject_b": "Another such subject",
    "body": "A body that is long enough to be taken for a letter.",
    "followup_day_3": "A follow-up that is long enough to be taken for one.",
    "followup_day_7": "A second one that is long enough to be taken for one.",
}


def names(pieces: Pieces[Any]) -> list[str]:
    return [part.name for part in pieces.missing()]


def test_valid_fields_are_kept_and_the_others_are_asked_for() -> None:
    pieces = Pieces(TalkingPoints, [{**TALKING_POINTS, "value": {"text": "x"}, "extra": 1}])
    assert pieces.kept == {name: TALKING_POINTS[name] for name in ("achievement", "connection")}
    (part,) = pieces.missing()
    assert part.output.model_json_schema()["required"] == ["value"]
    pieces.add(part, part.output.model_validate({"value": TALKING_POINTS["value"]}))
    assert pieces.assembled() == TalkingPoints.model_validate(TALKING_POINTS)


def test_what_an_earlier_answer_had_right_is_kept_too() -> None:
    given_so_far = [{"value": TALKING_POINTS["value"]}, {"achievement": TALKING_POINTS["achievement"]}]
    assert names(Pieces(TalkingPoints, given_so_far)) == ["connection"]


def test_a_part_keeps_the_rules_of_its_field() -> None:
    (part,) = Pieces(Letter, [{name: text for name, text in LETTER.items() if name != "body"}]).missing()
    with pytest.raises(ValueError, match="at least 40"):
        part.output.model_validate({"body": "too short"})


def test_a_list_keeps_its_valid_items_and_as_many_as_it_may_have() -> None:
    pieces = Pieces(CompanyFacts, [{"product": FACT, "signals": [FACT, {"statement": "no"}, *[FACT] * 9]}])
    assert len(pieces.kept["signals"]) == 8
    assert pieces.assembled() is not None


def test_items_that_a_list_lacks_are_asked_for_one_by_one() -> None:
    pieces = Pieces(Questions, [{"questions": [QUESTION, SAME]}])
    (part,) = pieces.missing()
    assert (part.name, part.is_item) == ("questions, number 2", True)
    pieces.add(part, part.output.model_validate({**QUESTION, "text": "And of these?"}))
    made = pieces.assembled()
    assert made is not None
    assert [question.text for question in made.questions] == ["Which of these?", "And of these?"]


def test_parts_that_do_not_fit_together_are_all_asked_for_again() -> None:
    pieces = Pieces(Letter, [LETTER | {"subject_b": LETTER["subject_a"].upper()}])
    assert names(pieces) == list(LETTER)


def test_a_field_that_may_be_left_out_is_marked() -> None:
    parts = {part.name: part for part in Pieces(CompanyFacts, []).missing()}
    assert {name: part.is_optional for name, part in parts.items()} == {
        "product": False,
        "signals": False,
        "open_role": True,
    }


@pytest.mark.parametrize(
    ("output", "can"), [(SuggestedAnswer, False), (Questions, True), (Letter, True), (TalkingPoints, True)]
)
def test_a_single_text_has_no_smaller_parts(output: type[Answer], can: bool) -> None:
    assert Pieces(output, []).can_be_asked is can


class Harbour(Answer):
    name: Annotated[str, Field(min_length=2)]
    berths: Annotated[list[int], Field(max_length=3)]
    depth: float | None = None


@given(
    st.dictionaries(
        st.sampled_from(["name", "berths", "depth", "other"]),
        st.one_of(
            st.none(), st.text(), st.lists(st.integers()), st.floats(), st.dictionaries(st.text(), st.integers())
        ),
    )
)
def test_what_is_kept_is_valid_whatever_came(data: dict[str, Any]) -> None:
    pieces = Pieces(Harbour, [data])
    missing = names(pieces)
    assert not set(missing) & set(pieces.kept)
    for part in list(pieces.missing()):
        value = {"name": "Vik", "berths": [1], "depth": None}[part.name]
        pieces.add(part, part.output.model_validate({part.name: value}))
    assert pieces.assembled() is not None
