"""what became of a gate's yes

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('gate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('approvals', sa.Integer(), nullable=False, server_default=sa.text('0')))
        batch_op.add_column(sa.Column('continued_at', sa.DateTime(timezone=True), nullable=True))
    # What was decided before is the business of the next run by hand, as it was.
    op.execute("UPDATE gate SET approvals = 1, continued_at = decided_at WHERE decision = 'approve'")


def downgrade() -> None:
    with op.batch_alter_table('gate', schema=None) as batch_op:
        batch_op.drop_column('continued_at')
        batch_op.drop_column('approvals')
