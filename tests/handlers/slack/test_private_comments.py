"""“Comment privately”: what Slack holds, and for whom a comment is."""

from pathlib import Path

from bot.services import audience, record
from handlers.sandbox.text import readable
from tests.handlers.slack.own import (
    comments_privately,
    fields_of,
    recorded,
)
from tests.house import House, two_bodies

WORDS = "Impacts: the marked windmill costs us a day a week."


async def test_the_form_takes_and_says_no_more_than_slack_does(house: House) -> None:
    await house.ada.clicks(house.post(), "comment_privately")
    field = fields_of(house.ada.modals[-1])["words"]

    assert (field["max_length"], field["multiline"]) == (3000, True)
    assert "Slack takes 3,000 characters here at the most" in readable(house.ada.modals[-1])


async def test_a_private_comment_is_for_its_own_sub_committee(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, _):
        await comments_privately(house, house.ada, WORDS)

        assert "windmill" in (await house.ben.types(house.channel, "/dp views DP092")).text
        assert "windmill" not in (await house.isla.types(house.channel, "/dp views DP092")).text
        shown = await house.isla.types(house.channel, "/dp show DP092")
        assert "Comment privately" not in shown.text
        async with house.desk.sessions.read() as session:
            proposal = (await recorded(house))[0].proposal_id
            assert not await record.views(session, audience.within(frozenset({"SSC"})), proposal)
