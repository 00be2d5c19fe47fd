"""Tables of the web reader."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from ingot.db.columns import UTCDateTime
from ingot.db.tables.base import metadata, row_id, text

web_cache = Table(
    "web_cache",
    metadata,
    row_id(),
    Column("url", Text, nullable=False),
    text("final_url"),
    Column("status", Integer, nullable=False),
    text("content_type"),
    Column("body", LargeBinary, nullable=False),
    text("sha256"),
    text("etag"),
    text("last_modified"),
    Column("fetched_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    UniqueConstraint("url"),
)
# What is old is deleted by the time it was fetched.
Index("ix_web_cache_fetched_at", web_cache.c.fetched_at)
