from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, Gate, GateDecision, Venue
from ingot.domain.email import EmailEdit, EmailStatus, Question, Tie
from ingot.domain.follow_up import FollowUp
from ingot.domain.intel import EvidenceKind, Page
from ingot.domain.suppression import UnsubscribedEmail
from tests.fakes.entities import (
    NOW,
    USER,
    add_campaign,
    add_drafted,
    add_matched,
    make_evidence,
    make_lead,
    make_letter,
    make_profile,
)

UOW = Callable[[], SqlAlchemyUnitOfWork]


async def test_campaigns_are_found_by_name_and_the_newest_by_order(uow: UOW):
    async with uow() as work:
        assert await work.campaigns.newest(user_id=USER) is None
        first, second = await add_campaign(work, "first"), await add_campaign(work, "second")
        assert await work.campaigns.named("first", user_id=USER) is first
        assert await work.campaigns.named("first", user_id="user_2") is None
        assert await work.campaigns.newest(user_id=USER) is second


async def test_two_campaigns_of_one_user_cannot_share_a_name(uow: UOW):
    async with uow() as work:
        await add_campaign(work, "autumn")
        with pytest.raises(IntegrityError):
            await work.campaigns.add(Campaign(campaign_name="autumn"))


async def test_open_gates_are_those_without_a_decision(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        leads = [await add_matched(work, campaign, number) for number in (1, 2)]
        gates = [await work.gates.add(Gate(campaign_id=campaign.id or 0, lead_id=lead.id or 0)) for lead in leads]
        gates[0].decision = GateDecision.defer
        await work.session.flush()
        assert await work.gates.open_in(campaign.id or 0) == [gates[1]]
        assert await work.gates.of_lead(leads[0].id or 0) is gates[0]
        with pytest.raises(IntegrityError):
            await work.gates.add(Gate(campaign_id=campaign.id or 0, lead_id=leads[0].id or 0))


async def test_venues_are_found_by_name(uow: UOW):
    async with uow() as work:
        venue = await work.venues.add(Venue(venue_name="yc", venue_type="yc"))
        assert await work.venues.named("yc") is venue
        assert await work.venues.named("csv") is None


async def test_a_suppressed_mailbox_is_suppressed_under_every_spelling(uow: UOW):
    async with uow() as work:
        await work.suppressed.add(UnsubscribedEmail(email_address="boreed@gmail.com"))
        assert await work.suppressed.holds("Bo.Reed+work@Googlemail.com")
        assert not await work.suppressed.holds("boreed@millpond.example")


async def test_a_profile_that_is_imported_again_becomes_the_active_version(uow: UOW):
    async with uow() as work:
        first = await work.profiles.add_version(make_profile())
        second = await work.profiles.add_version(make_profile(resume_raw_text="New text"))
        await work.commit()
    async with uow() as work:
        active = await work.profiles.active(USER)
        versions = [(item.id, item.version, item.active) for item in await work.profiles.list()]
        assert await work.profiles.active("user_2") is None
    assert active is not None
    assert active.id == second.id
    assert versions == [(first.id, 1, False), (second.id, 2, True)]


async def test_the_same_resume_again_is_no_new_version(uow: UOW):
    async with uow() as work:
        first = await work.profiles.add_version(make_profile())
        assert await work.profiles.add_version(make_profile()) is first


async def test_pages_that_were_read_again_take_the_place_of_the_earlier_reading(uow: UOW):
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        await work.pages.replace(lead.id or 0, [Page(url="/", text="old"), Page(url="/team", text="team")])
        await work.pages.replace(lead.id or 0, [Page(url="/", text="new", people=[{"name": "Bo"}])])
        pages = await work.pages.of_lead(lead.id or 0)
    assert {page.url: page.text for page in pages} == {"/": "new", "/team": "team"}


async def test_evidence_is_kept_once_for_each_kind_and_quote(uow: UOW):
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        same = [make_evidence("One."), make_evidence("One."), make_evidence("One.", kind=EvidenceKind.signal)]
        assert len(await work.evidence.keep(lead.id or 0, same)) == 2
        kept = await work.evidence.keep(lead.id or 0, [make_evidence("One."), make_evidence("Two.")])
        assert [(item.kind.value, item.quote) for item in kept] == [
            ("product", "One."),
            ("signal", "One."),
            ("product", "Two."),
        ]
        assert [item.quote for item in await work.evidence.of_kind(lead.id or 0, EvidenceKind.signal)] == ["One."]


async def test_brief_and_match_are_found_by_lead(uow: UOW):
    async with uow() as work:
        lead = await add_matched(work, await add_campaign(work), score=64)
        brief, match = await work.briefs.of_lead(lead.id or 0), await work.matches.of_lead(lead.id or 0)
        assert brief is not None
        assert match is not None
        assert (brief.person_name, match.match_score) == ("Bo Reed", 64)
        assert await work.briefs.of_lead(999) is None
        assert await work.matches.of_lead(999) is None


def ties(*sentences: str) -> list[Tie]:
    return [Tie(part="body", sentence_no=number, sentence=text) for number, text in enumerate(sentences)]


def follow_ups(*bodies: str) -> list[FollowUp]:
    return [FollowUp(scheduled_for_day=day, body=body) for day, body in zip((3, 7), bodies, strict=True)]


async def test_a_second_draft_takes_the_place_of_the_first_under_its_id(uow: UOW):
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        first = await work.letters.replace(
            make_letter(lead.id), ties=ties("One.", "Two."), follow_ups=follow_ups("a", "b")
        )
        first.status, first.insisted_claims, first.approved_at = EmailStatus.approved, ["ten years"], NOW
        await work.session.flush()
        await work.letters.replace(
            make_letter(lead.id, body="Anew.", generation=2), ties=ties("Anew."), follow_ups=follow_ups("c", "d")
        )
        await work.commit()
    async with uow() as work:
        [letter] = await work.letters.list()
        assert (letter.id, letter.body, letter.generation) == (first.id, "Anew.", 2)
        assert (letter.status, letter.insisted_claims, letter.approved_at) == (EmailStatus.drafted, [], None)
        assert [tie.sentence for tie in await work.letters.ties(letter.id or 0)] == ["Anew."]
        assert [item.body for item in await work.letters.follow_ups(letter.id or 0)] == ["c", "d"]


async def test_letters_are_found_by_status_user_and_campaign(uow: UOW):
    async with uow() as work:
        mine, other = await add_campaign(work, "mine"), await add_campaign(work, "other")
        first, second = await add_drafted(work, mine, 1), await add_drafted(work, other, 2)
        await add_drafted(work, mine, 3, status=EmailStatus.rejected)
        drafted = await work.letters.with_status(EmailStatus.drafted, user_id=USER)
        assert [(letter.id, lead.id) for letter, lead in drafted] == [(it.id, it.lead_id) for it in (first, second)]
        found = await work.letters.with_status(EmailStatus.drafted, user_id=USER, campaign_id=other.id)
        assert [letter.id for letter, _ in found] == [second.id]
        assert await work.letters.with_status(EmailStatus.drafted, user_id="user_2") == []


async def test_edits_are_kept_oldest_first(uow: UOW):
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        for text in ("one", "two"):
            work.session.add(EmailEdit(before={}, after={"body": text}, email_id=letter.id))
        await work.session.flush()
        assert [edit.after["body"] for edit in await work.letters.edits(letter.id or 0)] == ["one", "two"]


async def test_questions_come_in_the_order_they_are_asked(uow: UOW):
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        for position in (2, 1):
            await work.questions.add(
                Question(
                    text=f"No. {position}", options=["a", "b"], position=position, lead_id=lead.id, details={"k": [1]}
                )
            )
        await work.commit()
    async with uow() as work:
        asked = await work.questions.of_lead(lead.id or 0)
    assert [(question.text, question.options, question.details) for question in asked] == [
        ("No. 1", ["a", "b"], {"k": [1]}),
        ("No. 2", ["a", "b"], {"k": [1]}),
    ]


async def test_a_page_remembers_when_it_was_fetched(uow: UOW):
    later = NOW + timedelta(microseconds=1)
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        await work.pages.replace(lead.id or 0, [Page(url="/", fetched_at=later)])
        await work.commit()
    async with uow() as work:
        [page] = await work.pages.of_lead(lead.id or 0)
    assert page.fetched_at == later


async def test_a_text_from_outside_may_be_of_any_length(uow: UOW):
    long = "Ünïcode " * 1000
    async with uow() as work:
        lead = await work.leads.add(make_lead(company_name=long, person_role=long, company_website=long))
        await work.pages.replace(lead.id or 0, [Page(url=long, title=long, error=long)])
        await work.commit()
    async with uow() as work:
        [page] = await work.pages.of_lead(lead.id or 0)
        assert (page.title, (await work.leads.get(lead.id or 0)).company_name) == (long, long)


async def test_what_was_read_before_may_be_replaced_in_the_same_transaction(uow: UOW):
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        lead_id, letter_id = letter.lead_id or 0, letter.id or 0
        for text in ("one", "two"):
            await work.letters.replace(make_letter(lead_id), ties=ties(text), follow_ups=follow_ups(text, text))
            await work.pages.replace(lead_id, [Page(url="/", text=text)])
            [tie] = await work.letters.ties(letter_id)
            [page] = await work.pages.of_lead(lead_id)
            bodies = [item.body for item in await work.letters.follow_ups(letter_id)]
            assert (tie.sentence, page.text, bodies) == (text, text, [text, text])
