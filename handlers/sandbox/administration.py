"""What an administrator of the workspace, or Slack itself, does to channels, people, sockets and the app."""

from dataclasses import replace
from datetime import datetime

import aiohttp

from handlers.sandbox import talk
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.members import Channel, Member, Said
from handlers.sandbox.push import Push


class Administration:
    def __init__(self, core: Core) -> None:
        self._core = core

    # Channels

    def archive(self, channel: Channel) -> None:
        """Slack: it can be read, but nothing can be said or changed in it."""
        self._core.store.room(channel.id).is_archived = True

    def unarchive(self, channel: Channel) -> None:
        self._core.store.room(channel.id).is_archived = False

    def make_private(self, channel: Channel) -> None:
        """Slack: its id stays, and who was in it stays in it."""
        store, room = self._core.store, self._core.store.room(channel.id)
        room.members |= {person.id for person in store.people.values() if store.sees(person, room)}
        room.kind = "group"

    def make_public(self, channel: Channel) -> None:
        self._core.store.room(channel.id).kind = "channel"

    def remove_app(self, channel: Channel) -> None:
        """The app hears and says nothing there any more."""
        self._core.store.room(channel.id).members.discard(self._core.identity.bot_user_id)

    def invite_app(self, channel: Channel) -> None:
        self._core.store.room(channel.id).members.add(self._core.identity.bot_user_id)

    # People

    def deactivate(self, member: Member) -> None:
        """Slack: their account is closed; what they said stays, and users.info still knows them."""
        self._change(member, is_deactivated=True)

    def rename(self, member: Member, name: str) -> None:
        """Slack: people choose their names themselves, and may choose another's; the id stays."""
        self._change(member, name=name)

    def hide_email(self, member: Member) -> None:
        """Their e-mail address is told to nobody any more."""
        self._change(member, email=None)

    # Messages

    def purge(self, channel: Channel, before: datetime) -> int:
        """Retention: what was said before that time is gone, and nobody is told. How many messages that were.

        Slack: slack.com/help/articles/203457187. A parent of replies that are younger leaves a tombstone (assumed).
        """
        room = self._core.store.room(channel.id)
        old = [post for post in room.posts.values() if float(post.ts) < before.timestamp()]
        for post in sorted(old, key=lambda post: post.thread_ts is None):  # replies first
            room.remove(post)
        return len(old)

    async def unfurls(self, said: Said, title: str, link: str = "https://a.example/") -> None:
        """Slack unfolds a link of that message: a `message_changed` that is no edit."""
        room = self._core.store.room(said.channel.id)
        attachment: Json = {"title": title, "title_link": link, "from_url": link, "fallback": title}
        told = self._core.tell(room, talk.unfurl(self._core, room, room.post(said.ts), attachment))
        if told:
            await told

    # The app's connections

    @property
    def sockets(self) -> int:
        """How many are open."""
        return len(self._core.sockets)

    async def refresh_sockets(self, reason: str = "refresh_requested") -> None:
        """Slack: the frame `disconnect`, with the reason "warning", "refresh_requested" or "link_disabled"."""
        await self._core.sockets.refresh(reason)

    def cut_sockets(self) -> None:
        """Every socket breaks, without a word."""
        self._core.sockets.cut()

    async def verify_url(self, url: str) -> bool:
        """Whether the app at that address answers Slack's challenge, as it must before events are sent there."""
        identity = self._core.identity
        async with aiohttp.ClientSession() as session:
            return await Push(session, url, identity.signing_secret).verify(identity.verification_token)

    def _change(self, member: Member, **changes: object) -> None:
        people = self._core.store.people
        people[member.id] = replace(people[member.id], **changes)  # type: ignore[arg-type]
