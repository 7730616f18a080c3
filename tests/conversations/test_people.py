"""For whom people speak: what is counted as a comment, what is printed beside as a reply, and under which name."""

import pytest

from tests.house import ROSTER, House

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured


NOT_COUNTED = "Replies by SECAS, the chair or the Proposer's side, not counted"


async def views(house: House, reference: str) -> str:
    """What the analyst reads in `/dp views`."""
    return (await house.robin.types(house.channel, f"/dp views {reference}")).text


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


async def test_a_members_words_are_a_comment(house: House) -> None:
    await house.ada.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (member)")

    assert "### DP092-V001: Northshire Energy (member)" in await house.compiles()


async def test_somebody_not_on_the_roster_is_kept_and_the_organisation_not_guessed(house: House) -> None:
    await house.jo.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Organisation not stated")


async def test_somebody_without_an_e_mail_address_is_kept_too(house: House) -> None:
    await house.kit.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Organisation not stated")


async def test_the_chair_speaks_as_chair(house: House) -> None:
    await house.hugh.replies(house.post(), "Please comment by Friday.")
    await replies(house, "Please comment by Friday.", "Ames Consulting (chair)")

    document = await house.compiles()
    assert "No comments were received." in document
    assert "### DP092-R001: Ames Consulting (chair)" in document


async def test_secas_replies_and_does_not_comment(house: House) -> None:
    await house.robin.replies(house.post(), "Thank you all.")
    await replies(house, "Thank you all.", "SECAS")


async def test_the_proposers_organisation_replies_on_its_own_proposal_and_comments_on_others(house: House) -> None:
    await house.ada.replies(house.post("DP088"), "We raised this.")
    await house.ada.replies(house.post("DP092"), "We did not raise this.")

    await replies(house, "We raised this.", "Northshire Energy, Large Suppliers (Proposer's organisation)", "DP088")
    await comments(house, "We did not raise this.", "Northshire Energy, Large Suppliers (member)", "DP092")


async def test_an_e_mail_address_is_the_same_in_capitals(house: House) -> None:
    shouting = house.side.member("A Firth", "Ada.FIRTH@northshire.example")
    await shouting.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (member)")


async def test_a_comment_keeps_the_organisation_its_author_had_when_it_was_made(house: House) -> None:
    await house.ada.replies(house.post(), "From Northshire.")
    text = ROSTER.replace(
        "Ada Firth,Northshire Energy,Large Suppliers", "Ada Firth,Calder Networks,Electricity Networks"
    )
    await house.has_roster(text)
    await house.ada.replies(house.post(), "From Calder.")

    first, second = (await views(house, "DP092")).split("DP092-V002")
    assert "Northshire Energy, Large Suppliers (member)" in first
    assert "Calder Networks, Electricity Networks (member)" in second


@pytest.mark.parametrize("name", ["Ada", "Hugh"])
async def test_no_persons_name_is_printed_or_shown_to_members(house: House, name: str) -> None:
    await house.cast[name].replies(house.post(), "Some words.")
    shown = (await house.cara.types(house.channel, "/dp views DP092")).text
    document = await house.compiles()
    surname = house.cast[name].name.split()[1]

    assert surname not in shown.replace("Ames Consulting", "")
    assert surname not in document.replace("Ames Consulting", "").replace("Robin Ainsley, SECAS", "")
