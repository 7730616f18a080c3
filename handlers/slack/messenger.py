"""Slack behind the Messenger port: Web API calls, and what their failures mean."""

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import Any, TypeVar, cast

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain import ChannelFacts, Fetched, Page, Place, Speaker
from bot.errors import UserError
from bot.messenger import Capabilities, Payload, Refused, Unavailable, Unclear
from handlers.slack import failures, fetching
from handlers.slack.calls import answered
from handlers.slack.paging import Pages
from handlers.slack.text import PLATFORM

# What the bot token must be allowed; deploy/slack-manifest.yaml says why, and a test holds the two together.
SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:write",
        "pins:write",
        "reactions:read",
        "reactions:write",
        "users:read",
        "users:read.email",
    }
)
T = TypeVar("T")
METADATA_TYPE = "dpbot_outbox"
MARK = "memo"  # the emoji we put on a reply that is recorded; it is in no legend and never counted
_PAGE = 200
# What `describe_channel` may cost: beyond these it does not say whether there are guests.
_MOST_MEMBERS, _MOST_PAGES = 1000, 5
_ASKED_AGAIN = 60.0  # seconds: people may be listed 20 times a minute, and a document's files go out at once


def web_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A client that never repeats a call by itself: a lost answer to chat.postMessage would post twice."""
    return AsyncWebClient(token=token, base_url=api_url, retry_handlers=[], timeout=30)


class SlackMessenger:
    """Implements `bot.messenger.Messenger`. `resolve` must have found the channels before anything is sent."""

    capabilities = Capabilities()

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.identity = AuthorizeResult(enterprise_id=None, team_id=None)
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._guests: dict[str, tuple[set[str], float, bool | None]] = {}  # members of a channel, looked at when
        self._called: dict[tuple[str, str], str | None] = {}  # whom fetched messages of a channel mention
        self._pages = Pages(client, self.called, lambda: str(self.identity.bot_user_id))

    async def resolve(self, names: set[str], private: str | None) -> None:
        """Check token and scopes, and find the channels that config.toml names, one of which must be private.

        UserError says what to do.
        """
        hello = await accepted(self.client.auth_test())
        self.identity = AuthorizeResult.from_auth_test_response(auth_test_response=hello, bot_token=self.client.token)
        granted = {scope.strip() for scope in str(hello.headers.get("x-oauth-scopes", "")).split(",")}
        if missing := SCOPES - granted:
            raise UserError(
                f"The Slack app lacks the scopes {', '.join(sorted(missing))}: add them as in "
                "deploy/slack-manifest.yaml and install the app to the workspace again."
            )
        async for channel in self._channels():
            words = sorted(names & {channel["id"], channel["name"]})
            if words:
                self._keep(channel, words, private)
        if unknown := names - set(self._ids):
            raise UserError(
                f"Slack has no channel {', '.join(sorted(unknown))} that dpbot can see: check [[channels]] and [secas] "
                "in config.toml, and invite dpbot to private channels with /invite."
            )

    def _keep(self, channel: dict[str, Any], words: list[str], private: str | None) -> None:
        """A channel that config.toml names; UserError where dpbot cannot use it so."""
        if len(words) > 1:
            raise UserError(f"config.toml names the Slack channel {' and '.join(words)} twice: keep one of them.")
        word = words[0]
        if not channel.get("is_member"):
            raise UserError(f"dpbot is not in the Slack channel {word}: invite it there with /invite.")
        if word == private and not channel.get("is_private"):
            raise UserError(f"The Slack channel {word} of [secas] is open to everybody: make it private.")
        self._names[channel["id"]] = word
        self._ids |= dict.fromkeys((channel["id"], channel["name"]), channel["id"])

    @property
    def names(self) -> Mapping[str, str]:
        """The channels of config.toml: how it names each, by Slack's id and by Slack's name."""
        return {key: self._names[channel] for key, channel in self._ids.items()}

    def name_of(self, channel: str) -> str | None:
        """The channel as config.toml names it; None for one that is not ours."""
        return self._names.get(channel)

    async def channel_id(self, name: str) -> str:
        return self._ids.get(name, name)

    async def post(self, channel: str, thread: str | None, payload: Payload, key: str) -> str:
        metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": key}}
        call = self.client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
            **_parts(payload),
        )
        return str((await answered(call))["ts"])

    async def find_post(self, channel: str, thread: str | None, key: str, since: datetime) -> str | None:
        async for message in self._messages(channel, thread, since):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == METADATA_TYPE and metadata["event_payload"].get("key") == key:
                return str(message["ts"])
        return None

    async def link(self, channel: str, message: str) -> str | None:
        answer = await answered(self.client.chat_getPermalink(channel=channel, message_ts=message))
        return str(answer["permalink"])

    async def update(self, channel: str, message: str, payload: Payload) -> None:
        await answered(self.client.chat_update(channel=channel, ts=message, **_parts(payload)))

    async def pin(self, channel: str, message: str) -> None:
        await _unless("already_pinned", self.client.pins_add(channel=channel, timestamp=message))

    async def unpin(self, channel: str, message: str) -> None:
        await _unless("no_pin", self.client.pins_remove(channel=channel, timestamp=message))

    async def whisper(self, channel: str, thread: str | None, person: str, payload: Payload) -> None:
        await answered(
            self.client.chat_postEphemeral(channel=channel, thread_ts=thread, user=person, **_parts(payload))
        )

    async def direct(self, person: str, payload: Payload) -> None:
        room = (await answered(self.client.conversations_open(users=person)))["channel"]["id"]
        call = self.client.chat_postMessage(channel=room, unfurl_links=False, unfurl_media=False, **_parts(payload))
        await answered(call)

    async def mark(self, channel: str, message: str) -> None:
        await _unless("already_reacted", self.client.reactions_add(channel=channel, timestamp=message, name=MARK))

    async def unmark(self, channel: str, message: str) -> None:
        await _unless("no_reaction", self.client.reactions_remove(channel=channel, timestamp=message, name=MARK))

    async def upload(self, channel: str, name: str, content: bytes, comment: str) -> None:
        await answered(
            self.client.files_upload_v2(
                channel=channel, filename=name, title=name, content=content, initial_comment=comment
            )
        )

    async def has_file(self, channel: str, name: str, since: datetime) -> bool:
        async for message in self._messages(channel, None, since):
            if any(file.get("name") == name for file in message.get("files") or []):
                return True
        return False

    async def thread_of(self, channel: str, message: str) -> str | None:
        """A reply's own timestamp finds it, with its thread (conversations.history would return a neighbour)."""
        call = self.client.conversations_replies(channel=channel, ts=message, limit=_PAGE)
        try:
            answer = await answered(call)
        except Refused as refusal:
            if str(refusal) != "thread_not_found":
                raise
            return None
        messages = answer.get("messages") or []
        return str(messages[0].get("thread_ts") or messages[0]["ts"]) if messages else None

    async def describe(self, person: str) -> Speaker | None:
        """Slack says of an address whether it was confirmed; one that was not could be anybody's."""
        user = (await answered(self.client.users_info(user=person)))["user"]
        if user.get("is_bot"):
            return None
        profile = user.get("profile") or {}
        confirmed = user.get("is_email_confirmed", not user.get("deleted"))  # of who left, Slack no longer says
        email = profile.get("email") if confirmed else None
        team, ours = user.get("team_id") or None, self.identity.team_id
        return Speaker(
            PLATFORM,
            person,
            email or None,
            profile.get("real_name") or user.get("real_name"),
            team,
            guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            external=bool(user.get("is_stranger")) or (ours is not None and team not in {ours, None}),
            deleted=bool(user.get("deleted")),
        )

    async def page(self, channel: str, thread: str, cursor: str | None, since: datetime, now: datetime) -> Page | None:
        return await self._pages.page(channel, thread, cursor, since, now)

    async def message(self, place: Place) -> Fetched | None:
        return await self._pages.message(place)

    async def called(self, mentioned: str, said_in: str) -> str | None:
        """What a person or channel is called; the name of a private channel is told to nobody outside it."""
        key = mentioned, said_in
        if key not in self._called:
            name = None
            with suppress(Refused):
                name = await self._looked_up(mentioned, said_in)
            self._called[key] = name
        return self._called[key]

    async def _looked_up(self, mentioned: str, said_in: str) -> str | None:
        """Slack: ids of people begin with U or W, of channels with C or G."""
        name = None
        match mentioned[:1]:
            case "U" | "W":
                user = (await answered(self.client.users_info(user=mentioned)))["user"]
                name = (user.get("profile") or {}).get("real_name") or user.get("real_name")
            case "C" | "G":
                channel = (await answered(self.client.conversations_info(channel=mentioned)))["channel"]
                name = channel.get("name") if mentioned == said_in or not channel.get("is_private") else None
        return str(name) if name else None

    async def describe_channel(self, channel: str) -> ChannelFacts:
        told = (await answered(self.client.conversations_info(channel=channel)))["channel"]
        return fetching.facts(told, self.identity.team_id, await self._has_guests(channel))

    async def _has_guests(self, channel: str) -> bool | None:
        """None where Slack would have to be asked too often. Of the same members it is asked once a minute."""
        answer = await answered(self.client.conversations_members(channel=channel, limit=_MOST_MEMBERS))
        if _next(answer):
            return None
        members = set(answer["members"])
        before, at, guests = self._guests.get(channel, (set(), -_ASKED_AGAIN, None))
        if before != members or monotonic() - at >= _ASKED_AGAIN:
            guests = await self._guests_among(members)
            self._guests[channel] = (members, monotonic(), guests)
        return guests

    async def _guests_among(self, members: set[str]) -> bool | None:
        cursor = ""
        for _ in range(_MOST_PAGES):
            people = await answered(self.client.users_list(limit=_PAGE, cursor=cursor or None))
            if any(user["id"] in members and fetching.is_guest(user) for user in people["members"]):
                return True
            if not (cursor := _next(people)):
                return False
        return None

    async def open_modal(self, trigger: str, view: Payload) -> None:
        """Slack: a trigger lives 3 seconds."""
        await answered(self.client.views_open(trigger_id=trigger, view=cast("dict[str, Any]", view)))

    async def push_modal(self, trigger: str, view: Payload) -> None:
        """On top of the modal in which somebody pressed a button. Slack: three lie on each other at the most."""
        await answered(self.client.views_push(trigger_id=trigger, view=cast("dict[str, Any]", view)))

    async def _channels(self) -> AsyncIterator[dict[str, Any]]:
        cursor = None
        while cursor != "":
            call = self.client.conversations_list(
                types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
            )
            answer = await accepted(call)
            for channel in answer["channels"]:
                yield channel
            cursor = _next(answer)

    async def _messages(self, channel: str, thread: str | None, since: datetime) -> AsyncIterator[dict[str, Any]]:
        """Messages of a channel or thread since then, with metadata. Our clock and Slack's may differ a little."""
        oldest, cursor = f"{since.timestamp() - 60:.6f}", None
        while cursor != "":
            page: dict[str, Any] = {"oldest": oldest, "limit": _PAGE, "cursor": cursor, "include_all_metadata": True}
            if thread is None:
                call = self.client.conversations_history(channel=channel, **page)
            else:
                call = self.client.conversations_replies(channel=channel, ts=thread, **page)
            answer = await answered(call)
            for message in answer.get("messages") or []:
                yield message
            cursor = _next(answer)


def _next(answer: AsyncSlackResponse) -> str:
    """Where the next page begins; "" after the last."""
    return (answer.get("response_metadata") or {}).get("next_cursor") or ""


async def _unless(done: str, call: Awaitable[object]) -> None:
    """A call whose refusal `done` says that there was nothing left to do."""
    try:
        await answered(call)
    except Refused as refusal:
        if str(refusal) != done:
            raise


async def accepted(call: Awaitable[T]) -> T:
    """A call at start-up: whatever fails is for the operator to mend now, in a UserError."""
    try:
        return await answered(call)
    except (Refused, Unavailable, Unclear) as error:
        raise UserError(f"Slack did not accept dpbot: {error}. {failures.advice(str(error))}") from None


def _parts(payload: Payload) -> dict[str, Any]:
    return {"text": payload.get("text"), "blocks": payload.get("blocks")}
