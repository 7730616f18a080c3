"""An event is acknowledged only when it is stored, and what is not acknowledged comes again and is there once."""

import asyncio
from pathlib import Path

import pytest

from bot.outbox import Kind
from handlers.sandbox import Member, Said
from tests.handlers.slack.hearing import AGREE, heard_over_http, ledger, locked, not_acknowledged, unheard, views
from tests.house import House, open_house, published


async def test_while_the_database_is_locked_nothing_is_acknowledged_and_later_it_is_there_once(
    http_house: House,
) -> None:
    house = http_house
    await house.ada.replies(house.post(), "Issue: before.")
    with locked(house):
        await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: meanwhile."))
        await not_acknowledged(house, lambda: house.ada.reacts(house.post(), "+1"))
        assert await house.workspace.redeliver() == 0

    assert await house.workspace.redeliver() == 2
    assert await house.workspace.redeliver() == 0
    assert (await views(house)).count("meanwhile") == 1
    assert f"| {AGREE} | 1 |" in await house.compiles()


async def test_over_the_socket_too_an_event_is_acknowledged_only_when_it_is_stored(house: House) -> None:
    post = house.post()
    await house.ada.replies(post, "Issue: before.")
    house.workspace.patience = 0.2
    with locked(house):
        await not_acknowledged(house, lambda: house.ada.replies(post, "Issue: meanwhile."))
        assert len(ledger(house)) == 1
    house.workspace.patience = 10

    assert await house.workspace.redeliver() == 1
    assert "2 comments from" in await views(house)
    assert (await views(house)).count("meanwhile") == 1


async def test_a_reply_under_a_post_that_dpbot_does_not_know_yet_comes_again(tmp_path: Path) -> None:
    async with heard_over_http(tmp_path) as house:
        await house.imports()
        await sent_up_to(house, "DP092")
        early = await not_acknowledged(house, lambda: house.ada.replies(house.post("DP092"), "Issue: I was quick."))
        await not_acknowledged(house, lambda: house.cara.reacts(early, "+1"))
        await not_acknowledged(house, lambda: house.cara.reacts(house.post("DP092"), "+1"))
        assert ledger(house) == []

        house.clock.forward(minutes=1)
        await house.sends()
        await house.workspace.redeliver()

        assert "I was quick" in await views(house)
        document = await house.compiles()
        assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in document
        assert f"| {AGREE} | 1 | Calder Networks |" in document


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "invalid_auth", "invalid_cursor"])
async def test_while_nobody_could_look_for_a_post_a_reply_under_it_comes_again(tmp_path: Path, error: str) -> None:
    async with heard_over_http(tmp_path) as house:
        await house.imports()
        await sent_up_to(house, "DP092")
        house.workspace.faults.fail("conversations.history", error)
        house.clock.forward(minutes=1)
        await house.sends()
        await not_acknowledged(house, lambda: house.ada.replies(house.post("DP092"), "Issue: I was quick."))
        assert await house.workspace.redeliver() == 0

        house.clock.forward(minutes=11)
        await house.sends()
        assert await house.workspace.redeliver() == 1

        assert (await views(house)).count("I was quick") == 1
        assert len(house.workspace.messages(house.channel)) == 7


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "missing_scope", "invalid_cursor"])
async def test_a_reaction_on_a_message_slack_does_not_show_comes_again(http_house: House, error: str) -> None:
    house = http_house
    async with unheard(house):
        said = await house.ada.replies(house.post(), "Issue: heard late.")
    house.workspace.faults.fail("conversations.replies", error)
    await not_acknowledged(house, lambda: house.cara.reacts(said, "+1"))
    assert ledger(house) == []

    assert await house.workspace.redeliver() == 2
    assert "Reaction “agree with the issue as described”: one person (Calder Networks)" in await house.compiles()


async def sent_up_to(house: House, reference: str) -> None:
    """The paper's posts are out up to this one, whose id dpbot was never told."""
    await house.queues()
    payloads = [entry.payload for entry in await house.outbox() if entry.kind == Kind.POST]
    number = next(n for n, payload in enumerate(payloads) if reference in str(payload["payload"])[:20])
    assert house._sender
    while len(house.workspace.messages(house.channel)) <= number:
        if len(house.workspace.messages(house.channel)) == number:
            house.workspace.faults.lose_answer("chat.postMessage")
        assert await house._sender.step()
    await house.workspace.settled()


async def test_a_person_slack_does_not_describe_is_recorded_when_it_does(http_house: House) -> None:
    house = http_house
    house.workspace.faults.fail("users.info", "internal_error")
    await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: who am I?"))
    assert ledger(house) == []

    assert await house.workspace.redeliver() == 1
    assert "Northshire Energy, Large Suppliers (member)" in await views(house)


async def test_at_the_last_chance_words_are_kept_without_an_organisation_rather_than_lost(http_house: House) -> None:
    house = http_house
    house.workspace.faults.fail("users.info", "internal_error", times=4)
    await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: last chance."))
    assert [await house.workspace.redeliver() for _ in range(3)] == [0, 0, 1]

    shown = await views(house)
    assert "last chance" in shown
    assert "Organisation not stated" in shown


async def test_somebody_described_yesterday_is_known_though_slack_does_not_answer_today(http_house: House) -> None:
    house = http_house
    await house.ada.replies(house.post(), "Issue: yesterday.")
    await views(house)
    house.clock.forward(days=2)
    house.workspace.faults.fail("users.info", "internal_error", times=9)
    await house.ada.replies(house.post(), "Issue: today.")

    shown = await views(house)
    assert shown.count("Northshire Energy") == 2


async def test_a_failure_that_will_pass_is_a_line_in_the_log_and_no_traceback(
    http_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = http_house
    house.workspace.faults.rate_limit("users.info")
    await not_acknowledged(house, lambda: house.ada.replies(house.post(), "Issue: too fast."))

    assert "Traceback" not in caplog.text
    assert "too fast" not in caplog.text


async def test_the_first_event_after_a_start_is_not_lost_though_slack_is_ill(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
        async with house.connected():
            house.workspace.faults.fail("auth.test", "internal_error", times=9)
            await house.ada.replies(house.post(), "Issue: the first one.")
            await house.workspace.redeliver()

            assert "the first one" in await views(house)


async def test_a_hundred_replies_at_once_are_each_there_once(http_house: House) -> None:
    """Deliveries overlap; each is acknowledged or comes again."""
    house = http_house
    people: list[Member] = [house.ada, house.ben, house.cara, house.dan]
    post: Said = house.post()
    await asyncio.gather(*(people[n % 4].replies(post, f"Issue: number {n}.") for n in range(100)))
    while await house.workspace.redeliver():
        pass

    assert "100 comments from" in await views(house)
