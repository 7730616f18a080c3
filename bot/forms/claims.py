"""For whom somebody says to speak: the form, and SECAS's two buttons."""

from bot.domain import Message, Speaker
from bot.forms.filled import Filled, Pressed, number_of
from bot.messenger import Messenger
from bot.services import acting, claiming, people
from bot.services.desk import Desk


async def form(desk: Desk, pressed: Pressed) -> Message:  # noqa: ARG001 - as every opener: it is the same for everybody
    """The form in which somebody says for whom they speak."""
    async with desk.sessions.read() as session:
        return await claiming.form(session, desk.config)


async def state(desk: Desk, _: Messenger, speaker: Speaker, form: Filled) -> Message:
    """It was sent; SECAS is asked to confirm it."""
    organisation = form.words("organisation") or form.chosen("known") or ""
    async with desk.sessions.begin() as session:
        claim = await claiming.state(
            session, desk.config, desk.outbox, speaker, organisation, form.chosen("category"), desk.clock()
        )
    return Message("modals/organisation_stated", {"claim": claim})


async def confirm(desk: Desk, pressed: Pressed) -> Message:
    return await _decide(desk, pressed, confirmed=True)


async def do_not_confirm(desk: Desk, pressed: Pressed) -> Message:
    return await _decide(desk, pressed, confirmed=False)


async def _decide(desk: Desk, pressed: Pressed, *, confirmed: bool) -> Message:
    claim_id, by, now = number_of(pressed.value), pressed.speaker, desk.clock()
    async with desk.sessions.begin() as session:
        actor = acting.actor_of(by, await people.viewer(session, desk.config, by, now))
        claim = await claiming.decide(session, desk.config, desk.outbox, claim_id, confirmed, actor, now)
        return await claiming.told(session, desk.config, claim, now)
