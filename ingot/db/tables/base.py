"""The metadata that all tables share, and the columns that many of them have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Text

from ingot.db.columns import UTCDateTime

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def utc_now() -> datetime:
    """The default of time columns."""
    return datetime.now(UTC)


def row_id() -> Column[int]:
    """The integer primary key."""
    return Column("id", Integer, primary_key=True)


def text(name: str) -> Column[str]:
    """Without a length: pages and venues send titles and names of any, and Postgres would refuse the whole row."""
    return Column(name, Text, nullable=False, default="")


def json(name: str, default: type[Any]) -> Column[Any]:
    """A JSON value, empty unless given."""
    return Column(name, sa.JSON, nullable=False, default=default)


def count(name: str) -> Column[int]:
    """A number that starts at 0."""
    return Column(name, Integer, nullable=False, default=0)


def created(name: str = "created_at") -> Column[Any]:
    """When the row was made."""
    return Column(name, UTCDateTime, nullable=False, default=utc_now)


def updated() -> Column[Any]:
    """When the row was last changed."""
    return Column("updated_at", UTCDateTime, nullable=False, default=utc_now, onupdate=utc_now)


def moment(name: str) -> Column[Any]:
    """A time that may not have come yet."""
    return Column(name, UTCDateTime)


def belongs_to(name: str, target: str, *, nullable: bool = False, index: bool = True, **options: Any) -> Column[Any]:
    """A foreign key; the row goes when what it belongs to goes."""
    return Column(name, ForeignKey(target, ondelete="CASCADE", **options), nullable=nullable, index=index)


def of_user(*, index: bool = True) -> Column[str]:
    """Whose row it is."""
    return Column("user_id", String(64), nullable=False, default="user_local", index=index)
