"""Migrations: up from nothing, down to it, up again; and they make what the models say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Inspector, create_engine, inspect, select, text

from bot import db
from bot.errors import UserError
from bot.models import Base, Paper

VERSIONS = "alembic_version"
Table = dict[str, object]


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'migrated.db'}"


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = create_engine(address)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> dict[str, Table]:
    """Every table as the database has it, its columns and constraints in an order of their own."""
    inspector = inspect(engine)
    return {name: table(inspector, name) for name in inspector.get_table_names() if name != VERSIONS}


def table(inspector: Inspector, name: str) -> Table:
    columns = {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(name)}
    keys = inspector.get_foreign_keys(name)
    return {
        "columns": columns,
        "primary key": inspector.get_pk_constraint(name)["constrained_columns"],
        "unique": sorted(sorted(u["column_names"]) for u in inspector.get_unique_constraints(name)),
        "foreign keys": sorted((k["constrained_columns"], k["referred_table"], k["referred_columns"]) for k in keys),
        "indexes": sorted((i["name"], i["column_names"], i["unique"]) for i in inspector.get_indexes(name)),
        "checks": sorted(str(c["sqltext"]) for c in inspector.get_check_constraints(name)),
    }


def test_up_down_and_up_again(address: str, engine: Engine) -> None:
    db.upgrade(address)
    first = tables(engine)
    assert set(first) == set(Base.metadata.tables)

    db.downgrade(address, "base")
    assert tables(engine) == {}

    db.upgrade(address)
    assert tables(engine) == first


def test_up_twice_keeps_what_is_there(address: str, engine: Engine) -> None:
    db.upgrade(address)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO proposals (id, number, suffix) VALUES (1, 92, '')"))

    db.upgrade(address)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT number FROM proposals")).scalars().all() == [92]


def test_alembic_finds_nothing_that_models_have_and_migrations_have_not(address: str, engine: Engine) -> None:
    db.upgrade(address)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_models_and_migrations_make_the_same_tables(address: str, engine: Engine, tmp_path: Path) -> None:
    """Every key and constraint too, of which alembic compares only some."""
    db.upgrade(address)
    by_models = create_engine(f"sqlite:///{tmp_path / 'by_models.db'}")
    Base.metadata.create_all(by_models)

    assert tables(engine) == tables(by_models)
    by_models.dispose()


async def test_what_the_migrations_made_is_what_the_bot_opens(address: str) -> None:
    db.upgrade(address)

    sessions = db.open_sessions(address)
    async with sessions.read() as session:
        assert (await session.scalars(select(Paper))).all() == []
    await sessions.close()


def test_a_database_taken_down_again_is_not_opened(address: str) -> None:
    db.upgrade(address)
    db.downgrade(address, "base")

    with pytest.raises(UserError, match="older than this dpbot: bring it up to date with `dpbot db upgrade`"):
        db.open_sessions(address)


def test_a_database_of_a_later_version_is_not_opened(address: str, engine: Engine) -> None:
    db.upgrade(address)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = 'of the future'"))

    with pytest.raises(UserError, match="made by a newer dpbot"):
        db.open_sessions(address)


def test_where_there_is_no_database_it_says_how_to_make_one(address: str) -> None:
    with pytest.raises(UserError, match="make it with `dpbot db upgrade`"):
        db.open_sessions(address)


def test_what_was_recorded_before_is_kept_and_belongs_to_its_post(address: str, engine: Engine) -> None:
    db.upgrade(address, "0002")
    with engine.begin() as connection:
        for statement in _A_REPLY_OF_BEFORE:
            connection.execute(text(statement))

    db.upgrade(address)

    with engine.connect() as connection:
        kept = connection.execute(
            text(
                "SELECT words.text, ledger.post_id, ledger.source, views.confidential, views.capacity FROM words "
                "JOIN ledger ON ledger.id = words.entry_id JOIN views ON views.first_entry_id = ledger.id"
            )
        ).all()
        assert kept == [("Issue: the issue is clear.", 3, "thread", 0, "member")]
        assert connection.execute(text("SELECT salt FROM words")).scalar()
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


_A_REPLY_OF_BEFORE = (
    (
        "INSERT INTO papers (id, reference, sub_committee, classification, purpose, invitations, findings, file_name, "
        "sha256, imported_at) VALUES (1, 'OPSG_26_0511_16', 'OPSG', 'White', '[]', '[]', '[]', 'paper.txt', '', "
        "'2019-10-30 10:00:00')"
    ),
    "INSERT INTO proposals (id, number, suffix) VALUES (92, 92, '')",
    (
        "INSERT INTO posts (id, paper_id, platform, channel_name, channel, message, counts) "
        "VALUES (3, 1, 'slack', 'operations-group', 'C1', '10.1', '')"
    ),
    (
        "INSERT INTO ledger (id, key, kind, platform, channel, thread, message, speaker, said_at, at, heard_at, "
        "capacity) VALUES (7, 'k', 'said', 'slack', 'C1', '10.1', '11.1', 'U1', '2019-10-30 11:00:00', "
        "'2019-10-30 11:00:00', '2019-10-30 11:00:00', 'member')"
    ),
    "INSERT INTO words (entry_id, text) VALUES (7, 'Issue: the issue is clear.')",
    (
        "INSERT INTO refs (id, proposal_id, letter, number, platform, channel, message) "
        "VALUES (1, 92, 'V', 1, 'slack', 'C1', '11.1')"
    ),
    (
        "INSERT INTO views (id, post_id, platform, channel, message, said_at, first_entry_id) "
        "VALUES (1, 3, 'slack', 'C1', '11.1', '2019-10-30 11:00:00', 7)"
    ),
)
