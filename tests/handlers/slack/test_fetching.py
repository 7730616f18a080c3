"""What the port to Slack says of threads and channels, and how it marks messages and writes to one person."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import ChannelFacts, Fetched, Place
from bot.messenger import Refused, Unavailable
from handlers.sandbox import Channel, Member, Said, Workspace
from handlers.slack.messenger import MARK, SlackMessenger, web_client
from handlers.slack.text import moment

NOW = datetime(2019, 10, 30, 10, tzinfo=UTC)


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace(clock=lambda: NOW) as workspace:
        workspace.channel("operations-group")
        workspace.channel("secas-change-team", private=True)
        yield workspace


@pytest.fixture
async def messenger(workspace: Workspace) -> SlackMessenger:
    messenger = SlackMessenger(web_client(workspace.bot_token, workspace.api_url))
    await messenger.resolve({"operations-group", "secas-change-team"}, private="secas-change-team")
    return messenger


@pytest.fixture
def channel(messenger: SlackMessenger) -> Channel:
    """The Sub-Committee's."""
    return named(messenger, "operations-group")


@pytest.fixture
def ada(workspace: Workspace) -> Member:
    return workspace.member("Ada Firth", "ada.firth@northshire.example")


@pytest.fixture
def ben(workspace: Workspace) -> Member:
    return workspace.member("Ben Holm")


def named(messenger: SlackMessenger, name: str) -> Channel:
    return Channel(messenger._ids[name], name)


async def post(messenger: SlackMessenger, channel: Channel) -> str:
    return await messenger.post(channel.id, None, {"text": "DP092"}, "a key")


async def whole(messenger: SlackMessenger, channel: Channel, thread: str) -> list[list[Fetched]]:
    """Every page of a thread."""
    pages, cursor = [], None
    while page := await messenger.page(channel.id, thread, cursor, NOW, NOW):
        pages.append([*page.messages])
        assert page.fetched_at == NOW
        if (cursor := page.next_cursor) is None:
            break
    return pages


# --- a thread ---------------------------------------------------------------------------------------------------------


async def test_a_thread_is_fetched_page_by_page_with_all_that_people_said(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member, ben: Member
) -> None:
    workspace.limits.messages = 2
    thread = await post(messenger, channel)
    head = workspace.find(channel, "DP092")
    first = await ada.replies(head, "Issue: <not> clear & late")
    shared = await ben.uploads(channel, "sites.csv", b"bytes", "See the sites.", post=head)
    await ben.edits(shared, "See our sites.")

    pages = await whole(messenger, channel, thread)

    assert [len(page) for page in pages] == [2, 1]
    (post_itself, reply), (file,) = pages
    assert (post_itself.speaker, post_itself.text, post_itself.raw) == (None, "", "")
    assert (reply.place.platform, reply.place.channel, reply.place.thread) == ("slack", channel.id, thread)
    assert (reply.place.message, reply.speaker, reply.said_at) == (first.ts, ada.id, moment(first.ts))
    assert (reply.text, reply.raw) == ("Issue: <not> clear & late", "Issue: &lt;not&gt; clear &amp; late")
    assert (reply.edited_at, reply.files, reply.removed) == (None, (), False)
    assert file.text.startswith("See our sites.\n[file: sites.csv")
    assert (file.files, file.edited_at) == ((file.text.splitlines()[1],), NOW)


async def test_who_reacted_is_told_in_full_without_ourselves(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member, ben: Member
) -> None:
    """Slack's list of a reaction's people may be shorter than its count."""
    workspace.limits.reaction_users = 1
    thread = await post(messenger, channel)
    reply = await ada.replies(workspace.find(channel, "DP092"), "Words")
    await ada.reacts(workspace.find(channel, "DP092"), "+1")
    for member in (ada, ben):
        await member.reacts(reply, "+1::skin-tone-3")
    await messenger.mark(channel.id, reply.ts)

    ((head, fetched),) = await whole(messenger, channel, thread)

    assert (head.reactions, fetched.reactions) == ({"+1": (ada.id,)}, {"+1::skin-tone-3": (ada.id, ben.id)})
    assert [call.method for call in workspace.calls].count("reactions.get") == 1
    workspace.faults.fail("reactions.get", "message_not_found")
    ((_, unknown),) = await whole(messenger, channel, thread)
    assert unknown.reactions is None


async def test_of_programs_and_of_what_is_gone_not_a_word_is_told(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member
) -> None:
    thread = await post(messenger, channel)
    head = workspace.find(channel, "DP092")
    removed = await ada.replies(head, "A slip.")
    await messenger.post(channel.id, thread, {"text": "Ours"}, "another key")
    await ada.deletes(removed)
    await ada.deletes(head)

    (messages,) = await whole(messenger, channel, thread)

    assert [(each.speaker, each.text, each.raw, each.removed) for each in messages] == [
        (None, "", "", True),
        (None, "", "", False),
    ]


async def test_a_thread_that_is_gone_is_none(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member
) -> None:
    said = await ada.posts(channel, "Words")
    workspace.admin.purge(channel, datetime(2020, 1, 1, tzinfo=UTC))

    assert await messenger.page(channel.id, said.ts, None, NOW, NOW) is None
    with pytest.raises(Unavailable, match="channel_not_found"):
        await messenger.page("C404", said.ts, None, NOW, NOW)


async def test_who_is_mentioned_is_called_by_name_and_no_private_channel_is(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member, ben: Member
) -> None:
    secas = named(messenger, "secas-change-team")
    thread = await post(messenger, channel)
    mentions = [{"type": "user", "user_id": each} for each in (ben.id, "U404")]
    mentions += [{"type": "channel", "channel_id": each.id} for each in (channel, secas)]
    section = {"type": "rich_text_section", "elements": [*mentions, {"type": "text", "text": " agree"}]}
    for _ in range(2):
        await ada.replies(
            workspace.find(channel, "DP092"), "(as blocks)", blocks=[{"type": "rich_text", "elements": [section]}]
        )

    ((_, *replies),) = await whole(messenger, channel, thread)

    assert {each.text for each in replies} == {f"@Ben Holm@U404#operations-group#{secas.id} agree"}
    assert [call.method for call in workspace.calls].count("users.info") == 2  # once each


@pytest.mark.parametrize("method", ["conversations.replies", "reactions.get", "users.info"])
async def test_asked_to_slow_down_the_port_says_how_long_and_the_page_can_be_had_later(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member, ben: Member, method: str
) -> None:
    workspace.limits.reaction_users = 0
    thread = await post(messenger, channel)
    reply = await ada.replies(workspace.find(channel, "DP092"), f"Ask <@{ben.id}>")
    await ada.reacts(reply, "+1")
    workspace.faults.rate_limit(method, retry_after=40)

    with pytest.raises(Unavailable) as raised:
        await messenger.page(channel.id, thread, None, NOW, NOW)

    assert raised.value.retry_after == 40
    ((_, fetched),) = await whole(messenger, channel, thread)
    assert (fetched.text, fetched.reactions) == ("Ask @Ben Holm", {"+1": (ada.id,)})


async def test_what_was_fetched_before_slack_asked_to_wait_is_kept_as_of_then_and_never_serves_a_later_reading(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member, ben: Member
) -> None:
    workspace.limits.reaction_users = 0
    thread = await post(messenger, channel)
    replies = [await ada.replies(workspace.find(channel, "DP092"), f"Words {number}") for number in range(3)]
    for reply in replies:
        await ben.reacts(reply, "+1")
    calls = workspace.calls

    async def limited_at_the_third(since: datetime, now: datetime) -> list[str]:
        """Slack answers two calls for reactions, then asks to slow down; the calls of the second try."""
        workspace.faults.slow("reactions.get", 0, times=2)
        workspace.faults.rate_limit("reactions.get")
        with pytest.raises(Unavailable):
            await messenger.page(channel.id, thread, None, now, now)
        before = len(calls)
        page = await messenger.page(channel.id, thread, None, since, now + timedelta(seconds=40))
        assert page
        assert page.fetched_at == max(since, now)
        assert [each.reactions for each in page.messages] == [{}, *[{"+1": (ben.id,)}] * 3]
        return [call.method for call in calls[before:]]

    assert await limited_at_the_third(NOW, NOW) == ["reactions.get"]
    asked = await limited_at_the_third(NOW + timedelta(seconds=40), NOW)
    assert asked == ["conversations.replies", *["reactions.get"] * 3]
    assert messenger._pages._begun == {}


async def test_a_message_is_fetched_by_itself_and_a_neighbour_is_none(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member, ben: Member
) -> None:
    head, alone = [await ada.posts(channel, words) for words in ("Before", "Alone")]
    reply = await ada.replies(head, "Under it")
    await ben.reacts(alone, "+1")

    async def fetched(said: Said) -> Fetched | None:
        return await messenger.message(Place("slack", channel.id, said.thread_ts or said.ts, said.ts))

    found = [await fetched(said) for said in (head, alone, reply)]
    assert [each and each.text for each in found] == ["Before", "Alone", "Under it"]
    assert found[1]
    assert found[1].reactions == {"+1": (ben.id,)}
    await ada.deletes(alone)
    await ada.deletes(head)  # it leaves its place, for the reply's sake
    assert [await fetched(said) for said in (head, alone)] == [None, None]
    await ada.deletes(reply)
    assert await fetched(reply) is None
    workspace.admin.remove_app(channel)
    with pytest.raises(Unavailable):
        await fetched(alone)


# --- a channel --------------------------------------------------------------------------------------------------------


async def test_a_channel_is_described_as_it_is_now(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member
) -> None:
    assert await messenger.describe_channel(channel.id) == ChannelFacts(False, False, (), guests=False)
    workspace.share(channel, "T0TARN", "T0CALDER")
    workspace.admin.make_private(channel)
    workspace.admin.archive(channel)
    workspace.put(workspace.member("Gwen Lowe", single_channel_guest=True), channel)

    assert await messenger.describe_channel(channel.id) == ChannelFacts(True, True, ("T0CALDER", "T0TARN"), guests=True)


async def test_a_guest_elsewhere_is_no_guest_here_and_too_many_people_are_not_asked_for(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.member("Gwen Lowe", guest=True)
    assert (await messenger.describe_channel(channel.id)).guests is False

    monkeypatch.setattr("handlers.slack.messenger._MOST_MEMBERS", 1)
    workspace.member("Ada Firth")
    assert (await messenger.describe_channel(channel.id)).guests is None
    monkeypatch.undo()
    monkeypatch.setattr("handlers.slack.messenger._PAGE", 1)
    monkeypatch.setattr("handlers.slack.messenger._MOST_PAGES", 2)
    assert (await messenger.describe_channel(channel.id)).guests is None


# --- marks and direct messages ----------------------------------------------------------------------------------------


async def test_a_mark_is_put_and_taken_as_often_as_one_likes(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, ada: Member
) -> None:
    said = await ada.posts(channel, "Words")
    for reactions in ([{"name": MARK, "users": [workspace.bot_user_id], "count": 1}], []):
        for _ in range(2):
            await (messenger.mark if reactions else messenger.unmark)(channel.id, said.ts)
        assert workspace.messages(channel)[-1]["reactions"] == reactions


@pytest.mark.parametrize("act", ["mark", "unmark"])
async def test_what_is_gone_cannot_be_marked_and_a_missing_scope_can_be_mended(
    workspace: Workspace, messenger: SlackMessenger, channel: Channel, act: str
) -> None:
    with pytest.raises(Refused, match="message_not_found"):
        await getattr(messenger, act)(channel.id, "1.0")
    workspace.scopes.discard("reactions:write")
    with pytest.raises(Unavailable, match="missing_scope"):
        await getattr(messenger, act)(channel.id, "1.0")


async def test_a_direct_message_reaches_one_person_alone(
    workspace: Workspace, messenger: SlackMessenger, ada: Member, ben: Member
) -> None:
    await messenger.direct(ada.id, {"text": "For Ada"})

    assert [message["text"] for message in workspace.messages(workspace.direct(ada))] == ["For Ada"]
    assert workspace.messages(workspace.direct(ben)) == []
    with pytest.raises(Refused, match="user_not_found"):
        await messenger.direct("U404", {"text": "For nobody"})
