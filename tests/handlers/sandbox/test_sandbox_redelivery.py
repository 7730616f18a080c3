"""Events that come again, late, twice, in another order or never; sockets that are replaced or break; a challenge."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.signature import SignatureVerifier

from handlers.sandbox import Channel, Member, Workspace
from handlers.sandbox import deliveries as deliveries_module
from tests.waiting import eventually

from .conftest import Bot, Listener, listening
from .test_sandbox_delivery import open_socket
from .test_sandbox_modals import Moving


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
async def workspace(clock: Moving) -> AsyncIterator[Workspace]:
    async with Workspace(clock=clock) as workspace:
        yield workspace


def retries(listener: Listener) -> list[str]:
    """The number of each attempt that reached the app, as it was told."""
    return [headers.get("X-Slack-Retry-Num", "0") for headers, _ in listener.requests]


async def test_what_is_not_acknowledged_comes_after_0_1_and_5_minutes_then_never(
    *, workspace: Workspace, channel: Channel, ada: Member, listener: Listener, clock: Moving
) -> None:
    listener.status = 500
    start = clock.now.timestamp()
    await ada.posts(channel, "words")
    made = [await workspace.redeliver_due()]
    for minutes in (0.5, 0.5, 4.5, 0.5, 60):
        clock.forward(minutes=minutes)
        made.append(await workspace.redeliver_due())

    assert made == [1, 0, 1, 0, 1, 0]
    assert retries(listener) == ["0", "1", "2", "3"]
    assert {headers.get("X-Slack-Retry-Reason") for headers, _ in listener.requests[1:]} == {"http_error"}
    assert len({json.loads(body)["event_id"] for _, body in listener.requests}) == 1
    (delivery,) = workspace.deliveries
    assert (delivery.attempts, delivery.acknowledged, delivery.fate) == (4, False, "given up")
    assert [at - start for at in delivery.sent] == [0, 0, 60, 360]


async def test_what_is_acknowledged_at_last_does_not_come_again(
    *, workspace: Workspace, channel: Channel, ada: Member, listener: Listener, clock: Moving
) -> None:
    listener.status = 500
    await ada.posts(channel, "words")
    await workspace.redeliver_due()
    listener.status = 204
    clock.forward(minutes=1)

    assert await workspace.redeliver_due() == 1
    clock.forward(minutes=60)
    assert await workspace.redeliver_due() == 0
    assert workspace.deliveries[0].acknowledged


async def test_the_app_may_ask_for_no_second_attempt(
    workspace: Workspace, channel: Channel, ada: Member, listener: Listener
) -> None:
    listener.answer = web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
    await ada.posts(channel, "words")

    assert await workspace.redeliver_due() == 0
    assert workspace.deliveries[0].fate == "given up"


async def test_a_command_is_not_sent_again(
    workspace: Workspace, channel: Channel, ada: Member, listener: Listener
) -> None:
    listener.status = 500
    await ada.types(channel, "/dp help")

    assert await workspace.redeliver_due() == 0
    assert await workspace.redeliver() == 0


async def test_by_a_real_clock_it_comes_again_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries_module, "RETRIES", (0.0, 0.01, 0.01))
    async with Workspace(redelivery=True) as workspace, listening(workspace) as listener:
        channel, ada = workspace.channel("ops"), workspace.member("Ada Firth")
        listener.status = 500
        await ada.posts(channel, "words")
        (delivery,) = workspace.deliveries
        await eventually(lambda: delivery.fate == "given up")
        assert retries(listener) == ["0", "1", "2", "3"]


async def test_a_lost_event_never_comes_and_the_record_says_so(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    workspace.disturb.lose()
    await ada.posts(channel, "lost")
    await ada.posts(channel, "heard")

    assert [event["text"] for event in bot.heard] == ["heard"]
    assert [(each.fate, each.attempts, each.acknowledged) for each in workspace.deliveries] == [
        ("lost", 0, False),
        ("", 1, True),
    ]
    assert await workspace.redeliver() == 0
    assert len(bot.heard) == 1


async def test_a_delayed_event_comes_when_its_time_has_come(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, clock: Moving
) -> None:
    workspace.disturb.delay(30)
    await ada.posts(channel, "late")
    await ada.posts(channel, "in time")
    assert workspace.deliveries[0].fate == "delayed"
    clock.forward(seconds=29)
    assert await workspace.redeliver_due() == 0
    clock.forward(seconds=1)
    assert await workspace.redeliver_due() == 1

    assert [event["text"] for event in bot.heard] == ["in time", "late"]
    assert (workspace.deliveries[0].fate, workspace.deliveries[0].attempts) == ("", 1)


async def test_an_event_may_come_twice_though_acknowledged(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    workspace.disturb.repeat()
    await ada.posts(channel, "words")

    assert [body["event_id"] for body in bot.bodies] == [workspace.deliveries[0].id] * 2
    assert await workspace.redeliver() == 0


async def test_held_events_are_let_go_in_any_order(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    for order, heard in ((None, "012"), ((2, 0, 1), "201")):
        bot.heard.clear()
        workspace.disturb.hold()
        for number in range(3):
            await ada.posts(channel, str(number))
        assert bot.heard == []
        assert [each.fate for each in workspace.deliveries[-3:]] == ["held"] * 3
        with pytest.raises(ValueError, match="3 events are held"):
            await workspace.disturb.release((0, 1))
        assert await workspace.disturb.release(order) == 3
        assert "".join(event["text"] for event in bot.heard) == heard
    await ada.posts(channel, "at once")
    assert bot.heard[-1]["text"] == "at once"


async def test_a_socket_that_is_asked_to_leave_is_replaced(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    opened = sum(call.method == "apps.connections.open" for call in workspace.calls)
    await workspace.admin.refresh_sockets()
    await eventually(lambda: sum(call.method == "apps.connections.open" for call in workspace.calls) > opened)
    await workspace.connected()
    await ada.posts(channel, "words")
    await workspace.redeliver()

    assert "words" in [event["text"] for event in bot.heard]


async def test_a_socket_asked_to_leave_gets_no_more_once_there_is_another(
    workspace: Workspace, channel: Channel, ada: Member
) -> None:
    async with aiohttp.ClientSession() as session:
        old = await open_socket(workspace, session)
        await workspace.admin.refresh_sockets("warning")
        assert await old.receive_json() == {
            "type": "disconnect",
            "reason": "warning",
            "debug_info": {"host": "sandbox"},
        }
        new = await open_socket(workspace, session)
        for number in range(2):
            posting = asyncio.create_task(ada.posts(channel, f"words {number}"))
            await new.send_json({"envelope_id": (await new.receive_json())["envelope_id"]})
            await posting
        assert all(delivery.acknowledged for delivery in workspace.deliveries)
        await new.close()
        await old.close()


async def test_an_eleventh_socket_is_turned_away(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await open_socket(workspace, session) for _ in range(10)]
        assert workspace.admin.sockets == 10
        headers = {"Authorization": f"Bearer {workspace.app_token}"}
        async with session.post(f"{workspace.api_url}apps.connections.open", headers=headers) as response:
            address = (await response.json())["url"]
        turned_away = await session.ws_connect(address)
        assert (await turned_away.receive_json())["reason"] == "too_many_websockets"
        assert (await turned_away.receive()).type is aiohttp.WSMsgType.CLOSE
        for socket in (*sockets, turned_away):
            await socket.close()


async def test_a_socket_that_is_cut_leaves_the_event_to_be_sent_again(
    workspace: Workspace, channel: Channel, ada: Member
) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(workspace, session)
        posting = asyncio.create_task(ada.posts(channel, "words"))
        await socket.receive_json()
        workspace.admin.cut_sockets()
        await posting
        assert (workspace.deliveries[0].failure, workspace.admin.sockets) == ("connection_failed", 0)
        await socket.close()

        other = await open_socket(workspace, session)
        again = asyncio.create_task(workspace.redeliver_due())
        envelope = await other.receive_json()
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "connection_failed")
        await other.send_json({"envelope_id": envelope["envelope_id"]})
        assert await again == 1
        await other.close()


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        (lambda asked: web.Response(text=asked["challenge"]), True),
        (lambda asked: web.Response(text=f"challenge={asked['challenge']}"), True),
        (lambda asked: web.json_response({"challenge": asked["challenge"]}), True),
        (lambda _: web.json_response({"challenge": "another"}), False),
        (lambda _: web.json_response([]), False),
        (lambda asked: web.Response(text=asked["challenge"], status=500), False),
    ],
)
async def test_the_apps_address_must_answer_a_challenge(
    workspace: Workspace, answer: Callable[[dict[str, str]], web.Response], *, is_right: bool
) -> None:

    verifier = SignatureVerifier(workspace.signing_secret)

    async def take(request: web.Request) -> web.Response:
        asked = json.loads(await request.text())
        assert verifier.is_valid_request(await request.text(), dict(request.headers))
        assert asked["type"] == "url_verification"
        return answer(asked)

    application = web.Application()
    application.router.add_post("/slack/events", take)
    async with TestServer(application) as server:
        assert await workspace.admin.verify_url(str(server.make_url("/slack/events"))) is is_right


async def test_an_address_where_nobody_listens_is_not_verified(workspace: Workspace, unused_tcp_port: int) -> None:
    assert not await workspace.admin.verify_url(f"http://127.0.0.1:{unused_tcp_port}/slack/events")
