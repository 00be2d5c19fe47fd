import json

import pytest

from ingot.cli.outcome import outcome, print_outcome
from ingot.wiring import opened
from tests.cli.conftest import Base


async def test_an_outcome_tells_leads_drafts_and_what_to_do_next(
    base: Base, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened() as wiring:
        result = await outcome(wiring, 1)
    print_outcome(result)
    shown = capsys.readouterr().out
    assert "Campaign autumn" in shown
    assert "To review: 4 drafts" in " ".join(shown.split())
    assert "Millpond" in shown
    assert max(map(len, shown.splitlines())) <= 80


async def test_an_outcome_as_json_has_a_fixed_shape(base: Base) -> None:
    async with opened() as wiring:
        told = json.loads(json.dumps((await outcome(wiring, 1)).as_json()))
    assert set(told) == {"campaign", "counts", "leads", "drafts"}
    assert told["counts"] == {"leads": 5, "matched": 1, "drafted": 4, "open_gates": 4}
    assert set(told["leads"][0]) == {"id", "company", "status", "match", "why"}
    assert [draft["id"] for draft in told["drafts"]] == [1, 2, 3, 4]
