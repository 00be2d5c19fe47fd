from collections.abc import AsyncIterator, Callable

import pytest
import typer

from ingot.cli.asking import ask
from ingot.cli.desk import TerminalDesk
from ingot.domain.campaign import Gate
from ingot.domain.lead_state import LeadStatus
from ingot.wiring import Wiring, opened
from tests.cli.conftest import Base
from tests.fakes.entities import NOW

pytestmark = pytest.mark.long

Typed = Callable[[str], None]


@pytest.fixture
async def wiring(base: Base) -> AsyncIterator[Wiring]:
    async with opened(now=lambda: NOW, desk=lambda uow: TerminalDesk(uow, lambda: NOW)) as wiring:
        yield wiring


@pytest.fixture
async def waiting(wiring: Wiring) -> Wiring:
    """Leads 1, 2 and 4 stand at open gates."""
    async with wiring.uow() as uow:
        for gate in await uow.gates.open_in(1):
            await uow.gates.delete(gate)
        for lead_id in (1, 2, 4):
            (await uow.leads.get(lead_id)).status = LeadStatus.matched
            await uow.gates.add(Gate(campaign_id=1, lead_id=lead_id))
        await uow.commit()
    return wiring


async def test_each_key_decides_about_one_lead(waiting: Wiring, base: Base, typed: Typed) -> None:
    typed("a\nD\nr\n")
    assert waiting.desk is not None
    await waiting.desk.decide_leads(1)
    statuses = base.statuses("lead")
    assert [statuses[0], statuses[1], statuses[3]] == ["approved", "deferred", "rejected"]


async def test_quitting_keeps_what_was_decided(waiting: Wiring, base: Base, typed: Typed) -> None:
    typed("a\nq\n")
    assert waiting.desk is not None
    await waiting.desk.decide_leads(1)
    statuses = base.statuses("lead")
    assert [statuses[0], statuses[1], statuses[3]] == ["approved", "matched", "matched"]


async def test_input_that_ends_keeps_what_was_decided(waiting: Wiring, base: Base, typed: Typed) -> None:
    typed("a\n")
    assert waiting.desk is not None
    with pytest.raises(typer.Abort):
        await waiting.desk.decide_leads(1)
    assert base.statuses("lead")[0] == "approved"


async def test_an_unknown_key_asks_again(typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    typed("x\nyes\n Y \n")
    assert await ask("Sure?", "yn", default="n") == "y"
    assert capsys.readouterr().err.count("Please answer with one of: y, n") == 2


async def test_enter_takes_the_default(typed: Typed) -> None:
    typed("\n")
    assert await ask("Sure?", "yn", default="n") == "n"


async def test_questions_are_answered_by_number_and_skipped(wiring: Wiring, base: Base, typed: Typed) -> None:
    async with wiring.uow() as uow:
        for lead_id in (1, 2, 3):
            (await uow.leads.get(lead_id)).status = LeadStatus.approved
        await uow.commit()
    typed("9\n2\ns\nq\n")
    assert wiring.desk is not None
    await wiring.desk.answer_questions(1)
    answers = base.ask("SELECT answer FROM question ORDER BY lead_id")
    assert answers[0].startswith("We moved 200 customers")
    assert answers[1:] == ["", ""]
