from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ingot.domain.experience import headings, read_period, total_months
from ingot.domain.figures import Bound, figures
from ingot.domain.sentences import clauses, split_sentences
from ingot.domain.words import disguised, plain, stem


@pytest.mark.parametrize(
    ("text", "value", "kind", "bound"),
    [
        ("$12M", 12_000_000, "USD", Bound.exact),
        ("12 million dollars", 12_000_000, "USD", Bound.exact),
        ("£3.5m", 3_500_000, "GBP", Bound.exact),
        ("30k", 30_000, "", Bound.exact),
        ("2M+", 2_000_000, "", Bound.above),
        ("more than eight", 8, "", Bound.above),
        ("up to 40 %", 40, "%", Bound.below),
        ("forty percent", 40, "%", Bound.exact),
        ("twenty-five", 25, "", Bound.exact),
        ("a hundred", 100, "", Bound.exact),
        ("dozens", 12, "vague", Bound.exact),
        ("3x", 3, "x", Bound.exact),
        ("doubled", 2, "x", Bound.exact),
        ("1 200", 1200, "", Bound.exact),
        ("2024", 2024, "year", Bound.exact),
        ("0.93", Decimal("0.93"), "", Bound.exact),
    ],
)
def test_a_number_is_read_in_units_of_one(text: str, value: Decimal, kind: str, bound: Bound) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.kind, figure.bound, figure.text) == (value, kind, bound, text)


@pytest.mark.parametrize("text", ["no one", "one of them", "p99 and F1", "k8s"])
def test_pronouns_and_names_with_digits_are_no_numbers(text: str) -> None:
    assert figures(text) == []


def test_the_first_number_of_a_range_has_the_kind_of_the_second() -> None:
    assert [f.kind for f in figures("from 61 to 74 percent")] == ["%", "%"]
    assert [f.kind for f in figures("61 people, 74 percent")] == ["", "%"]


def test_a_bound_backs_no_plain_number() -> None:
    (most,), (plain_number,), (more,) = figures("up to 40 %"), figures("40 %"), figures("over 40 %")
    assert not most.backs(plain_number)
    assert more.backs(plain_number)
    assert not plain_number.backs(more)
    assert most.backs(most)


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = (
        "Hi Jonas,\n\nDr. Vale wrote v2.5 (see https://a.example/b.html), e.g. for $1.5M. It works!\nIt is\nwrapped prose\nthat goes on. "
        "I met J. Smith. Did he go? yes.\n- one\n- two\n\n... Ok\nBest regards,\nMira"
    )
    assert split_sentences(text) == [
        "Hi Jonas,",
        "Dr. Vale wrote v2.5 (see https://a.example/b.html), e.g. for $1.5M.",
        "It works!",
        "It is",
        "wrapped prose",
        "that goes on.",
        "I met J. Smith.",
        "Did he go?",
        "yes.",
        "- one",
        "- two",
        "...",
        "Ok",
        "Best regards,",
        "Mira",
    ]


def test_clauses_are_cut_where_a_subject_begins() -> None:
    assert clauses("You use Go, and I know Go; that is how I work.") == [
        "You use Go",
        "and I know Go",
        "that is",
        "how I work.",
    ]
    assert clauses("As an engineer, I build maps") == ["As an engineer, I build maps"]
    assert clauses(" , ") == []


def test_periods_are_read_in_the_forms_of_resumes() -> None:
    periods = [
        read_period(t)
        for t in (
            "Mar 2020 - Dec 2020",
            "2019-09 to 2019-10",
            "06/2016 - 07/2016",
            "2018 - 2020",
            "2021 - present",
            "2021",
        )
    ]
    assert [p and p.months(12 * 2022 + 7) for p in periods] == [10, 2, 2, 24, 12, None]
    assert [p and p.months(None) for p in periods][4] == 0
    assert total_months([p for p in periods if p], date(2022, 7, 1)) == 24 + 6 + 2 + 12


def test_a_line_stands_under_the_heading_of_its_job() -> None:
    lines = [
        "Ann",
        "Work",
        "Engineer",
        "Mill Ltd",
        "2019 - 2020",
        "Brno",
        "- built it",
        "Skills",
        "Go",
        "Side projects",
        "sift",
    ]
    job = "Engineer\nMill Ltd\n2019 - 2020\nBrno"
    assert headings(lines) == ["", "", job, job, job, job, job, "", "", "Side projects", "Side projects"]


def test_invisible_and_foreign_characters_do_not_pass() -> None:
    assert plain("4\u200b０\u00ad %") == "40 %"
    assert plain("٤٠") == "40"
    assert disguised("4О%") == "4О%"
    assert disguised("Gооgle") == "Gооgle"
    assert disguised("$l2M") == "$l2"
    assert disguised("Straße in Malmö") == ""


def test_forms_of_a_word_share_a_stem() -> None:
    for forms in (
        "migrate migrates migrated migrating migration",
        "lead led leads leading",
        "company companies company's",
        "stop stopped stopping",
    ):
        assert len({stem(form) for form in forms.split()}) == 1
