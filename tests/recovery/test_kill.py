"""The main job killed with -9: what it drafted is what an unkilled run drafts, each letter once."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.crash_campaign import crash


@pytest.mark.real
def test_a_campaign_killed_three_times_ends_with_the_same_drafts_and_no_call_made_twice(tmp_path: Path) -> None:
    result = crash(tmp_path, kills=3, seed=20261122)
    assert len(result.kills) == 3
    assert result.drafts == 10 * result.campaigns
    assert result.is_clean, result
