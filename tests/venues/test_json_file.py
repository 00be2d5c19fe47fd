from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import ValidationError
from ingot.venues.json_file import parse_json

COMPANIES = [
    {"company": "Quillmark", "website": "quillmark.example", "tags": ["Go", "Rust"], "employees": 8, "remote": True},
    {"company": "Otherworks", "email": None, "address": {"city": "Ghent"}},
]


@pytest.mark.parametrize(
    "content",
    [json.dumps(COMPANIES), "\n\n".join(map(json.dumps, COMPANIES)), "\ufeff" + json.dumps(COMPANIES, indent=1)],
)
def test_an_array_and_lines_of_objects_are_read(content):
    first, second = parse_json(content.encode()).records
    assert (first.company_name, first.website, first.tags, first.team_size) == (
        "Quillmark", "quillmark.example", ("Go", "Rust"), 8,
    )  # fmt: skip
    assert (second.company_name, second.person_email, second.location) == ("Otherworks", "", "")


def test_a_line_that_is_no_json_loses_no_other():
    found = parse_json(b'{"company": "Quillmark"}\n{"company": \n\n[1]\n{"company": "Otherworks"}\n')
    assert [record.company_name for record in found.records] == ["Quillmark", "Otherworks"]
    assert [(item.number, item.reason) for item in found.refused] == [(2, "is not an object"), (4, "is not an object")]


@pytest.mark.parametrize("content", [b"[", b"[]", b"[" * 100_000, b"{}", b"\xff{", b'{"name": "Ada"}', b"[{}]"])
def test_a_file_that_is_no_list_of_companies_is_refused(content):
    with pytest.raises(ValidationError) as caught:
        parse_json(content)
    assert caught.value.hint


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(["company", "email", "tags", "size", "x"]), json_values), max_size=4))
def test_any_json_is_records_or_a_validation_error(items):
    try:
        found = parse_json(json.dumps(items).encode())
    except ValidationError as error:
        assert error.hint  # noqa: PT017
    else:
        assert len(found.records) + len(found.refused) == len(items)
