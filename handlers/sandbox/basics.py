"""What every file here shares: JSON, Slack's errors, the workspace's identity, its clock of timestamps."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
Clock = Callable[[], datetime]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000  # microseconds


class SlackError(Exception):
    """An error as Slack names it: what stands beside `"ok": false`."""

    def __init__(self, error: str, **details: object) -> None:
        super().__init__(error)
        self.error = error
        self.details = details


@dataclass
class Limits:
    """Where Slack cuts short. A test may make them smaller, to see what comes in pieces with little."""

    reaction_users: int = 50  # Slack: the list may be incomplete, the count is right. The figure was measured by others
    messages: int = 1000  # Slack: no page is longer; it may be shorter than was asked for


@dataclass(frozen=True)
class Identity:
    """Who the workspace and its one app are. Tokens and secrets are invented for each workspace."""

    name: str
    bot_name: str
    team_id: str = "T0SANDBOX"
    app_id: str = "A0SANDBOX"
    bot_id: str = "B0SANDBOX"
    bot_user_id: str = "U0SANDBOX"
    bot_token: str = field(default_factory=lambda: f"xoxb-sandbox-{secrets.token_hex(12)}")
    app_token: str = field(default_factory=lambda: f"xapp-sandbox-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))
    limits: Limits = field(default_factory=Limits)

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


class Stamps:
    """Timestamps as Slack gives them: "seconds.micros", each one unique in the workspace and later than the last.

    They come from the workspace's clock; while that stands still, each is a microsecond after the one before.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def now(self) -> datetime:
        return self._clock()

    def next(self) -> str:
        self._last = max((self.now() - EPOCH) // timedelta(microseconds=1), self._last + 1)
        return f"{self._last // SECOND}.{self._last % SECOND:06d}"

    def second(self) -> str:
        """The time of an edit. Slack: `edited.ts` has whole seconds only, so two edits may share one."""
        return f"{(self.now() - EPOCH) // timedelta(seconds=1)}.000000"

    def unix(self) -> int:
        return (self.now() - EPOCH) // timedelta(seconds=1)
