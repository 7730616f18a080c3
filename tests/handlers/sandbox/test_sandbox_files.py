"""Files that the app uploads: an address nobody can guess, for as many bytes as were announced, completed once."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .test_sandbox_api import refusal


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def upload(client: AsyncWebClient, session: aiohttp.ClientSession) -> tuple[str, str]:
    """The address and the id of five bytes."""
    step = await client.files_getUploadURLExternal(filename="notes.txt", length=5)
    async with session.post(step["upload_url"], data=b"bytes") as response:
        assert response.status == 200
    return step["upload_url"], step["file_id"]


async def test_the_bytes_of_a_completed_file_cannot_be_replaced(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    url, file = await upload(client, session)
    await client.files_completeUploadExternal(files=[{"id": file, "title": "Notes"}], channel_id=channel.id)

    async with session.post(url, data=b"other") as response:
        assert response.status == 404
    assert workspace.files(channel)[0].content == b"bytes"


async def test_the_address_of_an_upload_cannot_be_guessed_from_a_files_id(
    *, workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    await ada.uploads(channel, "notes.txt", b"bytes")
    url, file = await upload(client, session)

    ids = [each["id"] for message in workspace.messages(channel) for each in message["files"]]
    for guess in (file, *ids):
        async with session.post(f"{url.rpartition('/')[0]}/{guess}", data=b"other") as response:
            assert response.status == 404
    assert workspace.files(channel)[0].content == b"bytes"


@pytest.mark.parametrize("content", [b"", b"byte", b"bytes and more"])
async def test_other_bytes_than_were_announced_are_refused(
    client: AsyncWebClient, session: aiohttp.ClientSession, content: bytes
) -> None:
    step = await client.files_getUploadURLExternal(filename="notes.txt", length=5)
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("file", content, filename="notes.txt")
    for data in (content, form):
        async with session.post(step["upload_url"], data=data) as response:
            assert response.status == 400
    files = [{"id": step["file_id"], "title": "Notes"}]
    assert await refusal(client, "files.completeUploadExternal", files=files) == "file_not_found"


async def test_a_completion_that_was_refused_can_be_tried_again(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    _, file = await upload(client, session)
    given = {"files": [{"id": file, "title": "Notes"}], "channel_id": channel.id}

    assert await refusal(client, "files.completeUploadExternal", **given, thread_ts="1.0") == "thread_not_found"
    assert (await client.api_call("files.completeUploadExternal", json=given))["ok"]
    assert [each.title for each in workspace.files(channel)] == ["Notes"]


async def test_a_long_comment_to_a_file_is_cut(
    workspace: Workspace, channel: Channel, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    _, file = await upload(client, session)
    given = {"files": [{"id": file, "title": "Notes"}], "channel_id": channel.id, "initial_comment": "x" * 40_001}

    assert (await client.api_call("files.completeUploadExternal", json=given))["warning"] == "message_truncated"
    assert len(workspace.messages(channel)[0]["text"]) == 40_000


async def test_a_file_goes_in_three_steps(
    workspace: Workspace, channel: Channel, ada: Member, client: AsyncWebClient
) -> None:
    parent = await ada.posts(channel, "parent")
    await client.files_upload_v2(
        channel=channel.id, content="a,b", filename="c.csv", title="C", initial_comment="Here", thread_ts=parent.ts
    )

    (file,) = workspace.files(channel)
    assert (file.name, file.title, file.content) == ("c.csv", "C", b"a,b")
    reply = workspace.thread(channel, parent.ts)[1]
    assert (reply["ts"], reply["text"], reply["subtype"]) == (file.ts, "Here", "file_share")
    assert reply["files"][0]["mimetype"] == "text/csv"


async def test_a_file_may_come_as_a_form_and_stay_private(workspace: Workspace, client: AsyncWebClient) -> None:
    step = await client.files_getUploadURLExternal(filename="notes.bin", length=5)
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData()
        form.add_field("filename", b"bytes", filename="notes.bin")
        async with session.post(step["upload_url"], data=form) as response:
            assert await response.text() == "OK - 5"
        async with session.post(step["upload_url"] + "0", data=b"bytes") as response:
            assert response.status == 404

    done = await client.files_completeUploadExternal(files=[{"id": step["file_id"], "title": ""}])
    assert done["files"][0]["title"] == "notes.bin"


async def test_an_upload_is_completed_once(
    channel: Channel, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    _, file = await upload(client, session)
    given = {"files": [{"id": file, "title": "Notes"}], "channel_id": channel.id}

    assert (await client.api_call("files.completeUploadExternal", json=given))["ok"]
    assert await refusal(client, "files.completeUploadExternal", **given) == "file_not_found"
