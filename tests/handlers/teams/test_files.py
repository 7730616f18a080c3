"""Files of replies in Teams, of which only Graph tells: a line each, as on Slack."""

from typing import cast

from tests.handlers.slack.sweeping import entries, sweeps
from tests.house import House
from tests.sides.teams_house import TeamsHouse

LINE = "[file: {0}, https://secas.sharepoint.com/sites/team/{0}]"


async def test_a_reply_that_has_a_file_or_is_only_one_is_recorded_with_its_name_and_link(teams: TeamsHouse) -> None:
    post, house = teams.post(), cast("House", teams)
    said = await teams.ada.uploads(teams.channel, "sites.xlsx", b"bytes", "See the sites.", post=post)
    await teams.ben.uploads(teams.channel, "only.pdf", b"bytes", post=post)
    await teams.cara.uploads(teams.channel, "lunch.pdf", b"bytes", "Elsewhere")
    assert teams.words() == ["See the sites.\n" + LINE.format("sites.xlsx"), LINE.format("only.pdf")]
    assert teams.traces("lunch") == []

    teams.clock.forward(minutes=1)
    await teams.ada.edits(said, "See all the sites.")
    assert teams.words()[-1] == "See all the sites.\n" + LINE.format("sites.xlsx")
    before = len(await entries(house))
    await sweeps(house)
    assert len(await entries(house)) == before


async def test_words_are_recorded_where_graph_does_not_answer_and_a_file_alone_is_found_later(
    teams: TeamsHouse,
) -> None:
    post, house = teams.post(), cast("House", teams)
    teams.workspace.faults.server_error("reply", times=2)
    await teams.ada.uploads(teams.channel, "sites.xlsx", b"bytes", "See the sites.", post=post)
    await teams.ben.uploads(teams.channel, "only.pdf", b"bytes", post=post)
    assert teams.words() == ["See the sites."]
    await sweeps(house)
    assert LINE.format("only.pdf") in teams.words()
