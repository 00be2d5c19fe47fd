from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.signals import date_in, date_near, is_fresh, is_old, topic_of

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def day(year: int, month: int, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("We raised $4 million from Saltmarsh Capital.", "funding"),
        ("In March we launched the second version of the planner.", "launch"),
        ("We are hiring a platform engineer in Ghent.", "hiring"),
        ("We are a team of nine in Bergen.", "team size"),
        ("More than 400 clinics use Millpond every day.", "customers"),
        ("The ingest path is written in Rust.", "technology"),
        ("Millpond joined forces with two ferry lines.", "news"),
        ("Millpond builds a queue for sensor data.", "product"),
    ],
)
def test_a_sentence_has_the_topic_of_what_happened_in_it(text: str, topic: str) -> None:
    assert topic_of(text) == topic


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("On 5 March 2026 we opened.", day(2026, 3, 5)),
        ("March 5th, 2026: opened", day(2026, 3, 5)),
        ("March 2026: opened", day(2026, 3)),
        ("2025-12-31 release notes", day(2025, 12, 31)),
        ("Shipped in Q2 2026.", day(2026, 4)),
        ("From January 2024 to Sept. 2025", day(2025, 9)),
        ("We moved in 2024.", day(2024, 12, 31)),
        ("We moved in 2026.", NOW),
        ("Serving mills since 2019.", None),
        ("Opening in March 2027.", None),
        ("In 2031 all mills run on it.", None),
        ("On 31 February 2026 we opened.", None),
        ("Port 2026 is open.", None),
        ("", None),
    ],
)
def test_the_latest_date_that_is_not_in_the_future_is_read(text: str, when: datetime | None) -> None:
    assert date_in(text, now=NOW) == when


def test_a_date_on_the_line_beside_a_sentence_is_its_date() -> None:
    page = "News\n12 May 2026\nWe opened a warehouse.\nWe moved to Ghent.\nJune 2024\n"
    assert date_near(page, "We opened a warehouse.", now=NOW) == day(2026, 5, 12)
    assert date_near("We opened in July 2026.", "opened in July 2026", now=NOW) == day(2026, 7)
    assert date_near("No date.\nWe opened.", "We opened.", now=NOW) is None
    assert date_near(page, "Not on the page.", now=NOW) is None


def test_a_long_line_beside_a_sentence_dates_nothing() -> None:
    other = "In May 2023 the harbour board wrote a long report about everything that was moored there."
    assert date_near(f"{other}\nWe opened a warehouse.", "We opened a warehouse.", now=NOW) is None


def test_what_is_older_than_twelve_months_is_old_and_what_has_no_date_is_neither() -> None:
    assert is_fresh(day(2026, 1), now=NOW)
    assert is_old(day(2025, 11, 1), now=NOW)
    assert not is_fresh(None, now=NOW)
    assert not is_old(None, now=NOW)


@given(st.text(max_size=80))
def test_no_text_gives_a_date_in_the_future(text: str) -> None:
    when = date_in(text, now=NOW)
    assert when is None or when <= NOW
