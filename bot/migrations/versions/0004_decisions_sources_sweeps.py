"""Decisions, acts and sweeps; where words came from; how a view stands"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_STANDING = ("set_aside_at", "withheld_at", "missing_at")
_PROFILE = ("organisation", "party_category", "seat", "alternate_for")


def upgrade() -> None:
    _tables()
    with op.batch_alter_table("ledger") as ledger:
        ledger.add_column(
            sa.Column("post_id", sa.Integer(), sa.ForeignKey("posts.id", name="ledger_post"), nullable=True)
        )
        ledger.add_column(sa.Column("source", sa.String(length=40), nullable=False, server_default="thread"))
        ledger.add_column(sa.Column("context", sa.String(), nullable=True))
        ledger.add_column(sa.Column("entered_by", sa.String(), nullable=True))
        ledger.add_column(sa.Column("mark", sa.String(length=40), nullable=True))
        ledger.add_column(sa.Column("swept", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("words") as words:
        words.add_column(sa.Column("salt", sa.String(), nullable=True))
        words.add_column(sa.Column("raw", sa.String(), nullable=True))
    with op.batch_alter_table("views") as views:
        for name in _STANDING:
            views.add_column(sa.Column(name, sa.DateTime(), nullable=True))
        views.add_column(
            sa.Column("replaced_by", sa.Integer(), sa.ForeignKey("refs.id", name="replaced"), nullable=True)
        )
        views.add_column(sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in _PROFILE:
            views.add_column(sa.Column(name, sa.String(), nullable=True))
        views.add_column(sa.Column("capacity", sa.String(length=40), nullable=False, server_default="not stated"))
        views.add_column(sa.Column("basis", sa.String(), nullable=False, server_default="not stated"))
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("redacted_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("mark", sa.String(length=40), nullable=True))
    for table, column in (
        ("ledger", "source"),
        ("ledger", "swept"),
        ("views", "confidential"),
        ("views", "capacity"),
        ("views", "basis"),
    ):
        with op.batch_alter_table(table) as altered:
            altered.alter_column(column, server_default=None)  # it was for the rows that were there
    _fill()


def _tables() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("ref_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"]),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"]),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"]),
        sa.ForeignKeyConstraint(["ref_id"], ["refs.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    for column in ("kind", "proposal_id", "ref_id"):
        op.create_index(f"ix_decisions_{column}", "decisions", [column])
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_acts_proposal_id", "acts", ["proposal_id"])
    op.create_table(
        "sweeps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=True),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sweeps_post_id", "sweeps", ["post_id"])
    op.create_table(
        "answers",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"]),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger.id"]),
        sa.PrimaryKeyConstraint("invitation_id", "platform", "speaker"),
    )


def _fill() -> None:
    """What was heard before belongs to the post whose thread it is in; every text gets a salt of its own."""
    op.execute(
        "UPDATE ledger SET post_id = (SELECT posts.id FROM posts WHERE posts.platform = ledger.platform "
        "AND posts.channel = ledger.channel AND posts.message = ledger.thread)"
    )
    for name in (*_PROFILE, "capacity", "basis"):
        column: sa.ColumnClause[str] = sa.column(name)
        first = sa.select(column).select_from(sa.table("ledger")).where(sa.text("ledger.id = views.first_entry_id"))
        op.execute(sa.table("views", sa.column(name)).update().values({name: first.scalar_subquery()}))
    op.execute("UPDATE outbox SET mark = 'White' WHERE kind IN ('post', 'update', 'file')")  # nothing else was queued
    op.execute("UPDATE ledger SET mark = 'White'")
    connection = op.get_bind()
    words = sa.table("words", sa.column("entry_id", sa.Integer()), sa.column("salt", sa.String()))
    for entry in connection.scalars(sa.select(words.c.entry_id)).all():
        connection.execute(words.update().where(words.c.entry_id == entry).values(salt=secrets.token_hex(16)))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("mark")
    with op.batch_alter_table("documents") as documents:
        documents.drop_column("redacted_at")
    with op.batch_alter_table("views") as views:
        for name in (*_STANDING, *_PROFILE, "confidential", "capacity", "basis"):
            views.drop_column(name)
        views.drop_constraint("replaced", type_="foreignkey")
        views.drop_column("replaced_by")
    with op.batch_alter_table("words") as words:
        words.drop_column("salt")
        words.drop_column("raw")
    with op.batch_alter_table("ledger") as ledger:
        ledger.drop_constraint("ledger_post", type_="foreignkey")
        for name in ("post_id", "source", "context", "entered_by", "mark", "swept"):
            ledger.drop_column(name)
    for table in ("answers", "sweeps", "acts", "decisions"):
        op.drop_table(table)
