import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.company import CompanyFacts
from ingot.domain.first_look import FirstLook, initial_score
from ingot.domain.preferences import Condition, ConditionKind, RemoteWish, Wishes
from tests.fakes.entities import make_profile

pytestmark = pytest.mark.long

facts = st.builds(
    lambda words, size, place: CompanyFacts(text=words, team_size=size, location=place),
    st.sampled_from(["", "A queue for sensors in Go.", "Trucks report positions and billing forms for customs."]),
    st.none() | st.integers(1, 5000),
    st.sampled_from(["", "Berlin, Germany", "Remote"]),
)
wishes = st.sampled_from(
    [
        Wishes(),
        Wishes(remote=RemoteWish.only, size_max=50, countries=("DE",), needs_visa=True),
        Wishes(must_haves=(Condition(ConditionKind.technology, "Go"),), industries_avoided=("logistics",)),
    ]
)


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


@given(facts, wishes)
def test_a_first_look_is_never_below_0_whatever_is_wished(company: CompanyFacts, wish: Wishes):
    plain = FirstLook(make_profile()).score(company, hiring=True, website="")[0]
    total, parts = FirstLook(make_profile(), wishes=wish).score(company, hiring=True, website="")
    assert 0 <= total <= plain
    assert total == round(sum(parts.values()), 4)


def test_a_first_look_puts_what_a_deal_breaker_rejects_last():
    wish = Wishes(deal_breakers=(Condition(ConditionKind.keyword, "casino"),))
    look = FirstLook(make_profile(), wishes=wish)
    assert look.score(CompanyFacts(text="A casino in Go."), hiring=True, website="x")[0] == 0


def test_a_first_look_prefers_the_users_country_then_remote_work():
    look = FirstLook(make_profile(location="Ghent, Belgium"))

    def place(**known: object) -> float:
        return look.score(CompanyFacts(text="", **known), hiring=None, website="")[1]["place"]

    near, fully = place(location="Bruges, Belgium"), place(location="Remote", regions=("Fully Remote",))
    assert near > fully > place(location="Lyon, France; Remote") > place(location="Lyon, France") == 0


def test_hiring_and_a_website_raise_a_first_score():
    def first(**changes: object) -> float:
        given = {"text": "", "hiring": None, "website": "", "team_size": None, **changes}
        return initial_score(make_profile(), **given)[0]

    assert first(hiring=True) > first(website="https://mill.example") > first(hiring=False) == first()
    assert first(team_size=20) > first(team_size=2000) == first()
