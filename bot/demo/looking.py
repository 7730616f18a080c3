"""What performances share: waiting for what the bot does by itself, and a message as a reader sees it."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.errors import UserError
from handlers.sandbox import Workspace

_PATIENCE = 60.0  # seconds to wait for anything the bot does by itself
_LOOK = 0.02  # seconds between looks at whether it has come
_LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")


async def until(workspace: Workspace, condition: Callable[[], bool | Awaitable[bool]]) -> None:
    """Wait for what the bot does by itself; UserError where it does not come, and nothing else does."""
    calls, now = workspace.calls, asyncio.get_running_loop().time
    try:
        async with asyncio.timeout(_PATIENCE) as limit:
            while not (await found if isinstance(found := condition(), Awaitable) else found):
                before = len(calls)
                await asyncio.sleep(_LOOK)
                if len(calls) > before:
                    limit.reschedule(now() + _PATIENCE)
    except TimeoutError:
        raise UserError(f"The demo stopped: the bot did nothing for {_PATIENCE:g} seconds.") from None


def words(message: dict[str, Any]) -> str:
    """The words of a message's blocks, a blank line between blocks; of its text where it has no blocks."""
    blocks = message.get("blocks") or [{"text": {"text": message.get("text", "")}}]
    parts = [
        block.get("text") or (block.get("elements") or [{}])[0] for block in blocks if block.get("type") != "divider"
    ]
    return "\n\n".join(str(part.get("text", "")) for part in parts if isinstance(part.get("text"), str))


def plain(text: str) -> str:
    """Slack's marks taken off: what a reader sees."""
    shown = _LINK.sub(r"\1", text).replace("*", "")
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").rstrip("\n") + "\n"
