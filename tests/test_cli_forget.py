"""`dpbot forget`: nothing is left in the files, and a restored backup does not bring anybody back."""

import asyncio
import shutil
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import db
from bot.config import load_config
from bot.domain import Origin
from bot.models import Invitation, Item, Post
from bot.services import acting, collecting, forgetting, identities, people
from tests.house import ROBIN
from tests.services.hearing import ADA, CARA, NOW
from tests.terminal import Terminal

SAID = (
    ADA.replies("m1", "Unmistakable words of hers.", 10),
    CARA.replies("m2", "Ada Firth (ada.firth@northshire.example) is right.", 11),
)
TRACES = ("Unmistakable", "Ada Firth", "ada.firth", "U-ada")


@pytest.fixture
def heard(posted: Terminal) -> Terminal:
    """Ada has a comment on DP092, and Cara one that names her; the roster has them both; a draft is made."""
    assert posted.types("roster", "import", "roster.csv", "--yes", "--by", ROBIN).code == 0
    asyncio.run(hear(posted))
    assert posted.types("compile", "DP092").code == 0
    return posted


async def hear(terminal: Terminal) -> None:
    config = load_config(terminal.folder / "config.toml")
    sessions = db.open_sessions(f"sqlite:///{terminal.folder / 'dpbot.db'}")
    async with sessions.begin() as session:
        post = await session.scalar(select(Post.id).join(Invitation).join(Item).where(Item.reference == "DP092"))
        assert post
        for said in SAID:
            await people.remember(session, said.speaker, NOW)
            await collecting.write(session, config, said, post, NOW, Origin())
    await sessions.close()


def traces(folder: Path) -> list[str]:
    """What the database's files still hold of her, whatever the case."""
    content = b"".join(path.read_bytes() for path in folder.glob("dpbot.db*")).lower()
    return [trace for trace in TRACES if trace.lower().encode() in content]


def test_after_forget_no_byte_of_words_or_name_is_in_the_databases_files(heard: Terminal) -> None:
    assert traces(heard.folder) == list(TRACES)
    asked = heard.types("forget", "ada.firth@northshire.example", answer="n\n")
    assert (asked.code, asked.sentence.endswith("Nothing was erased.")) == (1, True)
    assert "- 1 comment or reply\n- 1 row of the roster\n- 1 account\n" in asked.out
    assert traces(heard.folder) == list(TRACES)

    done = heard.types("forget", "Ada Firth", "--yes", "--by", ROBIN)

    assert (done.code, done.err) == (0, "")
    assert "Redacted: DP092 Comments v0.1." in done.out
    assert traces(heard.folder) == []
    heard.types("compile", "DP092")
    document = (heard.folder / "DP092 Comments v0.2.md").read_text("utf-8")
    assert "erased on" in document
    assert "DP092-V001" in document
    audit = heard.types("audit", "DP092").out
    assert "DP092-V001: erased" in audit
    assert "A person was erased: 1 comment or reply, 1 row of the roster and 1 account." in heard.types("audit").out


def test_a_restored_backup_does_not_bring_anybody_back(heard: Terminal) -> None:
    for path in heard.folder.glob("dpbot.db*"):
        shutil.copy(path, heard.folder / f"backup-{path.name}")
    assert heard.types("forget", "U-ada.firth", "--yes").code == 0
    tombstones = heard.folder / "dpbot.db.forgotten"
    assert stat.S_IMODE(tombstones.stat().st_mode) == 0o600
    shutil.copy(heard.folder / "backup-dpbot.db", heard.folder / "dpbot.db")
    assert traces(heard.folder)

    shown = heard.types("audit", "DP092")

    assert shown.err == "1 forgotten person was in the database again, as after restoring a backup: erased anew.\n"
    assert traces(heard.folder) == []
    assert heard.types("audit", "DP092").err == ""
    assert heard.types("roster", "import", "roster.csv", "--yes", "--by", ROBIN).code == 0  # anew, by SECAS's own will
    assert heard.types("audit").err == ""


def test_what_a_kill_leaves_in_the_files_goes_when_the_database_is_next_opened(heard: Terminal) -> None:
    bot = asyncio.run(erased_and_killed(heard))  # while another program has the database open
    assert traces(heard.folder) == list(TRACES)

    shown = heard.types("audit")

    assert traces(heard.folder) == []
    assert shown.out.splitlines()[-1].endswith("The database's file was written anew.")
    assert heard.types("audit").out == shown.out, "it is done once"
    bot.close()


async def erased_and_killed(terminal: Terminal) -> sqlite3.Connection:
    """She is erased, and nothing comes after; the connection is that of another program."""
    path, now = terminal.folder / "dpbot.db", datetime.now(UTC)
    other = sqlite3.connect(path)
    other.execute("SELECT * FROM words").fetchall()
    sessions = db.open_sessions(f"sqlite:///{path}")
    async with sessions.begin() as session:
        person = await identities.find(session, "Ada Firth")
        sessions.forgotten.add(person.identifiers, now)
        await forgetting.forget(session, person, acting.OPERATOR, now)
    await sessions.close()
    return other


WRONG = {
    "forget nobody@elsewhere.example": "Nobody called nobody@elsewhere.example is in the database: ",
    f"forget U-ada.firth --yes --by {ADA.speaker.email}": "ada.firth@northshire.example is no analyst: ",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_cannot_be_is_said_in_one_sentence(heard: Terminal, line: str) -> None:
    assert heard.types(*line.split()).sentence.startswith(WRONG[line])


def test_a_list_of_the_forgotten_that_cannot_be_read_stops_every_command(heard: Terminal) -> None:
    heard.file("dpbot.db.forgotten", "something else\n")
    assert "says who was forgotten: put the file back" in heard.types("audit").sentence
