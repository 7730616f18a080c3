"""What Teams' activities are handed to. It imports Microsoft's SDK, so it is imported only where Teams is used."""

from aiohttp import web

from bot.services.desk import Desk
from handlers.teams import commands, events, invokes, sdk, text
from handlers.teams.door import PATH, Door
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.tokens import Inbound


async def register(site: web.Application, desk: Desk, messenger: TeamsMessenger, inbound: Inbound) -> None:
    """Put the door into dpbot's site, and behind it what answers."""
    app = await sdk.make_app(messenger.program, messenger.home, _no_token)

    async def answer(activity: text.Activity) -> text.Activity | None:
        person = None
        if text.where(activity).kind == "personal" and not text.is_ours(activity):
            person = (await commands.may_say(activity, messenger)).id
        await messenger.places.noted(activity, desk.clock(), person)
        return await _answered(activity, desk, messenger)

    sdk.hears(app, answer)
    site.router.add_post(PATH, Door(desk, messenger, inbound, app).answer)


async def _answered(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> text.Activity | None:
    """What dpbot itself or another program did is nothing to it. docs/events.md has the table."""
    if text.is_ours(activity):
        return None
    channel, personal = (text.where(activity).kind == kind for kind in ("channel", "personal"))
    match activity["type"]:
        case "message" if channel:
            await events.message(activity, desk, messenger)
        case "message" if personal:
            await commands.direct(activity, desk, messenger)
        case "messageUpdate" if channel:
            await events.edit(activity, desk, messenger)
        case "messageDelete" if channel:
            await events.removal(activity, desk)
        case "messageReaction" if channel:
            await events.reaction(activity, desk, messenger)
        case "installationUpdate" if personal and activity.get("action") == "add":
            await commands.greeting(activity, desk, messenger)
        case "invoke":
            return await invokes.invoked(activity, desk, messenger)
    return None


async def _no_token(_scope: str | list[str], _tenant: str | None) -> str:
    raise RuntimeError("dpbot does not send through the SDK")
