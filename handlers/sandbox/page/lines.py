"""Messages as the page shows them: who, when, what, and what may be done about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.page import times
from handlers.sandbox.page.faces import Face, Faces
from handlers.sandbox.page.reading import Reading
from handlers.sandbox.store import Person, Post, Room

K = 1024


@dataclass(frozen=True)
class Reaction:
    name: str
    count: int
    is_mine: bool
    who: str


@dataclass(frozen=True)
class Attached:
    id: str
    name: str
    title: str
    size: str
    is_readable: bool


@dataclass(frozen=True)
class Replies:
    count: int
    new: int
    latest: str


@dataclass(frozen=True)
class Line:
    """One message. `opens_day` and `opens_new`: a dividing line stands above it."""

    ts: str
    face: Face
    text: str
    blocks: tuple[Json, ...]
    day: str
    time: str
    reactions: tuple[Reaction, ...] = ()
    files: tuple[Attached, ...] = ()
    unfolded: tuple[Json, ...] = ()  # what links lead to
    replies: Replies | None = None
    thread_ts: str = ""
    is_mine: bool = False
    is_whisper: bool = False
    is_deleted: bool = False
    is_edited: bool = False
    is_pinned: bool = False
    is_broadcast: bool = False
    opens_day: bool = False
    opens_new: bool = False


class Lines:
    def __init__(self, core: Core, reading: Reading, faces: Faces) -> None:
        self._core = core
        self._reading = reading
        self._faces = faces

    def of_room(self, me: Person, room: Room, posts: Sequence[Post], *, whole: bool) -> tuple[Line, ...]:
        """These messages of a channel with what was whispered in between. `whole`: there are no earlier ones."""
        since = posts[0].ts if posts and not whole else ""
        lines = [self._line(me, room, post) for post in posts]
        lines += [self._whisper(each) for each in self.whispers(me, room) if str(each["ts"]) > since]
        return tuple(self._divided(me, room.id, sorted(lines, key=lambda line: line.ts)))

    def of_thread(self, me: Person, room: Room, parent: Post, replies: Sequence[Post]) -> tuple[Line, ...]:
        """The parent, and these replies with what was whispered in between; `replies` end where the thread does."""
        whole = len(replies) == len(room.replies.get(parent.ts, ()))
        since = "" if whole else replies[0].ts
        lines = [self._line(me, room, post) for post in (parent, *replies)]
        lines += [self._whisper(each) for each in self.whispers(me, room, parent.ts) if str(each["ts"]) > since]
        return tuple(self._divided(me, f"{room.id}/{parent.ts}", sorted(lines, key=lambda line: line.ts)))

    def whispers(self, me: Person, room: Room, thread_ts: str = "") -> Iterator[Json]:
        """What this member alone sees, in the channel itself or in one thread."""
        for each in self._core.store.whispers.get(me.id, []):
            is_here = each["channel"] == room.id and each.get("thread_ts", "") == thread_ts
            if is_here and (me.id, str(each["ts"])) not in self._reading.dismissed:
                yield each

    def _divided(self, me: Person, place: str, lines: list[Line]) -> Iterator[Line]:
        """The first line of each day, and the first one that was new when the member came."""
        day, found = "", False
        for line in lines:
            opens_new = not found and not line.is_mine and self._reading.is_new(me.id, place, line.ts)
            found = found or opens_new
            yield replace(line, opens_day=line.day != day, opens_new=opens_new)
            day = line.day

    def _line(self, me: Person, room: Room, post: Post) -> Line:
        at = times.moment(post.ts)
        return Line(
            ts=post.ts,
            face=self._faces.of(post.user),
            text=post.text,
            blocks=tuple(post.blocks),
            day=times.day(at),
            time=times.clock(at),
            reactions=tuple(self._reaction(me, name, users) for name, users in post.reactions.items()),
            files=tuple(_attached(each.id, each.name, each.title, len(each.content or b"")) for each in post.files),
            unfolded=tuple(post.attachments),
            replies=self._replies(me, room, post),
            thread_ts=post.thread_ts or "",
            is_mine=post.user == me.id,
            is_deleted=post.tombstone,
            is_edited=post.edited is not None,
            is_pinned=post.pinned,
            is_broadcast=post.broadcast,
        )

    def _whisper(self, shape: Json) -> Line:
        at = times.moment(str(shape["ts"]))
        return Line(
            ts=str(shape["ts"]),
            face=self._faces.of(str(shape["user"])),
            text=str(shape["text"]),
            blocks=tuple(shape["blocks"]),
            day=times.day(at),
            time=times.clock(at),
            thread_ts=str(shape.get("thread_ts", "")),
            is_whisper=True,
        )

    def _reaction(self, me: Person, name: str, users: list[str]) -> Reaction:
        return Reaction(name, len(users), me.id in users, ", ".join(self._faces.of(user).name for user in users))

    def _replies(self, me: Person, room: Room, post: Post) -> Replies | None:
        if not (replies := room.replies.get(post.ts)):
            return None
        new = self._reading.unread(me.id, f"{room.id}/{post.ts}", reversed(replies))
        latest = times.moment(replies[-1].ts)
        return Replies(len(replies), new, f"{latest.day} {latest:%B}, {times.clock(latest)}")


def _attached(file: str, name: str, title: str, size: int) -> Attached:
    shown = f"{size} bytes" if size < K else f"{size / K:.0f} KB"
    return Attached(file, name, title, shown, is_readable=name.endswith((".md", ".txt")))
