import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.user import Education, Experience, Project, UserProfile
from ingot.errors import ResumeError
from ingot.resume.form import profile_form
from ingot.resume.form_reading import checked_value, read_form

PROFILE = UserProfile(
    name="Orla Testwell",
    headline='The "one" with \\ in it',
    email="orla@example.com",
    phone="+49 30 5550 1234",
    github_url="https://github.com/orlatest",
    skills=["Go", "C++"],
    experience=[
        Experience(title="Engineer", company="Fernglow", start="March 2021", end="Present", lines=("Cut it", "Ran it"))
    ],
    education=[Education(school="Eastmoor", degree="BSc", start="2014", end="2017")],
    projects=[Project(name="tinyledger", description="One\nTwo", url="https://example.com")],
    version=7,
)
FORM = profile_form(PROFILE)
WORDS = st.text(max_size=40).map(lambda text: " ".join("".join(c for c in text if c.isprintable()).split()))


def content(profile: UserProfile) -> list[object]:
    names = ("name", "headline", "email", "phone", "location", "github_url", "linkedin_url", "skills", "experience")
    return [getattr(profile, name) for name in (*names, "education", "projects")]


def test_a_form_reads_back_as_the_profile_it_shows() -> None:
    read, version = read_form(FORM)
    assert content(read) == content(PROFILE)
    assert version == 7


@given(words=st.lists(WORDS, max_size=6), title=WORDS.filter(bool))
def test_any_words_survive_the_form(words: list[str], title: str) -> None:
    lines = tuple(dict.fromkeys(filter(None, words)))
    given_profile = UserProfile(name="Orla", skills=list(lines), experience=[Experience(title=title, lines=lines)])
    assert content(read_form(profile_form(given_profile))[0]) == content(given_profile)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_what_to_do(text: str) -> None:
    try:
        assert read_form(text)[0].name
    except ResumeError as error:
        assert error.hint  # noqa: PT017


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ('company = "Fernglow"', 'company = "Fernglow', 'company = "Fernglow', "cannot be read"),
        ('company = "Fernglow"', "company = 5", "company = 5", "`company` is no text"),
        ('start = "March 2021"', 'start = "soon"', 'start = "soon"', "`start` is no date"),
        ('end = "2017"', 'end = "later"', 'end = "later"', "`end` is no date"),
        ('name = "Orla Testwell"', 'name = ""', 'name = ""', "`name` is empty"),
        ('email = "orla@example.com"', 'email = "orla"', 'email = "orla"', "no e-mail"),
        ('phone = "+49 30 5550 1234"', 'phone = "none"', 'phone = "none"', "no digits"),
        (
            '"https://github.com/orlatest"',
            '"https://example.com"',
            'github_url = "https://ex',
            "`github_url` is no such",
        ),
        ('degree = "BSc"', 'degre = "BSc"', 'degre = "BSc"', "no such field"),
        ('skills = [\n  "Go",\n  "C++",\n]', 'skills = "Go"', 'skills = "Go"', "no list of texts"),
        ("version = 7", "version = true", "version = true", "`version` is no number"),
        ('title = "Engineer"\ncompany = "Fernglow"', "", "[[job]]", "has no title"),
        ('headline = "', f'headline = "{"x" * 400}', "headline = ", "more than 300"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_line_and_quotes_nothing(old: str, new: str, at: str, told: str) -> None:
    form = FORM.replace(old, new)
    assert form != FORM
    with pytest.raises(ResumeError) as caught:
        read_form(form)
    number = next(number for number, line in enumerate(form.splitlines(), start=1) if line.startswith(at))
    found = re.match(r"Line (\d+) of the form", caught.value.message)
    assert found is not None
    assert int(found[1]) == number
    assert told in caught.value.message
    assert caught.value.hint
    assert "Orla" not in str(caught.value)


def test_the_second_part_of_a_kind_is_named_by_its_own_line() -> None:
    form = f'{FORM}\n[[school]]\nschool = "Calder"\nend = "never"\n'
    with pytest.raises(ResumeError, match=f"Line {len(form.splitlines())} of the form"):
        read_form(form)


@pytest.mark.parametrize(
    "form", ["job = 3", 'name = "Orla"\njob = [1]', 'name = "Orla"\n[job]\ntitle = "x"', "x" * 200_000]
)
def test_parts_of_another_shape_are_refused(form: str) -> None:
    with pytest.raises(ResumeError):
        read_form(form)


def test_empty_parts_and_repeated_or_empty_lines_count_for_nothing() -> None:
    read, version = read_form('name = " Orla  T "\nskills = ["Go", "", "Go"]\n[[job]]\ntitle = ""\nlines = [" "]\n')
    assert (read.name, read.skills, read.experience, version) == ("Orla T", ["Go"], [], None)


def test_one_field_is_checked_alike_and_made_whole() -> None:
    assert checked_value("github_url", "github.com/orlatest") == "https://github.com/orlatest"
    assert checked_value("phone", "") == ""
    assert checked_value("headline", " a\x1b[31m  b ") == "a[31m b"
    with pytest.raises(ResumeError, match="longer"):
        checked_value("name", "x" * 200)
