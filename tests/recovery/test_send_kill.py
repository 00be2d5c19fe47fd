"""Senders killed with -9, and senders racing: no letter is lost, none goes out twice, no cap is passed."""

from __future__ import annotations

import pytest

from benchmarks.crash_run import crash
from benchmarks.race_send import CAPS, PER_HOUR, race

pytestmark = pytest.mark.real


def test_of_letters_whose_sender_is_killed_again_and_again_each_arrives_once(database_url: str) -> None:
    result = crash(database_url, kills=12, letters=40, seed=20261123)
    assert result.kills.total() == 12
    assert result.per_recipient == {1: 40}
    assert result.is_clean, result


def test_four_senders_at_once_claim_each_letter_once(database_url: str) -> None:
    result = race(database_url, processes=4, letters=200, caps=None, hours=0)
    assert result.each_once, result


def test_four_senders_at_once_pass_no_cap_in_any_hour(database_url: str) -> None:
    result = race(database_url, processes=4, letters=40, caps=CAPS, hours=4.0)
    assert result.hour == PER_HOUR
    assert result.within_caps, result
