"""Seats, claims, and what a platform says of a person"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SAID = ("deleted", "guest", "external")


def upgrade() -> None:
    _tables()
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("team", sa.String(), nullable=True))
        for name in _SAID:
            people.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("ledger") as ledger:
        ledger.add_column(sa.Column("alternate_for", sa.String(), nullable=True))
        ledger.add_column(sa.Column("basis", sa.String(), nullable=False, server_default="not stated"))
    for table, names in (("people", _SAID), ("ledger", ("basis",))):
        with op.batch_alter_table(table) as altered:
            for name in names:
                altered.alter_column(name, server_default=None)  # it was for the rows that were there
    op.execute("UPDATE ledger SET basis = 'configuration' WHERE capacity = 'SECAS'")
    op.execute("UPDATE ledger SET basis = 'roster' WHERE capacity <> 'SECAS' AND organisation IS NOT NULL")


def _tables() -> None:
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("platform_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("party_category", sa.String(), nullable=True),
        sa.Column("sub_committee", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=True),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("alternate_for", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("party_category", sa.String(), nullable=True),
        sa.Column("stated_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_claims_person", "claims", ["person"])


def downgrade() -> None:
    with op.batch_alter_table("ledger") as ledger:
        for name in ("alternate_for", "basis"):
            ledger.drop_column(name)
    with op.batch_alter_table("people") as people:
        for name in ("team", *_SAID):
            people.drop_column(name)
    op.drop_table("claims")
    op.drop_table("seats")
