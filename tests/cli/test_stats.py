import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]

CALL = """
    INSERT INTO agentlog (agent_name, step_description, status, duration_ms, error_message, input_tokens, output_tokens,
    cost_estimate, model, lead_id, created_at) VALUES (?, 'x', ?, 2000, '', 900, 100, ?, ?, ?, '2026-11-24 10:00:00')
"""
POSITIVE = """
    INSERT INTO inbound (user_id, mailbox, uid_validity, uid, raw, raw_sha256, message_id, from_address, subject, lead_id,
    matched_by, kind, confidence, rule, words, details, judged_version, received_at)
    VALUES ('user_local', '', 1, ?, x'', ?, '', '', '', 1, '', 'positive', 1.0, '', '', '{}', 1, '2026-11-24 10:00:00')
"""


def called(base: Base) -> None:
    """Three calls for two leads, one without a lead; one lead that answered twice with interest."""
    with closing(sqlite3.connect(base.path / "outreach.db")) as connection, connection:
        connection.execute(CALL, ("writer", "completed", 30_000, "openai/gpt-4o", 1))
        connection.execute(CALL, ("writer", "failed", 10_000, "openai/gpt-4o", 2))
        connection.execute(CALL, ("outreach", "completed", 20_000, "openai/gpt-4o-mini", None))
        connection.executemany(POSITIVE, [(1, "a"), (2, "b")])


def test_costs_are_told_by_agent_and_for_each_lead_draft_and_positive_reply(ingot: Ingot, base: Base) -> None:
    called(base)
    shown = ingot("stats")
    told = " ".join(shown.out.split())
    assert "In all: $0.0600" in told
    assert "For each lead: $0.0300 (2 in all)" in told
    assert "For each draft: $0.0150 (4 in all)" in told
    assert "For each positive reply: $0.0600 (1 in all)" in told
    assert max(map(len, shown.out.splitlines())) <= 80


def test_the_figures_of_one_campaign_leave_out_what_belongs_to_none(ingot: Ingot, base: Base) -> None:
    called(base)
    told = json.loads(ingot("stats", "--json", "--campaign", "autumn").out)
    assert (told["micro_usd"], told["calls"], told["leads"]) == (40_000, 2, 2)
    assert told["micro_usd_per_draft"] == 10_000
    assert told["agents"] == [
        {
            "agent": "writer",
            "model": "openai/gpt-4o",
            "calls": 2,
            "failed": 1,
            "input_tokens": 1_800,
            "output_tokens": 200,
            "micro_usd": 40_000,
            "seconds": 4.0,
        }
    ]


def test_before_any_call_the_next_step_is_told(ingot: Ingot, base: Base) -> None:
    assert "No model was asked yet" in ingot("stats").out
    told = json.loads(ingot("stats", "--json").out)
    assert (told["micro_usd"], told["micro_usd_per_lead"]) == (0, None)


def test_an_unknown_campaign_is_a_wrong_command_line(ingot: Ingot, base: Base) -> None:
    assert ingot("stats", "--campaign", "winter").code == 2
