"""What templates need to draw Block Kit. Slack: docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from handlers.sandbox.basics import Json
from handlers.sandbox.page import markup
from handlers.sandbox.page.markup import Names
from handlers.sandbox.text import unescape

_SELECTS = ("static_select", "users_select", "conversations_select")
INPUTS = {"email_text_input": "email", "url_text_input": "url", "number_input": "number", "timepicker": "time"}


@dataclass(frozen=True)
class Blocks:
    """Texts, links and options of blocks, as one member sees them. All HTML that comes out is safe."""

    names: Names

    def words(self, text: object) -> Markup:
        """A text object: marked up, or plain with its emoji. Anything else says nothing."""
        if not isinstance(text, dict):
            return Markup()
        words = str(text.get("text", ""))
        if text.get("type") == "mrkdwn":
            return self.marked(words)
        plain = unescape(words)
        return escape(plain if text.get("emoji") is False else markup.with_emoji(plain))

    def plain(self, text: object) -> str:
        """The same words without marks, for an attribute or a window of the browser's own."""
        return self.words(text).striptags()

    def marked(self, text: str) -> Markup:
        return markup.mrkdwn(text, self.names)

    def editable(self, text: str) -> str:
        return markup.editable(text, self.names)

    def link(self, address: str, words: str) -> Markup:
        """A link whose address is not escaped, as in rich text."""
        return markup.link(address, words or address, self.names)

    def styled(self, html: Markup, style: Json | None) -> Markup:
        """Rich text's bold, italic, struck and code."""
        for name, tag in (("code", "code"), ("strike", "s"), ("italic", "i"), ("bold", "b")):
            if style and style.get(name):
                html = Markup(f"<{tag}>{{}}</{tag}>").format(html)  # noqa: S704 (the tag is one of ours)
        return html

    def person(self, user: str) -> str:
        return self.names.people.get(user, user)

    def room(self, room: str) -> str:
        return self.names.rooms.get(room, "private channel")

    def options(self, element: Json) -> list[Json]:
        """Every option of a choice, those in groups too; people and channels are told by their names."""
        if (offered := self._names_for(element)) is not None:
            return [{"text": _plain(name), "value": each} for each, name in offered.items()]
        groups: list[Json] = element.get("option_groups") or [element]
        return [option for group in groups for option in group.get("options", [])]

    def chosen(self, element: Json) -> set[str]:
        """The values chosen before anybody chooses."""
        first = element.get("initial_option")
        options = [*([first] if first else []), *element.get("initial_options", [])]
        named = [element.get("initial_user"), element.get("initial_conversation"), *element.get("initial_users", [])]
        return {str(each.get("value")) for each in options} | {str(each) for each in named if each}

    def _names_for(self, element: Json) -> Mapping[str, str] | None:
        kind = str(element.get("type"))
        if kind == "conversations_select":
            return self.names.rooms
        return self.names.people if kind in {"users_select", "multi_users_select"} else None

    def is_safe(self, address: object) -> bool:
        return isinstance(address, str) and markup.is_safe(address)

    def is_select(self, kind: str) -> bool:
        return kind.removeprefix("multi_") in _SELECTS

    def input_type(self, kind: str) -> str:
        """HTML's type for an input that is one line of text."""
        return INPUTS.get(kind, "text")


def _plain(words: str) -> Json:
    return {"type": "plain_text", "text": words, "emoji": False}
