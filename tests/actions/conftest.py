"""One dialect for all engines of these tests: SQLAlchemy compiles each statement once per dialect (a third of their time)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from ingot.db.engine import create_engine

_SHARED: dict[str, Any] = {}


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    inner = engine.sync_engine
    if inner.dialect.name == "sqlite":
        inner.dialect, inner._compiled_cache = _SHARED.setdefault("sqlite", (inner.dialect, inner._compiled_cache))
    try:
        yield engine
    finally:
        await engine.dispose()
