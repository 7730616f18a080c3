"""How fast an app may call. Slack: docs.slack.dev/apis/web-api/rate-limits, and the tier on each method's page."""

from collections import defaultdict, deque
from datetime import timedelta
from math import ceil

from handlers.sandbox.basics import Clock

POSTS = "chat.postMessage"
A_SECOND = timedelta(seconds=1)  # Slack: one message a second a channel
A_MINUTE = timedelta(minutes=1)
TIER_2, TIER_3, TIER_4, SPECIAL = 20, 50, 100, 600  # calls a minute; "hundreds a minute" taken as 600
TIERS = {
    "auth.test": SPECIAL,
    "chat.delete": TIER_3,
    "chat.getPermalink": SPECIAL,
    "chat.postEphemeral": TIER_4,
    POSTS: SPECIAL,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "pins.add": TIER_2,
    "pins.list": TIER_2,
    "pins.remove": TIER_2,
    "reactions.add": TIER_3,
    "reactions.get": TIER_3,
    "reactions.remove": TIER_2,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}


class Pace:
    """By the workspace's clock. Slack lets short bursts over a tier pass; here its figure is the most."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    def wait(self, method: str, channel: str) -> int:
        """Whole seconds until the call is allowed, for Retry-After; 0 where it is, and then it counts."""
        limits = [((method, ""), TIERS.get(method, SPECIAL), A_MINUTE)]
        if method == POSTS:
            limits.append(((method, channel), 1, A_SECOND))
        waits = [self._wait(*limit) for limit in limits]
        if not any(waits):
            for key, _, _ in limits:
                self._calls[key].append(self._clock().timestamp())
        return max(waits)

    def _wait(self, key: tuple[str, str], most: int, span: timedelta) -> int:
        now, calls = self._clock().timestamp(), self._calls[key]
        while calls and calls[0] <= now - span.total_seconds():
            calls.popleft()
        return max(1, ceil(calls[0] + span.total_seconds() - now)) if len(calls) >= most else 0
