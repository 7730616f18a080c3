"""What Slack refuses, leaves out or does beside: scopes, archived channels, long texts, pages, people of every kind."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace
from handlers.sandbox.manifest import SCOPES

from .conftest import Bot
from .test_sandbox_api import METADATA, refusal


async def test_each_kind_of_channel_has_its_own_scope(workspace: Workspace, channel: Channel, ada: Member) -> None:
    workspace.scopes.intersection_update(SCOPES - {"groups:history", "groups:read"})
    client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url)
    closed, direct = workspace.channel("closed", private=True), workspace.direct(ada)

    for room, method, needed in (
        (closed, "conversations.history", "groups:history"),
        (closed, "conversations.members", "groups:read"),
        (direct, "conversations.history", "im:history"),
    ):
        with pytest.raises(SlackApiError) as raised:
            await client.api_call(method, json={"channel": room.id})
        assert (raised.value.response["error"], raised.value.response["needed"]) == ("missing_scope", needed)
    assert (await client.conversations_history(channel=channel.id))["ok"]
    assert await refusal(client, "conversations.list", types="private_channel") == "missing_scope"
    assert await refusal(client, "conversations.list", types="secret_channel") == "invalid_types"


@pytest.mark.parametrize(
    ("method", "more", "error"),
    [
        ("chat.postMessage", {"text": "words"}, "is_archived"),
        ("chat.update", {"text": "words"}, "is_inactive"),
        ("chat.postEphemeral", {"text": "words"}, "is_archived"),
        ("pins.add", {}, "is_archived"),
        ("reactions.add", {"name": "eyes"}, "is_archived"),
    ],
)
async def test_nothing_changes_in_an_archived_channel(
    *,
    workspace: Workspace,
    channel: Channel,
    ada: Member,
    client: AsyncWebClient,
    method: str,
    more: dict[str, Any],
    error: str,
) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="before")
    workspace.admin.archive(channel)

    place = {"channel": channel.id, "ts": posted["ts"], "timestamp": posted["ts"], "user": ada.id}
    assert await refusal(client, method, **{**place, **more}) == error
    assert (await client.conversations_info(channel=channel.id))["channel"]["is_archived"]
    assert [each["text"] for each in (await client.conversations_history(channel=channel.id))["messages"]] == ["before"]
    workspace.admin.unarchive(channel)
    assert (await client.chat_postMessage(channel=channel.id, text="after"))["ok"]


async def test_an_app_that_was_removed_hears_and_says_nothing(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    workspace.admin.remove_app(channel)
    await ada.posts(channel, "words")

    assert workspace.deliveries == []
    assert await refusal(client, "chat.postMessage", channel=channel.id, text="words") == "not_in_channel"
    workspace.admin.invite_app(channel)
    assert (await client.chat_postMessage(channel=channel.id, text="words"))["ok"]


async def test_long_text_is_cut_in_a_new_message_and_refused_elsewhere(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="x" * 40_001)

    assert (posted["warning"], posted["response_metadata"]["warnings"]) == ("message_truncated", ["message_truncated"])
    assert len(workspace.messages(channel)[0]["text"]) == 40_000
    place = {"channel": channel.id, "ts": posted["ts"], "user": ada.id, "text": "x" * 40_001}
    for method in ("chat.update", "chat.postEphemeral"):
        assert await refusal(client, method, **place) == "msg_too_long"


async def test_metadata_has_a_form_and_can_be_taken_away(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    place: dict[str, Any] = {"channel": channel.id, "text": "words"}
    assert await refusal(client, "chat.postMessage", **place, metadata={"key": "k1"}) == "invalid_metadata_schema"
    large = {"event_type": "dpbot", "event_payload": {"key": "x" * 16_000}}
    assert await refusal(client, "chat.postMessage", **place, metadata=large) == "metadata_too_large"

    ts = (await client.chat_postMessage(**place, metadata=METADATA))["ts"]
    await client.chat_update(**place, ts=ts)
    assert workspace.messages(channel)[0]["metadata"] == METADATA
    await client.chat_update(**place, ts=ts, metadata={})
    assert workspace.messages(channel)[0]["metadata"] is None


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.history", {"limit": 1000}, "invalid_limit"),
        ("conversations.history", {"oldest": "yesterday"}, "invalid_ts_oldest"),
        ("conversations.history", {"latest": "now"}, "invalid_ts_latest"),
        ("conversations.history", {"cursor": "bmV4dDotMQ=="}, "invalid_cursor"),  # next:-1
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U404"}, "user_not_found"),
        ("pins.add", {}, "no_item_specified"),
        ("reactions.get", {}, "no_item_specified"),
        ("users.lookupByEmail", {"email": "nobody@elsewhere.example"}, "users_not_found"),
    ],
)
async def test_more_errors_have_slacks_names(
    channel: Channel, client: AsyncWebClient, method: str, arguments: dict[str, Any], error: str
) -> None:
    assert await refusal(client, method, **{"channel": channel.id, **arguments}) == error


async def test_a_reaction_has_a_name(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    said = await ada.posts(channel, "words")

    for name in ("", "two words"):
        place = {"channel": channel.id, "timestamp": said.ts, "name": name}
        assert await refusal(client, "reactions.add", **place) == "invalid_name"


async def test_people_and_members_come_in_pages(
    workspace: Workspace, channel: Channel, ada: Member, ben: Member, client: AsyncWebClient
) -> None:
    people = [[each["id"] for each in page["members"]] async for page in await client.users_list(limit=2)]
    members = [page["members"] async for page in await client.conversations_members(channel=channel.id, limit=2)]

    assert people == members == [[workspace.bot_user_id, ada.id], [ben.id]]
    info = await client.conversations_info(channel=channel.id, include_num_members=True)
    assert info["channel"]["num_members"] == 3


async def test_a_page_of_channels_may_be_short_and_not_the_last(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    """Slack leaves archived channels out of a page once it is cut."""
    workspace.admin.archive(channel)
    workspace.channel("open")

    first = await client.conversations_list(exclude_archived=True, limit=1)
    pages = [[each["name"] for each in page["channels"]] async for page in first]
    assert pages == [[], ["open"]]


async def test_replies_come_in_pages_after_their_parent(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    parent = await ada.posts(channel, "parent")
    for number in range(3):
        await ada.replies(parent, str(number))

    first = await client.conversations_replies(channel=channel.id, ts=parent.ts, limit=2)
    assert [[each["text"] for each in page["messages"]] async for page in first] == [["parent", "0"], ["1", "2"]]


async def test_the_users_of_a_reaction_are_incomplete_beyond_fifty(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "words")
    for number in range(51):
        await workspace.member(f"Member {number}").reacts(said, "+1")

    (message,) = (await client.conversations_history(channel=channel.id))["messages"]
    assert (len(message["reactions"][0]["users"]), message["reactions"][0]["count"]) == (50, 51)
    for full, users in ((False, 50), (True, 51)):
        got = await client.reactions_get(channel=channel.id, timestamp=said.ts, full=full)
        assert len(got["message"]["reactions"][0]["users"]) == users
    assert len(workspace.messages(channel)[0]["reactions"][0]["users"]) == 51


async def test_pins_come_and_go(channel: Channel, ada: Member, client: AsyncWebClient) -> None:
    said = await ada.posts(channel, "words")
    place = {"channel": channel.id, "timestamp": said.ts}
    await client.pins_add(**place)

    assert [item["message"]["ts"] for item in (await client.pins_list(channel=channel.id))["items"]] == [said.ts]
    assert (await client.conversations_history(channel=channel.id))["pin_count"] == 1
    await client.pins_remove(**place)
    assert await refusal(client, "pins.remove", **place) == "no_pin"


async def test_a_direct_message_is_opened_once(workspace: Workspace, ada: Member, client: AsyncWebClient) -> None:
    first = await client.conversations_open(users=ada.id)
    again = await client.conversations_open(users=ada.id, return_im=True)

    assert first["channel"] == {"id": workspace.direct(ada).id}
    assert (again["already_open"], again["channel"]["user"], again["channel"]["is_im"]) == (True, ada.id, True)
    assert "name" not in again["channel"]
    more = {"users": f"{ada.id},{workspace.bot_user_id}"}
    assert await refusal(client, "conversations.open", **more) == "method_not_supported_for_channel_type"


async def test_a_private_channel_is_private_and_told_of_as_a_group(
    workspace: Workspace, ada: Member, client: AsyncWebClient
) -> None:
    closed = workspace.channel("closed", private=True)
    workspace.put(ada, closed)
    await ada.posts(closed, "words")

    told = (await client.conversations_info(channel=closed.id))["channel"]
    assert (told["is_private"], told["is_channel"], told["is_group"]) == (True, True, False)
    assert workspace.deliveries[0].payload["event"]["channel_type"] == "group"


async def test_who_was_deactivated_is_known_and_silent(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    await ada.posts(channel, "before")
    workspace.admin.deactivate(ada)

    user = (await client.users_info(user=ada.id))["user"]
    assert (user["deleted"], user["profile"]["real_name"], "tz" in user) == (True, "Ada Firth", False)
    assert [each["deleted"] for each in (await client.users_list())["members"]] == [False, True]
    assert await refusal(client, "users.lookupByEmail", email="ada@northshire.example") == "users_not_found"
    assert await refusal(client, "conversations.open", users=ada.id) == "user_disabled"
    assert await refusal(client, "chat.postMessage", channel=ada.id, text="words") == "channel_not_found"
    place = {"channel": channel.id, "user": ada.id, "text": "words"}
    assert await refusal(client, "chat.postEphemeral", **place) == "user_not_in_channel"
    with pytest.raises(PermissionError, match="Ada Firth is not in the channel operations-group"):
        await ada.posts(channel, "after")


async def test_a_guest_is_where_they_were_put(
    workspace: Workspace, channel: Channel, ben: Member, client: AsyncWebClient
) -> None:
    guest, single = workspace.member("Ada Firth", guest=True), workspace.member("Cara Dunn", single_channel_guest=True)

    with pytest.raises(PermissionError):
        await guest.posts(channel, "words")
    for member, told in ((guest, (True, False)), (single, (True, True)), (ben, (False, False))):
        workspace.put(member, channel)
        await member.posts(channel, "words")
        user = (await client.users_info(user=member.id))["user"]
        assert (user["is_restricted"], user["is_ultra_restricted"]) == told
    workspace.put(guest, workspace.channel("another"))
    with pytest.raises(ValueError, match="Cara Dunn is a guest of one other channel"):
        workspace.put(single, workspace.channel("a third"))


async def test_a_member_of_another_workspace_speaks_in_a_shared_channel(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    ada = workspace.member("Ada Firth", "ada@northshire.example", team="T0CALDER")
    user = (await client.users_info(user=ada.id))["user"]
    assert (user["is_stranger"], "email" in user["profile"]) == (True, False)
    with pytest.raises(PermissionError):
        await ada.posts(channel, "words")
    with pytest.raises(ValueError, match="operations-group is not shared with T0CALDER"):
        workspace.put(ada, channel)

    workspace.share(channel, "T0CALDER")
    workspace.put(ada, channel)
    said = await ada.posts(channel, "words")
    body = workspace.deliveries[-1].payload
    assert (body["is_ext_shared_channel"], body["team_id"]) == (True, workspace.team_id)
    assert (body["event"]["team"], body["event"]["user_team"]) == ("T0CALDER", "T0CALDER")
    (message,) = (await client.conversations_replies(channel=channel.id, ts=said.ts))["messages"]
    assert message["user_team"] == "T0CALDER"
    user = (await client.users_info(user=ada.id))["user"]
    assert (user["team_id"], "is_stranger" in user) == ("T0CALDER", False)
    assert user["profile"]["email"] == "ada@northshire.example"
    told = (await client.conversations_info(channel=channel.id, include_num_members=True))["channel"]
    assert (told["is_shared"], told["is_ext_shared"], told["num_members"]) == (True, True, 2)
    assert (told["shared_team_ids"], told["connected_team_ids"]) == ([workspace.team_id, "T0CALDER"], ["T0CALDER"])
    assert await refusal(client, "users.lookupByEmail", email="ada@northshire.example") == "users_not_found"


async def test_a_stranger_is_one_wherever_they_were_put(
    workspace: Workspace, channel: Channel, client: AsyncWebClient
) -> None:
    stranger = workspace.member("Ada Firth", "ada@northshire.example", stranger=True)
    workspace.share(channel, "T0ELSEWHERE")
    workspace.put(stranger, channel)

    user = (await client.users_info(user=stranger.id))["user"]
    assert (user["is_stranger"], user["team_id"], "email" in user["profile"]) == (True, "T0ELSEWHERE", False)


async def test_people_take_other_names_and_hide_their_addresses(
    workspace: Workspace, ada: Member, client: AsyncWebClient
) -> None:
    workspace.admin.rename(ada, "Robin Ainsley")
    workspace.admin.hide_email(ada)

    user = (await client.users_info(user=ada.id))["user"]
    assert (user["real_name"], user["profile"]["real_name"], ada.name) == ("Robin Ainsley",) * 3
    assert ("email" in user["profile"], ada.email) == (False, None)


async def test_a_channel_becomes_private_with_those_in_it_and_public_again(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    workspace.admin.make_private(channel)
    late = workspace.member("Cara Dunn")

    told = (await client.conversations_info(channel=channel.id))["channel"]
    assert (told["is_private"], told["name"]) == (True, channel.name)
    await ada.posts(channel, "words")
    assert workspace.deliveries[-1].payload["event"]["channel_type"] == "group"
    with pytest.raises(PermissionError):
        await late.posts(channel, "words")
    workspace.admin.make_public(channel)
    await late.posts(channel, "words")
    assert not (await client.conversations_info(channel=channel.id))["channel"]["is_private"]


async def test_somebody_is_found_by_e_mail(ada: Member, client: AsyncWebClient) -> None:
    assert (await client.users_lookupByEmail(email="ADA@northshire.example"))["user"]["id"] == ada.id


async def test_a_link_that_slack_unfolds_is_no_edit(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    said = await ada.posts(channel, "see https://a.example/report?a=1&b=2.")
    assert bot.heard[-1]["text"] == "see <https://a.example/report?a=1&amp;b=2>."

    await workspace.admin.unfurls(said, "A report", "https://a.example/report")

    event = bot.heard[-1]
    assert (event["subtype"], "edited" in event["message"]) == ("message_changed", False)
    assert event["message"]["attachments"][0]["title"] == "A report"
    assert event["message"]["text"] == event["previous_message"]["text"]
    assert "attachments" not in event["previous_message"]


async def test_a_mention_of_the_app_is_told_twice(bot: Bot, ada: Member, channel: Channel) -> None:
    """Told to this app of the manifest once: it does not subscribe to app_mention."""
    words = f"<@{bot.workspace.bot_user_id}> help"
    await ada.posts(channel, words)
    assert [event["type"] for event in bot.heard] == ["message"]

    async with Workspace(events=["message.channels", "message.im", "app_mention"]) as workspace:
        channel, ada = workspace.channel("ops"), workspace.member("Ada Firth")
        said = await ada.posts(channel, f"<@{workspace.bot_user_id}> help")
        await ada.edits(said, f"<@{workspace.bot_user_id}> list")
        await ada.posts(workspace.direct(ada), f"<@{workspace.bot_user_id}> help")
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        await client.chat_postMessage(channel=channel.id, text=f"Ask <@{workspace.bot_user_id}>")
        await workspace.settled()
        mention, message, *others = [each.payload for each in workspace.deliveries]

    assert (mention["event"]["type"], message["event"]["type"]) == ("app_mention", "message")
    assert mention["event"]["ts"] == message["event"]["ts"]
    assert mention["event_id"] != message["event_id"]
    assert [each["event"]["type"] for each in others] == ["message", "message", "message"]
    assert others[-1]["event"]["user"] == workspace.bot_user_id


async def test_a_member_shares_a_file_in_a_thread(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot
) -> None:
    parent = await ada.posts(channel, "parent")
    await ada.uploads(channel, "notes.txt", b"bytes", "See the notes", post=parent)

    event = bot.heard[-1]
    assert (event["subtype"], event["thread_ts"], event["text"]) == ("file_share", parent.ts, "See the notes")
    assert (event["files"][0]["name"], event["files"][0]["user"]) == ("notes.txt", ada.id)
    assert workspace.files(channel)[0].content == b"bytes"
