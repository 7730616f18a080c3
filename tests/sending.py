"""What tests of sending share: how to queue a message, and what has arrived where."""

from bot.domain import Classification, Message
from handlers.sandbox import Channel
from tests.house import House

IN_ORDER = ["Opera", "DP088", "DP089", "DP090", "DP091", "DP092", "DP093"]
THREE = ["DP092 Comments v0.1 (restricted).docx", *(f"DP092 Comments v0.1.{form}" for form in ("docx", "json", "md"))]


def firsts(house: House, channel: Channel | None = None) -> list[str]:
    """How each message in the channel begins, in order."""
    return [str(message["text"])[:5] for message in house.workspace.messages(channel or house.channel)]


async def announces(house: House, words: str, key: str, channel: str = "operations-group") -> None:
    """Queue a message that is nobody's thread."""
    async with house.desk.sessions.begin() as session:
        message = Message("error", {"sentence": words})
        await house.desk.outbox.announce(session, "slack", channel, message, key, Classification.WHITE, house.clock())


async def whispers(house: House, words: str) -> None:
    async with house.desk.sessions.begin() as session:
        to = ("slack", house.channel.id, None, house.ada.id, f"whisper {words}")
        await house.desk.outbox.whisper(session, *to, Message("error", {"sentence": words}), house.clock())


def calls(house: House, method: str) -> int:
    return sum(call.method == method for call in house.workspace.calls)


async def delivered(house: House) -> list[str]:
    """Names of the files in SECAS's channel after ten minutes, in which dpbot tries again where it must."""
    for _ in range(10):
        await house.ticks()
        house.clock.forward(minutes=1)
    return sorted(file.name for file in house.workspace.files(house.secas))
