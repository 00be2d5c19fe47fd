"""Which records are one company, and what one may add to another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.lead import email_host
from ingot.domain.merging import Group, additions, group, same_company

EMPTY = {
    "company_name": "Millpond", "company_website": "", "location": "", "industry": "", "team_size": None,
    "person_name": "", "person_email": "", "person_role": "",
}  # fmt: skip
PERSON = {"person_name": "Bo Reed", "person_email": "bo@millpond.example", "person_role": "CTO"}


def of(**changes: Any) -> dict[str, Any]:
    return {**EMPTY, **changes}


def test_records_without_a_common_key_are_companies_of_their_own():
    assert group([("a",), ("b", "c")], {}) == [Group(members=(0,), leads=()), Group(members=(1,), leads=())]


def test_two_records_are_joined_by_a_third_that_comes_later():
    assert group([("yc:7",), ("host:a.example",), ("yc:7", "host:a.example")], {}) == [
        Group(members=(0, 1, 2), leads=())
    ]


def test_a_record_that_knows_two_leads_joins_them():
    known = {"yc:7": 4, "host:a.example": 2}
    assert group([("yc:7", "host:a.example"), ("yc:8",)], known) == [
        Group(members=(0,), leads=(2, 4)),
        Group(members=(1,), leads=()),
    ]


def test_records_of_one_known_lead_are_one_though_they_share_no_key():
    assert group([("a",), ("b",)], {"a": 1, "b": 1}) == [Group(members=(0, 1), leads=(1,))]


keys = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=3), max_size=8)


@given(keys, st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 4)), st.randoms())
def test_who_belongs_together_does_not_depend_on_the_order(records, known, random):
    order = list(range(len(records)))
    random.shuffle(order)
    plain = {frozenset(one.members) for one in group(records, known)}
    shuffled = group([records[at] for at in order], known)
    assert {frozenset(order[at] for at in one.members) for one in shuffled} == plain
    assert sorted(at for one in shuffled for at in one.members) == list(range(len(records)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme", "ACME, Inc."), ("Acme (W24)", "acme"), ("Acme Robotics GmbH", "Acme"), ("Limited", "Limited Ltd")],
)
def test_names_of_one_company(one: str, other: str):
    assert same_company(one, other)
    assert same_company(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Acme", "Bolt"), ("Acme Robotics", "Acme Foods"), ("", "Acme"), ("?", "!")]
)
def test_names_of_two_companies(one: str, other: str):
    assert not same_company(one, other)


def test_what_is_empty_is_filled_and_nothing_is_overwritten():
    found = of(company_website="https://other.example", location="Ghent", industry="B2B", team_size=9)
    known = of(company_website="https://millpond.example", team_size=4)
    assert additions(known, found) == {"location": "Ghent", "industry": "B2B"}


def test_nothing_is_taken_from_a_company_of_another_name():
    assert additions(EMPTY, of(company_name="Tallow", location="Ghent", **PERSON)) == {}


def test_a_person_comes_whole_to_a_lead_without_one():
    assert additions(EMPTY, of(**PERSON)) == PERSON


@pytest.mark.parametrize(
    ("known", "found", "added"),
    [
        ({"person_name": "Kim Vale"}, PERSON, {}),
        ({"person_email": "kim@millpond.example"}, PERSON, {}),
        ({"person_name": "Kim Vale"}, {"person_email": "jobs@millpond.example"}, {}),
        ({"person_email": "kim@millpond.example"}, {"person_name": "Bo Reed"}, {}),
        ({"person_name": "bo reed"}, PERSON, {"person_email": "bo@millpond.example", "person_role": "CTO"}),
        ({"person_email": "BO+x@millpond.example"}, PERSON, {"person_name": "Bo Reed", "person_role": "CTO"}),
    ],
)
def test_two_persons_are_never_mixed(known: dict[str, Any], found: dict[str, Any], added: dict[str, Any]):
    assert additions(of(**known), of(**found)) == added


def test_nobody_is_taken_whose_address_is_suppressed():
    found = of(location="Ghent", **PERSON)
    assert additions(EMPTY, found, suppressed={"bo@millpond.example"}) == {"location": "Ghent"}


@pytest.mark.parametrize(
    ("address", "host"),
    [("bo@Millpond.example", "millpond.example"), ("bo@gmail.com", ""), ("bo@jobs.lever.co", ""), ("", ""), ("bo", "")],
)
def test_the_host_of_an_address_is_the_companys_unless_many_share_it(address: str, host: str):
    assert email_host(address) == host
