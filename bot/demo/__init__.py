"""The whole job once, in a local workspace with invented members: paper in, posts and comments, documents out."""

import asyncio
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot import confined
from bot.config import Config
from bot.demo.looking import plain, until, words
from bot.demo.place import open_to_visitors, until_stopped
from bot.demo.rehearsal import rehearse
from bot.demo.script import ANALYST, SCENES
from bot.demo.stage import Stage, stage
from bot.domain import Message
from bot.errors import UserError
from bot.models import Item, LedgerEntry
from bot.papers import Reading, resolving
from bot.render import Renderer
from bot.services import digesting, importing, publishing, register
from bot.services.acting import OPERATOR
from bot.services.people import RosterRow
from handlers.sandbox import Said

Say = Callable[[str], None]
_FILES = 4  # of a document: the public edition in three formats, and SECAS's own
_PAUSE = 1.0  # seconds between steps, so that a visitor can read along


def sample_paper() -> tuple[str, bytes]:
    """Name and bytes of the paper that dpbot ships: its people, companies and addresses are invented."""
    name = "sample_paper.txt"
    return name, resources.files("bot.demo").joinpath(name).read_bytes()


async def perform(
    out: Path, paper: tuple[str, bytes], *, once: bool, say: Say, typed: str = "", port: int | None = None
) -> None:
    """Run the job on a paper (name, bytes) and leave documents, posts and digest in `out`.

    Unless `once`, pause between the steps, and then let visitors take part until cancelled. `typed`: the classification
    of a paper that does not say it clearly. Raises UserError where the paper cannot be read, has no proposal or may not
    be posted (nothing is posted then), or the page's `port` cannot be used.
    """
    reading = _read(paper, typed, "the demo")
    if not (reading.items or reading.blocked):
        raise UserError("The paper has no new proposals: the demo needs one that has.")
    async with stage(reading, port) as played:
        demo = Demo(played, out, say, 0.0 if once else _PAUSE)
        items = await demo.publish(reading, paper)
        await demo.converse(items)
        await demo.show(items)
        await demo.digest()
        await demo.compile(items)
        if not once:
            await demo.welcome(items)


async def play(
    out: Path, paper: tuple[str, bytes], *, once: bool, say: Say, typed: str = "", port: int | None = None
) -> None:
    """`perform`, which Ctrl+C ends in good order. UserError where it had not done what it was to do once."""
    stopped = await until_stopped(perform(out, paper, once=once, say=say, typed=typed, port=port))
    if once and stopped:
        raise UserError(f"The demo was stopped before its end; what it had written is in {out}.")
    if not once:
        say(Renderer().text(Message("demo", {"step": "over", "out": out})))


async def preview(
    config: Config,
    rows: Sequence[RosterRow],
    paper: tuple[str, bytes],
    *,
    typed: str,
    say: Say,
    port: int | None = None,
) -> None:
    """Rehearse with SECAS's own configuration, roster and paper until Ctrl+C.

    `typed`: the classification for a paper that does not say it clearly; else "". Raises UserError as `rehearse` does.
    """
    reading = _read(paper, typed, "the preview")
    await until_stopped(rehearse(config, rows, reading, paper, port=port, say=say))
    say(Renderer(config.template_directories).text(Message("preview", {"step": "over"})))


def _read(paper: tuple[str, bytes], typed: str, by: str) -> Reading:
    chosen = resolving.typed(typed) if typed else None
    reading = confined.read(*paper).reading
    return resolving.resolve(reading, chosen, by) if chosen else reading


class Demo:
    """One performance: what is said at each step, and what is left in the folder."""

    def __init__(self, played: Stage, out: Path, say: Say, pause: float) -> None:
        self._on = played
        self._out = out
        self._say = say
        self._pause = pause
        self._delivered: set[tuple[str, str]] = set()  # ts and name of the files that are written

    async def publish(self, reading: Reading, paper: tuple[str, bytes]) -> list[Item]:
        """Import the paper and publish it; the proposals in their order."""
        desk, name, content = self._on.desk, *paper
        async with desk.sessions.begin() as session:
            imported = await importing.store(
                session, desk.config, reading, name, content, False, OPERATOR, desk.clock()
            )
            published = await publishing.publish(
                session, desk.config, desk.outbox, imported.paper.reference, OPERATOR, desk.clock()
            )
        await self._tell("imported", paper=imported.paper, items=len(reading.items), findings=reading.findings)
        await until(
            self._on.workspace, lambda: len(self._on.workspace.messages(self._on.channel)) >= published.messages
        )
        await until(self._on.workspace, self._posts_are_known)
        await self._tell("published", published=published)
        async with desk.sessions.read() as session:
            items = (await register.paper(session, imported.paper.reference)).items
        self._keep_posts(items)
        return items

    async def converse(self, items: list[Item]) -> None:
        """Members reply, react, edit and withdraw."""
        for number, item in enumerate(items):
            await SCENES[number % len(SCENES)](self._on.cast, self._post(item))
        await self._on.workspace.settled()
        async with self._on.desk.sessions.read() as session:
            heard = await session.scalar(select(func.count()).select_from(LedgerEntry))
        await self._tell("conversed", heard=heard, items=len(items))

    async def show(self, items: list[Item]) -> None:
        """A member asks for one proposal, and the post's count line follows."""
        item = items[min(4, len(items) - 1)]
        answer = await self._on.cast["Ada"].types(self._on.channel, f"/dp show {item.reference}")
        self._keep(f"answers/{item.reference} show.txt", plain(words(answer.payload)))
        await until(self._on.workspace, lambda: self._post_says(item, "comment"))
        await self._tell("shown", item=item)
        self._keep_posts(items)

    async def digest(self) -> None:
        """Time goes on to the channel's next digest."""
        channel = self._on.desk.config.channels[0]
        self._on.clock.put_forward(digesting.next_occurrence(channel.digest, self._on.clock()))
        before = len(self._on.workspace.messages(self._on.channel))
        await until(self._on.workspace, lambda: len(self._on.workspace.messages(self._on.channel)) > before)
        self._keep("digest.txt", plain(words(max(self._messages(), key=lambda m: float(str(m["ts"]))))))
        await self._tell("digest", at=self._on.clock())

    async def compile(self, items: list[Item]) -> None:
        """The analyst asks for every document; the bot delivers them to SECAS's channel."""
        for item in items:
            await self._on.cast["Robin"].types(self._on.channel, f"/dp compile {item.reference}")
        await until(self._on.workspace, lambda: len(self._on.workspace.files(self._on.secas)) >= _FILES * len(items))
        await self._tell("compiled", files=len(self.keep_delivered()), out=self._out, items=items)

    async def welcome(self, items: list[Item]) -> None:
        """Visitors take the members' parts until this is cancelled; documents they have compiled are kept too."""
        item, page = items[min(4, len(items) - 1)], self._on.workspace.page_url
        await self._tell("open", page=page, item=item, analyst=ANALYST[0], out=self._out)
        await open_to_visitors(self._on.bot, self._tell_delivered)

    def _tell_delivered(self) -> None:
        for name in self.keep_delivered():
            self._say_step("kept", name=name, out=self._out)

    def keep_delivered(self) -> list[str]:
        """Write what the bot has delivered to SECAS's channel and is not written yet; the names. Others' files stay."""
        workspace, secas = self._on.workspace, self._on.secas
        ours = {m["ts"] for m in workspace.messages(secas) if m.get("user") == workspace.bot_user_id}
        new = [f for f in workspace.files(secas) if f.ts in ours and (f.ts, f.name) not in self._delivered]
        for file in new:
            self._keep(f"documents/{Path(file.name).name}", file.content)
            self._delivered.add((file.ts, file.name))
        return [file.name for file in new]

    def _messages(self) -> list[dict[str, Any]]:
        return self._on.workspace.messages(self._on.channel)

    def _post_says(self, item: Item, said: str) -> bool:
        """Whether the post's last line, which counts comments, says this by now, or there is nothing to count."""
        post = self._post(item)
        message = next(m for m in self._messages() if m["ts"] == post.ts)
        nothing = not any("user" in reply for reply in self._on.workspace.thread(self._on.channel, post.ts)[1:])
        return nothing or said in words(message).splitlines()[-1].replace("no comments yet", "")

    def _post(self, item: Item) -> Said:
        return self._on.workspace.find(self._on.channel, f"{item.reference}  {item.title}")

    async def _posts_are_known(self) -> bool:
        async with self._on.desk.sessions.read() as session:
            return all(post.message for _, posts in await register.invitations(session) for post in posts)

    def _keep_posts(self, items: list[Item]) -> None:
        """The posts as they stand in the workspace, as text."""
        for message in self._messages():
            shown = plain(words(message))
            item = next((i for i in items if shown.startswith(f"{i.reference} ")), None)
            self._keep(f"posts/{item.reference if item else '0 heading'}.txt", shown)

    def _keep(self, name: str, content: str | bytes) -> None:
        path = self._out / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        except OSError as error:
            raise UserError(
                f"{path}: it cannot be written ({error.strerror}); allowed is a folder dpbot may write to."
            ) from None

    async def _tell(self, step: str, **values: object) -> None:
        self._say_step(step, **values)
        await asyncio.sleep(self._pause)

    def _say_step(self, step: str, **values: object) -> None:
        self._say(self._on.desk.outbox.renderer.text(Message("demo", {"step": step, **values})))
