"""The /dp grammar and its answers, on every platform."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import Message, Reference, Speaker
from bot.errors import UserError, WrongUsage
from bot.models import Item, Meeting, Post
from bot.rules.classification import may_post
from bot.rules.references import parse_reference
from bot.rules.wording import with_article
from bot.services import compiling, counting, publishing, register
from bot.services.counting import Counts
from bot.services.people import Roster

# A private answer holds this many comments; a Comments document holds all.
SHOWN = 15


class Reading:
    """A command that only looks: it does not wait for those who write."""

    writes: ClassVar[bool] = False


@dataclass(frozen=True)
class Help(Reading):
    pass


@dataclass(frozen=True)
class List(Reading):
    pass


@dataclass(frozen=True)
class Show(Reading):
    reference: Reference


@dataclass(frozen=True)
class Views(Reading):
    reference: Reference


@dataclass(frozen=True)
class Compile:
    writes: ClassVar[bool] = True
    reference: Reference


Command = Help | List | Show | Views | Compile

_PLAIN: dict[str, Callable[[], Command]] = {"help": Help, "list": List}
_WITH_REFERENCE: dict[str, Callable[[Reference], Command]] = {"show": Show, "views": Views, "compile": Compile}
_ALLOWED = "help, list, show DP092, views DP092 or compile DP092"


@dataclass(frozen=True)
class Caller:
    """Who asks, as the platform verified them."""

    speaker: Speaker
    roster: Roster

    def is_analyst(self, config: Config) -> bool:
        return config.secas.is_analyst(self.speaker.email)

    def sub_committees(self) -> frozenset[str]:
        return self.roster.sub_committees_of(self.speaker.email)


def parse(text: str) -> Command:
    """What was asked for. A reference alone shows it, nothing at all is help. WrongUsage says what is allowed."""
    words = text.split()
    if not words:
        return Help()
    verb, rest = words[0].casefold(), " ".join(words[1:])
    if verb in _PLAIN and not rest:
        return _PLAIN[verb]()
    if verb in _WITH_REFERENCE:
        reference = parse_reference(rest)
        if reference is None:
            found = f'found "{_short(rest)}"' if rest else "found nothing"
            raise WrongUsage(f"{verb} needs a proposal: {found}; allowed is a number or reference such as DP092.")
        return _WITH_REFERENCE[verb](reference)
    if (reference := parse_reference(text.strip())) is not None:
        return Show(reference)
    raise WrongUsage(f'"{_short(text)}" is not a command: allowed are {_ALLOWED}.')


def recognise(text: str) -> Command | None:
    """A command in words that may as well be a comment: only what parses whole is one."""
    try:
        return parse(text) if text.strip() else None
    except WrongUsage:
        return None


async def answer(session: AsyncSession, config: Config, command: Command, caller: Caller, now: datetime) -> Message:
    """The private answer to a command. UserError where it cannot be given."""
    match command:
        case Help():
            return Message("help", {"analyst": caller.is_analyst(config)})
        case List():
            return await _list(session, config, caller)
        case Show(reference):
            return await _show(session, config, caller, reference)
        case Views(reference):
            return await _views(session, config, caller, reference, now)
        case Compile(reference):
            item = await compiling.request(session, config, reference, caller.speaker, now)
            return Message("compile_queued", {"item": item, "channel": config.secas.channel})


async def full_text(session: AsyncSession, item_id: int) -> Message:
    """The whole issue and impacts of an item whose post had to cut them."""
    item = await register.item(session, item_id)
    _check_shown(item)
    return Message("modals/full_text", {"item": item})


@dataclass(frozen=True)
class Standing:
    """How a proposal stands with one Sub-Committee. Counts and posts only for those the caller may see into."""

    body: str
    meeting: Meeting | None
    counts: Counts | None
    posts: Sequence[Post]


async def _standings(session: AsyncSession, config: Config, caller: Caller) -> dict[int, list[Standing]]:
    """By proposal. Counts and links are for members of the Sub-Committee, by the roster, and for analysts."""
    counts = await counting.counts_by_invitation(session)
    found: dict[int, list[Standing]] = {}
    for invitation, posts in await register.invitations(session):
        body, meeting = config.body_name(invitation.sub_committee), invitation.item.paper.meeting
        inside = caller.is_analyst(config) or invitation.sub_committee in caller.sub_committees()
        standing = Standing(body, meeting, counts.get(invitation.id, Counts()), posts)
        found.setdefault(invitation.item.proposal_id, []).append(
            standing if inside else replace(standing, counts=None, posts=())
        )
    return found


async def _list(session: AsyncSession, config: Config, caller: Caller) -> Message:
    standings = await _standings(session, config, caller)
    items = await register.latest_items(session, unpublished=caller.is_analyst(config))
    return Message(
        "list", {"lines": [(item, standings.get(item.proposal_id, [])) for item in items if _is_shown(item)]}
    )


async def _show(session: AsyncSession, config: Config, caller: Caller, reference: Reference) -> Message:
    item = await register.item_of(session, reference, unpublished=caller.is_analyst(config))
    _check_shown(item)
    standings = (await _standings(session, config, caller)).get(item.proposal_id, [])
    statement = publishing.problem_statement(item.paper, item)
    return Message("show", {"item": item, "paper": item.paper, "statement": statement, "standings": standings})


async def _views(session: AsyncSession, config: Config, caller: Caller, reference: Reference, now: datetime) -> Message:
    """Comments of the caller's own Sub-Committees; analysts see all. Members' names are not shown."""
    item = await register.item_of(session, reference, unpublished=caller.is_analyst(config))
    _check_shown(item)
    compilation = await compiling.compile_comments(session, config, reference, now)
    asked = {invited.sub_committee for invited in compilation.invited}
    mine = {config.body_name(code) for code in caller.sub_committees()} & asked
    visible = asked if caller.is_analyst(config) else mine
    if not visible:
        bodies = " and ".join(map(with_article, sorted(asked)))
        raise UserError(
            f"Comments on {compilation.reference} are shown to members of {bodies}: "
            "you are not on SECAS's roster for it. Ask the SECAS Change Team if you should be."
        )
    comments = [comment for comment in compilation.comments if comment.sub_committee in visible]
    replies = [reply for reply in compilation.replies if reply.sub_committee in visible]
    values = {
        "compilation": compilation,
        "comments": comments[-SHOWN:],
        "total": len(comments),
        "replies": len(replies),
    }
    return Message("views", values)


def _is_shown(item: Item) -> bool:
    return may_post(item.paper.classification, item.paper.classification).value


def _check_shown(item: Item) -> None:
    if not _is_shown(item):
        raise UserError(
            f"{item.reference} is not shown here: its paper is classified {item.paper.classification.value}."
        )


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


_QUOTED = 40
