"""From Slack's shapes to plain values: text, times, and what an event means."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import HeardReaction, HeardRemoval, HeardWords, Place, Speaker

PLATFORM = "slack"
Event = dict[str, Any]  # as it comes from Slack; nothing of it goes further than this module's callers

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TS = re.compile(r"(\d{1,12})\.(\d{1,6})")
_BRACKETED = re.compile(r"<([^<>]*)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# A person's own words come without a subtype, or with one of these (Slack: message event subtypes).
_SAID = {None, "thread_broadcast", "file_share", "me_message"}


def moment(ts: str) -> datetime:
    """A Slack timestamp ("1572436800.000100": seconds and a counter) as a moment in UTC."""
    found = _TS.fullmatch(ts)
    if found is None:
        raise ValueError(f"not a Slack timestamp: {ts[:40]!r}")
    return _EPOCH + timedelta(seconds=int(found[1]), microseconds=int(found[2].ljust(6, "0")))


def plain(text: str) -> str:
    """Slack's text as a reader sees it: links, mentions and channels in words, its three entities unescaped."""
    shown = _BRACKETED.sub(lambda found: _shown(found[1]), text)
    for entity, char in _ENTITIES:
        shown = shown.replace(entity, char)
    return shown


def _shown(inside: str) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:")
    return address if label in {"", address} or address.endswith(f"//{label}") else f"{label} ({address})"


def subject(event: Event) -> Event:
    """The message that an event is about: as it is after an edit, as it was before it was removed."""
    return event.get("message") or event.get("previous_message") or event


def mention_text(event: Event, bot_user: str) -> str | None:
    """What follows a mention of the bot that opens a message; None where the message does not open so."""
    if event.get("subtype") not in _SAID or "bot_id" in event:
        return None
    mention, text = f"<@{bot_user}>", str(event.get("text") or "").strip()
    return plain(text.removeprefix(mention)).strip() if text.startswith(mention) else None


def heard_message(event: Event, bot_user: str) -> HeardWords | HeardRemoval | None:
    """What a `message` event says of a reply in a thread; None where it is no person's reply.

    docs/events.md has the table of subtypes and what is done with each.
    """
    subtype = event.get("subtype")
    if subtype in _SAID:
        return _words(event, event, event["ts"], bot_user)
    if subtype == "message_changed":
        return _changed(event, bot_user)
    if subtype == "message_deleted":
        before = event.get("previous_message") or {}
        return _removal(event, {**before, "ts": event.get("deleted_ts") or before.get("ts")}, bot_user)
    return None


def bare_removal(event: Event) -> tuple[str, str, datetime] | None:
    """Channel, message and time of a removal that does not say what was removed (Slack: message_deleted)."""
    if event.get("subtype") != "message_deleted" or event.get("previous_message") or not event.get("deleted_ts"):
        return None
    return event["channel"], event["deleted_ts"], moment(event.get("event_ts") or event["ts"])


def _changed(event: Event, bot_user: str) -> HeardWords | HeardRemoval | None:
    after, before = event.get("message") or {}, event.get("previous_message") or {}
    if after.get("subtype") == "tombstone":
        return _removal(event, {**after, "user": before.get("user")}, bot_user)
    if "edited" not in after:
        at = str(after["ts"])  # Slack unfolded a link: the words are the first ones
    elif after.get("text") == before.get("text"):
        at = after["edited"]["ts"]
    else:
        at = event.get("event_ts") or after["edited"]["ts"]  # edited.ts has whole seconds only
    return _words(event, after, at, bot_user)


def _words(event: Event, message: Event, at: str, bot_user: str) -> HeardWords | None:
    if message.get("subtype") not in _SAID or not _is_reply_of_a_person(message, bot_user):
        return None
    files = "".join(f"\n[{file.get('name') or 'file'}]" for file in message.get("files") or [])
    return HeardWords(
        place=_place(event, message),
        speaker=Speaker(PLATFORM, message["user"]),
        text=(plain(message.get("text") or "") + files).strip(),
        said_at=moment(message["ts"]),
        at=moment(at),
    )


def _removal(event: Event, message: Event, bot_user: str) -> HeardRemoval | None:
    if not _is_reply_of_a_person(message, bot_user):
        return None
    return HeardRemoval(
        place=_place(event, message),
        speaker=Speaker(PLATFORM, message["user"]),
        said_at=moment(message["ts"]),
        at=moment(event.get("event_ts") or event["ts"]),
    )


def _is_reply_of_a_person(message: Event, bot_user: str) -> bool:
    thread, user = message.get("thread_ts"), message.get("user")
    return bool(user) and user != bot_user and "bot_id" not in message and thread not in {None, message.get("ts")}


def _place(event: Event, message: Event) -> Place:
    return Place(PLATFORM, event["channel"], message["thread_ts"], message["ts"])


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
