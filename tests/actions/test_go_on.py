"""After a yes one run is started for its campaign: once, whatever breaks in between."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from ingot.actions.decide import decide
from ingot.actions.go_on import go_on
from ingot.config.prefect_server import PrefectAddress, configured_server
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, GateDecision
from ingot.errors import PrefectUnavailable
from tests.fakes.entities import USER, add_campaign, add_matched

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Conductor:
    """Speaks the four calls of Prefect's API that are used; a key that was seen starts no second run."""

    def __init__(self) -> None:
        self.runs: dict[str, dict[str, Any]] = {}
        self.asked = 0
        self.busy = 0
        self.is_deployed = True
        self.password = ""
        self.token = ""
        self.url = ""

    def answer(self, method: str, path: str, headers: Any, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked += 1
        if self.password and headers["Authorization"] != self.password:
            return 401, {}
        if path.startswith("/api/csrf-token"):
            return 200, {"token": self.token}
        if method == "GET":
            return (200, {"id": "d-1"}) if self.is_deployed else (404, {})
        if self.busy:
            self.busy -= 1
            return 503, {}
        if self.token and headers["Prefect-Csrf-Token"] != self.token:
            return 403, {}
        return 201, self.runs.setdefault(body["idempotency_key"], body["parameters"])


@pytest.fixture
def conductor() -> Iterator[Conductor]:
    found = Conductor()
    with _serving(found) as url:
        found.url = url
        yield found


@contextmanager
def _serving(conductor: Conductor) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            status, told = conductor.answer(self.command, self.path, self.headers, body)
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _do  # noqa: N815 - the names that the library calls

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def campaign_of(uow: Uow, *lead_ids: int) -> None:
    async with uow() as work:
        campaign: Campaign = await add_campaign(work)
        for number in lead_ids:
            await add_matched(work, campaign, number)
        await work.commit()


async def say(uow: Uow, decision: GateDecision, *lead_ids: int) -> None:
    async with uow() as work:
        for lead_id in lead_ids:
            await decide(work, lead_id, decision, who="test", now=NOW)
        await work.commit()


async def start(uow: Uow, conductor: Conductor, auth: str = "") -> list[str]:
    return await go_on(uow, PrefectAddress(url=conductor.url, auth=auth), user_id=USER, now=lambda: NOW)


async def test_several_yeses_start_one_run_of_their_campaign(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1, 2, 3)
    await say(uow, GateDecision.approve, 1, 2)
    await say(uow, GateDecision.reject, 3)
    assert await start(uow, conductor) == ["autumn"]
    assert conductor.runs == {"gate-1": {"name": "autumn"}}
    assert await start(uow, conductor) == []


async def test_a_later_yes_starts_a_run_of_its_own(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1, 2)
    await say(uow, GateDecision.approve, 1)
    await start(uow, conductor)
    await say(uow, GateDecision.approve, 2)
    await start(uow, conductor)
    assert list(conductor.runs) == ["gate-1", "gate-2"]


async def test_a_yes_that_was_taken_back_and_given_again_is_a_new_one(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1)
    await say(uow, GateDecision.approve, 1)
    await start(uow, conductor)
    await say(uow, GateDecision.defer, 1)
    assert await start(uow, conductor) == []
    await say(uow, GateDecision.approve, 1)
    await start(uow, conductor)
    assert list(conductor.runs) == ["gate-1", "gate-1-2"]


async def test_killed_between_asking_and_noting_it_asks_again_under_the_same_key(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1, 2)
    await say(uow, GateDecision.approve, 1, 2)
    await start(uow, conductor)
    async with uow() as work:
        for lead_id in (1, 2):
            gate = await work.gates.of_lead(lead_id)
            assert gate is not None
            gate.continued_at = None  # as if it had been killed
        await work.commit()
    assert await start(uow, conductor) == ["autumn"]
    assert list(conductor.runs) == ["gate-1"]


async def test_a_paused_campaign_waits(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1)
    await say(uow, GateDecision.approve, 1)
    async with uow() as work:
        campaign = await work.campaigns.get(1)
        campaign.status = type(campaign.status).paused
        await work.commit()
    assert await start(uow, conductor) == []
    assert conductor.asked == 0


async def test_a_busy_server_is_asked_again_and_one_that_stays_busy_keeps_the_yes(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1)
    await say(uow, GateDecision.approve, 1)
    conductor.busy = 3
    with pytest.raises(PrefectUnavailable, match="status 503"):
        await start(uow, conductor)
    conductor.busy = 2
    assert await start(uow, conductor) == ["autumn"]


async def test_a_server_that_is_away_or_knows_no_deployment_keeps_the_yes(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1)
    await say(uow, GateDecision.approve, 1)
    with pytest.raises(PrefectUnavailable, match="does not answer"):
        await go_on(uow, PrefectAddress(url="http://127.0.0.1:1/api"), user_id=USER, now=lambda: NOW)
    conductor.is_deployed = False
    with pytest.raises(PrefectUnavailable, match="no deployment") as caught:
        await start(uow, conductor)
    assert "prefect --no-prompt deploy --all" in caught.value.hint
    conductor.is_deployed = True
    assert await start(uow, conductor) == ["autumn"]


async def test_password_and_cross_site_token_are_given_where_the_server_wants_them(uow: Uow, conductor: Conductor):
    await campaign_of(uow, 1)
    await say(uow, GateDecision.approve, 1)
    conductor.password, conductor.token = "Basic YWRtaW46cGFzcw==", "t-1"
    with pytest.raises(PrefectUnavailable, match="another password") as caught:
        await start(uow, conductor, auth="admin:wrong")
    assert "wrong" not in str(caught.value)
    assert await start(uow, conductor, auth="admin:pass") == ["autumn"]


def test_the_server_is_the_environments_else_the_profiles_else_none(tmp_path: Any):
    environment = {"PREFECT_HOME": str(tmp_path)}
    assert configured_server(environment) is None
    (tmp_path / "profiles.toml").write_text(
        'active = "coach"\n[profiles.coach]\nPREFECT_API_URL = "http://10.0.0.5:4200/api/"\nPREFECT_API_AUTH_STRING = "a:b"\n'
    )
    assert configured_server(environment) == PrefectAddress(url="http://10.0.0.5:4200/api", auth="a:b")
    found = configured_server({**environment, "PREFECT_API_URL": "http://127.0.0.1:4200/api"})
    assert found is not None
    assert found.url == "http://127.0.0.1:4200/api"
    assert "a:b" not in repr(found)
