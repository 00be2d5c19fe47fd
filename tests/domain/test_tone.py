import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.email import Tone
from ingot.domain.tone import max_words, tone_for


@pytest.mark.parametrize(
    ("role", "tone"),
    [
        ("Head of People", Tone.hr),
        ("Senior Technical Recruiter", Tone.hr),
        ("Talent Partner", Tone.hr),
        ("HR Manager", Tone.hr),
        ("Hiring Manager", Tone.hr),
        ("CTO", Tone.engineering),
        ("Co-Founder & CTO", Tone.engineering),
        ("VP of Engineering", Tone.engineering),
        ("Chief Technology Officer", Tone.engineering),
        ("Head of Data", Tone.engineering),
        ("Staff Software Engineer", Tone.engineering),
        ("Founder", Tone.founder),
        ("Cofounder", Tone.founder),
        ("CEO", Tone.founder),
        ("Geschäftsführerin", Tone.founder),
        ("Managing Director", Tone.founder),
        ("", Tone.general),
        ("Office Manager", Tone.general),
        ("Three pianos", Tone.general),
        ("Chrome finisher", Tone.general),
    ],
)
def test_the_role_decides_the_tone(role: str, tone: Tone):
    assert tone_for(role) is tone
    assert tone_for(role.upper()) is tone


@given(st.text(max_size=30))
def test_every_role_has_a_tone_and_every_tone_a_length(role: str):
    assert 100 <= max_words(tone_for(role)) <= 150


def test_a_founder_is_written_to_most_briefly():
    assert min(Tone, key=max_words) is Tone.founder
