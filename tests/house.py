"""The house for conversation tests: a local workspace, a real database from the migrations, dpbot connected."""

import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot import app, jobs
from bot.config import Config, load_config
from bot.db import Sessions
from bot.decisions import Actor, Role
from bot.environment import Secrets
from bot.gate import Gate
from bot.messenger import Messenger
from bot.models import OutboxEntry, View
from bot.papers import Reading, read_paper
from bot.sender import Sender
from bot.services import acting, importing, publishing, register, roster, roster_rows
from bot.services.desk import Desk
from handlers.sandbox import Channel, Member, Said, Workspace
from handlers.slack.messenger import SlackMessenger
from tests.databases import new_database
from tests.sides import Side
from tests.sides.slack import SlackSide

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "bot/demo/sample_paper.txt"
PAPER = "OPSG_26_0511_16"
OPERATOR = acting.OPERATOR
ROBIN = "robin.ainsley@secas.example"

CONFIG = """\
[slack]
mode = "socket"
[[sub_committees]]
code = "OPSG"
name = "Operations Group"
aliases = ["OPS"]
[[sub_committees]]
code = "SSC"
name = "Security Sub-Committee"
[[channels]]
platform = "slack"
name = "operations-group"
sub_committee = "OPSG"
digest = "mon 09:00"
[secas]
channel = "secas-change-team"
comments_address = "change.team@secas.example"
analysts = ["robin.ainsley@secas.example"]
[publishing]
enabled = true
[sweep]
nightly = ""
[reactions]
"+1" = "agree with the issue as described"
"grey_question" = "needs clarification"
"raised_hand" = "further input wanted"
[party_categories]
"Large Suppliers" = ["Large Supplier"]
"Small Suppliers" = []
"Electricity Networks" = []
"Gas Networks" = []
"Other SEC Parties" = []
"""

ROSTER = """\
e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity
ada.firth@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,OPSG,Large Supplier 1,member
ben.holm@northshire.example,Ben Holm,Northshire Energy,Large Suppliers,OPSG,Large Supplier 1,alternate
cara.dunn@calder.example,Cara Dunn,Calder Networks,Electricity Networks,OPSG,Networks 1,member
dan.okoro@wharfe.example,Dan Okoro,Wharfe Supply,Small Suppliers,OPSG,Small Supplier 1,member
finn.reid@tarn.example,Finn Reid,Tarn Metering,Other SEC Parties,OPSG,,observer
gwen.lowe@dcc.example,Gwen Lowe,DCC,,OPSG,DCC 1,member
hugh.ames@panel.example,Hugh Ames,Ames Consulting,,OPSG,,chair
isla.beck@ribble.example,Isla Beck,Ribble Security,,SSC,SSC 1,member
"""


class Clock:
    """A clock that stands still until it is moved: Wednesday 30 October 2019, 10am in London."""

    def __init__(self) -> None:
        self.now = datetime(2019, 10, 30, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class House:
    """Everything a conversation needs. Jobs and the sender run when the test says so."""

    side: Side
    clock: Clock
    desk: Desk
    secrets: Secrets
    channel: Channel
    secas: Channel
    cast: dict[str, Member]  # by first name
    folder: Path
    messenger: SlackMessenger | None = None
    beside: tuple[Side, ...] = ()  # other platforms of the same house
    _sender: Sender | None = field(default=None, repr=False)

    def __getattr__(self, name: str) -> Member:
        """`house.ada` is the member Ada."""
        try:
            return self.cast[name.capitalize()]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def workspace(self) -> Workspace:
        """Slack's, for what is Slack's own."""
        assert isinstance(self.side, SlackSide)
        return self.side.workspace

    async def imports(self, reading: Reading | None = None, content: bytes = b"sample") -> None:
        """Store a paper (the sample) in the register."""
        reading = reading or read_paper(SAMPLE.name, SAMPLE.read_bytes())
        async with self.desk.sessions.begin() as session:
            await importing.store(
                session, self.desk.config, reading, "paper.txt", content, True, OPERATOR, self.clock()
            )

    async def queues(self, reference: str = PAPER) -> None:
        """Publish a stored paper: its posts wait in the outbox."""
        async with self.desk.sessions.begin() as session:
            await publishing.publish(session, self.desk.config, self.desk.outbox, reference, OPERATOR, self.clock())

    async def publishes(self, reference: str = PAPER) -> None:
        """Publish a stored paper and send its posts."""
        await self.queues(reference)
        await self.sends()

    async def puts(self, reading: Reading) -> None:
        """Another paper is stored and posted."""
        reference = str(reading.paper.reference)
        await self.imports(reading, reference.encode())
        await self.publishes(reference)

    async def sends(self) -> None:
        """Send whatever is due in the outbox, and let the echoes of it arrive."""
        assert self._sender, "dpbot is not connected"
        await self._sender.drain()
        for side in (self.side, *self.beside):
            await side.settled()

    async def ticks(self) -> None:
        """Run every job once, as the clock would, then send."""
        for job in jobs.JOBS:
            await job.run(self.desk)
        await self.sends()

    async def told(self, member: Member) -> list[str]:
        """What the member was told alone, once all is sent."""
        await self.sends()
        return self.side.notes(member)

    def post(self, reference: str = "DP092") -> Said:
        """The post for a proposal in the Sub-Committee's channel."""
        return self.side.post(self.channel, reference)

    def post_text(self, reference: str = "DP092") -> str:
        """All the words of a post as the workspace has it now."""
        return self.side.words(self.post(reference))

    async def compiles(self, reference: str = "DP092") -> str:
        """The analyst asks for the Comments document: the newest, as Markdown."""
        await self.robin.types(self.channel, f"/dp compile {reference}")
        await self.ticks()
        files = [file for file in await self.side.files(self.secas) if file.name.endswith(".md")]
        return files[-1].content.decode()

    async def has_roster(self, text: str) -> None:
        """SECAS imports another roster while dpbot runs."""
        await has_roster(self.desk.sessions, self.desk.config, text, self.clock())

    async def views(self) -> list[View]:
        async with self.desk.sessions.read() as session:
            return list(await session.scalars(select(View).order_by(View.id)))

    async def outbox(self) -> list[OutboxEntry]:
        async with self.desk.sessions.read() as session:
            return list(await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))

    def reconfigures(self, change: Callable[[str], str]) -> None:
        """The operator changes config.toml, which dpbot reads when it starts the next time."""
        path = self.folder / "config.toml"
        text = path.read_text("utf-8")
        assert change(text) != text
        path.write_text(change(text), "utf-8")
        self.desk = replace(self.desk, config=load_config(path))

    @property
    def gate(self) -> Gate:
        return Gate(self.desk.config, self.desk.outbox)

    @property
    def environment(self) -> dict[str, str]:
        """With these variables a process finds this workspace and this database."""
        return {
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": self.secrets.need("slack_bot_token"),
            "SLACK_APP_TOKEN": self.secrets.need("slack_app_token"),
            "SLACK_SIGNING_SECRET": self.secrets.need("slack_signing_secret"),
            "SLACK_API_URL": self.secrets.slack_api_url,
            "DATABASE_URL": self.secrets.database_url,
        }

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """dpbot connects, and later disconnects; a test may do it again, as after a crash."""
        async with app.listening(self.desk, self.secrets) as messengers:
            for side in (self.side, *self.beside):
                await side.connected(self.sends)
            self.works_with(messengers)
            yield

    def works_with(self, messengers: Mapping[str, Messenger]) -> None:
        """What is queued goes by these."""
        slack = messengers.get("slack")
        self.messenger = slack if isinstance(slack, SlackMessenger) else None
        self.desk = replace(self.desk, messengers=messengers)
        on = self.desk.config.publishing.enabled
        self._sender = Sender(self.desk.sessions, messengers, self.clock, self.gate, publishing=on, pace=timedelta())


@asynccontextmanager
async def open_house(
    folder: Path,
    change: Callable[[str], str] = lambda text: text,
    clock: Clock | None = None,
    sides: Sequence[Callable[[Clock], Side]] = (SlackSide,),
) -> AsyncIterator[House]:
    """A house that is not connected yet, on the first of `sides`. `change` may alter config.toml's text."""
    clock = clock or Clock()
    async with AsyncExitStack() as stack:
        side, *beside = [await stack.enter_async_context(make(clock)) for make in sides]
        (folder / "config.toml").write_text(_config(change(CONFIG), side, beside), "utf-8")
        config: Config = load_config(folder / "config.toml")
        secrets = Secrets.model_validate(
            {name: value for each in (side, *beside) for name, value in each.secrets().items()}
            | {"database_url": new_database(folder / "test.db")}
        )
        desk = app.open_desk(config, secrets, clock)
        await has_roster(desk.sessions, config, ROSTER, clock())
        try:
            yield House(side, clock, desk, secrets, side.channel, side.secas, side.cast, folder, beside=tuple(beside))
        finally:
            await desk.sessions.close()


def _config(text: str, side: Side, beside: Sequence[Side]) -> str:
    """The Operations Group has a channel on each side; SECAS its own on the first."""
    text = side.configured(text)
    for other in beside:
        channel = f'[[channels]]\n{other.link(other.channel)}\nname = "{other.channel.name}"\nsub_committee = "OPSG"\n'
        text = text.replace("[secas]", f"{channel}[secas]") + other.http()
    return text


async def has_roster(sessions: Sessions, config: Config, text: str, now: datetime) -> None:
    """SECAS imports this roster, the whole of it, while dpbot runs."""
    rows = roster_rows.read("roster.csv", text.encode(), config)
    async with sessions.begin() as session:
        await roster.store(session, rows, Actor(ROBIN, frozenset({Role.OPERATOR})), now)


async def published(house: House) -> None:
    """The sample paper is stored and posted."""
    await house.imports()
    await house.publishes()


def sample_text(words: dict[str, str]) -> str:
    """The sample paper with some of its words replaced: `sample_text({"old": "new"})`."""
    text = SAMPLE.read_text("utf-8")
    for old, new in words.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def sample(words: dict[str, str]) -> Reading:
    """The sample paper as it is read with some of its words replaced."""
    return read_paper(SAMPLE.name, sample_text(words).encode())


@asynccontextmanager
async def two_bodies(folder: Path) -> AsyncIterator[tuple[House, Channel]]:
    """The Operations Group has the sample paper; the Security Sub-Committee has this channel and no paper yet."""
    ssc = '[[channels]]\nplatform = "slack"\nname = "security"\nsub_committee = "SSC"\n[secas]'
    async with open_house(folder, lambda config: config.replace("[secas]", ssc)) as house:
        security = house.side.room("security")
        async with house.connected():
            await published(house)
            yield house, security


async def item_id(house: House, reference: str) -> int:
    async with house.desk.sessions.read() as session:
        paper = await register.paper(session, PAPER)
        return next(item.id for item in paper.items if item.reference == reference)
