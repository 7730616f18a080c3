"""`/dp record` and `/dp promises`: what happened to a proposal, under which name it goes on, what is outstanding."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain import Reference
from bot.services import withdrawing
from tests.handlers.slack.asking import TITLE, sentence
from tests.house import PAPER, ROBIN, House, open_house, published, sample
from tests.services.digests import MONDAY, at

BOTH = "MP092 (formerly DP092)"
CONVERTED = "/dp record DP092 converted Panel 29 October 2019"
PROMISED = "The DCC will report to the Operations Group in November"


async def tells(house: House, line: str) -> str:
    return (await house.robin.types(house.channel, line)).text


async def shown(house: House, line: str = "/dp show 92") -> str:
    return (await house.ada.types(house.channel, line)).text


async def test_after_conversion_it_goes_on_under_its_new_name_with_the_old_one_beside_it(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")

    assert await tells(house, CONVERTED) == (
        f"DP092: Converted to a Modification Proposal on 29 October 2019 (Panel). Recorded by {ROBIN}. "
        f"It is shown as {BOTH} from now on; its thread and its record go on. The post is updated."
    )
    house.clock.forward(minutes=2)
    await house.ticks()
    await house.cara.replies(house.post(BOTH), "Impacts: some.")  # in the same thread

    for spelling in ("DP092", "mp92", "92"):
        answer = await shown(house, f"/dp show {spelling}")
        assert f"{BOTH}  {TITLE}" in answer
        assert "Modification Proposal  |  White" in answer  # the Development Stage is a Draft Proposal's
        assert "Converted to a Modification Proposal on 29 October 2019 (Panel)" in answer
        assert "2 comments from 2 organisations" in answer
    assert f"{BOTH}>*  {TITLE}" in await shown(house, "/dp list")
    assert "DP092-V002" in str((await house.ada.types(house.channel, "/dp views MP092")).payload)
    assert "*DP088  " in str(house.workspace.messages(house.channel))
    (digest,) = await at(house, MONDAY)
    assert f"{BOTH}>  {TITLE}" in digest


async def test_the_comments_document_has_the_new_name_and_says_what_was_recorded(tmp_path: Path) -> None:
    stages = '[stages]\nothers = ["Refinement Process"]\n[secas]'
    async with open_house(tmp_path, lambda config: config.replace("[secas]", stages)) as house, house.connected():
        await published(house)
        await tells(house, CONVERTED)
        await tells(house, '/dp record MP092 stage "refinement process" on Wednesday 30 October 2019 by the Panel')
        assert "Modification Proposal, Refinement Process" in await shown(house)

        document = await house.compiles()

        assert f"# MP092 {TITLE}" in document
        assert "Converted to a Modification Proposal by decision of the Panel, 29 October 2019" in document
        assert "Modification Proposal (formerly DP092), Refinement Process" in document
        assert any(file.name.startswith("MP092 Comments") for file in house.workspace.files(house.secas))


async def test_a_later_paper_with_the_new_name_goes_on_with_the_same_record(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")
    await tells(house, CONVERTED)
    await house.puts(sample({PAPER: "OPSG_27_0312_04", "DP092": "MP092", "29 October 2019": "26 November 2019"}))

    assert f"{BOTH}  {TITLE}" in await shown(house)
    assert "DP092-V001" in str((await house.ada.types(house.channel, "/dp views 92")).payload)


async def test_a_conversion_is_corrected_and_taken_back_and_nothing_is_lost(house: House) -> None:
    await tells(house, CONVERTED)
    assert (await tells(house, CONVERTED)).endswith("That was recorded before: nothing was changed.")
    await tells(house, "/dp record DP092 converted by Change Sub-Committee on 28 October 2019")
    corrected = await shown(house)
    assert "28 October 2019 (Change Sub-Committee)" in corrected
    assert "29 October 2019 (Panel)" not in corrected

    told = await tells(house, "/dp record DP092 not converted")

    assert "is taken back by" in told
    assert "It is shown as DP092 from now on" in told
    assert "formerly" not in await shown(house)
    house.clock.forward(minutes=2)
    await house.ticks()
    assert f"*DP092  {TITLE}*" in house.post_text()
    assert "nothing was changed" in await tells(house, "/dp record DP092 not converted")


async def test_the_parts_of_a_split_are_shown_with_the_record_of_the_whole(house: House) -> None:
    await tells(house, CONVERTED)
    await tells(house, "/dp record MP092 split MP092B and MP092A 30 October 2019 by the Panel")
    await house.puts(sample({PAPER: "OPSG_27_0312_04", "DP092": "MP092A"}))

    assert "Split into MP092A and MP092B on 30 October 2019 (Panel)" in await shown(house)
    part = await shown(house, "/dp show 92A")
    assert f"MP092A  {TITLE}" in part
    assert "on 30 October 2019 (Panel): the record from before is shown by `/dp views 92`" in part


async def test_a_withdrawal_is_recorded_and_taken_back(house: House) -> None:
    assert "DP092: Withdrawn on 29 October 2019." in await tells(house, "/dp record DP092 withdrawn 29 October 2019")
    assert "Withdrawn on 29 October 2019" in await shown(house)

    await tells(house, "/dp record DP092 not withdrawn")

    assert "Withdrawn" not in await shown(house)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("record DP092", "record needs a proposal and what happened"),
        ("record DP092 converted Panel", "Say the one day on which it happened"),
        ("record DP092 converted 29 October 2019", "Say which body converted it"),
        ("record DP092 converted Panel 15 November 2019", "15 November 2019 is still to come"),
        ("record DP092 converted Panel 31 September 2019", "is no day"),
        ('record DP092 stage "Limbo" 29 October 2019', '"Limbo" is no stage: allowed is Development Stage'),
        ("record DP092 split DP092A 29 October 2019", "A proposal is split into two or more"),
        ("record DP092 split DP092A DP093B 29 October 2019", '"DP093B" is no part of DP092'),
        ("record DP500 withdrawn 29 October 2019", "DP500 is in no paper that was imported"),
        ("promise DP092 7 kept on 29 October 2019", "DP092 has no promise 7"),
        ("promise DP092 1 kept on 29 November 2019", "is still to come"),
    ],
)
async def test_what_cannot_be_recorded_is_said_in_a_sentence(house: House, line: str, told: str) -> None:
    assert told in sentence(await house.robin.types(house.channel, f"/dp {line}"))


@pytest.mark.parametrize("line", [CONVERTED, "/dp record DP092 not withdrawn", "/dp promises"])
async def test_only_an_analyst_records_and_is_told_of_promises(house: House, line: str) -> None:
    told = sentence(await house.ada.types(house.channel, line))

    assert told.startswith("Only the SECAS analysts named in dpbot's configuration may record")


async def test_a_promise_stands_open_in_the_papers_words_until_it_is_marked_done(house: House) -> None:
    listed = await tells(house, "/dp promises")
    assert "DP092, promise 1 (Anticipated Operational Impacts)" in listed
    assert PROMISED in listed

    told = await tells(house, "/dp promise DP092 1 kept on 29 October 2019")

    assert told.endswith(f"is recorded as done on 29 October 2019 (by {ROBIN}).")
    assert PROMISED not in await tells(house, "/dp promises")


async def test_a_withdrawal_is_shown_in_its_post_however_it_was_recorded_and_its_thread_goes_on(house: House) -> None:
    """As `dpbot withdraw` does, and `--undo`."""
    post = house.post()
    await house.ada.replies(post, "Issue: clear.")
    async with house.desk.sessions.begin() as session:
        given = (session, house.desk.config, Reference(92), ROBIN)
        await withdrawing.withdraw(*given, date(2019, 10, 29), house.clock())
    house.clock.forward(minutes=2)
    await house.ticks()

    assert house.post().ts == post.ts
    assert "Withdrawn on 29 October 2019" in house.post_text()
    assert "Views are no longer invited" in house.post_text()
    assert "Views are invited" not in house.post_text()
    assert "No closing date" not in house.post_text()
    assert "button" not in house.post_text()
    assert "1 comment from 1 organisation" in house.post_text()
    await house.cara.replies(post, "Impacts: some.")
    assert "Impacts: some." in (await house.ada.types(house.channel, "/dp views 92")).text
    assert "Comment privately" not in str((await house.ada.types(house.channel, "/dp show 92")).payload)

    async with house.desk.sessions.begin() as session:
        await withdrawing.undo(session, house.desk.config, Reference(92), ROBIN, house.clock())
    house.clock.forward(minutes=2)
    await house.ticks()
    assert "Withdrawn" not in house.post_text()
    assert "Views are invited" in house.post_text()


async def test_recorded_by_two_analysts_with_two_days_the_later_record_holds_and_both_are_kept(house: House) -> None:
    await tells(house, CONVERTED)
    await tells(house, "/dp record DP092 stage Development Stage 28 October 2019")
    await tells(house, "/dp record MP092 converted Panel 27 October 2019")

    answer = await shown(house)
    assert "27 October 2019 (Panel)" in answer
    assert "29 October 2019 (Panel)" not in answer
    audit = (await house.robin.types(house.channel, "/dp audit 92")).text
    assert "body Panel, on 29 October 2019" in audit
    assert "body Panel, on 27 October 2019" in audit
