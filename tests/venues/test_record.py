from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.lead import dedupe_keys
from ingot.venues.record import VenueRecord, from_lead, known_size, record_text, to_lead, with_scheme
from ingot.venues.yc import parse_company
from tests.venues.companies import company


def test_the_text_of_a_record_is_lines_that_can_be_quoted():
    assert record_text(parse_company(company())).splitlines() == [
        "Quillmark 1",
        "Ink for machines.",
        "We set pages.",
        "In Rust.",
        "Location: Port Ink, CA, USA; Remote",
        "Regions: United States of America, Remote",
        "Industry: B2B",
        "Tags: Developer Tools, Open Source",
        "Team size: 8",
        "Batch: Winter 2025",
        "Hiring: yes",
    ]


def test_what_a_record_does_not_say_is_not_in_its_text():
    assert record_text(VenueRecord(company_name="Quillmark")) == "Quillmark"


def test_a_record_becomes_a_lead_and_comes_back_from_its_json():
    record = parse_company(company(website="quillmark.example", team_size=0))
    lead = to_lead(record, venue_name="yc", user_id="user_ab")
    assert (lead.company_name, lead.source_venue, lead.venue_ref) == ("Quillmark 1", "yc", "9000001")
    assert (lead.company_website, lead.team_size, lead.user_id) == ("https://quillmark.example", None, "user_ab")
    lead.record = json.loads(json.dumps(lead.record))
    assert from_lead(lead) == record


@pytest.mark.parametrize(("size", "known"), [(8, 8), (0, None), (None, None), (-1, None), (True, None), ("8", None)])
def test_a_team_of_nobody_is_a_team_of_unknown_size(size, known):
    assert known_size(size) == known


@pytest.mark.parametrize(
    ("website", "complete"),
    [
        ("quillmark.example", "https://quillmark.example"),
        ("HTTP://quillmark.example", "HTTP://quillmark.example"),
        (" ", ""),
    ],
)
def test_a_missing_scheme_is_added(website, complete):
    assert with_scheme(website) == complete


def keys(**changes: str) -> set[str]:
    lead = {"email": "", "venue": "yc", "venue_ref": "", "website": "", "company_name": "Quillmark", **changes}
    return set(dedupe_keys(**lead))


@given(
    st.from_regex(r"[a-z]{2,10}\.example", fullmatch=True).filter(lambda host: not host.startswith("www.")),
    st.sampled_from(["", "http://", "https://", "HTTPS://", "https://www."]),
    st.sampled_from(["", "/", "/about?x=1", ":8080/"]),
)
def test_one_website_in_any_spelling_is_one_company(host, scheme, path):
    assert keys(website=scheme + host + path) == {f"host:{host}"}


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.from_regex(r"(\+[a-z]{1,5})?", fullmatch=True), st.booleans())
def test_one_mailbox_in_any_spelling_is_one_person(local, sub_address, upper):
    spelled = f"{local}{sub_address}@quillmark.example"
    assert f"email:{local}@quillmark.example" in keys(email=spelled.upper() if upper else spelled)


@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=30))
def test_every_record_has_a_key_and_the_same_record_the_same(website, venue_ref, name):
    first = keys(website=website, venue_ref=venue_ref, company_name=name)
    assert first
    assert first == keys(website=website, venue_ref=venue_ref, company_name=name)


def test_companies_of_one_name_are_told_apart_by_their_number():
    assert keys(venue_ref="1").isdisjoint(keys(venue_ref="2"))
    assert keys() == {"yc:name:quillmark"}
