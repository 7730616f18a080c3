"""Killed in the midst of a burst: no acknowledged event is lost and none doubled, by the workspace's own record."""

import asyncio
import random
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.models import LedgerEntry, Reaction, Ref, View, Wording, Words
from handlers.sandbox import Delivery, Member, Said
from tests.house import CONFIG, Clock, House, open_house, published
from tests.programs import DPBOT

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

AT_ONCE = 40  # actions of members under way at the same time
LOST = 10  # acknowledgements lost at each kill
EMOJI = ("+1", "grey_question", "raised_hand")
Entry = tuple[str, str, str, str | None, str]  # kind, message, person, emoji, time: what makes an event that event


@dataclass
class Burst:
    """Members who talk all at once, whether dpbot listens or not. Somebody pulls its plug after `fatal` actions."""

    house: House
    posts: list[Said]
    chance: random.Random
    said: list[tuple[Member, Said]] = field(default_factory=list)
    reacted: list[tuple[Member, Said, str]] = field(default_factory=list)
    reacted_to: set[str] = field(default_factory=set)
    done: int = 0

    async def go(self, bot: Process, size: int) -> None:
        fatal = self.done + self.chance.randrange(size // 10, size * 9 // 10)
        end = self.done + size
        while self.done < end:
            await asyncio.gather(*(self._act(bot, fatal) for _ in range(min(AT_ONCE, end - self.done))))

    async def _act(self, bot: Process, fatal: int) -> None:
        member = self.chance.choice(list(self.house.cast.values()))
        act = self.chance.choice([self._reply, self._reply, self._edit, self._react, self._react, self._undo])
        await act(member)
        self.done += 1
        if self.done == fatal:
            bot.kill()

    async def _reply(self, member: Member) -> None:
        words = f"Reply <{self.chance.getrandbits(64):x}> & more"
        self.said.append((member, await member.replies(self.chance.choice(self.posts), words)))

    async def _edit(self, member: Member) -> None:
        if not self.said:
            await self._reply(member)
            return
        author, said = self.chance.choice(self.said)
        await author.edits(said, f"Edit <{self.chance.getrandbits(64):x}>")

    async def _react(self, member: Member) -> None:
        said = self.chance.choice([*self.posts, *(said for _, said in self.said)])
        reaction = (member, said, self.chance.choice(EMOJI))
        if reaction in self.reacted:
            await self._reply(member)
            return
        self.reacted.append(reaction)
        self.reacted_to.add(said.ts)
        await member.reacts(said, reaction[2])

    async def _undo(self, member: Member) -> None:
        """Take a reaction back, or delete a reply that nobody reacted to."""
        quiet = [each for each in self.said if each[1].ts not in self.reacted_to]
        if self.reacted and self.chance.random() < 0.5:
            who, said, emoji = self.reacted.pop(self.chance.randrange(len(self.reacted)))
            await who.unreacts(said, emoji)
        elif quiet:
            self.said.remove(each := self.chance.choice(quiet))
            await each[0].deletes(each[1])
        else:
            await self._reply(member)


class Running(Clock):
    """The computer's clock, as the process that is killed has it: when it starts it reads the threads again."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


async def start(house: House, stack: ExitStack) -> Process:
    """`dpbot run`, when it says that it runs."""
    log = stack.enter_context((house.folder / "run.log").open("ab"))
    bot = await asyncio.create_subprocess_exec(
        DPBOT, "run", cwd=house.folder, env=house.environment, stdout=PIPE, stderr=log
    )
    assert bot.stdout
    line = await bot.stdout.readline()
    assert line, (house.folder / "run.log").read_text("utf-8")
    return bot


async def stop(bot: Process) -> None:
    if bot.returncode is None:
        bot.kill()
    await bot.communicate()


def moment(ts: str) -> str:
    seconds, micros = ts.split(".")
    return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%dT%H:%M:%S}.{micros}"


def entry(event: dict[str, Any]) -> Entry:
    """What the ledger must hold of an event of a member in a thread of ours."""
    match event:
        case {"type": "reaction_added" | "reaction_removed" as kind, "item": {"ts": ts}}:
            word = {"reaction_added": "reacted", "reaction_removed": "unreacted"}[kind]
            return (word, ts, event["user"], event["reaction"], moment(event["event_ts"]))
        case {"subtype": "message_deleted", "previous_message": before}:
            return ("removed", before["ts"], before["user"], None, moment(event["event_ts"]))
        case {"subtype": "message_changed", "message": after}:
            return ("said", after["ts"], after["user"], None, moment(event["event_ts"]))
    return ("said", event["ts"], event["user"], None, moment(event["ts"]))


def of_members(house: House) -> Iterator[Delivery]:
    """What dpbot was told of, apart from its own posts and their edits."""
    for delivery in house.workspace.deliveries:
        event = delivery.payload["event"]
        who = event.get("user") or event.get("message", event.get("previous_message", {})).get("user")
        if who != house.workspace.bot_user_id:
            yield delivery


async def ledger(house: House, *, swept: bool) -> list[Entry]:
    """What was told; and, with `swept`, what was found by reading."""
    query = select(LedgerEntry) if swept else select(LedgerEntry).where(LedgerEntry.swept.is_(False))
    async with house.desk.sessions.read() as session:
        entries = await session.scalars(query)
        return [(e.kind, e.message, e.speaker, e.emoji, f"{e.at:%Y-%m-%dT%H:%M:%S.%f}") for e in entries]


async def nothing_acknowledged_is_lost(house: House) -> None:
    """Nor is anything there that did not happen, nor anything twice."""
    recorded = await ledger(house, swept=True)
    happened = {entry(d.payload["event"]) for d in of_members(house)}
    acknowledged = {entry(d.payload["event"]) for d in of_members(house) if d.acknowledged}
    assert not acknowledged - set(recorded)
    assert not set(await ledger(house, swept=False)) - happened
    assert len(recorded) == len(set(recorded))


async def the_record_is_what_the_workspace_shows(house: House, posts: list[Said]) -> None:
    """Every reply with its latest words, every reaction, each once; what was deleted is withdrawn."""
    threads = [message for post in posts for message in house.workspace.thread(house.channel, post.ts)]
    shown = {m["ts"]: unescape(m["text"]) for m in threads if "thread_ts" in m and m["ts"] != m["thread_ts"]}
    reactions = {(m["ts"], r["name"], user) for m in threads for r in m["reactions"] for user in r["users"]}
    reactions = {each for each in reactions if each[2] != house.workspace.bot_user_id}  # our marks
    async with house.desk.sessions.read() as session:
        views = (await session.scalars(select(View))).all()
        words = {w.entry_id: w.text for w in await session.scalars(select(Words))}
        wordings = await session.scalars(select(Wording).order_by(Wording.at))
        latest = {wording.view_id: words[wording.entry_id] for wording in wordings}
        present = [
            (r.message, r.emoji, r.speaker) for r in await session.scalars(select(Reaction).where(Reaction.present))
        ]
        refs = [(r.proposal_id, r.letter, r.number) for r in await session.scalars(select(Ref))]
    standing = [(v.message, latest[v.id]) for v in views if v.withdrawn_at is None]
    assert sorted(standing) == sorted(shown.items())
    assert sorted(present) == sorted(reactions)
    for proposal, letter in {ref[:2] for ref in refs}:
        numbers = sorted(number for *series, number in refs if series == [proposal, letter])
        assert numbers == list(range(1, len(numbers) + 1))


def lose_acknowledgements(house: House, chance: random.Random, size: int) -> None:
    """Some acknowledgements never reached Slack, which will send those events again."""
    for delivery in chance.sample([d for d in of_members(house) if d.acknowledged], size):
        delivery.acknowledged = False


async def all_acknowledged(house: House) -> None:
    """The workspace sends again, and again, what was not acknowledged."""
    while not all(delivery.acknowledged for delivery in house.workspace.deliveries):
        await house.workspace.redeliver()


async def crash(house: House, *, seed: int, kills: int, size: int) -> None:
    posts = [house.post("DP092"), house.post("DP089")]
    burst = Burst(house, posts, random.Random(seed))
    house.workspace.patience = 60
    with ExitStack() as stack:
        bot = await start(house, stack)
        try:
            for _ in range(kills):
                await burst.go(bot, size)
                await bot.communicate()
                await nothing_acknowledged_is_lost(house)
                lose_acknowledgements(house, burst.chance, LOST)
                bot = await start(house, stack)
                await all_acknowledged(house)
                await nothing_acknowledged_is_lost(house)
                await the_record_is_what_the_workspace_shows(house, posts)
        finally:
            await stop(bot)
    assert len(list(of_members(house))) == kills * size


async def test_killed_five_times_in_a_burst_of_500_events(tmp_path: Path) -> None:
    async with open_house(tmp_path, clock=Running()) as house:
        async with house.connected():
            await published(house)

        await crash(house, seed=92, kills=5, size=500)


async def test_killed_in_a_burst_over_signed_http(tmp_path: Path, unused_tcp_port: int) -> None:
    async with open_house(tmp_path, clock=Running()) as house:
        async with house.connected():
            await published(house)
        http = CONFIG.replace('mode = "socket"', 'mode = "http"') + f"[http]\nport = {unused_tcp_port}\n"
        (tmp_path / "config.toml").write_text(http, "utf-8")
        house.workspace.events_url = f"http://127.0.0.1:{unused_tcp_port}/slack/events"

        await crash(house, seed=93, kills=1, size=150)
