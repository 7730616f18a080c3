"""Buttons and forms: a person waits for the answer, which Teams asks for once and does not ask for again."""

from typing import Any

from bot.domain import Place
from bot.services.desk import Desk
from handlers.teams import actions, dialogs, errors, text
from handlers.teams.asked import Asked
from handlers.teams.commands import may_say
from handlers.teams.messenger import TeamsMessenger

Answer = dict[str, Any]
_EXECUTES = "adaptiveCard/action"
_WORK = {
    _EXECUTES: actions.execute,
    "task/fetch": dialogs.fetch,
    "task/submit": dialogs.submit,
    "composeExtension/fetchTask": dialogs.fetch,
    "composeExtension/submitAction": dialogs.submit,
}
_OURS = {"action", "value", "form", "about"}  # what our own cards put into a button, beside what is filled in


async def invoked(activity: text.Activity, desk: Desk, messenger: TeamsMessenger) -> Answer | None:
    """None where nothing is to be shown: the dialog closes, or nobody here knows what was asked."""
    name = str(activity.get("name"))
    if name not in _WORK:
        return None
    try:
        asked = await asked_of(activity, messenger)
        return await _WORK[name](desk, messenger, asked) or None
    except Exception as error:  # noqa: BLE001 - the person is told, whatever it was; nothing comes again
        errors.write_down(error)
        if name == _EXECUTES:
            return actions.sorry(error)
        sent = (activity.get("value") or {}).get("data") or {}
        return dialogs.sorry(desk, error, sent.get("words"))


async def asked_of(activity: text.Activity, messenger: TeamsMessenger) -> Asked:
    """What was asked, whichever way Teams says it."""
    value = activity.get("value") or {}
    pressed = value.get("action") or {}
    data = {key: str(told) for key, told in (pressed.get("data") or value.get("data") or {}).items()}
    name = pressed.get("verb") or data.get("form") or data.get("action") or value.get("commandId") or ""
    return Asked(
        speaker=await may_say(activity, messenger),
        action=str(name),
        value=data.get("about" if "form" in data else "value", ""),
        data={key: told for key, told in data.items() if key not in _OURS},
        place=_place(activity, value),
        key=data.get("key") or str(activity["id"]),
        at=text.when(activity) if "timestamp" in activity else None,
    )


def _place(activity: text.Activity, value: Answer) -> Place | None:
    """The message with the button, or the one in whose menu it was asked; None in a direct chat."""
    told = text.where(activity)
    message = (value.get("messagePayload") or {}).get("id") or activity.get("replyToId")
    if told.kind != "channel" or not message:
        return None
    return Place(text.PLATFORM, told.channel, told.message or str(message), str(message))
