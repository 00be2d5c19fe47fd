"""when an event's hook was started

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('outbox', sa.Column('hooked_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        'ix_outbox_unhooked', 'outbox', ['event_type', 'created_at'], unique=False,
        sqlite_where=sa.text('hooked_at IS NULL'), postgresql_where=sa.text('hooked_at IS NULL'),
    )


def downgrade() -> None:
    op.drop_index('ix_outbox_unhooked', table_name='outbox')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('hooked_at')
