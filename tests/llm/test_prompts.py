import shutil
from importlib import resources
from pathlib import Path

import pytest

from ingot.errors import ConfigError
from ingot.llm.answers import ANSWERS
from ingot.llm.prompt import Prompt, template
from tests.llm.samples import HOSTILE, INPUTS, prompt

NAMES = sorted(INPUTS)


def test_every_prompt_file_has_samples() -> None:
    files = (resources.files("ingot.llm") / "prompts").iterdir()
    assert sorted(file.name.removesuffix(".md") for file in files if file.name.endswith(".md")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_renders_and_leaves_page_text_as_it_is(name: str) -> None:
    text = prompt(name).render()
    assert HOSTILE in text
    assert "49" not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_says_why_it_is_as_it_is(name: str) -> None:
    source = (resources.files("ingot.llm") / "prompts" / f"{name}.md").read_text("utf-8")
    head = source.split("---\n")[1]
    assert any(len(line) > 40 for line in head.splitlines() if line.startswith("reason:"))


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_or_an_undeclared_input_is_refused(name: str) -> None:
    inputs = INPUTS[name]
    for wrong in (dict(list(inputs.items())[1:]), inputs | {"extra": 1}):
        with pytest.raises(ConfigError, match="inputs"):
            Prompt(name=name, agent="writer", output=ANSWERS[name], inputs=wrong)


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_names_every_key_of_its_answer(name: str) -> None:
    text = template(name).text
    keys = set(ANSWERS[name].model_fields)
    for definition in ANSWERS[name].model_json_schema().get("$defs", {}).values():
        keys |= set(definition["properties"])
    assert {key for key in keys if f"`{key}`" not in text} == set()


@pytest.mark.parametrize("name", NAMES)
def test_inputs_stand_between_delimiters(name: str) -> None:
    text = prompt(name).render().replace(HOSTILE, "HOSTILE")
    assert text.count("<data>") == text.count("</data>")
    outside = [part.partition("</data>")[2] for part in text.split("<data>")[1:]]
    assert not any("HOSTILE" in part or "Rust" in part for part in outside)


@pytest.mark.parametrize(
    ("tone", "words"),
    [("hr", "the process"), ("engineering", "Technical"), ("founder", "off its hands"), ("general", "pointed to")],
)
def test_each_tone_of_a_letter_has_its_own_rules(tone: str, words: str) -> None:
    texts = {
        other: prompt("write_letter", tone=other).render() for other in ("hr", "engineering", "founder", "general")
    }
    assert [other for other, text in texts.items() if words in text] == [tone]


def test_a_first_draft_is_told_nothing_about_refusals() -> None:
    text = prompt("write_letter", problems=[], answers=[], person_name="").render()
    assert "refused" not in text
    assert '"Hello,"' in text


def test_the_text_ends_with_why_the_last_draft_was_refused() -> None:
    assert "backed by no quote" in prompt("write_letter").render()[-120:]


def test_a_part_stands_in_the_prompt_and_in_its_hash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = prompt("write_letter").render()
    assert "One fact, one deed, one ask." in text
    assert "letter_style" not in text
    shutil.copytree(str(resources.files("ingot.llm") / "prompts"), tmp_path / "prompts")
    before = template("write_letter").sha256
    monkeypatch.setattr("ingot.llm.prompt.resources.files", lambda _package: tmp_path)
    assert template.__wrapped__("write_letter").sha256 == before
    part = tmp_path / "prompts/parts/letter_style.md"
    part.write_text(part.read_text("utf-8") + "- Write in rhyme.\n", "utf-8")
    assert template.__wrapped__("write_letter").sha256 != before
    assert "rhyme" in template.__wrapped__("write_letter").text


def test_every_part_says_why_it_is_as_it_is() -> None:
    parts = list((resources.files("ingot.llm") / "prompts" / "parts").iterdir())
    assert parts
    for part in parts:
        head = part.read_text("utf-8").split("---\n")[1]
        assert any(len(line) > 40 for line in head.splitlines() if line.startswith("reason:"))
