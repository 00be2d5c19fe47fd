"""A sentence becomes an action: the model chooses, code checks and looks up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.actions.chat import address_meant, campaign_meant, checked, choose, lead_meant, leads_meant
from ingot.actions.chat_queries import leads_about, sentence_sources
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import CampaignStatus
from ingot.domain.conversation import ENTRIES, ChatAction, entry_of, stands_in
from ingot.domain.email import Tie
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.llm.outputs import ChatChoice
from tests.fakes.entities import PRODUCT, USER, add_campaign, add_drafted, add_matched
from tests.fakes.model_client import ScriptedAgents

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]


def choice(action: str, **given: Any) -> ChatChoice:
    return ChatChoice(
        **{"count": 0, "status": "", "lead": "", "name": "", "words": "", "reason": "", "action": action, **given}
    )


@pytest.fixture
async def stocked(uow: Uow) -> Uow:
    """Lead 1 drafted at Millpond 1 (fintech), 2 and 3 matched, campaigns autumn (paused) and winter."""
    async with uow() as work:
        autumn = await add_campaign(work, "autumn")
        letter = await add_drafted(work, autumn, 1)
        [evidence] = await work.evidence.of_lead(letter.lead_id or 0)
        tie = Tie(part="body", sentence_no=0, sentence=PRODUCT, claim=PRODUCT, source="evidence", quote=PRODUCT)
        tie.evidence_id = evidence.id
        await work.letters.set_ties(letter, [tie, Tie(part="body", sentence_no=1, sentence="Hello Bo,")])
        for number, score in ((2, 40), (3, 90)):
            await add_matched(work, autumn, number, score=score)
        first = await work.leads.get(1)
        first.industry, first.tags = "Payments", ["Fintech"]
        (await work.leads.get(3)).company_name = "Quay Ü Bank"
        autumn.status = CampaignStatus.paused
        await add_campaign(work, "winter")
        await work.commit()
    return uow


async def test_the_model_sees_the_sentence_and_the_list_and_nothing_else(stocked: Uow) -> None:
    agents = ScriptedAgents([choice("leads", count=5, words="fintech")], uow=stocked)
    chosen = await choose("  show me the best five leads\nin fintech ", agents=agents)
    assert (chosen.action, chosen.count, chosen.words) == (ChatAction.leads, 5, "fintech")
    [asked] = agents.client.asked
    assert asked.agent == "orchestrator"
    assert asked.inputs["sentence"] == "show me the best five leads in fintech"
    assert "Millpond 1" not in asked.render()


@pytest.mark.parametrize("made_up", [{"lead": "13"}, {"lead": "1"}, {"reason": "it is closed"}])
async def test_a_word_that_was_not_said_makes_the_choice_void(stocked: Uow, made_up: dict[str, str]) -> None:
    agents = ScriptedAgents([choice("approve_lead", **{"lead": "12", **made_up})], uow=stocked)
    assert (await choose("approve lead 12", agents=agents)).action is ChatAction.unknown


_SAID = st.lists(
    st.sampled_from(["approve", "lead", "1", "12", "autumn", "Kim@acme.example", "never", ""]), max_size=6
).map(" ".join)


@given(st.sampled_from([entry.action for entry in ENTRIES]), _SAID, _SAID, _SAID, _SAID)
def test_whatever_a_model_answers_only_what_was_said_is_taken_over(
    action: ChatAction, sentence: str, lead: str, name: str, reason: str
) -> None:
    taken = checked(choice(action.value, lead=lead, name=name, reason=reason, words=name), sentence)
    for parameter in ("lead", "name", "words", "reason"):
        text = getattr(taken, parameter)
        assert not text or stands_in(text, sentence)
        assert not text or parameter in entry_of(taken.action).parameters


async def test_parameters_that_an_action_does_not_read_are_dropped(stocked: Uow) -> None:
    agents = ScriptedAgents([choice("replies", count=3, status="sent", name="made up")], uow=stocked)
    chosen = await choose("who answered?", agents=agents)
    assert (chosen.action, chosen.count, chosen.status, chosen.name) == (ChatAction.replies, 0, None, "")


@pytest.mark.parametrize("sentence", ["", "  \n", "a" * 501])
async def test_nothing_and_too_much_are_not_asked(uow: Uow, sentence: str) -> None:
    agents = ScriptedAgents([choice("help")], uow=uow)
    with pytest.raises(ValidationError):
        await choose(sentence, agents=agents)
    assert agents.client.asked == []


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("1", [1]),
        ("leads 1, 3 and 2", [1, 3, 2]),
        ("#2 & 1", [2, 1]),
        ("Millpond 2", [2]),
        ("millpond 1", [1]),
        ("quay", [3]),
    ],
)
async def test_leads_are_meant_by_number_or_name(stocked: Uow, said: str, ids: list[int]) -> None:
    async with stocked() as work:
        assert await leads_meant(work, said, user_id=USER) == ids


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("4", "no lead 4"),
        ("1 and 99", "no lead 99"),
        ("millpond", "called that: 1, 2"),
        ("%", "No lead"),
        ("", "Which lead"),
        ("99999999999999999999", "No lead"),
    ],
)
async def test_what_is_no_lead_or_several_is_told(stocked: Uow, said: str, told: str) -> None:
    async with stocked() as work:
        with pytest.raises(ValidationError, match=told):
            await leads_meant(work, said, user_id=USER)
        with pytest.raises(ValidationError, match=r"no lead|No lead|Which lead"):
            await lead_meant(work, said, user_id="somebody else")


async def test_one_lead_is_one(stocked: Uow) -> None:
    async with stocked() as work:
        with pytest.raises(ValidationError, match="One lead"):
            await lead_meant(work, "1 and 2", user_id=USER)


async def test_the_campaign_is_the_named_one_or_the_newest_that_stands_so(stocked: Uow) -> None:
    async with stocked() as work:
        assert await campaign_meant(work, "", user_id=USER) == "winter"
        assert await campaign_meant(work, "", user_id=USER, status=CampaignStatus.paused) == "autumn"
        assert await campaign_meant(work, "Autumn", user_id=USER, status=CampaignStatus.active) == "autumn"
        for said, status in (("spring", None), ("", CampaignStatus.completed)):
            with pytest.raises(ValidationError, match="no campaign"):
                await campaign_meant(work, said, user_id=USER, status=status)


def test_an_address_is_taken_without_what_stands_around_it() -> None:
    assert address_meant("<kim@acme.example>.") == "kim@acme.example"
    assert address_meant("@acme.example") == "@acme.example"
    with pytest.raises(ValidationError):
        address_meant("kim")


@pytest.mark.parametrize(
    ("words", "status", "count", "ids"),
    [
        ("", None, 10, [3, 1, 2]),
        ("", None, 1, [3]),
        ("fintech", None, 10, [1]),
        ("payments", LeadStatus.matched, 10, []),
        ("millpond", None, 10, [1, 2]),
        ("nothing of the kind", None, 10, []),
    ],
)
async def test_leads_are_found_by_industry_words_and_status(
    stocked: Uow, words: str, status: LeadStatus | None, count: int, ids: list[int]
) -> None:
    async with stocked() as work:
        found = await leads_about(work, words=words, status=status, count=count, user_id=USER)
    assert [lead.id for lead, _ in found] == ids


async def test_a_sentence_is_told_with_what_it_rests_on(stocked: Uow) -> None:
    async with stocked() as work:
        [found] = await sentence_sources(work, "builds a queue", lead_id=1, user_id=USER)
        assert (found.letter_id, found.quote, found.source) == (1, PRODUCT, "https://millpond.example/")
        [greeting] = await sentence_sources(work, "hello bo", lead_id=None, user_id=USER)
        assert (greeting.quote, greeting.backed) == ("", True)
        for words, lead_id in (("", None), ("never said", None), ("builds a queue", 2)):
            with pytest.raises(ValidationError):
                await sentence_sources(work, words, lead_id=lead_id, user_id=USER)
