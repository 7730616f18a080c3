"""For whom people speak: what is counted as a comment, what is printed beside as a reply, and under which name."""

import pytest

from handlers.sandbox import Member
from tests.handlers.slack.hearing import views
from tests.house import ROSTER, House

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

NOT_COUNTED = "*Replies by SECAS, the chair or the Proposer's side, not counted*"


async def comments(house: House, words: str, respondent: str, reference: str = "DP092") -> None:
    """These words are a comment of that respondent: counted, and among the comments."""
    shown, beside = (await views(house, reference) + NOT_COUNTED).split(NOT_COUNTED)[:2]
    assert f"{reference}-V001" in shown
    assert respondent in shown
    assert words in shown
    assert "1 comment" in shown
    assert words not in beside


async def replies(house: House, words: str, respondent: str, reference: str = "DP092") -> None:
    """These words are a reply of that respondent: shown beside, and not counted."""
    shown, beside = (await views(house, reference)).split(NOT_COUNTED)
    assert "no comments yet" in shown
    assert words not in shown
    assert f"{reference}-R001" in beside
    assert respondent in beside
    assert words in beside


async def put_on_roster(house: House, *rows: str) -> None:
    """SECAS adds rows to the roster while dpbot runs."""
    await house.has_roster(ROSTER + "".join(f"{row}\n" for row in rows))


async def newcomer(house: House, name: str, *rows: str) -> Member:
    """A person who joins the workspace, and the roster by these rows."""
    member = house.workspace.member(name, f"{name.replace(' ', '.').lower()}@new.example")
    await put_on_roster(house, *(f"{member.email},{name},{row}" for row in rows))
    return member


async def test_an_alternates_words_are_a_comment(house: House) -> None:
    await house.ben.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (alternate)")


async def test_an_observers_words_are_a_comment(house: House) -> None:
    await house.finn.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Tarn Metering, Other SEC Parties (observer)")


async def test_a_member_of_another_sub_committee_observes_here(house: House) -> None:
    await house.isla.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Ribble Security (observer)")


@pytest.mark.parametrize("name", ["Ada", "Robin"])
async def test_an_address_that_slack_did_not_confirm_makes_nobody_a_member_or_an_analyst(
    house: House, name: str
) -> None:
    somebody = house.workspace.member(name, house.cast[name].email, is_email_confirmed=False)
    await somebody.replies(house.post(), "It is clear.")
    refused = await somebody.types(house.channel, "/dp compile DP092")

    assert "Only the SECAS analysts" in refused.text
    assert "you are not on SECAS's roster" in (await somebody.types(house.channel, "/dp views DP092")).text
    await comments(house, "It is clear.", "Organisation not stated")


async def test_a_chair_with_a_members_seat_gives_comments(house: House) -> None:
    await house.has_roster(ROSTER.replace("OPSG,,chair", "OPSG,Large Supplier 3,chair"))
    await house.hugh.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Ames Consulting (chair and member)")


async def test_the_proposer_is_known_by_name_whatever_organisation_the_roster_has(house: House) -> None:
    daniel = await newcomer(house, "Daniel Stroud", "Stroud Advice,,OPSG,,observer")
    await daniel.replies(house.post("DP092"), "I raised this.")
    await replies(house, "I raised this.", "Stroud Advice (Proposer)")


async def test_a_display_name_makes_nobody_the_proposer(house: House) -> None:
    somebody = house.workspace.member("Daniel Stroud", "somebody@else.example")
    await somebody.replies(house.post("DP092"), "It is clear.")
    await comments(house, "It is clear.", "Organisation not stated")


async def test_a_sub_committee_that_raised_a_proposal_replies_on_it(house: House) -> None:
    judith = await newcomer(house, "Jude Hale", "Security Sub-Committee,,OPSG,,observer")
    await judith.replies(house.post("DP091"), "The SSC saw both.")
    await replies(house, "The SSC saw both.", "Security Sub-Committee (Proposer's organisation)", "DP091")


async def test_an_analyst_who_is_also_on_the_roster_is_secas(house: House) -> None:
    await put_on_roster(house, "robin.ainsley@secas.example,Robin Ainsley,Northshire Energy,,OPSG,,member")
    await house.robin.replies(house.post(), "Thank you all.")
    await replies(house, "Thank you all.", "SECAS")
