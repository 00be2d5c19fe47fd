from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Base, Run
from tests.fakes.entities import RESUME

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    script = tmp_path / "edit.py"
    script.write_text(
        f"import sys, pathlib\np = pathlib.Path(sys.argv[1])\np.write_text(p.read_text().replace({old!r}, {new!r}))\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"python3 {script}")


def test_the_form_is_printed_corrected_elsewhere_and_taken_back(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    form = ingot("profile", "edit", "--print").out
    assert "Added by you" in form
    file = tmp_path / "me.toml"
    file.write_text(form.replace("Imre Valk", "Imre V. Valk"))
    stored = ingot("profile", "edit", "--from", file)
    assert (stored.code, "Stored as version 2" in stored.err) == (0, True)
    again = ingot("profile", "edit", "--from", "-", stdin=ingot("profile", "edit", "--print").out)
    assert "Nothing was changed" in again.err
    assert base.ask("SELECT name FROM userprofile WHERE active") == ["Imre V. Valk"]


def test_the_profile_is_corrected_in_the_editor(
    base: Base, ingot: Ingot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "Imre Valk", "Imre V. Valk")
    assert ingot("profile", "edit").code == 0
    assert base.ask("SELECT name FROM userprofile WHERE active") == ["Imre V. Valk"]
    assert ingot("profile", "edit").code == 0  # no form is left behind


def test_what_was_typed_is_kept_where_it_cannot_be_used_and_can_be_opened_again(
    base: Base, ingot: Ingot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, 'name = "Imre Valk"', "name = Imre V. Valk")
    refused = ingot("profile", "edit")
    assert refused.code == 5
    assert "Line 1" in refused.err
    assert "--reopen" in refused.err
    assert "--reopen" in ingot("profile", "edit").err
    editor(tmp_path, monkeypatch, "name = Imre V. Valk", 'name = "Imre V. Valk"')
    assert ingot("profile", "edit", "--reopen").code == 0
    assert base.ask("SELECT name FROM userprofile WHERE active") == ["Imre V. Valk"]
    assert ingot("profile", "edit", "--reopen").code == 5


def test_an_editor_that_fails_or_is_missing_changes_nothing(
    base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ("false", "", "/nowhere/editor"):
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", command)
        refused = ingot("profile", "edit", *(["--reopen"] if command != "false" else []))
        assert refused.code == 5
    assert base.ask("SELECT version FROM userprofile WHERE active") == [1]


def test_one_field_is_set(base: Base, ingot: Ingot) -> None:
    assert '"location": "Cork, Ireland"' in ingot("profile", "set", "location", "Cork, Ireland", "--json").out
    assert ingot("profile", "set", "shoe_size", "44").code == 5
    assert ingot("profile", "edit", "--from", "/nowhere.toml").code == 5
    assert ingot("profile", "edit", "--print", "--reopen").code == 2


def test_an_import_says_what_is_missing_what_was_kept_and_how_to_correct_it(empty: Base, ingot: Ingot) -> None:
    first = ingot("profile", "import", "-", stdin=RESUME).out
    assert "Not found: " in first
    assert "ingot profile edit" in first
    ingot("profile", "set", "location", "Cork, Ireland")
    second = ingot("profile", "import", "-", stdin=RESUME.replace("210 ms", "190 ms")).out
    assert "Kept of your corrections: location." in second
    third = ingot("profile", "import", "-", "--discard-edits", stdin=RESUME).out
    assert "Not kept: all corrections" in third
    assert empty.ask("SELECT location FROM userprofile WHERE active") == [""]
    assert ingot("profile", "import", "-", "--model", stdin=RESUME).code == 3
