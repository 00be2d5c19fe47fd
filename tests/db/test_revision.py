import sqlite3
from pathlib import Path

from ingot.db.migrate import head, upgrade
from ingot.db.revision import is_current, newest


def test_the_newest_file_is_the_revision_that_migrations_lead_to() -> None:
    assert newest() == head()


def test_a_database_is_current_only_at_the_newest_revision(tmp_path: Path) -> None:
    file = tmp_path / "ingot.db"
    assert not is_current(file)
    file.touch()
    assert not is_current(file)
    upgrade(f"sqlite+aiosqlite:///{file}")
    assert is_current(file)
    before = file.read_bytes()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    assert not is_current(file)
    file.write_bytes(before[:1000] + b"damaged" * 500)
    assert not is_current(file)
