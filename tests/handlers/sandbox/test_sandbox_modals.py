"""Modals and the app's Home: opened in time, pushed, changed only if nobody else did, closed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot, presses
from .test_sandbox_blocks import actions, button, modal, plain, section

Clicks = Callable[[], Awaitable[str]]

HOME = {"type": "home", "blocks": [section("Welcome")]}


@dataclass
class Moving:
    """A clock that a test moves."""

    now: datetime = field(default_factory=lambda: datetime(2019, 10, 30, 10, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
async def workspace(clock: Moving) -> AsyncIterator[Workspace]:
    async with Workspace(clock=clock) as workspace:
        yield workspace


@pytest.fixture
async def clicks(bot: Bot, channel: Channel, ada: Member, workspace: Workspace, client: AsyncWebClient) -> Clicks:
    """Ada clicks; what comes is the trigger. The message stands in the channel before."""

    async def take(ack: AsyncAck) -> None:
        await ack()

    bot.app.action("read")(take)
    posted = await client.chat_postMessage(channel=channel.id, text="post", blocks=[actions(button(action_id="read"))])
    said = workspace.find(channel, "post")
    assert said.ts == posted["ts"]

    async def click() -> str:
        await ada.clicks(said, "read")
        return str(workspace.deliveries[-1].payload["trigger_id"])

    return click


async def test_a_trigger_lives_three_seconds(
    ada: Member, client: AsyncWebClient, clock: Moving, clicks: Clicks
) -> None:
    trigger = await clicks()
    clock.forward(seconds=3)
    await client.views_open(trigger_id=trigger, view=modal())

    trigger = await clicks()
    clock.forward(seconds=3.001)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=trigger, view=modal())
    assert len(ada.modals) == 1


@pytest.fixture
async def submits(bot: Bot, ada: Member, workspace: Workspace) -> Clicks:
    """Ada submits the modal at the bottom, and its app finds a fault: it stays open. What comes is the trigger."""

    async def take(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"b": "Too short"})

    bot.app.view("form")(take)

    async def submit() -> str:
        await ada.submits(ada.modals[0], {})
        return str(workspace.deliveries[-1].payload["trigger_id"])

    return submit


async def test_modals_lie_on_each_other_three_high(
    ada: Member, client: AsyncWebClient, clicks: Clicks, submits: Clicks
) -> None:
    root = (await client.views_open(trigger_id=await clicks(), view=modal(callback_id="form")))["view"]
    second = (await client.views_push(trigger_id=await submits(), view=modal(title=plain("Second"))))["view"]
    third = (await client.views_push(trigger_id=await submits(), view=modal(title=plain("Third"))))["view"]

    assert (third["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])
    assert [view["title"]["text"] for view in ada.modals] == ["Form", "Second", "Third"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=await submits(), view=modal())


async def test_a_modal_is_pushed_once_by_a_trigger_that_came_from_a_modal(
    ada: Member, client: AsyncWebClient, clicks: Clicks, submits: Clicks
) -> None:
    from_a_message = await clicks()
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=from_a_message, view=modal())
    await client.views_open(trigger_id=from_a_message, view=modal(callback_id="form"))
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=await clicks(), view=modal())

    trigger = await submits()
    await client.views_push(trigger_id=trigger, view=modal(title=plain("Second")))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_push(trigger_id=trigger, view=modal())
    trigger = await submits()
    for view in list(ada.modals):
        await ada.closes(view)
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_push(trigger_id=trigger, view=modal())


async def test_a_button_in_a_modal_pushes_another(
    workspace: Workspace, ada: Member, client: AsyncWebClient, clicks: Clicks
) -> None:
    form = modal(blocks=[actions(button(action_id="read"))])
    view = (await client.views_open(trigger_id=await clicks(), view=form))["view"]
    await presses(workspace, ada, workspace.direct(ada), ada.modals[-1]["blocks"])

    trigger = workspace.deliveries[-1].payload["trigger_id"]
    pushed = (await client.views_push(trigger_id=trigger, view=modal()))["view"]
    assert pushed["previous_view_id"] == view["id"]


async def test_a_modal_is_changed_unless_somebody_else_did(ada: Member, client: AsyncWebClient, clicks: Clicks) -> None:
    opened = (await client.views_open(trigger_id=await clicks(), view=modal(external_id="form-1")))["view"]

    changed = (await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(title=plain("Two"))))[
        "view"
    ]
    assert (changed["id"], changed["external_id"]) == (opened["id"], "form-1")
    assert changed["hash"] != opened["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())
    await client.views_update(external_id="form-1", view=modal(title=plain("Three")))
    assert [view["title"]["text"] for view in ada.modals] == ["Three"]
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id="V404", view=modal())
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_open(trigger_id=await clicks(), view=modal(external_id="form-1"))


async def test_a_home_is_published_for_one_person(
    workspace: Workspace, ada: Member, ben: Member, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match="not_enabled"):
        await client.views_publish(user_id=ada.id, view=HOME)
    workspace._core.subscriptions |= {"app_home_opened"}
    first = (await client.views_publish(user_id=ada.id, view=HOME))["view"]
    second = (await client.views_publish(user_id=ada.id, view=HOME, hash=first["hash"]))["view"]

    assert second["id"] == first["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=ada.id, view=HOME, hash=first["hash"])
    await client.views_update(view_id=first["id"], view=HOME | {"blocks": []})
    assert await ada.opens_home() == workspace._core.store.homes[ada.id]
    assert await ben.opens_home() is None
    with pytest.raises(SlackApiError, match="unsupported type: modal"):
        await client.views_publish(user_id=ada.id, view=modal())


async def test_opening_the_home_is_told_where_the_app_asked_for_it() -> None:
    async with Workspace(events=["app_home_opened"]) as workspace:
        ada = workspace.member("Ada Firth")
        await ada.opens_home()

    event = workspace.deliveries[0].payload["event"]
    assert (event["type"], event["user"], event["tab"], "view" in event) == ("app_home_opened", ada.id, "home", False)


async def test_closing_a_modal_is_told_where_it_asked_for_it(
    workspace: Workspace, ada: Member, client: AsyncWebClient, clicks: Clicks
) -> None:
    for notify in (False, True):
        before = len(workspace.deliveries)
        await client.views_open(trigger_id=await clicks(), view=modal(notify_on_close=notify))
        await ada.closes(ada.modals[-1])
        assert ada.modals == []
        assert len(workspace.deliveries) - before == 1 + notify
    payload = workspace.deliveries[-1].payload
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)


async def test_an_answer_that_is_no_modal_is_not_shown(
    bot: Bot, ada: Member, client: AsyncWebClient, clicks: Clicks
) -> None:
    async def submitted(ack: AsyncAck) -> None:
        await ack(response_action="update", view=modal(title=plain("x" * 25)))

    bot.app.view("form")(submitted)
    await client.views_open(trigger_id=await clicks(), view=modal(callback_id="form"))
    answer = await ada.submits(ada.modals[-1], {})

    assert (answer.text, answer.acknowledged) == ("We had some trouble connecting. Try again?", False)
    assert "must be less than 25 characters" in bot.workspace.deliveries[-1].failure
    assert ada.modals[-1]["title"]["text"] == "Form"


async def test_an_answer_to_a_command_that_slack_would_not_show_is_not_shown(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    async def long(ack: AsyncAck) -> None:
        await ack(text="words", blocks=[section("x" * 3001)])

    bot.app.command("/long")(long)
    answer = await ada.types(channel, "/long show")

    assert (answer.text, answer.acknowledged) == ("/long failed with the error “invalid_command_response”", False)
    assert "must be less than 3001 characters" in workspace.deliveries[-1].failure
    assert workspace.ephemerals(ada) == []
