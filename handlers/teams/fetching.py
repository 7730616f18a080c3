"""What Microsoft Graph tells of a message, in plain values.

Microsoft: learn.microsoft.com/graph/api/resources/chatmessage.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator
from datetime import UTC, datetime

from bot import commands
from bot.commands import Command
from bot.domain import Fetched, Place
from handlers.teams import html, text
from handlers.teams.calls import Told

# A person's id by the account that a message of a channel names.
IdOf = Callable[[str, str], Awaitable[str]]


def account(told: Told) -> str | None:
    """Whose own words stand in it; None for a program's, ours included, and for what Teams itself says."""
    user = (told.get("from") or {}).get("user") or {}
    is_said = told.get("messageType") == "message"
    return str(user["id"]) if is_said and user.get("id") else None


def is_by(told: Told, program: str) -> bool:
    return bool(((told.get("from") or {}).get("application") or {}).get("id") == program)


async def message(
    told: Told, channel: str, thread: str, program: str, id_of: IdOf, pressed: Collection[str]
) -> Fetched:
    """Of what no person said only place and reactions are kept. `pressed`: emoji that are buttons on our posts."""
    author, name = account(told), str(told["id"])
    removed = bool(told.get("deletedDateTime"))
    said = author is not None and not removed
    words, files = (_words(told), tuple(_files(told))) if said else ("", ())
    command = _command(told, program) if said else None
    return Fetched(
        place=Place(text.PLATFORM, channel, thread, name),
        speaker=await id_of(channel, author) if author and said else None,
        text=text.with_files(words, files),
        raw=html.bare(words),
        said_at=text.moment(name) or _at(told["createdDateTime"]),
        edited_at=_at(told["lastEditedDateTime"]) if told.get("lastEditedDateTime") else None,
        reactions=await _reactions(told, channel, id_of),
        files=files,
        removed=removed,
        asks=command is not None,
        asks_as_analyst=command is not None and command.for_analysts,
        pressed=frozenset(pressed) if is_by(told, program) else frozenset(),
    )


def _words(told: Told) -> str:
    body = told.get("body") or {}
    content = str(body.get("content") or "")
    return html.canonical(content) if body.get("contentType") == "html" else html.plain(content)


def _files(told: Told) -> Iterator[str]:
    """For each: "[file: sites.xlsx, https://…]", as on every platform. Microsoft: a file is a "reference"."""
    for each in told.get("attachments") or ():
        if each.get("contentType") == "reference":
            facts = (" ".join(html.whole(str(each.get(key) or "")).split()) for key in ("name", "contentUrl"))
            yield f"[file: {', '.join(filter(None, facts)) or 'no name'}]"


def _command(told: Told, program: str) -> Command | None:
    """What it asks for where it opens with a mention of us."""
    body = told.get("body") or {}
    opened = html.opening(str(body.get("content") or ""))
    if opened is None:
        return None
    number, rest = opened
    for each in told.get("mentions") or ():
        named = ((each.get("mentioned") or {}).get("application") or {}).get("id")
        if str(each.get("id")) == number and named == program:
            return commands.recognise(text.without_dp(rest))
    return None


async def _reactions(told: Told, channel: str, id_of: IdOf) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for each in told.get("reactions") or ():
        user = ((each.get("user") or {}).get("user") or {}).get("id")
        if user:
            people = found.setdefault(text.emoji_name(str(each.get("reactionType") or "")), [])
            person = await id_of(channel, str(user))
            if person not in people:
                people.append(person)
    return {emoji: tuple(people) for emoji, people in found.items()}


def _at(stamp: object) -> datetime:
    told = datetime.fromisoformat(str(stamp))
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
