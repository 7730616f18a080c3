"""What is heard in Teams' channels: replies, edits, removals, reactions, and commands by mention."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from bot import commands
from bot.commands import Command
from bot.domain import Heard, HeardWords, Message, Place, Speaker
from bot.messenger import NotSent, Unavailable
from bot.services import acknowledging, collecting, people
from bot.services.collecting import NotYetKnown
from bot.services.desk import Desk
from bot.services.identifying import identify
from handlers.teams import text
from handlers.teams.commands import answer, may_say
from handlers.teams.messenger import TeamsMessenger

log = logging.getLogger(__name__)
T = TypeVar("T")
_PATIENCE = 10.0  # seconds, of the 15 after which Teams takes the activity for lost
_PAUSE = 0.5
_AT_ONCE = 3.0
_NOBODY = Speaker(text.PLATFORM, "")  # until it is known that it was said in a thread of ours


async def message(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> None:
    """A message of a channel: a command by mention, or something that may be a view."""
    command = _command(activity)
    heard = text.heard_words(activity, _NOBODY)
    if command is not None and (heard is None or await _is_asked(command, activity, desk, messenger)):
        await _answer(activity, command, desk, messenger)
        return
    if heard is None:
        return
    is_kept = await patiently(lambda: _hear(heard, activity, desk, messenger))
    if command is not None and not is_kept:
        await _answer(activity, command, desk, messenger)
    elif command is not None:
        raise commands.kept_as_comment()


async def edit(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> None:
    """Of any message: an analyst may have recorded it as a view. An edited command was never one."""
    heard = text.heard_words(activity, _NOBODY)
    if heard is None:
        return
    command = _command(activity)
    if command is None or await _is_view(heard, desk) or not await _is_asked(command, activity, desk, messenger):
        await patiently(lambda: _hear(heard, activity, desk, messenger))


async def removal(activity: text.Activity, desk: Desk) -> None:
    """Teams says only that it is gone. What was no view is nothing to us, a command that was removed say."""
    place = text.place_of(activity)
    if place is None:
        return
    async with desk.sessions.read() as session:
        at = text.when(activity)
        heard = await collecting.removal(session, text.PLATFORM, place.channel, place.message, at)
    if heard is not None:
        async with desk.sessions.begin() as session:
            await acknowledging.hear(session, desk.config, desk.outbox, heard, desk.clock())


async def reaction(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> None:
    """Teams tells of reactions to our own messages, and in whose thread those are."""
    told, target = text.where(activity), str(activity.get("replyToId") or "")
    if not target or told.kind != "channel":
        return
    async with desk.sessions.read() as session:
        known = await collecting.known_thread(session, text.PLATFORM, told.channel, target)
    for heard in text.heard_reactions(activity, _NOBODY, known or told.message or target):
        await patiently(lambda heard=heard: _hear(heard, activity, desk, messenger))  # type: ignore[misc]


async def patiently(hear: Callable[[], Awaitable[T]]) -> T:
    """Teams does not promise to send again what we refuse: what stands in the way is waited for, as long as it waits.

    A post of ours may be out without our knowing its id yet; who said it may be asked for in vain.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + _PATIENCE
    while True:
        try:
            return await hear()
        except (NotYetKnown, Unavailable) as error:
            if clock() + _PAUSE > until:
                raise
            log.info("What was heard in Teams waits (%s).", type(error).__name__)
            await asyncio.sleep(_PAUSE)


def _command(activity: text.Activity) -> Command | None:
    """What a message asks for that opens with a mention of dpbot and reads as a command, so that it is no comment."""
    asked = text.asked(activity)
    return commands.recognise(asked) if asked is not None else None


async def _is_asked(command: Command, activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> bool:
    """An analyst's command is one where an analyst gives it: of anybody else it is a comment, so that none is lost."""
    if not command.for_analysts or messenger.name_of(text.where(activity).channel) is None:
        return True
    speaker = await identify(desk.sessions, messenger, await may_say(activity, messenger), desk.clock())
    return speaker is not None and people.is_analyst(desk.config, speaker)


async def _is_view(heard: Heard, desk: Desk) -> bool:
    async with desk.sessions.read() as session:
        place = heard.place
        return await collecting.known_thread(session, place.platform, place.channel, place.message) is not None


async def _hear(heard: Heard, activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> bool:
    """The door, then who it is, then one transaction. False where it is not for the record."""
    async with desk.sessions.read() as session:
        thread = await collecting.door(session, messenger.name_of(heard.place.channel), heard)
    if thread is None:
        return False
    person = await may_say(activity, messenger)
    if thread.proposal_id is None:
        await _say_where(replace(heard, speaker=person), desk, messenger)
        return False
    speaker = await identify(desk.sessions, messenger, person, desk.clock())
    if speaker is None:
        return False
    if isinstance(heard, HeardWords):
        heard = replace(heard, text=text.with_files(heard.text, await _files(heard.place, messenger)))
    async with desk.sessions.begin() as session:
        heard = replace(heard, speaker=speaker)
        await acknowledging.hear(session, desk.config, desk.outbox, heard, desk.clock())
    return True


async def _files(place: Place, messenger: TeamsMessenger) -> tuple[str, ...]:
    """Teams does not tell a bot of a channel's files: Graph does, where it may be asked and answers at once.

    A message that is only a file, and is not found out now, is found when its thread is read again.
    """
    try:
        async with asyncio.timeout(_AT_ONCE):
            told = await messenger.message(place)
    except (NotSent, TimeoutError) as error:
        log.info("Whether a message in Teams has files is not known (%s).", type(error).__name__)
        return ()
    return told.files if told else ()


async def _say_where(heard: Heard, desk: Desk, messenger: TeamsMessenger) -> None:
    """Words under the heading post are about no proposal and are not recorded: their author is told, once."""
    if isinstance(heard, HeardWords):
        place = heard.place
        key = f"not recorded:{place.channel}:{place.message}"
        link = await messenger.link(place.channel, place.thread) if messenger.name_of(place.channel) else None
        async with desk.sessions.begin() as session:
            told = Message("not_recorded", {"link": link})
            await desk.outbox.direct(session, place.platform, heard.speaker.id, told, key, desk.clock())


async def _answer(activity: text.Activity, command: Command, desk: Desk, messenger: TeamsMessenger) -> None:
    """Only in channels of config.toml: of the people in others dpbot cannot say who they are."""
    if messenger.name_of(text.where(activity).channel) is not None:
        await answer(activity, command, desk, messenger)
