"""What one member sees now: channels, messages, thread, what is whispered to them, modal, Home."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handlers.sandbox import emoji
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.page import markup
from handlers.sandbox.page.faces import Face, Faces
from handlers.sandbox.page.lines import Line, Lines
from handlers.sandbox.page.reading import NOTHING, Reading
from handlers.sandbox.store import Person, Post, Room
from handlers.sandbox.text import readable

SHOWN = 100  # messages of a channel, replies of a thread, until earlier ones are asked for
MOST = 2000  # of them on one page: drawing more would hold up the app's own calls
_MARK = 99  # the largest number of an unread mark


@dataclass(frozen=True)
class Ask:
    """What the page asks for, out of its address. `count` and `replies`: how many of the last messages and replies."""

    member: str = ""
    room: str = ""
    thread: str = ""
    editing: str = ""
    count: int = SHOWN
    replies: int = SHOWN
    home: bool = False


@dataclass(frozen=True)
class Place:
    """A channel, private channel or direct message in the list."""

    id: str
    name: str
    kind: Literal["channel", "group", "im"]
    unread: str  # "" for nothing, "99+" for more
    is_here: bool
    is_archived: bool = False


@dataclass(frozen=True)
class Scene:
    me: Face
    members: tuple[Face, ...]
    app: Face
    places: tuple[Place, ...]
    here: Place | None
    lines: tuple[Line, ...]
    earlier: int
    thread: tuple[Line, ...]
    earlier_replies: int
    offered: tuple[str, ...]
    modal: Json | None
    at_home: bool
    home: Json | None
    ask: Ask

    @property
    def version(self) -> str:
        """Another one whenever anything in it is another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:24]


class View:
    """The workspace as its members see it, each for themselves."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.reading = Reading()
        self.faces = Faces(core)
        self._lines = Lines(core, self.reading, self.faces)

    def people(self) -> list[Person]:
        """Whose part one may take: people, not programs."""
        return [each for each in self._core.store.people.values() if not (each.is_bot or each.is_deactivated)]

    def scene(self, ask: Ask) -> Scene | None:
        """What is there to see; it counts as read from now on. None while the workspace has no people."""
        people = self.people()
        if not people:
            return None
        me = next((person for person in people if person.id == ask.member), people[0])
        self._core.store.direct(me, self._core.identity.bot_user_id, self._core.stamps.unix())
        room = None if ask.home else self._room(me, ask.room)
        posts = self._posts(room) if room else []
        thread = room.thread(ask.thread) if room and ask.thread in room.posts else []
        self._opens(me, room, thread)
        places = tuple(self._places(me, room))
        shown, replies = posts[-ask.count :], thread[1:][-ask.replies :]
        return Scene(
            me=self.faces.of(me.id),
            members=tuple(self.faces.of(person.id) for person in people),
            app=self.faces.of(self._core.identity.bot_user_id),
            places=places,
            here=next((place for place in places if place.is_here), None),
            lines=self._lines.of_room(me, room, shown, whole=len(shown) == len(posts)) if room else (),
            earlier=len(posts) - len(shown),
            thread=self._lines.of_thread(me, room, thread[0], replies) if room and thread else (),
            earlier_replies=max(len(thread) - 1 - len(replies), 0),
            offered=_offered(self._core, [*shown, *thread[:1], *replies]),
            modal=next(reversed(self._core.store.modals.get(me.id, [])), None),
            at_home=ask.home,
            home=self._core.store.homes.get(me.id),
            ask=ask,
        )

    def names(self, viewer: str) -> markup.Names:
        """Whom and what texts may mention before this member."""
        store, me = self._core.store, self._core.store.people[viewer]
        people = {person.id: person.name for person in store.people.values()}
        rooms = {room.id: room.name for room in store.rooms.values() if room.kind != "im" and store.sees(me, room)}
        return markup.Names(viewer, people, rooms, self._core.address)

    def _room(self, me: Person, wanted: str) -> Room | None:
        """The channel asked for, else the first that the member is in."""
        rooms = [room for room in self._core.store.rooms.values() if self._core.store.sees(me, room)]
        return next((room for room in rooms if room.id == wanted), next(iter(rooms), None))

    def _posts(self, room: Room) -> list[Post]:
        return [post for post in room.posts.values() if post.thread_ts is None or post.broadcast]

    def _opens(self, me: Person, room: Room | None, thread: list[Post]) -> None:
        if room is None:
            self.reading.leaves(me.id, "main")
            return
        whispers = [str(each["ts"]) for each in self._lines.whispers(me, room)]
        latest = max([next(reversed(room.posts), NOTHING), *whispers])
        self.reading.opens(me.id, "main", room.id, latest)
        if thread:
            self.reading.opens(me.id, "thread", f"{room.id}/{thread[0].ts}", thread[-1].ts)
        else:
            self.reading.leaves(me.id, "thread")

    def _places(self, me: Person, here: Room | None) -> Iterator[Place]:
        for room in self._core.store.rooms.values():
            if not self._core.store.sees(me, room):
                continue
            newest_first = (post for post in reversed(room.posts.values()) if post.thread_ts is None or post.broadcast)
            count = self.reading.unread(me.id, room.id, newest_first)
            read = self.reading.read(me.id, room.id)
            count += sum(str(each["ts"]) > read for each in self._lines.whispers(me, room))
            unread = f"{_MARK}+" if count > _MARK else str(count or "")
            name = self._core.identity.bot_name if room.kind == "im" else room.name
            yield Place(room.id, name, room.kind, unread, is_here=room is here, is_archived=room.is_archived)


def _offered(core: Core, posts: list[Post]) -> tuple[str, ...]:
    """The reactions to choose from: first those that the app's own messages name, which are the ones it counts."""
    bot = core.identity.bot_user_id
    named = (name for post in posts if post.user == bot for name in markup.emoji_names(readable({"": post.blocks})))
    return tuple(dict.fromkeys([*named, *emoji.OFFERED]))
