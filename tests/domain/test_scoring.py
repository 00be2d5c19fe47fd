import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.match import Confidence
from ingot.domain.scoring import (
    SIZE_POINTS,
    SKILLS_POINTS,
    CompanyFacts,
    Part,
    initial_score,
    profile_skills,
    score_match,
    years_of_experience,
)
from ingot.domain.user import Experience, UserProfile
from tests.fakes.entities import make_profile

SKILLS = ["Python", "Go", "Rust", "Kafka", "Postgres", "Kubernetes", "TypeScript", "Terraform"]
skill_sets = st.lists(st.sampled_from(SKILLS), unique=True, max_size=6)
facts = st.builds(
    lambda skills, words, size, role: CompanyFacts(
        text=f"We use {', '.join(skills)}. {words}", team_size=size, open_role=role
    ),
    skill_sets,
    st.sampled_from(["", "A queue for sensors.", "Trucks report positions and billing forms for customs."]),
    st.none() | st.integers(1, 5000),
    st.sampled_from(["", "Senior Engineer", "Junior Developer", "Founding Engineer", "Intern", "Baker"]),
)
profiles = st.builds(
    lambda skills, start: make_profile(skills=skills, experience=[Experience(title="x", start=start, end="2025")]),
    skill_sets,
    st.sampled_from(["", "2025", "2021", "March 2010"]),
)


def part(score_parts: tuple[Part, ...], name: str) -> Part:
    return next(item for item in score_parts if item.part == name)


@given(profiles, facts)
def test_a_score_is_the_sum_of_its_parts_between_0_and_100_and_always_the_same(
    profile: UserProfile, company: CompanyFacts
):
    score = score_match(profile, company, this_year=2026)
    assert score == score_match(profile, company, this_year=2026)
    assert score.total == sum(item.points for item in score.parts)
    assert 0 <= score.total <= 100
    assert sum(item.of for item in score.parts) == 100
    assert all(0 <= item.points <= item.of and item.why for item in score.parts)
    assert score.breakdown()[0] == {
        "part": "skills",
        "of": SKILLS_POINTS,
        **{k: getattr(score.parts[0], k) for k in ("points", "why")},
    }


@given(skill_sets, skill_sets, skill_sets)
def test_a_skill_more_on_the_resume_never_lowers_the_skills_part(owned: list[str], more: list[str], needed: list[str]):
    company = CompanyFacts(text=f"We use {', '.join(needed)}.")
    few, many = (
        part(score_match(UserProfile(name="I", skills=skills), company, this_year=2026).parts, "skills").points
        for skills in (owned, owned + more)
    )
    assert few <= many


@given(skill_sets.filter(bool), st.sampled_from(SKILLS))
def test_a_shared_skill_more_never_lowers_the_skills_part_of_a_company_that_names_some(named: list[str], one: str):
    profile = UserProfile(name="I", skills=[*named[:2], one])
    points = [
        part(score_match(profile, CompanyFacts(text=", ".join(skills)), this_year=2026).parts, "skills").points
        for skills in (named, [*named, one])
    ]
    assert points[0] <= points[1]


def test_the_skills_part_tells_what_is_shared_and_what_is_missing():
    found = score_match(make_profile(), CompanyFacts(text="We use Go, Kafka and Rust."), this_year=2026)
    why = part(found.parts, "skills").why
    assert why.startswith("2 of 3 named technologies")
    assert "not on it: Rust." in why
    assert (
        "neutral" in part(score_match(make_profile(), CompanyFacts(text="Bread."), this_year=2026).parts, "skills").why
    )


def test_an_unknown_size_is_neutral():
    def points(size: int | None) -> int:
        company = CompanyFacts(text="A queue.", team_size=size)
        return part(score_match(make_profile(), company, this_year=2026).parts, "company size").points

    assert points(None) == SIZE_POINTS // 2
    assert points(8) > points(120) > points(4000) > 0
    assert points(4000) >= points(None)


def test_the_first_hires_should_have_worked_before():
    novice = UserProfile(name="I", experience=[Experience(start="2026", end="present")])
    small, larger = (
        part(score_match(novice, CompanyFacts(text="", team_size=size), this_year=2026).parts, "company size").points
        for size in (3, 30)
    )
    assert small < larger


@pytest.mark.parametrize(
    ("role", "size", "points", "source"),
    [
        ("Principal Engineer", 400, 3, "Principal Engineer"),
        ("Senior Engineer", 400, 12, "Senior Engineer"),
        ("Junior Engineer", 400, 15, "Junior Engineer"),
        ("Engineer", 400, 15, "size of the team"),
        ("", 5, 15, "size of the team"),
        ("Misleading Leader", 400, 15, "size of the team"),
    ],
)
def test_seniority_compares_years_with_the_open_role(role: str, size: int, points: int, source: str):
    profile = make_profile(experience=[Experience(start="2021", end="present")])
    found = part(
        score_match(profile, CompanyFacts(text="", team_size=size, open_role=role), this_year=2026).parts, "seniority"
    )
    assert (found.points, source in found.why) == (points, True)


@pytest.mark.parametrize(
    ("jobs", "years"),
    [
        ([], 0),
        ([("", "")], 0),
        ([("", "2020")], 0),
        ([("2018", "2021")], 3),
        ([("March 2018", "June 2021"), ("2021", "present")], 8),
        ([("2020", "")], 6),
        ([("2020", "heute")], 6),
        ([("2024", "2020")], 0),
    ],
)
def test_years_run_from_the_first_start_to_the_last_end(jobs: list[tuple[str, str]], years: int):
    profile = UserProfile(name="I", experience=[Experience(start=start, end=end) for start, end in jobs])
    assert years_of_experience(profile, this_year=2026) == years


def test_nothing_known_gives_low_confidence_and_everything_high():
    def confidence(**known: object) -> Confidence:
        return score_match(make_profile(), CompanyFacts(**{"text": "", **known}), this_year=2026).confidence

    assert confidence() is Confidence.low
    assert confidence(text="Go, Rust and Kafka. " * 40, team_size=5) is Confidence.high
    assert confidence(team_size=5, open_role="Engineer") is Confidence.medium
    assert confidence(text="Go, Rust and Kafka. " * 40, team_size=5, open_role="Engineer") is Confidence.high


def test_skills_are_read_from_the_list_and_from_the_text():
    owned = profile_skills(UserProfile(name="I", skills=["golang", "juggling"], resume_raw_text="Wrote Rust."))
    assert {"Go", "Rust"} <= {name.title() for name in owned}
    assert "juggling" not in owned


@given(facts, st.booleans() | st.none(), st.sampled_from(["", "https://mill.example"]), st.booleans())
def test_a_first_score_is_the_sum_of_its_parts_between_0_and_1(
    company: CompanyFacts, hiring: bool | None, website: str, known: bool
):
    profile = make_profile() if known else None
    total, parts = initial_score(
        profile, text=company.text, hiring=hiring, website=website, team_size=company.team_size
    )
    assert 0 <= total <= 1
    assert total == round(sum(parts.values()), 4)
    if profile is None:
        assert parts["skills"] == parts["topics"] == 0


def test_hiring_and_a_website_raise_a_first_score():
    def first(**changes: object) -> float:
        given = {"text": "", "hiring": None, "website": "", "team_size": None, **changes}
        return initial_score(make_profile(), **given)[0]

    assert first() == 0
    assert first(hiring=True) > first(website="https://mill.example") > first(hiring=False) == 0
    assert first(team_size=20) > first(team_size=2000) == 0
