"""Taking back the last word about a letter."""

from collections.abc import Callable

import pytest

from ingot.actions.decide import decide
from ingot.actions.review import Approval, approve, reject
from ingot.actions.undo import undo
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.mail.links import LinkSigner
from tests.fakes.entities import add_campaign, add_drafted
from tests.fakes.outgoing import MONDAY, config

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
LINKS = LinkSigner([b"k" * 32])


@pytest.fixture
async def letter_id(uow: Uow) -> int:
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        await work.commit()
    return letter.id or 0


async def say_yes(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        await approve(work, [letter_id], Approval(config=config(), links=LINKS, who="cli", now=MONDAY))


async def say_no(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        await reject(work, letter_id, reason="dull", who="cli", now=MONDAY)


async def take_back(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        await undo(work, letter_id, who="cli", now=MONDAY)


async def where(uow: Uow, letter_id: int) -> tuple[EmailStatus, LeadStatus, int]:
    """The letter, its lead, and how many deliveries there are."""
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        lead = await work.leads.get(letter.lead_id or 0)
        return letter.status, lead.status, len(await work.deliveries.list())


async def test_an_approval_is_taken_back_and_nothing_is_queued(uow: Uow, letter_id: int) -> None:
    await say_yes(uow, letter_id)
    await take_back(uow, letter_id)
    assert await where(uow, letter_id) == (EmailStatus.drafted, LeadStatus.drafted, 0)
    await say_yes(uow, letter_id)
    assert (await where(uow, letter_id))[0] is EmailStatus.approved


async def test_a_rejection_is_taken_back_with_that_of_the_lead(uow: Uow, letter_id: int) -> None:
    await say_no(uow, letter_id)
    await take_back(uow, letter_id)
    assert await where(uow, letter_id) == (EmailStatus.drafted, LeadStatus.drafted, 0)
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        gate = await work.gates.of_lead(letter.lead_id or 0)
        assert gate is not None
        assert (letter.reject_reason, gate.decision) == ("", GateDecision.approve)
        # The draft is there: no run has to be started for this yes.
        assert gate.continued_at == MONDAY


@pytest.mark.parametrize("status", [DeliveryStatus.sending, DeliveryStatus.unknown, DeliveryStatus.sent])
async def test_what_may_have_left_cannot_be_taken_back(uow: Uow, letter_id: int, status: DeliveryStatus) -> None:
    await say_yes(uow, letter_id)
    async with uow() as work:
        (await work.deliveries.list())[0].status = status
        await work.commit()
    with pytest.raises(ValidationError, match="has left"):
        await take_back(uow, letter_id)
    assert (await where(uow, letter_id))[0] is EmailStatus.approved


async def test_a_letter_that_is_sent_cannot_be_taken_back(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        (await work.letters.get(letter_id)).status = EmailStatus.sent
        await work.commit()
    with pytest.raises(ValidationError, match="has left"):
        await take_back(uow, letter_id)


async def test_a_draft_has_nothing_to_take_back(uow: Uow, letter_id: int) -> None:
    with pytest.raises(ValidationError, match="a draft already"):
        await take_back(uow, letter_id)


async def test_a_lead_that_was_decided_about_since_stays_where_it_is(uow: Uow, letter_id: int) -> None:
    await say_no(uow, letter_id)
    async with uow() as work:
        lead_id = (await work.letters.get(letter_id)).lead_id or 0
        await decide(work, lead_id, GateDecision.approve, who="tui", now=MONDAY)
        await work.commit()
    with pytest.raises(ValidationError, match="is approved by now"):
        await take_back(uow, letter_id)
    assert (await where(uow, letter_id))[:2] == (EmailStatus.rejected, LeadStatus.approved)
