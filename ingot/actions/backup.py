"""Everything INGOT knows in one file, taken while it runs: the database, the configuration, the user's own files."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingot.config.archive import Contents, pack, unpack
from ingot.config.crypto import KEY_FILE
from ingot.config.private_file import make_private_directory
from ingot.db.engine import LOCK_DEADLINE_S, parse_url
from ingot.errors import ConfigError, DBError

DATABASE = "outreach.db"
FOLDER = "backups"
# Logs are no data; the database is copied by itself, as the files beside it belong to a moment of its own.
_LEFT_OUT = frozenset({"logs", FOLDER, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"})


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was written and read back. `rows` counts those of all tables; `dropped` names older ones that were deleted."""

    path: Path
    files: int
    rows: int
    holds_key: bool
    dropped: tuple[str, ...] = ()


def make_backup(
    base_dir: Path, url: str, *, to: Path | None, with_key: bool, keep: int | None, now: datetime
) -> Backup:
    """Write a backup to `to`, or under a name of its own into `backups/`, where only the newest `keep` of those stay.

    Raises `ConfigError` for a database that is no file, and where the backup cannot be written or read back.
    """
    path = to or base_dir / FOLDER / f"ingot-{now:%Y%m%d-%H%M%S}.tar.gz"
    database = database_file(url)
    make_private_directory(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        copy = Path(place) / DATABASE
        _copy_online(database, copy)
        files = {DATABASE: copy, **_own_files(base_dir, with_key=with_key)}
        rows = count_rows(copy)
        contents = pack(files, path, {"made_at": now.isoformat(timespec="seconds"), "rows": rows})
    dropped = _drop_old(base_dir / FOLDER, keep) if keep is not None and to is None else ()
    return Backup(path=path, files=len(contents.sums), rows=rows, holds_key=KEY_FILE in contents.sums, dropped=dropped)


def opened_backup(path: Path, directory: Path) -> Contents:
    """Unpack a backup into an empty directory and look its database over. `ConfigError` or `DBError` where it is not whole."""
    contents = unpack(path, directory)
    if DATABASE not in contents.sums:
        raise ConfigError(f"{path} holds no database.", hint="Use another backup.")
    if count_rows(directory / DATABASE) != contents.facts.get("rows"):
        raise DBError("The backup's database does not hold what its list says.", hint="Use another backup.")
    return contents


def database_file(url: str) -> Path:
    """The file of a SQLite URL. `ConfigError` for another database, which has tools of its own."""
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise ConfigError(
            "The data stands in Postgres, which is backed up with its own tool.",
            hint="Run: pg_dump --format=custom --file ingot.dump DATABASE, and copy the config directory beside it.",
        )
    return Path(parsed.database or "")


def count_rows(path: Path) -> int:
    """The rows of all tables of a SQLite file. `DBError` where it is damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DBError("The copy of the database is damaged.", hint="Run `ingot doctor`; use another backup.")
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)  # noqa: S608 - names from the file itself
        except sqlite3.DatabaseError as error:
            raise DBError("The copy of the database cannot be read.", hint="Use another backup.") from error


def _copy_online(database: Path, copy: Path) -> None:
    """A copy as of one moment, while others write."""
    if not database.is_file():
        raise ConfigError("There is nothing to back up yet.", hint="Begin with `ingot setup`.")
    copy.touch(mode=0o600)
    source = f"{database.absolute().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(source, uri=True, timeout=LOCK_DEADLINE_S)) as live,
            closing(sqlite3.connect(copy)) as dead,
        ):
            live.backup(dead)
            dead.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left beside it
    except sqlite3.Error as error:
        raise DBError(
            "The database cannot be copied.", hint="Check the free space, and that no other program holds it."
        ) from error


def _own_files(base_dir: Path, *, with_key: bool) -> dict[str, Path]:
    """The other files of the base directory by their names in it. Links are not followed, temporary files left out."""
    found: dict[str, Path] = {}
    for path in sorted(base_dir.rglob("*")):
        name = path.relative_to(base_dir)
        is_ours = name.parts[0] not in _LEFT_OUT and path.suffix != ".tmp"
        if is_ours and (with_key or name.parts[0] != KEY_FILE) and path.is_file() and not path.is_symlink():
            found[name.as_posix()] = path
    return found


def _drop_old(folder: Path, keep: int) -> tuple[str, ...]:
    old = sorted(folder.glob("ingot-????????-??????.tar.gz"))[:-keep]
    for path in old:
        path.unlink()
    return tuple(path.name for path in old)
