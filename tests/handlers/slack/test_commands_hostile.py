"""Commands and forms in the hands of somebody who sends what nobody types, and papers that come in another order."""

import time
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot import commands
from bot.commands import discussing
from bot.errors import WrongUsage
from bot.models import Item, View
from bot.services.counting import Answers
from bot.services.discussion import By, Discussion, Group, Line
from bot.services.recorded import State
from handlers.sandbox import Member
from handlers.sandbox.interactions import click, submission
from handlers.sandbox.members import Answer
from handlers.sandbox.text import readable
from tests.handlers.slack import forms
from tests.handlers.slack.own import recorded
from tests.house import House, open_house, published, sample
from tests.messages import an_item, check
from tests.sorting_messages import a_sorted_view

AMBER = """\
[[channels]]
platform = "slack"
name = "security"
sub_committee = "SSC"
clearance = "Amber"
[policies.Amber]
private = true
[secas]"""
TO_SECURITY = {"OPSG_26_0511_16": "SSC_90_0611_04", "Operations Group": "Security Sub-Committee"}


@pytest.mark.parametrize(
    "typed",
    [
        f"close {'x for ' * 300}x",
        f"further {'x for ' * 5000}x",
        f"further DP092 {'for x yes meeting 1 on ' * 12}",
        f"record DP092 split {'by ' * 90}",
        "DP092\n\nis not what we need",
        "close DP092 at 5pm 12 November 2019\nor later",
    ],
)
def test_what_is_long_or_of_several_lines_is_no_command_and_is_refused_at_once(typed: str) -> None:
    began = time.process_time()

    assert commands.recognise(typed) is None
    assert time.process_time() - began < 0.2
    with pytest.raises(WrongUsage):
        commands.parse(typed)


@pytest.mark.parametrize(
    ("said", "is_command"),
    [
        ("record DP092 split is a mistake that we object to on 12 November 2019", False),
        ("record DP092 split DP092A and dp092b 12 November 2019", True),
        ("record DP 092 not split", True),
        ("close dp 92 for OPSG at 5pm 12 November 2019", True),
        ("close the door at 5pm 12 November 2019", False),
        ('further 92 for OPSG no at meeting 26 on 5 November 2019 minute "item 16"', True),
        ("promise DP 092 1 kept on 5 November 2019", True),
    ],
)
def test_a_comment_that_opens_as_a_command_is_a_comment(said: str, is_command: bool) -> None:
    assert (commands.recognise(said) is not None) is is_command


def test_comments_of_fifty_organisations_are_shown_as_far_as_a_message_holds_them() -> None:
    view = a_sorted_view("Notice is short.")
    line = Line(view, view.parts[0], "Operations Group")
    groups = tuple(Group(None, f"Organisation {number:02}", (line,)) for number in range(50))
    found = Discussion((), groups, (line,) * 9, (line,) * 9, Answers(), None)
    message = discussing.message_of(an_item(1, "words", 0), found, By.ORGANISATION, names=True)

    assert message.values["shown"] == 6
    assert "The latest under each heading are shown, 6 in all" in str(check(message))


async def test_a_paper_that_was_never_published_is_read_by_no_forged_button(house: House) -> None:
    await house.imports(sample({"OPSG_26_0511_16": "OPSG_27_0312_17", "DP092": "DP192"}), b"other")
    async with house.desk.sessions.read() as session:
        item_id = await session.scalar(select(Item.id).where(Item.reference == "DP192"))

    async def reads(member: Member) -> str:
        room, post = member._find(house.post())
        pressed = click(house.workspace._core, member._person, room, post, "no_comment")
        pressed.payload["actions"][0] |= {"action_id": "read_in_full", "value": str(item_id)}
        await member._asks(pressed)
        return readable({"blocks": member.modals[-1]["blocks"]})

    assert "is not in dpbot's register" in await reads(house.cara)
    assert "as stated in the paper" in await reads(house.robin)


async def test_a_later_paper_that_is_not_for_them_leaves_members_their_own_record(tmp_path: Path) -> None:
    async with open_house(tmp_path, lambda config: config.replace("[secas]", AMBER)) as house:
        security = house.workspace.channel("security", private=True)
        house.workspace.put(house.isla, security)
        async with house.connected():
            await published(house)
            await house.ada.replies(house.post(), "Issue: said in OPSG.")
            await house.puts(sample(TO_SECURITY | {"classified as **White**": "classified as **Amber**"}))
            for asked in ("/dp views DP092", "/dp show DP092", "/dp list"):
                shown = (await house.cara.types(house.channel, asked)).text
                assert "DP092" in shown
                assert "is not shown here" not in shown
                assert "SSC_90" not in shown
                assert "Security Sub-Committee" not in shown
            assert "said in OPSG" in (await house.cara.types(house.channel, "/dp views DP092")).text
            assert "SSC_90_0611_04" in (await house.isla.types(security, "/dp show DP092")).text


async def test_what_was_edited_into_a_view_since_it_was_set_aside_is_listed_for_the_analyst(house: House) -> None:
    said = await house.ada.replies(house.post(), "Thanks, noted.")
    await house.robin.types(house.channel, "/dp sort DP092-V001")
    await forms.presses(house, house.robin, "deed_set_aside")
    await forms.sends(house.robin, reason="A courtesy.")
    house.clock.forward(minutes=5)
    await house.robin.types(house.channel, "/dp sort DP092")
    assert "edited since" not in forms.words_of(house.robin.modals[-1])

    await house.ada.edits(said, "Issue: this would cost us 2 million a year.")
    await house.robin.types(house.channel, "/dp sort DP092")
    form = forms.words_of(house.robin.modals[-1])
    assert "1 comment was edited since it was set aside" in form
    assert "this would cost us 2 million" in form
    assert [view.state for view in await recorded(house)] == [State.SET_ASIDE]  # an analyst decides


async def test_of_a_comment_not_seen_nothing_is_decided_where_nothing_was_chosen(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: mine.")
    async with house.desk.sessions.begin() as session:
        await session.execute(update(View).values(missing_at=house.clock()))
    await house.robin.types(house.channel, "/dp sort DP092-V001")
    await forms.presses(house, house.robin, "deed_look")

    async def decides(stands: str | None) -> Answer:
        sent = submission(
            house.workspace._core, house.robin._person, house.robin.modals[-1], {"stands": {"stands": "stands"}}
        )
        option = {"value": stands, "text": {"type": "plain_text", "text": "as forged"}}
        chosen = {"type": "radio_buttons", "selected_option": option if stands else None}
        sent.payload["view"]["state"]["values"]["stands"] = {"stands": chosen}
        return await house.robin._asks(sent)

    for forged in (None, "nonsense"):
        assert "Nothing was chosen" in str((await decides(forged)).payload)
    assert [view.state for view in await recorded(house)] == [State.NOT_SEEN]
    await decides("withdrawn")
    house.robin.modals.clear()
    await house.robin.types(house.channel, "/dp sort DP092-V001")
    await forms.presses(house, house.robin, "deed_look")
    await decides("stands")
    assert [view.state for view in await recorded(house)] == [State.STANDS]
