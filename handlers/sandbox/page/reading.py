"""What each member has read and put away: the page's own memory, gone with the workspace."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.sandbox.store import Post

NOTHING = "0"  # a ts before all others


@dataclass(frozen=True)
class Span:
    """What was new when a member opened a place: after `since`, up to `until` (ts)."""

    since: str
    until: str


@dataclass
class Reading:
    """A place is a channel's id, or a thread's: "channel/ts"."""

    dismissed: set[tuple[str, str]] = field(default_factory=set)  # member and ts of what they put away
    _read: dict[tuple[str, str], str] = field(default_factory=dict)
    _new: dict[tuple[str, str], Span] = field(default_factory=dict)
    _open: dict[tuple[str, str], str] = field(default_factory=dict)  # by member and pane

    def opens(self, member: str, pane: str, place: str, latest: str) -> None:
        """The member looks at a place whose newest message is of `latest`."""
        key = (member, place)
        if self._open.get((member, pane)) != place:
            self._open[member, pane] = place
            self._new[key] = Span(self.read(member, place), latest)
        self._read[key] = max(latest, self.read(member, place))

    def leaves(self, member: str, pane: str) -> None:
        self._open.pop((member, pane), None)

    def read(self, member: str, place: str) -> str:
        """The ts up to which the member has read there."""
        return self._read.get((member, place), NOTHING)

    def is_new(self, member: str, place: str, ts: str) -> bool:
        """Whether it was new when the member opened the place; nothing is on the first visit, when all would be."""
        span = self._new.get((member, place))
        return span is not None and span.since != NOTHING and span.since < ts <= span.until

    def unread(self, member: str, place: str, newest_first: Iterable[Post]) -> int:
        """How many messages by others are there that the member has not seen."""
        read, count = self.read(member, place), 0
        for post in newest_first:
            if post.ts <= read:
                break
            count += post.user != member
        return count
