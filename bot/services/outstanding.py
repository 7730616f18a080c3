"""SECAS's own digest: what waits for an analyst on the proposals that were put to Sub-Committees."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.decisions import Disposition
from bot.domain import Classification, Facet, Message
from bot.models import Document, Item
from bot.outbox import Outbox
from bot.rules import dates
from bot.rules.classification import highest
from bot.rules.wording import listed
from bot.services import audience, digesting, promises, record, register
from bot.services.promises import Promise
from bot.services.recorded import Recorded, State


@dataclass(frozen=True)
class Question:
    """A comment that asks somebody and is not answered. `owner` None: the Lead Analyst."""

    ref: str
    owner: str | None
    due: date | None


@dataclass
class Outstanding:
    """`silent`: by proposal, the Party Categories that no comment came from; None where none came at all."""

    silent: list[tuple[Item, str | None]] = field(default_factory=list)
    unsorted: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    marks: list[Classification] = field(default_factory=list)


async def send_due(session: AsyncSession, config: Config, outbox: Outbox, now: datetime) -> int:
    """Queue SECAS's digest where its time has come; once for each time, as the channels' digests."""
    if not config.publishing.enabled:
        return 0
    secas = config.secas
    due = await digesting.claimed(session, digesting.job_of(secas.platform, secas.channel), secas.digest, now)
    message = await digest(session, config, due) if due else None
    if due is None or message is None:
        return 0
    key = f"digest:{secas.channel}:{dates.local(due)}"
    mark = Classification(str(message.values["classification"]))
    await outbox.announce(session, secas.platform, secas.channel, message, key, mark, now)
    return 1


async def digest(session: AsyncSession, config: Config, until: datetime) -> Message | None:
    """What is outstanding now, headed by the day of `until` (UTC); None where nothing is."""
    found = Outstanding()
    issued = set(await session.scalars(select(Document.proposal_id).where(Document.issued_by.is_not(None))))
    for item in await register.latest_items(session, unpublished=False):
        if item.proposal.withdrawal is None:
            views = await record.views(session, audience.SECAS, item.proposal_id)
            _look(found, config, item, views, issued=item.proposal_id in issued)
    found.promises = [each for each in await promises.promises(session) if not _is_over(each)]
    found.marks += [each.item.paper.classification for each in found.promises]
    if not (found.silent or found.unsorted or found.missing or found.questions or found.promises):
        return None
    return Message("outstanding", {"found": found, "until": until, "classification": highest(found.marks).value})


def _look(found: Outstanding, config: Config, item: Item, views: Sequence[Recorded], *, issued: bool) -> None:
    """A proposal whose Comments document is issued waits for no more comments; what came of it all is still shown."""
    comments = [view for view in views if view.is_view and view.stands]
    heard = {view.profile.party_category for view in comments}
    silent = [name for name in config.party_categories if name not in heard]
    before = len(found.silent), len(found.unsorted), len(found.missing), len(found.questions)
    if not issued and (silent or not comments):
        found.silent.append((item, listed(silent, "or") if comments else None))
    found.unsorted += [v.ref + p.letter for v in comments for p in v.parts if p.facet is Facet.UNSORTED]
    found.missing += [view.ref for view in views if view.state is State.NOT_SEEN]
    found.questions += [_question(view) for view in comments if _is_open(view)]
    if before != (len(found.silent), len(found.unsorted), len(found.missing), len(found.questions)):
        found.marks += [item.paper.classification, *(view.mark for view in views)]


def _is_open(view: Recorded) -> bool:
    asks = view.asked is not None or any(part.facet is Facet.QUESTION for part in view.parts)
    return asks and not any(response.disposition is Disposition.ANSWERED for response in view.responses)


def _question(view: Recorded) -> Question:
    return Question(view.ref, view.asked.owner if view.asked else None, view.asked.due if view.asked else None)


def _is_over(promise: Promise) -> bool:
    return promise.kept is not None or promise.item.proposal.withdrawal is not None
