"""“My comment…”: what it refuses, and what its author finds in `/dp mine`."""

import pytest

from bot.decisions import Stated
from bot.domain import HeardWords, Origin, Place, Source, Speaker
from bot.errors import WrongField
from bot.models import View
from bot.services import collecting, stating
from bot.services.recorded import State
from bot.services.stating import Form
from handlers.sandbox.text import readable
from tests.handlers.slack.own import (
    chooses,
    decisions,
    direct,
    fields_of,
    presses,
    recorded,
    submits,
)
from tests.house import House


async def test_nobody_replaces_what_is_not_their_own_earlier_comment_that_stands(house: House) -> None:
    post = house.post()
    await house.ben.replies(post, "Issue: clear.")
    gone = await house.ada.replies(post, "Issue: gone.")
    await house.ada.deletes(gone)
    await house.ada.replies(house.post("DP089"), "Issue: elsewhere.")
    await house.ada.replies(post, "Issue: mine.")
    await house.ada.replies(post, "Issue: later.")
    ids = {view.ref: view.id for view in await recorded(house)}
    desk, ada = house.desk, Speaker("slack", house.ada.id)
    async with desk.sessions.begin() as session:
        for ref in ("DP092-V001", "DP092-V002", "DP089-V001", "DP092-V003", "DP092-V004"):
            form, mine = Form(Stated(), replaces=ids[ref]), ids["DP092-V003"]
            with pytest.raises(WrongField, match="That comment cannot be replaced"):
                await stating.change(session, desk.config, desk.outbox, ada, mine, form, "key", house.clock())
    assert await decisions(house) == []


async def test_a_comment_in_the_channel_is_never_confidential(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: said to all.")
    assert "confidential" not in fields_of(await chooses(house.ada, said))
    (view,) = await recorded(house)
    async with house.desk.sessions.begin() as session:
        form = Form(Stated(), confidential=True)
        assert not await stating.state(session, view, form, house.clock())

    assert not (await recorded(house))[0].confidential


async def test_an_author_finds_and_withdraws_what_secas_entered_for_them(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: said in Slack.")
    (said,) = await recorded(house)
    place = Place("entered", "e-mail", "1", "letter-1")
    heard = HeardWords(place, Speaker("slack", house.ada.id), "Impacts: written.", house.clock(), house.clock())
    async with house.desk.sessions.begin() as session:
        post_id = (await session.get_one(View, said.id)).post_id
        origin = Origin(Source.EMAIL, entered_by="robin.ainsley@secas.example")
        await collecting.write(session, house.desk.config, heard, post_id, house.clock(), origin)
    assert "by e-mail, 30 October 2019" in (await house.ada.types(house.channel, "/dp mine")).text
    await presses(house, house.ada, "my_comment", value=str(said.id + 1))
    form = house.ada.modals.pop()
    assert "stays in Slack" not in readable(form)
    assert set(fields_of(form)) == {
        "facet",
        "stance",
        "speaks_for",
        "on_behalf_of",
        "replaces",
        "confidential",
        "withdraw",
    }
    await submits(house.ada, form, withdraw=["withdraw"])

    assert (await recorded(house))[1].state is State.WITHDRAWN
    assert await direct(house, house.ada) == ["DP092-V002 is withdrawn: its words are shown to nobody from now on."]


async def test_mine_shows_the_latest_fifteen_of_many(house: House) -> None:
    for number in range(17):
        await house.ada.replies(house.post(), f"Issue: number {number}.")
    shown = (await house.ada.types(house.channel, "/dp mine")).text

    assert "17 comments, of which the latest 15 are shown." in shown
    assert "number 1." not in shown
    assert "number 2." in shown
    assert "number 16." in shown
