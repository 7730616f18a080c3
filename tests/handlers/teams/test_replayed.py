"""Teams sends again what it takes for lost: nothing is recorded, answered or noted twice."""

from tests.handlers.teams.hearing import TeamsHouse


async def test_everything_sent_again_changes_nothing(teams: TeamsHouse) -> None:
    post, chat = teams.post(), teams.workspace.direct(teams.cara)
    said = await teams.ada.replies(post, "We agree.")
    teams.clock.forward(minutes=1)
    await teams.ada.edits(said, "We agree with the issue.")
    gone = await teams.ben.replies(post, "Never mind.")
    teams.clock.forward(minutes=1)
    await teams.ben.deletes(gone)
    await teams.dan.reacts(post, "+1")
    teams.clock.forward(minutes=1)
    await teams.dan.unreacts(post, "+1")
    await teams.ada.replies(post, "@dpbot show DP092")
    await teams.cara.types(chat, "list")
    await teams.cara.types(chat, "nonsense")
    await teams.workspace.installs(teams.workspace.direct(teams.finn), teams.finn)
    heading = teams.workspace.find(teams.channel, "Operations Group: New Draft Proposals")
    await teams.ada.replies(heading, "About all of it.")
    await teams.workspace.sends(teams.workspace.activity("somethingNew", teams.channel, teams.ada))
    await teams.sends()
    before = kept(teams)
    assert before["SELECT count(*) FROM dead_letters"] == [(1,)]

    first_time = list(teams.workspace.deliveries)
    for delivery in (*first_time, *reversed(first_time)):
        again = await teams.workspace.sends(delivery.payload)
        assert again.acknowledged
    await teams.sends()

    assert kept(teams) == before


async def test_an_edit_that_overtakes_its_message_is_not_undone_by_it(teams: TeamsHouse) -> None:
    with teams.workspace.away():
        said = await teams.ada.replies(teams.post(), "We agree.")
        teams.clock.forward(minutes=1)
        await teams.ada.edits(said, "We agree with the issue.")
        teams.clock.forward(minutes=1)
        await teams.ada.deletes(said)
    first, edited, deleted = (delivery.payload for delivery in teams.workspace.deliveries[-3:])
    for activity in (edited, first):
        await teams.workspace.sends(activity)
    newest = "SELECT text FROM words JOIN wordings USING (entry_id) ORDER BY at DESC LIMIT 1"
    assert teams.rows(newest) == [("We agree with the issue.",)]
    for activity in (deleted, edited, first):
        await teams.workspace.sends(activity)
    assert teams.rows("SELECT withdrawn_at IS NULL FROM views") == [(0,)]


def kept(teams: TeamsHouse) -> dict[str, list[tuple[object, ...]]]:
    """Everything that was heard, what it made of it, and every message to a person."""
    tables = ("ledger", "words", "views", "wordings", "reactions", "refs", "people")
    queries = [f"SELECT * FROM {table} ORDER BY 1, 2" for table in tables]
    queries += ["SELECT count(*) FROM dead_letters", "SELECT key, kind, state FROM outbox ORDER BY id"]
    found = {query: teams.rows(query) for query in queries}
    found["notes"] = [(name, len(teams.workspace.notes(member))) for name, member in teams.cast.items()]
    return found
