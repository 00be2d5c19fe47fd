"""A backup taken while INGOT runs, and the way back to it."""

import asyncio
import sqlite3
import stat
import tarfile
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.backup import DATABASE, count_rows, make_backup
from ingot.actions.restore import restore
from ingot.config.archive import pack
from ingot.config.manager import ConfigManager
from ingot.db.engine import create_engine, create_sync_engine, sessions
from ingot.db.tables import delivery, mail_account
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryKind, DeliveryStatus
from ingot.errors import ConfigError, DBError
from tests.fakes.outgoing import MONDAY, add_follow_up, add_queued, open_campaign

pytestmark = pytest.mark.long

NOW = MONDAY


@pytest.fixture
def base_dir(tmp_path: Path, sqlite_template: Path) -> Path:
    """A base directory with a configuration, a secret, a hook and a database."""
    manager = ConfigManager(tmp_path / "base")
    manager.update({"smtp.password": "pa55-of-mine", "mailing_address": "Kade 1, Goes"})
    hook = manager.base_dir / "hooks" / "on_EmailSent"
    hook.write_text("#!/bin/sh\n")
    hook.chmod(0o700)
    (manager.base_dir / "logs" / "ingot.log").write_text("no data\n")
    (manager.base_dir / DATABASE).write_bytes(sqlite_template.read_bytes())
    return manager.base_dir


def url_of(base_dir: Path) -> str:
    return f"sqlite+aiosqlite:///{base_dir / DATABASE}"


def backed_up(base_dir: Path, **changes: Any) -> Path:
    given: dict[str, Any] = {"to": None, "with_key": True, "keep": None, "now": NOW} | changes
    return make_backup(base_dir, url_of(base_dir), **given).path


async def filled(base_dir: Path, fill: Callable[[SqlAlchemyUnitOfWork], Awaitable[None]]) -> None:
    engine = create_engine(url_of(base_dir))
    try:
        async with SqlAlchemyUnitOfWork(sessions(engine)) as work:
            await fill(work)
            await work.commit()
    finally:
        await engine.dispose()


def rows_of(base_dir: Path, *columns: sa.Column[Any]) -> list[tuple[Any, ...]]:
    engine = create_sync_engine(url_of(base_dir))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*columns))]
    finally:
        engine.dispose()


def test_a_backup_is_private_and_holds_all_but_the_logs(base_dir: Path) -> None:
    path = backed_up(base_dir)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with tarfile.open(path) as archive:
        names = set(archive.getnames())
    assert {"manifest.json", DATABASE, "config.json", ".key", "hooks/on_EmailSent"} == names


def test_a_backup_without_the_key_opens_no_password(base_dir: Path, tmp_path: Path) -> None:
    with tarfile.open(backed_up(base_dir, with_key=False, to=tmp_path / "b.tar.gz")) as archive:
        assert ".key" not in archive.getnames()


def test_an_open_transaction_of_somebody_else_is_not_in_it(base_dir: Path) -> None:
    before = count_rows(base_dir / DATABASE)
    with closing(sqlite3.connect(base_dir / DATABASE)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        other.execute(
            "INSERT INTO unsubscribedemail (email_address, unsubscribe_reason, unsubscribed_at) VALUES ('a@b.example', 'x', '2026-11-23')"
        )
        made = make_backup(base_dir, url_of(base_dir), to=None, with_key=True, keep=None, now=NOW)
        other.rollback()
    assert made.rows == before


def test_only_the_newest_backups_are_kept(base_dir: Path) -> None:
    paths = [backed_up(base_dir, now=NOW + timedelta(days=day), keep=2) for day in range(4)]
    assert [path.exists() for path in paths] == [False, False, True, True]


def test_a_backup_never_replaces_a_file(base_dir: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("mine")
    with pytest.raises(ConfigError, match="there already"):
        backed_up(base_dir, to=target)
    assert target.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".letter")] == []


class Growing(dict[str, Path]):
    """Somebody writes to the files between two looks at them."""

    def items(self) -> Any:
        for path in self.values():
            path.write_text(f"{path.read_text()}more\n")
        return super().items()


def test_a_file_that_changes_under_way_makes_no_backup(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a\n")
    with pytest.raises(ConfigError, match="changed meanwhile"):
        pack(Growing({"list.csv": tmp_path / "list.csv"}), tmp_path / "b.tar.gz", {})
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_a_restored_directory_holds_what_was_backed_up(base_dir: Path, tmp_path: Path) -> None:
    path = backed_up(base_dir, to=tmp_path / "b.tar.gz")
    rows = count_rows(base_dir / DATABASE)
    elsewhere = tmp_path / "fresh"
    restore(path, elsewhere, replace_it=False, who="test", now=NOW)
    assert ConfigManager(elsewhere).load().smtp.password.get_secret_value() == "pa55-of-mine"
    assert (elsewhere / "hooks" / "on_EmailSent").stat().st_mode & 0o100
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
    assert stat.S_IMODE((elsewhere / ".key").stat().st_mode) == 0o600
    assert count_rows(elsewhere / DATABASE) == rows + 1  # the note in the audit log


def test_what_is_there_is_moved_aside_and_only_when_asked(base_dir: Path, tmp_path: Path) -> None:
    path = backed_up(base_dir, to=tmp_path / "b.tar.gz")
    (base_dir / "later.txt").write_text("written after the backup")
    with pytest.raises(ConfigError, match="already"):
        restore(path, base_dir, replace_it=False, who="test", now=NOW)
    done = restore(path, base_dir, replace_it=True, who="test", now=NOW)
    assert done.set_aside is not None
    assert (done.set_aside / "later.txt").read_text() == "written after the backup"
    assert not (base_dir / "later.txt").exists()


def test_letters_that_may_have_left_since_are_looked_for_before_they_are_sent(base_dir: Path, tmp_path: Path) -> None:
    async def fill(work: SqlAlchemyUnitOfWork) -> None:
        campaign = await open_campaign(work)
        await add_queued(work, campaign)
        sent = await add_queued(work, campaign, 2, status=DeliveryStatus.sent)
        await add_follow_up(work, sent, due_at=NOW - timedelta(hours=1))
        await add_follow_up(work, sent, 7, due_at=NOW + timedelta(days=30))

    asyncio.run(filled(base_dir, fill))
    path = backed_up(base_dir, to=tmp_path / "b.tar.gz")
    done = restore(path, base_dir, replace_it=True, who="test", now=NOW)
    assert (done.in_doubt, done.dropped) == (1, 1)
    stands = sorted(str(status) for _, status in rows_of(base_dir, delivery.c.id, delivery.c.status))
    assert stands == ["queued", "sent", "skipped", "unknown"]
    kinds = {status: kind for kind, status in rows_of(base_dir, delivery.c.kind, delivery.c.status)}
    assert kinds["unknown"] is DeliveryKind.letter
    assert kinds["queued"] is DeliveryKind.follow_up
    [(reason,)] = rows_of(base_dir, mail_account.c.pause_reason)
    assert str(reason).startswith("Restored from a backup of 20")


def test_a_backup_is_not_restored_while_another_process_writes(base_dir: Path, tmp_path: Path) -> None:
    path = backed_up(base_dir, to=tmp_path / "b.tar.gz")
    with closing(sqlite3.connect(base_dir / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DBError, match="Another INGOT"):
            restore(path, base_dir, replace_it=True, who="test", now=NOW)


@pytest.mark.parametrize("harm", ["cut", "bit", "text", "empty", "link", "outside"])
def test_a_harmed_backup_changes_nothing(base_dir: Path, tmp_path: Path, harm: str) -> None:
    path = backed_up(base_dir, to=tmp_path / "b.tar.gz")
    body = path.read_bytes()
    if harm in {"link", "outside"}:
        member = tarfile.TarInfo("hooks/x" if harm == "link" else "../outside")
        if harm == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        with tarfile.open(path, "r:gz") as old, tarfile.open(tmp_path / "n.tar.gz", "w:gz") as new:
            for found in old:
                new.addfile(found, old.extractfile(found))
            new.addfile(member)
        path = tmp_path / "n.tar.gz"
    else:
        middle = len(body) // 2
        flipped = body[:middle] + bytes([body[middle] ^ 0xFF]) + body[middle + 1 :]
        path.write_bytes({"cut": body[:middle], "bit": flipped, "text": b"no archive", "empty": b""}[harm])
    marker = base_dir / "marker"
    marker.write_text("stays")
    before = set(tmp_path.iterdir())
    with pytest.raises((ConfigError, DBError)):
        restore(path, base_dir, replace_it=True, who="test", now=NOW)
    assert marker.read_text() == "stays"
    assert set(tmp_path.iterdir()) == before
