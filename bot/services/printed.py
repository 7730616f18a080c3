"""A view or a reply of the record as a Comments document prints it."""

from collections.abc import Iterable, Mapping, Sequence

from bot.compilation import Behind, Comment, Kept, Question, ReactionCount, Reply, Response
from bot.config import Config
from bot.domain import Facet, Source
from bot.rules.wording import platform_name
from bot.services.recorded import Recorded, RecordedPart, State

_WRITTEN_THERE = {Source.THREAD, Source.PRIVATE, Source.MESSAGE}


def comments(
    config: Config, view: Recorded, reactions: tuple[ReactionCount, ...], replies: Mapping[int, Recorded]
) -> Iterable[Comment]:
    """One for each part. Stance and reactions stand with the first; what answers the whole stands with each."""
    asking = {part.letter for part in view.parts if part.facet is Facet.QUESTION}
    responses = _responses(view, replies)
    for number, part in enumerate(view.parts):
        first = number == 0
        asks = part.letter in asking or (first and not asking and view.asked is not None)
        yield Comment(
            ref=view.ref + part.letter,
            organisation=view.profile.organisation,
            party_category=view.profile.party_category,
            capacity=view.profile.capacity,
            sub_committee=config.body_name(view.sub_committee),
            source=source_name(view),
            said_at=view.said_at,
            text=part.text.strip() if part.letter else part.text,
            edited=view.edited,
            facet=part.facet,
            reactions=reactions if first else (),
            basis=view.profile.basis,
            context=view.context,
            stance=view.stance if first else None,
            on_behalf_of=view.stated.on_behalf_of,
            speaks_for=view.speaks_for,
            confidential=view.confidential,
            after_closing=view.after_closing,
            question=_question(view) if asks else None,
            responses=responses,
            behind=_behind(view, part),
            way=view.source,
            of=view.ref if part.letter else None,
            mark=view.mark,
        )


def reply(config: Config, view: Recorded, answers: Sequence[str]) -> Reply:
    """`answers`: the refs of the comments it is linked to."""
    return Reply(
        ref=view.ref,
        organisation=view.profile.organisation,
        capacity=view.profile.capacity,
        sub_committee=config.body_name(view.sub_committee),
        said_at=view.said_at,
        text=view.text,
        edited=view.edited,
        answers=tuple(answers),
        behind=_behind(view, view.parts[0]),
        mark=view.mark,
        confidential=view.confidential,
    )


def kept(config: Config, view: Recorded) -> Kept:
    """One that does not stand, for SECAS alone."""
    return Kept(
        ref=view.ref,
        name=view.author.name if view.author else None,
        organisation=view.profile.organisation,
        sub_committee=config.body_name(view.sub_committee),
        state=view.state_said,
        at=view.state_at,
        by=_named(view),
        reason=view.reason,
        text=view.text,
        replaced_by=view.replaced_by if view.state is State.REPLACED else None,
        said_at=view.said_at,
        mark=view.mark,
    )


def _named(view: Recorded) -> str | None:
    """Who brought it into its state: of its author, whom decisions have by the platform's id, the name."""
    author = view.author
    return (author.name if author and author.id == view.state_by else None) or view.state_by


def source_name(view: Recorded) -> str:
    """How it came, as it is printed: the platform's name for what was written there, else the way."""
    return platform_name(view.platform) if view.source in _WRITTEN_THERE else view.source.value


def _question(view: Recorded) -> Question:
    return Question(view.asked.owner, view.asked.due) if view.asked else Question(None, None)


def _responses(view: Recorded, replies: Mapping[int, Recorded]) -> tuple[Response, ...]:
    """With the linked reply, where there is one and it still stands."""
    found = []
    for response in view.responses:
        linked = replies.get(response.reply_ref) if response.reply_ref else None
        found.append(Response(response.disposition, response.words, linked.ref if linked else None))
    return tuple(found)


def _behind(view: Recorded, part: RecordedPart) -> Behind:
    author = view.author
    return Behind(
        name=author.name if author else None,
        email=author.email if author else None,
        alternate_for=view.profile.alternate_for,
        heard_at=view.heard_at,
        entered_by=view.entered_by,
        wordings=tuple((said.at, said.text) for said in view.wordings[:-1]),
        suggested=part.suggestion.value,
        because=part.suggestion.because,
        sorted_by=part.decided_by,
        objections=view.objections,
    )
