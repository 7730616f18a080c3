"""A sandbox workspace with one channel and two people, and a real slack-bolt app to talk to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace, interactions
from handlers.sandbox.basics import Json
from handlers.sandbox.store import Post

# Beside what the manifest asks for: the sandbox has methods that dpbot does not call yet.
MORE_SCOPES = {"im:history", "im:read", "im:write", "pins:read", "reactions:write"}


@dataclass
class Bot:
    """A Bolt app that writes down what it hears. `deaf`: it fails on every event."""

    workspace: Workspace
    app: AsyncApp
    deaf: bool = False
    heard: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    handler: AsyncSocketModeHandler | None = None

    async def connect(self) -> None:
        web_client = AsyncWebClient(self.workspace.app_token, base_url=self.workspace.api_url)
        self.handler = AsyncSocketModeHandler(self.app, self.workspace.app_token, web_client=web_client)
        await self.handler.connect_async()
        await self.workspace.connected()

    async def close(self) -> None:
        if self.handler:
            await self.handler.close_async()
            self.handler = None


@dataclass
class Listener:
    """An HTTP address that keeps what was pushed to it, signatures verified, and answers as told."""

    verifier: SignatureVerifier
    status: int = 200
    answer: web.Response | None = None
    silent: asyncio.Event | None = None  # no answer until it is set
    requests: list[tuple[dict[str, str], str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        assert self.verifier.is_valid_request(body, dict(request.headers))
        self.requests.append((dict(request.headers), body))
        if self.silent:
            await self.silent.wait()
        answer, self.answer = self.answer, None
        return answer or web.Response(status=self.status)


async def presses(workspace: Workspace, member: Member, channel: Channel, blocks: list[Json], ts: str = "") -> None:
    """A click on "read" in these blocks, which stand in no message of a channel: in a private answer, in a modal."""
    core = workspace._core
    person, room = core.store.people[member.id], core.store.room(channel.id)
    shown = Post(ts, workspace.bot_user_id, "", blocks=blocks)
    await core.deliveries.begin(interactions.click(core, person, room, shown, "read"))


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace() as workspace:
        workspace.scopes.update(MORE_SCOPES)
        yield workspace


@pytest.fixture
def channel(workspace: Workspace) -> Channel:
    return workspace.channel("operations-group")


@pytest.fixture
def ada(workspace: Workspace) -> Member:
    return workspace.member("Ada Firth", email="ada@northshire.example")


@pytest.fixture
def ben(workspace: Workspace) -> Member:
    return workspace.member("Ben Okoye")


@pytest.fixture
def client(workspace: Workspace) -> AsyncWebClient:
    return AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])


@pytest.fixture
async def bot(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[Bot]:
    app = AsyncApp(client=client, process_before_response=True, ignoring_self_events_enabled=False)
    bot = Bot(workspace, app)

    async def hear(event: dict[str, Any], body: dict[str, Any]) -> None:
        if bot.deaf:
            raise RuntimeError("deaf")
        bot.heard.append(event)
        bot.bodies.append(body)

    async def show(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack(text=f"You asked for {command['text']}")

    for event in ("message", "reaction_added", "reaction_removed"):
        app.event(event)(hear)
    app.command("/dp")(show)
    await bot.connect()
    yield bot
    await bot.close()


@asynccontextmanager
async def listening(workspace: Workspace) -> AsyncIterator[Listener]:
    """Events go over HTTP from now on."""
    listener = Listener(SignatureVerifier(workspace.signing_secret))
    application = web.Application()
    application.router.add_post("/slack/events", listener.take)
    async with TestServer(application) as server:
        workspace.events_url = str(server.make_url("/slack/events"))
        yield listener


@pytest.fixture
async def listener(workspace: Workspace) -> AsyncIterator[Listener]:
    async with listening(workspace) as listener:
        yield listener
