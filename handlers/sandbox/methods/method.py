"""What the sandbox knows of one Web API method."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them is enough. Slack: history and lists have one scope for each kind of channel."""

    run: Callable[[Core, Arguments], Json]
    scopes: tuple[str, ...] = ()
    app_level: bool = False  # takes the app-level token, not the bot's
