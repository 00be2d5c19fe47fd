import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.candidate import Candidate, candidate_of, profile_skills, years_of_experience
from ingot.domain.company import CompanyFacts
from ingot.domain.match import Confidence
from ingot.domain.preferences import NO_WISHES, Condition, ConditionKind, RemoteWish, Wishes
from ingot.domain.scoring import Part, Score, score_match
from ingot.domain.user import Education, Experience, UserProfile
from ingot.domain.weights import DEFAULT_WEIGHTS, PARTS
from tests.fakes.entities import make_profile

pytestmark = pytest.mark.long

SKILLS = ["Python", "Go", "Rust", "Kafka", "Postgres", "Kubernetes", "TypeScript", "Terraform"]
skill_sets = st.lists(st.sampled_from(SKILLS), unique=True, max_size=6)
facts = st.builds(
    lambda skills, words, size, role, place: CompanyFacts(
        text=f"We use {', '.join(skills)}. {words}", team_size=size, open_roles=role, location=place
    ),
    skill_sets,
    st.sampled_from(["", "A queue for sensors.", "Trucks report positions and billing forms for customs."]),
    st.none() | st.integers(1, 5000),
    st.sampled_from([(), ("Senior Engineer",), ("Junior Designer", "Backend Engineer"), ("Baker",)]),
    st.sampled_from(["", "Berlin, Germany", "Remote"]),
)
profiles = st.builds(
    lambda skills, start: make_profile(skills=skills, experience=[Experience(title="x", start=start, end="2025")]),
    skill_sets,
    st.sampled_from(["", "2025", "2021", "March 2010"]),
)
wishes = st.sampled_from(
    [
        Wishes(),
        Wishes(remote=RemoteWish.only, size_max=50, countries=("DE",), needs_visa=True),
        Wishes(must_haves=(Condition(ConditionKind.technology, "Go"),), industries_avoided=("logistics",)),
    ]
)


def candidate(**changes: object) -> Candidate:
    return candidate_of(make_profile(**changes), this_year=2026)


def scored(company: CompanyFacts, wish: Wishes = NO_WISHES, **changes: object) -> Score:
    return score_match(candidate(**changes), company, wishes=wish)


def part(score: Score, name: str) -> Part:
    return next(item for item in score.parts if item.part == name)


@given(profiles, facts, wishes)
def test_a_score_is_the_sum_of_its_parts_between_0_and_100_and_always_the_same(
    profile: UserProfile, company: CompanyFacts, wish: Wishes
):
    seen = candidate_of(profile, this_year=2026)
    score = score_match(seen, company, wishes=wish)
    assert score == score_match(seen, company, wishes=wish)
    assert score.total == sum(item.points for item in score.parts)
    assert 0 <= score.total <= 100
    assert {item.part: item.of for item in score.parts} == DEFAULT_WEIGHTS
    assert all(0 <= item.points <= item.of and item.why for item in score.parts)
    assert [row["part"] for row in score.breakdown()] == list(PARTS)
    assert {"part", "points", "of", "why"} <= score.breakdown()[0].keys()


@given(skill_sets, skill_sets, skill_sets)
def test_a_skill_more_on_the_resume_never_lowers_the_skills_part(owned: list[str], more: list[str], needed: list[str]):
    company = CompanyFacts(text=f"We use {', '.join(needed)}.")
    few, many = (
        part(score_match(candidate_of(UserProfile(name="I", skills=skills), this_year=2026), company), "skills").points
        for skills in (owned, owned + more)
    )
    assert few <= many


@given(skill_sets.filter(bool), st.sampled_from(SKILLS))
def test_a_shared_skill_more_never_lowers_the_skills_part_of_a_company_that_names_some(named: list[str], one: str):
    seen = candidate_of(UserProfile(name="I", skills=[*named[:2], one]), this_year=2026)
    points = [
        part(score_match(seen, CompanyFacts(text=", ".join(skills))), "skills").points
        for skills in (named, [*named, one])
    ]
    assert points[0] <= points[1]


def test_the_skills_part_tells_what_is_shared_what_is_near_and_what_is_missing():
    found = part(scored(CompanyFacts(text="We use golang, Kafka, RabbitMQ and Figma.")), "skills")
    assert found.why.startswith("2 of 4 named technologies")
    assert "near ones: Apache Kafka for RabbitMQ" in found.why
    assert "not on it: RabbitMQ, Figma." in found.why
    assert found.theirs[:2] == ("golang", "Kafka")
    assert "RabbitMQ" in found.change
    assert "neutral" in part(scored(CompanyFacts(text="Bread.")), "skills").why


def test_a_skill_that_does_the_same_job_is_worth_more_than_one_of_the_same_family_and_less_than_itself():
    def points(named: str) -> int:
        company = CompanyFacts(text=f"{named}, Terraform, Docker")
        return part(scored(company, skills=["PostgreSQL"], resume_raw_text="Imre"), "skills").points

    assert points("PostgreSQL") > points("MySQL") > points("Redis") > points("Figma")


def test_experience_compares_the_open_roles_with_the_users_titles():
    def found(*roles: str) -> Part:
        return part(scored(CompanyFacts(text="A bakery.", open_roles=roles)), "experience")

    same, near, far, unknown = found("Senior Backend Engineer"), found("Platform Engineer"), found("Nurse"), found()
    assert same.points > near.points > unknown.points > far.points
    assert "the same kind of work as your work as Backend Engineer" in same.why
    assert "near to" in near.why
    assert "far from" in far.why
    assert "No open role is known" in found("Zookeeper").why
    assert found("Nurse", "Backend Engineer").points == same.points
    assert part(scored(CompanyFacts(text="")), "experience").points == 0


def test_the_industry_part_compares_what_the_company_does_with_where_the_user_has_worked():
    def points(text: str) -> Part:
        return part(scored(CompanyFacts(text=text)), "industry")

    assert points("Freight and customs for carriers").points == DEFAULT_WEIGHTS["industry"]
    assert points("An online store for shoes").points > points("A clinic for patients").points == 0
    assert "not known" in points("We make things").why
    unknown = part(
        scored(CompanyFacts(text="A clinic"), experience=[], headline="", resume_raw_text="Imre"), "industry"
    )
    assert "the résumé comes from is not known" in unknown.why


def test_schools_and_headings_are_no_experience_in_education():
    profile = make_profile(
        resume_raw_text="Imre\nEDUCATION\nSedge University, BSc\nSKILLS\nGo",
        education=[Education(school="Sedge University")],
    )
    assert "education" not in candidate_of(profile, this_year=2026).industries


def test_a_trade_has_industries_where_it_is_at_home():
    seen = candidate(headline="Firmware Engineer", resume_raw_text="Imre", experience=[])
    assert seen.industries["robotics"] > 0
    assert seen.industry_words["robotics"] == ("Firmware Engineer",)


def test_an_unknown_size_is_neutral():
    def points(size: int | None) -> int:
        return part(scored(CompanyFacts(text="A queue.", team_size=size)), "size").points

    assert points(8) > points(120) > points(4000) > 0
    assert points(4000) >= points(None) > 0
    assert part(scored(CompanyFacts(text="", team_size=8), Wishes(size_min=10)), "size").points == 0
    assert (
        part(scored(CompanyFacts(text="", team_size=18), Wishes(size_min=10)), "size").points == DEFAULT_WEIGHTS["size"]
    )


def test_the_first_hires_should_have_worked_before():
    novice = [Experience(start="2026", end="present")]
    small, larger = (
        part(scored(CompanyFacts(text="", team_size=size), experience=novice), "size").points for size in (3, 30)
    )
    assert small < larger


@pytest.mark.parametrize(
    ("role", "size", "points", "source"),
    [
        ("Principal Engineer", 400, 2, "Principal Engineer"),
        ("Senior Engineer", 400, 6, "Senior Engineer"),
        ("Junior Engineer", 400, 8, "Junior Engineer"),
        ("Engineer", 400, 8, "size of the team"),
        ("", 5, 8, "size of the team"),
        ("Misleading Leader", 400, 8, "size of the team"),
    ],
)
def test_seniority_compares_years_with_the_open_role(role: str, size: int, points: int, source: str):
    jobs = [Experience(start="2021", end="present")]
    company = CompanyFacts(text="", team_size=size, open_roles=tuple(filter(None, [role])))
    found = part(scored(company, experience=jobs), "seniority")
    assert (found.points, source in found.why) == (points, True)


def test_twenty_years_are_too_many_for_an_internship():
    jobs = [Experience(start="2004", end="present")]
    assert (
        part(scored(CompanyFacts(text="", open_roles=("Engineering Intern",)), experience=jobs), "seniority").points
        == 0
    )


@pytest.mark.parametrize(
    ("place", "text", "share"),
    [
        ("Ghent, Belgium", "", 1.0),
        ("Remote", "", 0.85),
        ("Lyon, France; Remote", "", 0.6),
        ("Lyon, France", "", 0.1),
        ("", "", 0.5),
    ],
)
def test_without_a_wish_the_place_counts_by_the_users_own(place: str, text: str, share: float):
    found = part(scored(CompanyFacts(text=text, location=place), location="Antwerp, Belgium"), "location")
    assert found.points == round(DEFAULT_WEIGHTS["location"] * share)


def test_wishes_about_the_place_replace_where_the_user_lives():
    wish = Wishes(countries=("FR",), needs_visa=True)
    found = part(
        scored(CompanyFacts(text="A queue.", location="Lyon, France"), wish, location="Ghent, Belgium"), "location"
    )
    assert found.why == "in FR: met; sponsors a visa: not known."
    assert found.change == "Word on: sponsors a visa."
    assert found.points == 8


def test_wishes_that_are_not_met_cost_points_and_silence_costs_half_of_them():
    def points(text: str) -> int:
        wish = Wishes(must_haves=(Condition(ConditionKind.technology, "Go"),), technologies_avoided=("PHP",))
        return part(scored(CompanyFacts(text=text), wish), "wishes").points

    assert points("We write Go.") > points("We write Go and PHP.") > 0
    assert points("We write Go.") > points("We write.") > points("We write PHP.")
    assert part(scored(CompanyFacts(text="")), "wishes").points == DEFAULT_WEIGHTS["wishes"]


def test_a_deal_breaker_rejects_with_the_words_that_decided():
    wish = Wishes(deal_breakers=(Condition(ConditionKind.industry, "gambling"),))
    rejected = scored(CompanyFacts(text="We run a casino for sports betting."), wish)
    assert rejected.rejection == 'Deal-breaker industry:gambling holds: "casino, sports betting".'
    assert rejected.breakdown()[-1]["wishes"][0]["rejects"] is True
    assert scored(CompanyFacts(text="We run a bakery."), wish).rejection == ""


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
        return scored(CompanyFacts(**{"text": "", **known})).confidence

    assert confidence() is Confidence.low
    assert confidence(text="Go, Rust and Kafka. " * 40, team_size=5) is Confidence.high
    assert confidence(team_size=5, open_roles=("Engineer",)) is Confidence.medium
    assert confidence(text="Go, Rust and Kafka. " * 40, team_size=5, open_roles=("Engineer",)) is Confidence.high


def test_skills_are_read_from_the_list_and_from_the_text():
    owned = profile_skills(UserProfile(name="I", skills=["golang", "juggling"], resume_raw_text="Wrote Rust."))
    assert owned == {"Go", "Rust"}
