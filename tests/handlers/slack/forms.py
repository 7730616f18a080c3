"""What tests of forms share: fields by name, buttons in a form, and a form that is filled in and sent."""

from typing import Any

from handlers.sandbox import Member
from handlers.sandbox.members import Answer
from handlers.sandbox.page import clicks
from handlers.sandbox.text import readable
from tests.house import House

Json = dict[str, Any]


def words_of(form: Json) -> str:
    """All that is read in it, its title apart."""
    return readable({"blocks": form["blocks"]}).replace("*", "").strip()


def fields_of(form: Json) -> dict[str, Json]:
    """The fields by their labels, each with its hint's words."""
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    return {block["label"]["text"]: block | {"told": (block.get("hint") or {}).get("text", "")} for block in inputs}


async def sends(member: Member, **filled: object) -> Answer:
    """The form on top, with these fields, named by their blocks."""
    return await chooses(member, filled)


async def chooses(member: Member, filled: Json) -> Answer:
    return await member.submits(member.modals[-1], {name: {name: value} for name, value in filled.items()})


async def presses(house: House, member: Member, action_id: str, value: str = "") -> Answer:
    """A button in the form on top; of several of that action_id the one with this value."""
    form = member.modals[-1]
    for block in form["blocks"]:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id") == action_id and value in {"", element.get("value")}:
                button = clicks.Button("modal", form["id"], block["block_id"], action_id)
                core = house.workspace._core
                return await clicks.click(core, core.store.person(member.id), button, None)
    raise LookupError(f"The form has no button {action_id}.")
