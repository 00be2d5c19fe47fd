"""What is remembered of models: answers, forms, and how drafts were judged."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from ingot.db.tables.base import belongs_to, count, created, json, metadata, row_id, text, updated

modelcall = Table(
    "modelcall",
    metadata,
    row_id(),
    Column("call_key", String(64), nullable=False, unique=True),
    text("agent_name"),
    text("model"),
    text("answer"),
    text("prompt_name"),
    text("prompt_hash"),
    json("inputs", dict),
    # No foreign key: an answer that was paid for stays when its lead goes.
    Column("lead_id", Integer),
    count("input_tokens"),
    count("output_tokens"),
    count("cost_micro_usd"),
    created(),
)

modelform = Table(
    "modelform",
    metadata,
    row_id(),
    Column("model", Text, nullable=False),
    Column("url", Text, nullable=False),
    text("form"),
    json("rejected", list),
    updated(),
    UniqueConstraint("model", "url"),
)

evalrun = Table(
    "evalrun",
    metadata,
    row_id(),
    text("label"),
    text("model"),
    text("golden_hash"),
    json("prompt_hashes", dict),
    json("summary", dict),
    count("duration_ms"),
    count("cost_micro_usd"),
    created(),
)

evaldraft = Table(
    "evaldraft",
    metadata,
    row_id(),
    belongs_to("evalrun_id", "evalrun.id"),
    text("case_name"),
    text("status"),
    json("parts", dict),
    json("measures", dict),
    json("refused", list),
    UniqueConstraint("evalrun_id", "case_name"),
)
