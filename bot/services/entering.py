"""Comments that reached SECAS by e-mail, at a meeting, by telephone or by letter, entered for their authors."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Action, Actor, Stated
from bot.domain import SECAS_ENTERS, Classification, HeardWords, Origin, Place, Reference, Source
from bot.errors import UserError, WrongField
from bot.models import Invitation, Item, LedgerEntry, Post, View, Words
from bot.outbox import Outbox
from bot.rules import dates
from bot.rules.classification import POSTABLE
from bot.rules.wording import listed, with_article
from bot.services import attributing, audience, collecting, deciding, discussion, notifying, record, register
from bot.services.acting import permit
from bot.services.attributing import ENTERED, Author, Said
from bot.services.deciding import About
from bot.services.recorded import Recorded
from bot.services.withdrawing import SEC_BEGAN

SOURCES = SECAS_ENTERS
LONGEST = 40_000  # characters, as of a message in a channel
_LONGEST_CONTEXT = 200


@dataclass(frozen=True)
class EnteredComment:
    """A comment as an analyst enters it. `on` and `at` are in Europe/London; `at` None: only the day is known.

    `sub_committee`: to whom it was given, by code, name or alias; "" where the proposal was put to one only. `context`:
    where it stands, such as "meeting 26" or an e-mail's subject. `confidential`: its author asked for that. `mark`: how
    its author marked it; None: not at all, and it has that of the Sub-Committee's channel.
    """

    reference: Reference
    source: Source
    said: Said
    on: date
    words: str
    at: time | None = None
    sub_committee: str = ""
    context: str = ""
    confidential: bool = False
    mark: Classification | None = None


@dataclass(frozen=True)
class Prepared:
    """What would be recorded, for whoever enters it to read. `warnings`: what may be a mistake, a sentence each."""

    item: Item
    sub_committee: str
    post: Post
    author: Author
    said_at: datetime
    words: str
    context: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Entered:
    """What was recorded, and whether its author is told on a platform."""

    view: Recorded
    told: bool
    warnings: tuple[str, ...]


async def preview(
    session: AsyncSession, config: Config, comment: EnteredComment, acting: Actor, now: datetime
) -> Prepared:
    """What `enter` would record. NotPermitted; WrongField for what cannot be; UserError where it is there already."""
    permit(acting, Action.ENTER)
    item = await register.item_of(session, comment.reference, unpublished=False)
    words, context = worded(comment.words), _context(comment.context)
    _check_mark(config, comment.mark)
    said_at = _moment(comment, now)
    invitation = await _invitation(session, config, item, comment)
    post = (await session.scalars(select(Post).where(Post.invitation_id == invitation.id).order_by(Post.id))).first()
    if post is None:
        raise LookupError(f"invitation {invitation.id} has no post")
    code, asked = invitation.sub_committee, invitation.item
    author = await attributing.author_of(session, config, comment.said, asked, code, post.platform, said_at)
    await _refuse_again(session, comment, words, invitation.id, author)
    warnings = await _warnings(session, config, invitation, comment, said_at)
    return Prepared(asked, code, post, author, said_at, words, context, warnings)


async def enter(
    session: AsyncSession, config: Config, outbox: Outbox, comment: EnteredComment, acting: Actor, now: datetime
) -> Entered:
    """Record a comment for its author, who is told how it will appear where a platform knows them. As `preview`."""
    found = await preview(session, config, comment, acting, now)
    place = Place(ENTERED, comment.source.value, str(found.post.id), uuid4().hex)
    heard = HeardWords(place, found.author.speaker, found.words, found.said_at, found.said_at)
    origin = Origin(comment.source, found.context or None, acting.who, mark=comment.mark)
    entry = await collecting.write(session, config, heard, found.post.id, now, origin, found.author.profile)
    view_id = entry and await session.scalar(select(View.id).where(View.first_entry_id == entry.id))
    if not view_id:
        raise LookupError("an entered comment was not recorded")
    if comment.confidential:
        about = About(ref_id=view_id, proposal_id=found.item.proposal_id)
        await deciding.decide(session, about, Stated(confidential=True), acting, now)
    view = await record.view(session, audience.SECAS, view_id)
    if view is None:
        raise LookupError(f"view {view_id} was not recorded")
    if found.author.reachable:
        await notifying.tell(session, config, outbox, view, found.author.speaker, "entered", now)
    return Entered(view, found.author.reachable, found.warnings)


def worded(words: str) -> str:
    """The words as they are kept: verbatim, with line ends of one kind. WrongField: there are none, or too many."""
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    text = whole.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    if not text.strip():
        raise WrongField("words", "The comment has no words: give them as its author gave them.")
    if len(text) > LONGEST:
        raise WrongField(
            "words", f"The comment has {len(text):,} characters and may have {LONGEST:,}: enter it in several parts."
        )
    return text


def _context(typed: str) -> str:
    text = " ".join(typed.split())
    if not text.isprintable() or len(text) > _LONGEST_CONTEXT:
        raise WrongField("context", f"Where it stands may take {_LONGEST_CONTEXT} characters: say it in fewer.")
    return text


def marks(config: Config) -> tuple[Classification, ...]:
    """How a comment may be marked: White, and what an operator's policy allows above it."""
    return (Classification.WHITE, *(mark for mark in Classification if mark in set(config.policies) - POSTABLE))


def _check_mark(config: Config, mark: Classification | None) -> None:
    """What is kept is shown to the Sub-Committee it was given to: only as the policies allow."""
    if mark is not None and mark not in {*POSTABLE, *config.policies}:
        allowed = listed([each.value for each in marks(config)], "or")
        raise WrongField(
            "mark", f"A comment marked {mark.value} cannot be kept here: config.toml allows {allowed}, and no other."
        )


def _moment(comment: EnteredComment, now: datetime) -> datetime:
    """When it was said, in UTC. Of a day without a time the beginning: it is never after a closing time of that day."""
    if comment.on.year < SEC_BEGAN:
        raise WrongField("on", f"{dates.day(comment.on)} is before the Smart Energy Code began in {SEC_BEGAN}.")
    if comment.on > dates.london(now).date():
        raise WrongField("on", f"{dates.day(comment.on)} is still to come: give the day on which it was said.")
    moment = datetime.combine(comment.on, comment.at or time(), dates.LONDON).astimezone(UTC)
    if moment > now:
        raise WrongField("at", f"{dates.moment(moment)} is still to come: give the time at which it was said.")
    return moment


async def _invitation(session: AsyncSession, config: Config, item: Item, comment: EnteredComment) -> Invitation:
    """What it answers: of several invitations of one Sub-Committee the last one before it."""
    found = await discussion.invitations(session, item.proposal_id)
    codes = list(dict.fromkeys(each.sub_committee for each in found))
    typed = comment.sub_committee.strip()
    body = config.sub_committee(typed)
    code = body.code if body else typed.upper() or (codes[0] if len(codes) == 1 else "")
    if code not in codes:
        put = f"{item.name} was put to {listed(codes)}"
        raise WrongField(
            "sub_committee", f"{put}: say to which of them the comment was given." if not typed else f"{put}."
        )
    of_it = [each for each in found if each.sub_committee == code]
    before = [each for each in of_it if dates.london(each.opened_at).date() <= comment.on]
    return before[-1] if before else of_it[0]


async def _refuse_again(
    session: AsyncSession, comment: EnteredComment, words: str, invitation_id: int, author: Author
) -> None:
    """The same words of the same person, day and way are one comment, unless it was withdrawn meanwhile."""
    query = (
        select(View)
        .join(View.first)
        .join(Words, Words.entry_id == LedgerEntry.id)
        .join(View.post)
        .where(Post.invitation_id == invitation_id, LedgerEntry.platform == ENTERED)
        .where(LedgerEntry.source == comment.source, LedgerEntry.speaker == author.speaker.id)
        .where(Words.text == words, View.withdrawn_at.is_(None))
    )
    for view in await session.scalars(query):
        same = dates.london(view.said_at).date() == comment.on
        if same and (there := await record.view(session, audience.SECAS, view.id)):
            raise UserError(f"This comment is recorded already, as {there.ref}: nothing was changed.")


async def _warnings(
    session: AsyncSession, config: Config, invitation: Invitation, comment: EnteredComment, said_at: datetime
) -> tuple[str, ...]:
    opened = dates.london(invitation.opened_at).date()
    closes = (await record.closing_times(session, [invitation.id])).get(invitation.id)
    found = []
    if comment.on < opened:
        body = with_article(config.body_name(invitation.sub_committee))
        found.append(
            f"{dates.day(comment.on)} is before {invitation.item.name} was put to {body} on {dates.day(opened)}."
        )
    if closes and comment.at is None and dates.london(closes).date() == comment.on:
        found.append(f"Comments closed at {dates.moment(closes)}: without its time this one counts as before it.")
    elif closes and said_at > closes:
        found.append(f"It will be shown as received after {dates.moment(closes)}.")
    return tuple(found)
