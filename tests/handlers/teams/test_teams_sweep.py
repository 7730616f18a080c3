"""Threads of Microsoft Teams are read again: what no event told is found, and what cannot be checked is said."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import HeardReaction, Place, Speaker
from bot.messenger import Unclear
from bot.services import acknowledging
from handlers.sandbox import Member, Said
from handlers.sandbox.teams import members as teams_members
from tests.handlers.slack.sweeping import Kept, check, entries, kept, kept_reactions, sweeps
from tests.house import House
from tests.sides.teams_house import TeamsHouse, deaf_house, teams_house

Cast = Mapping[str, Member] | Mapping[str, teams_members.Member]


@pytest.fixture
async def teams(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TeamsHouse]:
    """Beside a house on Slack, which has the test's own folder."""
    async with deaf_house(tmp_path_factory.mktemp("teams")) as house:
        await house.queues()
        await house.sends()
        yield house


async def a_time_away(house: House, people: Cast, post: Said) -> list[Said]:
    """What was heard before; then new, edited and removed replies, and reactions, of which dpbot is told nothing."""
    first = await people["Ada"].replies(post, "Issue: not clear.")
    second = await people["Ben"].replies(post, "Impacts: none.\nNot one & <b>none</b>.")
    third = await people["Cara"].replies(post, "Considered by nobody.")
    await people["Ben"].reacts(post, "+1")
    await people["Ben"].reacts(first, "heart")
    await sweeps(house)
    house.clock.forward(minutes=5)
    with house.side.away():
        await people["Ada"].edits(first, "Issue: clear.")
        await people["Cara"].deletes(third)
        new = await people["Dan"].replies(post, "Impacts: a day a week, see https://wharfe.example/a?b=1&c=2.")
        if house.desk.config.platforms == ("teams",):
            await people["Dan"].replies(post, "@dpbot show DP092")
        await people["Ben"].unreacts(post, "+1")
        await people["Finn"].reacts(post, "eyes")
        await people["Ben"].unreacts(first, "heart")
        await people["Dan"].reacts(second, "+1")
    return [first, second, third, new]


async def told(house: House, people: Cast, said: list[Said]) -> list[object]:
    """The record, without the platform's ids."""
    views, names = await kept(house), {member.id: name for name, member in people.items()}
    reactions = await kept_reactions(house)
    places = {each.ts: number for number, each in enumerate(said)}
    return [
        [views[each.ts] for each in said],
        len(views),
        sorted((places.get(message, -1), emoji, names[person]) for message, emoji, person in reactions),
        (await check(house)).comments,
        (await check(house)).missing,
        (await check(house)).problem,
    ]


async def test_a_time_away_ends_in_the_same_record_as_on_slack(teams: TeamsHouse, house: House) -> None:
    teams.workspace.graph.page = 2
    said = await a_time_away(teams.house, teams.cast, teams.post())
    teams.workspace.faults.rate_limit("replies", retry_after=7)
    teams.workspace.faults.lose_answer("replies", times=2)
    teams.workspace.faults.lose_answer("member")
    teams.workspace.faults.server_error("message")
    await sweeps(teams.house)
    with house.side.away():
        there = await a_time_away(house, house.cast, house.post())
    await sweeps(house)

    on_teams = await told(teams.house, teams.cast, said)
    assert on_teams == await told(house, house.cast, there)
    assert on_teams[0] == [
        Kept(("Issue: not clear.", "Issue: clear."), withdrawn=False, missing=False),
        Kept(("Impacts: none.\nNot one & <b>none</b>.",), withdrawn=False, missing=False),
        Kept(("Considered by nobody.",), withdrawn=False, missing=True),
        Kept(("Impacts: a day a week, see https://wharfe.example/a?b=1&c=2.",), withdrawn=False, missing=False),
    ]
    before = len(await entries(teams.house))
    await sweeps(teams.house)
    assert len(await entries(teams.house)) == before


async def test_what_was_fetched_before_microsoft_asked_to_wait_is_not_asked_for_again(teams: TeamsHouse) -> None:
    graph, post = teams.workspace.graph, teams.post()
    graph.page = 1
    for number in range(4):
        await teams.cast["Ada"].replies(post, f"Reply {number}.")
    teams.clock.forward(minutes=2)
    graph.calls.clear()
    for fault in ("rate_limit", "lose_answer", "server_error"):
        getattr(teams.workspace.faults, fault)("replies")
    await sweeps(teams.house)

    own = [path for name, path in graph.calls if name == "replies" and post.ts in path]
    assert len(own) <= 4 + 3
    assert [each.words for each in (await kept(teams.house)).values()] == [(f"Reply {n}.",) for n in range(4)]


async def test_a_token_goes_to_no_other_server_than_graph(teams: TeamsHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    post, now = teams.post(), teams.clock()
    answer = {"value": [], "@odata.nextLink": "https://attacker.example/graph/v1.0/next"}
    monkeypatch.setattr(teams.workspace.graph, "_page", lambda *_: answer)
    with pytest.raises(Unclear, match="another server"):
        await teams.messenger.page(teams.channel.id, post.ts, None, now, now)


async def test_without_consent_the_receipt_says_that_the_thread_could_not_be_checked(teams: TeamsHouse) -> None:
    await teams.cast["Ada"].replies(teams.post(), "Issue: said while it could be read.")
    await sweeps(teams.house)
    teams.workspace.consent = False  # an owner took the permission back
    await sweeps(teams.house)

    found = await check(teams.house)
    assert "right to read its messages" in (found.problem or "")
    assert not teams.messenger.capabilities.hears_all
    assert any("cannot read a thread again" in each for each in teams.messenger.capabilities.cannot)

    teams.workspace.consent = True
    await sweeps(teams.house)
    assert (await check(teams.house)).problem is None
    assert teams.messenger.capabilities.hears_all


async def test_what_an_event_told_reads_the_same_in_graph(tmp_path: Path) -> None:
    said = [
        "Issue: not clear.",
        "@Ben Holm agrees, and @dpbot too.",
        "One line.\n\nAnother, see https://wharfe.example/a?b=1&c=2.",
        "  Two  spaces, <b>tags</b> & \u201cquotes\u201d; 5 < 6\u00a0kWh \U0001f600",
        "- a list\n- of two\n> quoted *stars* _lines_ `code`",
    ]
    async with teams_house(tmp_path) as heard:
        await heard.publishes()
        house = heard.house
        replies = [await heard.ada.replies(heard.post("DP092"), words) for words in said]
        await heard.ada.edits(replies[0], "Issue: clear to @Ben Holm.")
        await heard.ben.reacts(heard.post("DP092"), "+1")
        await heard.cara.deletes(replies[1])
        before = await kept(house)
        await sweeps(house)

        assert [entry.kind for entry in await entries(house) if entry.swept] == []
        assert await kept(house) == before
        assert len(before) == len(said)
        assert before[replies[1].ts].withdrawn
        assert (await check(house)).comments == len(said) - 1


async def test_a_reaction_given_by_a_button_is_not_taken_off_by_a_reading(teams: TeamsHouse) -> None:
    """Teams keeps no list of who pressed what."""
    post, desk = teams.post(), teams.desk
    place, ada = Place("teams", teams.channel.id, post.ts, post.ts), Speaker("teams", teams.cast["Ada"].id)
    async with desk.sessions.begin() as session:
        for emoji in ("raised_hand", "+1"):
            heard = HeardReaction(place, ada, emoji, added=True, at=teams.clock())
            await acknowledging.hear(session, desk.config, desk.outbox, heard, teams.clock())
    await sweeps(teams.house)

    assert await kept_reactions(teams.house) == {(post.ts, "raised_hand", ada.id)}


async def test_a_post_that_was_deleted_makes_no_comment_gone(teams: TeamsHouse) -> None:
    post = teams.post()
    await teams.cast["Ada"].replies(post, "Issue: it stands.")
    await sweeps(teams.house)
    await teams.cast["Robin"].deletes(post)
    teams.clock.now += timedelta(minutes=5)
    await sweeps(teams.house)

    assert [each.missing for each in (await kept(teams.house)).values()] == [False]
    assert (await check(teams.house)).problem == "dpbot's post is no longer there"
