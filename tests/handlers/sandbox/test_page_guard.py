"""Who may ask the sandbox's server for something, and what its answers forbid a browser."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from handlers.sandbox import Channel, Member, Workspace

from .visitor import Visitor


@pytest.fixture
async def visitor(workspace: Workspace) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession() as session:
        yield Visitor(workspace, session)


@pytest.mark.parametrize("path", ["/", "/page/page.js", "/page/files/F1", "/archives/C1/p1", "/api/auth.test"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "sandbox.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
    ids=["another name", "no port", "another port", "another site", "no site"],
)
async def test_a_page_from_elsewhere_is_refused(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    status, said, _ = await visitor.asks(path, **headers)

    assert status == 403
    assert "The sandbox answers only" in said


async def test_both_names_of_this_machine_are_let_in(visitor: Visitor, ada: Member) -> None:
    port = visitor.workspace.page_url.rstrip("/").rpartition(":")[2]

    for name in ("localhost", "127.0.0.1"):
        status, _, _ = await visitor.asks("/", Host=f"{name}:{port}", Origin=f"http://{name}:{port}")
        assert status == 200


async def test_an_action_needs_the_pages_own_token(visitor: Visitor, ada: Member, channel: Channel) -> None:
    url = f"{visitor.workspace.page_url}page/do/say"
    for headers in ({}, {"X-Sandbox-Token": "guessed"}):
        given = {"as": ada.id, "room": channel.id, "words": "not mine"}
        async with visitor.session.post(url, json=given, headers=headers) as answer:
            assert answer.status == 403
            assert "load it anew" in await answer.text()

    assert visitor.workspace.messages(channel) == []


@pytest.mark.parametrize("path", ["/", "/page/page.js", "/archives/C1/p1"])
async def test_a_link_or_frame_on_another_site_does_not_open_the_page(
    workspace: Workspace, visitor: Visitor, ada: Member, path: str
) -> None:
    for site in ("cross-site", "same-site"):
        status, said, _ = await visitor.asks(path, **{"Sec-Fetch-Site": site})

        assert status == 403
        assert "type its address" in said
    assert [room.kind for room in workspace._core.store.rooms.values()] == []


@pytest.mark.parametrize("site", ["none", "same-origin"])
async def test_a_typed_address_and_the_pages_own_links_open_it(visitor: Visitor, ada: Member, site: str) -> None:
    status, _, _ = await visitor.asks("/", **{"Sec-Fetch-Site": site})

    assert status == 200


async def test_on_port_80_its_name_alone_is_its_address(visitor: Visitor, ada: Member) -> None:
    visitor.workspace._core.address, url = "http://127.0.0.1:80", visitor.workspace.page_url
    for host in ("127.0.0.1", "localhost", "127.0.0.1:80"):
        headers = {"Host": host, "Origin": f"http://{host}"}
        async with visitor.session.get(url, headers=headers) as answer:
            assert answer.status == 200


async def test_a_token_of_any_bytes_is_refused_and_no_failure(visitor: Visitor, ada: Member) -> None:
    address = visitor.workspace.page_url.removeprefix("http://").rstrip("/")
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /page/do/say HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n"
    writer.write(head.encode() + b"X-Sandbox-Token: \xff\r\n\r\n")

    answer = await reader.read()
    writer.close()
    await writer.wait_closed()

    assert answer.startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/page/page.css", 200), ("/page/none", 404), ("/page/files/F1", 404), ("/archives/C1/p1", 302)],
)
async def test_no_answer_of_the_page_can_be_framed_read_or_led_elsewhere(
    visitor: Visitor, ada: Member, path: str, status: int
) -> None:
    answered, _, headers = await visitor.asks(path)

    assert answered == status
    assert headers["Content-Security-Policy"].split("; ") == [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


async def test_a_refusal_carries_the_same_headers(visitor: Visitor) -> None:
    _, _, headers = await visitor.asks("/", Host="sandbox.example")

    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
