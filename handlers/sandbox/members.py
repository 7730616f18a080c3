"""The members of the workspace, driven from Python: what they say and do, and how the app answered."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field

from handlers.sandbox import answers, events, interactions, talk, text
from handlers.sandbox import blocks as kit
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.methods.modals import pushed, renewed
from handlers.sandbox.store import File, Person, Post, Room


@dataclass(frozen=True)
class Channel:
    id: str
    name: str


@dataclass(frozen=True)
class Said:
    """A message someone said, to point at it later."""

    channel: Channel
    ts: str
    thread_ts: str | None = None


@dataclass(frozen=True)
class Answer:
    """How the app answered. `text` is all a person can read in it; `payload` is what was sent."""

    text: str
    payload: Json
    acknowledged: bool


@dataclass(frozen=True)
class Member:
    """One person. Each action returns once its first delivery was acknowledged, refused or timed out."""

    id: str
    _core: Core = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        return self._person.name

    @property
    def email(self) -> str | None:
        return self._person.email

    @property
    def modals(self) -> list[Json]:
        """The modals open before this member, the one on top last."""
        return self._core.store.modals.setdefault(self.id, [])

    async def posts(self, channel: Channel, words: str, *, blocks: Sequence[Json] = ()) -> Said:
        """`blocks`: instead of the rich_text block that the words alone make; they are taken as they are."""
        return await self._say(channel, talk.Draft(self.id, text.said(words), blocks=[*blocks]))

    async def replies(self, post: Said, words: str, *, broadcast: bool = False, blocks: Sequence[Json] = ()) -> Said:
        """Reply in the thread; pointing at a reply means its thread. `blocks`: as in `posts`."""
        draft = talk.Draft(self.id, text.said(words), post.thread_ts or post.ts, broadcast=broadcast, blocks=[*blocks])
        return await self._say(post.channel, draft)

    async def uploads(
        self, channel: Channel, name: str, content: bytes, words: str = "", *, post: Said | None = None
    ) -> Said:
        """A file, with words about it; in the thread of `post` if given."""
        made = self._core.stamps.unix()
        file = File(self._core.store.new_id("F"), name, name, content, made, user=self.id, is_complete=True)
        self._core.store.files[file.id] = file
        thread = (post.thread_ts or post.ts) if post else None
        return await self._say(channel, talk.Draft(self.id, text.said(words), thread, files=[file]))

    async def edits(self, said: Said, words: str, *, blocks: Sequence[Json] = ()) -> None:
        """Slack: people edit only their own messages. `blocks`: as in `posts`."""
        room, post = self._find(said)
        if post.user != self.id:
            raise PermissionError(f"{self.name} did not write the message of {said.ts}.")
        await self._told(room, talk.edit(self._core, room, post, text.said(words), [*blocks]))

    async def deletes(self, said: Said) -> None:
        """Their own message; or anyone's, as an administrator of the workspace may."""
        room, post = self._find(said)
        await self._told(room, talk.delete(self._core, room, post))

    async def reacts(self, said: Said, name: str) -> None:
        room, post = self._find(said)
        await self._told(room, talk.react(self._core, room, post, self.id, name))

    async def unreacts(self, said: Said, name: str) -> None:
        room, post = self._find(said)
        await self._told(room, talk.unreact(self._core, room, post, self.id, name))

    async def types(self, channel: Channel, line: str) -> Answer:
        """A slash command with its words: "/dp show DP092". What the app answers is shown as Slack shows it."""
        delivery, hook = interactions.command(self._core, self._person, self._room(channel), line)
        answer = await self._asks(delivery)
        try:
            answers.acknowledge(self._core, hook, answer.payload)
        except SlackError as refusal:
            delivery.failure = str(refusal.details)
            words = f"{interactions.parts(line)[0]} failed with the error “invalid_command_response”"
            return Answer(words, answer.payload, acknowledged=False)
        return answer

    async def clicks(self, said: Said, action_id: str) -> Answer:
        """The button with that action_id in that message."""
        room, post = self._find(said)
        return await self._asks(interactions.click(self._core, self._person, room, post, action_id))

    async def shortcut(self, said: Said, callback_id: str) -> Answer:
        """A shortcut of the app, from that message's menu."""
        room, post = self._find(said)
        return await self._asks(interactions.shortcut(self._core, self._person, room, post, callback_id))

    async def submits(self, view: Json, values: Json) -> Answer:
        """A modal, filled in: `{"block": {"action": "value"}}`. What the app answers decides what stays open.

        ValueError (`interactions.Unfilled`) where Slack's client would not let anybody submit it so.
        """
        delivery = interactions.submission(self._core, self._person, view, values)
        answer = await self._asks(delivery)
        try:
            if answer.acknowledged:
                self._settle_modals(view, answer.payload)
        except SlackError as refusal:
            delivery.failure = str(refusal.details)
            return Answer("We had some trouble connecting. Try again?", answer.payload, acknowledged=False)
        return answer

    async def closes(self, view: Json) -> None:
        """A modal, without submitting it. Slack: the app is told where the modal has `notify_on_close`."""
        self.modals[:] = [each for each in self.modals if each["id"] != view["id"]]
        if view["notify_on_close"]:
            await self._asks(interactions.closing(self._core, self._person, view))

    async def opens_home(self) -> Json | None:
        """The app's Home; what the app has published there by the time it acknowledged being told."""
        room = self._core.store.direct(self._person, self._core.identity.bot_user_id, self._core.stamps.unix())
        before = self._core.store.homes.get(self.id)
        told = self._core.tell_app(events.home_opened(self.id, room.id, before, self._core.stamps.next()))
        if told:
            await told
        return self._core.store.homes.get(self.id)

    @property
    def _person(self) -> Person:
        return self._core.store.people[self.id]

    def _room(self, channel: Channel) -> Room:
        room = self._core.store.room(channel.id)
        if not self._core.store.sees(self._person, room):
            kind = "private channel" if room.kind == "group" else "channel"
            raise PermissionError(f"{self.name} is not in the {kind} {room.name}: put them there first.")
        return room

    def _find(self, said: Said) -> tuple[Room, Post]:
        room = self._room(said.channel)
        return room, room.post(said.ts)

    async def _say(self, channel: Channel, draft: talk.Draft) -> Said:
        room = self._room(channel)
        post, event = talk.say(self._core, room, draft)
        await self._told(room, event)
        return Said(channel, post.ts, post.thread_ts)

    async def _told(self, room: Room, event: Json) -> None:
        told: Awaitable[None] | None = self._core.tell(room, event)
        if told:
            await told

    async def _asks(self, delivery: Delivery) -> Answer:
        await self._core.deliveries.begin(delivery)
        payload = text.whole(delivery.answer or {})
        return Answer(text.readable(payload), payload, delivery.acknowledged)

    def _settle_modals(self, view: Json, answer: Json) -> None:
        """Slack: docs.slack.dev/surfaces/modals#updating_response. No action closes the modal that was submitted."""
        action = answer.get("response_action")
        if action in {"push", "update"}:
            kit.check_view(answer.get("view") or {}, "modal")
        others = [each for each in self.modals if each["id"] != view["id"]]
        if action == "clear":
            self.modals.clear()
        elif action == "push":
            self.modals.append(pushed(self._core, answer["view"], self.modals))
        elif action == "update":
            self.modals[:] = [*others, renewed(self._core, answer["view"], view)]
        elif action == "errors":
            _check_errors(view, answer)
        else:
            self.modals[:] = others


def _check_errors(view: Json, answer: Json) -> None:
    """Slack: each is of an input block of the modal; else it shows that something went wrong."""
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise SlackError("invalid_errors", blocks=sorted(inputs))
