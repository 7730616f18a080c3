"""Another message of a Sub-Committee's channel, recorded as a view by an analyst; its author may object."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.config import Channel, Config
from bot.decisions import Action, Actor, Objected
from bot.domain import HeardWords, Message, Origin, Place, Reference, Source, Speaker
from bot.errors import NotPermitted, UserError, WrongField
from bot.models import Invitation, Item, Post, View
from bot.outbox import Outbox
from bot.rules.references import find_references
from bot.services import acknowledging, acting, audience, collecting, deciding, people, record
from bot.services.acting import permit
from bot.services.deciding import About
from bot.services.recorded import Recorded

LONGEST = 3000  # characters of an objection: what a field of a form takes
_MOST = 100  # proposals to choose from: what a form's list takes


async def check(session: AsyncSession, config: Config, place: Place, channel_name: str | None, by: Actor) -> Channel:
    """The channel, where this person may record what is said there. UserError where not, or it is recorded already."""
    permit(by, Action.ENTER)
    channel = next((each for each in config.channels if each.name == channel_name), None)
    if channel is None:
        raise UserError(
            "Only a message of a Sub-Committee's channel can be recorded as a view: a comment that was given elsewhere "
            "is entered with `/dp enter DP092`."
        )
    await _refuse_recorded(session, place)
    return channel


async def form(
    session: AsyncSession, config: Config, place: Place, heard: HeardWords | None, channel_name: str | None, by: Actor
) -> Message:
    """The form that asks which proposal a message is on. UserError where it cannot be recorded."""
    items = await _choices(session, config, place, heard, channel_name, by)
    words = heard.text if heard else ""
    named = {mention.reference for mention in find_references(words)}
    chosen = [item.id for item in items if Reference(item.proposal.number, item.proposal.suffix) in named]
    values: dict[str, object] = {
        "about": f"{place.channel} {place.thread} {place.message}",
        "words": words,
        "options": [(item.id, f"{item.name}  {item.title}") for item in items],
        "chosen": chosen[0] if len(chosen) == 1 else None,
    }
    return Message("modals/record_message", values)


async def record_message(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    place: Place,
    heard: HeardWords | None,
    channel_name: str | None,
    item_id: int,
    by: Actor,
    now: datetime,
) -> Recorded:
    """Record it on the proposal that was chosen; it is marked, and its author told where it was said.

    `heard` None: a program's, or gone. `channel_name`: the channel as config.toml has it.
    """
    items = await _choices(session, config, place, heard, channel_name, by)
    item = next((each for each in items if each.id == item_id), None)
    if item is None:
        raise WrongField("proposal", "Choose the proposal that the message is on.")
    if heard is None or not heard.text.strip():
        raise UserError("That message has no words: nothing was recorded.")
    post_id = await _post(session, item, place)
    mark = next(each.clearance for each in config.channels if each.name == channel_name)
    origin = Origin(Source.MESSAGE, entered_by=by.who, mark=mark)
    await collecting.write(session, config, heard, post_id, now, origin)
    view = await _view_at(session, place)
    if view is None:
        raise LookupError("a message was not recorded")
    await outbox.mark(session, view.platform, view.channel, view.message, now)
    note = Message("recorded_note", {"view": view, "item": item})
    await acknowledging.tell(session, outbox, view, note, f"message recorded:{view.id}", now)
    return view


async def objectionable(session: AsyncSession, config: Config, speaker: Speaker, ref_id: int) -> Recorded:
    """The recorded message, for its author alone, by whichever of the author's accounts."""
    view = await record.view(session, audience.SECAS, ref_id)
    author = view and view.source is Source.MESSAGE and view.author
    own = await people.accounts(session, config, speaker)
    if view is None or not author or (author.platform, author.id) not in own:
        raise NotPermitted("Only the author of a message that SECAS recorded may object to its being recorded.")
    return view


async def object_to(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    speaker: Speaker,
    ref_id: int,
    words: str,
    key: str,
    now: datetime,
) -> Recorded:
    """Keep the author's objection beside the comment and tell SECAS, who decides. `key`: of the form."""
    view = await objectionable(session, config, speaker, ref_id)
    text = words.strip()
    if not text or len(text) > LONGEST:
        raise WrongField("words", f"Say in up to {LONGEST:,} characters what you do not agree with.")
    by = acting.actor_of(speaker, await people.viewer(session, config, speaker, now))
    about = About(ref_id=view.id, proposal_id=view.proposal_id)
    decision = await deciding.decide(session, about, Objected(text), by, now, key=f"objected:{key}")
    if decision is not None:
        message = Message("objection", {"view": view, "words": text})
        where = (config.secas.platform, config.secas.channel)
        await outbox.announce(session, *where, message, f"objection:{decision.id}", view.mark, now)
    return view


async def _choices(
    session: AsyncSession, config: Config, place: Place, heard: HeardWords | None, channel_name: str | None, by: Actor
) -> Sequence[Item]:
    """The proposals that a message may be recorded on, the latest first. UserError where it cannot be recorded."""
    channel = await check(session, config, place, channel_name, by)
    if heard is None:
        raise UserError("Only what a person says can be recorded as a view: that message is a program's, or gone.")
    if people.is_analyst(config, heard.speaker):
        raise UserError("That message is SECAS's own: only what others say can be recorded as a view.")
    query = (
        select(Item)
        .join(Invitation, Invitation.item_id == Item.id)
        .where(Invitation.sub_committee == channel.sub_committee)
        .options(joinedload(Item.proposal))
        .order_by(Invitation.id)
    )
    latest = {item.proposal_id: item for item in await session.scalars(query)}
    if not latest:
        raise UserError("No proposal has been put to this channel's Sub-Committee yet: publish its paper first.")
    return sorted(latest.values(), key=lambda item: item.id, reverse=True)[:_MOST]


async def _refuse_recorded(session: AsyncSession, place: Place) -> None:
    """UserError where it is a view already, or one of our threads, where replies become views by themselves."""
    view = await _view_at(session, place)
    if view is not None:
        raise UserError(f"That message is recorded already, as {view.ref}.")
    thread = await collecting.our_thread(session, place.platform, place.channel, place.thread)
    if thread is not None and thread.proposal_id is not None:
        raise UserError("Replies in a proposal's thread are recorded by themselves: nothing needs to be done.")


async def _view_at(session: AsyncSession, place: Place) -> Recorded | None:
    at = (View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    view_id = await session.scalar(select(View.id).where(*at))
    return await record.view(session, audience.SECAS, view_id) if view_id is not None else None


async def _post(session: AsyncSession, item: Item, place: Place) -> int:
    """The post on the item in the message's channel; where it was posted in another of the Sub-Committee's, that."""
    query = select(Post).join(Post.invitation).where(Invitation.item_id == item.id).order_by(Post.id)
    posts = (await session.scalars(query)).all()
    return next((post for post in posts if post.channel == place.channel), posts[0]).id
