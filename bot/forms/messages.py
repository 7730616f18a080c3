"""“Record as a view” in the menu of a message, and its author's objection."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands import asking_of
from bot.domain import HeardWords, Message, Place, Speaker
from bot.forms.filled import Filled, Pressed, number_of
from bot.messenger import Messenger
from bot.services import audience, meanwhile, record, recording
from bot.services.desk import Desk


@dataclass(frozen=True)
class Said:
    """A message of a channel. `channel_name`: as config.toml has it. `heard`: asks the platform what stands there now.

    None of `heard`: a program's message, or it is gone.
    """

    place: Place
    channel_name: str | None
    heard: Callable[[], Awaitable[HeardWords | None]]


async def record_as_view(desk: Desk, speaker: Speaker, said: Said) -> Message:
    """The form that asks which proposal a message is on."""
    await _check(desk, speaker, said)
    heard = await said.heard()
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        return await recording.form(session, desk.config, said.place, heard, said.channel_name, asking.actor)


async def record_message(desk: Desk, messenger: Messenger, speaker: Speaker, said: Said, form: Filled) -> Message:
    """It was sent: the message is recorded as it stands now."""
    await _check(desk, speaker, said)
    heard, item_id = await said.heard(), number_of(form.chosen("proposal"))
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        where = (said.place, heard, said.channel_name)
        by, now = asking.actor, asking.now
        view = await recording.record_message(session, desk.config, desk.outbox, *where, item_id, by, now)
    if heard is not None:
        await meanwhile.catch_up(desk, messenger, heard, view.proposal_id)
    async with desk.sessions.read() as session:
        view = await record.view(session, audience.SECAS, view.id) or view
    return Message("modals/message_recorded", {"view": view})


async def object_to_record(desk: Desk, pressed: Pressed) -> Message:
    """The author's button: the form for the objection."""
    ref_id = number_of(pressed.value)
    async with desk.sessions.read() as session:
        view = await recording.objectionable(session, desk.config, pressed.speaker, ref_id)
    return Message("modals/object", {"view": view, "most": recording.LONGEST})


async def objection(desk: Desk, _: Messenger, speaker: Speaker, form: Filled) -> Message:
    """It was sent."""
    about, words = number_of(form.about), form.words("words")
    async with desk.sessions.begin() as session:
        kept = await recording.object_to(
            session, desk.config, desk.outbox, speaker, about, words, form.key, desk.clock()
        )
    return Message("modals/objected", {"view": kept})


async def _check(desk: Desk, speaker: Speaker, said: Said) -> None:
    """Before anybody is looked up: who is named in a message that may not be recorded is none of ours to know."""
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        await recording.check(session, desk.config, said.place, said.channel_name, asking.actor)
