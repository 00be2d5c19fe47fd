import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Base, Run
from tests.fakes.entities import RESUME

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def test_the_active_profile_is_shown(ingot: Ingot) -> None:
    shown = ingot("profile", "show")
    assert shown.code == 0
    assert "Imre Valk" in shown.out
    assert "Engineer, Tallow & Reed (2021 to present), 3 lines" in shown.out


def test_a_profile_as_json_holds_jobs_and_raw_text(ingot: Ingot) -> None:
    profile = json.loads(ingot("profile", "show", "--json").out)
    assert profile["skills"] == ["Python", "Go", "Kafka"]
    assert profile["experience"][0]["company"] == "Tallow & Reed"
    assert profile["resume_raw_text"] == RESUME


def test_without_a_profile_it_says_how_to_import_one(empty: Base, ingot: Ingot) -> None:
    for arguments in (("profile", "show"), ("profile", "show", "--json")):
        refused = ingot(*arguments)
        assert refused.code == 5
        assert "ingot profile import" in refused.err
        assert refused.out == ""


def test_a_resume_is_imported_from_a_file_and_from_standard_input(empty: Base, ingot: Ingot, tmp_path: Path) -> None:
    file = tmp_path / "cv.txt"
    file.write_text(RESUME)
    assert json.loads(ingot("profile", "import", file, "--json").out)["version"] == 1
    newer = RESUME.replace("40 services", "41 services")
    assert json.loads(ingot("profile", "import", "-", "--json", stdin=newer).out)["version"] == 2
    assert empty.ask("SELECT version FROM userprofile WHERE active") == [2]


def test_a_file_that_is_no_resume_changes_nothing(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    (tmp_path / "cv.pdf").write_bytes(b"%PDF-1.7 broken")
    for given, stdin in ((str(tmp_path / "cv.pdf"), ""), ("/nowhere.pdf", ""), (str(tmp_path), ""), ("-", " ")):
        refused = ingot("profile", "import", given, stdin=stdin)
        assert refused.code == 5
        assert refused.err.startswith("Error: ")
    assert base.ask("SELECT version FROM userprofile WHERE active") == [1]


def test_pasted_bytes_that_are_not_utf8_are_refused(base: Base, ingot: Ingot) -> None:
    refused = ingot("profile", "import", "-", stdin="Zoë".encode("latin-1"))
    assert refused.code == 5
    assert "iconv" in refused.err
