"""Tables of users, their secrets and profiles: whose mailbox it is, and what their résumé says."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from ingot.db.columns import ValueList
from ingot.db.tables.base import (
    created,
    json,
    metadata,
    of_user,
    row_id,
    text,
    updated,
)
from ingot.domain.user import Education, Experience, Project

users = Table(
    "users",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("email_verified", sa.Boolean, nullable=False, default=False),
    created(),
    updated(),
)

encrypted_secrets = Table(
    "encrypted_secrets",
    metadata,
    row_id(),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    text("secret_type"),
    text("encrypted_value"),
    created(),
    updated(),
    Index("ix_encrypted_secrets_user_type", "user_id", "secret_type", unique=True),
)

userprofile = Table(
    "userprofile",
    metadata,
    row_id(),
    text("name"),
    text("headline"),
    json("skills", list),
    Column("experience", ValueList(Experience), nullable=False, default=list),
    Column("education", ValueList(Education), nullable=False, default=list),
    Column("projects", ValueList(Project), nullable=False, default=list),
    text("github_url"),
    text("linkedin_url"),
    text("email"),
    text("phone"),
    text("location"),
    text("resume_raw_text"),
    of_user(index=False),
    Column("version", Integer, nullable=False, default=1),
    Column("active", sa.Boolean, nullable=False, default=True),
    text("source_name"),
    created(),
    updated(),
    UniqueConstraint("user_id", "version"),
)

preference = Table(
    "preference",
    metadata,
    row_id(),
    Column("user_id", String(64), nullable=False, unique=True),
    json("wishes", dict),
    json("weights", dict),
    json("proposal", dict),
    updated(),
)
