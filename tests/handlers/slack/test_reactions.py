"""Reactions on posts and on replies: what they mean, who counts, in whatever order they come."""

from tests.handlers.slack.hearing import AGREE, ledger, told, unheard
from tests.house import House


async def test_a_reaction_put_on_again_counts_once(house: House) -> None:
    for step in (house.ada.reacts, house.ada.unreacts, house.ada.reacts):
        house.clock.forward(seconds=1)
        await step(house.post(), "+1")

    assert f"| {AGREE} | 1 | Northshire Energy |" in await house.compiles()


async def test_a_removal_that_arrives_before_its_reaction_still_wins(house: House) -> None:
    post = house.post()
    async with unheard(house):
        await house.ada.reacts(post, "+1")
        added = told(house)
        await house.ada.unreacts(post, "+1")
        removed = told(house)
    for event in (removed, added, removed):
        await house.workspace.send_event(event)

    assert AGREE not in await house.compiles()


async def test_a_reaction_on_a_reply_that_was_never_heard_is_kept_until_the_reply_comes(house: House) -> None:
    async with unheard(house):
        said = await house.ada.replies(house.post(), "Issue: heard late.")
    reply = told(house)
    await house.cara.reacts(said, "+1")
    assert "conversations.replies" in [call.method for call in house.workspace.calls]
    await house.workspace.send_event(reply)

    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in await house.compiles()


async def test_a_reaction_on_a_message_that_is_gone_is_passed_over(house: House) -> None:
    said = await house.ada.posts(house.channel, "Lunch?")
    await house.cara.reacts(said, "+1")
    event = told(house)
    await house.ada.deletes(said)

    assert (await house.workspace.send_event(event)).acknowledged
    assert ledger(house) == []


async def test_a_thumb_of_any_tone_is_one_persons_one_reaction(house: House) -> None:
    await house.ada.reacts(house.post(), "+1::skin-tone-3")
    await house.ada.reacts(house.post(), "+1")
    await house.cara.reacts(house.post(), "thumbsup::skin-tone-5")
    said = await house.ben.replies(house.post(), "Issue: clear enough.")
    for tone in ("+1::skin-tone-2", "+1", "+1::skin-tone-6"):
        await house.cara.reacts(said, tone)
    await house.cara.unreacts(said, "+1")

    document = await house.compiles()
    assert f"| {AGREE} | 2 | Calder Networks; Northshire Energy |" in document
    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in document
