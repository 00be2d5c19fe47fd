"""Runs migrations on the configured database: batch mode on SQLite, where a column cannot be altered in place.

From the command line the async engine is used, as everywhere; `ingot.db.migrate` hands in an open connection.
"""

from __future__ import annotations

import asyncio
from typing import Any

from alembic import context
from sqlalchemy.engine import Connection

from ingot.config.manager import ConfigManager
from ingot.db.engine import create_engine
from ingot.db.tables import metadata


def _render(kind: str, item: Any, _autogenerate: Any) -> str | bool:
    """Write our column types as what they are in the database: a migration must not change with the code."""
    if kind == "type" and type(item).__module__ == "ingot.db.columns":
        return {"UTCDateTime": "sa.DateTime(timezone=True)", "ValueList": "sa.JSON()"}[type(item).__name__]
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_async() -> None:
    engine = create_engine(ConfigManager().database_url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


handed_in = context.config.attributes.get("connection")
if handed_in is None:
    asyncio.run(_run_async())
else:
    _run(handed_in)
