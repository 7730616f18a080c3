"""The members of the local Teams, driven from Python: what they say and do, and how the app answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from handlers.sandbox.basics import Json
from handlers.sandbox.members import Answer, Channel, Said
from handlers.sandbox.teams import activities, cards, dialogs, forms, talk
from handlers.sandbox.teams.core import Core
from handlers.sandbox.teams.store import Person, Post, Room, TeamsError

# The house's names of reactions, and Teams' own.
REACTIONS = {
    "+1": "like",
    "heart": "heart",
    "laughing": "laugh",
    "open_mouth": "surprised",
    "cry": "sad",
    "angry": "angry",
    "eyes": "1f440_eyes",
    "tada": "1f389_partypopper",
}
REACT = "react"  # the verb of buttons for what Teams has no reaction for
_SHRUG = "Unable to reach app. Please try again."


@dataclass(frozen=True)
class Member:
    """One person. Each action returns once its first delivery was acknowledged, refused or timed out."""

    id: str  # "<tenant>:<the directory's id>"
    _core: Core = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def email(self) -> str | None:
        return self.person.email

    @property
    def modals(self) -> list[Json]:
        """The dialog open before this member, if any: {"title", "card", "via"}. Teams shows one at a time."""
        return self._core.store.dialogs.setdefault(self.id, [])

    async def posts(self, channel: Channel, words: str) -> Said:
        return await self._say(channel, words, None)

    async def replies(self, post: Said, words: str) -> Said:
        """Reply in the thread; pointing at a reply means its thread."""
        return await self._say(post.channel, words, post.thread_ts or post.ts)

    async def uploads(
        self, channel: Channel, name: str, content: bytes, words: str = "", *, post: Said | None = None
    ) -> Said:
        """A file, which Teams keeps in SharePoint and tells of by its address. `content` stays there."""
        del content
        address = f"https://secas.sharepoint.com/sites/team/{name}"
        file = {"contentType": "reference", "name": name, "contentUrl": address}
        return await self._say(channel, words, (post.thread_ts or post.ts) if post else None, [file])

    async def edits(self, said: Said, words: str) -> None:
        """Teams: people edit only their own messages."""
        room, post = self._find(said)
        if post.author != self.id:
            raise PermissionError(f"{self.name} did not write the message {said.ts}.")
        talk.edit(self._core.stamps, post, talk.written(self._core.store, self._core.identity, words))
        if self._core.tells_edits:
            await self._tells("messageUpdate", activities.edited, room, post)

    async def deletes(self, said: Said) -> None:
        """Their own message; or anyone's, as an owner of the team may."""
        room, post = self._find(said)
        talk.delete(self._core.stamps, post)
        if self._core.tells_edits:
            await self._tells("messageDelete", activities.deleted, room, post)

    async def undoes(self, said: Said) -> None:
        """Their deletion, which Teams offers for a while."""
        room, post = self._find(said)
        talk.restore(self._core.stamps, post)
        if self._core.tells_edits:
            await self._tells("messageUpdate", activities.restored, room, post)

    async def reacts(self, said: Said, name: str) -> None:
        """With the house's name. What has a button on the message is pressed there, unless it was already."""
        await self._toggles(said, name, on=True)

    async def unreacts(self, said: Said, name: str) -> None:
        await self._toggles(said, name, on=False)

    async def types(self, channel: Channel, line: str) -> Answer:
        """As on Slack, "/dp show DP092": a mention in a channel, or plain words to the bot, who answers directly."""
        room = self._room(channel)
        direct = self._core.store.direct(self.person)
        known = set(direct.posts)
        words = (
            line if room.kind == "personal" else f"@{self._core.identity.bot_name} {line.removeprefix('/dp').strip()}"
        )
        await self._say(channel, words, None)
        came = [post for id_, post in direct.posts.items() if id_ not in known and post.author != self.id]
        told = self._core.deliveries.record[-1]
        read = "\n".join(forms.readable(post.card) for post in came)
        return Answer(read, came[-1].card or {} if came else {}, told.acknowledged)

    async def clicks(self, said: Said, action_id: str, value: str | None = None) -> Answer:
        """The button with that verb, or the one that opens that form, in the card as this member sees it."""
        room, post = self._find(said)
        action = _button(self.card(said), action_id, value)
        if action["type"] == "Action.Submit":
            fetch: Json = {"data": action["data"], "context": {"theme": "default"}}
            return await dialogs.ask(self._core, self.person, "task/fetch", fetch, room, post)
        pressed = {name: action[name] for name in ("type", "verb", "data", "id", "title") if name in action}
        answer = await self._asks("adaptiveCard/action", {"action": pressed, "trigger": "manual"}, room, post)
        return self._shown(post, answer)

    async def shortcut(self, said: Said, command: str) -> Answer:
        """An action command of the app, from that message's menu."""
        room, post = self._find(said)
        value = dialogs.from_menu(self._core, room, post, command)
        return await dialogs.ask(self._core, self.person, "composeExtension/fetchTask", value, room, post)

    async def submits(self, view: Json, values: Json, action: str | None = None) -> Answer:
        """A dialog, filled in: {"input": "value"}. `action`: which button, by its data's "action"; else the form's.

        ValueError (Unfilled) where Teams' client would not let anybody submit it so.
        """
        return await dialogs.submit(self._core, self.person, view, values, action)

    async def closes(self, view: Json) -> None:
        """A dialog, without submitting it: the app is told nothing."""
        self.modals[:] = [each for each in self.modals if each is not view]

    @property
    def person(self) -> Person:
        return self._core.store.people[self.id]

    def card(self, said: Said) -> Json:
        """The card of a message as this member sees it: a button's answer changes it for who pressed."""
        _, post = self._find(said)
        card = self._core.store.shown.get((self.id, post.id)) or post.card
        if card is None:
            raise LookupError(f"The message {said.ts} has no card.")
        return card

    def _room(self, channel: Channel) -> Room:
        room = self._core.store.room(channel.id)
        if self.id not in room.members:
            raise PermissionError(f"{self.name} is not in {room.name}: put them there first.")
        return room

    def _find(self, said: Said) -> tuple[Room, Post]:
        room = self._room(said.channel)
        return room, room.post(said.ts)

    async def _say(self, channel: Channel, words: str, root: str | None, files: Sequence[Json] = ()) -> Said:
        room = self._room(channel)
        made = talk.written(self._core.store, self._core.identity, words)
        post = talk.say(self._core.stamps, room, self.id, made, root, list(files))
        await self._tells("message", activities.message, room, post)
        return Said(channel, post.id, root)

    async def _tells(self, kind: str, shape: Callable[[Json, Room, Post], Json], room: Room, post: Post) -> None:
        """A removal is told of as its message was."""
        if self._core.is_told(room, post):
            await self._core.tell(shape(self._core.activity(kind, room, self.person), room, post))

    async def _toggles(self, said: Said, name: str, *, on: bool) -> None:
        room, post = self._find(said)
        if post.card and any(_is(each, REACT, name) for each in cards.walk(post.card)):
            await self.clicks(said, REACT, name)
            return
        kind = REACTIONS.get(name, name)
        work = talk.react if on else talk.unreact
        changed = work(self._core.stamps, post, self.person, kind)
        # Microsoft: an app is told of reactions to its own messages only.
        if changed and post.author == self._core.identity.bot_id and room.has_bot:
            made = self._core.activity("messageReaction", room, self.person)
            await self._core.tell(activities.reaction(made, room, post, kind, added=on))

    async def _asks(self, name: str, value: Json, room: Room, post: Post) -> Answer:
        made = activities.invoke(self._core.activity("invoke", room, self.person), name, value, room, post)
        delivery = self._core.ask(made)
        await self._core.deliveries.begin(delivery)
        return Answer("", delivery.answer or {}, delivery.acknowledged)

    def _shown(self, post: Post, answer: Answer) -> Answer:
        """Microsoft: learn.microsoft.com/microsoftteams/platform/…/universal-actions-for-adaptive-cards/work-with…"""
        kind, value = str(answer.payload.get("type")), answer.payload.get("value")
        if not answer.acknowledged or answer.payload.get("statusCode") != HTTPStatus.OK:
            return Answer(_SHRUG, answer.payload, acknowledged=False)
        if kind == cards.CARD:
            try:
                cards.check(value)
            except TeamsError as refusal:
                return Answer(f"{_SHRUG} {refusal}", answer.payload, acknowledged=False)
            self._core.store.shown[self.id, post.id] = value if isinstance(value, dict) else {}
            return Answer(forms.readable(value), answer.payload, acknowledged=True)
        return Answer(str(value or ""), answer.payload, acknowledged=True)


def _button(card: Json, action_id: str, value: str | None) -> Json:
    found = [each for each in cards.walk(card) if _is(each, action_id, value)]
    if not found:
        raise LookupError(f"No button is {action_id} {value or ''}.")
    return found[0]


def _is(part: Json, action_id: str, value: str | None) -> bool:
    if not str(part.get("type")).startswith("Action."):
        return False
    data = part.get("data") or {}
    return action_id in (part.get("verb"), data.get("action")) and value in (None, data.get("value"))
