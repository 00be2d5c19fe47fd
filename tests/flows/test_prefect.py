"""The main job under a real Prefect server: what its store is told, and what it is not."""

from __future__ import annotations

import gc
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker

from flows.campaign import campaign
from flows.inbox import inbox
from flows.outreach import outreach
from ingot.actions.review import Approval, approve
from ingot.cli.sample import ADDRESS
from ingot.config.manager import ConfigManager
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ConfigError, LLMError
from ingot.sample import SampleServer
from ingot.wiring import Wiring, opened
from tests.cli.mailbox import USER, running_mailbox
from tests.fakes.entities import add_campaign, add_drafted
from tests.fakes.plain_stages import CAMPAIGN, calls_made, start_campaign
from tests.fakes.prefect_server import PrefectServer
from tests.fakes.twisted_client import put_in

MARKER = "Zaubernuss-Zeppelin"
_RECORDED_DEADLINE_S = 60.0


async def personal_data(wiring: Wiring) -> set[str]:
    """What must stand in no store but ours: the user, the people, the addresses, the letters."""
    async with wiring.uow() as uow:
        profile = await uow.profiles.active(wiring.user_id)
        assert profile is not None
        found = {profile.name, profile.email, profile.phone, ADDRESS, profile.resume_raw_text.splitlines()[8], MARKER}
        for lead in await uow.leads.of_campaign(CAMPAIGN):
            found |= {lead.person_name, lead.person_email}
            for page in await uow.pages.of_lead(lead.id or 0):
                found |= {person[key] for person in page.people for key in ("name", "email")}
                found |= {entry["email"] for entry in page.addresses}
            if letter := await uow.letters.of_lead(lead.id or 0):
                found |= {letter.subject_a, *(line for line in letter.body.splitlines() if len(line) > 20)}
    return found - {""}


async def drained(server: PrefectServer, task_runs: int) -> None:
    """Until everything is recorded that was told."""
    APILogWorker.instance().drain()
    for worker in (APILogWorker, EventsWorker):
        result: Any = worker.drain_all(timeout=30)
        if result is not None and hasattr(result, "__await__"):
            await result
    await recorded(server, "task_run", "state_type IN ('COMPLETED', 'FAILED')", count=task_runs)


async def recorded(server: PrefectServer, table: str, where: str, *, count: int) -> None:
    """Until Prefect's store holds so many rows."""
    deadline = time.monotonic() + _RECORDED_DEADLINE_S
    while server.count(table, where) < count:
        assert time.monotonic() < deadline, f"Prefect has not recorded {count} rows in {table}"
        await anyio.sleep(0.05)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    ConfigManager(tmp_path).set("mailing_address", ADDRESS)
    return tmp_path


@pytest.fixture(autouse=True)
def _sockets_of_prefect_are_collected() -> Iterator[None]:
    """Prefect leaves the sockets of its event clients to the garbage collector, which would warn in a later test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.real  # starts a real Prefect server; `make campaign` runs the same flow on the ephemeral one
@pytest.mark.parametrize("limit", [2, 10])
async def test_the_campaign_drafts_to_its_limit_and_tells_prefect_nothing_personal(
    prefect_server: PrefectServer, sample: SampleServer, home: Path, limit: int
) -> None:
    runs_before = prefect_server.count("task_run")
    async with opened(manager=ConfigManager(home), offline=True, replay=sample.url, source=sample.url) as wiring:
        await start_campaign(wiring, sample.url, limit=limit)
        broken = dict[str, int | None]()

        def stumble(prompt: Any, answer: Any) -> Any:
            # Once each: what an unexpected fault says, and what caused an expected one, may quote a letter.
            if prompt.name in {"questions", "write_letter"} and prompt.name not in broken:
                broken[prompt.name] = prompt.lead_id
                fault = ValueError(f"{MARKER}: {answer}")
                if prompt.name == "write_letter":
                    raise fault
                raise LLMError("The model refused.") from fault
            return answer

        put_in(wiring, stumble)
        counts = await campaign(name="sample")
        assert counts["drafted"] == limit
        assert counts["failed"] == 2
        calls = await calls_made(wiring)
        async with wiring.uow() as uow:
            pool = len(await uow.leads.of_campaign(CAMPAIGN))
            failed = await uow.leads.due_for(LeadStatus.failed, campaign_id=CAMPAIGN)
        assert {lead.id for lead in failed} == set(broken.values())

        assert await campaign(name="sample") == counts
        assert await calls_made(wiring) == calls
        # Two a lead of the pool, three a letter, and those of the two that failed.
        await drained(prefect_server, runs_before + 2 * pool + 3 * limit + 5)
        secrets = await personal_data(wiring)
    stored = prefect_server.stored()
    assert len(secrets) > 10
    assert "campaign sample" in stored
    assert f"research lead {failed[0].id}" in stored
    assert failed[0].company_name in stored
    assert "The model refused." in stored
    escaped = {text.encode("unicode_escape").decode() for text in secrets}
    assert {text for text in secrets | escaped if text in stored} == set()
    assert "Unexpected ValueError" in stored
    logs = "".join(path.read_text() for path in (home / "logs").rglob("*") if path.is_file())
    assert {text for text in secrets if text in logs} == set()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.real
async def test_sending_and_hearing_back_tell_prefect_nothing_personal(
    prefect_server: PrefectServer, home: Path
) -> None:
    runs_before = prefect_server.count("task_run")
    manager = ConfigManager(home)
    now = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    with running_mailbox(manager) as mailbox:
        async with opened(manager=manager, offline=True, now=lambda: now) as wiring:
            async with wiring.uow() as uow:
                letter = await add_drafted(uow, await add_campaign(uow))
                await uow.commit()
            approval = Approval(config=wiring.config, links=wiring.links, who="test", now=now)
            async with wiring.uow() as uow:
                await approve(uow, [letter.id or 0], approval)
            assert (await outreach())["sent"] == 1
            mailbox.answer(f"Hello Imre, let us meet. {MARKER}")
            assert (await inbox())["told"] == 1
            wiring.config.imap.host, host = "", wiring.config.imap.host
            with pytest.raises(ConfigError):
                await inbox()
            wiring.config.imap.host = host
            await drained(prefect_server, runs_before + 4 + 3 + 1)
    await recorded(prefect_server, "events", "event LIKE 'ingot.reply.%'", count=1)
    stored = prefect_server.stored()
    assert "send due letters" in stored
    secrets = {"bo@millpond1.example", USER, "Bo Reed", MARKER, letter.subject_a, letter.subject_b, ADDRESS}
    assert {text for text in secrets if text in stored} == set()
