"""What every listener may ask for by name."""

from collections.abc import Awaitable, Callable

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.services.desk import Desk
from handlers.slack.messenger import SlackMessenger

# Slack sends an event again after about 0, 1 and 5 minutes, then never (Slack: Events API, retries).
LAST_RETRY = 3

Middleware = Callable[[AsyncBoltContext, AsyncBoltRequest, Callable[[], Awaitable[None]]], Awaitable[None]]


def dependencies(desk: Desk, messenger: SlackMessenger) -> Middleware:
    """A middleware that puts desk, messenger and last_chance (of this event) into Bolt's context."""

    async def provide(
        context: AsyncBoltContext,
        request: AsyncBoltRequest,
        next: Callable[[], Awaitable[None]],  # noqa: A002 - Bolt fills parameters by this name
    ) -> None:
        retry = request.headers.get("x-slack-retry-num", ["0"])[0]
        context.update(desk=desk, messenger=messenger, last_chance=retry.isdigit() and int(retry) >= LAST_RETRY)
        await next()

    return provide
