"""What is heard in Slack's channels: replies, edits, removals, reactions, and commands by mention."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot import commands
from bot.commands import Command, OpenModal
from bot.domain import Heard, HeardWords, Message, Speaker
from bot.services import acknowledging, collecting, people
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
    heard = text.heard_message(event, bot_user)
    if command is not None and (heard is None or await _is_asked(command, heard, desk, messenger)):
        await _answer(event, command, context, desk, messenger)
        return
    if (bare := text.bare_removal(event)) is not None:
        async with desk.sessions.read() as session:
            heard = await collecting.removal(session, text.PLATFORM, *bare)
    if heard is None or await _was_asked(event, heard, bot_user, desk, messenger):
        return  # no person's reply; or a command of before, edited or removed, which was never a view
    is_kept = await _hear(heard, desk, messenger, last_chance, text.subject(event))
    if command is not None:
        if is_kept:
            context["asked"] = event
            raise commands.kept_as_comment()
        await _answer(event, command, context, desk, messenger)


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


async def _is_asked(command: Command, heard: Heard, desk: Desk, messenger: SlackMessenger) -> bool:
    """An analyst's command is one where an analyst gives it: of anybody else it is a comment, so that none is lost."""
    if not command.for_analysts:
        return True
    speaker = await identify(desk.sessions, messenger, heard.speaker, desk.clock())
    return speaker is not None and people.is_analyst(desk.config, speaker)


async def _was_asked(event: text.Event, heard: Heard, bot_user: str, desk: Desk, messenger: SlackMessenger) -> bool:
    """Whether what was edited or removed was a command, and never a view."""
    command = command_in(text.subject(event), bot_user) if text.subject(event) is not event else None
    return command is not None and not await _is_view(heard, desk) and await _is_asked(command, heard, desk, messenger)


async def _is_view(heard: Heard, desk: Desk) -> bool:
    async with desk.sessions.read() as session:
        place = heard.place
        return await collecting.known_thread(session, place.platform, place.channel, place.message) is not None


async def _hear(
    heard: Heard, desk: Desk, messenger: SlackMessenger, last_chance: bool, said: text.Event | None = None
) -> bool:
    """The door, then who it is and whom it names, then one transaction. Bolt acknowledges when this returns.

    `said`: the message itself, where something was said. False where it is not for the record.
    """
    async with desk.sessions.read() as session:
        thread = await collecting.door(session, messenger.name_of(heard.place.channel), heard)
    if thread is None:
        return False
    if thread.proposal_id is None:
        await _say_where(heard, desk)
        return False
    speaker = await identify(desk.sessions, messenger, heard.speaker, desk.clock(), last_chance=last_chance)
    if speaker is None:
        return False  # a program, such as a workflow
    if isinstance(heard, HeardWords) and said is not None:
        names = await names_in(said, heard.place.channel, desk, messenger)
        heard = replace(heard, text=text.readable(said, names))
    async with desk.sessions.begin() as session:
        heard = replace(heard, speaker=speaker)
        await acknowledging.hear(session, desk.config, desk.outbox, heard, desk.clock())
    return True


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
