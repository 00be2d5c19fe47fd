import pytest

from ingot.domain.own_statements import corrected_text, is_corrected, resume_part
from ingot.domain.profile_merge import changed_alike, copied, counterparts, merge, same_content
from ingot.domain.user import Education, Experience, Project, UserProfile
from ingot.domain.verbatim import SourceText

TEXT = "Orla Testwell\nEngineer\n\nEXPERIENCE\nEngineer, Fernglow\t2019 - 2021\n• Cut the import in half\n• Ran the rota\n\nGo, SQL"
FIRST = Experience(
    title="Engineer", company="Fernglow", start="2019", end="2021", lines=("Cut the import in half", "Ran the rota")
)
SECOND = Experience(title="Intern", company="Quillmark", start="2017", end="2019", lines=("Wrote tests",))


def profile(**changes: object) -> UserProfile:
    given = {"name": "Orla Testwell", "headline": "Engineer", "skills": ["Go", "SQL"], "experience": [FIRST, SECOND]}
    return UserProfile(**{**given, "resume_raw_text": TEXT, **changes})


def changed(job: Experience, **changes: object) -> Experience:
    return Experience(**{**vars(job), **changes})


def test_what_the_resume_says_itself_is_not_added_again() -> None:
    same = profile(experience=[FIRST])
    assert corrected_text(same, TEXT) == TEXT + "\n\n\n--  Added by you  --\n"
    assert is_corrected(corrected_text(same, TEXT))
    assert not is_corrected(TEXT)
    assert resume_part(corrected_text(same, TEXT)) == TEXT


def test_a_line_of_the_users_own_can_be_cited_once_it_is_added() -> None:
    own = profile(experience=[changed(FIRST, company="Fernglow Ltd", lines=("Ran the rota", "Cut the import by 60%"))])
    assert [item.text for item in own.achievements()] == ["Ran the rota"]
    own.resume_raw_text = corrected_text(own, TEXT)
    assert [item.text for item in own.achievements()] == ["Ran the rota", "Cut the import by 60%"]
    assert own.resume_raw_text.endswith("Engineer, Fernglow Ltd, 2019 - 2021\n• Cut the import by 60%")


def test_skills_schools_projects_and_the_person_are_statements_too() -> None:
    told = corrected_text(
        profile(
            location="Cork",
            skills=["Go", "Rust"],
            experience=[],
            education=[Education(school="Eastmoor", degree="BSc"), Education(school="Engineer", degree="Engineer")],
            projects=[Project(name="tinyledger", description="A ledger\n\nRan the rota"), Project(name="Fernglow")],
        ),
        TEXT,
    )
    added = told.removeprefix(TEXT).split("--\n")[1]
    assert added.splitlines() == ["Location: Cork", "Skills: Rust", "BSc, Eastmoor", "tinyledger", "• A ledger"]


def test_corrections_hold_when_the_resume_is_read_again() -> None:
    corrected = profile(
        headline="Data engineer",
        skills=["Go", "Rust"],
        experience=[changed(FIRST, company="Fernglow Ltd", lines=("Ran the rota", "Led it")), SECOND],
    )
    read = profile(
        skills=["Go", "SQL", "Kafka"],
        experience=[changed(FIRST, end="2022", lines=(*FIRST.lines, "Hired two")), SECOND],
    )
    merged = merge(read, first=profile(), corrected=corrected)
    assert merged.profile.headline == "Data engineer"
    assert merged.profile.skills == ["Go", "Kafka", "Rust"]
    job, other = merged.profile.experience
    assert (job.company, job.end, job.lines) == ("Fernglow Ltd", "2022", ("Ran the rota", "Hired two", "Led it"))
    assert other == SECOND
    assert merged.kept == ["headline", "skills", "job: Engineer, Fernglow Ltd"]
    assert merged.lost == []


def test_a_job_that_was_taken_out_stays_out_and_an_added_one_stays_in() -> None:
    added = Experience(title="Founder", company="Own shop", lines=("Sold moss",))
    merged = merge(profile(), first=profile(), corrected=profile(experience=[FIRST, added]))
    assert merged.profile.experience == [FIRST, added]
    assert merged.kept == ["left out: Intern, Quillmark", "job: Founder, Own shop"]
    gone = merge(profile(experience=[FIRST]), first=profile(), corrected=profile(experience=[FIRST]))
    assert gone.profile.experience == [FIRST]


def test_an_added_job_that_the_new_resume_has_is_one_job() -> None:
    added = Experience(title="Founder", company="Own shop", lines=("Sold moss",))
    read = profile(experience=[FIRST, SECOND, changed(added, lines=("Bought moss",))])
    merged = merge(read, first=profile(), corrected=profile(experience=[FIRST, SECOND, added]))
    assert merged.profile.experience[2].lines == ("Bought moss", "Sold moss")
    again = merge(
        profile(experience=[SECOND]),
        first=profile(experience=[SECOND]),
        corrected=profile(experience=[changed(SECOND, title="", company="", lines=("Sold moss",))]),
    )
    assert again.kept == ["left out: Intern, Quillmark", "job: a job without a name"]


def test_of_a_job_no_longer_named_only_the_users_own_lines_are_kept() -> None:
    read = profile(experience=[FIRST])
    own = merge(
        read,
        first=profile(),
        corrected=profile(experience=[FIRST, changed(SECOND, lines=("Wrote tests", "Found 3 bugs"))]),
    )
    assert own.profile.experience[1].lines == ("Found 3 bugs",)
    lost = merge(read, first=profile(), corrected=profile(experience=[FIRST, changed(SECOND, end="2020")]))
    assert lost.profile.experience == [FIRST]
    assert lost.lost == ["the corrections to Intern, Quillmark, which the résumé no longer names"]


def test_nothing_corrected_is_nothing_kept() -> None:
    merged = merge(profile(name="Orla T."), first=profile(), corrected=copied(profile()))
    assert (merged.profile.name, merged.kept, merged.lost) == ("Orla T.", [], [])
    assert same_content(profile(), copied(profile()))
    assert not same_content(profile(), profile(name="Other"))


def test_jobs_are_paired_by_what_they_share() -> None:
    twin = changed(FIRST, title="Lead", lines=("Led it",))
    assert counterparts([FIRST, twin], [twin, FIRST]) == {0: 1, 1: 0}
    assert counterparts([Experience()], [Experience()]) == {}
    assert changed_alike([1, 2, 3], first=[1, 2], corrected=[2, 4]) == [2, 3, 4]


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("Cut the import in half", ("Cut the import in half",)),
        ("import in half Ran the", ("Cut the import in half", "Ran the rota")),
        ("the rot", ()),
        ("ngineer", ()),
        ("Led forty people", ()),
        ("", ()),
        ("•", ()),
    ],
)
def test_a_value_is_found_word_for_word_with_the_lines_it_stands_in(value: str, lines: tuple[str, ...]) -> None:
    source = SourceText.of(TEXT)
    assert source.holding(value) == lines
    assert source.says(value) == bool(lines)
