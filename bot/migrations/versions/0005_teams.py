"""Microsoft Teams: addresses and dead letters; posts that may stand twice; what a sweep could not check"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "id", "kind"),
    )
    op.create_table(
        "dead_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("activity", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("said_at", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("platform", "key"),
    )
    with op.batch_alter_table("posts") as posts:
        posts.add_column(sa.Column("maybe_twice", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("sweeps") as sweeps:
        sweeps.add_column(sa.Column("limits", sa.JSON(), nullable=False, server_default="[]"))
    for table, column in (("posts", "maybe_twice"), ("sweeps", "limits")):
        with op.batch_alter_table(table) as altered:
            altered.alter_column(column, server_default=None)  # it was for the rows that were there


def downgrade() -> None:
    with op.batch_alter_table("sweeps") as sweeps:
        sweeps.drop_column("limits")
    with op.batch_alter_table("posts") as posts:
        posts.drop_column("maybe_twice")
    op.drop_table("dead_letters")
    op.drop_table("addresses")
