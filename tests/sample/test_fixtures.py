from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path

from ingot.domain.intel import IntelBrief, TalkingPointKind
from ingot.domain.user import UserProfile
from ingot.sample import sample_companies, sample_path

FIXTURES = Path(__file__).parents[1] / "fixtures"


def load(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def names(entity):
    return {field.name for field in dataclasses.fields(entity)}


def test_the_hundred_records_have_the_venue_s_keys_and_its_oddities():
    records = load("yc_companies.json")
    assert len(records) == 100
    assert all(list(record) == list(sample_companies()[0]) for record in records)
    by_id = {record["id"]: record for record in records}
    assert len(by_id) == 99
    assert Counter(Counter(record["name"] for record in by_id.values()).values()) == {1: 93, 2: 3}
    assert Counter(record["website"] == "" for record in records)[True] == 2
    assert any(record["website"] and "://" not in record["website"] for record in records)
    assert {None, 0} <= {record["team_size"] for record in records}
    assert {None, ""} <= {record["all_locations"] for record in records}
    assert {None, ""} <= {record["long_description"] for record in records}


def test_the_profile_has_the_entity_s_fields_and_the_resume_s_text():
    profile = load("user_profile.json")
    assert set(profile) == names(UserProfile)
    assert profile["resume_raw_text"] == sample_path("resume.txt").read_text(encoding="utf-8")
    lines = [line for job in profile["experience"] for line in job["lines"]]
    assert len(lines) == 18
    assert all(line in profile["resume_raw_text"] for line in lines)


def test_the_brief_has_the_entity_s_fields_and_one_point_of_each_kind():
    brief = load("intel_brief.json")
    assert set(brief) == names(IntelBrief)
    assert [point["kind"] for point in brief["talking_points"]] == list(TalkingPointKind)


def test_the_brief_leads_with_the_resume_line_that_its_connection_tells():
    line = load("user_profile.json")["resume_raw_text"].splitlines()[load("intel_brief.json")["lead_line"]]
    assert "Bazel remote caching" in line
