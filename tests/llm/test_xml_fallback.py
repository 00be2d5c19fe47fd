from html import escape
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from ingot.llm.outputs import Letter, Questions, TalkingPoints
from ingot.llm.xml_fallback import outline, parse_xml


class Part(BaseModel):
    text: str
    number: int


class Spare(BaseModel):
    spare: str
    text: str


class Whole(BaseModel):
    title: str
    level: Literal["low", "high"]
    text: str | None = None
    lines: list[str]
    part: Part
    parts: list[Part]
    spare: Spare | None = None


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip)
WORDS = WORDS.filter(lambda text: text.lower() not in {"", "null", "none"})
PARTS = st.builds(Part, text=WORDS, number=st.integers(-(10**9), 10**9))
WHOLES = st.builds(
    Whole,
    title=WORDS,
    level=st.sampled_from(["low", "high"]),
    text=st.none() | WORDS,
    lines=st.lists(WORDS, max_size=3),
    part=PARTS,
    parts=st.lists(PARTS, max_size=3),
    spare=st.none() | st.builds(Spare, spare=WORDS, text=WORDS),
)
TAGS = [
    "<answer>",
    "</answer>",
    "<text>",
    "</text>",
    "<parts>",
    "</parts>",
    "<item>",
    "<part/>",
    "<lines>",
    "<![CDATA[",
]
PIECES = st.lists(st.sampled_from([*TAGS, "&#xD800;", "&#9999999;", "&lt;", "&", "<", "</", "7", "x"]), max_size=25)


def write(value: Any, tag: str) -> str:
    if isinstance(value, list):
        return "\n".join(write(item, tag) for item in value) or f"<{tag}></{tag}>"
    if isinstance(value, dict):
        return f"<{tag}>" + "".join(write(item, name) for name, item in value.items()) + f"</{tag}>"
    return f"<{tag}/>" if value is None else f"<{tag}>{escape(str(value))}</{tag}>"


@given(WHOLES)
def test_an_object_written_as_tags_is_read_back(whole: Whole) -> None:
    text = f"Sure! Here it is:\n{write(whole.model_dump(), 'answer')}\nHope this helps."
    assert Whole.model_validate(parse_xml(text, Whole)) == whole


@given(WHOLES)
def test_the_closing_tag_of_the_answer_may_be_missing(whole: Whole) -> None:
    text = write(whole.model_dump(), "answer").removesuffix("</answer>")
    assert Whole.model_validate(parse_xml(text, Whole)) == whole


@given(PIECES.map("".join) | st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(parse_xml(text, Whole), dict)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<lines>one</lines><lines>two</lines>", ["one", "two"]),
        ("<lines><item>one</item><item>two</item></lines>", ["one", "two"]),
        ("<lines>\n<item>one</item>\n<item>two</lines>", ["one", "two"]),
        ("<LINES kind='x'>one</Lines>", ["one"]),
        ("<lines>one<lines>two", ["one<lines>two"]),
        ("<lines/>", []),
        ("<lines><![CDATA[a < b && <title>]]></lines>", ["a < b && <title>"]),
        ("<lines>caf&#233; &#xe9; &lt;b&gt; &amp;lt; &copy=1 &#xD800;</lines>", ["café é <b> &lt; &copy=1 &#xD800;"]),
        ("<lines>List<int> and <b>bold</b></lines>", ["List<int> and <b>bold</b>"]),
    ],
)
def test_lists_entities_and_foreign_tags(text: str, lines: list[str]) -> None:
    assert parse_xml(text, Whole) == {"lines": lines}


def test_an_entity_is_never_expanded_twice_or_from_a_declaration() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><title>&b;&amp;lt;</title>'
    assert parse_xml(bomb, Whole) == {"title": "&b;&lt;"}


def test_a_missing_closing_tag_ends_at_the_next_field() -> None:
    text = "<achievement><text>One thing<evidence_id>1</evidence_id><connection><text>Two</text>"
    assert parse_xml(text, TalkingPoints) == {
        "achievement": {"text": "One thing", "evidence_id": "1"},
        "connection": {"text": "Two"},
    }


def test_prose_before_the_answer_may_name_its_tags() -> None:
    assert parse_xml("I fill in <body> now. <answer><body>Hello</body></answer>", Letter) == {"body": "Hello"}


def test_a_text_without_tags_gives_nothing() -> None:
    assert parse_xml("Rivers are long.", Letter) == {}


@pytest.mark.parametrize("model", [Whole, Letter, Questions, TalkingPoints])
def test_the_outline_names_every_field_and_can_be_read_itself(model: type[BaseModel]) -> None:
    assert parse_xml(outline(model), model).keys() >= {
        name for name, field in model.model_fields.items() if field.is_required()
    }
