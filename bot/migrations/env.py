"""Alembic's entry: run the migrations on the database it was given."""

from typing import Literal

from alembic import context
from sqlalchemy import create_engine, event

from bot.db import UtcDateTime, prepare
from bot.models import Base


def render_item(kind: str, value: object, _autogen: object) -> str | Literal[False]:
    """Migrations name plain types, so that an old one still runs when our own types change."""
    return "sa.DateTime()" if kind == "type" and isinstance(value, UtcDateTime) else False


engine = create_engine(context.config.attributes["url"])
prepare(engine)
# A table that is made anew is dropped in between; SQLite would take the rows that point to it for orphans.
event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = OFF").close())
with engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render_item
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
