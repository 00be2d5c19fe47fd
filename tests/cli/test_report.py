import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


def test_the_report_of_the_newest_campaign_fits_the_terminal(ingot: Ingot) -> None:
    shown = ingot("campaign", "report")
    assert shown.code == 0
    for told in ("Campaign autumn: active", "Funnel", "Best venues", "Waits for you", "No letter was sent yet"):
        assert told in shown.out
    lines = [line for line in shown.out.splitlines() if not line.startswith("  ")]
    assert max(map(len, lines)) <= 80


def test_a_command_to_copy_stands_in_one_piece(ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert "4 drafts to review: ingot mail review --campaign autumn\n" in ingot("campaign", "report").out


def test_the_report_as_json(ingot: Ingot) -> None:
    found = json.loads(ingot("campaign", "report", "autumn", "--json").out)
    assert set(found) == {
        "campaign", "made_at", "funnel", "steps", "letters", "costs", "subjects", "venues", "waits", "holds",
    }  # fmt: skip
    assert found["steps"][1] == {
        "name": "drafted", "count": 4, "of": 5, "interval": {"value": 0.8, "low": found["steps"][1]["interval"]["low"],
        "high": found["steps"][1]["interval"]["high"]},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["report.md", "report.html", "REPORT.HTML"])
def test_the_report_as_a_file_holds_no_markup_from_outside(name: str, base: Base, ingot: Ingot, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(base.path / "outreach.db") as connection:
        connection.execute("UPDATE campaign SET campaign_name = '<b>`a|b`_c_\u202e</b>'")
        connection.execute("UPDATE lead SET source_venue = '[x](http://evil.example) <script>|' WHERE id < 3")
    connection.close()
    file = tmp_path / name
    assert ingot("campaign", "report", "--out", str(file)).code == 0
    page = file.read_text("utf-8")
    for raw in ("<script>", "<b>", "\u202e"):
        assert raw not in page
    if name.endswith(".md"):
        assert not [sign for sign in ("[x]", "`a", "a|b", "_c_") if sign in page]
        tables = [line for line in page.splitlines() if line.startswith("|")]
        assert {line.count("|") for line in tables} <= {4, 5, 7}
    else:
        assert page.startswith("<!doctype html>")
    again = ingot("campaign", "report", "--out", str(file), "--json")
    assert json.loads(again.out)["campaign"].startswith("<b>")


def test_other_kinds_of_files_and_other_campaigns_are_refused(ingot: Ingot, tmp_path: Path) -> None:
    assert ingot("campaign", "report", "--out", "report.pdf").code == 5
    assert ingot("campaign", "report", "--out", str(tmp_path / "none" / "report.md")).code == 5
    assert ingot("campaign", "report", "spring").code == 5


def test_without_a_campaign_it_says_how_to_start_one(empty: Base, ingot: Ingot) -> None:
    refused = ingot("campaign", "report")
    assert refused.code == 5
    assert "ingot run campaign" in refused.err
