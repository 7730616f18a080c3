"""One proposal put to one Sub-Committee on both platforms at once is one record."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.sandbox import Member, Said
from tests.house import Clock, House, open_house, published
from tests.sides import Side
from tests.sides.slack import SlackSide
from tests.sides.teams import TeamsSide

AGREE = "Agree with the issue as described"


def teams_beside(clock: Clock) -> Side:
    return TeamsSide(clock, name="operations-group-teams")


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[House]:
    """The sample paper is posted to the Operations Group in Slack and in Teams; SECAS's channel is in Slack."""
    async with open_house(tmp_path, sides=(SlackSide, teams_beside)) as house, house.connected():
        await published(house)
        yield house


def there(house: House, name: str) -> Member:
    """The same person, by e-mail address, in Teams."""
    return house.beside[0].cast[name]


def posts(house: House) -> tuple[Said, Said]:
    teams = house.beside[0]
    return house.post(), teams.post(teams.channel, "DP092")


async def test_comments_from_both_are_one_record_with_one_count_and_one_document(both: House) -> None:
    here, teams = posts(both)
    await both.ada.replies(here, "Issue: said in Slack.")
    await there(both, "Ada").replies(teams, "Impacts: said in Teams.")
    await there(both, "Cara").replies(teams, "Issue: Calder sees it too.")
    both.clock.forward(minutes=2)
    await both.ticks()

    for words in (both.side.words(here), both.beside[0].words(teams)):
        assert "3 comments from 2 organisations" in words
    mine = (await there(both, "Ada").types(both.beside[0].channel, "/dp mine")).text
    assert "DP092-V001" in mine
    assert "DP092-V002" in mine
    assert "DP092-V003" not in mine
    document = await both.compiles()
    for number, platform in enumerate(("Slack", "Microsoft Teams", "Microsoft Teams"), start=1):
        printed = document.split(f"### DP092-V00{number}")[1].split("###")[0]
        assert f"{platform}, 30 October 2019" in printed
    for checked in ("The Slack thread was checked at", "The Microsoft Teams thread was checked at"):
        assert checked in document


async def test_a_person_who_reacts_or_declines_on_both_counts_once_on_both(both: House) -> None:
    here, teams = posts(both)
    await both.ada.reacts(here, "+1")
    await there(both, "Ada").reacts(teams, "+1")
    await there(both, "Dan").reacts(teams, "raised_hand")
    await both.ben.reacts(here, "raised_hand")
    await both.dan.reacts(here, "raised_hand")
    both.clock.forward(minutes=2)
    await both.ticks()
    assert "Further input wanted (2)" in both.beside[0].words(teams)
    await both.finn.clicks(here, "no_comment")
    await there(both, "Finn").clicks(teams, "no_comment")
    document = await both.compiles()

    assert f"| {AGREE} | 1 | Northshire Energy |" in document
    assert "| Further input wanted | 2 | Northshire Energy; Wharfe Supply |" in document
    assert "“No comment” was answered by 1 person" in (await both.cara.types(both.channel, "/dp views DP092")).text


async def test_what_was_said_while_dpbot_was_away_is_read_again_on_both_and_said(both: House) -> None:
    here, teams = posts(both)
    with both.side.away(), both.beside[0].away():
        await both.ada.replies(here, "Issue: missed in Slack.")
        said = await there(both, "Cara").replies(teams, "Issue: missed in Teams.")
        await there(both, "Dan").reacts(said, "+1")
    document = await both.compiles()

    assert "missed in Slack" in document
    assert "missed in Teams" in document
    assert "Reaction “agree with the issue as described”: one person (Wharfe Supply)" in document


async def test_a_platform_that_may_not_be_read_is_said_and_the_other_is_checked(both: House) -> None:
    side = both.beside[0]
    assert isinstance(side, TeamsSide)
    await there(both, "Cara").replies(posts(both)[1], "Issue: heard at once.")
    side.workspace.consent = False
    document = await both.compiles()

    assert "heard at once" in document
    assert "The Slack thread was checked at" in document
    assert "The Microsoft Teams thread could not be checked" in document
