import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from ingot.db.engine import create_sync_engine
from ingot.db.migrate import _config, upgrade
from ingot.db.tables import metadata
from ingot.errors import DBError
from tests.fakes.postgres_server import Postgres
from tests.fakes.processes import at_once, upgrade_now

pytestmark = pytest.mark.long


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.real)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'new' / 'ingot.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield url


def with_connection(url: str, look: Any) -> Any:
    engine = create_sync_engine(url)
    try:
        with engine.begin() as connection:
            return look(connection)
    finally:
        engine.dispose()


def downgrade(connection: sa.Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


def tables(url: str) -> set[str]:
    return with_connection(url, lambda connection: set(sa.inspect(connection).get_table_names()))


def test_an_upgrade_makes_every_table_and_can_be_taken_back_and_done_again(empty_url: str):
    for _ in range(2):
        upgrade(empty_url)
        assert tables(empty_url) == metadata.tables.keys() | {"alembic_version"}
        with_connection(empty_url, downgrade)
        assert tables(empty_url) == {"alembic_version"}


def test_the_migrations_end_where_the_tables_are(database_url: str):
    def differences(connection: sa.Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)

    assert with_connection(database_url, differences) == []


def test_the_migrations_make_every_check_that_the_tables_have(database_url: str):
    def made(connection: sa.Connection) -> dict[str, set[str | None]]:
        look = sa.inspect(connection)
        return {name: {check["name"] for check in look.get_check_constraints(name)} for name in metadata.tables}

    wanted = {
        name: {str(item.name) for item in table.constraints if isinstance(item, sa.CheckConstraint)}
        for name, table in metadata.tables.items()
    }
    assert with_connection(database_url, made) == wanted


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(sqlite_url: str, tmp_path: Path):
    before = (tmp_path / "ingot.db").read_bytes()
    upgrade(sqlite_url)
    assert (tmp_path / "ingot.db").read_bytes() == before


def test_two_processes_that_upgrade_at_once_both_succeed(empty_url: str):
    at_once(upgrade_now, (empty_url,), (empty_url,))
    assert tables(empty_url) == metadata.tables.keys() | {"alembic_version"}


def test_a_database_of_another_program_is_refused_and_stays_as_it_is(tmp_path: Path):
    path = foreign(tmp_path, "CREATE TABLE recipes (title TEXT)", "INSERT INTO recipes VALUES ('soup')")
    path.chmod(0o640)
    before = path.read_bytes()
    with pytest.raises(DBError, match="another program"):
        upgrade(f"sqlite+aiosqlite:///{path}")
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_database_with_our_tables_but_no_version_is_refused(tmp_path: Path):
    path = foreign(tmp_path, "CREATE TABLE lead (id INTEGER)")
    with pytest.raises(DBError, match="older INGOT without version"):
        upgrade(f"sqlite+aiosqlite:///{path}")


def test_a_database_of_a_newer_ingot_is_refused(sqlite_template: Path, tmp_path: Path):
    path = Path(shutil.copy(sqlite_template, tmp_path / "newer.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DBError, match="newer INGOT") as caught:
        upgrade(f"sqlite+aiosqlite:///{path}")
    assert "pip install --upgrade" in caught.value.hint
    assert path.read_bytes() == before


@pytest.mark.real
def test_a_foreign_postgres_database_is_refused(postgres_server: Postgres):
    with postgres_server.database() as url:
        with_connection(url, lambda connection: connection.exec_driver_sql("CREATE TABLE recipes (title TEXT)"))
        with pytest.raises(DBError, match="another program"):
            upgrade(url)
        assert tables(url) == {"recipes"}


def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("Not a database. " * 100)
    with pytest.raises(DBError, match="cannot be read"):
        upgrade(f"sqlite+aiosqlite:///{path}")
    assert path.read_text() == "Not a database. " * 100


def foreign(directory: Path, *statements: str) -> Path:
    path = directory / "foreign.db"
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path
