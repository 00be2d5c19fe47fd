"""Taking an approval back, and approving again."""

from collections.abc import Callable
from typing import Any

import pytest

from ingot.actions.decide import decide
from ingot.actions.review import Approval, approve, edit, reject
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.delivery import Delivery, DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.follow_up import FollowUp, FollowUpStatus
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.mail.links import LinkSigner
from tests.fakes.entities import add_campaign, add_drafted, make_letter
from tests.fakes.outgoing import MONDAY, config

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
LINKS = LinkSigner([b"k" * 32])
LEFT = [DeliveryStatus.sending, DeliveryStatus.unknown, DeliveryStatus.sent]
OTHER = make_letter().body.replace("Hello", "Dear")


@pytest.fixture
async def letter_id(uow: Uow) -> int:
    """An approved letter with a follow-up."""
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        lead = await work.leads.get(letter.lead_id or 0)
        lead.company_name = "Millpond"
        work.session.add(FollowUp(parent_email_id=letter.id, scheduled_for_day=3, body="Hello Bo,\n\nhello again."))
        await work.commit()
    await yes(uow, letter.id or 0)
    return letter.id or 0


async def yes(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        await approve(work, [letter_id], Approval(config=config(), links=LINKS, who="cli", now=MONDAY))


async def deliveries(uow: Uow) -> list[Delivery]:
    async with uow() as work:
        return await work.deliveries.list()


async def put(uow: Uow, delivery_id: int = 1, **values: Any) -> None:
    async with uow() as work:
        delivery = await work.deliveries.get(delivery_id)
        for name, value in values.items():
            setattr(delivery, name, value)
        await work.commit()


async def change(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        await edit(work, letter_id, changes={"body": OTHER}, insist=True, who="cli", now=MONDAY)


async def no(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        await reject(work, letter_id, reason="dull", who="cli", now=MONDAY)


async def no_to_the_lead(uow: Uow, letter_id: int) -> None:
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        await decide(work, letter.lead_id or 0, GateDecision.reject, who="cli", now=MONDAY)
        await work.commit()


DEEDS = pytest.mark.parametrize("deed", [change, no, no_to_the_lead])


@DEEDS
async def test_a_queued_letter_is_taken_back_with_its_follow_ups(deed: Any, uow: Uow, letter_id: int):
    assert len(await deliveries(uow)) == 2
    await deed(uow, letter_id)
    assert await deliveries(uow) == []
    async with uow() as work:
        status = (await work.letters.get(letter_id)).status
    assert status is (EmailStatus.drafted if deed is change else EmailStatus.rejected)


@pytest.mark.parametrize(("deed", "status"), list(zip([change, no, no_to_the_lead], LEFT, strict=True)))
async def test_a_letter_that_left_or_may_have_is_not_changed_any_more(
    status: DeliveryStatus, deed: Any, uow: Uow, letter_id: int
):
    await put(uow, status=status, claimed_at=MONDAY)
    with pytest.raises(ValidationError, match="on its way, or has left"):
        await deed(uow, letter_id)
    first, later = await deliveries(uow)
    assert (first.status, later.status) == (status, DeliveryStatus.queued)
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        assert (letter.status, letter.body == OTHER) == (EmailStatus.approved, False)
        assert (await work.leads.get(letter.lead_id or 0)).status is LeadStatus.drafted


async def test_a_letter_approved_again_has_other_bytes_and_the_same_key(uow: Uow, letter_id: int):
    before, _ = await deliveries(uow)
    await change(uow, letter_id)
    await yes(uow, letter_id)
    after, later = await deliveries(uow)
    assert after.key == before.key
    assert after.message_id != before.message_id
    assert b"Dear Bo" in after.raw
    assert later.kind.value == "follow_up"


async def test_a_refused_letter_can_be_sent_again_after_a_new_approval_and_its_bounce_goes_on_counting(
    uow: Uow, letter_id: int
):
    await put(uow, status=DeliveryStatus.failed, claimed_at=MONDAY, bounced_at=MONDAY)
    await put(uow, 2, status=DeliveryStatus.skipped)
    async with uow() as work:
        (await work.leads.get(1)).status = LeadStatus.failed
        (await work.letters.follow_ups(letter_id))[0].status = FollowUpStatus.skipped
        await work.commit()
    await change(uow, letter_id)
    await yes(uow, letter_id)
    old, first, later = await deliveries(uow)
    assert (old.status, old.key) == (DeliveryStatus.failed, f"letter-{letter_id}.1")
    assert (first.status, first.key) == (DeliveryStatus.queued, f"letter-{letter_id}")
    assert (later.status, later.due_at) == (DeliveryStatus.queued, None)
    async with uow() as work:
        assert await work.deliveries.sent_and_bounced(MONDAY, user_id=first.user_id) == (1, 1)
        assert (await work.leads.get(1)).status is LeadStatus.drafted
        assert (await work.letters.follow_ups(letter_id))[0].status is FollowUpStatus.queued
    await put(uow, first.id or 0, status=DeliveryStatus.failed)
    await change(uow, letter_id)
    await yes(uow, letter_id)
    assert [item.key for item in await deliveries(uow) if item.kind.value == "letter"] == [
        f"letter-{letter_id}.1", f"letter-{letter_id}.{first.id}", f"letter-{letter_id}",
    ]  # fmt: skip


async def test_an_approved_letter_is_not_approved_twice(uow: Uow, letter_id: int):
    with pytest.raises(ValidationError, match="from approved to approved"):
        await yes(uow, letter_id)
    assert len(await deliveries(uow)) == 2
