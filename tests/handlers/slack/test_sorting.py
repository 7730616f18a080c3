"""The analyst sorts comments in Slack, and decides of single ones: `/dp sort`."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.compilation import CommentsDocument, Edition
from bot.domain import Reference, Version
from bot.models import Decision, OutboxEntry, View, Wording, Words
from bot.reports.editions import editions
from bot.services import digesting, snapshot
from handlers.sandbox import Member
from tests.handlers.slack.asking import sentence
from tests.handlers.slack.forms import Json, chooses, fields_of, presses, sends, words_of
from tests.house import ROBIN, House

IMPACT = "We would lose a day a month if nothing changes."
THANKS = "Thanks all."


@pytest.fixture
async def spoken(house: House) -> House:
    """V001 names two facets, V002 to V004 none; R001 is SECAS's."""
    post = house.post()
    await house.ada.replies(post, "Issue: unclear.\nImpacts: high.")
    await house.cara.replies(post, IMPACT)
    await house.dan.replies(post, THANKS)
    await house.jo.replies(post, "Agents <too> & more.\nQ: who pays?")
    await house.robin.replies(post, "The trial ended in May.")
    return house


async def opens(house: House, line: str, member: Member | None = None) -> Json:
    """The form that a command opens before the analyst."""
    who = member or house.robin
    who.modals.clear()
    answer = await who.types(house.channel, line)
    assert answer.acknowledged, answer
    return who.modals[-1]


async def decisions(house: House) -> list[tuple[str, str, str]]:
    async with house.desk.sessions.read() as session:
        found = await session.scalars(select(Decision).order_by(Decision.id))
        return [(each.kind, each.part, each.by) for each in found]


async def views(house: House, who: Member) -> str:
    return (await who.types(house.channel, "/dp views DP092")).text


# --- many at once -----------------------------------------------------------------------------------------------------


async def test_the_form_has_what_is_not_sorted_with_the_rules_suggestion_and_nothing_chosen(spoken: House) -> None:
    form = await opens(spoken, "/dp sort DP092")
    fields = fields_of(form)

    assert "3 comments on DP092 are not sorted." in words_of(form)
    assert list(fields) == ["DP092-V002 speaks to", "DP092-V003 speaks to", "DP092-V004a speaks to"]
    assert {field["element"]["initial_option"]["value"] for field in fields.values()} == {"none"}
    assert fields["DP092-V002 speaks to"]["told"] == "Suggested: impact, for the words “We would lose”."
    assert "It may be a courtesy, to be set aside: the words “Thanks”." in fields["DP092-V003 speaks to"]["told"]
    assert "Cara Dunn, Calder Networks, Electricity Networks (member)" in words_of(form)
    await sends(spoken.robin)
    assert words_of(spoken.robin.modals[-1]) == "Nothing was chosen, so nothing was recorded."
    assert await decisions(spoken) == []


async def test_what_is_chosen_is_recorded_at_once_and_shown_under_its_heading(spoken: House) -> None:
    second, _, fourth = (field["block_id"] for field in fields_of(await opens(spoken, "/dp sort 92")).values())
    await chooses(spoken.robin, {second: "impact", fourth: "solution"})
    shown = await views(spoken, spoken.ada)

    assert words_of(spoken.robin.modals[-1]) == ("DP092-V002: sorted as impact.\nDP092-V004a: sorted as solution.")
    headings = ["The issue identified", "The impacts this may be having", "Questions", "Relating to", "Not sorted"]
    refs = ["DP092-V001a", "DP092-V001b", "DP092-V004b", "DP092-V004a", "DP092-V003"]
    places = [shown.index(words) for pair in zip(headings, refs, strict=True) for words in pair]
    assert places == sorted(places)
    assert "robin" not in shown
    assert "Suggested" not in shown
    assert await decisions(spoken) == [("sorted", "", ROBIN), ("sorted", "a", ROBIN)]


async def test_the_same_form_sent_twice_and_words_edited_meanwhile_are_said(spoken: House) -> None:
    said = await spoken.dan.replies(spoken.post(), "So be it.")
    form = await opens(spoken, "/dp sort DP092")
    second, _, _, fifth = (field["block_id"] for field in fields_of(form).values())
    spoken.clock.forward(minutes=1)
    await spoken.dan.edits(said, "So be it. Who pays?")
    await chooses(spoken.robin, {second: "impact", fifth: "question"})

    assert words_of(spoken.robin.modals[-1]) == (
        "DP092-V002: sorted as impact.\nNot recorded, because edited or withdrawn since the form was opened\n"
        "DP092-V005. Open the form again to read the new words."
    )
    spoken.robin.modals[:] = [form]
    await chooses(spoken.robin, {second: "impact"})
    assert "That was recorded before: nothing was changed." in words_of(spoken.robin.modals[-1])
    assert len(await decisions(spoken)) == 1


async def test_more_than_a_form_holds_waits_for_the_next(house: House) -> None:
    for number in range(30):
        await house.ada.replies(house.post(), f"Notice {number}.")
    form = await opens(house, "/dp sort DP092")

    assert "30 comments on DP092 are not sorted. The first 23 are here; 7 remain after them." in words_of(form)
    await chooses(house.robin, {field["block_id"]: "consider" for field in fields_of(form).values()})
    assert "7 comments on DP092 are not sorted." in words_of(await opens(house, "/dp sort DP092"))


async def test_only_analysts_sort_and_a_mention_says_what_to_type(spoken: House) -> None:
    for who in (spoken.ada, spoken.hugh, spoken.jo):
        answer = await who.types(spoken.channel, "/dp sort DP092")
        assert "Only the SECAS analysts named in dpbot's configuration may sort or set aside a comment" in sentence(
            answer
        )
        assert not who.modals
    await spoken.robin.posts(spoken.channel, f"<@{spoken.workspace.bot_user_id}> sort 92")
    await spoken.sends()
    assert "/dp sort DP092" in str(spoken.workspace.ephemerals(spoken.robin)[-1])
    for line, words in (("/dp sort", "found nothing"), ("/dp sort it", 'found "it"'), ("/dp sort V7", 'found "V7"')):
        assert f"sort needs a proposal or a comment: {words}; " in (await spoken.robin.types(spoken.channel, line)).text
    assert "There is no DP092-V077 in the record" in (await spoken.robin.types(spoken.channel, "/dp sort 92-V77")).text


# --- one comment ------------------------------------------------------------------------------------------------------

PLANTED = "Zanzibar tariffs"


async def everywhere(house: House) -> str:
    """Whatever dpbot has said or keeps ready for others than SECAS: messages, answers, digests, documents."""
    said: list[object] = [each for each in house.workspace.messages(house.channel) if each.get("bot_id")]
    for who in house.cast.values():
        if who != house.robin:
            said += [
                (await who.types(house.channel, f"/dp {line}")).payload for line in ("views DP092", "list", "show 92")
            ]
    async with house.desk.sessions.read() as session:
        channel, now = house.desk.config.channels[0], house.clock()
        said.append(await digesting.digest(session, house.desk.config, channel, now - timedelta(days=7), now))
        compilation = await snapshot.compile_comments(session, house.desk.config, Reference(92), now)
        document = CommentsDocument(compilation, Version(0, 1), now, None)
        said += [each for each in editions(document) if each.compilation.edition is not Edition.RESTRICTED]
        sent = await session.scalars(select(OutboxEntry).where(OutboxEntry.channel != "secas-change-team"))
        said += [entry.payload for entry in sent]
    return repr(said)


async def test_a_withheld_comment_is_out_of_every_output_at_once_but_secass(spoken: House) -> None:
    house = spoken
    await house.cara.replies(house.post(), f"Impacts: {PLANTED} would double.")
    await house.ticks()
    assert PLANTED in await everywhere(house)
    assert "5 comments" in house.post_text()

    await opens(house, "/dp sort DP092-V005")
    await presses(house, house.robin, "deed_withhold")
    blank = await sends(house.robin, reason="   ")
    assert blank.payload["errors"] == {"reason": "A reason is needed to withhold a comment: say in a sentence why."}
    await sends(house.robin, reason="It names a customer.")
    house.clock.forward(minutes=2)
    await house.ticks()

    assert "DP092-V005 is withheld from every output: “It names a customer.”" in words_of(house.robin.modals[-1])
    assert "4 comments" in house.post_text()
    assert PLANTED not in await everywhere(house)
    for_secas = await views(house, house.robin)
    assert PLANTED in for_secas
    assert f"Withheld by {ROBIN} on 30 October 2019: “It names a customer.”" in for_secas


async def test_a_comment_is_set_aside_from_the_form_of_many_and_restored(spoken: House) -> None:
    await opens(spoken, "/dp sort DP092")
    await presses(spoken, spoken.robin, "more_on_comment", str(await ref_id(spoken, THANKS)))
    assert [each["title"]["text"] for each in spoken.robin.modals] == ["Sort DP092", "DP092-V003"]
    await presses(spoken, spoken.robin, "deed_set_aside")
    await sends(spoken.robin, reason="A courtesy.")
    assert THANKS not in await views(spoken, spoken.ada)
    assert f"Set aside by {ROBIN} on 30 October 2019: “A courtesy.”" in await views(spoken, spoken.robin)

    assert not fields_of(await opens(spoken, "/dp sort 92-V3"))
    await presses(spoken, spoken.robin, "deed_restore")
    await sends(spoken.robin)
    assert "DP092-V003 stands again." in words_of(spoken.robin.modals[-1])
    assert THANKS in await views(spoken, spoken.ada)


async def ref_id(house: House, words: str) -> int:
    """Of the comment with these words, as buttons have it."""
    async with house.desk.sessions.read() as session:
        found = await session.scalar(select(Wording.view_id).join(Wording.words).where(Words.text == words))
    assert found
    return found


async def test_for_whom_a_comment_was_given_is_corrected_in_a_form_that_asks_what_is_ambiguous(spoken: House) -> None:
    await opens(spoken, "/dp sort 92-V4")
    await presses(spoken, spoken.robin, "deed_correct")
    form = {"organisation": "Tarn Metering", "capacity": "observer", "reason": "Jo works for Tarn Metering."}
    asked = await sends(spoken.robin, **form, party_category="Gas Networks and Other SEC Parties")
    assert asked.payload["errors"] == {
        "party_category": '"Gas Networks and Other SEC Parties" may be Gas Networks or Other SEC Parties: '
        "name exactly one of them."
    }
    await sends(spoken.robin, **form, party_category="other sec parties")

    assert words_of(spoken.robin.modals[-1]) == (
        "DP092-V004 is recorded for Tarn Metering, Other SEC Parties (observer): “Jo works for Tarn Metering.”"
    )
    assert "Tarn Metering, Other SEC Parties (observer)" in await views(spoken, spoken.ada)
    assert "no organisation stated" not in await views(spoken, spoken.ada)


async def test_a_question_is_given_to_the_lead_analyst_and_its_answer_linked(spoken: House) -> None:
    await opens(spoken, "/dp sort 92-V4")
    await presses(spoken, spoken.robin, "deed_ask")
    past = await sends(spoken.robin, due="2019-10-29")
    assert past.payload["errors"]["due"].startswith("29 October 2019 has passed")
    await sends(spoken.robin, due="2019-11-20")
    asked = "Question with Ellis Farrow, due 20 November 2019"
    assert f"{asked}: not answered yet." in await views(spoken, spoken.ada)

    form = await opens(spoken, "/dp sort 92-V4")
    assert f"{asked}: not answered yet." in words_of(form)
    await presses(spoken, spoken.robin, "deed_respond")
    unknown = await sends(spoken.robin, disposition="Answered", reply="the DCC's")
    assert unknown.payload["errors"] == {"reply": '"the DCC\'s" is no reply: allowed is its ref, such as R001.'}
    await sends(spoken.robin, disposition="Answered", words="See also section 3.", reply="r1")

    shown = await views(spoken, spoken.ada)
    assert f"{asked}." in shown
    assert "Response: Answered in DP092-R001: See also section 3." in shown
    assert "Response: Answered in DP092-R001" in words_of(await opens(spoken, "/dp sort 92-V4"))


@pytest.mark.parametrize(("chosen", "shown"), [("stands", True), ("withdrawn", False)])
async def test_of_a_comment_that_a_sweep_did_not_see_the_analyst_decides(
    spoken: House, chosen: str, shown: bool
) -> None:
    async with spoken.desk.sessions.begin() as session:
        await session.execute(
            update(View).where(View.id == await ref_id(spoken, IMPACT)).values(missing_at=spoken.clock())
        )
    assert "Not seen in Slack on 30 October 2019: an analyst decides" in await views(spoken, spoken.robin)
    assert IMPACT not in await views(spoken, spoken.ada)

    await opens(spoken, "/dp sort 92-V2")
    await presses(spoken, spoken.robin, "deed_look")
    await sends(spoken.robin, stands=chosen)

    assert (IMPACT in await views(spoken, spoken.ada)) is shown
    told = "stands, though it is no longer seen" if shown else "is taken as withdrawn: its words are shown to nobody."
    assert f"DP092-V002 {told}" in words_of(spoken.robin.modals[-1])
    assert (IMPACT in await views(spoken, spoken.robin)) is shown


async def test_of_a_reply_only_what_takes_it_out_or_corrects_it_is_offered(spoken: House) -> None:
    form = await opens(spoken, "/dp sort 92-R1")

    assert not fields_of(form)
    assert words_of(form).endswith("Withhold…\nCorrect…")
    said = await spoken.cara.replies(spoken.post(), "Forget it.")
    await spoken.cara.deletes(said)
    assert words_of(await opens(spoken, "/dp sort 92-V5")).endswith(
        "Removed in Slack on 30 October 2019: its words are shown to nobody.\n(no words)"
    )
