"""Slack's marked text as safe HTML. Slack: docs.slack.dev/messaging/formatting-message-text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import parse_qsl, urlencode, urlsplit

from markupsafe import Markup, escape

from handlers.sandbox import emoji
from handlers.sandbox.page import times
from handlers.sandbox.text import unescape

# Finished HTML waits between two characters that no text can hold (they are taken out of it first).
_OPEN, _SHUT = "\ue000", "\ue001"
_KEPT = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_CONTROL = re.compile(r"<([^<>]+)>")
# What has no marks inside, found from left to right: what one of them holds is never taken for another.
_WHOLE = re.compile(
    r"```\n?(?P<pre>.+?)\n?```"
    r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)"
    rf"|{_CONTROL.pattern.replace('(', '(?P<control>')}"
    r"|(?P<address>\bhttps?://[^\s<>|\"`]*[^\s<>|\"`.,;:!?)\]])",
    re.DOTALL,
)
_EMOJI = re.compile(r"(?<![A-Za-z0-9]):([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_MARKS = [
    (re.compile(rf"(?<![A-Za-z0-9{mark}]){mark}(?=\S)([^{mark}\n]+)(?<=\S){mark}(?![A-Za-z0-9{mark}])"), tag)
    for mark, tag in ((r"\*", "b"), ("_", "i"), ("~", "s"))
]
_QUOTE = "&gt;"
_SAFE = {"http", "https", "mailto"}


@dataclass(frozen=True)
class Names:
    """Whom and what a text may mention, as one member sees it: names by id; `address` is the workspace's own."""

    viewer: str
    people: Mapping[str, str]
    rooms: Mapping[str, str]
    address: str


def mrkdwn(text: str, names: Names) -> Markup:
    """Bold, italic, struck, code, quotes, links, mentions, dates, emoji; everything else is words."""
    kept: list[Markup] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_whole(found, names))
        return f"{_OPEN}{len(kept) - 1}{_SHUT}"

    text = _WHOLE.sub(keep, text.replace(_OPEN, "").replace(_SHUT, ""))
    html = str(escape(with_emoji(unescape(text))))
    for pattern, tag in _MARKS:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    # Safe: `html` was escaped as a whole, the tags above are ours, and what was kept was made by Markup.format.
    return Markup(_KEPT.sub(lambda found: kept[int(found[1])], _quoted(html)))  # noqa: S704 (the line above says why)


def with_emoji(words: str) -> str:
    return _EMOJI.sub(lambda found: emoji.drawn(found[1]), words)


def emoji_names(text: str) -> list[str]:
    """The known emoji that a text names, in its order."""
    return [name for name in _EMOJI.findall(text) if name in emoji.CHARACTERS]


def link(address: str, words: str, names: Names) -> Markup:
    """A link that leads nowhere by itself; one to a message of this workspace stays in the page."""
    if address.startswith(f"{names.address}/archives/"):
        parts = urlsplit(address.removeprefix(names.address))
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "as"]
        address = parts._replace(query=urlencode([*query, ("as", names.viewer)])).geturl()
        return Markup('<a data-go href="{}">{}</a>').format(address, words)
    if not is_safe(address):
        return escape(words)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(address, words)


def is_safe(address: str) -> bool:
    """Whether a link may be followed: one with `javascript:` or a scheme nobody expects may not."""
    try:
        return urlsplit(address).scheme in _SAFE
    except ValueError:
        return False


def editable(text: str, names: Names) -> str:
    """A member's message as they would type it again."""

    def typed(found: re.Match[str]) -> str:
        target = found[1].partition("|")[0]
        return f"@{names.people.get(target[1:], target[1:])}" if target.startswith("@") else target

    return unescape(_CONTROL.sub(typed, text))


def with_mentions(words: str, people: Mapping[str, str]) -> str:
    """`@dpbot` and `@Ada Firth` as Slack keeps them. `people`: id by each name that may be typed."""
    for name in sorted(people, key=len, reverse=True):
        words = re.sub(rf"(?<![\w@])@{re.escape(name)}(?!\w)", f"<@{people[name]}>", words, flags=re.IGNORECASE)
    return words


def _whole(found: re.Match[str], names: Names) -> Markup:
    words = found[found.lastgroup or 0]
    if found.lastgroup == "control":
        return _control(words, names)
    if found.lastgroup == "address":
        return link(unescape(words), unescape(words), names)
    return _code(found.lastgroup or "", words)


def _code(tag: str, words: str) -> Markup:
    plain = unescape(_CONTROL.sub(lambda found: found[1].rpartition("|")[2], words))
    return Markup(f"<{tag}>{{}}</{tag}>").format(plain)  # noqa: S704 (the tag is ours, the words go through format)


def _control(words: str, names: Names) -> Markup:
    """What stands between < and >. Anything unknown is shown as it is."""
    target, _, label = words.partition("|")
    label = with_emoji(unescape(label))
    if target.startswith("@"):
        return _mention(f"@{names.people.get(target[1:]) or label or target[1:]}")
    if target.startswith("#"):
        return _channel(target[1:], label, names)
    if target.startswith("!date^"):
        return _date(target.split("^"), label, names)
    if target.startswith("!"):
        return _mention(label or f"@{target[1:].partition('^')[0]}")
    address = unescape(target)
    if is_safe(address):
        return link(address, label or address.removeprefix("mailto:"), names)
    return escape(f"<{unescape(words)}>")


def _mention(words: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(words)


def _channel(room: str, label: str, names: Names) -> Markup:
    if room not in names.rooms:
        return _mention(f"#{label}" if label else "#private channel")
    query = urlencode({"as": names.viewer, "room": room})
    return Markup('<a data-go class="mention" href="/?{}">#{}</a>').format(query, names.rooms[room])


def _date(parts: list[str], fallback: str, names: Names) -> Markup:
    """Slack: `<!date^seconds^pattern^link|fallback>`; the fallback where the date cannot be shown."""
    try:
        words = times.patterned(int(parts[1]), parts[2])
    except (ValueError, IndexError, OverflowError):
        return escape(fallback)
    return link(unescape(parts[3]), words, names) if len(parts) > 3 else escape(words)  # noqa: PLR2004 (Slack's place)


def _quoted(html: str) -> str:
    """Lines that begin with > stand in a quote; no line break beside it, which would be an empty line."""
    html = re.sub(rf"^{_QUOTE * 3}(.*)\Z", lambda found: _every_line(found[1]), html, flags=re.DOTALL | re.MULTILINE)
    parts = []
    for is_quote, lines in groupby(html.split("\n"), key=lambda line: line.startswith(_QUOTE)):
        words = "\n".join(line.removeprefix(_QUOTE).removeprefix(" ") if is_quote else line for line in lines)
        parts.append(f"<blockquote>{words}</blockquote>" if is_quote else words)
    return "".join(parts)


def _every_line(words: str) -> str:
    return "\n".join(f"{_QUOTE}{line}" for line in words.split("\n"))
