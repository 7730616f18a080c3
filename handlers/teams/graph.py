"""Threads and messages as Microsoft Graph has them now. What came before it asked to wait is kept."""

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from bot.domain import Place
from bot.messenger import Limited, NotReadable, Unclear
from handlers.teams.calls import Calls, Told
from handlers.teams.failures import Forbidden, Gone
from handlers.teams.granted import GRAPH
from handlers.teams.places import Places

log = logging.getLogger(__name__)
ADDRESS = "https://graph.microsoft.com/v1.0"
_PAGE = 50  # Microsoft: $top of replies is at most 50
# So many pages are asked for in one go; then the sweep's lease is drawn on no longer.
_MOST_PAGES = 20
# Pages that were fetched so long ago tell too little of now: they are fetched anew.
_KEPT = timedelta(minutes=5)
NO_CONSENT = "dpbot has not been given the right to read its messages"


@dataclass
class _Begun:
    """A thread that is being read: Graph gives the newest reply first, so all of it has to come."""

    head: Told
    fetched_at: datetime
    following: str | None
    replies: list[Told] = field(default_factory=list)


class Graph:
    """`called`: config.toml's names of the channels. `address`: of Graph, or of another server in its place."""

    def __init__(self, calls: Calls, places: Places, called: Mapping[str, str], address: str = ADDRESS) -> None:
        self._calls, self._places, self._called, self._address = calls, places, called, address
        self._begun: dict[tuple[str, str], _Begun] = {}
        self.readable: dict[str, bool] = {}  # by channel, as Graph last said

    async def thread(
        self, channel: str, root: str, since: datetime, now: datetime
    ) -> tuple[list[Told], datetime] | None:
        """The head and its replies, oldest first, as of `since` or later, and when they were; None where it is gone."""
        self._begun = {key: each for key, each in self._begun.items() if now - each.fetched_at <= _KEPT}
        key = channel, root
        begun = self._begun.get(key)
        if begun is None or begun.fetched_at < since:
            place = await self._place(channel)
            head = await self._asked(channel, f"{place}/messages/{quote(root)}")
            if head is None:
                return None
            first = f"{place}/messages/{quote(root)}/replies?$top={_PAGE}"
            self._begun[key] = begun = _Begun(head, now, first)
        if not await self._read_on(channel, begun):
            return None
        self._begun.pop(key, None)
        return [begun.head, *reversed(begun.replies)], begun.fetched_at

    async def _read_on(self, channel: str, begun: _Begun) -> bool:
        """False where the thread went meanwhile."""
        for _ in range(_MOST_PAGES):
            if begun.following is None:
                return True
            told = await self._asked(channel, begun.following)
            if told is None:
                return False
            begun.replies += _listed(told)
            begun.following = self._next(told)
        if begun.following is None:
            return True
        raise Limited("the thread is long, and is read on", 1.0)

    async def message(self, place: Place) -> Told | None:
        """One message by itself; None where it is gone, or only its place is left."""
        address = f"{await self._place(place.channel)}/messages/{quote(place.thread)}"
        if place.message != place.thread:
            address += f"/replies/{quote(place.message)}"
        told = await self._asked(place.channel, address)
        return None if told is None or told.get("deletedDateTime") else told

    async def roots(self, channel: str, since: datetime) -> AsyncIterator[Told]:
        """Messages that head a thread; as far back as any on a page was touched at `since` or later."""
        following: str | None = f"{await self._place(channel)}/messages?$top={_PAGE}"
        oldest = since.isoformat()
        while following is not None:
            told = await self._asked(channel, following) or {}
            messages = _listed(told)
            for each in messages:
                yield each
            following = self._next(told)
            if not any(_stamp(each) >= oldest[:19] for each in messages):
                return

    async def channel(self, channel: str) -> Told:
        """What it says of the channel itself; nothing where it may not be asked, or the channel is gone."""
        try:
            return await self._calls.get(GRAPH, await self._place(channel))
        except (Forbidden, Gone):
            return {}

    async def may_read(self, channel: str) -> bool:
        """Whether consent was given for the channel's team. A channel that is not there raises Gone."""
        try:
            await self._asked(channel, f"{await self._place(channel)}/messages?$top=1", gone_is_none=False)
        except NotReadable:
            return False
        return True

    async def _asked(self, channel: str, address: str, *, gone_is_none: bool = True) -> Told | None:
        try:
            told = await self._calls.get(GRAPH, address)
        except Gone:
            if not gone_is_none:
                raise
            return None
        except Forbidden:
            self._note(channel, may_read=False)
            raise NotReadable(NO_CONSENT) from None
        self._note(channel, may_read=True)
        return told

    def _note(self, channel: str, *, may_read: bool) -> None:
        """Consent may be given and taken away while dpbot runs: whoever runs it is told."""
        before, self.readable[channel] = self.readable.get(channel, may_read), may_read
        if before and not may_read:
            log.warning(
                "dpbot may no longer read the channel %s, and hears there only what mentions it: have an owner of its "
                "team consent to the app's permissions again.",
                self._called.get(channel, channel),
            )
        elif may_read and not before:
            log.info("dpbot may read the channel %s now.", self._called.get(channel, channel))

    async def _place(self, channel: str) -> str:
        room = await self._places.ours(channel)
        return f"{self._address}/teams/{quote(room.group, safe='')}/channels/{quote(channel, safe='')}"

    def _next(self, told: Told) -> str | None:
        """Our token goes to no other host than the one it is for."""
        following = told.get("@odata.nextLink")
        if following is None:
            return None
        if not isinstance(following, str) or _origin(following) != _origin(self._address):
            raise Unclear("Graph names another server for the next page")
        return following


def _listed(told: Told) -> list[Told]:
    """Without this list the rest of a thread would seem to be gone."""
    value = told.get("value")
    if not isinstance(value, list):
        raise Unclear("Graph's answer cannot be read")
    return [each for each in value if isinstance(each, dict)]


def _stamp(told: Told) -> str:
    return str(told.get("lastModifiedDateTime") or told.get("createdDateTime") or "")[:19]


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
