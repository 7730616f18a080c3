"""What a Comments document holds: what the record has, word for word, and nobody's name."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from bot.domain import Capacity, Facet
from bot.reports import Format
from handlers.sandbox import Said
from tests.house import PAPER, House, open_house, published, sample, two_bodies
from tests.services.compiled import compiled, draft, files, issue, texts
from tests.sides import PEOPLE

# --- what it holds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "  Issue: two  spaces,\n\na blank line & <angles>, “quotes”, {{ braces }}, `ticks`, *stars*.",
        "Issue: | a | table | # not a heading\n> not a quotation",
        "🙂 ünïcödé \u202eright to left",
    ],
)
async def test_words_are_kept_verbatim(house: House, words: str) -> None:
    await house.ada.replies(house.post(), words)

    assert texts(await compiled(house)) == [("DP092-V001", words)]


async def test_the_latest_wording_is_shown_and_said_to_be_edited(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: first words.")
    await house.cara.replies(house.post(), "Issue: left as it was.")
    house.clock.forward(seconds=5)
    await house.ada.edits(said, "Impacts: second words.")
    first, second = (await compiled(house)).comments

    assert (first.text, first.edited, first.facet) == ("Impacts: second words.", True, Facet.IMPACT)
    assert (second.text, second.edited) == ("Issue: left as it was.", False)


async def test_a_withdrawn_comment_is_counted_and_its_words_are_nowhere(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: regrettable words.")
    await house.cara.replies(house.post(), "Issue: the other.")
    await house.ada.deletes(said)
    document = await draft(house)

    assert document.compilation.withdrawn == 1
    assert texts(document.compilation) == [("DP092-V002", "Issue: the other.")]
    assert not any("regrettable" in words for words in files(document).values())


async def test_a_reply_taken_back_is_no_withdrawn_comment(house: House) -> None:
    said = await house.robin.replies(house.post(), "Not what I meant.")
    await house.robin.deletes(said)
    compilation = await compiled(house)

    assert (compilation.withdrawn, compilation.replies) == (0, ())


async def test_the_prefix_decides_the_facet_and_the_rest_is_unsorted(house: House) -> None:
    for words in ("Issue: a", "*Impacts*: b", "consider - c", "None of them"):
        await house.ada.replies(house.post(), words)

    assert [comment.facet for comment in (await compiled(house)).comments] == [
        Facet.ISSUE,
        Facet.IMPACT,
        Facet.CONSIDER,
        Facet.UNSORTED,
    ]


async def test_comments_carry_organisation_category_and_capacity_as_the_roster_has_them(house: House) -> None:
    for member in (house.ada, house.ben, house.finn, house.isla, house.jo, house.kit):
        await member.replies(house.post(), "Issue: so.")

    assert [(c.organisation, c.party_category, c.capacity) for c in (await compiled(house)).comments] == [
        ("Northshire Energy", "Large Suppliers", Capacity.MEMBER),
        ("Northshire Energy", "Large Suppliers", Capacity.ALTERNATE),
        ("Tarn Metering", "Other SEC Parties", Capacity.OBSERVER),
        ("Ribble Security", None, Capacity.OBSERVER),
        (None, None, Capacity.NOT_STATED),
        (None, None, Capacity.NOT_STATED),
    ]


async def test_replies_stand_beside_in_the_order_of_time_and_are_not_counted(house: House) -> None:
    await house.robin.replies(house.post(), "Welcome.")
    await house.ada.replies(house.post(), "Issue: it is clear.")
    await house.gwen.replies(house.post(), "Thank you.")
    await house.hugh.replies(house.post(), "Noted from the chair.")
    document = await draft(house)

    assert [(reply.ref, reply.organisation, reply.text) for reply in document.compilation.replies] == [
        ("DP092-R001", "SECAS", "Welcome."),
        ("DP092-R002", "DCC", "Thank you."),
        ("DP092-R003", "Ames Consulting", "Noted from the chair."),
    ]
    summary = json.loads(files(document)[Format.JSON])["summary"]
    assert (summary["comments"], summary["replies_not_counted"]) == (1, 3)


async def test_reactions_are_counted_by_meaning_for_people_who_may_give_views(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: it is clear.")
    for member in (house.ada, house.ben, house.cara, house.robin, house.gwen, house.hugh):
        await member.reacts(house.post(), "+1")
    await house.cara.reacts(house.post(), "thumbsup::skin-tone-3")
    await house.dan.reacts(house.post(), "tada")
    await house.jo.reacts(house.post(), "raised_hand")
    await house.dan.reacts(said, "grey_question")
    compilation = await compiled(house)

    assert [(r.meaning, r.people, r.organisations) for r in compilation.reactions] == [
        ("agree with the issue as described", 3, ("Calder Networks", "Northshire Energy")),
        ("further input wanted", 1, ()),
    ]
    (on_comment,) = compilation.comments[0].reactions
    assert (on_comment.meaning, on_comment.people, on_comment.organisations) == (
        "needs clarification",
        1,
        ("Wharfe Supply",),
    )


async def test_nothing_of_another_proposal_is_in_it(house: House) -> None:
    await house.ada.replies(house.post("DP091"), "Issue: of ninety-one.")
    await house.robin.replies(house.post("DP091"), "A reply on ninety-one.")
    await house.cara.reacts(house.post("DP091"), "+1")
    compilation = await compiled(house)

    assert (compilation.comments, compilation.replies, compilation.reactions) == ((), (), ())


async def test_silence_is_said(house: House) -> None:
    assert "No comments were received." in files(await draft(house))[Format.MARKDOWN]


async def test_its_first_page_has_the_papers_facts(house: House) -> None:
    compilation = await compiled(house)

    assert (compilation.reference, compilation.title) == ("DP092", "New Planned Maintenance Methodology")
    assert (compilation.proposer, compilation.organisation) == ("Daniel Stroud", "DCC")
    assert compilation.lead_analyst == "Ellis Farrow"
    assert compilation.stage == "Development Stage"
    assert compilation.problem_statement == "Draft, Appendix E to OPSG_26_0511_16 (29 October 2019)"
    assert compilation.collected_until == house.clock()
    (invited,) = compilation.invited
    assert (invited.sub_committee, invited.meeting, invited.meeting_date) == (
        "Operations Group",
        26,
        date(2019, 11, 5),
    )


async def test_two_sub_committees_are_both_invited_and_each_comment_says_which(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, security):
        await house.puts(sample({PAPER: "SSC_30_0611_04"}))
        theirs = house.workspace.find(security, "*DP092  ")
        ours = house.workspace.find(house.channel, "*DP092  ")
        await house.isla.replies(theirs, "Issue: from security.")
        await house.ada.replies(ours, "Issue: from operations.")
        await house.isla.reacts(theirs, "+1")
        await house.ada.reacts(ours, "+1")
        document = await draft(house)

    compilation = document.compilation
    assert [(i.sub_committee, i.paper, i.meeting) for i in compilation.invited] == [
        ("Operations Group", "OPSG_26_0511_16", 26),
        ("Security Sub-Committee", "SSC_30_0611_04", 30),
    ]
    assert [(c.ref, c.sub_committee) for c in compilation.comments] == [
        ("DP092-V001", "Security Sub-Committee"),
        ("DP092-V002", "Operations Group"),
    ]
    (agreed,) = compilation.reactions
    assert (agreed.people, agreed.organisations) == (2, ("Northshire Energy", "Ribble Security"))
    assert "Operations Group" in files(document)[Format.MARKDOWN]


A_LATER_PAPER = {
    PAPER: "SSC_30_1211_02",
    "'New Planned Maintenance Methodology'": "'A graded maintenance methodology'",
    "found in Appendix E": "found in Appendix F",
}


async def test_a_later_paper_speaks_for_a_proposal_only_once_it_is_published(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, _):
        before = await compiled(house)
        await house.imports(sample(A_LATER_PAPER), b"later")
        imported = await compiled(house)
        await house.publishes("SSC_30_1211_02")
        both = await compiled(house)

    assert imported == before
    assert (both.title, both.problem_statement) == (
        "A graded maintenance methodology",
        "Draft, Appendix F to SSC_30_1211_02 (29 October 2019)",
    )
    assert [(invited.sub_committee, invited.paper) for invited in both.invited] == [
        ("Operations Group", PAPER),
        ("Security Sub-Committee", "SSC_30_1211_02"),
    ]


async def test_party_categories_are_called_and_ordered_as_in_the_configuration(tmp_path: Path) -> None:
    def renamed(text: str) -> str:
        text = text.replace('"Gas Networks" = []\n', "").replace('"Small Suppliers" = []\n', "")
        return text.replace("[party_categories]\n", '[party_categories]\n"Pipes" = []\n"Small Suppliers" = []\n')

    async with open_house(tmp_path, renamed) as house, house.connected():
        await published(house)
        await house.ada.replies(house.post(), "Issue: a large one.")
        await house.dan.replies(house.post(), "Issue: a small one.")
        said = files(await draft(house))[Format.MARKDOWN]

    assert "No comments were received from Pipes, Electricity Networks or Other SEC Parties." in said
    assert "Small Suppliers; Large Suppliers" in said


# --- nobody's name ----------------------------------------------------------------------------------------------------


async def everybody_speaks(house: House) -> Said:
    """Each person replies and reacts; one edits. What the last one said."""
    for first_name in house.cast:
        member = house.cast[first_name]
        said = await member.replies(house.post(), "Impacts: on our organisation.")
        await member.reacts(house.post(), "+1")
        await member.reacts(said, "raised_hand")
    house.clock.forward(seconds=1)
    await house.kit.edits(said, "Impacts: on ours.")
    return said


@pytest.mark.parametrize("final", [False, True], ids=["draft", "issued"])
async def test_no_members_name_or_address_is_in_any_file(house: House, final: bool) -> None:
    await everybody_speaks(house)
    document = await draft(house)
    if final:
        document = await issue(house)

    identities = {person.id for person in house.cast.values()}
    words = {part for name in PEOPLE for part in (name, *name.split())} | {email for email in PEOPLE.values() if email}
    words -= {"Ames"}  # Hugh Ames's organisation has his name
    for form, text in files(document).items():
        found = {word for word in words | identities if re.search(rf"\b{re.escape(word)}\b", text)}
        assert not found, form
