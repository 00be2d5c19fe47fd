import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ingot.cli.edit import edited_by_hand, parse
from ingot.errors import ValidationError
from tests.cli.conftest import Base, Run
from tests.fakes.entities import make_letter

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]

TRUE = "Hi Bo,\n\nI ran the on-call rota of the billing team.\n\nImre Valk"
FALSE = "Hi Bo,\n\nI invented Kubernetes at Google.\n\nImre Valk"
BODY = "SELECT body FROM email WHERE id = 1"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Use a shell script as $EDITOR; `$1` is the file it is given."""

    def _use(script: str) -> None:
        path = tmp_path / "my editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", f"'{path}'")

    return _use


def test_an_edit_whose_claims_are_backed_is_stored(base: Base, ingot: Ingot) -> None:
    done = ingot("mail", "edit", 1, "--body", "-", stdin=TRUE)
    assert done.code == 0
    assert "every claim is backed" in done.out
    assert base.ask(BODY) == [TRUE]


def test_an_edit_with_an_unbacked_claim_is_refused_with_the_reason(base: Base, ingot: Ingot) -> None:
    before = base.ask(BODY)
    refused = ingot("mail", "edit", 1, "--body", FALSE)
    assert refused.code == 1
    assert "Google" in refused.out
    assert "--insist" in refused.out
    assert base.ask(BODY) == before


def test_insisting_stores_the_edit_and_records_the_claim(base: Base, ingot: Ingot) -> None:
    done = ingot("mail", "edit", 1, "--body", FALSE, "--insist")
    assert done.code == 0
    assert base.ask(BODY) == [FALSE]
    assert "Google" in base.ask("SELECT insisted_claims FROM email WHERE id = 1")[0]
    assert "NOT BACKED" in ingot("mail", "show", 1).out


def test_editing_an_approved_letter_makes_it_a_draft_again(base: Base, ingot: Ingot) -> None:
    ingot("mail", "approve", 1)
    done = ingot("mail", "edit", 1, "--subject-b", "A question for Millpond")
    assert "ingot mail approve 1" in done.out
    assert base.statuses("email")[0] == "drafted"


def test_an_empty_body_changes_nothing(base: Base, ingot: Ingot) -> None:
    before = base.ask(BODY)
    assert ingot("mail", "edit", 1, "--body", "-", stdin=" \n").code == 5
    assert base.ask(BODY) == before


def test_a_body_that_is_not_utf8_is_refused(base: Base, ingot: Ingot) -> None:
    before = base.ask(BODY)
    refused = ingot("mail", "edit", 1, "--body", "-", stdin="café".encode("latin-1"))
    assert refused.code == 5
    assert "iconv" in refused.err
    assert base.ask(BODY) == before


def test_the_editor_gets_the_letter_and_its_changes_are_stored(
    base: Base, ingot: Ingot, editor: Callable[[str], None]
) -> None:
    editor('sed -i "s/Best regards/Kind regards/" "$1"')
    done = ingot("mail", "edit", 1)
    assert done.code == 0
    assert "Kind regards" in base.ask(BODY)[0]
    assert base.ask("SELECT subject_a FROM email WHERE id = 1") == ["Sensor data in Go"]


def test_nobody_else_waits_for_the_database_while_the_editor_is_open(
    base: Base, ingot: Ingot, editor: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE", str(base.path / "outreach.db"))
    write = "import os, sqlite3; sqlite3.connect(os.environ['DATABASE'], timeout=0).execute('BEGIN IMMEDIATE')"
    editor(f'python3 -c "{write}"')
    assert ingot("mail", "edit", 1).out == "Nothing was changed.\n"


@pytest.mark.parametrize("script", ["exit 1", 'rm "$1"', "printf 'Subject A: \\351' > \"$1\""])
def test_an_editor_that_fails_changes_nothing(
    script: str, base: Base, ingot: Ingot, editor: Callable[[str], None]
) -> None:
    editor(script)
    before = base.ask(BODY)
    refused = ingot("mail", "edit", 1)
    assert refused.code == 5
    assert "nothing was changed" in refused.err
    assert base.ask(BODY) == before


def test_a_file_without_its_subject_lines_changes_nothing(
    base: Base, ingot: Ingot, editor: Callable[[str], None]
) -> None:
    editor("echo 'I ran the on-call rota of the billing team.' > \"$1\"")
    before = base.ask(BODY)
    refused = ingot("mail", "edit", 1)
    assert refused.code == 5
    assert "two subject lines" in refused.err
    assert base.ask(BODY) == before


@pytest.mark.parametrize("name", ["", "/nowhere/editor", "'"])
def test_without_a_working_editor_the_other_way_is_told(
    name: str, ingot: Ingot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", name)
    refused = ingot("mail", "edit", 1)
    assert refused.code == 5
    assert "--body -" in refused.err


def test_a_letter_closed_unchanged_has_no_changes(editor: Callable[[str], None]) -> None:
    editor("true")
    assert edited_by_hand(make_letter()) == {}


def test_an_edited_file_is_read_in_its_parts() -> None:
    parts = parse("\nSubject A: One\r\nSubject B:Two\r\n\r\nHi,\r\n\r\nText.\r\n")
    assert parts == {"subject_a": "One", "subject_b": "Two", "body": "Hi,\n\nText."}


def test_no_line_of_an_edited_file_is_lost() -> None:
    assert parse("Subject A: One\nSubject B: Two\nHi,\n\nText.")["body"] == "Hi,\n\nText."


@pytest.mark.parametrize("written", ["", "Subject A: One", "Subject B: One\nSubject A: Two\n\nHi", "Hi\nSubject A: x"])
def test_a_file_whose_subject_lines_are_gone_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="two subject lines"):
        parse(written)
