"""What is heard in Slack's channels: replies, edits, removals, reactions, and commands by mention."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot import commands
from bot.commands import Command, OpenModal
from bot.domain import Heard, HeardWords, Message, Speaker
from bot.services import acknowledging, collecting
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.slack import text
from handlers.slack.asked import command_in
from handlers.slack.messenger import SlackMessenger
from handlers.slack.names import names_in


async def message(
    event: dict[str, Any], context: AsyncBoltContext, desk: Desk, messenger: SlackMessenger, last_chance: bool
) -> None:
    """One listener for every `message` event: a command by mention, or something that may be a view."""
    bot_user = str(context.bot_user_id)
    command = command_in(event, bot_user)
    if command is not None:
        await _answer(event, command, context, desk, messenger)
        return
    heard = text.heard_message(event, bot_user)
    if (bare := text.bare_removal(event)) is not None:
        async with desk.sessions.read() as session:
            heard = await collecting.removal(session, text.PLATFORM, *bare)
    if heard is None or (command_in(text.subject(event), bot_user) is not None and not await _is_view(heard, desk)):
        return  # no person's reply; or a command of before, edited or removed, which was never a view
    await _hear(heard, desk, messenger, last_chance, text.subject(event))


async def reaction(
    event: dict[str, Any], context: AsyncBoltContext, desk: Desk, messenger: SlackMessenger, last_chance: bool
) -> None:
    """A reaction says which message it is on, not which thread: what we do not know, Slack is asked."""
    target = text.reaction_target(event, str(context.bot_user_id))
    if target is None:
        return
    async with desk.sessions.read() as session:
        thread = await collecting.known_thread(session, text.PLATFORM, *target)
    if thread is None and messenger.name_of(target[0]) is not None:
        thread = await messenger.thread_of(*target)
    if thread is not None:
        await _hear(text.heard_reaction(event, thread), desk, messenger, last_chance)


async def _is_view(heard: Heard, desk: Desk) -> bool:
    async with desk.sessions.read() as session:
        place = heard.place
        return await collecting.known_thread(session, place.platform, place.channel, place.message) is not None


async def _hear(
    heard: Heard, desk: Desk, messenger: SlackMessenger, last_chance: bool, said: text.Event | None = None
) -> None:
    """The door, then who it is and whom it names, then one transaction. Bolt acknowledges when this returns.

    `said`: the message itself, where something was said.
    """
    async with desk.sessions.read() as session:
        thread = await collecting.door(session, messenger.name_of(heard.place.channel), heard)
    if thread is None:
        return
    if thread.proposal_id is None:
        await _say_where(heard, desk)
        return
    speaker = await identify(desk.sessions, messenger, heard.speaker, desk.clock(), last_chance=last_chance)
    if speaker is None:
        return  # a program, such as a workflow
    if isinstance(heard, HeardWords) and said is not None:
        names = await names_in(said, heard.place.channel, desk, messenger)
        heard = replace(heard, text=text.readable(said, names))
    async with desk.sessions.begin() as session:
        heard = replace(heard, speaker=speaker)
        await acknowledging.hear(session, desk.config, desk.outbox, heard, desk.clock())


async def _say_where(heard: Heard, desk: Desk) -> None:
    """Words under the heading post are about no proposal and are not recorded: their author is told, once."""
    if isinstance(heard, HeardWords):
        place = heard.place
        key = f"not recorded:{place.channel}:{place.message}"
        async with desk.sessions.begin() as session:
            to = (place.platform, place.channel, place.thread, heard.speaker.id, key)
            await desk.outbox.whisper(session, *to, Message("not_recorded", {}), desk.clock())


async def _answer(
    event: dict[str, Any], command: Command, context: AsyncBoltContext, desk: Desk, messenger: SlackMessenger
) -> None:
    """Answer a command by mention, to its author only. The error handler whispers what goes wrong."""
    context["asked"] = event
    person = Speaker(text.PLATFORM, event["user"])
    speaker = await identify(desk.sessions, messenger, person, desk.clock()) or person
    async with desk.sessions.begin() as session:
        answer = await commands.answer(session, desk.config, desk.outbox, command, speaker, desk.clock())
        if isinstance(answer, OpenModal):  # Slack gives a mention no trigger, without which no modal opens
            answer = Message("type_instead", {"command": answer.instead})
        await desk.outbox.whisper(session, *whisper_to(event), answer, desk.clock())


def whisper_to(event: dict[str, Any]) -> tuple[str, str, str | None, str, str]:
    """Where the answer to a mention goes: platform, channel, thread, person; and the key that makes it one answer."""
    channel, ts = event["channel"], event["ts"]
    return text.PLATFORM, channel, event.get("thread_ts"), event["user"], f"answer:{channel}:{ts}"
