"""What the weekly digest says, as members find it in their channel."""

import pytest

from bot.papers import Reading
from bot.render import Renderer
from bot.services import digesting
from tests.house import PAPER, House, published, sample
from tests.services.digests import MONDAY, WEEK, at, digests, plain

ASKED = ", and is asked to agree on which of them it will want to give further input later"


def closing(when: str, words: dict[str, str] | None = None) -> Reading:
    """The sample paper with a closing date, and with some of its words replaced."""
    address = "change.team@secas.example"
    return sample({f"{address}.": f"{address} by {when}."} | (words or {}))


async def test_before_a_meeting_it_lists_every_proposal_with_its_comments_and_says_what_changed(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: clear.")
    await house.cara.replies(house.post("DP090"), "Consider: costs.")
    await house.finn.replies(house.post("DP090"), "Consider: time.")
    for member in (house.ada, house.ben, house.cara):
        await member.replies(house.post("DP092"), "Impacts: some.")

    (digest,) = await at(house, MONDAY)

    assert plain(digest)[:-1] == [
        "Operations Group: Draft Proposals, week to 4 November 2019",
        "For the meeting on Tuesday 5 November 2019 (meeting 26)",
        "The Operations Group is asked to agree which of these it will want to provide further input on.",
        "DP088  Power to raise modifications  |  no comments yet",
        "DP089  Changes to Appendix R 'Common Testing Scenarios Document'  |  1 comment from 1 organisation",
        "DP090  Incorporation of Non GBCS Non-Mandated Alerts into the SEC  |  2 comments from 2 organisations",
        "DP091  Updating Security Assurance Status  |  no comments yet",
        "DP092  New Planned Maintenance Methodology  |  3 comments from 2 organisations",
        "DP093  Implementing IRP511 and CRP535 to support GBCS v3.2 devices  |  no comments yet",
        "Changed since the last digest",
        "Six proposals put to the Operations Group (paper OPSG_26_0511_16).",
        "DP089: 1 comment received.",
        "DP090: 2 comments received.",
        "DP092: 3 comments received.",
        (
            "Comments can be made in each proposal's thread or by e-mail to change.team@secas.example. "
            "No closing date has been set."
        ),
    ]
    assert plain(digest)[-1] == "White"


async def test_its_fallback_text_says_what_matters(house: House) -> None:
    await at(house, MONDAY)
    text = house.workspace.messages(house.channel)[-1]["text"]

    assert text.startswith(
        "Operations Group: Draft Proposals, week to 4 November 2019. For the meeting on Tuesday 5 Nov"
    )
    assert "DP092 New Planned Maintenance Methodology, no comments yet." in text


async def test_each_reference_opens_its_post(house: House) -> None:
    (digest,) = await at(house, MONDAY)

    for number in range(88, 94):
        reference = f"DP0{number}"
        assert f"/p{house.post(reference).ts.replace('.', '')}|{reference}>" in digest


async def test_withdrawn_comments_and_replies_by_secas_and_the_proposers_side_are_not_counted(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: on second thoughts.")
    await house.ada.deletes(said)
    await house.robin.replies(house.post(), "Thank you.")
    await house.gwen.replies(house.post(), "We shall answer.")

    (digest,) = await at(house, MONDAY)

    assert "New Planned Maintenance Methodology  |  no comments yet" in digest
    assert "received" not in digest


async def test_it_never_quotes_or_names_anybody(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: unheard-of words.")

    (digest,) = await at(house, MONDAY)

    assert not any(word in digest for word in ("unheard-of", "Ada", "Firth", "Northshire"))


async def test_a_closing_date_of_the_paper_is_said(quiet_house: House) -> None:
    await quiet_house.imports(closing("5pm on 8 November 2019"))
    await quiet_house.publishes()

    (digest,) = await at(quiet_house, MONDAY)

    assert "Comments are invited by 5pm on 8 November 2019." in digest
    assert "No closing date" not in digest


@pytest.mark.parametrize(
    ("closes", "sentence"),
    [
        ("5pm on 3 November 2019", None),
        ("3 November 2019", None),
        ("4 November 2019", "Comments are invited by 4 November 2019."),
        ("5pm on 4 November 2019", "Comments are invited by 5pm on 4 November 2019."),
    ],
)
async def test_a_closing_date_that_has_passed_is_not_said_nor_that_none_was_set(
    quiet_house: House, closes: str, sentence: str | None
) -> None:
    await quiet_house.imports(closing(closes))
    await quiet_house.publishes()

    (digest,) = await at(quiet_house, MONDAY)

    said = next(line for line in plain(digest) if line.startswith("Comments can be made"))
    expected = "Comments can be made in each proposal's thread or by e-mail to change.team@secas.example."
    assert said.rstrip() == (f"{expected} {sentence}" if sentence else expected)


async def test_a_closing_date_of_a_paper_that_is_not_shown_is_not_said(quiet_house: House) -> None:
    """An older paper is open for comments still, but nothing of it is new and its meeting is over."""
    await quiet_house.puts(closing("24 December 2019", {PAPER: "OPSG_25_3110_03"}))
    await at(quiet_house, MONDAY)
    quiet_house.clock.forward(minutes=1)
    await published(quiet_house)

    digest = (await at(quiet_house, MONDAY + WEEK))[-1]

    assert "24 December" not in digest
    assert "No closing date has been set." in digest


async def test_only_a_paper_that_asks_is_said_to_ask_for_agreement_on_further_input(quiet_house: House) -> None:
    await quiet_house.imports(sample({ASKED: ""}))
    await quiet_house.publishes()

    (digest,) = await at(quiet_house, MONDAY)

    assert "For the meeting on Tuesday 5 November 2019" in digest
    assert "further input" not in digest
    assert not any(
        "further input on" in str(message) for message in quiet_house.workspace.messages(quiet_house.channel)
    )


async def test_the_heading_of_a_paper_that_asks_says_so(house: House) -> None:
    heading = house.workspace.messages(house.channel)[0]

    assert "The Operations Group is also asked to agree which proposals it will want to provide further" in str(heading)


async def test_a_comment_heard_late_is_in_the_digest_after_it_was_heard(house: House) -> None:
    house.workspace.events_url = "http://127.0.0.1:9/nobody-listens"
    await house.ada.replies(house.post(), "Issue: said before the digest, heard after it.")
    house.workspace.events_url = None
    await at(house, MONDAY)
    house.clock.forward(minutes=1)
    await house.workspace.redeliver()

    second = (await at(house, MONDAY + WEEK))[-1]

    assert "DP092: 1 comment received" in plain(second)[2]


async def test_comments_are_new_only_in_the_digest_after_they_were_made(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: the first.")
    await at(house, MONDAY)
    house.clock.forward(minutes=1)
    await house.cara.replies(house.post(), "Issue: the second.")
    await house.dan.replies(house.post("DP088"), "Issue: another.")

    second = (await at(house, MONDAY + WEEK))[-1]

    assert plain(second)[:4] == [
        "Operations Group: Draft Proposals, week to 11 November 2019",
        "Changed since the last digest",
        "DP088: 1 comment received, 1 comment in all.",
        "DP092: 1 comment received, 2 comments in all.",
    ]
    assert "meeting" not in second
    assert len(await at(house, MONDAY + 2 * WEEK)) == 2


async def test_a_comment_made_at_the_very_moment_is_told_once(house: House) -> None:
    house.clock.now = MONDAY
    await house.ada.replies(house.post(), "Issue: just in time.")

    await at(house, MONDAY)
    await at(house, MONDAY + WEEK)

    assert sum("comment received" in digest for digest in digests(house)) == 1


async def test_the_preview_is_what_is_sent_and_sends_nothing(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")
    async with house.desk.sessions.read() as session:
        shown = await digesting.digest(session, house.desk.config, house.desk.config.channels[0], MONDAY, MONDAY)
    assert shown is not None
    assert digests(house) == []

    (digest,) = await at(house, MONDAY)

    lines = [line.strip() for line in Renderer().text(shown).splitlines()]
    assert [line for line in lines if line] == plain(digest)


async def test_what_was_recorded_of_a_proposal_is_told_once_and_so_is_its_being_taken_back(house: House) -> None:
    await at(house, MONDAY)
    house.clock.forward(hours=1)
    for line in (
        "DP092 converted Panel 3 November 2019",
        "DP092 split MP092A MP092B 4 November 2019",
        "DP090 withdrawn 4 November 2019",
        "DP089 withdrawn 3 November 2019",
        "DP089 not withdrawn",
    ):
        assert "Recorded by" in (told := (await house.robin.types(house.channel, f"/dp record {line}")).text) or (
            "taken back" in told
        )
    second = (await at(house, MONDAY + WEEK))[-1]
    assert plain(second)[:4] == [
        "Operations Group: Draft Proposals, week to 11 November 2019",
        "Changed since the last digest",
        "DP090: Withdrawn on 4 November 2019.",
        (
            "MP092 (formerly DP092): Converted to a Modification Proposal on 3 November 2019 (Panel). "
            "Split into MP092A and MP092B on 4 November 2019."
        ),
    ]
    house.clock.forward(hours=1)
    await house.robin.types(house.channel, "/dp record DP090 not withdrawn")
    await house.robin.types(house.channel, "/dp record DP092 converted Panel 1 November 2019")

    third = (await at(house, MONDAY + 2 * WEEK))[-1]
    assert plain(third)[2:4] == [
        "DP090: That it was recorded as “Withdrawn on 4 November 2019” is taken back.",
        "MP092 (formerly DP092): Converted to a Modification Proposal on 1 November 2019 (Panel).",
    ]
    assert len(await at(house, MONDAY + 3 * WEEK)) == 3
