"""One campaign on one page: counts, shares, what waits, what is held back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingot.actions.report import CampaignReport, campaign_report
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import CampaignStatus
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.inbound import InboundMail, MailKind
from ingot.errors import ValidationError
from tests.fakes.entities import USER, add_campaign, add_drafted, add_matched
from tests.fakes.outgoing import MONDAY, add_queued, config

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]


async def report(uow: Uow, name: str = "") -> CampaignReport:
    async with uow() as work:
        return await campaign_report(work, name, config=config(), user_id=USER, now=MONDAY)


async def stock(uow: Uow) -> None:
    """Letters 1-4 left (two with each subject), one answer of interest, one no, one bounce; 5 is held; 6 drafted; 7 matched."""
    async with uow() as work:
        campaign = await add_campaign(work, "autumn fair")
        for number, variant in ((1, "a"), (2, "a"), (3, "b"), (4, "b")):
            await add_queued(
                work, campaign, number, status=DeliveryStatus.sent, claimed_at=MONDAY, variant=variant,
                letter={"subject_b": "Other"},
            )  # fmt: skip
        await add_queued(work, campaign, 5, countries=["DE"])
        await add_drafted(work, campaign, 6)
        await add_matched(work, campaign, 7)
        (await work.leads.get(1)).source_venue = "hn"
        for lead_id, kind in (
            (1, MailKind.positive),
            (3, MailKind.negative),
            (4, MailKind.bounce),
            (3, MailKind.other),
        ):
            work.session.add(
                InboundMail(
                    user_id=USER,
                    mailbox="INBOX",
                    uid_validity=1,
                    uid=lead_id,
                    raw=b"x",
                    raw_sha256=f"{lead_id}{kind.value}",
                    lead_id=lead_id,
                    kind=kind,
                    acted_at=MONDAY,
                )
            )
        await add_campaign(work, "empty")
        campaign.status = CampaignStatus.paused
        await work.commit()


async def test_the_funnel_is_told_in_shares_with_their_intervals(uow: Uow) -> None:
    await stock(uow)
    found = await report(uow, "autumn fair")
    assert [(share.name, share.count, share.of) for share in found.steps] == [
        ("leads", 7, 0),
        ("drafted", 6, 7),
        ("sent", 4, 6),
        ("answered", 2, 4),
        ("positive", 1, 2),
    ]
    assert found.steps[0].interval is None
    answered = found.steps[3].interval
    assert answered is not None
    assert (answered.value, round(answered.low, 2), round(answered.high, 2)) == (0.5, 0.15, 0.85)
    assert [(share.name, share.count, share.of) for share in found.letters] == [
        ("bounced", 1, 4),
        ("answered", 2, 4),
        ("positive", 1, 4),
    ]


async def test_subjects_and_venues_are_counted_by_leads(uow: Uow) -> None:
    await stock(uow)
    found = await report(uow, "autumn fair")
    assert [(item.name, item.sent, item.answered, item.positive) for item in found.subjects] == [
        ("subject A", 2, 1, 1),
        ("subject B", 2, 1, 0),
    ]
    assert [
        (item.name, item.leads, item.drafted, item.sent, item.answered, item.positive) for item in found.venues
    ] == [
        ("hn", 1, 1, 1, 1, 1),
        ("yc", 6, 5, 3, 1, 0),
    ]


async def test_what_waits_comes_with_its_command_and_what_is_held_with_its_reason(uow: Uow) -> None:
    await stock(uow)
    found = await report(uow, "autumn fair")
    assert {wait.command: wait.count for wait in found.waits} == {
        "ingot leads list --status matched --campaign 'autumn fair'": 6,  # each drafted one has its gate open here
        "ingot mail review --campaign 'autumn fair'": 1,
        "ingot campaign resume 'autumn fair'": 1,
    }
    [held] = found.holds
    assert held.count == 1
    assert "paused" in held.reason


async def test_the_newest_campaign_is_reported_and_one_without_anything_has_no_shares(uow: Uow) -> None:
    with pytest.raises(ValidationError, match="no campaign yet"):
        await report(uow)
    await stock(uow)
    found = await report(uow)
    assert found.funnel.name == "empty"
    assert [share.interval for share in [*found.steps, *found.letters]] == [None] * 8
    assert (found.waits, found.holds, found.venues) == ([], [], [])
    with pytest.raises(ValidationError):
        await report(uow, "spring")


async def test_an_answer_to_a_letter_that_is_not_known_to_have_left_breaks_nothing(uow: Uow) -> None:
    async with uow() as work:
        campaign = await add_campaign(work)
        await add_drafted(work, campaign, 1, status=EmailStatus.approved)
        work.session.add(
            InboundMail(
                user_id=USER,
                mailbox="INBOX",
                uid_validity=1,
                uid=1,
                raw=b"x",
                raw_sha256="1",
                lead_id=1,
                kind=MailKind.positive,
                acted_at=MONDAY,
            )
        )
        await work.commit()
    found = await report(uow)
    assert [(share.count, share.interval) for share in found.letters] == [(0, None), (1, None), (1, None)]
