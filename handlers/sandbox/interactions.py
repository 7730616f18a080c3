"""What a member sends the app: slash command, click, submitted modal. Slack: docs.slack.dev/interactivity."""

import re
import secrets
from collections.abc import Iterator

from handlers.sandbox import filled, forms, shapes
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.manifest import SHORTCUTS, SHOULD_ESCAPE
from handlers.sandbox.store import Hook, Person, Post, Room, Trigger
from handlers.sandbox.text import MENTION, escape

TRIGGER_LIVES = 3.0  # seconds


class Unfilled(ValueError):
    """A modal that Slack's own client would not send: what is wrong in a sentence, by block_id."""

    def __init__(self, faults: Json) -> None:
        super().__init__("; ".join(f"{block}: {fault}" for block, fault in faults.items()))
        self.faults = faults


def command(core: Core, person: Person, room: Room, line: str) -> tuple[Delivery, str]:
    """Slack: docs.slack.dev/interactivity/implementing-slash-commands. With it, the name of its response_url."""
    name, words = parts(line)
    trigger, hook, team = _trigger(core, person), _hook(core, person, room), _team(core, person)
    payload: Json = {
        "token": core.identity.verification_token,
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": room.id,
        "channel_name": _called(room),
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": escape(words if SHOULD_ESCAPE else _as_typed(core, words)),
        "api_app_id": core.identity.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{core.address}/response/{hook}",
        "trigger_id": trigger,
    }
    return Delivery(trigger, "command", payload), hook


def parts(line: str) -> tuple[str, str]:
    """A command and the words after the first white space, a new line too."""
    name, words, *_ = [*line.split(maxsplit=1), "", ""]
    return name, words.strip()


def click(core: Core, person: Person, room: Room, post: Post, action_id: str, block_id: str = "") -> Delivery:
    """Slack: docs.slack.dev/reference/interaction-payloads/block_actions-payload."""
    block, element = button(post, action_id, block_id)
    modals = core.store.modals.get(person.id, []) if post.ts not in room.posts else []
    trigger = _trigger(core, person, in_modal=any(block in view["blocks"] for view in modals))
    hook = _hook(core, person, room, post.ts)
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


def shortcut(core: Core, person: Person, room: Room, post: Post, callback_id: str) -> Delivery:
    """Slack: docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload.

    The menu of every message offers it, in channels too that the app is not in.
    """
    if callback_id not in SHORTCUTS:
        raise LookupError(f"The app's manifest names no shortcut {callback_id}.")
    trigger, hook = _trigger(core, person), _hook(core, person, room)
    payload = _interaction(core, person, "message_action", trigger) | {
        "callback_id": callback_id,
        "action_ts": core.stamps.next(),
        "message_ts": post.ts,
        "message": shapes.message(core.identity, room, post),
        "channel": {"id": room.id, "name": _called(room)},
        "response_url": f"{core.address}/response/{hook}",
    }
    return Delivery(trigger, "interactive", payload)


def submission(core: Core, person: Person, view: Json, values: Json) -> Delivery:
    """Slack: docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""
    state = forms.state(view, values)
    if faults := filled.faults(core.store, view, state):
        raise Unfilled(faults)
    trigger = _trigger(core, person, in_modal=True)
    payload = _interaction(core, person, "view_submission", trigger)
    return Delivery(
        trigger, "interactive", payload | {"view": view | {"state": {"values": state}}, "response_urls": []}
    )


def closing(core: Core, person: Person, view: Json) -> Delivery:
    """A modal with `notify_on_close` was closed. Slack: as `submission`."""
    payload = _interaction(core, person, "view_closed", _trigger(core, person))
    del payload["trigger_id"]
    return Delivery(core.store.new_id("I"), "interactive", payload | {"view": view, "is_cleared": False})


def button(post: Post, action_id: str, block_id: str = "") -> tuple[Json, Json]:
    """The block and the element with that action_id. Slack: it is unique in its block only, so `block_id` tells."""
    for block, element in _elements(post):
        if element.get("action_id") == action_id and block_id in {"", block["block_id"]}:
            return block, element
    raise LookupError(f"The message of {post.ts} has nothing to click named {action_id}.")


def _elements(post: Post) -> Iterator[tuple[Json, Json]]:
    for block in post.blocks:
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            yield block, element


def _interaction(core: Core, person: Person, kind: str, trigger: str) -> Json:
    return {
        "type": kind,
        "team": _team(core, person),
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": person.team or core.identity.team_id,
        },
        "api_app_id": core.identity.app_id,
        "token": core.identity.verification_token,
        "trigger_id": trigger,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _called(room: Room) -> str:
    """Slack: commands and shortcuts tell the name of public channels only."""
    return {"group": "privategroup", "im": "directmessage"}.get(room.kind, room.name)


def _team(core: Core, person: Person) -> Json:
    """The workspace this person acts in: in a shared channel it may not be the app's."""
    if person.team:
        return {"id": person.team, "domain": person.team.lower()}
    return {"id": core.identity.team_id, "domain": core.identity.domain}


def _as_typed(core: Core, words: str) -> str:
    """Slack: without `should_escape`, a member named in a command stays as typed, "@ada.firth"."""

    def typed(found: re.Match[str]) -> str:
        person = core.store.people.get(found[1].strip("<@>").partition("|")[0])
        return f"@{person.handle}" if person else found[1]

    return MENTION.sub(typed, words)


def _trigger(core: Core, person: Person, *, in_modal: bool = False) -> str:
    trigger = f"{core.stamps.next()}.{secrets.token_hex(8)}"
    core.store.triggers[trigger] = Trigger(person.id, core.stamps.now().timestamp() + TRIGGER_LIVES, in_modal)
    return trigger


def _hook(core: Core, person: Person, room: Room, ts: str = "") -> str:
    hook = secrets.token_hex(12)
    core.store.hooks[hook] = Hook(person.id, room.id, ts)
    return hook
