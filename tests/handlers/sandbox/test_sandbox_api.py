"""The Web API, called with Slack's own client."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

METADATA = {"event_type": "dpbot", "event_payload": {"key": "k1"}}


async def refusal(client: AsyncWebClient, method: str, **arguments: object) -> str:
    """The error's name, as the method gives it."""
    with pytest.raises(SlackApiError) as raised:
        await client.api_call(method, json=arguments)
    return str(raised.value.response["error"])


async def test_auth_test_says_who_the_app_is_and_what_it_may_do(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.scopes.intersection_update({"chat:write", "users:read"})

    answer = await client.auth_test()

    assert (answer["team_id"], answer["bot_id"]) == (workspace.team_id, workspace.bot_id)
    assert answer["user_id"] == workspace.bot_user_id
    assert answer.headers["x-oauth-scopes"] == "chat:write,users:read"


async def test_tokens_and_scopes_are_checked(workspace: Workspace, channel: Channel) -> None:
    calls = {"": "not_authed", "xoxb-other": "invalid_auth", workspace.app_token: "not_allowed_token_type"}
    for token, error in calls.items():
        assert await refusal(AsyncWebClient(token, base_url=workspace.api_url), "auth.test") == error
    client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url)
    assert await refusal(client, "apps.connections.open") == "not_allowed_token_type"
    workspace.scopes.discard("chat:write")
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=channel.id, text="words")
    assert raised.value.response["error"] == "missing_scope"
    assert raised.value.response["needed"] == "chat:write"
    assert await refusal(client, "chat.meow") == "unknown_method"


async def test_calls_are_recorded_without_tokens(workspace: Workspace, channel: Channel) -> None:
    async with aiohttp.ClientSession() as session:
        form = {"token": workspace.bot_token, "channel": channel.id, "text": "by form", "blocks": "[]"}
        async with session.post(f"{workspace.api_url}chat.postMessage", data=form) as response:
            assert (await response.json())["ok"]
        async with session.get(f"{workspace.api_url}users.info?user=U1&token={workspace.bot_token}") as response:
            assert (await response.json())["error"] == "user_not_found"

    first, second = workspace.calls
    assert (first.method, first.ok, first.error) == ("chat.postMessage", True, None)
    assert first.arguments == {"channel": channel.id, "text": "by form", "blocks": "[]"}
    assert (second.arguments, second.ok, second.error) == ({"user": "U1"}, False, "user_not_found")


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[1]", "json_not_object"), ("", "not_authed")])
async def test_a_body_that_cannot_be_read_is_refused(workspace: Workspace, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{workspace.api_url}auth.test", data=body) as response,
    ):
        assert (await response.json())["error"] == error


async def test_metadata_is_given_only_when_asked_for(channel: Channel, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="words", metadata=METADATA)
    assert posted["message"]["metadata"] == METADATA

    for method, which in (("conversations.history", {}), ("conversations.replies", {"ts": posted["ts"]})):
        for asked in (True, False):
            arguments = {"channel": channel.id, "include_all_metadata": asked, **which}
            answer = await client.api_call(method, params=arguments)
            assert ("metadata" in answer["messages"][0]) is asked


async def test_an_update_changes_words_and_keeps_blocks_not_mentioned(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    block = {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "block"}}
    ts = (await client.chat_postMessage(channel=channel.id, text="one", blocks=[block]))["ts"]

    await client.chat_update(channel=channel.id, ts=ts, text="two", metadata=METADATA)
    (stored,) = workspace.messages(channel)
    assert (stored["text"], stored["blocks"], stored["metadata"]) == ("two", [block], METADATA)
    assert stored["edited"]["user"] == workspace.bot_user_id

    await client.chat_update(channel=channel.id, ts=ts, text="three", blocks=[])
    assert workspace.messages(channel)[0]["blocks"] == []
    await workspace.settled()
    assert workspace.deliveries[-1].payload["event"]["subtype"] == "message_changed"


async def test_an_app_changes_and_deletes_only_its_own(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "words")
    place = {"channel": channel.id, "ts": said.ts}
    assert await refusal(client, "chat.update", **place, text="other") == "cant_update_message"
    assert await refusal(client, "chat.delete", **place) == "cant_delete_message"

    own = await client.chat_postMessage(channel=channel.id, text="mine")
    await client.chat_delete(channel=channel.id, ts=own["ts"])
    assert [message["text"] for message in workspace.messages(channel)] == ["words"]


async def test_a_whisper_reaches_one_person_and_no_history(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    parent = await ada.posts(channel, "parent")
    arguments = {"channel": channel.id, "user": ada.id, "text": "psst", "thread_ts": parent.ts}
    answer = await client.api_call("chat.postEphemeral", json=arguments)

    (whisper,) = workspace.ephemerals(ada)
    assert (whisper["ts"], whisper["text"]) == (answer["message_ts"], "psst")
    assert whisper["thread_ts"] == parent.ts
    assert len(workspace.messages(channel)) == 1
    assert await refusal(client, "chat.postEphemeral", **{**arguments, "user": "U404"}) == "user_not_in_channel"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"text": ""}, "no_text"),
        ("chat.postMessage", {"text": "words", "channel": "C404"}, "channel_not_found"),
        ("chat.postMessage", {"text": "words", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"text": "words", "blocks": "{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"text": "words", "blocks": "{}"}, "invalid_blocks_format"),
        ("chat.postMessage", {"text": "words", "metadata": "[]"}, "invalid_metadata_format"),
        ("chat.update", {"ts": "1.0", "text": "words"}, "message_not_found"),
        ("conversations.replies", {"ts": "1.0"}, "thread_not_found"),
        ("conversations.history", {"limit": "many"}, "invalid_arguments"),
        ("conversations.history", {"cursor": "???"}, "invalid_cursor"),
        ("reactions.add", {"timestamp": "1.0", "name": "eyes"}, "message_not_found"),
        ("files.getUploadURLExternal", {"filename": "a.txt", "length": 0}, "invalid_arguments"),
        ("files.completeUploadExternal", {}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F404"}]}, "file_not_found"),
        ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
    ],
)
async def test_errors_have_slacks_names(
    channel: Channel, client: AsyncWebClient, method: str, arguments: dict[str, Any], error: str
) -> None:
    assert await refusal(client, method, **{"channel": channel.id, **arguments}) == error


async def test_channels_are_private_or_not_joined(workspace: Workspace, client: AsyncWebClient) -> None:
    hidden = workspace.channel("hidden", private=True, bot=False)
    foreign = workspace.channel("foreign", bot=False)

    assert await refusal(client, "conversations.history", channel=hidden.id) == "channel_not_found"
    assert await refusal(client, "conversations.history", channel=foreign.id) == "not_in_channel"
    info = await client.conversations_info(channel=foreign.id)
    assert info["channel"]["is_member"] is False


async def test_a_message_to_a_person_is_a_direct_message(
    workspace: Workspace, ada: Member, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=ada.id, text="hello")

    assert workspace.messages(workspace.direct(ada))[0]["text"] == "hello"


async def test_a_reply_cannot_be_replied_to(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    reply = await ada.replies(await ada.posts(channel, "parent"), "reply")

    arguments = {"channel": channel.id, "thread_ts": reply.ts, "text": "words"}
    assert await refusal(client, "chat.postMessage", **arguments) == "cannot_reply_to_message"


async def test_replies_are_found_by_the_parents_ts_and_one_by_its_own(
    channel: Channel, ada: Member, ben: Member, client: AsyncWebClient
) -> None:
    parent = await ada.posts(channel, "parent")
    first, second = await ada.replies(parent, "first"), await ben.replies(parent, "second")

    whole = (await client.conversations_replies(channel=channel.id, ts=parent.ts))["messages"]
    assert [message["text"] for message in whole] == ["parent", "first", "second"]
    assert (whole[0]["reply_count"], whole[0]["latest_reply"]) == (2, second.ts)
    assert whole[0]["reply_users"] == [ada.id, ben.id]
    (alone,) = (await client.conversations_replies(channel=channel.id, ts=first.ts))["messages"]
    assert (alone["text"], alone["thread_ts"]) == ("first", parent.ts)


async def test_pages_follow_each_other_by_cursor(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    for number in range(5):
        await ada.posts(channel, str(number))

    first = await client.conversations_history(channel=channel.id, limit=3)
    pages = [[message["text"] for message in page["messages"]] async for page in first]
    assert pages == [["4", "3", "2"], ["1", "0"]]


async def test_history_is_bounded_by_oldest_and_latest(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    said = [await ada.posts(channel, str(number)) for number in range(4)]
    bounds = {"channel": channel.id, "oldest": said[0].ts, "latest": said[2].ts}

    between = await client.api_call("conversations.history", params=bounds)
    inclusive = await client.api_call("conversations.history", params={**bounds, "inclusive": True})
    assert [message["text"] for message in between["messages"]] == ["1"]
    assert [message["text"] for message in inclusive["messages"]] == ["2", "1", "0"]


async def test_channels_are_listed_by_kind(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    hidden = workspace.channel("hidden", private=True, bot=False)
    closed = workspace.channel("closed", private=True)
    workspace.put(ada, closed)

    public = await client.conversations_list()
    private = await client.conversations_list(types="public_channel, private_channel")
    assert [each["name"] for each in public["channels"]] == [channel.name]
    assert [each["id"] for each in private["channels"]] == [channel.id, closed.id]
    assert hidden.id not in [each["id"] for each in private["channels"]]
    assert [each["num_members"] for each in private["channels"]] == [2, 2]


async def test_people_have_e_mail_addresses_where_the_scope_allows(
    workspace: Workspace, ada: Member, ben: Member, client: AsyncWebClient
) -> None:
    assert (await client.users_info(user=ada.id))["user"]["profile"]["email"] == "ada@northshire.example"
    assert "email" not in (await client.users_info(user=ben.id))["user"]["profile"]
    workspace.scopes.discard("users:read.email")
    assert "email" not in (await client.users_info(user=ada.id))["user"]["profile"]
    assert (await client.users_info(user=workspace.bot_user_id))["user"]["is_bot"]


async def test_the_app_reacts_and_reads_reactions(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "words")
    place = {"channel": channel.id, "timestamp": said.ts}

    await client.reactions_add(**place, name="eyes")
    await ada.reacts(said, "eyes")
    message = (await client.reactions_get(**place, full=True))["message"]
    assert message["reactions"] == [{"name": "eyes", "users": [workspace.bot_user_id, ada.id], "count": 2}]
    assert await refusal(client, "reactions.add", **place, name="eyes") == "already_reacted"
    await client.reactions_remove(**place, name="eyes")
    assert await refusal(client, "reactions.remove", **place, name="eyes") == "no_reaction"


async def test_a_message_is_pinned_once(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "words")
    place = {"channel": channel.id, "timestamp": said.ts}

    await client.pins_add(**place)
    assert workspace.messages(channel)[0]["pinned"]
    assert await refusal(client, "pins.add", **place) == "already_pinned"


async def test_permalinks_lead_to_channel_and_message(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    parent = await ada.posts(channel, "parent")
    reply = await ada.replies(parent, "reply")

    link = (await client.chat_getPermalink(channel=channel.id, message_ts=reply.ts))["permalink"]
    assert f"/archives/{channel.id}/p{reply.ts.replace('.', '')}?thread_ts={parent.ts}" in link
    link = (await client.chat_getPermalink(channel=channel.id, message_ts=parent.ts))["permalink"]
    assert link.endswith(f"p{parent.ts.replace('.', '')}")


async def test_an_answer_is_lost_after_the_work_was_done(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    workspace.faults.lose_answer("chat.postMessage")

    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=channel.id, text="lost")
    assert [message["text"] for message in workspace.messages(channel)] == ["lost"]
    assert workspace.calls[-1].ok


async def test_faults_come_in_their_order_and_number(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    workspace.faults.rate_limit("chat.postMessage", retry_after=7)
    workspace.faults.fail("chat.postMessage", error="channel_not_found", times=2)
    workspace.faults.server_error("chat.postMessage")
    errors: list[tuple[int, str]] = []
    for _ in range(4):
        with pytest.raises(SlackApiError) as raised:
            await client.chat_postMessage(channel=channel.id, text="words")
        response = raised.value.response
        errors.append((response.status_code, response.headers.get("Retry-After", "")))

    assert errors == [(429, "7"), (200, ""), (200, ""), (500, "")]
    assert workspace.messages(channel) == []
    assert [call.error for call in workspace.calls][1] == "channel_not_found"
    assert (await client.chat_postMessage(channel=channel.id, text="words"))["ok"]


async def test_a_proxys_page_comes_instead_of_the_answer_after_the_work_was_done(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    workspace.faults.garble_answer("chat.postMessage")

    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=channel.id, text="words")
    assert raised.value.response.status == 502
    assert [message["text"] for message in workspace.messages(channel)] == ["words"]


async def test_a_limit_may_end_at_a_date(workspace: Workspace, channel: Channel, client: AsyncWebClient) -> None:
    workspace.faults.rate_limit("chat.postMessage", "Wed, 30 Oct 2019 10:01:00 GMT")

    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=channel.id, text="words")
    assert raised.value.response.headers["Retry-After"] == "Wed, 30 Oct 2019 10:01:00 GMT"


async def test_a_user_says_whether_it_is_a_program_and_its_address_is_confirmed(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    for is_bot, confirmed in ((False, True), (True, True), (False, False)):
        member = workspace.member("Lee Moss", "lee@moss.example", is_bot=is_bot, is_email_confirmed=confirmed)
        user = (await client.users_info(user=member.id))["user"]
        assert (user["is_bot"], user["is_email_confirmed"]) == (is_bot, confirmed)


@pytest.fixture
async def paced() -> AsyncIterator[Workspace]:
    async with Workspace(pace=True) as workspace:
        yield workspace


async def test_a_channel_takes_one_message_a_second_when_paced(paced: Workspace) -> None:
    client = AsyncWebClient(paced.bot_token, base_url=paced.api_url, retry_handlers=[])
    one, other = paced.channel("one"), paced.channel("other")
    await client.chat_postMessage(channel=one.id, text="first")
    await client.chat_postMessage(channel=other.id, text="elsewhere")

    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=one.id, text="too fast")
    assert raised.value.response.status_code == 429
    assert raised.value.response.headers["Retry-After"] == "1"
