import asyncio
import json
from collections.abc import Callable

import pytest

from ingot.actions.decide import decide
from ingot.db.engine import create_engine, sessions
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.weights import PARTS
from tests.cli.conftest import Base, Run
from tests.fakes.entities import NOW, add_campaign, add_matched

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def test_preferences_are_set_shown_and_taken_away(base: Base, ingot: Ingot) -> None:
    assert "No preference yet" in ingot("profile", "preferences").out
    done = ingot(
        "profile", "preferences", "set", "remote=only", "must-have=technology:k8s", "deal-breaker=industry:casino"
    )
    assert done.code == 0
    assert "technology:Kubernetes" in done.out
    assert "ingot leads rescore" in done.out
    shown = json.loads(ingot("profile", "preferences", "--json").out)
    assert shown == {"remote": "only", "must-have": ["technology:Kubernetes"], "deal-breaker": ["industry:gambling"]}
    left = ingot(
        "profile", "preferences", "set", "--unset", "remote", "--unset", "must-have", "needs-visa=yes", "--json"
    )
    assert json.loads(left.out) == {"needs-visa": True, "deal-breaker": ["industry:gambling"]}
    assert "yes" in ingot("profile", "preferences").out


def test_a_wrong_preference_names_what_is_known_and_changes_nothing(base: Base, ingot: Ingot) -> None:
    refused = ingot("profile", "preferences", "set", "remote=only", "like-technology=Pythn")
    assert refused.code == 5
    assert "Did you mean Python?" in refused.err
    assert json.loads(ingot("profile", "preferences", "--json").out) == {}
    assert ingot("profile", "preferences", "set").code == 2


def test_weights_are_shown_set_and_put_back(base: Base, ingot: Ingot) -> None:
    assert sum(json.loads(ingot("profile", "weights", "--json").out).values()) == 100
    refused = ingot("profile", "weights", "set", "skills=40")
    assert (refused.code, "sum to 112" in refused.err) == (5, True)
    assert json.loads(ingot("profile", "weights", "set", "skills=33", "size=0", "--json").out)["skills"] == 33
    assert "33" in ingot("profile", "weights").out
    assert "Scores made before stay" in ingot("profile", "weights", "set", "--reset").out
    assert json.loads(ingot("profile", "weights", "--json").out)["skills"] == 28
    assert ingot("profile", "weights", "set").code == 2
    assert ingot("profile", "weights", "set", "skills").code == 2


def test_too_few_decisions_are_said_to_be_too_few(base: Base, ingot: Ingot) -> None:
    refused = ingot("profile", "weights", "propose")
    assert (refused.code, "Still missing" in refused.err) == (5, True)
    assert "No proposal waits" in ingot("profile", "weights", "accept").err


def test_a_score_is_explained_and_made_again(base: Base, ingot: Ingot) -> None:
    assert "of an older kind" in ingot("leads", "explain", 4).out
    ingot("profile", "preferences", "set", "must-have=technology:Rust", "size-min=10")
    again = ingot("leads", "rescore")
    assert (again.code, "scored again" in again.out) == (0, True)
    told = ingot("leads", "explain", 4).out
    assert "Rests on" in told
    assert "not known" in told
    assert "What would change it" in told
    assert "\x1b[2J" not in ingot("leads", "explain", 5).out
    assert json.loads(ingot("leads", "explain", 4, "--json").out)["parts"][0]["part"] == "skills"
    assert json.loads(ingot("leads", "rescore", "--json").out)[0]["before"] >= 0


def test_a_lead_that_a_deal_breaker_rejected_says_how_to_take_it_all_the_same(base: Base, ingot: Ingot) -> None:
    ingot("profile", "preferences", "set", "deal-breaker=technology:Go")
    assert "rejected" in ingot("leads", "rescore").out
    told = ingot("leads", "explain", 4).out
    assert "Rejected: Deal-breaker technology:Go holds" in told
    assert "ingot leads approve 4" in told
    assert ingot("leads", "approve", 4).code == 0


async def _decide(url: str) -> None:
    """Sixteen decisions: the small companies are approved, those with the right skills are not."""
    engine = create_engine(url)
    try:
        async with SqlAlchemyUnitOfWork(sessions(engine)) as uow:
            campaign = await add_campaign(uow, "winter")
            for number in range(16):
                lead = await add_matched(uow, campaign, 100 + number)
                match = await uow.matches.of_lead(lead.id or 0)
                assert match is not None
                liked = {"size": 8, "skills": 2} if number % 2 else {"size": 2, "skills": 8}
                match.breakdown = [{"part": part, "points": liked.get(part, 5), "of": 10} for part in PARTS]
                decision = GateDecision.approve if number % 2 else GateDecision.reject
                await decide(uow, lead.id or 0, decision, who="cli", now=NOW)
            await uow.commit()
    finally:
        await engine.dispose()


def test_a_proposal_is_shown_before_it_is_taken(base: Base, ingot: Ingot) -> None:
    asyncio.run(_decide(base.manager.database_url))
    told = ingot("profile", "weights", "propose")
    assert "Weights proposed from 16 decisions" in told.out
    assert "ingot profile weights accept" in told.out
    after = json.loads(ingot("profile", "weights", "propose", "--json").out)["after"]
    assert json.loads(ingot("profile", "weights", "accept", "--json").out) == after
    assert after["size"] == 15
