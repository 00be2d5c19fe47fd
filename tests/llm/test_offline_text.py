import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.deeds import deed
from ingot.llm.offline.text import (
    distinct,
    first_name,
    joined,
    lower_start,
    overlap,
    sentences,
    shorten,
    speaks_as_we,
    starts_with_date,
    to_you,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It works. It is fast! Is it? Yes", ["It works.", "It is fast!", "Is it?", "Yes"]),
        ("We use e.g. Kafka. Then v2.1 came.", ["We use e.g. Kafka.", "Then v2.1 came."]),
        ("Dr. Reed and J. Holm left. Nice.", ["Dr. Reed and J. Holm left.", "Nice."]),
        ("Banks in the U.S. and Norway use it.", ["Banks in the U.S. and Norway use it."]),
        ("3.5 million rows, $4.2 million. 31 clinics.", ["3.5 million rows, $4.2 million.", "31 clinics."]),
        ("A line without a stop\nAnother line.", ["A line without a stop", "Another line."]),
        ("  spaced   \n\n\t out  ", ["spaced", "out"]),
        ("", []),
        pytest.param("He said: “We ship.” Then he left.", ["He said: “We ship.”", "Then he left."]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(max_size=200))
def test_every_sentence_stands_in_one_line_of_the_text(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert all(any(" ".join(found.split()) in line for line in lines) for found in sentences(text))


@pytest.mark.parametrize(
    ("page", "letter"),
    [
        ("We build it and our users trust us.", "You build it and your users trust you."),
        ("We're here, we’ve grown, we'll stay, we'd go", "You are here, you have grown, you will stay, you would go"),
        ("It is ours; we made it ourselves.", "It is yours; you made it yourselves."),
        ("Banks in the US use our API.", "Banks in the US use your API."),
        ("The bus and Weber had an hour.", "The bus and Weber had an hour."),
    ],
)
def test_we_of_a_page_is_you_in_a_letter(page: str, letter: str) -> None:
    assert to_you(page) == letter


def test_a_country_is_no_first_person() -> None:
    assert speaks_as_we("Our team") is True
    assert speaks_as_we("Banks in the US") is False


@pytest.mark.parametrize(
    ("bullet", "turned"),
    [
        ("• Cut the p99 latency by 40 %.", "cut the p99 latency by 40 %"),
        ("- Led a team of three;", "led a team of three"),
        ("Migrated billing to Postgres in 2021.", "migrated billing to Postgres in 2021"),
        ("Co-founded a firm of three people", "co-founded a firm of three people"),
        ("Rebuilt the importer in Go", "rebuilt the importer in Go"),
        ("Responsible for the data warehouse.", None),
        ("Python, Go, Kafka and Postgres", None),
        ("Need help with all things", None),
        ("Designed a thing.", None),
        ("", None),
        ("• ", None),
        *(
            pytest.param(bullet, None)
            for bullet in (
                "Skilled in Python, Go and Rust",
                "Experienced engineer with ten years in banking",
                "Certified Kubernetes administrator since 2020",
                "Interested in distributed systems and compilers",
                "Speed improvements for the search API",
                "Hundred servers were moved to the cloud",
            )
        ),
    ],
)
def test_only_a_past_deed_follows_i(bullet: str, turned: str | None) -> None:
    assert deed(bullet) == turned


@pytest.mark.parametrize(
    ("sentence", "continued"),
    [
        ("The scheduler is written in Go", "the scheduler is written in Go"),
        ("Our team grew", "our team grew"),
        ("3 teams use it", "3 teams use it"),
        ("Kafka is used here", None),
        ("“We ship", None),
        ("", None),
        pytest.param("IT teams use it", None),
    ],
)
def test_only_a_common_word_loses_its_capital(sentence: str, continued: str | None) -> None:
    assert lower_start(sentence) == continued


@pytest.mark.parametrize(
    ("sentence", "is_news"),
    [
        ("March 2026: we moved.", True),
        ("12 May 2025 - funding", True),
        ("2026: a year", True),
        ("In March 2026 we moved.", False),
        ("May I ask?", False),
        ("20 people work here", False),
    ],
)
def test_an_entry_of_a_news_list_is_known_by_its_date(sentence: str, is_news: bool) -> None:
    assert starts_with_date(sentence) is is_news


def test_a_long_sentence_is_cut_at_a_main_clause_or_not_at_all() -> None:
    long = "The gateway translates orders of forty carriers into one format, and the rest of this sentence goes on."
    assert shorten("Short one.", 40) == "Short one"
    assert shorten(long, 70) == "The gateway translates orders of forty carriers into one format"
    assert shorten("word " * 40, 70) is None


@given(st.text(max_size=120), st.integers(1, 100))
def test_a_shortened_sentence_is_the_start_of_the_whole(sentence: str, limit: int) -> None:
    short = shorten(sentence, limit)
    assert short is None or (len(short) <= limit and sentence.strip().startswith(short))


def test_lists_are_joined_as_one_speaks() -> None:
    assert [joined(items) for items in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_a_shared_skill_brings_texts_closer_than_a_shared_word() -> None:
    assert overlap("Built it in Kafka", "Kafka moves rows") > overlap("Built a warehouse", "A warehouse burns")
    assert overlap("a", "b") == 0


def test_a_repetition_is_dropped() -> None:
    kept = distinct(["We moved to Kafka in May.", "In May we moved to Kafka!", "Our pumps run in Ghent."])
    assert kept == ["We moved to Kafka in May.", "Our pumps run in Ghent."]


@pytest.mark.parametrize(
    ("name", "greeted"),
    [("Ada Quill", "Ada"), ("Dr. Ada Quill", "Dr. Quill"), ("Prof Ada M. Quill", "Prof Quill"), ("Dr.", ""), ("", "")],
)
def test_nobody_is_greeted_by_a_title_alone(name: str, greeted: str) -> None:
    assert first_name(name) == greeted
