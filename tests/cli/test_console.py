import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ingot.cli.app import fail
from ingot.cli.console import clean, counted, print_json, table, text
from ingot.errors import ValidationError
from tests.cli.conftest import HOSTILE, HOSTILE_QUOTE, Run

Ingot = Callable[..., Run]

STEERING = {*map(chr, (*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)))}
STEERING |= {*"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u2028\u2029\ufeff"}


def printed(thing: object, width: int = 60) -> str:
    console = Console(width=width, force_terminal=False)
    with console.capture() as captured:
        console.print(thing)
    return captured.get()


def is_harmless(shown: str) -> bool:
    return STEERING.isdisjoint(shown)


@given(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=()), st.sampled_from(sorted(STEERING))), max_size=30)
)
def test_cleaned_text_has_nothing_that_steers_and_loses_nothing_else(foreign: str) -> None:
    assert is_harmless(clean(foreign))
    assert clean(foreign) == "".join(character for character in foreign if character not in STEERING)


@pytest.mark.parametrize("foreign", [HOSTILE, HOSTILE_QUOTE, "[bold]x[/bold] [link=file:///etc/passwd]y[/link]", "[/]"])
def test_foreign_text_is_shown_literally(foreign: str) -> None:
    assert printed(text(foreign)).replace("\n", "") == clean(foreign)
    shown = printed(table(foreign, ("id", foreign), [(1, foreign)]), width=200)
    assert is_harmless(shown)
    assert shown.count(clean(foreign)) == 3


def test_a_table_leaves_out_empty_columns_and_never_breaks_a_number() -> None:
    shown = printed(table("t", ("id", "why", "score", "text"), [(123456, "", None, "word " * 30), (7, None, 0, "x")]))
    assert "123456" in shown
    assert "why" not in shown
    assert "score" in shown
    assert "why" in printed(table("t", ("id", "why"), []))


def test_json_keeps_every_character_in_a_form_that_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"name": HOSTILE, "all": "".join(sorted(STEERING)[:64]), "plain": "Zoë Ñ 株"}
    print_json(value)
    shown = capsys.readouterr().out
    assert is_harmless(shown)
    assert "Zoë Ñ 株" in shown
    assert json.loads(shown) == value


def test_an_error_is_shown_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        fail(ValidationError(HOSTILE, hint=f"[red]{HOSTILE}"))
    told = capsys.readouterr().err
    assert is_harmless(told)
    assert "[red]" in told


@pytest.mark.parametrize(
    "words",
    [
        ("leads", "list"),
        ("leads", "list", "--json"),
        ("leads", "show", "5"),
        ("leads", "show", "5", "--json"),
        ("leads", "reject", "5", "--reason", HOSTILE),
        ("leads", "list", "--campaign", HOSTILE),
        ("mail", "pending"),
        ("mail", "show", "4"),
        ("mail", "show", "4", "--json"),
        ("mail", "regenerate", "4", "--answer", HOSTILE),
        ("profile", "import", HOSTILE),
    ],
)
def test_no_command_lets_a_foreign_text_steer_the_terminal(words: tuple[str, ...], ingot: Ingot) -> None:
    shown = ingot(*words)
    assert is_harmless(shown.out)
    assert is_harmless(shown.err)


def test_things_are_counted_in_words() -> None:
    assert [counted(number, "lead") for number in (0, 1, 2)] == ["0 leads", "1 lead", "2 leads"]
