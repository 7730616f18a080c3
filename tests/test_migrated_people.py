"""What was recorded before the roster was in the database says afterwards what it rested on."""

import sqlite3
from pathlib import Path

from bot import db

_HEARD = (
    "INSERT INTO ledger (id, key, kind, platform, channel, thread, message, speaker, at, heard_at, organisation, "
    "capacity) VALUES (?, ?, 'reacted', 'slack', 'C1', '10.1', '11.1', 'U1', '2019-10-30', '2019-10-30', ?, ?)"
)


def test_entries_of_before_rest_on_the_roster_the_configuration_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db.upgrade(f"sqlite:///{path}", "0002")
    with sqlite3.connect(path) as connection:
        for number, (organisation, capacity) in enumerate(
            [("Northshire Energy", "member"), ("SECAS", "SECAS"), (None, "not stated")]
        ):
            connection.execute(_HEARD, (number, str(number), organisation, capacity))
        connection.execute("INSERT INTO people (platform, id, seen_at) VALUES ('slack', 'U1', '2019-10-30')")
    connection.close()

    db.upgrade(f"sqlite:///{path}")

    with sqlite3.connect(path) as connection:
        bases = connection.execute("SELECT basis FROM ledger ORDER BY id").fetchall()
        person = connection.execute("SELECT team, deleted, guest, external FROM people").fetchall()
    connection.close()
    assert bases == [("roster",), ("configuration",), ("not stated",)]
    assert person == [(None, 0, 0, 0)]
