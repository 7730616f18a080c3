"""From Teams' shapes to plain values: ids, times, who said what where, and what an activity means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import HeardReaction, HeardRemoval, HeardWords, Place, Speaker
from handlers.teams import html

PLATFORM = "teams"
Activity = dict[str, Any]  # as `shapes.projected` leaves it

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEXT = timedelta(milliseconds=1)
_MESSAGE = re.compile(r"\d{1,15}")
_DP = re.compile(r"/dp\b\s*")
# Teams' reactions by the house's names, which are Slack's. Newer ones come as "1f440_eyes": code points and a name.
EMOJI = {
    "like": "+1",
    "heart": "heart",
    "laugh": "laughing",
    "surprised": "open_mouth",
    "sad": "cry",
    "angry": "angry",
}
_CHARACTERS = {
    "👍": "+1",
    "❤": "heart",
    "💖": "heart",
    "😆": "laughing",
    "😮": "open_mouth",
    "😢": "cry",
    "😠": "angry",
    "😡": "rage",
    "🙌": "raised_hands",
    "👋": "wave",
    "🎉": "tada",
    "🙏": "pray",
    "✅": "white_check_mark",
    "👎": "-1",
    "👀": "eyes",
    "❔": "grey_question",
    "❓": "question",
    "✋": "raised_hand",
}


@dataclass(frozen=True)
class Where:
    """A conversation: a thread of a channel (`message` heads it; "" outside every thread), or a direct chat."""

    channel: str
    message: str
    tenant: str
    kind: str  # "channel", "personal", "groupChat"


def where(activity: Activity) -> Where:
    """Teams: a thread is "19:…@thread.tacv2;messageid=1572436800000"."""
    told = activity["conversation"]
    channel, _, message = str(told["id"]).partition(";messageid=")
    tenant = told.get("tenantId") or _channel_data(activity, "tenant").get("id") or ""
    return Where(channel, message, str(tenant), str(told.get("conversationType") or _kind(channel)))


def _kind(conversation: str) -> str:
    """By its id, where Teams does not say: what is not known for a direct chat is never taken for one."""
    if conversation.endswith(("@thread.tacv2", "@thread.skype")):
        return "channel"
    return "personal" if conversation.startswith("a:") else "groupChat"


def moment(id_: str) -> datetime | None:
    """The time of a message: its id is that, in milliseconds. None where it is no message's id."""
    return _EPOCH + timedelta(milliseconds=int(id_)) if _MESSAGE.fullmatch(id_) else None


def when(activity: Activity) -> datetime:
    """When Teams says that it happened."""
    told = datetime.fromisoformat(str(activity["timestamp"]))
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def emoji_name(told: str) -> str:
    """A reaction by the house's name: of the six, of a character, or of "1f440_eyes"."""
    named = EMOJI.get(told) or _CHARACTERS.get(told.rstrip("\ufe0f"))
    if named:
        return named
    points, _, name = told.partition("_")
    try:
        character = "".join(chr(int(point, 16)) for point in points.split("-"))
    except (ValueError, OverflowError):
        return told.casefold()
    return _CHARACTERS.get(character.rstrip("\ufe0f"), name.casefold() or character)


def content(activity: Activity) -> str | None:
    """The words as HTML, which is exact; None where there is only text."""
    for attachment in activity.get("attachments") or ():
        if attachment.get("contentType") == "text/html" and isinstance(attachment.get("content"), str):
            return str(attachment["content"])
    return None


def readable(activity: Activity) -> str:
    """All that a message says, in plain text."""
    told = content(activity)
    return html.canonical(told) if told is not None else html.plain(str(activity.get("text") or ""))


def with_files(words: str, files: Sequence[str]) -> str:
    """All that a message says; its files a line each."""
    return "\n".join([words, *files]).strip("\n")


def asked(activity: Activity) -> str | None:
    """What follows a mention of dpbot that opens a message; None where the message does not open so."""
    text = str(activity.get("text") or "").replace("&nbsp;", " ").strip()
    for mention in _own_mentions(activity):
        if text.startswith(mention):
            return without_dp(html.plain(text.removeprefix(mention)))
    return None


def without_dp(text: str) -> str:
    """A command as it is typed on Teams, where “/dp” may stand first, as it is told of on every platform."""
    return _DP.sub("", text.strip(), count=1) if _DP.match(text.strip()) else text.strip()


def _own_mentions(activity: Activity) -> Iterator[str]:
    for entity in activity.get("entities") or ():
        if entity.get("mentioned", {}).get("id") == activity["recipient"]["id"] and entity.get("text"):
            yield str(entity["text"])


def is_ours(activity: Activity) -> bool:
    """Whether dpbot itself, or another program, did it. Teams: people have an id of the directory."""
    return not person(activity) or activity["from"]["id"] == activity["recipient"]["id"]


def person(activity: Activity) -> str:
    """The directory's id of who did it; "" for a program."""
    return str(activity["from"].get("aadObjectId") or "")


def heard_words(activity: Activity, speaker: Speaker) -> HeardWords | None:
    """A person's reply, or what an edit (or its undoing) made of a message; None where it is neither."""
    place, said_at = place_of(activity), moment(str(activity["id"]))
    is_edit = activity["type"] == "messageUpdate"
    if place is None or said_at is None or (place.message == place.thread and not is_edit):
        return None
    words = readable(activity)
    at = max(when(activity), said_at + _NEXT) if is_edit else said_at
    return HeardWords(place, speaker, words, said_at, at, raw=html.bare(words))


def heard_removal(activity: Activity, speaker: Speaker) -> HeardRemoval | None:
    """Teams does not say who removed a message: `from` is its author."""
    place, said_at = place_of(activity), moment(str(activity["id"]))
    return HeardRemoval(place, speaker, said_at, when(activity)) if place and said_at else None


def heard_reactions(activity: Activity, speaker: Speaker, thread: str) -> list[HeardReaction]:
    """Put on or taken off a message of this thread."""
    place = Place(PLATFORM, where(activity).channel, thread, str(activity["replyToId"]))
    at = when(activity)
    changes = [(each, True) for each in activity.get("reactionsAdded") or ()]
    changes += [(each, False) for each in activity.get("reactionsRemoved") or ()]
    return [HeardReaction(place, speaker, emoji_name(str(each["type"])), added, at) for each, added in changes]


def place_of(activity: Activity) -> Place | None:
    """Where a message is; one outside every thread heads its own. None in a direct chat."""
    told = where(activity)
    if told.kind != "channel":
        return None
    message = str(activity["id"])
    return Place(PLATFORM, told.channel, told.message or message, message)


def _channel_data(activity: Activity, key: str) -> dict[str, Any]:
    told = (activity.get("channelData") or {}).get(key)
    return told if isinstance(told, dict) else {}


def team_of(activity: Activity) -> dict[str, Any]:
    """Team (`id`, `aadGroupId`) that a channel's activity tells of; empty where it tells of none."""
    return _channel_data(activity, "team")
