"""Preferences, weights, explanations and scoring again, on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from ingot.actions.decide import decide, open_gates
from ingot.actions.explain import explanation
from ingot.actions.preferences import accept_proposal, change_weights, change_wishes, propose_weights
from ingot.actions.rescore import rescore
from ingot.actions.score_lead import choices_of
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, GateDecision
from ingot.domain.lead_state import LeadStatus
from ingot.domain.weights import DEFAULT_WEIGHTS
from ingot.errors import ValidationError
from tests.fakes.entities import NOW, USER, add_campaign, add_matched

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]


@pytest.fixture
async def uow(tmp_path: Path) -> AsyncIterator[Uow]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'outreach.db'}"
    upgrade(url)
    engine = create_engine(url)
    made = sessions(engine)
    yield lambda: SqlAlchemyUnitOfWork(made)
    await engine.dispose()


async def stocked(uow: Uow, quotes: list[str]) -> Campaign:
    async with uow() as work:
        campaign = await add_campaign(work)
        for number, quote in enumerate(quotes, start=1):
            await add_matched(work, campaign, number, score=70, quote=quote)
        await rescore(work, USER, now=lambda: NOW)
        await work.commit()
    return campaign


async def wish(uow: Uow, *assignments: str) -> None:
    async with uow() as work:
        await change_wishes(work, USER, assignments=assignments, unset=[])
        await work.commit()


async def test_one_wrong_wish_leaves_all_as_they_were(uow: Uow) -> None:
    await wish(uow, "remote=only")
    async with uow() as work:
        with pytest.raises(ValidationError):
            await change_wishes(work, USER, assignments=["country=DE", "country=Atlantis"], unset=["remote"])
    async with uow() as work:
        assert (await choices_of(work, USER)).wishes.to_json() == {"remote": "only"}


async def test_an_old_score_stays_until_it_is_scored_again_and_its_sentence_stays(uow: Uow) -> None:
    await stocked(uow, ["Millpond builds a queue in Go and Kafka.", "A bakery."])
    async with uow() as work:
        before = [await work.matches.of_lead(number) for number in (1, 2)]
        scores = [match.match_score for match in before if match]
        before[0].value_proposition = "I know queues."  # type: ignore[union-attr]
        await change_weights(work, USER, {"skills": 55, "experience": 0})
        await work.commit()
    async with uow() as work:
        assert [(await work.matches.of_lead(n)).match_score for n in (1, 2)] == scores  # type: ignore[union-attr]
        [first, second] = await rescore(work, USER, now=lambda: NOW)
        await work.commit()
    assert (first.before, second.before) == tuple(scores)
    assert first.after > second.after
    async with uow() as work:
        match = await work.matches.of_lead(1)
        assert match is not None
        assert (match.match_score, match.value_proposition) == (first.after, "I know queues.")
        assert sum(row["of"] for row in match.breakdown) == 100


async def test_weights_go_back_to_the_defaults(uow: Uow) -> None:
    async with uow() as work:
        await change_weights(work, USER, {"skills": 33, "size": 0})
        assert await change_weights(work, USER, {}, reset=True) == DEFAULT_WEIGHTS
        assert (await change_weights(work, USER, {"skills": 33, "size": 0}, reset=True))["skills"] == 33


async def test_a_deal_breaker_closes_the_open_gate_and_the_user_may_approve_all_the_same(uow: Uow) -> None:
    campaign = await stocked(uow, ["We run a casino in Go.", "A bakery in Go."])
    await wish(uow, "deal-breaker=industry:gambling")
    async with uow() as work:
        await open_gates(work, campaign)
        found = await rescore(work, USER, now=lambda: NOW)
        await work.commit()
    assert [item.status for item in found] == [LeadStatus.rejected, LeadStatus.matched]
    async with uow() as work:
        assert [gate.lead_id for gate in await work.gates.open_in(campaign.id or 0)] == [2]
        told = await explanation(work, 1)
        assert told["rejected_by_preferences"]
        assert told["reason"] == 'Deal-breaker industry:gambling holds: "casino".'
        lead = await decide(work, 1, GateDecision.approve, who="cli", now=NOW)
        assert lead.status is LeadStatus.approved


async def test_a_deferred_lead_waits_for_the_user_whatever_their_rules_say(uow: Uow) -> None:
    await stocked(uow, ["We run a casino in Go."])
    await wish(uow, "deal-breaker=industry:gambling")
    async with uow() as work:
        await decide(work, 1, GateDecision.defer, who="cli", now=NOW)
        [found] = await rescore(work, USER, now=lambda: NOW)
        assert (found.status, bool(found.rejection)) == (LeadStatus.deferred, True)


async def test_an_explanation_quotes_the_company_and_the_resume(uow: Uow) -> None:
    await stocked(uow, ["Millpond builds a queue on Kafka."])
    await wish(uow, "must-have=technology:Rust")
    async with uow() as work:
        await rescore(work, USER, now=lambda: NOW)
        told = await explanation(work, 1)
    skills = told["parts"][0]
    [quote] = skills["quotes"]
    assert (quote["quote"], quote["url"]) == ("Millpond builds a queue on Kafka.", "https://millpond.example/")
    assert skills["lines"] == [
        {"line": 10, "text": "• Built a Kafka pipeline in Go for truck positions.", "words": ["Apache Kafka"]}
    ]
    assert [(item["wish"], item["outcome"]) for item in told["wishes"]] == [("technology:Rust", "not known")]
    assert not told["is_of_an_older_kind"]


async def test_an_old_breakdown_is_explained_as_far_as_it_goes(uow: Uow) -> None:
    async with uow() as work:
        campaign = await add_campaign(work)
        await add_matched(work, campaign)
        match = await work.matches.of_lead(1)
        assert match is not None
        match.breakdown = [{"part": "skills", "points": 30, "of": 40, "why": "Go in both"}]
        told = await explanation(work, 1)
        assert told["is_of_an_older_kind"]
        assert told["parts"][0]["why"] == "Go in both"
        lead = await work.leads.get(1)
        lead.campaign_id = None
        assert (await explanation(work, 1))["parts"][0]["lines"] == []


async def test_a_lead_that_was_never_matched_has_nothing_to_explain(uow: Uow) -> None:
    async with uow() as work:
        campaign = await add_campaign(work)
        lead = await add_matched(work, campaign)
        match = await work.matches.of_lead(lead.id or 0)
        assert match is not None
        await work.matches.delete(match)
        with pytest.raises(ValidationError, match="no score yet"):
            await explanation(work, lead.id or 0)
        assert await rescore(work, USER, now=lambda: NOW) == []


async def test_weights_are_proposed_from_decisions_and_change_only_on_a_yes(uow: Uow) -> None:
    liked, disliked = "A freight company: customs and carriers.", "We write Go, Python and Kafka for a clinic."
    await stocked(uow, [liked] * 8 + [disliked] * 8)
    async with uow() as work:
        with pytest.raises(ValidationError, match="0 of your decisions"):
            await propose_weights(work, USER)
        for number in range(1, 17):
            decision = GateDecision.approve if number <= 8 else GateDecision.reject
            await decide(work, number, decision, who="cli", now=NOW)
        await work.commit()
    async with uow() as work:
        proposal = await propose_weights(work, USER)
        await work.commit()
    assert proposal.after["industry"] > DEFAULT_WEIGHTS["industry"]
    assert proposal.after["skills"] < DEFAULT_WEIGHTS["skills"]
    async with uow() as work:
        assert (await choices_of(work, USER)).weights == DEFAULT_WEIGHTS
        assert await accept_proposal(work, USER) == proposal.after
        with pytest.raises(ValidationError, match="No proposal"):
            await accept_proposal(work, USER)


async def test_a_proposal_for_other_weights_than_todays_is_not_taken(uow: Uow) -> None:
    async with uow() as work:
        stored = await work.preferences.of_user(USER)
        stored.proposal = {"before": {**DEFAULT_WEIGHTS, "skills": 1}, "after": DEFAULT_WEIGHTS}
        with pytest.raises(ValidationError, match="have changed since"):
            await accept_proposal(work, USER)


async def test_what_rules_decided_is_not_learned_from(uow: Uow) -> None:
    await stocked(uow, ["A bakery."] * 12)
    async with uow() as work:
        for number in range(1, 13):
            decision = GateDecision.approve if number <= 6 else GateDecision.reject
            await decide(work, number, decision, who="auto" if number <= 6 else "preferences", now=NOW)
        with pytest.raises(ValidationError, match="0 of your decisions"):
            await propose_weights(work, USER)
        match = await work.matches.of_lead(1)
        gate = await work.gates.of_lead(1)
        assert match is not None
        assert gate is not None
        match.breakdown, gate.decided_by = match.breakdown[:2], "cli"
        await work.session.flush()
        with pytest.raises(ValidationError, match="1 more rest on scores of an older kind"):
            await propose_weights(work, USER)
