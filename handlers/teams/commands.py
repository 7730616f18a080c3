"""Commands in Teams: by a mention in a channel, or in the direct chat. The answer is always a direct message."""

from bot import commands
from bot.commands import Command, OpenModal
from bot.domain import Message, Speaker
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.teams import text
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.pages import OPEN


async def direct(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> None:
    """Whatever is said to dpbot alone is a command. WrongUsage says what is allowed."""
    said = text.asked(activity)
    words = text.without_dp(text.readable(activity)) if said is None else said
    await answer(activity, commands.parse(words), desk, messenger)


async def greeting(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> None:
    """Somebody has begun a chat with dpbot: what it can do."""
    await answer(activity, commands.parse(""), desk, messenger)


async def answer(activity: text.Activity, command: Command, desk: Desk, messenger: TeamsMessenger) -> None:
    """A form cannot be opened by words: the answer is then a button that opens it."""
    person = await may_say(activity, messenger)
    speaker = await identify(desk.sessions, messenger, person, desk.clock()) or person
    async with desk.sessions.begin() as session:
        said = await commands.answer(session, desk.config, desk.outbox, command, speaker, desk.clock())
        if isinstance(said, OpenModal):
            opens = {"action": OPEN, "value": said.instead.strip("`")}
            said = Message("type_instead", {"command": said.instead, **opens})
        await desk.outbox.direct(session, text.PLATFORM, person.id, said, answer_key(activity), desk.clock())


def answer_key(activity: text.Activity) -> str:
    """What makes the answer one, however often Teams sends the question."""
    return f"answer:{text.where(activity).channel}:{activity['id']}"


async def may_say(activity: text.Activity, messenger: TeamsMessenger) -> Speaker:
    """Whose activity it is. A conversation's tenant is its own in a direct chat; in a channel, not of all who speak."""
    account, told = text.person(activity), text.where(activity)
    if told.kind == "channel":
        return Speaker(text.PLATFORM, await messenger.persons.id_of(told.channel, account))
    known = await messenger.places.person_of(f":{account}")
    return Speaker(text.PLATFORM, known or f"{told.tenant or messenger.home}:{account}")
