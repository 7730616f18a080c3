"""What happens to a message in the moment in which it is recorded: the events of it find no view, and are let go."""

from collections.abc import Awaitable, Callable

import pytest

from bot import jobs
from handlers.sandbox import Said
from handlers.slack import recording
from handlers.slack.names import names_in
from tests.handlers.slack.hearing import ledger
from tests.handlers.slack.own import recorded, replayed, shown
from tests.handlers.slack.recording import WORDS, records
from tests.handlers.slack.sweeping import goes_on, kept, kept_reactions
from tests.house import House

Meanwhile = Callable[[House, Said], Awaitable[None]]


async def recorded_while(house: House, monkeypatch: pytest.MonkeyPatch, meanwhile: Meanwhile) -> Said:
    """Slack is asked for names when the message is fetched: time enough for people."""
    said = await house.ada.posts(house.channel, WORDS)
    asked = 0

    async def slowly(*about: object) -> dict[str, str]:
        nonlocal asked
        asked += 1
        if asked == 2:  # the form was opened, then sent
            await meanwhile(house, said)
        return await names_in(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(recording, "names_in", slowly)
    await records(house, said)
    assert asked >= 2
    return said


async def test_a_reaction_of_that_moment_and_those_before_it_are_recorded_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def meanwhile(house: House, said: Said) -> None:
        await house.cara.reacts(said, "+1")
        await house.dan.reacts(said, "raised_hand")
        await house.dan.unreacts(said, "raised_hand")

    said = await recorded_while(house, monkeypatch, meanwhile)

    assert await kept_reactions(house) == {(said.ts, "+1", house.cara.id)}
    assert [entry[0] for entry in ledger(house)] == ["said", "reacted"]
    assert "Calder Networks" in await house.compiles()
    await house.cara.unreacts(said, "+1")
    assert await kept_reactions(house) == set()
    await replayed(house)


@pytest.mark.parametrize("fault", ["rate_limit", "lose_answer"])
async def test_where_slack_fails_after_it_is_recorded_the_analyst_is_told_so_and_it_is_read_again(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    async def meanwhile(house: House, said: Said) -> None:
        house.clock.forward(seconds=5)
        await house.ada.edits(said, "On DP092: a month would do.")
        await house.cara.reacts(said, "+1")
        getattr(house.workspace.faults, fault)("conversations.replies")

    said = await recorded_while(house, monkeypatch, meanwhile)
    assert shown(house.robin.modals[-1] | {"text": ""}).startswith("Recorded as DP092-V001")
    house.clock.forward(seconds=10)
    await jobs.sweep(house.desk)
    await goes_on(house)

    assert (await kept(house))[said.ts].words == (WORDS, "On DP092: a month would do.")
    assert await kept_reactions(house) == {(said.ts, "+1", house.cara.id)}


async def test_the_analyst_is_told_where_its_author_removed_it_in_that_moment(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def meanwhile(house: House, said: Said) -> None:
        await house.ada.deletes(said)

    await recorded_while(house, monkeypatch, meanwhile)

    (view,) = await recorded(house)
    assert view.state == "removed"
    assert "removed meanwhile" in str(house.robin.modals[-1])
