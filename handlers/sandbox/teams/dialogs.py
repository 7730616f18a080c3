"""Dialogs: how they are opened, from a button or a message's menu, what submitting one tells the app, what it answers.

Microsoft: learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots.
"""

from handlers.sandbox.basics import Json
from handlers.sandbox.members import Answer
from handlers.sandbox.teams import activities, cards, forms
from handlers.sandbox.teams.core import Core
from handlers.sandbox.teams.store import Person, Post, Room, TeamsError

_TROUBLE = "Something went wrong. Please try again."
_SIZES = {"small", "medium", "large"}


def from_menu(core: Core, room: Room, post: Post, command: str) -> Json:
    """Microsoft: the message comes as Graph's chatMessage."""
    payload = core.graph.message(room, post)
    return {
        "commandId": command,
        "commandContext": "message",
        "context": {"theme": "default"},
        "messagePayload": payload,
    }


async def ask(core: Core, person: Person, name: str, value: Json, room: Room, post: Post | None) -> Answer:
    made = activities.invoke(core.activity("invoke", room, person), name, value, room, post)
    delivery = core.ask(made)
    await core.deliveries.begin(delivery)
    if not delivery.acknowledged:
        return Answer(_TROUBLE, {}, acknowledged=False)
    return _settled(core, person, delivery.answer or {}, {"ask": name, "value": value, "room": room, "post": post})


async def submit(core: Core, person: Person, view: Json, values: Json, action: str | None) -> Answer:
    """What the app answers decides what stays open: another card, the same with its mistake, a message, nothing."""
    button = _button(view["card"], action)
    told = forms.sent(view["card"], values, {each.aad for each in core.store.people.values()})
    via = view["via"]
    data = told | button["data"]
    menu = str(via["ask"]).startswith("composeExtension/")
    name = "composeExtension/submitAction" if menu else "task/submit"
    value: Json = {"data": data, "context": {"theme": "default"}}
    if menu:
        value |= {name: via["value"][name] for name in ("commandId", "commandContext", "messagePayload")}
    return await ask(core, person, name, value, via["room"], via["post"])


def _button(card: Json, action: str | None) -> Json:
    found = [each for each in cards.walk(card) if each["type"] == "Action.Submit"]
    for each in found:
        if each["data"].get("action") == action if action else "form" in each["data"]:
            return each
    raise LookupError(f"The dialog has no button {action or 'that sends it'}.")


def _settled(core: Core, person: Person, answer: Json, via: Json) -> Answer:
    opened = core.store.dialogs.setdefault(person.key, [])
    task = answer.get("task")
    opened.clear()
    if task is None:
        return Answer("", answer, acknowledged=True)
    if task.get("type") == "message":
        return Answer(str(task["value"]), answer, acknowledged=True)
    try:
        form = _checked(task)
    except (TeamsError, KeyError, AttributeError) as refusal:
        return Answer(f"{_TROUBLE} {refusal}", answer, acknowledged=False)
    opened.append(form | {"via": via})
    return Answer(f"{form['title']}\n{forms.readable(form['card'])}", answer, acknowledged=True)


def _checked(task: Json) -> Json:
    value = task["value"]
    if task["type"] != "continue" or value["card"]["contentType"] != cards.CARD:
        raise cards.Wrong("task", "continue with an Adaptive Card is wanted")
    if not isinstance(value.get("title"), str) or not value["title"]:
        raise cards.Wrong("task", "a title is wanted")
    for side in ("width", "height"):
        if not isinstance(value.get(side, 1), int) and value[side] not in _SIZES:
            raise cards.Wrong("task", f"{side} is a number of pixels, small, medium or large")
    cards.check(value["card"]["content"], form=True)
    return {"title": value["title"], "card": value["card"]["content"]}
