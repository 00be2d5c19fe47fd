import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def test_leads_are_listed_best_match_first_without_an_empty_column(ingot: Ingot) -> None:
    shown = ingot("leads", "list", "--status", "matched")
    assert shown.code == 0
    assert "Millpond" in shown.out
    assert "location" not in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80


def test_leads_as_json_have_a_fixed_shape(ingot: Ingot) -> None:
    rows = json.loads(ingot("leads", "list", "--json", "--limit", "5").out)
    assert [row["match"] for row in rows] == [70, 70, 70, 70, 55]
    assert next(row for row in rows if row["id"] == 1) == {
        "id": 1,
        "company": "Millpond",
        "match": 70,
        "status": "drafted",
        "location": "Portland, OR, USA",
        "why": "",
    }


def test_a_campaign_is_chosen_by_name(ingot: Ingot) -> None:
    assert len(json.loads(ingot("leads", "list", "--campaign", "autumn", "--json").out)) == 5
    unknown = ingot("leads", "list", "--campaign", "winter")
    assert unknown.code == 2
    assert "winter" in unknown.err


def test_where_nothing_stands_the_list_says_so(ingot: Ingot) -> None:
    assert "No lead stands there" in ingot("leads", "list", "--status", "deferred").out
    assert json.loads(ingot("leads", "list", "--status", "deferred", "--json").out) == []


def test_an_empty_database_says_how_to_start(empty: Base, ingot: Ingot) -> None:
    shown = ingot("leads", "list")
    assert shown.code == 0
    assert "python -m flows.campaign" in shown.out


def test_a_lead_is_shown_with_its_numbered_options(ingot: Ingot) -> None:
    shown = ingot("leads", "show", 1)
    assert shown.code == 0
    assert "2  We moved 200 customers" in shown.out
    assert "2026-11-22" in shown.out
    assert "Letter 1 is drafted: ingot mail show 1" in shown.out


def test_a_lead_as_json_has_options_as_a_list(ingot: Ingot) -> None:
    page = json.loads(ingot("leads", "show", 1, "--json").out)
    assert page["lead"]["company_name"] == "Millpond"
    assert [len(row["options"]) for row in page["tables"]["Questions"]] == [2]
    assert {row["kind"] for row in page["tables"]["Evidence"]} == {"product", "signal"}


def test_decisions_are_stored_with_their_reason(base: Base, ingot: Ingot) -> None:
    assert ingot("leads", "defer", 4, "--reason", "after the summer").code == 0
    assert base.ask("SELECT reason FROM gate WHERE lead_id = 4") == ["after the summer"]
    assert "Run the campaign again" not in ingot("leads", "reject", 4).out
    assert base.statuses("lead")[3] == "rejected"


def test_an_approval_tells_how_to_go_on(base: Base, ingot: Ingot) -> None:
    shown = ingot("leads", "approve", 4)
    assert "Millpond (lead 4): approved" in shown.out
    assert "python -m flows.campaign --name autumn" in shown.out
    assert "still approved" in ingot("leads", "approve", 4).out


def test_of_several_decisions_all_are_stored_or_none(base: Base, ingot: Ingot) -> None:
    before = base.statuses("lead")
    refused = ingot("leads", "reject", 1, 4, 99)
    assert refused.code == 4
    assert "no lead 99" in refused.err
    assert base.statuses("lead") == before


def test_rejecting_a_lead_rejects_its_letter(base: Base, ingot: Ingot) -> None:
    assert ingot("leads", "reject", 1).code == 0
    assert base.statuses("email")[0] == "rejected"


def test_what_cannot_be_decided_is_told_with_what_can(base: Base, ingot: Ingot) -> None:
    refused = ingot("leads", "defer", 1)
    assert refused.code == 5
    assert "it can go to" in refused.err
    assert base.statuses("lead")[0] == "drafted"
