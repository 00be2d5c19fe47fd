import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.industries import industry_names, industry_of, main_industries, named_industries, relatedness
from ingot.domain.places import country_named
from ingot.domain.role_table import NEARNESS_TABLE
from ingot.domain.roles import families, family_names, nearness, years_of_title
from ingot.domain.skill_kin import KIN
from ingot.domain.skills import family, kin, skill_names

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Senior Backend and Platform Engineer", {"backend", "platform"}),
        ("Software Engineer, Back-End", {"backend"}),
        ("Software Engineers", {"software"}),
        ("Engineer", {"software"}),
        ("Product Designer", {"design"}),
        ("Product Manager", {"product"}),
        ("Head of Engineering", {"engineering management"}),
        ("Zookeeper", set()),
        ("", set()),
    ],
)
def test_a_title_names_families_and_the_special_ones_win(title: str, found: set[str]):
    assert families(title) == found


@given(st.sampled_from(family_names()), st.sampled_from(family_names()))
def test_nearness_is_the_same_both_ways_and_whole_only_to_itself(one: str, other: str):
    assert nearness([one], [other]) == nearness([other], [one])
    assert (nearness([one], [other]) == 1) is (one == other)
    assert nearness([one], []) == 0


def test_every_family_of_the_nearness_table_exists():
    named = {
        name for line in NEARNESS_TABLE.strip().splitlines() for name in line.strip().partition(": ")[0].split(", ")
    }
    assert named <= set(family_names())


def test_a_level_is_told_by_its_word():
    assert [years_of_title(title) for title in ("Junior Dev", "Staff Engineer", "Leader", "Head of Growth")] == [
        1,
        8,
        None,
        9,
    ]


def test_industries_are_named_by_labels_and_by_prose():
    named = named_industries(["Payments", "B2B"], "Banks and clinics send payments; a bank; clinics.")
    assert list(named) == ["fintech", "health"]
    assert named["fintech"].words == ("Payments", "Banks", "payments")
    assert list(main_industries(named)) == ["fintech"]
    assert main_industries({}) == {}
    assert named_industries([], "İ casino")["gambling"].words == ("casino",)


def test_words_that_say_little_in_prose_count_only_as_labels():
    assert named_industries([], "We are betting on open source and the health of search.") == {}
    assert industry_of("Open Source") == "developer tools"
    assert industry_of("Engineering, Product and Design") == "developer tools"
    assert industry_of("underwater basket weaving") is None
    assert "gambling" in industry_names()


def test_industries_are_related_both_ways():
    assert relatedness("health", "biotech") == relatedness("biotech", "health") > relatedness("health", "gaming") == 0
    assert relatedness("health", "health") == 1


def test_kin_are_known_skills_in_one_group_each():
    members = [name for group in KIN for name in group]
    assert len(members) == len(set(members))
    assert set(members) <= set(skill_names())
    assert "MySQL" in kin("PostgreSQL")
    assert kin("Git") == frozenset()
    assert family("Figma") == "design"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Germany", "DE"), ("de", "DE"), ("UK", "GB"), ("United Kingdom", "GB"), ("Berlin", ""), ("Atlantis", "")],
)
def test_only_a_whole_country_is_a_country(name: str, code: str):
    assert country_named(name) == code
