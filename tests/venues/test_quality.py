from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import VenueError
from ingot.venues.quality import check_records, record_problem, refusal
from ingot.venues.record import VenueRecord
from ingot.venues.yc import EXPECTED_FIELDS, parse_company
from tests.venues.companies import company

REAL_RECORDS = sorted((Path(__file__).parents[3] / "shared/data/yc/companies").glob("*.json"))
FIELDS = ("id", "name", "website", "batch", "tags")


def test_an_empty_batch_is_a_broken_source():
    with pytest.raises(VenueError, match="no records"):
        check_records([], FIELDS)


def test_a_changed_format_is_refused_with_the_count_of_every_field():
    records = [{"id": n, "title": "Quillmark", "site": ""} for n in range(10)]
    with pytest.raises(VenueError, match="name 10, website 10, batch 10, tags 10") as caught:
        check_records(records, FIELDS)
    assert caught.value.fields["missing"] == {"id": 0, "name": 10, "website": 10, "batch": 10, "tags": 10}


def test_odd_but_legal_records_pass():
    check_records(
        [company(team_size=None, website="quillmark.example", long_description="", one_liner=None)], EXPECTED_FIELDS
    )


@given(st.integers(1, 30), st.data())
def test_the_bound_is_a_fifth_of_all_expected_fields(count, data):
    cells = [(record, name) for record in range(count) for name in FIELDS]
    gone = data.draw(st.sets(st.sampled_from(cells)))
    records = [{name: "" for name in FIELDS if (number, name) not in gone} for number in range(count)]
    if len(gone) > 0.20 * len(cells):
        with pytest.raises(VenueError):
            check_records(records, FIELDS)
    else:
        check_records(records, FIELDS)


@pytest.mark.parametrize("broken", ["text", None, 7, ["list"]])
def test_what_is_no_object_misses_every_field(broken):
    with pytest.raises(VenueError):
        check_records([broken, company()], EXPECTED_FIELDS)
    assert refusal(broken, id_field="id", name_field="name") == "is not an object"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"id": None}, "has no id"),
        ({"id": True}, "has no id"),
        ({"name": " "}, "has no name"),
        ({"name": ["x"]}, "has no name"),
    ],
)
def test_a_record_needs_a_number_and_a_name(changes, reason):
    assert refusal(company(**changes), id_field="id", name_field="name") == reason


@pytest.mark.skipif(not REAL_RECORDS, reason="the real records are not part of the repository")
def test_real_records_pass():
    for path in REAL_RECORDS:
        check_records(json.loads(path.read_text()), EXPECTED_FIELDS)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"company_name": "  "}, "no company"),
        ({"company_name": "x" * 201}, "too long"),
        ({"description": "x" * 100_001}, "too long"),
        ({"description": "zero \0 byte"}, "cannot be stored"),
        ({"tags": ("half \ud800",)}, "cannot be stored"),
        ({"person_name": "Ada\r\nBcc: all@quillmark.example"}, "control character"),
        ({"person_email": "ada"}, "e-mail address"),
        ({"team_size": "8"}, "team_size of the wrong type"),
        ({"team_size": True}, "team_size of the wrong type"),
        ({"tags": ["Rust"]}, "tags of the wrong type"),
        ({"tags": (1,)}, "tags of the wrong type"),
        ({"hiring": 1}, "hiring of the wrong type"),
        ({"website": None}, "website of the wrong type"),
        ({"active": "yes"}, "active of the wrong type"),
    ],
)
def test_a_record_that_cannot_be_stored_says_why(changes, told):
    assert told in record_problem(replace(parse_company(company()), **changes))


def test_a_record_that_can_be_stored_has_no_problem():
    assert record_problem(parse_company(company())) == ""
    assert record_problem(VenueRecord(company_name="Ünïcode 会社 🚀", hiring=False, team_size=3)) == ""
    assert record_problem({"company_name": "Quillmark"}) == "is not a VenueRecord"
