from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import VenueError
from ingot.venues.quality import check_records, refusal
from ingot.venues.yc import EXPECTED_FIELDS
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
