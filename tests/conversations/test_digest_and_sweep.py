"""The weekly digest, and what was said while dpbot was away: the same on both platforms."""

from datetime import UTC, datetime

from tests.house import House

MONDAY = datetime(2019, 11, 4, 9, tzinfo=UTC)


def digests(house: House) -> list[str]:
    return [words for words in house.side.messages(house.channel) if "week to 4 November 2019" in words]


async def test_the_digest_comes_once_with_counts_and_names_nobody(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: unheard-of words.")
    house.clock.now = MONDAY

    await house.ticks()
    await house.ticks()

    (digest,) = digests(house)
    assert "1 comment from 1 organisation" in digest
    assert "Tuesday 5 November 2019" in digest
    assert not any(word in digest for word in ("unheard-of", "Ada", "Firth", "Northshire"))


async def test_what_was_said_and_changed_while_dpbot_was_away_is_in_the_document(house: House) -> None:
    changed = await house.cara.replies(house.post(), "Impacts: before the edit.")
    house.clock.forward(minutes=1)
    with house.side.away():
        await house.ada.replies(house.post(), "Issue: said while nobody listened.")
        house.clock.forward(minutes=1)
        await house.cara.edits(changed, "Impacts: after the edit.")
    house.clock.forward(minutes=2)

    document = await house.compiles()

    assert "said while nobody listened" in document
    assert "after the edit" in document
    assert "before the edit" not in document.partition("Annex")[0]
    assert f"The {house.side.printed} thread was checked" in document
    assert len(await house.views()) == 2
