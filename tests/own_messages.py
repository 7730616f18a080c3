"""What is said to the author of a comment, with any words in every field."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.decisions import SpeaksFor, Stance, Stated
from bot.domain import Basis, Capacity, Classification, Facet, Message, Profile, Source, Speaker
from bot.forms import own
from bot.models import Answer, Item, LedgerEntry
from bot.services.commenting import Invited, OwnAnswer
from bot.services.recorded import Author, Recorded, Said, State
from bot.services.stating import Changed, Own

NOW = datetime(2019, 11, 4, 9, tzinfo=UTC)
ADA = Speaker("slack", "U1", "ada.firth@northshire.example", "Ada Firth")


def a_profile(words: str, capacity: Capacity = Capacity.MEMBER) -> Profile:
    return Profile(words or None, words, words, capacity, words, Basis.STATED)


def a_view(words: str, source: Source = Source.THREAD) -> Recorded:
    """A comment whose every text is these words."""
    stated = Stated(Facet.IMPACT, Stance.DISAGREES, words[:300], SpeaksFor.PERSONAL, source is Source.PRIVATE)
    return Recorded(
        id=7,
        ref="DP001-V007",
        proposal_id=1,
        invitation_id=1,
        sub_committee="OPSG",
        platform="slack",
        channel="C1",
        message="1.1",
        author=Author("slack", "U1", words, words),
        profile=a_profile(words),
        said_at=NOW,
        heard_at=NOW,
        source=source,
        context=None,
        entered_by=None,
        mark=Classification.WHITE,
        text=words,
        wordings=(Said(words, NOW),),
        wording_id=1,
        parts=(),
        stated=stated,
        state=State.STANDS,
        state_at=None,
        state_by=None,
        reason=None,
        objections=(),
        replaced_by=None,
        after_closing=None,
        asked=None,
        responses=(),
    )


def own_messages(item: Item, words: str) -> Iterator[Message]:
    view, private = a_view(words), a_view(words, Source.PRIVATE)
    reply = replace(view, profile=a_profile(words, Capacity.PROPOSER), ref="DP001-R001")
    for each in (view, private, reply, replace(private, stated=Stated())):
        yield Message("recorded", {"view": each, "item": item})
        yield own.form_of(Own(each, (view,) * 120, (view,)))
        for changed in (Changed(words=True, stated=True, replaced="DP001-V001"), Changed(withdrawn=True), Changed()):
            yield Message("stated", {"view": each, "changed": changed})
    yield own.private_form(Invited(item, a_profile(words), (view,)))
    entry = LedgerEntry(organisation=words, party_category=words, capacity=Capacity.MEMBER, basis=Basis.ROSTER)
    for given, new in ((True, True), (True, False), (False, True), (False, False)):
        values = {"item": item, "given": given, "new": new, "answer": Answer(given=given, at=NOW, entry=entry)}
        yield Message("no_comment", values)
    yield Message("mine", {"views": [view, private, reply] * 5, "total": 99, "answers": [OwnAnswer("DP001", NOW)] * 15})
    yield Message("mine", {"views": [], "total": 0, "answers": []})
