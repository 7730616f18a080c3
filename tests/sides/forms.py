"""Forms on either side: how they are opened, what stands in them, how they are filled in and sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from handlers.sandbox import Member, Said, Workspace
from handlers.sandbox.page import clicks
from handlers.sandbox.teams import Member as TeamsMember
from handlers.sandbox.teams import TeamsWorkspace, cards, forms
from handlers.sandbox.text import readable

Json = dict[str, Any]
OPEN = "open_form"  # the button that Teams is sent where Slack opens a form at once


@dataclass(frozen=True)
class Field:
    """`value`: "" where nothing is filled in or chosen, "true" of a tick. `choices`: by what is read, in order."""

    label: str
    value: str = ""
    told: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


class Forms(Protocol):
    def words(self, form: Json) -> str:
        """All that is read in it."""

    def fields(self, form: Json) -> dict[str, Field]:
        """By their names, which are the same on every platform."""

    async def sends(self, member: Member, form: Json, filled: Mapping[str, str | bool]) -> str:
        """With these fields filled in; what is read then: a mistake, the next form, or nothing."""

    async def presses(self, member: Member, form: Json, action: str) -> Json:
        """A button in it; the form that comes of it."""

    async def told(self, member: Member, action: str, value: str | None = None) -> str:
        """The newest such button in what the member was told alone is pressed; what is answered."""


def top(member: Member) -> Json:
    assert member.modals, "no form is open"
    return member.modals[-1]


@dataclass(frozen=True)
class SlackForms:
    workspace: Workspace

    def words(self, form: Json) -> str:
        return f"{form['title']['text']}\n{readable({'blocks': form['blocks']})}"

    def fields(self, form: Json) -> dict[str, Field]:
        return {block["block_id"]: _of_slack(block) for block in form["blocks"] if block["type"] == "input"}

    async def sends(self, member: Member, form: Json, filled: Mapping[str, str | bool]) -> str:
        inputs = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
        if form not in member.modals:
            member.modals.append(form)
        values = {name: {name: _ticks(inputs[name], value)} for name, value in filled.items()}
        answer = await member.submits(form, values)
        assert answer.acknowledged
        wrong = " ".join(answer.payload.get("errors", {}).values())
        return wrong or (self.words(member.modals[-1]) if member.modals else "")

    async def presses(self, member: Member, form: Json, action: str) -> Json:
        block, _ = next(each for each in _buttons(form["blocks"]) if each[1]["action_id"] == action)
        await self._click(member, clicks.Button("modal", form["id"], block, action))
        return top(member)

    async def told(self, member: Member, action: str, value: str | None = None) -> str:
        direct = self.workspace.direct(member)
        whispers = [("whisper", each) for each in self.workspace.ephemerals(member)]
        messages = [("", each) for each in self.workspace.messages(direct)]
        for kind, message in sorted([*whispers, *messages], key=lambda each: str(each[1]["ts"]), reverse=True):
            for block, button in _buttons(message["blocks"]):
                if button["action_id"] == action and value in (None, button["value"]):
                    if kind:
                        return await self._click(member, clicks.Button("whisper", message["ts"], block, action))
                    return (await member.clicks(Said(direct, message["ts"]), action)).text
        raise LookupError(f"{member.name} was told nothing with a button {action}.")

    async def _click(self, member: Member, button: clicks.Button) -> str:
        core = self.workspace._core
        answer = await clicks.click(core, core.store.person(member.id), button, None)
        assert answer.acknowledged
        return answer.text


@dataclass(frozen=True)
class TeamsForms:
    workspace: TeamsWorkspace

    def words(self, form: Json) -> str:
        return f"{form['title']}\n{forms.readable(form['card'])}"

    def fields(self, form: Json) -> dict[str, Field]:
        return {name: _of_teams(each) for name, each in forms.inputs(form["card"]).items()}

    async def sends(self, member: Member, form: Json, filled: Mapping[str, str | bool]) -> str:
        values = {name: str(value).lower() if isinstance(value, bool) else value for name, value in filled.items()}
        answer = await member.submits(form, values)
        assert answer.acknowledged, answer.text
        return answer.text

    async def presses(self, member: Member, form: Json, action: str) -> Json:
        await cast("TeamsMember", member).submits(form, {}, action)
        return top(member)

    async def told(self, member: Member, action: str, value: str | None = None) -> str:
        them = cast("TeamsMember", member)
        for note in reversed(self.workspace.notes(them)):
            for each in cards.walk(note["card"]):
                data = each.get("data", {})
                if action in (each.get("verb"), data.get("action")) and value in (None, data.get("value")):
                    said = Said(self.workspace.direct(them), note["ts"])
                    answer = await them.clicks(said, action, data.get("value"))
                    assert answer.acknowledged, answer.text
                    return answer.text
        raise LookupError(f"{member.name} was told nothing with a button {action}.")


def _of_slack(block: Json) -> Field:
    element = block["element"]
    chosen = (element.get("initial_option") or {}).get("value", "")
    value = "true" if element.get("initial_options") else element.get("initial_value") or chosen
    choices = {each["text"]["text"]: each["value"] for each in element.get("options", [])}
    hint = (block.get("hint") or {}).get("text", "")
    return Field(block["label"]["text"], "" if value == "none" else value, hint, choices)


def _of_teams(element: Json) -> Field:
    value = element.get("value", "")
    choices = {each["title"]: each["value"] for each in element.get("choices", [])}
    label = element.get("label") or element.get("title", "")
    return Field(label, "" if value in ("none", "false") else value, "", choices)


def _ticks(element: Json, value: str | bool) -> object:
    if not isinstance(value, bool):
        return value
    return [each["value"] for each in element["options"]] if value else []


def _buttons(blocks: list[Json]) -> list[tuple[str, Json]]:
    return [
        (block["block_id"], {"value": None, **element})
        for block in blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if "action_id" in element
    ]
