"""What the workspace holds: people, channels, messages, files. Pure state, no Slack shapes, no delivery."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from handlers.sandbox.basics import Json, SlackError

Kind = Literal["channel", "group", "im"]


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    email: str | None = None
    is_bot: bool = False
    is_email_confirmed: bool = True
    organisation: str = ""  # said beside the name on the page; Slack has no such field
    team: str = ""  # of a member of another workspace, in shared channels; empty for our own
    is_guest: bool = False
    is_single_channel_guest: bool = False
    is_stranger: bool = False  # in no channel that the app sees, whatever the channels say
    is_deactivated: bool = False

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")


@dataclass
class File:
    id: str
    name: str
    title: str
    content: bytes | None = None  # None until it is uploaded
    created: int = 0
    user: str = ""
    length: int = 0  # as it was announced; 0 for a member's own, which comes at once
    is_complete: bool = False  # it was shared, or kept private; its upload is over


@dataclass(frozen=True)
class Edit:
    user: str
    ts: str


@dataclass(slots=True)  # a hundred thousand of them fit into memory
class Post:
    """One message. `thread_ts` is set on replies only; a parent is known by its replies."""

    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    broadcast: bool = False
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)  # links that Slack unfolded
    team: str = ""  # of an author from another workspace
    client_msg_id: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: Edit | None = None
    pinned: bool = False
    tombstone: bool = False


@dataclass
class Room:
    """A channel, private channel or direct message, with what was said in it, oldest first."""

    id: str
    name: str
    kind: Kind
    created: int
    members: set[str] = field(default_factory=set)
    posts: dict[str, Post] = field(default_factory=dict)
    replies: dict[str, list[Post]] = field(default_factory=dict)
    is_archived: bool = False
    teams: set[str] = field(default_factory=set)  # other workspaces that share it

    def post(self, ts: str) -> Post:
        if (found := self.posts.get(ts)) is None or found.tombstone:
            raise SlackError("message_not_found")
        return found

    def add(self, post: Post) -> None:
        self.posts[post.ts] = post
        if post.thread_ts:
            self.replies.setdefault(post.thread_ts, []).append(post)

    def remove(self, post: Post) -> None:
        """Take it away; a parent with replies leaves a tombstone. Slack: message_changed with subtype tombstone."""
        if post.ts in self.replies:
            self.posts[post.ts] = Post(post.ts, post.user, "", tombstone=True)
            return
        del self.posts[post.ts]
        if post.thread_ts:
            self.replies[post.thread_ts].remove(post)
            if not self.replies[post.thread_ts]:
                del self.replies[post.thread_ts]

    def top_level(self) -> Iterator[Post]:
        return (post for post in self.posts.values() if post.thread_ts is None)

    def thread(self, ts: str) -> list[Post]:
        """The parent and its replies, oldest first."""
        if ts not in self.posts:
            raise SlackError("thread_not_found")
        return [self.posts[ts], *self.replies.get(ts, [])]


@dataclass
class Trigger:
    """What lets the app open a modal for one person, once, until `expires` (Unix time)."""

    user: str
    expires: float
    in_modal: bool  # it came from a modal, onto which another may be pushed
    exchanged: bool = False


@dataclass(frozen=True)
class Hook:
    """What a response_url stands for. `ts`: of the message that was clicked; none for a command."""

    user: str
    channel: str
    ts: str = ""


@dataclass
class Store:
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)  # a file's id, by what its upload address ends with
    whispers: dict[str, list[Json]] = field(default_factory=dict)  # by the user who alone sees them
    modals: dict[str, list[Json]] = field(default_factory=dict)  # by user, the one on top last
    homes: dict[str, Json] = field(default_factory=dict)  # by user, the Home that the app published for them
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    _numbers: int = 0

    def new_id(self, letter: str) -> str:
        self._numbers += 1
        return f"{letter}0SAND{self._numbers:05d}"

    def room(self, room_id: str) -> Room:
        if (found := self.rooms.get(room_id)) is None:
            raise SlackError("channel_not_found")
        return found

    def person(self, user_id: str) -> Person:
        if (found := self.people.get(user_id)) is None:
            raise SlackError("user_not_found")
        return found

    def direct(self, person: Person, bot: str, created: int) -> Room:
        """The direct messages between the app and one person, opened on first use."""
        for room in self.rooms.values():
            if room.kind == "im" and person.id in room.members:
                return room
        room = Room(self.new_id("D"), person.id, "im", created, {person.id, bot})
        self.rooms[room.id] = room
        return room

    def sees(self, person: Person, room: Room) -> bool:
        """Whether the person is in the channel: people are in every public one.

        Apps, guests and members of other workspaces are only where they were put; who was deactivated, nowhere.
        """
        if person.is_deactivated:
            return False
        is_own = not (person.is_bot or person.is_guest or person.team)
        return person.id in room.members or (room.kind == "channel" and is_own)

    def put(self, person: Person, room: Room) -> None:
        """ValueError where Slack would not let them in."""
        if person.team and person.team not in room.teams:
            raise ValueError(f"{room.name} is not shared with {person.team}, to which {person.name} belongs.")
        elsewhere = (each for each in self.rooms.values() if each is not room and each.kind != "im")
        if person.is_single_channel_guest and any(person.id in each.members for each in elsewhere):
            raise ValueError(f"{person.name} is a guest of one other channel, and can be in no second one.")
        room.members.add(person.id)
