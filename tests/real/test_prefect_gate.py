"""A deployed campaign stops at its gate; whoever decides, wherever, it goes on by itself, and once."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from ingot.cli.sample import ADDRESS
from ingot.config.manager import ConfigManager
from ingot.sample import SampleServer
from ingot.wiring import opened
from tests.fakes.deployed import Deployment, deployed
from tests.fakes.plain_stages import start_campaign
from tests.fakes.prefect_server import PrefectServer

pytestmark = pytest.mark.real

CONTINUE, DECIDE, UPKEEP = "campaign/continue", "decide/decide", "upkeep/upkeep"


class World:
    """A campaign of the sample world that waits at its gate, deployed."""

    def __init__(self, deployment: Deployment, home: Path) -> None:
        self.deployment = deployment
        self.home = home

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.home / "outreach.db", timeout=30)) as connection:
            return connection.execute(query).fetchall()

    def status(self, lead_id: int) -> str:
        return str(self.ask(f"SELECT status FROM lead WHERE id = {lead_id}")[0][0])

    def waiting(self) -> list[int]:
        return [int(str(row[0])) for row in self.ask("SELECT lead_id FROM gate WHERE decision IS NULL ORDER BY id")]

    def continued(self, runs: int) -> None:
        """The last of so many runs of `campaign/continue` has ended well, and there are no more."""
        found = self.deployment.runs(CONTINUE)
        assert len(found) == runs
        assert self.deployment.ended(str(found[-1]["id"])) == "COMPLETED"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, SampleServer() as sample:
        patch.delenv("INGOT_DATABASE_URL", raising=False)
        ConfigManager(home).set("mailing_address", ADDRESS)

        async def start() -> None:
            async with opened(manager=ConfigManager(home), offline=True) as wiring:
                await start_campaign(wiring, sample.url, limit=4, review="queue")

        asyncio.run(start())
        with deployed(PrefectServer(tmp_path_factory.mktemp("prefect"), ui=True), home) as deployment:
            yield World(deployment, home)


def test_a_deployed_campaign_stops_at_its_gate_and_shows_what_is_to_be_decided(world: World):
    run = world.deployment.start(CONTINUE, {"name": "sample"})
    assert world.deployment.ended(run) == "COMPLETED"
    assert len(world.waiting()) >= 4
    rows = json.loads(world.deployment.artifact("campaign-1-leads")["data"])
    assert {row["lead"] for row in rows} >= set(world.waiting())
    assert all(row["match"] is not None and row["why"] for row in rows if row["lead"] in world.waiting())
    names = [str(row[0]) for row in world.ask("SELECT DISTINCT person_name FROM lead WHERE person_name != ''")]
    assert not any(name in json.dumps(rows) for name in names)


def test_the_form_takes_decisions_and_the_campaign_goes_on_by_itself(world: World):
    first, second, third = world.waiting()[:3]
    before = len(world.deployment.runs(CONTINUE))
    decisions = [
        {"lead": first, "decision": "approve"},
        {"lead": second, "decision": "reject", "reason": "wrong place"},
        {"lead": 4_000, "decision": "approve"},
    ]
    run = world.deployment.start(DECIDE, {"leads": decisions})
    assert world.deployment.ended(run) == "COMPLETED"
    told = {row["about"]: row["outcome"] for row in json.loads(world.deployment.artifact("decisions")["data"])}
    assert told[f"lead {first}: approve"] == told[f"lead {second}: reject"] == "done"
    assert "There is no lead 4000" in told["lead 4000: approve"]
    world.continued(before + 1)
    assert (world.status(first), world.status(second), world.status(third)) == ("drafted", "rejected", "matched")


def test_what_the_form_cannot_mean_is_refused_before_anything_happens(world: World):
    deployment = world.deployment.ask("GET", f"/deployments/name/{DECIDE}")
    schema = json.dumps(deployment["parameter_openapi_schema"])
    assert all(word in schema for word in ("Reason", "wrong place", "maximum", "regenerate", "description"))
    runs = len(world.deployment.runs(DECIDE))
    for row in (
        {"lead": world.waiting()[0], "decision": "maybe"},
        {"lead": 0, "decision": "approve"},
        {"decision": "defer"},
    ):
        with pytest.raises(httpx.HTTPStatusError):
            world.deployment.start(DECIDE, {"leads": [row]})
    assert len(world.deployment.runs(DECIDE)) == runs


def test_a_decision_at_the_command_line_lets_the_campaign_go_on(world: World):
    lead, before = world.waiting()[0], len(world.deployment.runs(CONTINUE))
    done = world.deployment.run("ingot", "leads", "approve", str(lead))
    assert "goes on by itself" in done.stdout
    world.continued(before + 1)
    assert world.status(lead) == "drafted"


def test_a_draft_is_regenerated_and_approved_by_the_form(world: World):
    [[draft]] = world.ask("SELECT min(id) FROM email WHERE status = 'drafted'")
    run = world.deployment.start(DECIDE, {"drafts": [{"draft": draft, "decision": "regenerate"}]})
    assert world.deployment.ended(run) == "COMPLETED"
    assert world.ask(f"SELECT generation FROM email WHERE id = {draft}") == [(2,)]
    run = world.deployment.start(DECIDE, {"drafts": [{"draft": draft, "decision": "reject", "reason": "not my tone"}]})
    assert world.deployment.ended(run) == "COMPLETED"
    assert world.ask(f"SELECT status, reject_reason FROM email WHERE id = {draft}") == [("rejected", "not my tone")]


def test_a_decision_while_the_server_is_down_is_taken_up_later_and_once(world: World):
    lead, server = world.waiting()[0], world.deployment.server
    before = len(world.deployment.runs(CONTINUE))
    server.stop()
    done = world.deployment.run("ingot", "leads", "approve", str(lead))
    assert done.returncode == 0
    assert "does not answer" in done.stdout
    assert world.status(lead) == "approved"
    server.start()
    server.wait()
    for started in (1, 0):
        run = world.deployment.start(UPKEEP, {})
        assert world.deployment.ended(run) == "COMPLETED"
        assert len(world.deployment.runs(CONTINUE)) == before + 1, started
    world.continued(before + 1)
    assert world.status(lead) == "drafted"
