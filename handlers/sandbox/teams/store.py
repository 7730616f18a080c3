"""What the local Teams holds: people, teams, channels, messages with their reactions, who was shown which card."""

import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Literal

from handlers.sandbox.basics import Json

Kind = Literal["standard", "private", "shared", "personal"]


class TeamsError(Exception):
    """An error as the Bot Connector and Graph name it."""

    def __init__(self, status: HTTPStatus, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Identity:
    """The app and its tenant, invented."""

    bot_name: str = "dpbot"
    app_id: str = "00000000-5a4d-4b0c-8000-00000000a991"
    tenant: str = "00000000-5a4d-4b0c-8000-000000007e4a"
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def bot_id(self) -> str:
        return f"28:{self.app_id}"


@dataclass
class Person:
    """`aad`: the id of the directory, which is the same in every conversation; `id`: the one that this bot sees."""

    name: str
    email: str | None
    tenant: str
    is_guest: bool = False
    blocks_bot: bool = False
    aad: str = field(default_factory=lambda: str(uuid.uuid4()))
    id: str = field(default_factory=lambda: f"29:1{secrets.token_urlsafe(48)}")

    @property
    def key(self) -> str:
        return f"{self.tenant}:{self.aad}"


@dataclass
class Reaction:
    kind: str  # "like", "heart", …, or "1f440_eyes"
    person: str  # the key
    at: datetime


@dataclass
class Post:
    id: str
    author: str  # a person's key, or the bot's id
    said_at: datetime
    root: str | None = None
    html: str = ""
    words: str = ""
    attachments: list[Json] = field(default_factory=list)
    mentions: list[Person | Identity] = field(default_factory=list)
    summary: str | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    changed_at: datetime | None = None
    reactions: list[Reaction] = field(default_factory=list)

    @property
    def card(self) -> Json | None:
        """The card, if it is a message of an app."""
        return next((each["content"] for each in self.attachments if "card.adaptive" in each["contentType"]), None)


@dataclass
class Room:
    """A channel, or the direct chat of one person with the bot."""

    id: str
    name: str
    kind: Kind
    team: "Team | None" = None
    members: set[str] = field(default_factory=set)  # people's keys
    has_bot: bool = True
    posts: dict[str, Post] = field(default_factory=dict)
    is_archived: bool = False

    def top_level(self) -> list[Post]:
        return [post for post in self.posts.values() if post.root is None]

    def replies(self, root: str) -> list[Post]:
        return [post for post in self.posts.values() if post.root == root]

    def post(self, id_: str) -> Post:
        found = self.posts.get(id_)
        if found is None:
            raise TeamsError(HTTPStatus.NOT_FOUND, "MessageNotFound", "The message is not here.")
        return found


@dataclass
class Team:
    """A team and its directory group. Its General channel has the team's own id."""

    name: str
    tenant: str
    visibility: str = "private"
    id: str = f"19:{0:032x}@thread.tacv2"
    group: str = "00000000-5a4d-4b0c-8000-000000009409"


@dataclass
class Store:
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    teams: list[Team] = field(default_factory=list)
    dialogs: dict[str, list[Json]] = field(default_factory=dict)  # by person
    shown: dict[tuple[str, str], Json] = field(default_factory=dict)  # the card that a button's answer gave a person

    def person(self, id_: str) -> Person:
        """By the key, by the directory's id or by the bot's."""
        for person in self.people.values():
            if id_ in (person.key, person.aad, person.id):
                return person
        raise TeamsError(HTTPStatus.NOT_FOUND, "MemberNotFoundInConversation", "There is no such member.")

    def room(self, id_: str) -> Room:
        found = self.rooms.get(id_)
        if found is None:
            raise TeamsError(HTTPStatus.NOT_FOUND, "ConversationNotFound", "Conversation not found.")
        return found

    def direct(self, person: Person) -> Room:
        """The direct chat of this person with the bot, made at its first use."""
        for room in self.rooms.values():
            if room.kind == "personal" and person.key in room.members:
                return room
        room = Room(f"a:1{secrets.token_urlsafe(40)}", person.name, "personal", members={person.key})
        self.rooms[room.id] = room
        return room

    def members_of(self, room: Room) -> Iterator[Person]:
        """Whoever is in the channel: of a standard one, the whole team."""
        return (person for person in self.people.values() if person.key in room.members)
