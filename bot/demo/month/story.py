"""What happens in the month: who says what where, what SECAS enters and decides, and a day on which dpbot is away."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import distinct, func, select

from bot.decisions import Disposition
from bot.demo.looking import until
from bot.demo.month.world import AMBER_PAPER, PAPER, SECURITY_PAPER, World, paper
from bot.demo.script import ANALYST
from bot.domain import Facet, Reference
from bot.errors import UserError
from bot.models import Invitation, Item, Post, Sweep
from bot.rules.refs import RefName
from bot.services import acting, answering, importing, publishing, register, sorting
from bot.services.acting import OPERATOR
from handlers.sandbox import Channel, Member, Said

REFERENCE = "DP092"
DP092 = Reference(92)
# Said in the private channel: nobody outside the Security Sub-Committee and SECAS may ever see it.
KEPT_APART = "the Security Sub-Committee's own test keys expire in March"

_THREADS = 2  # the proposal's, in two channels
_FILES = 6  # public in three forms, two extracts, SECAS's own


class Story:
    """The scenes, to be played in their order; each returns when dpbot has heard and done what it is to do."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._cast = world.cast
        self._robin = acting.analyst(world.desk.config, ANALYST[1])
        self._away_at = self.now

    async def papers(self) -> str:
        """Three papers are imported, two published; why the third is not, in dpbot's words."""
        for changes in ({}, SECURITY_PAPER, AMBER_PAPER):
            reading, content = paper(changes)
            async with self.world.desk.sessions.begin() as session:
                await importing.store(
                    session, self.world.desk.config, reading, "paper.txt", content, True, OPERATOR, self.now
                )
        for reference in (PAPER, SECURITY_PAPER[PAPER]):
            await self._publish(reference)
        await until(self.world.workspace, self._posts_are_known)
        try:
            await self._publish(AMBER_PAPER[PAPER])
        except UserError as refused:
            return str(refused)
        raise LookupError("The Amber paper was published.")

    async def talk(self) -> None:
        """Replies, an edit, a removal and reactions in the open channel; a comment in the private one."""
        post = self.post()
        cast = self._cast
        await cast["Ada"].replies(post, "Issue: the issue is clear, but not how “high impact” was decided.")
        await cast["Ben"].replies(post, "We would lose a day each month while windows are moved.")
        said = await cast["Cara"].replies(post, "Impacts: some effect on our field teams.")
        await cast["Cara"].edits(said, "Impacts: about 200 field visits a month may have to be booked again.")
        gone = await cast["Dan"].replies(post, "Consider: this was sent too early.")
        await cast["Dan"].deletes(gone)
        await cast["Finn"].replies(post, "Q: when did the trial end?")
        await cast["Daniel"].replies(post, "The trial ended on 30 September 2019.")
        await cast["Finn"].replies(post, "Thank you.")
        await cast["Hugh"].reacts(post, "raised_hand")
        await cast["Cara"].reacts(post, "+1")
        await cast["Isla"].replies(self.post(self.world.security), f"Impacts: {KEPT_APART}.")
        await self.world.workspace.settled()

    async def forms(self) -> None:
        """A confidential comment by the private form; somebody has no comment."""
        dan, eve = self._cast["Dan"], self._cast["Eve"]
        await dan.clicks(self.post(), "comment_privately")
        await _submit(dan, words="We may leave this market if windows move.", confidential=["confidential"])
        await eve.clicks(self.post(), "no_comment")

    async def entered(self) -> None:
        """SECAS enters a comment by e-mail, and one made at the meeting."""
        self.world.clock.put_forward(datetime(2019, 11, 6, 9, 30, tzinfo=UTC))
        robin = self._cast["Robin"]
        email = {"source": "e-mail", "on": "2019-11-04", "person": "dan.okoro@wharfe.example"}
        meeting = {"source": "meeting", "on": "2019-11-05", "person": "finn.reid@tarn.example", "context": "meeting 26"}
        for fields, words in (
            (email, "Consider: how much notice Users without a change team are given."),
            (meeting, "The issue should cover notice to agents as well as Users."),
        ):
            await robin.types(self.world.secas, f"/dp enter {REFERENCE}")
            await _submit(robin, **fields, words=words, sub_committee="OPSG")
            robin.modals.clear()

    async def away(self) -> None:
        """While dpbot is away a comment is made, one is edited, and one is removed."""
        self._away_at = self.now
        post, cast = self.post(), self._cast
        mine = [s for s in self.world.workspace.thread(post.channel, post.ts) if s.get("user") == cast["Ben"].id]
        ben = Said(post.channel, mine[0]["ts"], post.ts)
        with self.world.workspace.away():
            await cast["Cara"].replies(post, "Consider: which Devices were in the trial.")
            await cast["Ben"].edits(ben, "We would lose two days each month while windows are moved.")
            thanks = [s for s in self.world.workspace.thread(post.channel, post.ts) if s.get("text") == "Thank you."]
            await cast["Finn"].deletes(Said(post.channel, thanks[0]["ts"], post.ts))

    async def back(self) -> None:
        """dpbot runs again and has read every thread on the proposal."""
        await until(self.world.workspace, self._swept)

    async def decided(self) -> None:
        """The analyst decides: what is gone, where comments belong, when comments close, what was agreed and done."""
        self.world.clock.put_forward(datetime(2019, 11, 8, 10, tzinfo=UTC))
        async with self.world.desk.sessions.begin() as session:
            for number, facet in ((2, Facet.IMPACT), (10, Facet.ISSUE)):
                await sorting.sort(session, _ref(number), facet, self._robin, self.now)
            await sorting.decide_missing(session, _ref(6), stands=False, reason="", acting=self._robin, now=self.now)
            await answering.respond(
                session,
                _ref(5),
                Disposition.ANSWERED,
                "",
                RefName(DP092, "R", 1),
                self._robin,
                self.now,
            )
        for line in (
            f"/dp close {REFERENCE} for OPSG at 5pm 12 November 2019",
            f'/dp further {REFERENCE} for OPSG yes meeting 26 on 5 November 2019 minute "item 16"',
        ):
            await self.asks("Robin", line)
        self.world.clock.put_forward(datetime(2019, 11, 13, 9, tzinfo=UTC))
        await self._cast["Ada"].replies(self.post(), "Consider: one more week of notice.")
        self.world.clock.put_forward(datetime(2019, 11, 15, 15, tzinfo=UTC))
        await self.asks("Robin", f"/dp record {REFERENCE} converted Panel 15 November 2019")

    async def compiled(self) -> None:
        """The analyst asks for the document, which is delivered to SECAS."""
        await self.asks("Robin", f"/dp compile {REFERENCE}")
        await until(self.world.workspace, lambda: len(self.world.workspace.files(self.world.secas)) >= _FILES)

    async def asks(self, name: str, line: str) -> str:
        """What a person is answered, privately."""
        member = self._cast[name]
        channel = self.world.secas if name == "Robin" else self._room(name)
        return (await member.types(channel, line)).text

    def post(self, channel: Channel | None = None) -> Said:
        return self.world.workspace.find(channel or self.world.operations, f"{REFERENCE}  ")

    @property
    def now(self) -> datetime:
        return self.world.clock()

    def _room(self, name: str) -> Channel:
        return self.world.security if name in {"Isla", "Joan"} else self.world.operations

    async def _publish(self, reference: str) -> None:
        desk = self.world.desk
        async with desk.sessions.begin() as session:
            await publishing.publish(session, desk.config, desk.outbox, reference, OPERATOR, self.now)

    async def _posts_are_known(self) -> bool:
        async with self.world.desk.sessions.read() as session:
            return all(post.message for _, posts in await register.invitations(session) for post in posts)

    async def _swept(self) -> bool:
        """Whether both threads were read since dpbot started again."""
        async with self.world.desk.sessions.read() as session:
            query = select(func.count(distinct(Sweep.post_id))).join(Post, Post.id == Sweep.post_id)
            query = query.join(Post.invitation).join(Invitation.item).where(Item.reference == REFERENCE)
            read = query.where(Sweep.started_at >= self._away_at, Sweep.finished_at.is_not(None))
            return await session.scalar(read) == _THREADS


def _ref(number: int) -> RefName:
    return RefName(DP092, "V", number)


async def _submit(member: Member, **fields: Any) -> None:  # noqa: ANN401 - what a form's field takes
    await member.submits(member.modals[-1], {name: {name: value} for name, value in fields.items()})
