"""The three tables for rows that are prepared: values go to the driver as they are.

Measured with 10,000 companies: SQLAlchemy's own conversion of each value takes as long as SQLite takes to store it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeDecorator

from ingot.db.columns import UTCDateTime
from ingot.db.tables import lead, lead_key, lead_source


class _ReadyJSON(TypeDecorator[str]):
    """A JSON value, given as its text."""

    impl = sa.JSON
    cache_ok = True

    def bind_processor(self, dialect: sa.Dialect) -> None:
        """Nothing is left to do."""


class _ReadyMoment(TypeDecorator[Any]):
    """A moment, given as `moment_for` makes it."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: sa.Dialect) -> None:
        """Nothing is left to do."""


def moment_for(dialect: sa.Dialect, moment: datetime) -> Any:
    """The moment as the driver stores it."""
    convert = UTCDateTime().bind_processor(dialect)
    return convert(moment) if convert else moment


json_text = json.JSONEncoder(separators=(",", ":")).encode
"""A JSON value as its text."""


def _ready(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    if isinstance(kind, sa.JSON):
        return _ReadyJSON()
    if isinstance(kind, UTCDateTime):
        return _ReadyMoment()
    return sa.Text() if isinstance(kind, sa.Enum) else kind


def _bulk(table: sa.Table) -> sa.TableClause:
    return sa.table(table.name, *(sa.column(column.name, _ready(column.type)) for column in table.columns))


LEAD, KEY, SOURCE = _bulk(lead), _bulk(lead_key), _bulk(lead_source)
JSON_OF_LEAD = tuple(column.name for column in lead.columns if isinstance(column.type, sa.JSON))


async def insert_rows(
    session: AsyncSession, table: sa.TableClause, rows: Sequence[Mapping[str, Any]], *, pass_known: bool = False
) -> None:
    """Insert prepared rows, all with the same columns; `pass_known` passes over what a unique constraint knows already."""
    if not rows:
        return
    dialect = session.get_bind().dialect
    insert = (postgresql if dialect.name == "postgresql" else sqlite).insert(table)
    statement = insert.on_conflict_do_nothing() if pass_known else insert
    compiled = cast("SQLCompiler", statement.compile(dialect=dialect, column_keys=list(rows[0])))
    ordered = itemgetter(*(compiled.positiontup or ()))
    connection = await session.connection()
    await connection.exec_driver_sql(str(compiled), [ordered(row) for row in rows])
