"""The stages without Prefect's engine, and a sample campaign stopped after each of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from prefect import Task

import flows.campaign
import flows.inbox
import flows.outreach
import tasks.deep_research
import tasks.gates
import tasks.inbox
import tasks.match
import tasks.profile
import tasks.report
import tasks.research
import tasks.scout
import tasks.send
import tasks.write
from ingot.actions.campaign import open_campaign
from ingot.actions.profile import import_profile
from ingot.config.manager import ConfigManager
from ingot.db.tables import agentlog
from ingot.domain.job import JobRow, stage_job_id
from ingot.sample import sample_path
from ingot.wiring import Wiring, opened

MODULES = (
    tasks.gates,
    tasks.match,
    tasks.profile,
    tasks.report,
    tasks.deep_research,
    tasks.research,
    tasks.scout,
    tasks.write,
    tasks.send,
    tasks.inbox,
    flows.campaign,
    flows.outreach,
    flows.inbox,
)
CAMPAIGN = 1

# In order; the name is where the leads stand afterwards.
STAGES = {
    "pinned": lambda: tasks.profile.pin_profile,
    "scouted": lambda: tasks.scout.scout,
    "researched": lambda: tasks.research.research,
    "matched": lambda: tasks.match.match,
    "approved": lambda: tasks.gates.gate,
    "known": lambda: tasks.deep_research.deep_research,
    "asked": lambda: tasks.gates.questions,
    "written": lambda: tasks.write.write,
}


class Shelf:
    """Artifacts by key and events, as they would stand in Prefect's store."""

    def __init__(self) -> None:
        self.artifacts: dict[str, Any] = {}
        self.events: list[tuple[str, dict[str, str], dict[str, Any]]] = []

    async def put_table(self, *, key: str, table: list[dict[str, Any]], description: str) -> None:
        self.artifacts[key] = table

    def tell(self, *, event: str, resource: dict[str, str], payload: dict[str, Any]) -> None:
        self.events.append((event, resource, payload))

    async def put_markdown(self, *, key: str, markdown: str, description: str) -> None:
        self.artifacts[key] = markdown


@contextmanager
def plain_stages() -> Iterator[Shelf]:
    """Every task that a stage or the flow calls is, within this block, the function it is made of."""
    shelf = Shelf()
    before = [(module, dict(vars(module))) for module in MODULES]
    for module, names in before:
        for name, value in names.items():
            if isinstance(value, Task):
                setattr(module, name, value.fn)
    vars(tasks.send).update(acreate_markdown_artifact=shelf.put_markdown)
    vars(tasks.inbox).update(emit_event=shelf.tell)
    vars(tasks.report).update(acreate_table_artifact=shelf.put_table, acreate_markdown_artifact=shelf.put_markdown)
    try:
        yield shelf
    finally:
        for module, names in before:
            vars(module).update(names)


async def start_campaign(wiring: Wiring, url: str, **options: Any) -> int:
    """The sample user's campaign over the sample world at `url`. Returns its id."""
    profile = await import_profile(wiring.uow, resume=sample_path("resume.txt"), user_id=wiring.user_id)
    given = {"review": "auto", "venues": [{"kind": "yc", "source": url}], "replay": url, "offline": True} | options
    async with wiring.uow() as uow:
        campaign = await open_campaign(
            uow, name="sample", options=given, profile_id=profile.id or 0, user_id=wiring.user_id, now=wiring.now()
        )
    return campaign.id or 0


async def take_snapshots(root: Path, url: str) -> None:
    """Run the sample campaign stage by stage, and copy its directory to `root/NAME` after each."""
    home = root / "home"
    async with opened(manager=ConfigManager(home), offline=True, replay=url, source=url) as wiring:
        await start_campaign(wiring, url)
    for name, stage in STAGES.items():
        async with opened(manager=ConfigManager(home), offline=True, replay=url, source=url):
            await stage()(CAMPAIGN)
        # Closed, the database is one file.
        shutil.copytree(home, root / name)


async def rows_of(wiring: Wiring, stage: str) -> dict[int, JobRow]:
    """The ledger's rows of a stage by lead."""
    query = sa.select(JobRow).filter_by(job_id=stage_job_id(CAMPAIGN, stage))
    async with wiring.uow() as uow:
        return {row.row_number: row for row in await uow.session.scalars(query)}


async def calls_made(wiring: Wiring) -> int:
    """How many model calls were logged, failed ones too."""
    async with wiring.uow() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(agentlog)) or 0
