"""Where the demo and the preview take place: a local workspace, apart from what this machine has of the real one."""

import asyncio
import errno
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.app import Bot
from bot.environment import Secrets
from bot.errors import UserError
from handlers.sandbox import Workspace
from handlers.sandbox.basics import Clock

_LOOK = 0.2  # seconds between looks at what the bot did while visitors are there


@asynccontextmanager
async def local_workspace(clock: Clock, name: str, port: int | None) -> AsyncIterator[Workspace]:
    """A workspace at Slack's pace, its page at this port or a free one. UserError where the port cannot be used."""
    workspace = Workspace(clock, port=port or 0, pace=True, redelivery=True, name=name)
    try:
        await workspace.start()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else f"cannot be used ({os.strerror(error.errno or 0)})"
        which = f"Port {port}" if port else "A free port"
        raise UserError(
            f"{which} of this machine {why}: give another with --port, or leave it out for a free one."
        ) from None
    try:
        yield workspace
    finally:
        await workspace.stop()


def secrets_of(workspace: Workspace, folder: Path) -> Secrets:
    """What dpbot is given instead of the environment: this workspace's tokens and a database in `folder`."""
    return Secrets.model_validate(
        {
            "slack_bot_token": workspace.bot_token,
            "slack_app_token": workspace.app_token,
            "slack_api_url": workspace.api_url,
            "database_url": f"sqlite:///{folder / 'local.db'}",
        }
    )


@contextmanager
def apart() -> Iterator[None]:
    """Meanwhile this program's environment has no token, address or proxy of the world outside.

    Bolt and slack_sdk look there themselves, and a proxy leads away from this machine.
    """
    outside = {"DATABASE_URL", "HTTP_PROXY", "HTTPS_PROXY"}
    names = [name for name in os.environ if name.startswith(("SLACK_", "TEAMS_")) or name.upper() in outside]
    real = {name: os.environ.pop(name) for name in names}
    try:
        yield
    finally:
        os.environ.update(real)


async def until_stopped(work: Coroutine[None, None, None]) -> bool:
    """Do this until it ends by itself, or until Ctrl+C, SIGTERM or a closed terminal ends it in good order.

    Whether it was stopped so.
    """
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

    def stop() -> None:
        if not task.cancelling():  # a second Ctrl+C must not interrupt the tidying up
            task.cancel()

    signs = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # ignored under nohup
        signs.append(signal.SIGHUP)
    for sign in signs:
        loop.add_signal_handler(sign, stop)
    try:
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()
        return task.cancelled()
    finally:
        for sign in signs:
            loop.remove_signal_handler(sign)


async def open_to_visitors(bot: Bot, look: Callable[[], None] = lambda: None) -> None:
    """Let visitors talk to the bot, and `look` now and then at what it did. It ends only where the bot fails."""
    while not bot.sending.done():
        await asyncio.wait({bot.sending}, timeout=_LOOK)  # which does not cancel what the bot is at
        look()
    await bot.sending
