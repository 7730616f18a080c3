"""`/dp` in Slack, all the way: socket, routing, database, template."""

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.papers import read_paper
from handlers.sandbox import Answer, Channel
from tests.house import SAMPLE, House, open_house, published

TITLE = "New Planned Maintenance Methodology"


def sentence(answer: Answer) -> str:
    """The one line that was answered, to the caller alone."""
    assert answer.acknowledged
    assert answer.payload.get("response_type", "ephemeral") == "ephemeral"
    assert "\n" not in answer.text
    return answer.text


async def amber_house(house: House) -> House:
    """The sample paper is in the register, but classified Amber."""
    changed = SAMPLE.read_text("utf-8").replace("classified as **White**", "classified as **Amber**")
    await house.imports(read_paper(SAMPLE.name, changed.encode()))
    return house


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["/dp", "/dp help", "/dp HELP", "/dp   help  "])
async def test_help_says_what_can_be_asked_and_how_to_comment(house: House, line: str) -> None:
    answer = await house.ada.types(house.channel, line)

    for command in ("/dp list", "/dp show DP092", "/dp views DP092"):
        assert command in answer.text
    assert "reply in a proposal's thread" in answer.text


async def test_only_the_analyst_is_told_of_compile(house: House) -> None:
    assert "compile" in (await house.robin.types(house.channel, "/dp help")).text
    assert "compile" not in (await house.ada.types(house.channel, "/dp help")).text


async def test_answers_are_shown_to_the_caller_only(house: House) -> None:
    before = len(house.workspace.messages(house.channel))

    for line in ("/dp help", "/dp list", "/dp show DP092", "/dp views DP092", "/dp nonsense"):
        await house.ada.types(house.channel, line)

    assert len(house.workspace.messages(house.channel)) == before
    assert len(house.workspace.ephemerals(house.ada)) == 5
    assert not house.workspace.ephemerals(house.ben)


# --- show -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelling",
    ["DP092", "dp92", "92", "092", "MP092", "mp92", "dp 092", "DP_092", "dp-92", "SECMP0092", "  92 ", "dp\u00a092"],
)
async def test_show_finds_a_proposal_by_any_spelling_of_its_number(house: House, spelling: str) -> None:
    answer = await house.ada.types(house.channel, f"/dp show {spelling}")

    assert f"DP092  {TITLE}" in answer.text
    assert "Lead Analyst: Ellis Farrow, SECAS" in answer.text
    assert "meeting 26, 5 November 2019; no comments yet" in answer.text


async def test_a_reference_alone_shows_the_proposal(house: House) -> None:
    assert f"DP092  {TITLE}" in (await house.ada.types(house.channel, "/dp dp92")).text


async def test_show_has_the_issue_the_impacts_and_the_way_to_the_thread(house: House) -> None:
    answer = await house.ada.types(house.channel, "/dp show 92")

    assert "The trial ends in February 2020" in answer.text
    assert "Anticipated Operational Impacts (as stated in the paper)" in answer.text
    assert "The DCC will report to the Operations Group in November" in answer.text
    assert "Raised by Daniel Stroud of the DCC" in answer.text
    assert "Problem statement: Appendix E, draft" in answer.text
    assert "OPSG_26_0511_16, 29 October 2019" in answer.text
    link = f"/archives/{house.channel.id}/p{house.post('DP092').ts.replace('.', '')}|go to the thread>"
    assert link in json.dumps(answer.payload)


async def test_show_counts_comments_as_they_stand(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: clear.")
    await house.cara.replies(house.post(), "Impacts: none.")
    await house.ada.deletes(said)

    answer = await house.ben.types(house.channel, "/dp show 92")

    assert "1 comment from 1 organisation" in answer.text


# --- wrong words ------------------------------------------------------------------------------------------------------


async def test_an_unknown_command_is_answered_with_what_is_allowed(house: House) -> None:
    answer = await house.ada.types(house.channel, "/dp frobnicate DP092")

    assert sentence(answer) == (
        '"frobnicate DP092" is not a command: allowed are help, list, show DP092, views DP092 or compile DP092.'
    )


@pytest.mark.parametrize("verb", ["show", "views", "compile"])
async def test_a_missing_reference_is_answered_with_what_is_allowed(house: House, verb: str) -> None:
    answer = await house.robin.types(house.channel, f"/dp {verb}")

    assert sentence(answer) == (
        f"{verb} needs a proposal: found nothing; allowed is a number or reference such as DP092."
    )


@pytest.mark.parametrize("odd", ["DPxyz", "0", "-3", "92 and 93", "DP99999", "92.5", "DP092 please", "９２"])
async def test_an_odd_reference_is_answered_with_what_was_found_and_what_is_allowed(house: House, odd: str) -> None:
    answer = await house.ada.types(house.channel, f"/dp show {odd}")

    assert sentence(answer) == f'show needs a proposal: found "{odd}"; allowed is a number or reference such as DP092.'


async def test_a_very_long_wrong_command_is_quoted_in_short(house: House) -> None:
    answer = await house.ada.types(house.channel, f"/dp {'x' * 3000}")

    assert len(sentence(answer)) < 200


async def test_hostile_words_in_a_wrong_command_ping_nobody(house: House) -> None:
    answer = await house.ada.types(house.channel, '/dp <!channel> & "quotes" \\')

    assert '<!channel> & "quotes" \\' in sentence(answer)
    assert "<" not in json.dumps(answer.payload)


@pytest.mark.parametrize("verb", ["show", "views", "compile"])
async def test_a_proposal_that_no_paper_has_is_said_to_be_unknown(house: House, verb: str) -> None:
    answer = await house.robin.types(house.channel, f"/dp {verb} DP777")

    assert sentence(answer) == "DP777 is in no paper that was imported: check the number."


# --- list -------------------------------------------------------------------------------------------------------------


async def test_list_has_every_proposal_with_its_comments_in_order_of_number(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: clear.")

    answer = await house.cara.types(house.channel, "/dp list")
    lines = [line for line in answer.text.splitlines() if "|" in line]

    assert [line.split("|")[1][:5] for line in lines] == [f"DP{n:03}" for n in range(88, 94)]
    assert lines[1].endswith(
        "Changes to Appendix R 'Common Testing Scenarios Document'  |  1 comment from 1 organisation"
    )
    assert lines[4].endswith(f"{TITLE}  |  no comments yet")


async def test_before_a_paper_is_published_members_are_shown_nothing_of_it(quiet_house: House) -> None:
    await quiet_house.imports()

    listed = await quiet_house.ada.types(quiet_house.channel, "/dp list")
    shown = await quiet_house.ada.types(quiet_house.channel, "/dp show DP092")
    views = await quiet_house.ada.types(quiet_house.channel, "/dp views DP092")

    assert "No proposal has been put to a Sub-Committee yet." in listed.text
    for answer in (shown, views):
        assert sentence(answer) == "DP092 has not been put to a Sub-Committee: check the number."
    unknown = await quiet_house.ada.types(quiet_house.channel, "/dp show DP777")
    assert sentence(unknown) == sentence(shown).replace("DP092", "DP777")  # whether a paper has it is not told
    assert not any(TITLE in answer.text for answer in (listed, shown, views))


async def test_before_a_paper_is_published_the_analyst_sees_it_and_that_nobody_was_asked(quiet_house: House) -> None:
    await quiet_house.imports()

    listed = await quiet_house.robin.types(quiet_house.channel, "/dp list")
    shown = await quiet_house.robin.types(quiet_house.channel, "/dp show DP092")

    assert f"DP092  {TITLE}  |  not yet put to a Sub-Committee" in listed.text.replace("*", "")
    assert TITLE in shown.text
    assert "Not yet put to a Sub-Committee." in shown.text


async def test_counts_and_links_are_for_members_of_the_sub_committee(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")

    for line in ("list", "show 92"):
        member = await house.cara.types(house.channel, f"/dp {line}")
        outsider = await house.jo.types(house.channel, f"/dp {line}")

        assert "1 comment from 1 organisation" in member.text
        assert "comment" not in outsider.text.replace("No closing date for comments", "")
        assert "Operations Group" in outsider.text
        assert "http" in str(member.payload)
        assert "http" not in str(outsider.payload)


@pytest.fixture
async def two_bodies(tmp_path: Path) -> AsyncIterator[House]:
    """DP092 is before the Operations Group and the Security Sub-Committee; one comment here, two there."""
    ssc = '[[channels]]\nplatform = "slack"\nname = "security"\nsub_committee = "SSC"\n[secas]'
    async with open_house(tmp_path, lambda config: config.replace("[secas]", ssc)) as house:
        security = house.workspace.channel("security")
        async with house.connected():
            await published(house)
            copy = SAMPLE.read_text("utf-8").replace("OPSG_26_0511_16", "SSC_30_1211_02")
            await house.imports(read_paper(SAMPLE.name, copy.encode()), b"copy")
            await house.publishes("SSC_30_1211_02")
            await house.cara.replies(house.post(), "Issue: said to the Operations Group.")
            there = house.workspace.find(security, "*DP092  ")
            for number in (1, 2):
                await house.isla.replies(there, f"Issue: said to the SSC, part {number}.")
            yield house


OF_OPSG, OF_SSC = "1 comment from 1 organisation", "2 comments from 1 organisation"


@pytest.mark.parametrize(
    ("who", "sees", "does_not_see"),
    [
        ("ada", [f"Operations Group: {OF_OPSG}; Security Sub-Committee"], [OF_SSC]),
        ("isla", [f"Operations Group; Security Sub-Committee: {OF_SSC}"], [OF_OPSG]),
        ("robin", [f"Operations Group: {OF_OPSG}; Security Sub-Committee: {OF_SSC}"], []),
        ("jo", ["Operations Group; Security Sub-Committee"], ["comment"]),
    ],
)
async def test_of_two_sub_committees_each_sees_its_own_counts_in_the_list(
    two_bodies: House, who: str, sees: list[str], does_not_see: list[str]
) -> None:
    answer = await two_bodies.cast[who.capitalize()].types(two_bodies.channel, "/dp list")
    (line,) = [line for line in answer.text.splitlines() if TITLE in line and "|" in line]

    assert line.split("|")[-1].strip() in sees
    assert not any(words in line for words in does_not_see)


@pytest.mark.parametrize(
    ("who", "here", "there"), [("ada", True, False), ("isla", False, True), ("robin", True, True), ("jo", False, False)]
)
async def test_of_two_sub_committees_each_sees_its_own_counts_links_and_views(
    two_bodies: House, who: str, here: bool, there: bool
) -> None:
    person, channel = two_bodies.cast[who.capitalize()], two_bodies.channel
    shown = await person.types(channel, "/dp show 92")
    listed = await person.types(channel, "/dp list")
    viewed = (await person.types(channel, "/dp views 92")).text
    posts = [two_bodies.workspace.find(c, "*DP092  ") for c in (channel, security_channel(two_bodies))]
    addresses = [f"/archives/{post.channel.id}/p{post.ts.replace('.', '')}" for post in posts]

    assert "Operations Group: meeting 26" in shown.text
    assert "Security Sub-Committee: meeting 30" in shown.text
    assert [OF_OPSG in shown.text, OF_SSC in shown.text] == [here, there]
    assert [address in str(shown.payload) for address in addresses] == [here, there]
    assert [address in str(listed.payload) for address in addresses] == [here, there and not here]  # one link a line
    assert ["said to the Operations Group" in viewed, "said to the SSC" in viewed] == [here, there]
    assert {(True, False): "1 comment.", (False, True): "2 comments.", (True, True): "3 comments."}.get(
        (here, there), "you are not on SECAS's roster"
    ) in viewed


def security_channel(house: House) -> Channel:
    room = next(room for room in house.workspace._core.store.rooms.values() if room.name == "security")
    return Channel(room.id, room.name)


# --- views ------------------------------------------------------------------------------------------------------------


async def test_views_are_printed_verbatim_with_organisation_and_without_names(house: House) -> None:
    words = 'Issue: "high impact" & <who> decided?\n*Nobody* says :smile: {{ 7*7 }}'
    await house.ada.replies(house.post(), words)

    answer = await house.cara.types(house.channel, "/dp views DP092")

    assert words in answer.text
    assert "DP092-V001" in answer.text
    assert "Northshire Energy, Large Suppliers (member)" in answer.text
    assert "Slack, 30 October 2019" in answer.text
    assert "1 comment." in answer.text
    assert "Ada" not in answer.text


async def test_views_show_the_latest_wording_and_say_that_it_was_edited(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: first wording.")
    house.clock.forward(minutes=5)
    await house.ada.edits(said, "Issue: second wording.")

    answer = await house.cara.types(house.channel, "/dp views DP092")

    assert "second wording" in answer.text
    assert "first wording" not in answer.text
    assert "edited" in answer.text


async def test_withdrawn_comments_are_not_among_the_views(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: to be withdrawn.")
    await house.ada.deletes(said)

    answer = await house.cara.types(house.channel, "/dp views DP092")

    assert "No comments." in answer.text
    assert "to be withdrawn" not in answer.text


async def test_views_of_one_proposal_hold_no_comment_on_another(house: House) -> None:
    await house.ada.replies(house.post("DP089"), "Issue: about testing.")

    assert "about testing" not in (await house.ada.types(house.channel, "/dp views DP092")).text
    assert "about testing" in (await house.ada.types(house.channel, "/dp views DP089")).text


async def test_of_very_many_views_the_latest_are_shown_and_the_answer_says_so(house: House) -> None:
    for number in range(1, 18):
        await house.ada.replies(house.post(), f"Issue: comment number {number}.")

    answer = await house.ada.types(house.channel, "/dp views DP092")

    assert "17 comments. The latest 15 are shown; the Comments document has all." in answer.text
    assert "comment number 17." in answer.text
    assert "comment number 2." not in answer.text


async def test_a_long_comment_is_cut_in_the_answer_and_marked(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: " + "a long story, told at length. " * 100)

    answer = await house.ada.types(house.channel, "/dp views DP092")

    assert "[…]" in answer.text
    assert len(answer.text) < 1500


@pytest.mark.parametrize("who", ["isla", "jo", "kit"])
async def test_views_are_refused_to_whom_the_roster_does_not_have_for_that_sub_committee(
    house: House, who: str
) -> None:
    await house.ada.replies(house.post(), "Issue: not for everybody.")

    answer = await house.cast[who.capitalize()].types(house.channel, "/dp views DP092")

    assert sentence(answer) == (
        "Comments on DP092 are shown to members of the Operations Group: you are not on SECAS's roster for it. "
        "Ask the SECAS Change Team if you should be."
    )


async def test_the_analyst_sees_the_views_of_every_sub_committee(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: for SECAS too.")

    assert "for SECAS too" in (await house.robin.types(house.channel, "/dp views DP092")).text


# --- compile ----------------------------------------------------------------------------------------------------------


async def test_compile_delivers_the_draft_to_secas_in_three_forms(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said in the thread.")

    answer = await house.robin.types(house.channel, "/dp compile dp92")
    await house.ticks()

    assert sentence(answer) == (
        "A draft of DP092 Comments is being compiled: it will be delivered to #secas-change-team."
    )
    files = {file.name: file.content for file in house.workspace.files(house.secas)}
    assert sorted(files) == [f"DP092 Comments v0.1.{form}" for form in ("docx", "json", "md")]
    assert files["DP092 Comments v0.1.docx"].startswith(b"PK")
    assert "said in the thread" in files["DP092 Comments v0.1.md"].decode()
    assert json.loads(files["DP092 Comments v0.1.json"])
    assert not house.workspace.files(house.channel)
    house.workspace.find(
        house.secas, "1 comment, received from Slack up to 10am on 30 October 2019. Draft, not issued."
    )


async def test_compile_asked_twice_before_it_is_done_compiles_once(house: House) -> None:
    await house.robin.types(house.channel, "/dp compile DP092")
    again = await house.robin.types(house.channel, "/dp compile 92")
    await house.ticks()
    await house.ticks()

    assert "is being compiled" in again.text
    assert len(house.workspace.files(house.secas)) == 3


async def test_compile_asked_again_later_makes_the_next_draft(house: House) -> None:
    for _ in range(2):
        await house.robin.types(house.channel, "/dp compile DP092")
        await house.ticks()

    names = {file.name for file in house.workspace.files(house.secas)}
    assert {"DP092 Comments v0.1.md", "DP092 Comments v0.2.md"} <= names


@pytest.mark.parametrize("who", ["ada", "hugh", "jo", "kit"])
async def test_compile_is_for_analysts_only(house: House, who: str) -> None:
    answer = await house.cast[who.capitalize()].types(house.channel, "/dp compile DP092")
    await house.ticks()

    assert "Only the SECAS analysts" in sentence(answer)
    assert not house.workspace.files(house.secas)


async def test_what_was_never_published_is_not_compiled(quiet_house: House) -> None:
    await quiet_house.imports()

    answer = await quiet_house.robin.types(quiet_house.channel, "/dp compile DP092")
    await quiet_house.ticks()

    assert "DP092 has not been put to a Sub-Committee yet: publish its paper first." in sentence(answer)
    assert not quiet_house.workspace.files(quiet_house.secas)


# --- a paper that is not White ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ada", "robin"])
async def test_a_paper_that_is_not_white_is_neither_shown_nor_listed(quiet_house: House, who: str) -> None:
    house = await amber_house(quiet_house)
    person = house.cast[who.capitalize()]

    answers = [await person.types(house.channel, f"/dp {line}") for line in ("list", "show 92", "views 92")]

    assert "No proposal has been put to a Sub-Committee yet." in answers[0].text
    for answer in answers:
        assert TITLE not in answer.text
        assert "Daniel Stroud" not in answer.text


async def test_the_analyst_is_told_that_the_paper_is_not_white(quiet_house: House) -> None:
    house = await amber_house(quiet_house)

    answer = await house.robin.types(house.channel, "/dp show DP092")

    assert sentence(answer) == "DP092 is not shown here: its paper is classified Amber."


async def test_a_paper_that_is_not_white_is_neither_posted_nor_compiled(quiet_house: House) -> None:
    house = await amber_house(quiet_house)

    with pytest.raises(Exception, match="OPSG_26_0511_16 was not posted to operations-group: the paper is classified"):
        await house.publishes()
    await house.robin.types(house.channel, "/dp compile DP092")
    await house.ticks()

    assert not house.workspace.messages(house.channel)
    assert not house.workspace.files(house.secas)


async def test_a_later_amber_paper_hides_what_it_says_of_a_proposal_that_was_posted(house: House) -> None:
    later = SAMPLE.read_text("utf-8").replace("classified as **White**", "classified as **Amber**")
    later = later.replace("OPSG_26_0511_16", "OPSG_27_0312_09").replace("29 October 2019", "26 November 2019")
    later = later.replace(TITLE, "A Title Nobody May Read")
    await house.imports(read_paper(SAMPLE.name, later.encode()), b"later")
    await house.robin.types(house.channel, "/dp compile DP092")
    await house.ticks()

    for line in ("list", "show 92", "views 92"):
        for person in (house.ada, house.robin):
            answer = (await person.types(house.channel, f"/dp {line}")).text
            assert "A Title Nobody" not in answer
            assert TITLE in answer  # what was put to the Sub-Committee still speaks for the proposal
    markdown = next(file.content for file in house.workspace.files(house.secas) if file.name.endswith(".md"))
    assert TITLE.encode() in markdown
    assert b"A Title Nobody" not in markdown


# --- something broken inside ------------------------------------------------------------------------------------------


async def test_when_something_inside_breaks_the_person_sees_one_neutral_sentence(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.desk.sessions.begin() as session:
        await session.execute(text("ALTER TABLE items RENAME TO gone"))

    with caplog.at_level(logging.ERROR):
        answer = await house.ada.types(house.channel, "/dp list")

    assert sentence(answer) == (
        "Something broke in dpbot and nothing was changed: please try again, or tell the SECAS Change Team."
    )
    assert "no such table" in caplog.text  # for the operator


async def test_when_no_window_can_be_opened_that_is_a_line_in_the_log(
    quiet_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house, before = quiet_house, "The trial ends in February 2020"
    long = SAMPLE.read_text("utf-8").replace(before, "A long story. " * 300 + before)
    await house.imports(read_paper(SAMPLE.name, long.encode()))
    await house.publishes()
    house.workspace.faults.fail("views.open", "internal_error")
    house.workspace.faults.rate_limit("views.open")

    answer = await house.ada.clicks(house.post(), "read_in_full")

    assert answer.acknowledged
    assert not house.ada.modals
    assert "A person could not be told what went wrong: Slack asks to slow down" in caplog.text
    assert TITLE in (await house.ada.types(house.channel, "/dp show 92")).text


async def test_when_slack_does_not_say_who_asks_a_member_is_told_something_useful(house: House) -> None:
    house.workspace.faults.fail("users.info", "internal_error", times=5)

    assert "DP092" in (await house.dan.types(house.channel, "/dp show 92")).text
    assert "are shown to members of" in (await house.dan.types(house.channel, "/dp views 92")).text
    assert "Operations Group" in (await house.dan.types(house.channel, "/dp list")).text


async def test_operators_words_come_before_ours(tmp_path: Path) -> None:
    def with_own_templates(config: str) -> str:
        return config + '[templates]\ndirectory = "own"\n'

    (tmp_path / "own/slack").mkdir(parents=True)
    (tmp_path / "own/slack/help.json").write_text('{"text": "Ask Robin on extension 12."}', "utf-8")
    async with open_house(tmp_path, with_own_templates) as house, house.connected():
        answer = await house.ada.types(house.channel, "/dp help")

    assert answer.text == "Ask Robin on extension 12."
