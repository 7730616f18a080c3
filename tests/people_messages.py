"""The messages about for whom people speak, with any words in every field."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.domain import Basis, Capacity, Message, Profile, Speaker
from bot.models import Claim
from bot.services.claiming import Standing

NOW = datetime(2019, 11, 4, 9, tzinfo=UTC)


def people_messages(words: str) -> Iterator[Message]:
    """What is recorded of a person, and what they state of themselves."""
    claim = Claim(id=1, platform="slack", person="U1", organisation=words, party_category=words, stated_at=NOW)
    claim.confirmed, claim.decided_by, claim.decided_at = True, words, NOW
    seat = Profile(words, words, words, Capacity.ALTERNATE, words, Basis.STATED)
    yield Message("profile", {"standing": Standing(seat, ((words, seat),) * 3, (words, words), claim)})
    speaker = Speaker("slack", "U1", words, words, words, external=True)
    yield Message("claim", {"claim": claim, "speaker": speaker, "listed": [(words, words)] * 2})
    yield Message("claim_decided", {"claim": claim, "speaker": speaker})
    yield Message("claim_answered", {"claim": claim})
    yield Message("modals/organisation_stated", {"claim": claim})
    offered = [f"{words[:12]} {number}" for number in range(120)]
    yield Message("modals/state_organisation", {"organisations": offered, "categories": offered, "longest": 75})
