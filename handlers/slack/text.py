"""From Slack's shapes to plain values: text, times, and what an event means."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import HeardReaction, HeardRemoval, HeardWords, Place, Speaker
from handlers.slack import files, mrkdwn, rich
from handlers.slack.mrkdwn import plain

__all__ = ["PLATFORM", "SAID", "Event", "plain", "whole"]
PLATFORM = "slack"
Event = dict[str, Any]  # as it comes from Slack; nothing of it goes further than this module's callers

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TS = re.compile(r"(\d{1,12})\.(\d{1,6})")
# A person's own words come without a subtype, or with one of these (Slack: message event subtypes).
SAID = {None, "thread_broadcast", "file_share", "me_message"}


def moment(ts: str) -> datetime:
    """A Slack timestamp ("1572436800.000100": seconds and a counter) as a moment in UTC."""
    found = _TS.fullmatch(ts)
    if found is None:
        raise ValueError(f"not a Slack timestamp: {ts[:40]!r}")
    return _EPOCH + timedelta(seconds=int(found[1]), microseconds=int(found[2].ljust(6, "0")))


def readable(message: Event, names: Mapping[str, str] | None = None) -> str:
    """All that a message says, in plain text; its files a line each. `names`: how ids that it mentions are called.

    Slack's clients send words as rich text, which is exact; where that is missing or cannot be read, the text serves.
    """
    known = {**mrkdwn.labels(raw(message)), **(names or {})}

    def called(mentioned: str, label: str) -> str:
        return known.get(mentioned) or mrkdwn.nameless(mentioned, label)

    return _readable(message, called)


def mentioned(message: Event) -> tuple[str, ...]:
    """The ids that a reader of the message would see, Slack giving no name with them: people, channels, groups."""
    labelled = mrkdwn.labels(raw(message))
    found: dict[str, None] = {}

    def note(mentioned: str, _label: str) -> str:
        if mentioned not in labelled:
            found[mentioned] = None
        return mentioned

    _readable(message, note)
    return tuple(found)


def raw(message: Event) -> str:
    """Slack's own text, as it came."""
    text = message.get("text")
    return whole(text) if isinstance(text, str) else ""


def _readable(message: Event, name: mrkdwn.Name) -> str:
    words = rich.plain(message.get("blocks"), name) or plain(raw(message), name)
    return whole("\n".join([words, *_shared(message), *files.lines(message.get("files"))]).strip("\n").rstrip())


def _shared(message: Event) -> Iterator[str]:
    """A message that was shared: its address and not its words, which another person said elsewhere."""
    attachments = message.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else []:
        match attachment:
            case {"is_share": True, "from_url": str(address)}:
                yield f"[message: {address}]"


def whole(text: str) -> str:
    """The same without lone halves of characters (surrogates) and NUL, which not every database takes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def subject(event: Event) -> Event:
    """The message that an event is about: as it is after an edit, as it was before it was removed."""
    return event.get("message") or event.get("previous_message") or event


def mention_text(event: Event, bot_user: str) -> str | None:
    """What follows a mention of the bot that opens a message; None where the message does not open so."""
    if event.get("subtype") not in SAID or "bot_id" in event:
        return None
    mention, text = f"<@{bot_user}>", str(event.get("text") or "").strip()
    return plain(text.removeprefix(mention)).strip() if text.startswith(mention) else None


def heard_message(event: Event, bot_user: str) -> HeardWords | HeardRemoval | None:
    """What a `message` event says of a person's reply in a thread; None where it says nothing of one.

    An edit or a removal may be of any message: an analyst may have recorded it as a view. docs/events.md has the table
    of subtypes and what is done with each.
    """
    subtype = event.get("subtype")
    if subtype in SAID:
        return _words(event, event, event["ts"], bot_user) if _is_reply(event) else None
    if subtype == "message_changed":
        return _changed(event, bot_user)
    if subtype == "message_deleted":
        before = event.get("previous_message") or {}
        return _removal(event, {**before, "ts": event.get("deleted_ts") or before.get("ts")}, bot_user)
    return None


def bare_removal(event: Event) -> tuple[str, str, datetime] | None:
    """Channel, message and time of a removal that does not say what was removed (Slack: message_deleted)."""
    if event.get("previous_message"):
        return None
    after = event.get("message") or {}
    gone = after.get("ts") if after.get("subtype") == "tombstone" else event.get("deleted_ts")
    return (event["channel"], gone, moment(event.get("event_ts") or event["ts"])) if gone else None


def _changed(event: Event, bot_user: str) -> HeardWords | HeardRemoval | None:
    after, before = event.get("message") or {}, event.get("previous_message") or {}
    if after.get("subtype") == "tombstone":
        return _removal(event, {**after, "user": before.get("user")}, bot_user)
    if not after:
        return None
    if "edited" not in after:
        at = str(after["ts"])  # Slack unfolded a link: the words are the first ones
    elif after.get("text") == before.get("text"):
        at = after["edited"]["ts"]
    else:
        at = event.get("event_ts") or after["edited"]["ts"]  # edited.ts has whole seconds only
    return _words(event, after, at, bot_user)


def _words(event: Event, message: Event, at: str, bot_user: str) -> HeardWords | None:
    if message.get("subtype") not in SAID or not _is_a_persons(message, bot_user):
        return None
    return HeardWords(
        place=_place(event, message),
        speaker=Speaker(PLATFORM, message["user"]),
        text=readable(message),
        said_at=moment(message["ts"]),
        at=moment(at),
        raw=raw(message),
    )


def said(message: Event, channel: str, bot_user: str) -> HeardWords | None:
    """A message as it stands, wherever it was said; None where no person said it."""
    at = (message.get("edited") or {}).get("ts") or message["ts"]
    return _words({"channel": channel}, message, at, bot_user)


def _removal(event: Event, message: Event, bot_user: str) -> HeardRemoval | None:
    if not _is_a_persons(message, bot_user):
        return None
    return HeardRemoval(
        place=_place(event, message),
        speaker=Speaker(PLATFORM, message["user"]),
        said_at=moment(message["ts"]),
        at=moment(event.get("event_ts") or event["ts"]),
    )


def _is_reply(message: Event) -> bool:
    return message.get("thread_ts") not in {None, message.get("ts")}


def _is_a_persons(message: Event, bot_user: str) -> bool:
    return message.get("user") not in {None, "", bot_user} and "bot_id" not in message


def _place(event: Event, message: Event) -> Place:
    return Place(PLATFORM, event["channel"], message.get("thread_ts") or message["ts"], message["ts"])


def reaction_target(event: Event, bot_user: str) -> tuple[str, str] | None:
    """Channel and message that a reaction of a person is on; None for anything else."""
    item = event.get("item") or {}
    if item.get("type") != "message" or event.get("user") in {None, bot_user}:
        return None
    return item["channel"], item["ts"]


def heard_reaction(event: Event, thread: str) -> HeardReaction:
    """A reaction event on a message in this thread."""
    return HeardReaction(
        place=Place(PLATFORM, event["item"]["channel"], thread, event["item"]["ts"]),
        speaker=Speaker(PLATFORM, event["user"]),
        emoji=str(event["reaction"]),
        added=event["type"] == "reaction_added",
        at=moment(event["event_ts"]),
    )
