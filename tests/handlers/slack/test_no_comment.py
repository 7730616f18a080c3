"""“No comment”: one tap is an answer, told to its author alone, taken back with another."""

from pathlib import Path

from bot.domain import Reference
from bot.services import audience, counting, register
from bot.services.counting import Answers
from tests.house import House, two_bodies


async def answers(house: House, *bodies: str) -> Answers:
    """As the members of these Sub-Committees may see them; of none: as SECAS does."""
    async with house.desk.sessions.read() as session:
        item = await register.item_of(session, Reference(92), unpublished=False)
        viewer = audience.within(frozenset(bodies)) if bodies else audience.SECAS
        return await counting.answers(session, house.desk.config, viewer, item.proposal_id)


async def test_answers_are_seen_by_their_own_sub_committee_and_names_by_secas_alone(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, _):
        await house.ada.clicks(house.post(), "no_comment")

        (own,) = (await answers(house, "OPSG")).no_comment
        assert (own.organisation, own.party_category, own.name) == ("Northshire Energy", "Large Suppliers", None)
        assert (await answers(house, "SSC")).people == 0
