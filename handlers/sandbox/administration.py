"""What an administrator of the workspace, or Slack itself, does to channels, people, sockets and the app."""

from dataclasses import replace

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

    def remove_app(self, channel: Channel) -> None:
        """The app hears and says nothing there any more."""
        self._core.store.room(channel.id).members.discard(self._core.identity.bot_user_id)

    def invite_app(self, channel: Channel) -> None:
        self._core.store.room(channel.id).members.add(self._core.identity.bot_user_id)

    # People

    def deactivate(self, member: Member) -> None:
        """Slack: their account is closed; what they said stays, and users.info still knows them."""
        self._change(member, is_deactivated=True)

    def make_guest(self, member: Member) -> None:
        """Slack: a guest is only in the channels they were put into."""
        self._change(member, is_guest=True)

    def make_external(self, member: Member, team: str = "T0ELSEWHERE") -> None:
        """They belong to another workspace, and are only in the channels shared with them."""
        self._change(member, team=team)

    def share(self, channel: Channel, *members: Member) -> None:
        """Slack Connect: docs.slack.dev/apis/slack-connect. The channel is shared with these members' workspaces."""
        room = self._core.store.room(channel.id)
        for member in members:
            room.teams.add(self._core.store.person(member.id).team or self._core.identity.team_id)
            room.members.add(member.id)
        room.teams.discard(self._core.identity.team_id)

    # Messages

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
