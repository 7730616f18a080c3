"""Over signed HTTP dpbot hears as over the socket, and refuses a wrong signature."""

import aiohttp

from handlers.sandbox import Answer
from tests.handlers.slack.hearing import after, ledger, told
from tests.house import House


async def test_over_http_dpbot_hears_and_answers_as_over_the_socket(http_house: House) -> None:
    house = http_house
    said = await house.ada.replies(house.post(), "Issue: over HTTP.")
    await house.cara.reacts(said, "+1")
    await house.ada.edits(said, "Issue: edited over HTTP.")
    answer: Answer = await house.ben.types(house.channel, "/dp views 92")

    assert all(delivery.acknowledged for delivery in house.workspace.deliveries)
    assert "Issue: edited over HTTP." in answer.text
    assert "is not a command" in (await house.ben.types(house.channel, "/dp nonsense")).text


async def test_over_http_a_wrong_signature_is_refused_and_nothing_is_stored(http_house: House) -> None:
    house = http_house
    url = str(house.workspace.events_url)
    await house.ada.replies(house.post(), "Issue: signed.")
    forged = told(house) | {"text": "forged"}
    body = {"type": "event_callback", "event": forged | after(forged["ts"])}
    stamp = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=" + "0" * 64}
    async with aiohttp.ClientSession() as outsider:
        for headers in ({}, stamp):
            async with outsider.post(url, json=body, headers=headers) as response:
                assert response.status == 401

    assert len(ledger(house)) == 1


async def test_over_http_the_address_for_health_checks_answers(http_house: House) -> None:
    url = str(http_house.workspace.events_url).replace("/slack/events", "/healthz")
    async with aiohttp.ClientSession() as outsider, outsider.get(url) as response:
        assert (response.status, await response.text()) == (200, "ok\n")
