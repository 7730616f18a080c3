"""People who talk in a thread while dpbot hears them or is away, and what the record must have of it afterwards."""

from dataclasses import dataclass, field
from html import unescape

from handlers.sandbox import Member, Said
from tests.handlers.slack.sweeping import check, kept, kept_reactions
from tests.house import House

SPEAKERS = ("ada", "ben", "cara", "dan", "finn", "jo")
EMOJI = ("+1", "grey_question", "raised_hand", "tada", "+1::skin-tone-3")
KINDS = ("say", "say", "say", "edit", "edit", "react", "react", "unreact", "remove")


@dataclass
class Talk:
    """What happens in the thread of a post. `away`: dpbot hears nothing of it."""

    house: House
    post: Said
    away: bool = False
    standing: dict[str, tuple[Member, Said]] = field(default_factory=dict)
    wordings: dict[str, int] = field(default_factory=dict)  # how many dpbot can know of, when it has read the thread
    withdrawn: set[str] = field(default_factory=set)  # removed while dpbot heard
    lost: set[str] = field(default_factory=set)  # removed while it was away
    _unread: set[str] = field(default_factory=set)  # said or edited while it was away
    _said: int = 0

    async def happens(self, kind: str, who: int, which: int) -> None:
        """One thing, by numbers that choose among the people, and among the messages that there are."""
        member = self.house.cast[SPEAKERS[who % len(SPEAKERS)].capitalize()]
        replies = sorted(self.standing)
        if kind == "say" or not replies:
            await self._says(member)
        elif kind in {"edit", "remove"}:
            author, said = self.standing[replies[which % len(replies)]]
            await (self._edits(author, said) if kind == "edit" else self._removes(author, said))
        else:
            targets = [self.post, *(self.standing[ts][1] for ts in replies)]
            await self._touches(member, targets[which % len(targets)], EMOJI[(who + which) % len(EMOJI)], kind)

    async def _says(self, member: Member) -> None:
        self._said += 1
        said = await member.replies(self.post, f"Issue: number {self._said} & <more>.")
        self.standing[said.ts] = member, said
        self._notes(said)

    async def _edits(self, author: Member, said: Said) -> None:
        self._said += 1
        await author.edits(said, f"Impacts: number {self._said}, reworded.")
        self._notes(said)

    def _notes(self, said: Said) -> None:
        """Of what was worded while dpbot was away it learns the last wording alone."""
        if self.away and said.ts in self._unread:
            return
        self.wordings[said.ts] = self.wordings.get(said.ts, 0) + 1
        if self.away:
            self._unread.add(said.ts)

    async def _removes(self, author: Member, said: Said) -> None:
        await author.deletes(said)
        del self.standing[said.ts]
        if not self.away:
            self.withdrawn.add(said.ts)
        elif said.ts in self._unread:
            self.wordings[said.ts] -= 1
        if self.away and self.wordings[said.ts]:
            self.lost.add(said.ts)

    async def _touches(self, member: Member, said: Said, emoji: str, kind: str) -> None:
        message = next(m for m in self.house.workspace.thread(self.post.channel, self.post.ts) if m["ts"] == said.ts)
        there = any(r["name"] == emoji and member.id in r["users"] for r in message["reactions"])
        if kind == "react" and not there:
            await member.reacts(said, emoji)
        elif kind == "unreact" and there:
            await member.unreacts(said, emoji)

    def was_read(self) -> None:
        """dpbot has read the thread."""
        self._unread.clear()

    async def agrees(self) -> None:
        """The record has what the workspace shows, each once; what is gone is withdrawn or not seen, as it went."""
        thread = self.house.workspace.thread(self.post.channel, self.post.ts)
        shown = {m["ts"]: unescape(m["text"]) for m in thread[1:]}
        record = await kept(self.house)
        ours = {ts: record[ts] for ts in (*shown, *self.withdrawn, *self.lost)}
        assert {ts: reply.words[-1] for ts, reply in ours.items() if ts in shown} == shown
        assert {ts for ts, reply in ours.items() if reply.withdrawn} == self.withdrawn
        assert {ts for ts, reply in ours.items() if reply.missing} == self.lost
        known = {ts: reply for ts, reply in ours.items() if not reply.withdrawn}
        assert {ts: len(reply.words) for ts, reply in known.items()} == {ts: self.wordings[ts] for ts in known}
        there = {(m["ts"], r["name"], user) for m in thread for r in m["reactions"] for user in r["users"]}
        there = {each for each in there if each[2] != self.house.workspace.bot_user_id}
        messages = {self.post.ts, *shown}
        assert {each for each in await kept_reactions(self.house) if each[0] in messages} == there


async def receipt_is_right(talk: Talk, number: int = 92) -> None:
    """Of a proposal that was put to one channel once."""
    found = await check(talk.house, number)
    assert (found.comments, found.missing, found.problem) == (len(talk.standing), len(talk.lost), None)
