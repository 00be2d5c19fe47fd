"""`ingot campaign`, `ingot agents` and `ingot data`."""

import csv
import io
import json
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, Base, Run
from tests.cli.test_stats import called

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]

ANSWER = """
    INSERT INTO inbound (user_id, mailbox, uid_validity, uid, raw, raw_sha256, message_id, from_address, subject, lead_id,
    matched_by, kind, confidence, rule, words, details, judged_version, received_at)
    VALUES ('user_local', '', 1, ?, x'', ?, '', '', '', ?, '', ?, 1.0, '', 'Yes, call me.', '{}', 1, '2026-11-24 10:00:00')
"""


def answered(base: Base) -> None:
    """Lead 1 twice with interest, lead 2 with a no; lead 3's letter bounced, lead 4 is away."""
    mails = [(1, "positive"), (1, "positive"), (2, "negative"), (3, "bounce"), (4, "out_of_office")]
    with closing(sqlite3.connect(base.path / "outreach.db")) as connection, connection:
        connection.executemany(ANSWER, [(no, str(no), lead, kind) for no, (lead, kind) in enumerate(mails)])


def test_a_campaign_counts_companies_not_mails(ingot: Ingot, base: Base) -> None:
    answered(base)
    [shown] = json.loads(ingot("campaign", "list", "--json").out)
    assert (shown["leads"], shown["drafted"], shown["to_review"]) == (5, 4, 4)
    assert (shown["replied"], shown["positive"], shown["bounced"]) == (2, 1, 1)
    told = ingot("campaign", "show", "autumn").out
    assert "4 drafts wait for your review: ingot mail pending" in told
    assert max(map(len, told.splitlines())) <= 80


def test_a_campaign_is_paused_and_goes_on(ingot: Ingot, base: Base) -> None:
    assert ingot("campaign", "pause", "autumn").code == 0
    assert base.statuses("campaign") == ["paused"]
    assert "ingot campaign resume autumn" in ingot("campaign", "show", "autumn").out
    assert ingot("campaign", "resume", "autumn").code == 0
    assert base.statuses("campaign") == ["active"]


def test_a_campaign_that_does_not_exist_is_named_as_such(ingot: Ingot) -> None:
    for command in ("show", "pause", "resume"):
        ended = ingot("campaign", command, "winter")
        assert ended.code == 5
        assert "no campaign of this name" in ended.err


def test_the_agents_tell_what_they_took_and_what_failed(ingot: Ingot, base: Base) -> None:
    called(base)
    rows = {row["agent"]: row for row in json.loads(ingot("agents", "list", "--json").out)}
    assert len(rows) == 7
    assert (rows["writer"]["calls"], rows["writer"]["failed"], rows["writer"]["micro_usd"]) == (2, 1, 40_000)
    assert rows["matcher"]["calls"] == 0
    failed = json.loads(ingot("agents", "logs", "--failed", "--json").out)
    assert [(row["agent_name"], row["lead_id"]) for row in failed] == [("writer", 2)]
    inspected = ingot("agents", "inspect", "writer").out
    assert "2, 1 failed" in inspected
    assert "ingot config set agents.writer.model" in inspected


def test_an_agent_that_does_not_exist_is_answered_with_those_that_do(ingot: Ingot) -> None:
    ended = ingot("agents", "inspect", "poet")
    assert ended.code == 5
    assert "orchestrator, scout" in ended.err


def test_leads_are_written_as_csv_that_reads_back(ingot: Ingot) -> None:
    rows = list(csv.DictReader(io.StringIO(ingot("data", "leads").out)))
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[3]["match_score"] == "55"


def test_json_of_foreign_text_holds_all_of_it_and_steers_no_terminal(ingot: Ingot) -> None:
    told = ingot("data", "leads", "--format", "json").out
    assert json.loads(told)[4]["company_name"] == HOSTILE
    assert "\x1b" not in told
    assert "\u202e" not in told


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x.example")', "+1", "-2", "@SUM(A1)", "\tx"])
def test_a_spreadsheet_takes_no_name_for_a_formula(ingot: Ingot, base: Base, name: str) -> None:
    with closing(sqlite3.connect(base.path / "outreach.db")) as connection, connection:
        connection.execute("UPDATE lead SET company_name = ? WHERE id = 1", (name,))
    first = next(csv.DictReader(io.StringIO(ingot("data", "leads").out)))
    assert first["company_name"] == f"'{name}"


def test_an_export_holds_every_kind_and_is_readable_by_its_owner_alone(
    ingot: Ingot, base: Base, tmp_path: Path
) -> None:
    answered(base)
    folder = tmp_path / "out"
    before = os.umask(0)
    try:
        assert ingot("data", "export", str(folder)).code == 0
    finally:
        os.umask(before)
    counts = {file.stem: len(list(csv.DictReader(io.StringIO(file.read_text())))) for file in folder.iterdir()}
    assert counts == {"leads": 5, "emails": 4, "evidence": counts["evidence"], "replies": 5}
    assert counts["evidence"] > 0
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_that_is_there_is_written_over(ingot: Ingot, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("mine")
    assert ingot("data", "leads", "--output", str(file)).code == 5
    assert file.read_text() == "mine"
    assert ingot("data", "export", str(tmp_path)).code == 5


def test_an_empty_database_says_what_to_do_first(ingot: Ingot, empty: Base) -> None:
    assert "Start one: python -m flows.campaign --help" in ingot("campaign", "list").out
    assert ingot("data", "emails", "--format", "json").out == "[]\n"
