"""Seconds a stage takes, without Prefect and without a model: `.venv/bin/python -m benchmarks.stages [--json]`.

Scouting stores 100 companies. Research, and everything from the match to the draft, are done for five leads: on the bundled
sample world, and on recorded company sites where `../shared/data` is present. Ends with 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import tasks.deep_research
import tasks.gates
import tasks.match
import tasks.profile
import tasks.research
import tasks.scout
import tasks.write
from benchmarks.replay_server import DEFAULT_DATA, ReplayServer
from ingot.config.manager import ConfigManager
from ingot.db.tables import email, lead
from ingot.sample import SampleServer
from ingot.sample.hosting import Answer, HostServer, Request, companies_api
from ingot.wiring import Wiring, opened
from tests.fakes.plain_stages import plain_stages, start_campaign

COMPANIES = Path(__file__).parents[1] / "tests" / "fixtures" / "yc_companies.json"
LEADS = 5
LIMITS_S = {"scouting": 5.0, "research": 10.0, "match and write": 15.0}

Figure = dict[str, Any]


class CompanyList(HostServer):
    """The venue alone, with the hundred invented companies of the tests."""

    def __init__(self) -> None:
        super().__init__()
        companies = json.loads(COMPANIES.read_text(encoding="utf-8"))
        self._tables = {"all": companies, "hiring": [record for record in companies if record["isHiring"]]}

    def answer(self, request: Request) -> Answer:
        """The venue's lists under every host name."""
        return companies_api(request, tables=self._tables)


def _opened(url: str, folder: str) -> AbstractAsyncContextManager[Wiring]:
    return opened(manager=ConfigManager(Path(folder)), offline=True, replay=url, source=url)


async def scouting(url: str) -> tuple[float, int]:
    """Seconds from the first request to the last commit, and how many companies were stored."""
    with tempfile.TemporaryDirectory(prefix="ingot-stages-") as folder:
        async with _opened(url, folder) as wiring:
            campaign_id = await start_campaign(wiring, url, filters={"hiring": False})
            seconds = await _timed(tasks.scout.scout, campaign_id)
            return seconds, await _count(wiring, lead)


async def five_leads(url: str) -> tuple[dict[str, float], int]:
    """Seconds per stage for the five best leads of the venue, and how many drafts came of them."""
    with tempfile.TemporaryDirectory(prefix="ingot-stages-") as folder:
        async with _opened(url, folder) as wiring:
            campaign_id = await start_campaign(wiring, url, limit=LEADS, min_score=0)
            await tasks.scout.scout(campaign_id)
            await _keep_best(wiring, campaign_id)
            stages = {
                "research": tasks.research.research,
                "match": tasks.match.match,
                "gate": tasks.gates.gate,
                "deep research": tasks.deep_research.deep_research,
                "questions": tasks.gates.questions,
                "write": tasks.write.write,
            }
            seconds = {name: await _timed(stage, campaign_id) for name, stage in stages.items()}
            return seconds, await _count(wiring, email)


async def _timed(stage: Callable[[int], Awaitable[int]], campaign_id: int) -> float:
    started = time.perf_counter()
    await stage(campaign_id)
    return time.perf_counter() - started


async def _keep_best(wiring: Wiring, campaign_id: int) -> None:
    async with wiring.uow() as uow:
        for surplus in (await uow.leads.of_campaign(campaign_id))[LEADS:]:
            surplus.campaign_id = None
        await uow.commit()


async def _count(wiring: Wiring, table: sa.Table) -> int:
    async with wiring.uow() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def measure() -> list[Figure]:
    """What was done, how many of it, in how many seconds, and the limit."""
    with CompanyList() as venue:
        seconds, companies = asyncio.run(scouting(venue.url))
    figures = [_figure("scouting", "100 invented companies", seconds, companies)]
    worlds: dict[str, Callable[[], HostServer]] = {"sample world": SampleServer}
    if (DEFAULT_DATA / "yc" / "companies").is_dir():
        worlds["recorded sites"] = ReplayServer
    for name, world in worlds.items():
        with world() as server:
            stages, drafts = asyncio.run(five_leads(server.url))
        research = stages.pop("research")
        figures.append(_figure("research", f"{LEADS} leads, {name}", research, LEADS))
        figures.append(_figure("match and write", f"{LEADS} leads, {name}", sum(stages.values()), drafts, parts=stages))
    return figures


def _figure(what: str, on: str, seconds: float, done: int, *, parts: dict[str, float] | None = None) -> Figure:
    rounded = {name: round(value, 3) for name, value in (parts or {}).items()}
    return {
        "stage": what,
        "on": on,
        "done": done,
        "seconds": round(seconds, 3),
        "limit": LIMITS_S[what],
        "parts": rounded,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the stages against their limits.")
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
    arguments = parser.parse_args()
    with plain_stages():
        figures = measure()
    if arguments.json:
        print(json.dumps(figures, indent=2))
    else:
        for figure in figures:
            print(
                f"{figure['stage']:<16} {figure['on']:<24} {figure['done']:>4} done  {figure['seconds']:>7.2f} s"
                f"  (limit {figure['limit']:.0f} s)  "
                + ", ".join(f"{name} {value:.2f}" for name, value in figure["parts"].items())
            )
    sys.exit(any(figure["seconds"] > figure["limit"] for figure in figures))


if __name__ == "__main__":
    main()
