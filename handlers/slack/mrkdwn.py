"""Slack's own text (mrkdwn) as a reader sees it: links, mentions and dates in words, its three entities undone."""

import re
from collections.abc import Callable

# What a mentioned id is called, given the label that Slack put beside it (or ""); the id where nobody knows.
Name = Callable[[str, str], str]

_BRACKETED = re.compile(r"<([^<>]*)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SCHEMES = ("mailto:", "tel:")
_BROADCASTS = {"here", "channel", "everyone"}


def nameless(mentioned: str, label: str) -> str:
    """Nothing is known of what is mentioned but what Slack says with it."""
    return label or mentioned


def plain(text: str, name: Name = nameless) -> str:
    """Marks of style, lists and quotes stay as they stand: only rich text says for certain which are marks."""
    parts = _BRACKETED.split(text)  # what stands between brackets is every second part
    shown = [_shown(part, name) if number % 2 else unescape(part) for number, part in enumerate(parts)]
    return "".join(shown)


def labels(text: str) -> dict[str, str]:
    """What Slack itself calls the ids in its text, where it does."""
    found: dict[str, str] = {}

    def note(mentioned: str, label: str) -> str:
        if label:
            found[mentioned] = label
        return label

    plain(text, note)
    return found


def unescape(text: str) -> str:
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def link(address: str, label: str) -> str:
    """A link in words: "label (address)", or the address alone where the label says no more."""
    for scheme in _SCHEMES:
        address = address.removeprefix(scheme)
    return address if label in {"", address} or address.endswith(f"//{label}") else f"{label} ({address})"


def _shown(inside: str, name: Name) -> str:
    """Slack: docs.slack.dev/messaging/formatting-message-text#retrieving-messages."""
    target, _, label = (unescape(part) for part in inside.partition("|"))
    match target[:1]:
        case "@" | "#":
            return target[0] + name(target[1:], label)
        case "!":
            return _special(target[1:], label, name)
    return link(target, label)


def _special(command: str, label: str, name: Name) -> str:
    """`<!here>`, `<!subteam^S1|@group>`, `<!date^1392734382^{date}|18 February 2014>`."""
    kind, _, rest = command.partition("^")
    match kind:
        case "subteam":
            return "@" + name(rest, label.removeprefix("@"))
        case "date":
            return label or rest
    return f"@{kind}" if kind in _BROADCASTS or not label else label
