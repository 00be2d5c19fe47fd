"""Brings the database to the version of this INGOT, and refuses one that is not ours or is newer."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ingot.db.engine import LOCK_DEADLINE_S, create_sync_engine, parse_url
from ingot.db.revision import migrations_dir
from ingot.db.tables import metadata
from ingot.errors import ConfigError, DBError

# Any number, as long as every INGOT takes the same.
_UPGRADE_LOCK = 4_646_746


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    return config


@cache
def head() -> str:
    """The revision this code is written for."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def upgrade(url: str) -> None:
    """Run the migrations that are missing. One transaction: a killed upgrade leaves the old version.

    Raises `DBError` for a database that holds other tables, or that a newer INGOT made; it stays byte for byte as it was.
    """
    if _look_first(parse_url(url)) == head():
        return
    try:
        engine = create_sync_engine(url)
    except ModuleNotFoundError as error:
        raise ConfigError(
            "The Postgres driver is not installed.", hint="Install it: pip install ingot[postgres]."
        ) from error
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE lets one upgrade in by itself
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            current = MigrationContext.configure(connection).get_current_revision()
            if current == head():
                return
            _check_ours(connection, current)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except sa.exc.OperationalError as error:
        raise DBError(
            "The database does not answer.",
            hint="Check INGOT_DATABASE_URL, that its server runs and that the disk has room.",
        ) from error
    finally:
        engine.dispose()


def _look_first(url: sa.URL) -> str | None:
    """The revision of a SQLite file. A foreign one is refused before our engine turns it to WAL and takes others' rights."""
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not path.is_file() or not path.stat().st_size:
        return None
    address = f"{path.absolute().as_uri()}?mode=ro"
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=LOCK_DEADLINE_S),
        poolclass=sa.NullPool,
    )
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            _check_ours(connection, current)
            return current
    except sa.exc.DatabaseError as error:
        raise DBError(
            "The database file cannot be read: it is damaged, or no database; it was left as it is.",
            hint="Restore a copy of it, or name another one with INGOT_BASE_DIR or INGOT_DATABASE_URL.",
        ) from error


def _check_ours(connection: sa.Connection, current: str | None) -> None:
    if current is None:
        foreign = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        if foreign:
            known = "an older INGOT without version" if foreign & metadata.tables.keys() else "another program"
            raise DBError(
                f"The database was made by {known}; it was left as it is.",
                hint="Name another one with INGOT_BASE_DIR or INGOT_DATABASE_URL.",
            )
        return
    known_revisions = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current not in known_revisions:
        raise DBError(
            "The database was made by a newer INGOT; it was left as it is.",
            hint="Upgrade INGOT: pip install --upgrade ingot.",
        )
