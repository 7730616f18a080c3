"""One call of Slack's Web API: its answer, or why there is none."""

from collections.abc import Awaitable
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.messenger import Unclear
from handlers.slack import failures

T = TypeVar("T")


async def answered(call: Awaitable[T]) -> T:
    """A call's answer; Refused, Unavailable or Unclear where there is none."""
    try:
        return await call
    except SlackApiError as error:
        raise failures.meaning(error.response) from None
    except SlackRequestError:
        raise Unclear("Slack did not take a file's bytes") from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unclear(f"no answer from Slack ({type(error).__name__})") from None
