"""What Slack sends that no other listener takes: it is acknowledged, and not a word of it is kept."""

from bot.forms.filled import NotOurs


async def event() -> None:
    """Bolt acknowledges when this returns. Slack switches the events of an app off that leaves too many unanswered."""


async def asked() -> None:
    """A button, a form or a shortcut, of an older dpbot say: who used it is told."""
    raise NotOurs
