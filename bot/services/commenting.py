"""The buttons under a proposal's post: a comment that is not written in the channel, and “No comment”."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.config import Config
from bot.domain import HeardAnswer, HeardWords, Message, Origin, Place, Profile, Source, Speaker
from bot.errors import NotPermitted, UserError
from bot.models import Answer, Invitation, Item, Post, View
from bot.outbox import Outbox
from bot.rules.classification import POSTABLE
from bot.services import acknowledging, audience, collecting, people, record, register, stating
from bot.services.recorded import Recorded
from bot.services.stating import Form, Own


@dataclass(frozen=True)
class Button:
    """A button under an item's post, or in an answer that has it too; `channel`: where it was pressed."""

    item_id: int
    channel: str


@dataclass(frozen=True)
class Invited:
    """What the private form shows: the proposal, how its comment would appear, and the person's own before it."""

    item: Item
    profile: Profile
    earlier: tuple[Recorded, ...]
    channel: str = ""  # of the post


@dataclass(frozen=True)
class OwnAnswer:
    """A person's own “No comment”, and when it was given (UTC)."""

    name: str
    at: datetime


async def invited(session: AsyncSession, config: Config, speaker: Speaker, button: Button, now: datetime) -> Invited:
    """Who sees a post may comment on it privately. UserError where it is out no more."""
    post = await _post(session, config, speaker, button, now)
    item, sub_committee = _invitation(post).item, _invitation(post).sub_committee
    _, profile = await people.profile(session, config, speaker, item.paper.sub_committee, item, now)
    views = await record.views(session, audience.SECAS, item.proposal_id)
    earlier = stating.earlier(views, await stating.accounts(session, config, speaker), sub_committee)
    return Invited(item, profile, earlier, post.channel or "")


async def comment(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    speaker: Speaker,
    button: Button,
    form: Form,
    key: str,
    now: datetime,
) -> None:
    """Record a private comment with what its author says of it, and tell its ref. `key`: of this form, used once."""
    post = await _post(session, config, speaker, button, now)
    place = Place(post.platform, post.channel or "", post.message or "", f"private-{key}")
    at = (View.platform == place.platform, View.channel == place.channel, View.message == place.message)
    query = select(View.id).where(*at)
    if await session.scalar(query) is not None:
        return  # the same form, sent twice
    heard = HeardWords(place, speaker, stating.checked(form.words or ""), now, now)
    await collecting.write(session, config, heard, post.id, now, Origin(Source.PRIVATE))
    ref_id = (await session.scalars(query)).one()
    before = await stating.own(session, config, speaker, ref_id, now)
    await _state(session, before, form, now)
    view = (await stating.own(session, config, speaker, ref_id, now)).view
    await acknowledging.tell(session, outbox, view, await acknowledging.note(session, view), f"recorded:{view.id}", now)


async def answer(
    session: AsyncSession,
    config: Config,
    outbox: Outbox,
    speaker: Speaker,
    button: Button,
    at: datetime,
    now: datetime,
    *,
    given: bool = True,
) -> Message:
    """Record “No comment”, or that it is taken back, and say so privately: what is said.

    `at` (UTC): when the button was pressed. What the person answered last counts, from whatever account.
    """
    post = await _post(session, config, speaker, button, now)
    before = await _answer(session, config, speaker, post)
    new = (before is not None and before.given) is not given
    if new:
        place = Place(post.platform, post.channel or "", post.message or "", post.message or "")
        heard = HeardAnswer(place, speaker, given, at)
        await collecting.write(session, config, heard, post.id, now, Origin())
    stands = await _answer(session, config, speaker, post)
    values = {"item": _invitation(post).item, "given": given, "new": new, "answer": stands, "link": post.link}
    whisper = f"no comment:{post.id}:{speaker.id}:{at.isoformat()}"
    where = (post.platform, post.channel or "", None, speaker.id)
    note = Message("no_comment", values)
    await outbox.whisper(session, *where, whisper, note, now)
    return note


async def _answer(session: AsyncSession, config: Config, speaker: Speaker, post: Post) -> Answer | None:
    """What a person answered last on the invitation of a post."""
    own = tuple_(Answer.platform, Answer.speaker).in_(await people.accounts(session, config, speaker))
    query = select(Answer).where(Answer.invitation_id == post.invitation_id, own)
    latest = query.order_by(Answer.at.desc(), Answer.entry_id.desc()).limit(1)
    return await session.scalar(latest.options(joinedload(Answer.entry)).execution_options(populate_existing=True))


async def own_answers(session: AsyncSession, config: Config, speaker: Speaker) -> tuple[OwnAnswer, ...]:
    """A person's own answers “No comment” that stand, the oldest first."""
    own = tuple_(Answer.platform, Answer.speaker).in_(await people.accounts(session, config, speaker))
    query = (
        select(Answer, Item)
        .join(Invitation, Answer.invitation_id == Invitation.id)
        .join(Item, Invitation.item_id == Item.id)
        .where(own)
        .options(joinedload(Item.proposal))
        .order_by(Answer.at, Answer.entry_id)
    )
    found = [(answer, item) for answer, item in await session.execute(query)]
    latest = {answer.invitation_id: answer for answer, _ in found}
    return tuple(OwnAnswer(item.name, a.at) for a, item in found if a.given and latest[a.invitation_id] is a)


async def _state(session: AsyncSession, own: Own, form: Form, now: datetime) -> None:
    await stating.state(session, own.view, form, now)
    await stating.supersede(session, own, form.replaces, now)


async def _post(session: AsyncSession, config: Config, speaker: Speaker, button: Button, now: datetime) -> Post:
    """The post of a button: that in the channel where it was pressed, else one for somebody who sees its views."""
    query = (
        select(Post)
        .join(Post.invitation)
        .where(Invitation.item_id == button.item_id, Post.platform == speaker.platform, Post.message.is_not(None))
        .where(Post.id.not_in(register.retracted()))
        .options(joinedload(Post.invitation).joinedload(Invitation.item).joinedload(Item.paper))
        .options(joinedload(Post.invitation).joinedload(Invitation.item).joinedload(Item.proposal))
        .order_by(Post.id)
    )
    posts = (await session.scalars(query)).all()
    if not posts:
        raise UserError("The post on that proposal has been withdrawn: `/dp list` shows what views are invited on.")
    viewer = await people.viewer(session, config, speaker, now)
    here = (post for post in posts if post.channel == button.channel)
    seen = (post for post in posts if viewer.sees(_invitation(post).sub_committee))
    post = next(here, None) or next(seen, None)
    if post is None:
        raise NotPermitted(
            "That proposal was put to another Sub-Committee: `/dp list` shows what views are invited on in yours."
        )
    item = _invitation(post).item
    if item.paper.classification not in {*POSTABLE, *config.policies}:
        raise UserError(f"{item.name} is not shown here: its paper is classified {item.paper.classification.value}.")
    return post


def _invitation(post: Post) -> Invitation:
    if post.invitation is None:
        raise LookupError(f"post {post.id} carries no proposal")
    return post.invitation
