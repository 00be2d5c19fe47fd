"""One stage alone, and runs that a person stops before a step."""

from __future__ import annotations

import pytest

from flows.campaign import campaign
from ingot.actions.assist import ahead
from ingot.actions.decide import decide
from ingot.domain.campaign import GateDecision
from ingot.wiring import Wiring
from tests.fakes.plain_stages import CAMPAIGN
from tests.fakes.sample_fixtures import At

pytestmark = [pytest.mark.usefixtures("plain"), pytest.mark.long]


class Checkpoints:
    """Says yes until the step it is to stop before; remembers what it was asked."""

    def __init__(self, stop: str = "") -> None:
        self.stop = stop
        self.asked: list[str] = []

    async def __call__(self, step: str, _campaign_id: int) -> bool:
        self.asked.append(step)
        return step != self.stop


async def run(only: str | None = None, **given: str) -> dict[str, int]:
    counts: dict[str, int] = await campaign.fn(name="sample", only=only, **given)
    return counts


@pytest.mark.parametrize(
    ("stands", "only", "counts"),
    [
        ("pinned", "scout", {"leads": 12, "discovered": 12, "open_gates": 0}),
        ("scouted", "scout", {"leads": 12, "discovered": 12, "open_gates": 0}),
        ("scouted", "match", {"leads": 12, "discovered": 12, "open_gates": 0}),
        ("scouted", "write", {"leads": 12, "discovered": 12, "open_gates": 0}),
        ("scouted", "research", {"leads": 12, "researching": 12, "open_gates": 0}),
        ("researched", "match", {"leads": 12, "matched": 12, "open_gates": 12}),
        ("matched", "write", {"leads": 12, "matched": 12, "open_gates": 0}),
    ],
)
async def test_a_stage_alone_takes_up_its_own_leads_only(
    at: At, stands: str, only: str, counts: dict[str, int]
) -> None:
    async with at(stands):
        assert await run(only, review="queue") == counts


async def test_write_alone_drafts_what_was_approved_and_nothing_else(at: At) -> None:
    async with at("matched") as wiring:
        async with wiring.uow() as uow:
            await decide(uow, 1, GateDecision.approve, who="test", now=wiring.now())
            await uow.commit()
        assert await run("write") == {"leads": 12, "matched": 11, "drafted": 1, "open_gates": 0}
        assert await run("write") == {"leads": 12, "matched": 11, "drafted": 1, "open_gates": 0}


async def test_a_no_ends_the_run_before_the_step_and_a_later_run_goes_on(at: At) -> None:
    asked = Checkpoints(stop="match")
    async with at("scouted", checkpoint=asked):
        assert await run(review="queue") == {"leads": 12, "researching": 12, "open_gates": 0}
    assert asked.asked == ["scout", "research", "match"]
    later = Checkpoints(stop="write")
    async with at("scouted", checkpoint=later):
        counts = await run(review="auto")
    assert (counts["approved"], counts["open_gates"]) == (10, 2)
    assert later.asked == ["scout", "research", "match", "decide", "write"]


async def look(wiring: Wiring, step: str) -> tuple[int, int, tuple[str, ...]]:
    async with wiring.uow() as uow:
        found = await ahead(uow, step, CAMPAIGN, user_id=wiring.user_id, agents=wiring.agents, prices=wiring.prices)
    return found.leads, found.calls, found.models


@pytest.mark.parametrize(
    ("stands", "step", "leads", "calls"),
    [
        ("pinned", "scout", 20, 0),
        ("scouted", "scout", 0, 0),
        ("scouted", "research", 12, 12),
        ("scouted", "match", 0, 0),
        ("researched", "match", 12, 12),
        ("matched", "decide", 12, 0),
        ("matched", "write", 0, 0),
        ("approved", "write", 10, 30),
    ],
)
async def test_what_a_step_is_about_to_do_is_known_before(
    at: At, stands: str, step: str, leads: int, calls: int
) -> None:
    async with at(stands) as wiring:
        assert (await look(wiring, step))[:2] == (leads, calls)
