"""The commands that use the database, and what they say of one that cannot be used."""

import sqlite3
from collections.abc import Iterator

import pytest

from bot import db
from tests.house import PAPER, ROBIN, SAMPLE, sample_text
from tests.terminal import Terminal

USES_THE_DATABASE = (
    ["publish", PAPER],
    ["attach", "DP092", "https://secas.example/dp092.docx", "--version", "0.1", "--status", "draft"],
    ["statements", "DP092"],
    ["withdraw", "DP092", "--by", ROBIN],
    ["compile", "DP092"],
    ["digest", "preview"],
    ["replay"],
    ["import", str(SAMPLE), "--yes", "--json"],
)


@pytest.mark.parametrize("command", [*USES_THE_DATABASE[:-1], ["run"]], ids=lambda words: words[0])
def test_every_command_takes_another_configuration(empty: Terminal, command: list[str]) -> None:
    shown = empty.types(*command, "--config", "elsewhere/config.toml")

    assert (shown.code, shown.sentence) == (
        1,
        "elsewhere/config.toml: there is no such file; give its place with --config.",
    )


@pytest.mark.parametrize("command", USES_THE_DATABASE, ids=lambda words: words[0])
def test_without_a_database_it_says_how_to_make_one(empty: Terminal, command: list[str]) -> None:
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (1, "There is no database at dpbot.db: make it with `dpbot db upgrade`.")
    assert not (empty.folder / "dpbot.db").exists()


def test_an_upgrade_makes_it_and_a_second_one_changes_nothing(empty: Terminal) -> None:
    for _ in range(2):
        shown = empty.types("db", "upgrade")
        assert (shown.code, shown.out, shown.err) == (0, "The database is up to date.\n", "")


@pytest.mark.parametrize("command", USES_THE_DATABASE, ids=lambda words: words[0])
def test_an_older_database_says_how_to_bring_it_up_to_date(empty: Terminal, command: list[str]) -> None:
    db.upgrade(f"sqlite:///{empty.folder / 'dpbot.db'}", "base")
    sqlite3.connect(empty.folder / "dpbot.db").close()
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "The database dpbot.db is older than this dpbot: bring it up to date with `dpbot db upgrade`.",
    )


@pytest.mark.parametrize("command", USES_THE_DATABASE, ids=lambda words: words[0])
def test_a_newer_database_says_to_install_that_version(terminal: Terminal, command: list[str]) -> None:
    connection = sqlite3.connect(terminal.folder / "dpbot.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    shown = terminal.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "The database dpbot.db was made by a newer dpbot: install that version, or use another database.",
    )


def test_a_newer_database_is_not_upgraded(terminal: Terminal) -> None:
    connection = sqlite3.connect(terminal.folder / "dpbot.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    shown = terminal.types("db", "upgrade")

    assert (shown.code, shown.out, shown.sentence) == (
        1,
        "",
        "The database dpbot.db was made by a newer dpbot: install that version, or use another database.",
    )
    assert terminal.rows("alembic_version") == [("9999",)]


@pytest.mark.parametrize("command", [*USES_THE_DATABASE, ["db", "upgrade"]], ids=lambda words: words[0])
def test_a_file_that_is_no_database_is_one_sentence_and_stays_as_it_is(empty: Terminal, command: list[str]) -> None:
    file = empty.file("dpbot.db", "This is somebody's letter, and no database at all.\n" * 30)
    before = file.read_bytes()
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        ("The database dpbot.db cannot be used (file is not a database): check that dpbot may read and write it."),
    )
    assert file.read_bytes() == before


@pytest.fixture
def locked(posted: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Another program is writing, and dpbot's patience is short."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 0.05)
    connection = sqlite3.connect(posted.folder / "dpbot.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield posted
    connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize(
    "command", [["publish", PAPER], ["compile", "DP092"], ["replay"], ["import", "another.txt", "--yes", "--json"]]
)
def test_a_database_in_use_by_another_program_is_one_sentence(locked: Terminal, command: list[str]) -> None:
    locked.file("another.txt", sample_text({PAPER: "OPSG_26_0511_17"}))
    shown = locked.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "The database dpbot.db is in use by another program: try again when that has finished.",
    )


def test_looking_needs_no_turn(locked: Terminal) -> None:
    assert locked.types("digest", "preview").code == 0
    assert locked.types("publish", PAPER, "--dry-run").code == 0
    assert locked.types("import", SAMPLE, "--yes").code == 0  # stored already


def test_the_sentence_names_the_database_of_the_configurations_own_folder(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    (locked.folder / ".env").write_text(f"DATABASE_URL=sqlite:///{locked.folder}/dpbot.db\n", "utf-8")
    elsewhere = locked.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    shown = locked.types("replay", "--config", "../config.toml")

    assert shown.sentence.startswith(f"The database {locked.folder}/dpbot.db is in use by another program")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:hidden@host/x",
        "postgresql://user:hidden@host:port/x",
        "nonsense-hidden",
        "mysql:hidden",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
@pytest.mark.parametrize("command", [*USES_THE_DATABASE, ["db", "upgrade"]], ids=lambda words: words[0])
def test_an_address_that_is_no_sqlite_file_is_one_sentence_without_the_address(
    empty: Terminal, monkeypatch: pytest.MonkeyPatch, address: str, command: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "DATABASE_URL is not an address dpbot can use: allowed is sqlite:/// and a file's path.",
    )


def test_a_database_that_cannot_be_opened_is_one_sentence(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///no/such/folder/dpbot.db")
    shown = empty.types("db", "upgrade")

    assert (shown.code, shown.sentence) == (
        1,
        (
            "The database no/such/folder/dpbot.db cannot be used (unable to open database file): "
            "check that dpbot may read and write it."
        ),
    )
