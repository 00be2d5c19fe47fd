"""`ingot leads contacts`: lists, and takes a yes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def name_the_recipient(base: Base) -> None:
    import sqlite3

    with sqlite3.connect(base.path / "outreach.db") as connection:
        connection.execute("UPDATE lead SET person_name = 'Kim Reed', person_email = '' WHERE id = 4")
    connection.close()


def test_guesses_are_listed_as_guesses_and_nothing_is_asked_of_the_network(base: Base, ingot: Ingot) -> None:
    name_the_recipient(base)
    shown = ingot("leads", "contacts", 4)
    assert shown.code == 0
    assert "  kim@millpond4.example\n" in shown.out
    assert "guessed, 40%" in shown.out
    assert "ingot leads contacts 4 --accept ADDRESS" in shown.out
    rows = json.loads(ingot("leads", "contacts", 4, "--json").out)
    assert rows[0] == {
        "address": "kim@millpond4.example",
        "kind": "guessed",
        "person": "Kim Reed",
        "confidence": 0.4,
        "takes_mail": "unchecked",
        "source": "a guess: first@millpond4.example",
        "pattern": "first",
        "needs_yes": True,
        "note": "",
    }
    assert base.ask("SELECT person_email FROM lead WHERE id = 4") == [""]


def test_a_yes_is_stored_and_stands_alone(base: Base, ingot: Ingot) -> None:
    name_the_recipient(base)
    assert ingot("leads", "contacts", 4, "--accept", "kim@millpond4.example", "--check").code == 2
    done = ingot("leads", "contacts", 4, "--accept", "kim@millpond4.example")
    assert (done.code, done.out) == (0, "Millpond (lead 4) is written to at kim@millpond4.example.\n")
    assert base.ask("SELECT person_email FROM lead WHERE id = 4") == ["kim@millpond4.example"]
    again = ingot("leads", "contacts", 4, "--accept", "kim@millpond4.example", "--json")
    assert json.loads(again.out) == {"lead": 4, "address": "kim@millpond4.example", "note": ""}
    refused = ingot("leads", "contacts", 4, "--accept", "bo@millpond4.example")
    assert refused.code == 5
    assert "ingot leads address 4 ADDRESS" in refused.err


def test_a_lead_without_recipient_says_so_and_a_service_needs_a_key(base: Base, ingot: Ingot) -> None:
    assert "nobody is chosen" in ingot("leads", "contacts", 4).out
    asked = ingot("leads", "contacts", 4, "--look-up")
    assert asked.code == 3
    assert "hunter_api_key" in asked.err


def test_hostile_names_do_not_steer_the_terminal(ingot: Ingot) -> None:
    assert "\x1b" not in ingot("leads", "contacts", 5).out
