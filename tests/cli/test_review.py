"""The review at the terminal, key by key."""

import io
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingot.cli import review_session
from ingot.cli.edit import edited_by_hand
from ingot.domain.delivery import DeliveryStatus
from ingot.wiring import opened
from tests.cli.conftest import Base, Run
from tests.fakes.entities import make_letter

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


class Tty(io.StringIO):
    """Typed at a terminal."""

    def isatty(self) -> bool:
        return True


def keys(*typed: str) -> str:
    return "".join(f"{line}\n" for line in typed)


def test_each_key_is_stored_at_once(base: Base, ingot: Ingot) -> None:
    done = ingot("mail", "review", stdin=keys("a", "r", "wrong angle", "n", "q"))
    assert done.code == 0
    assert base.statuses("email") == ["approved", "rejected", "drafted", "drafted"]
    assert base.ask("SELECT reject_reason FROM email WHERE id = 2") == ["wrong angle"]
    assert "Approved 1, rejected 1, 2 drafts left." in done.out


def test_the_page_shows_why_the_follow_ups_and_the_letter(ingot: Ingot) -> None:
    shown = ingot("mail", "review", 1, stdin=keys("q")).out
    for words in ("[1/1]", "Match ", "Open with?", "One more line.", "Subject A:", "3 business days"):
        assert words in shown


def test_sources_are_a_key_away(ingot: Ingot) -> None:
    assert "rests on" not in ingot("mail", "review", 1, stdin=keys("q")).out
    shown = ingot("mail", "review", 1, stdin=keys("s", "q")).out
    assert "rests on" in shown
    assert "résumé, line 10" in shown


def test_undo_takes_the_last_decision_back_and_shows_the_draft_again(base: Base, ingot: Ingot) -> None:
    done = ingot("mail", "review", stdin=keys("a", "r", "", "u", "u", "q"))
    assert base.statuses("email") == ["drafted"] * 4
    assert base.statuses("lead")[:2] == ["drafted", "drafted"]
    assert base.ask("SELECT count(*) FROM delivery") == [0]
    assert "Approved 0, rejected 0, 4 drafts left." in done.out


def test_the_last_decision_can_be_undone_after_the_last_draft(base: Base, ingot: Ingot) -> None:
    ingot("mail", "review", 1, stdin=keys("a", "u", "q"))
    assert base.statuses("email")[0] == "drafted"


def test_undo_without_a_decision_says_so(ingot: Ingot) -> None:
    assert "Nothing to undo" in ingot("mail", "review", 1, stdin=keys("u", "q")).out


async def test_undo_says_when_a_letter_is_on_its_way(base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter(["a", "u", "q"])

    async def ask(question: str, keys: object, *, default: str) -> str:
        key = next(asked)
        if key == "u":  # claimed meanwhile by a sender
            async with opened() as other, other.uow() as uow:
                (await uow.deliveries.list())[0].status = DeliveryStatus.sending
                await uow.commit()
        return key

    monkeypatch.setattr(review_session, "ask", ask)
    async with opened() as wiring:
        await review_session.review_drafts(wiring, only=[1])
    assert base.statuses("email")[0] == "approved"


def test_an_edit_with_an_unbacked_claim_is_stored_only_when_confirmed(
    base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/I built/I invented Kubernetes at Google and built/'")
    ingot("mail", "review", 1, stdin=keys("e", "d", "q"))
    assert base.ask("SELECT id FROM email_edit") == []
    ingot("mail", "review", 1, stdin=keys("e", "s", "q"))
    assert "Kubernetes at Google" in base.ask("SELECT body FROM email WHERE id = 1")[0]
    [before], [after] = base.ask("SELECT before FROM email_edit"), base.ask("SELECT after FROM email_edit")
    assert "Kubernetes" not in before
    assert "Kubernetes" in after


def test_an_edit_that_was_refused_goes_on_where_it_stopped(
    base: Base, ingot: Ingot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, seen = tmp_path / "editor", tmp_path / "seen"
    editor.write_text(f'#!/bin/sh\ncp "$1" {seen}\nsed -i \'s/I built/I left Google and built/\' "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    ingot("mail", "review", 1, stdin=keys("e", "d", "q"))
    assert "Google" not in seen.read_text()
    ingot("mail", "review", 1, stdin=keys("e", "e", "d", "q"))
    assert "Google" in seen.read_text()
    assert base.ask("SELECT id FROM email_edit") == []


def test_an_editor_that_changes_nothing_stores_nothing(
    base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    assert "Nothing was changed." in ingot("mail", "review", 1, stdin=keys("e", "q")).out
    assert base.ask("SELECT id FROM email_edit") == []


def test_regenerating_asks_the_questions_again(base: Base, ingot: Ingot) -> None:
    done = ingot("mail", "review", 1, stdin=keys("g", "2", "q"))
    assert "Open with?" in done.out
    assert base.ask("SELECT generation FROM email WHERE id = 1") == [2]
    assert base.ask("SELECT answer FROM question WHERE lead_id = 1")[0].startswith("We moved 200 customers")


def test_a_refused_approval_is_told_and_the_draft_stays(base: Base, ingot: Ingot) -> None:
    base.manager.set("mailing_address", "")
    done = ingot("mail", "review", stdin=keys("a", "q"))
    assert "ingot config set mailing_address" in done.err
    assert set(base.statuses("email")) == {"drafted"}


def test_a_country_that_asks_for_a_ground_is_asked_about(base: Base, ingot: Ingot) -> None:
    base.manager.set("country_stances", "US=warn")
    connection = sqlite3.connect(base.path / "outreach.db")
    connection.execute("UPDATE lead SET location = 'Portland, OR, USA'")
    connection.commit()
    connection.close()
    ingot("mail", "review", 1, stdin=keys("a", "", "q"))
    assert base.statuses("email")[0] == "drafted"
    ingot("mail", "review", 1, stdin=keys("a", "we met", "q"))
    assert base.statuses("email")[0] == "approved"
    assert base.ask("SELECT basis FROM email WHERE id = 1") == ["we met"]


def test_a_campaign_that_is_not_there_is_told(ingot: Ingot) -> None:
    assert ingot("mail", "review", "--campaign", "nope").code == 5


def test_only_the_drafts_of_a_campaign_are_shown(base: Base, ingot: Ingot) -> None:
    name = base.ask("SELECT campaign_name FROM campaign")[0]
    assert "[1/4]" in ingot("mail", "review", "--campaign", name, stdin=keys("q")).out


def test_no_draft_is_told(ingot: Ingot) -> None:
    assert "No draft waits for you." in ingot("mail", "review", 99).out


def test_input_that_ends_keeps_what_was_decided(base: Base, ingot: Ingot) -> None:
    assert ingot("mail", "review", stdin=keys("a")).code == 1
    assert base.statuses("email")[0] == "approved"


def test_help_explains_every_key(ingot: Ingot) -> None:
    shown = ingot("mail", "review", 1, stdin=keys("?", "q")).out
    assert "undo the last approval" in shown


def test_without_an_editor_lines_are_changed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", "")
    letter = make_letter(subject_a="One", subject_b="Two", body="Hi Bo,\n\nA line.\n\nAnother.\n\nKim")
    monkeypatch.setattr(sys, "stdin", Tty(keys("6", "A better line.", "8", "-", "99", "1", "Subject A: Three", "")))
    assert edited_by_hand(letter) == {"subject_a": "Three", "body": "Hi Bo,\n\nA better line.\n\nKim"}
