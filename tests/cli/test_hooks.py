import json
import os
import time
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def put(base: Base, event: str, script: str) -> None:
    path = base.path / "hooks" / f"on_{event}"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.parent.chmod(0o700)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    os.utime(path, (time.time() - 60,) * 2)


def heard(base: Base) -> list[dict[str, str]]:
    return [json.loads(line) for line in (base.path / "heard").read_text().splitlines()]


def test_a_decision_at_the_command_line_reaches_its_hook(ingot: Ingot, base: Base):
    put(base, "LeadApproved", 'cat >> "$INGOT_BASE_DIR/heard"')
    assert ingot("leads", "approve", 4).code == 0
    assert [(event["event"], event["aggregate_id"]) for event in heard(base)] == [("LeadApproved", "4")]


def test_pausing_a_campaign_and_queueing_follow_ups_are_told(ingot: Ingot, base: Base):
    put(base, "CampaignPaused", 'cat >> "$INGOT_BASE_DIR/heard"')
    assert ingot("campaign", "pause", "autumn").code == 0
    assert heard(base)[0]["event"] == "CampaignPaused"


def test_a_hook_that_fails_does_not_fail_the_command(ingot: Ingot, base: Base):
    put(base, "LeadApproved", "exit 9")
    assert ingot("leads", "approve", 4).code == 0


def test_the_list_names_the_events_and_what_is_wrong_with_a_hook(ingot: Ingot, base: Base):
    put(base, "EmailSent", "true")
    put(base, "Anything", "true")
    (base.path / "hooks" / "on_EmailOpened").touch(mode=0o600)
    rows = {row["event"]: row["state"] for row in json.loads(ingot("hooks", "list", "--json").out)}
    assert rows["EmailSent"] == rows["Anything"] == "runs"
    assert rows["EmailOpened"].startswith("refused: it is not executable")
    assert rows["LeadsDiscovered"] == ""


def test_a_hook_is_tried_by_hand(ingot: Ingot, base: Base):
    put(base, "EmailSent", 'cat >> "$INGOT_BASE_DIR/heard"')
    assert "ran and ended well" in ingot("hooks", "test", "EmailSent").out
    assert heard(base)[0]["aggregate_type"] == "test"
    put(base, "EmailSent", "exit 4")
    failed = ingot("hooks", "test", "EmailSent")
    assert (failed.code, "ended with 4" in failed.err) == (5, True)
    assert "Put an executable at" in ingot("hooks", "test", "EmailOpened").err
