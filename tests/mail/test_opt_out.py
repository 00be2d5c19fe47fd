"""Who asks not to be written to again, and who only uses the same words."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.compliance import footer
from ingot.mail.opt_out import asks_in_person, asks_to_stop

STORED = json.loads((Path(__file__).parents[1] / "fixtures" / "opt_out.json").read_text("utf-8"))
DEMANDS, NO_DEMANDS, DISCLAIMERS = STORED["demands"], STORED["no_demands"], STORED["disclaimers"]


@pytest.mark.parametrize("words", DEMANDS)
def test_a_demand_is_heard(words: str) -> None:
    assert asks_to_stop(words)
    assert asks_to_stop(f"Great background, and a fine letter! {words}")
    assert asks_to_stop(f"Hello Noor,\n\n{words.upper()}\n\nBest,\nPer")


@pytest.mark.parametrize("words", NO_DEMANDS)
def test_the_same_words_about_something_else_are_no_demand(words: str) -> None:
    assert asks_to_stop(words) == ""


@pytest.mark.parametrize("words", DISCLAIMERS)
def test_a_disclaimer_below_business_mail_is_no_demand(words: str) -> None:
    assert asks_to_stop(f"Thursday is fine.\n\n{words}") == ""


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "''", "«»"])
def test_the_sentence_of_our_footer_is_no_demand(marks: str) -> None:
    ours = footer(sender_name="Ada Quill", sender_email="", postal_address="1 Mill Lane").splitlines()[-1]
    assert asks_to_stop(ours.replace('"unsubscribe"', f"{marks[0]}unsubscribe{marks[1]}")) == ""
    assert asks_to_stop(f"{ours} unsubscribe")


@pytest.mark.parametrize(
    "words",
    ["do not contact\nme again", "please take me\noff your list", "un\u200bsub\u00adscribe", "U N S U B S C R I B E", "<b>un</b>subscribe<br>me", "Please stop.<br>", "&nbsp;unsubscribe&nbsp;", "ＵＮＳＵＢＳＣＲＩＢＥ", "un&shy;subscribe me", "Don`t e-mail me again", "*STOP*", "> stop"],
)  # fmt: skip
def test_how_it_is_set_does_not_matter(words: str) -> None:
    assert asks_to_stop(words)


@pytest.mark.parametrize(
    ("subject", "is_demand"),
    [
        ("unsubscribe", True), ("Unsubscribe 3f9a2c", True), ("Re: STOP", True), ("AW: Bitte abmelden", True), ("SV: ta bort mig", True),
        ("Please remove me from your list, this is the third time I ask", True), ("BAJA", True), ("", False), ("Re: A question about the work at Millpond", False),
        ("Re: The unsubscribe service at Millpond and how to stop sending mail twice", False), ("Aw: Re: Rust", False),
    ],
)  # fmt: skip
def test_a_subject_that_was_typed_for_it_is_a_demand(subject: str, is_demand: bool) -> None:
    assert bool(asks_to_stop("", subject)) is is_demand


def test_the_rule_is_named() -> None:
    assert asks_to_stop("Please remove me from your list.") == "remove_me"
    assert asks_to_stop("stop") == "alone"
    assert asks_to_stop("", "unsubscribe") == "subject_alone"


@pytest.mark.parametrize(
    "words",
    ["Unsubscribe from our newsletter: https://millpond.example/u", "This is no unsolicited offer.", *DISCLAIMERS],
)
def test_what_stands_below_business_mail_is_nothing_in_person(words: str) -> None:
    assert asks_in_person(words) == ""


@pytest.mark.parametrize(
    "words", ["Do not write to me again.", "Take me off your list.", "Bitte nicht mehr anschreiben.", "stop"]
)
def test_a_demand_in_person_is_heard_there_too(words: str) -> None:
    assert asks_in_person(words)


@given(before=st.text(max_size=40), after=st.text(max_size=40), demand=st.sampled_from(DEMANDS))
def test_no_text_makes_it_fail_and_none_around_it_on_other_lines_hides_it(before: str, after: str, demand: str) -> None:
    asks_to_stop(before, after)
    harmless = "".join(
        sign for sign in before + after if sign not in "<>&" and not sign.isalnum() and sign.isprintable()
    )
    assert asks_to_stop(f"Hello.\n{demand}\n\n{harmless}")
