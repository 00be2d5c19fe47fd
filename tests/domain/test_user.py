import json
from pathlib import Path

from ingot.domain.user import Education, Experience, Project, UserProfile
from tests.fakes.entities import RESUME, make_profile

FIXTURE = Path(__file__).parents[1] / "fixtures" / "user_profile.json"


def fixture_profile() -> UserProfile:
    raw = json.loads(FIXTURE.read_text())
    jobs = [Experience(**{**job, "lines": tuple(job["lines"])}) for job in raw.pop("experience")]
    schools = [Education(**school) for school in raw.pop("education")]
    projects = [Project(**project) for project in raw.pop("projects")]
    return UserProfile(experience=jobs, education=schools, projects=projects, **raw)


def test_each_achievement_points_at_its_line_of_the_resume():
    for profile in (make_profile(), fixture_profile()):
        achievements = profile.achievements()
        assert achievements
        assert len({item.line for item in achievements}) == len(achievements)
        for item in achievements:
            assert item.text in " ".join(profile.lines()[item.line].split())


def test_achievements_name_the_employer_and_come_in_the_order_of_the_jobs():
    achievements = make_profile().achievements()
    assert [item.employer for item in achievements] == ["Tallow & Reed"] * 3 + ["Lantern Freight"] * 2
    assert achievements[0].text == "Moved 40 services from Heroku to Kubernetes."
    assert RESUME.splitlines()[achievements[0].line] == "• Moved 40 services from Heroku to Kubernetes."


def test_a_line_that_the_resume_does_not_hold_cannot_be_cited():
    invented = Experience(
        company="Tallow", lines=("Led forty people.", "- Moved  40 services from Heroku to Kubernetes.")
    )
    [only] = make_profile(experience=[invented]).achievements()
    assert only.text == "Moved 40 services from Heroku to Kubernetes."


def test_a_project_is_an_achievement_of_no_employer():
    profile = UserProfile(
        name="Imre", projects=[Project(name="Otter", description="A log viewer.\nUsed by 9 teams.")],
        resume_raw_text="Otter\n* A log viewer.\n* Used by 9 teams.",
    )  # fmt: skip
    assert [(item.line, item.text, item.employer) for item in profile.achievements()] == [
        (1, "A log viewer.", ""),
        (2, "Used by 9 teams.", ""),
    ]


def test_the_filled_share_counts_what_a_resume_should_hold():
    assert UserProfile(name="").filled_share() == 0
    full = make_profile(github_url="https://github.com/imre", linkedin_url="https://linkedin.com/in/imre")
    assert full.filled_share() == 1
    assert make_profile().filled_share() == 7 / 9
