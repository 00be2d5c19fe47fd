"""The user's own programs hear of each event once, and can neither stop a run nor be somebody else's."""

import asyncio
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingot.actions.hook_files import find_hooks, run_hook
from ingot.actions.hooks import run_hooks
from ingot.db.tables import audit_logs
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.event import DomainEvent

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "hooks"
    folder.mkdir(mode=0o700)
    return tmp_path


def put(home: Path, event: str, script: str, *, age_s: float = 60, mode: int = 0o700) -> Path:
    path = home / "hooks" / f"on_{event}"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(mode)
    then = time.time() - age_s
    os.utime(path, (then, then))
    return path


async def happened(uow: Uow, *events: str) -> None:
    async with uow() as work:
        work.collect_events(
            *(
                DomainEvent(event_type=event, aggregate_type="email", aggregate_id=str(no), payload={"lead_id": 7})
                for no, event in enumerate(events)
            )
        )
        await work.commit()


def now() -> datetime:
    return datetime.now(UTC)


async def told(uow: Uow, home: Path, **more: float) -> list[str]:
    return [run.failure for run in await run_hooks(uow, base_dir=home, now=now, **more)]


async def test_each_event_is_told_once_in_order_as_json(uow: Uow, home: Path):
    put(home, "EmailSent", 'cat >> "$INGOT_BASE_DIR/heard"')
    await happened(uow, "EmailSent", "EmailDrafted", "EmailSent")
    assert await told(uow, home) == ["", ""]
    assert await told(uow, home) == []
    heard = [json.loads(line) for line in (home / "heard").read_text().splitlines()]
    assert [(event["event"], event["aggregate_id"]) for event in heard] == [("EmailSent", "0"), ("EmailSent", "2")]
    assert heard[0]["payload"] == {"lead_id": 7}


async def test_what_happened_before_a_hook_was_put_there_is_old_news(uow: Uow, home: Path):
    await happened(uow, "EmailSent")
    put(home, "EmailSent", "cat > /dev/null", age_s=-5)
    assert await told(uow, home) == []


async def test_what_happened_more_than_a_day_ago_is_let_go(uow: Uow, home: Path):
    put(home, "EmailSent", "cat > /dev/null")
    await happened(uow, "EmailSent")
    assert await run_hooks(uow, base_dir=home, now=lambda: now() + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ("exit 3", "it ended with 3"),
        ("sleep 60", "it ran longer than 0.5 s and was stopped"),
        ("kill -9 $$", "it ended with -9"),
    ],
)
async def test_a_hook_that_fails_is_noted_and_the_next_event_is_told(uow: Uow, home: Path, script: str, failure: str):
    put(home, "EmailSent", script)
    put(home, "EmailApproved", "cat > /dev/null")
    await happened(uow, "EmailSent", "EmailApproved")
    assert await told(uow, home, seconds=0.5) == [failure, ""]
    async with uow() as work:
        notes = (await work.session.scalars(sa.select(audit_logs.c.message))).all()
    assert notes == [f"The hook on_EmailSent failed: {failure}."]


async def test_a_file_that_cannot_be_started_is_a_failure_not_an_error(uow: Uow, home: Path):
    put(home, "EmailSent", "").write_text("no shebang \x00")
    await happened(uow, "EmailSent")
    assert await told(uow, home) == ["it could not be started (OSError)"]


async def test_what_a_hook_prints_is_kept_in_a_log_of_the_user_alone(uow: Uow, home: Path):
    put(home, "EmailSent", "echo out; echo err >&2; exit 1")
    await happened(uow, "EmailSent")
    [failure] = await told(uow, home)
    log = home / "logs" / "hooks.log"
    assert log.read_text() == "out\nerr\n"
    assert log.stat().st_mode & 0o777 == 0o600
    assert "out" not in failure


async def test_a_hook_sees_no_secret_of_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-marker")
    put(home, "EmailSent", 'env > "$INGOT_BASE_DIR/env"')
    [hook] = find_hooks(home)
    assert (await run_hook(hook, {}, base_dir=home)).failure == ""
    assert "sk-marker" not in (home / "env").read_text()


async def test_what_a_hook_leaves_running_is_stopped_with_it(home: Path):
    put(home, "EmailSent", '(sleep 1; touch "$INGOT_BASE_DIR/late") & sleep 60')
    [hook] = find_hooks(home)
    assert "stopped" in (await run_hook(hook, {}, base_dir=home, seconds=0.3)).failure
    await asyncio.sleep(1.2)
    assert not (home / "late").exists()


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (0o777, "it can be written by others: chmod go-w"),
        (0o720, "it can be written by others: chmod go-w"),
        (0o600, ""),
    ],
)
def test_what_others_could_have_written_does_not_run(home: Path, mode: int, why: str):
    put(home, "EmailSent", "true", mode=mode)
    [hook] = find_hooks(home)
    if why:
        assert hook.refused == why
    elif os.geteuid():  # root may run nothing that has no executable bit either
        assert hook.refused == "it is not executable: chmod +x"
    else:
        assert "executable" in hook.refused


def test_a_folder_that_others_can_write_runs_nothing(home: Path):
    put(home, "EmailSent", "true")
    (home / "hooks").chmod(0o777)
    assert [hook.refused for hook in find_hooks(home)] == ["its folder can be written by others: chmod go-w"]


def test_other_files_and_dangling_links_are_no_hooks(home: Path):
    (home / "hooks" / "README").write_text("on_EmailSent is my hook")
    (home / "hooks" / "on_EmailSent.bak").write_text("")
    (home / "hooks" / "on_EmailOpened").symlink_to(home / "nowhere")
    (home / "hooks" / "on_EmailDrafted").mkdir()
    assert [(hook.event, hook.refused) for hook in find_hooks(home)] == [
        ("EmailDrafted", "it is no file"),
        ("EmailOpened", "it leads nowhere"),
    ]
