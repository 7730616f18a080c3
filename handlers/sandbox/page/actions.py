"""What a visitor does in a member's part: each action is one of the member's own, so the app hears of it as ever."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from handlers.sandbox import talk, text
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.interactions import Unfilled
from handlers.sandbox.manifest import SHORTCUTS
from handlers.sandbox.members import Answer, Channel, Member, Said
from handlers.sandbox.methods.reactions import NAME
from handlers.sandbox.page import clicks, markup
from handlers.sandbox.page.reading import Reading
from handlers.sandbox.store import Person, Post, Room

_COMMAND = re.compile(r"/\w")
_UNKNOWN = "That is no longer there."
_REFUSALS = {
    "message_not_found": "That message is no longer there.",
    "channel_not_found": "That channel is no longer there.",
    "thread_not_found": "That thread is no longer there.",
    "is_archived": "This channel is archived: it can be read, and nothing can be said or changed in it.",
    "already_reacted": "You have reacted with that already.",
    "invalid_name": "There is no reaction of that name.",
    "no_reaction": "You have not reacted with that.",
}


class Notice(Exception):
    """A sentence for the visitor, who then has their words back."""


@dataclass(frozen=True)
class Visit:
    """One action: who, where, and what the page sent with it."""

    core: Core
    reading: Reading
    member: Member
    given: Mapping[str, object]
    content: bytes = b""

    @property
    def person(self) -> Person:
        return self.core.store.people[self.member.id]

    @property
    def room(self) -> Room:
        room = self.core.store.room(self.text("room"))
        if not self.core.store.sees(self.person, room):
            raise Notice(_UNKNOWN)
        return room

    @property
    def channel(self) -> Channel:
        return Channel(self.room.id, self.room.name)

    @property
    def post(self) -> Post:
        return self.room.post(self.text("ts"))

    def may_change(self) -> None:
        """SlackError where nothing may be changed."""
        if self.room.is_archived:
            raise SlackError("is_archived")

    @property
    def said(self) -> Said:
        return Said(self.channel, self.post.ts, self.post.thread_ts)

    def text(self, name: str) -> str:
        value = self.given.get(name)
        return value if isinstance(value, str) else ""

    def words(self) -> str:
        """What was typed, with mentions as Slack keeps them; Notice where there is nothing."""
        if not (typed := self.text("words").strip()):
            raise Notice("There is nothing to send yet: write some words first.")
        return markup.with_mentions(typed, self.people)

    @property
    def people(self) -> Mapping[str, str]:
        """Ids by the names that may be typed after an @."""
        return {name: each.id for each in self.core.store.people.values() for name in (each.name, each.handle)}


async def run(core: Core, reading: Reading, action: str, given: Mapping[str, object], content: bytes = b"") -> Json:
    """Do it. The answer is empty, or has `notice` (a sentence) or `errors` (a sentence by a modal's block).

    `content`: of the file, for the action "upload".
    """
    person = core.store.people.get(str(given.get("as")))
    if person is None or person.is_bot or action not in ACTIONS:
        return {"notice": _UNKNOWN}
    member = Member(person.id, core)
    try:
        return await ACTIONS[action](Visit(core, reading, member, text.whole(dict(given)), content)) or {}
    except Notice as notice:
        return {"notice": str(notice)}
    except SlackError as refusal:
        return {"notice": _REFUSALS.get(refusal.error, f"The sandbox refused that, as Slack would: {refusal.error}.")}
    except PermissionError:
        return {"notice": "Only the member who wrote a message can change it."}
    except LookupError:
        return {"notice": _UNKNOWN}


async def _say(visit: Visit) -> None:
    words = visit.words()
    if _COMMAND.match(words):
        _check(await visit.member.types(visit.channel, words), words.split()[0])
    else:
        await visit.member.posts(visit.channel, words)


async def _reply(visit: Visit) -> None:
    words = visit.words()
    if _COMMAND.match(words):
        raise Notice("Slack takes no commands in threads: type it in the channel's message box.")
    await visit.member.replies(visit.said, words, broadcast=visit.given.get("broadcast") is True)


async def _upload(visit: Visit) -> None:
    """Share a file, with the words that were typed so far, if any; in a thread where `ts` names one."""
    if not visit.content:
        raise Notice("That file is empty: choose another one.")
    words = markup.with_mentions(visit.text("words").strip(), visit.people)
    post = visit.said if visit.text("ts") else None
    await visit.member.uploads(visit.channel, visit.text("name") or "file", visit.content, words, post=post)


async def _edit(visit: Visit) -> None:
    visit.may_change()
    await visit.member.edits(visit.said, visit.words())


async def _delete(visit: Visit) -> None:
    visit.may_change()
    if visit.post.user != visit.member.id:
        raise PermissionError
    await visit.member.deletes(visit.said)


async def _react(visit: Visit) -> None:
    """Add the reaction, or take one's own away."""
    visit.may_change()
    name = talk.emoji(visit.text("name"))
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    if visit.member.id in visit.post.reactions.get(name, []):
        await visit.member.unreacts(visit.said, name)
    else:
        await visit.member.reacts(visit.said, name)


async def _click(visit: Visit) -> None:
    button = clicks.Button(visit.text("place"), visit.text("ts"), visit.text("block_id"), visit.text("action_id"))
    room = visit.room if button.place == "post" else None
    _check(await clicks.click(visit.core, visit.person, button, room), "The button")


async def _shortcut(visit: Visit) -> None:
    name = visit.text("callback_id")
    _check(await visit.member.shortcut(visit.said, name), f"“{SHORTCUTS.get(name)}”")


async def _submit(visit: Visit) -> Json:
    values = visit.given.get("values")
    view = _modal(visit)
    try:
        answer = await visit.member.submits(view, values if isinstance(values, dict) else {})
    except Unfilled as fault:
        return {"errors": fault.faults}
    _check(answer, "The form")
    errors = answer.payload.get("errors") if answer.payload.get("response_action") == "errors" else None
    return {"errors": errors} if errors else {}


async def _close(visit: Visit) -> None:
    await visit.member.closes(_modal(visit))


async def _home(visit: Visit) -> None:
    """The app is told that its Home is looked at, and may publish one."""
    await visit.member.opens_home()


async def _dismiss(visit: Visit) -> None:
    visit.reading.dismissed.add((visit.member.id, visit.text("ts")))


def _modal(visit: Visit) -> Json:
    for view in visit.member.modals:
        if view["id"] == visit.text("view"):
            return view
    raise Notice("That window was closed meanwhile.")


def _check(answer: Answer, what: str) -> None:
    """Notice where nothing came, or something that Slack would not show either."""
    if not answer.acknowledged:
        silent = f"{what} was not answered: the app is not running, does not know it, or took too long."
        raise Notice(answer.text or silent)


ACTIONS: Mapping[str, Callable[[Visit], Awaitable[Json | None]]] = {
    "say": _say,
    "reply": _reply,
    "upload": _upload,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "click": _click,
    "shortcut": _shortcut,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "dismiss": _dismiss,
}
