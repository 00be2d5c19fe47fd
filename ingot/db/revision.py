"""Whether a SQLite file is of the version of this INGOT: looked up without the migration tool, which takes long to load."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path


def migrations_dir() -> Path:
    """Where the migrations are: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    candidates = (package.parents[1] / "alembic", package / "migrations")
    return next(path for path in candidates if (path / "env.py").is_file())


@cache
def newest() -> str:
    """The revision this code is written for: migrations are numbered, and their files begin with the number."""
    return max(path.name.partition("_")[0] for path in (migrations_dir() / "versions").glob("[0-9]*_*.py"))


def is_current(path: Path) -> bool:
    """Whether the file is a database of ours that needs no migration. It is only read; whatever is wrong makes it False."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest(),)]
    except sqlite3.Error:  # locked, damaged, foreign: the migration looks closer and says which
        return False
