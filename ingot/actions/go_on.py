"""After a yes: the campaign goes on by itself where a Prefect server is there to run it."""

from __future__ import annotations

import asyncio
import base64
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import httpx

from ingot.config.prefect_server import PrefectAddress
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, Gate
from ingot.errors import PrefectUnavailable

CONTINUE = "campaign/continue"
_SECONDS = 5.0
_BUSY = frozenset({429, 502, 503})  # a server on SQLite says so while another writes
_WAITS = (0.3, 1.0)
_DEPLOY = "Deploy it: prefect --no-prompt deploy --all."


async def go_on(
    uow: Callable[[], SqlAlchemyUnitOfWork], server: PrefectAddress, *, user_id: str, now: Callable[[], datetime]
) -> list[str]:
    """Start a run for every campaign with a yes that none has taken up. Returns the names of those campaigns.

    Asked for under the key of the oldest such gate, so that asking twice, before and after a crash, starts one run.
    Raises `PrefectUnavailable`, with `fields["started"]` campaigns started before; what is not started, `upkeep` starts.
    """
    async with uow() as work:
        waiting = await work.gates.not_continued(user_id=user_id)
    by_campaign: dict[int, tuple[Campaign, list[Gate]]] = {}
    for gate, campaign in waiting:
        by_campaign.setdefault(campaign.id or 0, (campaign, []))[1].append(gate)
    started: list[str] = []
    async with _client(server) as client:
        for campaign, gates in by_campaign.values():
            try:
                await _start(client, campaign.campaign_name, key=gates[0].idempotency_key())
            except PrefectUnavailable as error:
                error.fields["started"] = started
                raise
            await _note(uow, gates, now=now())
            started.append(campaign.campaign_name)
    return started


async def _note(uow: Callable[[], SqlAlchemyUnitOfWork], gates: Sequence[Gate], *, now: datetime) -> None:
    async with uow() as work:
        for gate in gates:
            stored = await work.gates.get(gate.id or 0)
            if stored.approvals == gate.approvals:  # else it was taken back and given again meanwhile
                stored.continued_at = now
        await work.commit()


def _client(server: PrefectAddress) -> httpx.AsyncClient:
    headers = {"Prefect-Csrf-Client": str(uuid.uuid4())}
    if server.auth:
        headers["Authorization"] = f"Basic {base64.b64encode(server.auth.encode()).decode()}"
    return httpx.AsyncClient(base_url=server.url, headers=headers, timeout=_SECONDS, trust_env=False)


async def _start(client: httpx.AsyncClient, name: str, *, key: str) -> None:
    found = await _ask(client, "GET", f"/deployments/name/{CONTINUE}")
    if found.status_code == httpx.codes.NOT_FOUND:
        raise PrefectUnavailable(f"The Prefect server has no deployment {CONTINUE}.", hint=_DEPLOY)
    place = f"/deployments/{_json(found)['id']}/create_flow_run"
    run = {"parameters": {"name": name}, "idempotency_key": key}
    answer = await _ask(client, "POST", place, json=run)
    if answer.status_code == httpx.codes.FORBIDDEN:  # it wants to know that no foreign page asks
        token = _json(await _ask(client, "GET", f"/csrf-token?client={client.headers['Prefect-Csrf-Client']}"))["token"]
        answer = await _ask(client, "POST", place, json=run, headers={"Prefect-Csrf-Token": token})
    _json(answer)


async def _ask(client: httpx.AsyncClient, method: str, place: str, **more: Any) -> httpx.Response:
    try:
        for wait in _WAITS:
            answer = await client.request(method, place, **more)
            if answer.status_code not in _BUSY:
                return answer
            await asyncio.sleep(wait)
        return await client.request(method, place, **more)  # asked twice under one key, it is one run
    except httpx.HTTPError as error:
        raise PrefectUnavailable(
            f"The Prefect server at {client.base_url} does not answer.", hint="Start it: prefect server start."
        ) from error


def _json(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        raise PrefectUnavailable(
            "The Prefect server wants another password.", hint="Set PREFECT_API_AUTH_STRING as the server has it."
        )
    if not answer.is_success:
        raise PrefectUnavailable(
            f"The Prefect server answered with status {answer.status_code}.", hint="Its log tells why."
        )
    found: dict[str, Any] = answer.json()
    return found
