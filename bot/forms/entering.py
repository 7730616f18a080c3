"""Comments that an analyst enters: the form of `/dp enter`."""

from bot.commands import asking_of
from bot.decisions import Action
from bot.domain import Message, Speaker
from bot.errors import WrongField
from bot.forms.filled import Filled, NotOurs
from bot.messenger import Messenger
from bot.rules.references import parse_reference
from bot.rules.wording import platform_name
from bot.services import entering
from bot.services.acting import permit
from bot.services.attributing import Said
from bot.services.desk import Desk
from bot.services.entering import EnteredComment
from bot.services.identifying import identify
from bot.services.typed import day_of, mark_of, source_of, time_of


async def enter(desk: Desk, messenger: Messenger, speaker: Speaker, form: Filled) -> Message:
    """It was sent: the form says what was recorded, and whether its author is told."""
    await _check(speaker, desk)
    comment = _read(form, await _author(form, desk, messenger, speaker.platform))
    async with desk.sessions.begin() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
        entered = await entering.enter(session, desk.config, desk.outbox, comment, asking.actor, asking.now)
    return Message("modals/entered", {"entered": entered, "address": desk.config.secas.comments_address})


async def _check(speaker: Speaker, desk: Desk) -> None:
    """Before anybody is looked up: whom a form names that its sender may not use is none of ours to know."""
    async with desk.sessions.read() as session:
        asking = await asking_of(session, desk.config, desk.outbox, speaker, desk.clock())
    permit(asking.actor, Action.ENTER)


def _read(form: Filled, author: str | Speaker) -> EnteredComment:
    reference = parse_reference(form.about)
    if reference is None:
        raise NotOurs
    return EnteredComment(
        reference=reference,
        source=source_of(form.chosen("source") or ""),
        said=Said(author, form.words("organisation"), form.chosen("party_category") or ""),
        on=day_of(form.day("on") or ""),
        words=form.words("words"),
        at=time_of(form.hour("at") or ""),
        sub_committee=form.chosen("sub_committee") or "",
        context=form.words("context"),
        confidential=form.ticked("confidential"),
        mark=mark_of(form.chosen("mark") or ""),
    )


async def _author(form: Filled, desk: Desk, messenger: Messenger, platform: str) -> str | Speaker:
    """Somebody whom the platform knows, as it describes them, or what was typed."""
    picked, typed = form.person("picked"), form.words("person")
    if picked and typed:
        raise WrongField("person", "Say who gave it in one way only: take this out, or close the form and begin again.")
    if not picked:
        return typed
    person = await identify(desk.sessions, messenger, Speaker(platform, picked), desk.clock())
    if person is None:
        raise WrongField("picked", "That is a program: choose the person who gave the comment.")
    if not (person.name or person.email):
        called = platform_name(platform)
        raise WrongField("picked", f"{called} does not say who that is: give their e-mail address or name instead.")
    return person
