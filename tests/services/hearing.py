"""What tests of the record share: a database made by the migrations, a paper whose posts are out, people who speak."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import db
from bot.config import Config, load_config
from bot.db import Sessions
from bot.domain import Heard, HeardAbsence, HeardReaction, HeardRemoval, HeardWords, Place, Speaker
from bot.models import Item, Post
from bot.outbox import Outbox
from bot.papers import read_paper
from bot.render import Renderer
from bot.services import collecting, importing, publishing
from tests.databases import new_database
from tests.house import CONFIG, OPERATOR, PAPER, ROSTER, SAMPLE, has_roster

NOW = datetime(2019, 10, 30, 10, tzinfo=UTC)
CHANNEL = "C1"
POST = "DP092"  # the post that people reply to; its message is its reference, for reading's sake


def moment(at: int) -> datetime:
    """`at` seconds after the posts went out."""
    return NOW + timedelta(seconds=at)


@dataclass(frozen=True)
class Voice:
    """A person who says and does things in the thread of a post."""

    speaker: Speaker

    def replies(self, message: str, text: str, at: int, *, said: int | None = None, thread: str = POST) -> HeardWords:
        """Words of a message first said at `said`; edited where `at` is later."""
        first = at if said is None else said
        return HeardWords(_place(message, thread), self.speaker, text, moment(first), moment(at))

    def removes(self, message: str, at: int, *, said: int, thread: str = POST) -> HeardRemoval:
        return HeardRemoval(_place(message, thread), self.speaker, moment(said), moment(at))

    def looked_for(self, message: str, at: int, *, said: int, seen: bool, thread: str = POST) -> HeardAbsence:
        """A reading of the thread found the reply, or did not."""
        return HeardAbsence(_place(message, thread), self.speaker, moment(said), seen, moment(at))

    def reacts(self, message: str, emoji: str, at: int, *, added: bool = True, thread: str = POST) -> HeardReaction:
        return HeardReaction(_place(message, thread), self.speaker, emoji, added, moment(at))


def voice(email: str) -> Voice:
    """Somebody the platform knows by this address."""
    name = email.partition("@")[0]
    return Voice(Speaker("slack", f"U-{name}", email, name))


ADA = voice("ada.firth@northshire.example")  # member, Northshire Energy
BEN = voice("ben.holm@northshire.example")  # alternate, of the same company
CARA = voice("cara.dunn@calder.example")  # member, Calder Networks
ROBIN = voice("robin.ainsley@secas.example")  # SECAS: what they say is a reply
JO = voice("jo.stone@elsewhere.example")  # on no roster


@dataclass(frozen=True)
class Record:
    """The record of one paper's threads in a database."""

    sessions: Sessions
    config: Config

    async def hears(self, *heard: Heard, now: datetime = NOW) -> None:
        """Each in a transaction of its own, as events come."""
        for each in heard:
            async with self.sessions.begin() as session:
                await self.hear(session, each, now)

    async def hear(self, session: AsyncSession, heard: Heard, now: datetime = NOW) -> bool:
        return await collecting.hear(session, self.config, heard, now)


@asynccontextmanager
async def open_database(folder: Path) -> AsyncIterator[Sessions]:
    """A new database, made by the migrations."""
    sessions = db.open_sessions(new_database(folder / "test.db"))
    try:
        yield sessions
    finally:
        await sessions.close()


def configured(folder: Path) -> Config:
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    return load_config(folder / "config.toml")


@asynccontextmanager
async def open_record(folder: Path) -> AsyncIterator[Record]:
    """The sample paper is stored and its posts are out, with a platform that nobody asks."""
    config = configured(folder)
    async with open_database(folder) as sessions:
        async with sessions.begin() as session:
            content = SAMPLE.read_bytes()
            reading = read_paper(SAMPLE.name, content)
            await importing.store(session, config, reading, SAMPLE.name, content, True, OPERATOR, NOW)
            await publishing.publish(session, config, Outbox(Renderer(())), PAPER, OPERATOR, NOW)
            await _send(session)
        await has_roster(sessions, config, ROSTER, NOW)
        yield Record(sessions, config)


async def _send(session: AsyncSession) -> None:
    """The posts get their ids, as if they had been sent; the heading post's is its paper's reference."""
    items = {item.id: item.reference for item in await session.scalars(select(Item))}
    for post in await session.scalars(select(Post)):
        await session.refresh(post, ["invitation"])
        post.channel = CHANNEL
        post.message = items[post.invitation.item_id] if post.invitation else PAPER
        post.posted_at = NOW


def _place(message: str, thread: str) -> Place:
    return Place("slack", CHANNEL, thread, message)
