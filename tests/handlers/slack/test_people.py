"""For whom people speak: what is counted as a comment, what is printed beside as a reply, and under which name."""

import pytest

from handlers.sandbox import Member
from tests.handlers.slack.hearing import views
from tests.house import ROSTER, House


async def read_by_secas(house: House, reference: str = "DP092") -> tuple[str, str]:
    """What the analyst reads: `/dp views`, and the compiled Markdown."""
    return await views(house, reference), await house.compiles(reference)


def section(document: str, heading: str) -> str:
    """One section of the document, by its heading."""
    return document.split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]


async def comments(house: House, words: str, respondent: str, reference: str = "DP092") -> None:
    """These words are a comment of that respondent: counted, and among the comments."""
    views, document = await read_by_secas(house, reference)
    assert f"{reference}-V001" in views
    assert respondent in views
    assert words in views
    assert "1 comment." in views
    assert f"### {reference}-V001: " in document
    assert words in section(document, "## 6. Comments not sorted")
    assert section(document, "## 7. Replies by SECAS and the Proposer's side").strip() == "None."


async def replies(house: House, words: str, respondent: str, reference: str = "DP092") -> None:
    """These words are a reply of that respondent: printed beside, and not counted."""
    views, document = await read_by_secas(house, reference)
    assert "No comments; 1 reply by SECAS, the chair or the Proposer's side" in views
    assert words not in views
    assert "No comments were received." in document
    printed = section(document, "## 7. Replies by SECAS and the Proposer's side")
    assert f"### {reference}-R001: {respondent}" in printed
    assert words in printed


def put_on_roster(house: House, *rows: str) -> None:
    """SECAS adds rows to the roster while dpbot runs."""
    (house.folder / "roster.csv").write_text(ROSTER + "".join(f"{row}\n" for row in rows), "utf-8")


def newcomer(house: House, name: str, *rows: str) -> Member:
    """A person who joins the workspace, and the roster by these rows."""
    member = house.workspace.member(name, f"{name.replace(' ', '.').lower()}@new.example")
    put_on_roster(house, *(f"{member.email},{name},{row}" for row in rows))
    return member


async def test_a_members_words_are_a_comment(house: House) -> None:
    await house.ada.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (member)")


async def test_an_alternates_words_are_a_comment(house: House) -> None:
    await house.ben.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (alternate)")


async def test_an_observers_words_are_a_comment(house: House) -> None:
    await house.finn.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Tarn Metering, Other SEC Parties (observer)")


async def test_a_member_of_another_sub_committee_observes_here(house: House) -> None:
    await house.isla.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Ribble Security (observer)")


async def test_somebody_not_on_the_roster_is_kept_and_the_organisation_not_guessed(house: House) -> None:
    await house.jo.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Organisation not stated")


async def test_somebody_without_an_e_mail_address_is_kept_too(house: House) -> None:
    await house.kit.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Organisation not stated")


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


async def test_the_chair_speaks_as_chair(house: House) -> None:
    await house.hugh.replies(house.post(), "Please comment by Friday.")
    await replies(house, "Please comment by Friday.", "Ames Consulting (chair)")


async def test_a_chair_with_a_members_seat_gives_comments(house: House) -> None:
    (house.folder / "roster.csv").write_text(ROSTER.replace("OPSG,,chair", "OPSG,Large Supplier 3,chair"), "utf-8")
    await house.hugh.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Ames Consulting (chair and member)")


async def test_secas_replies_and_does_not_comment(house: House) -> None:
    await house.robin.replies(house.post(), "Thank you all.")
    await replies(house, "Thank you all.", "SECAS")


async def test_the_proposers_organisation_replies_on_its_own_proposal_and_comments_on_others(house: House) -> None:
    await house.ada.replies(house.post("DP088"), "We raised this.")
    await house.ada.replies(house.post("DP092"), "We did not raise this.")

    await replies(house, "We raised this.", "Northshire Energy (Proposer's organisation)", "DP088")
    await comments(house, "We did not raise this.", "Northshire Energy, Large Suppliers (member)", "DP092")


async def test_the_proposer_is_known_by_name_whatever_organisation_the_roster_has(house: House) -> None:
    daniel = newcomer(house, "Daniel Stroud", "Stroud Advice,,OPSG,,observer")
    await daniel.replies(house.post("DP092"), "I raised this.")
    await replies(house, "I raised this.", "Stroud Advice (Proposer)")


async def test_a_display_name_makes_nobody_the_proposer(house: House) -> None:
    somebody = house.workspace.member("Daniel Stroud", "somebody@else.example")
    await somebody.replies(house.post("DP092"), "It is clear.")
    await comments(house, "It is clear.", "Organisation not stated")


async def test_a_sub_committee_that_raised_a_proposal_replies_on_it(house: House) -> None:
    judith = newcomer(house, "Jude Hale", "Security Sub-Committee,,OPSG,,observer")
    await judith.replies(house.post("DP091"), "The SSC saw both.")
    await replies(house, "The SSC saw both.", "Security Sub-Committee (Proposer's organisation)", "DP091")


async def test_an_analyst_who_is_also_on_the_roster_is_secas(house: House) -> None:
    put_on_roster(house, "robin.ainsley@secas.example,Robin Ainsley,Northshire Energy,,OPSG,,member")
    await house.robin.replies(house.post(), "Thank you all.")
    await replies(house, "Thank you all.", "SECAS")


async def test_an_e_mail_address_is_the_same_in_capitals(house: House) -> None:
    shouting = house.workspace.member("A Firth", "Ada.FIRTH@northshire.example")
    await shouting.replies(house.post(), "It is clear.")
    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (member)")


async def test_a_comment_keeps_the_organisation_its_author_had_when_it_was_made(house: House) -> None:
    await house.ada.replies(house.post(), "From Northshire.")
    text = ROSTER.replace(
        "Ada Firth,Northshire Energy,Large Suppliers", "Ada Firth,Calder Networks,Electricity Networks"
    )
    (house.folder / "roster.csv").write_text(text, "utf-8")
    await house.ada.replies(house.post(), "From Calder.")

    views, _ = await read_by_secas(house)
    first, second = views.split("DP092-V002")
    assert "Northshire Energy, Large Suppliers (member)" in first
    assert "Calder Networks, Electricity Networks (member)" in second


async def test_a_broken_roster_keeps_its_last_good_state_and_no_comment_is_lost(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    (house.folder / "roster.csv").write_text("nonsense\n", "utf-8")
    await house.ada.replies(house.post(), "It is clear.")

    await comments(house, "It is clear.", "Northshire Energy, Large Suppliers (member)")
    assert "roster.csv: line 1: found nonsense" in caplog.text


@pytest.mark.parametrize("name", ["Ada", "Robin", "Hugh"])
async def test_no_persons_name_is_printed(house: House, name: str) -> None:
    await house.cast[name].replies(house.post(), "Some words.")
    views, document = await read_by_secas(house)
    surname = house.cast[name].name.split()[1]

    assert surname not in views.replace("Ames Consulting", "")
    assert surname not in document.replace("Ames Consulting", "").replace("Robin Ainsley, SECAS", "")
