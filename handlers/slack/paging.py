"""Threads and messages as Slack has them now, reactions in full. What came before Slack asked to wait is kept."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain import Fetched, Page, Place
from bot.messenger import Refused, Unclear
from handlers.slack import fetching, text
from handlers.slack.calls import answered

_PAGE = 200
# A page that was fetched so long ago tells too little of now: it is fetched anew.
_KEPT = timedelta(minutes=5)


@dataclass(frozen=True)
class _Begun:
    """A page that Slack gave. `reactions`: of the messages whose list on it may be incomplete, as far as asked for."""

    told: tuple[text.Event, ...]
    next_cursor: str | None
    fetched_at: datetime
    reactions: dict[str, fetching.Reactions | None] = field(default_factory=dict)


class Pages:
    """`called`: what a person or channel that is mentioned is called, in a channel. `own`: our user."""

    def __init__(
        self, client: AsyncWebClient, called: Callable[[str, str], Awaitable[str | None]], own: Callable[[], str]
    ) -> None:
        self.client, self._called, self._own = client, called, own
        self._begun: dict[tuple[str, str, str | None], _Begun] = {}

    async def page(self, channel: str, thread: str, cursor: str | None, since: datetime, now: datetime) -> Page | None:
        """A page that was fetched at `since` or later, as of the moment at which it was; None where it is gone."""
        self._begun = {key: each for key, each in self._begun.items() if now - each.fetched_at <= _KEPT}
        key = (channel, thread, cursor)
        begun = self._begun.pop(key, None)
        if begun is None or begun.fetched_at < since:
            begun = await self._begin(channel, thread, cursor, now)
        if begun is None:
            return None
        self._begun[key] = begun
        messages = [await self._fetched(each, channel, thread, begun.reactions) for each in begun.told]
        self._begun.pop(key, None)
        return Page(tuple(messages), begun.next_cursor, begun.fetched_at)

    async def message(self, place: Place) -> Fetched | None:
        """One message by itself; None where it is gone, or only its place is left."""
        told = await find(self.client, place)
        if told is None or told.get("subtype") == "tombstone":
            return None
        return await self._fetched(told, place.channel, place.thread, {})

    async def _begin(self, channel: str, thread: str, cursor: str | None, now: datetime) -> _Begun | None:
        """Slack: docs.slack.dev/reference/methods/conversations.replies. A later page may begin with the parent too."""
        call = self.client.conversations_replies(channel=channel, ts=thread, limit=_PAGE, cursor=cursor)
        try:
            answer = await answered(call)
        except Refused as refusal:
            if str(refusal) != "thread_not_found":
                raise
            return None
        following = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if answer.get("has_more") and following is None:
            raise Unclear("Slack says that there is more and not where")  # else the rest would seem to be gone
        told = [each for each in answer.get("messages") or [] if cursor is None or each["ts"] != thread]
        return _Begun(tuple(told), following, now)

    async def _fetched(
        self, told: text.Event, channel: str, thread: str, known: dict[str, fetching.Reactions | None]
    ) -> Fetched:
        bot, names, ts = self._own(), {}, told["ts"]
        if fetching.is_persons(told, bot):
            for mentioned in text.mentioned(told):
                if name := await self._called(mentioned, channel):
                    names[mentioned] = name
        reactions = fetching.reactions(told, bot)
        if reactions is None:
            if ts not in known:
                known[ts] = await self._in_full(channel, ts)
            reactions = known[ts]
        return fetching.message(told, channel, thread, bot, names, reactions)

    async def _in_full(self, channel: str, ts: str) -> fetching.Reactions | None:
        with suppress(Refused):  # it was removed meanwhile
            answer = await answered(self.client.reactions_get(channel=channel, timestamp=ts, full=True))
            return fetching.reactions(answer["message"], self._own())
        return None


async def find(client: AsyncWebClient, place: Place) -> text.Event | None:
    """The message as Slack has it now; None where it is gone. With it may come the head of its thread.

    conversations.history would give a neighbour of a message that is gone.
    """
    ts = place.message
    call = client.conversations_replies(
        channel=place.channel, ts=place.thread, oldest=ts, latest=ts, inclusive=True, limit=2
    )
    try:
        messages = (await answered(call)).get("messages") or []
    except Refused as refusal:
        if str(refusal) != "thread_not_found":
            raise  # what cannot be read is not gone
        return None
    return next((dict(message) for message in messages if message["ts"] == ts), None)
