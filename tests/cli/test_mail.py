import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import ADDRESS, Base, Run

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


def test_pending_letters_are_listed(ingot: Ingot) -> None:
    shown = ingot("mail", "pending")
    assert shown.code == 0
    assert "4 letters, drafted" in shown.out
    assert "ingot mail show ID" in shown.out


def test_pending_as_json_has_a_fixed_shape(ingot: Ingot) -> None:
    rows = json.loads(ingot("mail", "pending", "--json").out)
    assert [row["id"] for row in rows] == [1, 2, 3, 4]
    assert set(rows[0]) == {"id", "company", "to", "subject", "words", "engine"}
    assert json.loads(ingot("mail", "pending", "--status", "sent", "--json").out) == []


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_a_letter_page_fits_the_terminal(columns: int, ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    page = ingot("mail", "show", 1).out
    assert max(map(len, page.splitlines())) <= columns
    assert "Subject A: Sensor data in Go" in page
    assert "After 3 business days" in page


def test_a_letter_page_shows_what_each_sentence_rests_on(ingot: Ingot) -> None:
    page = " ".join(ingot("mail", "show", 1).out.replace("│", " ").split())
    assert "Built a Kafka pipeline in Go for" in page
    assert "résumé, line 10" in page
    assert "https://millpond.example/" in page


def test_a_letter_as_json_names_the_source_of_each_sentence(ingot: Ingot) -> None:
    letter = json.loads(ingot("mail", "show", 1, "--json").out)
    assert letter["lead"]["company"] == "Millpond"
    assert letter["follow_ups"] == {"3": "One more line."}
    assert {row["source"] for row in letter["sentences"] if row["claim"]} == {
        "https://millpond.example/",
        "résumé, line 10",
    }
    assert all(row["backed"] for row in letter["sentences"])


def test_approved_letters_carry_the_postal_address(base: Base, ingot: Ingot) -> None:
    done = ingot("mail", "approve", 1, 2, 1)
    assert done.code == 0
    assert done.out.splitlines()[:2] == ["Letter 1 is approved.", "Letter 2 is approved."]
    assert all(ADDRESS in footer for footer in base.ask("SELECT footer FROM email WHERE status = 'approved'"))


@pytest.mark.parametrize("third", [99, 3])
def test_of_several_letters_all_are_approved_or_none(third: int, base: Base, ingot: Ingot) -> None:
    ingot("mail", "reject", 3, "--reason", "wrong angle")
    before = base.statuses("email")
    refused = ingot("mail", "approve", 1, 2, third)
    assert refused.code in {4, 5}
    assert refused.out == ""
    assert base.statuses("email") == before


def test_without_a_postal_address_approval_tells_what_to_set(base: Base, ingot: Ingot) -> None:
    base.manager.set("mailing_address", "")
    refused = ingot("mail", "approve", 1)
    assert refused.code == 5
    assert "ingot config set mailing_address" in refused.err
    assert base.statuses("email")[0] == "drafted"


def test_a_rejected_letter_takes_its_lead_with_it(base: Base, ingot: Ingot) -> None:
    assert ingot("mail", "reject", 1, "--reason", "wrong angle").code == 0
    assert base.statuses("lead")[0] == "rejected"
    assert base.ask("SELECT reject_reason FROM email WHERE id = 1") == ["wrong angle"]


def test_a_letter_is_written_anew_with_the_chosen_answer(base: Base, ingot: Ingot) -> None:
    before = base.ask("SELECT body FROM email WHERE id = 1")
    anew = ingot("mail", "regenerate", 1, "--answer", "1=2")
    assert anew.code == 0, anew.err
    body = base.ask("SELECT body FROM email WHERE id = 1")[0]
    assert body != before[0]
    assert "200 customers" in body
    assert base.ask("SELECT answer FROM question WHERE lead_id = 1")[0].startswith("We moved 200")
    assert base.statuses("lead")[0] == "drafted"


@pytest.mark.parametrize("answer", ["1=9", "2=1", "x"])
def test_an_answer_that_names_no_option_changes_nothing(answer: str, base: Base, ingot: Ingot) -> None:
    before = base.ask("SELECT body FROM email")
    refused = ingot("mail", "regenerate", 1, "--answer", answer)
    assert refused.code == 2
    assert "ingot leads show" in refused.err
    assert base.ask("SELECT body FROM email") == before


def test_only_a_draft_is_written_anew(base: Base, ingot: Ingot) -> None:
    ingot("mail", "approve", 1)
    refused = ingot("mail", "regenerate", 1)
    assert refused.code == 5
    assert "only a draft" in refused.err
    assert base.statuses("email")[0] == "approved"


@pytest.mark.parametrize("command", ["show", "approve", "edit", "reject", "regenerate"])
def test_an_id_that_is_not_there_is_told_where_to_find_one(command: str, ingot: Ingot) -> None:
    refused = ingot("mail", command, 99)
    assert refused.code == 4
    assert "ingot mail pending" in refused.err


@pytest.mark.parametrize("given", ["0", "abc", "1.5", "²", "9" * 5000, "\x1b[2J"])
def test_what_is_no_id_is_told_so(given: str, ingot: Ingot) -> None:
    refused = ingot("mail", "show", given)
    assert refused.code == 2
    assert "is no id" in refused.err
    assert "\x1b" not in refused.err
