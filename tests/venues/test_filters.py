from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import ValidationError
from ingot.venues.filters import Filters, batch_slug
from ingot.venues.record import VenueRecord
from ingot.venues.yc import parse_company
from tests.venues.companies import company

RECORD = parse_company(company())


@pytest.mark.parametrize(
    ("filters", "matches"),
    [
        (Filters(), True),
        (Filters(batch="W25"), True),
        (Filters(batch="winter-2025"), True),
        (Filters(batch="S25"), False),
        (Filters(tags=("open source", "Robotics")), True),
        (Filters(tags=("Robotics",)), False),
        (Filters(industry="b2b"), True),
        (Filters(industry="engineering, product and design"), True),
        (Filters(industry="Healthcare"), False),
        (Filters(region="remote"), True),
        (Filters(region="port ink"), True),
        (Filters(region="Europe"), False),
        (Filters(min_team=8, max_team=8), True),
        (Filters(max_team=7), False),
        (Filters(min_team=9), False),
    ],
)
def test_each_filter_holds_on_its_own(filters, matches):
    assert filters.matches(RECORD) is matches


def test_who_does_not_hire_is_left_out_and_who_does_not_say_stays():
    assert not Filters().matches(replace(RECORD, hiring=False))
    assert Filters().matches(replace(RECORD, hiring=None))
    assert Filters(hiring=False).matches(replace(RECORD, hiring=False))


def test_a_company_that_has_closed_never_matches():
    assert not Filters(hiring=False).matches(parse_company(company(status="Inactive")))


def test_an_unknown_size_does_not_fit_a_bound():
    assert Filters().matches(replace(RECORD, team_size=None))
    assert not Filters(max_team=10).matches(replace(RECORD, team_size=None))


@pytest.mark.parametrize(
    ("batch", "slug"),
    [
        ("W25", "winter-2025"),
        ("x25", "spring-2025"),
        ("Sp 2025", "spring-2025"),
        ("Summer 2024", "summer-2024"),
        ("f2024", "fall-2024"),
    ],
)
def test_a_batch_is_understood_in_its_short_and_long_name(batch, slug):
    assert batch_slug(batch) == slug
    assert batch_slug(slug) == slug


@pytest.mark.parametrize("batch", ["", "25", "Autumn 2025", "../secret", "Unspecified"])
def test_what_is_no_batch_is_refused(batch):
    with pytest.raises(ValidationError):
        batch_slug(batch)


def test_a_record_of_no_batch_matches_no_batch():
    assert not Filters(batch="W25").matches(replace(RECORD, batch="Unspecified"))


records = st.builds(
    VenueRecord,
    company_name=st.just("Quillmark"),
    regions=st.lists(st.sampled_from(["Europe", "Remote"])).map(tuple),
    team_size=st.one_of(st.none(), st.integers(1, 60)),
    industry=st.sampled_from(["B2B", "Fintech", ""]),
    tags=st.lists(st.sampled_from(["AI", "Robotics"])).map(tuple),
    batch=st.sampled_from(["Winter 2025", "Unspecified", ""]),
    hiring=st.sampled_from([True, False, None]),
)
choices = st.fixed_dictionaries(
    {},
    optional={
        "hiring": st.booleans(),
        "batch": st.just("W25"),
        "tags": st.just(("ai",)),
        "industry": st.just("fintech"),
        "region": st.just("europe"),
        "min_team": st.integers(0, 30),
        "max_team": st.integers(0, 60),
    },
)


@given(records, choices)
def test_a_record_matches_all_filters_exactly_if_it_matches_each(record, chosen):
    def one(name: str) -> bool:
        return Filters(**{"hiring": False, name: chosen[name]}).matches(record)

    together = Filters(**{"hiring": False, **chosen}).matches(record)
    assert together is all(one(name) for name in chosen)
