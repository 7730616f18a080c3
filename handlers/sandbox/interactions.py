"""What a member sends the app: slash command, click, submitted modal. Slack: docs.slack.dev/interactivity."""

import secrets
from collections.abc import Iterator

from handlers.sandbox import shapes
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.store import Hook, Person, Post, Room, Trigger
from handlers.sandbox.text import escape

TRIGGER_LIVES = 3.0  # seconds


def command(core: Core, person: Person, room: Room, line: str) -> tuple[Delivery, str]:
    """Slack: docs.slack.dev/interactivity/implementing-slash-commands. With it, the name of its response_url."""
    name, _, words = line.partition(" ")
    trigger, hook = _trigger(core, person), _hook(core, person, room)
    payload: Json = {
        "token": core.identity.verification_token,
        "team_id": core.identity.team_id,
        "team_domain": core.identity.domain,
        "channel_id": room.id,
        "channel_name": room.name
        if room.kind == "channel"
        else {"group": "privategroup", "im": "directmessage"}[room.kind],
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": escape(words.strip()),
        "api_app_id": core.identity.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{core.address}/response/{hook}",
        "trigger_id": trigger,
    }
    return Delivery(trigger, "command", payload), hook


def click(core: Core, person: Person, room: Room, post: Post, action_id: str) -> Delivery:
    """Slack: docs.slack.dev/reference/interaction-payloads/block_actions-payload."""
    block, element = button(post, action_id)
    trigger, hook = _trigger(core, person), _hook(core, person, room)
    keys = ("action_id", "type", "text", "value")
    action = {key: element[key] for key in keys if key in element} | {"block_id": block["block_id"]}
    container = {"type": "message", "message_ts": post.ts, "channel_id": room.id, "is_ephemeral": False}
    payload = _interaction(core, person, "block_actions", trigger) | {
        "container": container | ({"thread_ts": post.thread_ts} if post.thread_ts else {}),
        "channel": {"id": room.id, "name": room.name},
        "message": shapes.message(core.identity, room, post),
        "state": {"values": {}},
        "response_url": f"{core.address}/response/{hook}",
        "actions": [action | {"action_ts": core.stamps.next()}],
    }
    return Delivery(trigger, "interactive", payload)


def submission(core: Core, person: Person, view: Json, values: Json) -> Delivery:
    """Slack: docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""
    trigger = _trigger(core, person)
    state: Json = {}
    for block in view.get("blocks", []):
        element = block.get("element")
        if block["type"] == "input" and element:
            given = values.get(block["block_id"], {}).get(element["action_id"])
            state[block["block_id"]] = {element["action_id"]: _filled(element, given)}
    if unknown := set(values) - set(state):
        raise LookupError(f"The modal has no input block named {', '.join(sorted(unknown))}.")
    payload = _interaction(core, person, "view_submission", trigger)
    return Delivery(
        trigger, "interactive", payload | {"view": view | {"state": {"values": state}}, "response_urls": []}
    )


def closing(core: Core, person: Person, view: Json) -> Delivery:
    """A modal with `notify_on_close` was closed. Slack: as `submission`."""
    payload = _interaction(core, person, "view_closed", _trigger(core, person))
    del payload["trigger_id"]
    return Delivery(core.store.new_id("I"), "interactive", payload | {"view": view, "is_cleared": False})


def button(post: Post, action_id: str) -> tuple[Json, Json]:
    """The block and the element with that action_id."""
    for block, element in _elements(post):
        if element.get("action_id") == action_id:
            return block, element
    raise LookupError(f"The message of {post.ts} has nothing to click named {action_id}.")


def _elements(post: Post) -> Iterator[tuple[Json, Json]]:
    for block in post.blocks:
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            yield block, element


def _interaction(core: Core, person: Person, kind: str, trigger: str) -> Json:
    return {
        "type": kind,
        "team": {"id": core.identity.team_id, "domain": core.identity.domain},
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": core.identity.team_id,
        },
        "api_app_id": core.identity.app_id,
        "token": core.identity.verification_token,
        "trigger_id": trigger,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _filled(element: Json, given: object) -> Json:
    """An input's state. Slack: options are told as the whole option, in `selected_option` or `selected_options`."""
    kind = element["type"]
    options = {each["value"]: each for each in element.get("options", [])}
    if kind in {"checkboxes", "multi_static_select"}:
        chosen = given if isinstance(given, list) else []
        return {"type": kind, "selected_options": [options[each] for each in chosen]}
    if kind in {"static_select", "radio_buttons"}:
        return {"type": kind, "selected_option": options[str(given)] if given else element.get("initial_option")}
    if kind == "datepicker":
        return {"type": kind, "selected_date": given or element.get("initial_date")}
    return {"type": kind, "value": element.get("initial_value") if given is None else given}


def _trigger(core: Core, person: Person) -> str:
    trigger = f"{core.stamps.next()}.{secrets.token_hex(8)}"
    core.store.triggers[trigger] = Trigger(person.id, core.stamps.now().timestamp() + TRIGGER_LIVES)
    return trigger


def _hook(core: Core, person: Person, room: Room) -> str:
    hook = secrets.token_hex(12)
    core.store.hooks[hook] = Hook(person.id, room.id)
    return hook
