import json

import pytest

from ingot.cli.estimating import show_estimate
from tests.cli.conftest import Base

pytestmark = pytest.mark.long


async def test_an_estimate_is_a_table_with_its_sum(base: Base, capsys: pytest.CaptureFixture[str]) -> None:
    base.manager.update({"agents.writer.model": "openai/gpt-4o", "agents.research.model": "openai/next"})
    await show_estimate("autumn", {"limit": 8}, as_json=False)
    shown = capsys.readouterr().out
    assert "In all: unknown" in shown
    assert "ingot prices set openai/next IN OUT" in shown


async def test_an_estimate_as_json_has_a_fixed_shape_and_starts_no_campaign(
    base: Base, capsys: pytest.CaptureFixture[str]
) -> None:
    base.manager.update({"agents.writer.model": "openai/gpt-4o"})
    before = base.ask("SELECT options FROM campaign")
    for name, options, calls in (("winter", {"limit": 2}, 14), ("winter", {"limit": 2, "offline": True}, 14)):
        await show_estimate(name, options, as_json=True)
        told = json.loads(capsys.readouterr().out)
        assert set(told) == {"campaign", "calls", "cached", "input_tokens", "output_tokens", "micro_usd", "stages"}
        assert told["calls"] == calls
        assert (told["micro_usd"] == 0) == ("offline" in options)
    assert base.ask("SELECT options FROM campaign") == before
    assert base.ask("SELECT count(*) FROM agentlog") == [0]
