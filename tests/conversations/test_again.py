"""The same thing told twice, late, or out of order: the record is as if each had come once, in its time."""

import itertools
import sqlite3

from handlers.sandbox import Said
from tests.conversations.filling import by_command, everything_again, under_post
from tests.handlers.slack.own import recorded, replayed
from tests.house import House

TABLES = ("ledger", "words", "views", "wordings", "reactions", "refs", "people", "answers", "decisions", "acts")


def kept(house: House) -> dict[str, object]:
    """Everything that was heard, what was made of it, and every message to a person."""
    with sqlite3.connect(house.folder / "test.db") as connection:
        found: dict[str, object] = {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES
        }
        found["outbox"] = connection.execute("SELECT key, kind, state FROM outbox ORDER BY id").fetchall()
    connection.close()
    found["notes"] = {name: len(house.side.notes(member)) for name, member in house.cast.items()}
    return found


async def test_everything_told_again_changes_nothing(house: House) -> None:
    post = house.post()
    said = await house.ada.replies(post, "We agree.")
    house.clock.forward(minutes=1)
    await house.ada.edits(said, "We agree with the issue.")
    gone = await house.ben.replies(post, "Never mind.")
    house.clock.forward(minutes=1)
    await house.ben.deletes(gone)
    await house.dan.reacts(post, "+1")
    house.clock.forward(minutes=1)
    await house.dan.unreacts(post, "+1")
    await house.ada.replies(post, f"{house.side.mention} show DP092")
    await house.ada.replies(house.side.find(house.channel, "have entered the"), "About all of it.")
    await house.finn.clicks(post, "no_comment")
    await (await under_post(house, house.cara)).sends(words="Issue: in private.")
    form = await by_command(house, house.robin, "/dp sort DP092")
    await form.fills(dict.fromkeys(form.fields, "issue"))
    await house.sends()
    before = kept(house)

    await everything_again(house)
    await house.sends()

    assert kept(house) == before
    await replayed(house)


async def test_in_whatever_order_a_replys_history_is_told_the_latest_words_stand_and_a_removal_wins(
    house: House,
) -> None:
    orders = [*itertools.permutations(range(3)), (1,), (3, 0, 1, 2), (0, 3, 2, 1), (2, 3, 0)]
    replies: list[Said] = []
    for number, order in enumerate(orders):
        before = len(house.side.told)
        with house.side.away():
            said = await house.ada.replies(house.post(), f"{number}: first words.")
            for words in ("second", "third"):
                house.clock.forward(seconds=5)
                await house.ada.edits(said, f"{number}: {words} words.")
            house.clock.forward(seconds=5)
            await house.ada.deletes(said)
        replies.append(said)
        history = house.side.told[before:]
        for which in (*order, *order):
            await house.side.tells(history[which])

    found = {view.message: view for view in await recorded(house)}
    for number, (order, said) in enumerate(zip(orders, replies, strict=True)):
        if 3 in order:
            assert not found[said.ts].stands, order
        else:
            expected = "second" if order == (1,) else "third"
            assert (found[said.ts].text, found[said.ts].stands) == (f"{number}: {expected} words.", True), order
    await replayed(house)
    assert (
        f"{len(orders) - 3} comments from 1 organisation" in (await house.ben.types(house.channel, "/dp views 92")).text
    )
    assert "Withdrawn comments: 3" in await house.compiles()
