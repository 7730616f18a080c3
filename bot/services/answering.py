"""Comments that ask something: who is to answer and by when; and what became of a comment."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.decisions import Action, Actor, Asked, Disposition, Responded
from bot.errors import WrongField
from bot.rules import dates
from bot.rules.refs import RefName
from bot.rules.wording import listed
from bot.services import deciding, register
from bot.services.acting import permit
from bot.services.sorting import LONGEST, Decided, cleaned, decide, find, named_view

_MOST_WORDS = 3000  # what a form takes


async def ask(
    session: AsyncSession, named: RefName, owner: str, due: date | None, acting: Actor, now: datetime
) -> Decided:
    """The comment is a question for `owner`, the Lead Analyst where nobody is named, to be answered by a day or not."""
    permit(acting, Action.RECORD)
    view = await named_view(session, named)
    item = await register.item_of(session, named.proposal, unpublished=True)
    who = cleaned(owner) or item.lead_analyst
    if not who:
        raise WrongField("owner", f"The paper names no Lead Analyst for {item.name}: say who is to answer {view.ref}.")
    if len(who) > LONGEST:
        raise WrongField("owner", "Who is to answer is a name: it has too many characters.")
    if due is not None and due < dates.london(now).date():
        raise WrongField("due", f"{dates.day(due)} has passed: a question is due today or later, or on no day.")
    value = Asked(who, due)
    if view.asked == value:
        return Decided(view.ref, value, None, new=False)
    return await decide(session, view, value, acting, now)


async def respond(
    session: AsyncSession,
    named: RefName,
    disposition: Disposition,
    words: str,
    reply: RefName | None,
    acting: Actor,
    now: datetime,
) -> Decided:
    """What became of a comment, in SECAS's words or those of a reply by the Proposer's side, or without any."""
    permit(acting, Action.RECORD)
    view = await named_view(session, named)
    said = words.strip()
    if len(said) > _MOST_WORDS:
        raise WrongField("words", f"The response has {len(said):,} characters: allowed are {_MOST_WORDS:,}.")
    reply_ref = await _reply(session, named, reply) if reply else None
    if disposition is Disposition.ANSWERED and not said and reply_ref is None:
        raise WrongField(
            "words", "An answer needs its words, or the ref of the reply that answers, such as DP092-R001."
        )
    value = Responded(disposition, said, reply_ref)
    last = await deciding.latest(session, Responded, ref_id=view.id)
    if last is not None and deciding.value_of(last, Responded) == value:
        return Decided(view.ref, value, None, new=False)
    return await decide(session, view, value, acting, now)


def disposition_of(words: str) -> Disposition:
    """The disposition that a person typed: as documents print it, or its name alone."""
    typed = cleaned(words).casefold()
    for disposition in Disposition:
        if typed and typed in {disposition.value.casefold(), disposition.name.casefold()}:
            return disposition
    raise WrongField(
        "disposition", f"That is no disposition: allowed are {listed([d.value for d in Disposition], 'or')}."
    )


async def _reply(session: AsyncSession, named: RefName, reply: RefName) -> int:
    """The id of the reply's ref: a reply on the same proposal that is still there."""
    found = await find(session, reply)
    if reply.proposal != named.proposal:
        raise WrongField("reply", f"{found.ref} is on another proposal: name a reply in the same proposal's thread.")
    if found.is_view or not found.stands:
        why = "a comment" if found.is_view else str(found.state)
        raise WrongField("reply", f"{found.ref} is {why}: name a standing reply, such as DP092-R001.")
    return found.id
