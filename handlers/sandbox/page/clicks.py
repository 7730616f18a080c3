"""Buttons that a visitor clicks: in a message of a channel, a private answer, a modal, Home."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.sandbox import interactions
from handlers.sandbox.basics import Json
from handlers.sandbox.core import Core
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.members import Answer
from handlers.sandbox.store import Person, Post, Room
from handlers.sandbox.text import readable


@dataclass(frozen=True)
class Button:
    """`place`: "post", "whisper", "modal" or "home". `block_id`: two blocks may each have a button of one action_id."""

    place: str
    ts: str
    block_id: str
    action_id: str


async def click(core: Core, person: Person, button: Button, room: Room | None) -> Answer:
    """Click it; `room` is that of a post. LookupError where it is gone.

    Slack: docs.slack.dev/reference/interaction-payloads/block_actions-payload: `container` says where it stood; an
    ephemeral message is not told again.
    """
    if room:
        post = room.post(button.ts)
        delivery = interactions.click(core, person, room, post, button.action_id, button.block_id)
    else:
        delivery = _elsewhere(core, person, button)
    await core.deliveries.begin(delivery)
    payload = delivery.answer or {}
    return Answer(readable(payload), payload, delivery.acknowledged)


def _elsewhere(core: Core, person: Person, button: Button) -> Delivery:
    room_id, blocks, changes = next(_places(core, person, button.place, button.ts), ("", [], {}))
    if not room_id:
        raise LookupError(f"There is no {button.place} of {button.ts}.")
    post = Post(button.ts, core.identity.bot_user_id, "", blocks=blocks)
    delivery = interactions.click(core, person, core.store.room(room_id), post, button.action_id, button.block_id)
    delivery.payload.update(changes)
    for gone in ("message",) if button.place == "whisper" else ("message", "channel", "response_url"):
        delivery.payload.pop(gone, None)
    return delivery


def _places(core: Core, person: Person, place: str, ts: str) -> Iterator[tuple[str, list[Json], Json]]:
    """Channel, blocks, and what the payload says of them."""
    if place == "whisper":
        for each in core.store.whispers.get(person.id, []):
            if each["ts"] == ts:
                container = {"type": "message", "message_ts": ts, "channel_id": each["channel"], "is_ephemeral": True}
                yield each["channel"], each["blocks"], {"container": container}
        return
    home = core.store.homes.get(person.id)
    direct = core.store.direct(person, core.identity.bot_user_id, core.stamps.unix())
    views = core.store.modals.get(person.id, [])[-1:] if place == "modal" else [home] if home else []
    for view in views:
        yield direct.id, view["blocks"], {"container": {"type": "view", "view_id": view["id"]}, "view": view}
