"""What Slack has now, in plain values: a message of a thread as it was fetched, a channel as it is described."""

from collections.abc import Mapping
from typing import Any

from bot.domain import ChannelFacts, Fetched, Place
from handlers.slack import files, text
from handlers.slack.asked import command_in

Reactions = Mapping[str, tuple[str, ...]]


def is_persons(message: text.Event, bot_user: str) -> bool:
    """Whether a person's own words stand in it: not a program's, ours included, nor what Slack itself says."""
    by_program = "bot_id" in message or message.get("user") in {None, bot_user}
    return message.get("subtype") in text.SAID and not by_program


def message(
    told: text.Event, channel: str, thread: str, bot_user: str, names: Mapping[str, str], reactions: Reactions | None
) -> Fetched:
    """Of what no person said only the place and the reactions are kept, not a word."""
    by_person = is_persons(told, bot_user)
    edited, command = told.get("edited") or {}, command_in(told, bot_user) if by_person else None
    return Fetched(
        place=Place(text.PLATFORM, channel, thread, told["ts"]),
        speaker=told["user"] if by_person else None,
        text=text.readable(told, names) if by_person else "",
        raw=text.raw(told) if by_person else "",
        said_at=text.moment(told["ts"]),
        edited_at=text.moment(edited["ts"]) if edited.get("ts") else None,
        reactions=reactions,
        files=tuple(files.lines(told.get("files"))) if by_person else (),
        removed=told.get("subtype") == "tombstone",
        asks=command is not None,
        asks_as_analyst=command is not None and command.for_analysts,
    )


def reactions(told: text.Event, bot_user: str) -> Reactions | None:
    """People by emoji, ours left out; None where Slack does not name them all (its list may be incomplete)."""
    found: dict[str, tuple[str, ...]] = {}
    for each in told.get("reactions") or ():
        users = tuple(each.get("users") or ())
        if each.get("count", 0) > len(users):
            return None
        if people := tuple(user for user in users if user != bot_user):
            found[each["name"]] = people
    return found


def facts(told: dict[str, Any], team: str | None, guests: bool | None) -> ChannelFacts:
    """A channel of ours (`team`). One that Slack says is shared, without saying with whom, is shared all the same."""
    teams = {*(told.get("shared_team_ids") or ()), *(told.get("connected_team_ids") or ())} - {team}
    is_shared = told.get("is_shared") or told.get("is_ext_shared") or told.get("is_org_shared")
    return ChannelFacts(
        is_private=bool(told.get("is_private")),
        is_archived=bool(told.get("is_archived")),
        teams=tuple(sorted(teams)) or (("a workspace that Slack does not name",) if is_shared else ()),
        guests=guests,
    )


def is_guest(user: dict[str, Any]) -> bool:
    """Slack: is_restricted is said of guests of one channel too, who are is_ultra_restricted besides."""
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
