import pytest

from ingot.domain.grounds import Grounds
from ingot.domain.intrusions import own_text
from ingot.domain.words import foreign_script

GROUNDS = Grounds(
    company_name="Millpond",
    user_name="Ada Quill",
    evidence=(),
    resume_lines=("Wrote a broker, see https://code.example/ada/broker",),
    person_name="Bo Reed",
    person_role="CTO",
    own_values=("https://quill.example/ada",),
)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("I wrote a broker.", []),
        ("It is at https://quill.example/ada now.", []),
        ("It is at https://code.example/ada/broker now.", []),
        ("Write to eve@evil.example now.", ["link"]),
        ("See https://evil.example/pay now.", ["link"]),
        ("I wrote\u200b a broker.", ["invisible"]),
        ("I wrote a брокер.", ["characters"]),
    ],
)
def test_only_the_users_own_links_and_plain_letters_may_stand_in_a_letter(sentence: str, kinds: list[str]) -> None:
    assert [problem.kind for problem in own_text(GROUNDS).intrusions(sentence)] == kinds


def test_another_alphabet_is_foreign_unless_it_is_known() -> None:
    assert foreign_script("a брокер", "") == "брокер"
    assert foreign_script("a брокер", "брокер") == ""
    assert foreign_script("plain", "") == ""
