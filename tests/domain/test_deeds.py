import pytest

from ingot.domain.deeds import deed


@pytest.mark.parametrize(
    ("bullet", "expected"),
    [
        ("• Cut p99 latency by 40 %.", "cut p99 latency by 40 %"),
        ("Designed the storage layer of a ledger", "designed the storage layer of a ledger"),
        ("Built web applications in React. Worked with the founders.", "built web applications in React"),
        ("Led a team of six engineers;", "led a team of six engineers"),
    ],
)
def test_a_line_that_starts_with_what_was_done_follows_i(bullet: str, expected: str) -> None:
    assert deed(bullet) == expected


@pytest.mark.parametrize(
    "bullet",
    [
        "Adopted by 3 major laboratories",
        "Set of tools for data teams",
        "Skilled in Python and Go",
        "Cut latency",
        "24/7 on-call duty for billing",
    ],
)
def test_what_others_did_and_what_one_is_are_no_deeds(bullet: str) -> None:
    assert deed(bullet) is None
