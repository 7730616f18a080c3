"""One of everything the sandbox answers or tells, by the name it has in published/*.json."""

import asyncio
import json
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace

from .test_sandbox_blocks import actions, asking, button, modal, plain, section
from .test_sandbox_delivery import open_socket

Json = dict[str, Any]
EVENTS = ("message.channels", "reaction_added", "reaction_removed", "app_mention", "app_home_opened")
SCOPES = {"im:read", "im:write", "pins:read", "reactions:write"}
HOME = {"type": "home", "callback_id": "home", "blocks": [section()]}
FORM = modal(
    callback_id="form",
    submit=plain("Save"),
    close=plain("Close"),
    clear_on_close=True,
    blocks=[asking(block_id="b", element={"type": "plain_text_input", "action_id": "a"})],
)


async def everything() -> dict[str, Json]:
    async with Workspace(events=EVENTS) as workspace, aiohttp.ClientSession() as session:
        workspace.scopes.update(SCOPES)
        scene = Scene(workspace)
        socket = await open_socket(workspace, session)
        acknowledging = asyncio.create_task(scene.acknowledges(socket))
        await scene.plays()
        await workspace.admin.refresh_sockets("warning")
        await acknowledging
        await socket.close()
        async with session.post(f"{workspace.api_url}apps.connections.open", headers=scene.app) as response:
            scene.seen["apps.connections.open"] = await response.json()
        async with session.ws_connect(scene.seen["apps.connections.open"]["url"]) as again:
            scene.seen["socket hello"] = await again.receive_json()
    return scene.seen


class Scene:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        self.app = {"Authorization": f"Bearer {workspace.app_token}"}
        self.channel: Channel = workspace.channel("operations-group")
        self.ada: Member = workspace.member("Ada Firth", "ada@northshire.example")
        self.ben: Member = workspace.member("Ben Okoye")
        self.seen: dict[str, Json] = {}

    async def acknowledges(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        while (frame := await socket.receive_json())["type"] != "disconnect":
            if frame["type"] == "events_api":
                self.seen["socket envelope"] = frame
            await socket.send_json({"envelope_id": frame["envelope_id"]})
        self.seen["socket disconnect"] = frame

    async def plays(self) -> None:
        await self._people()
        await self._talk()
        await self._messages()
        await self._files()
        await self._modals()
        await self._errors()

    async def _call(self, name: str, /, **arguments: object) -> Json:
        response = await self.client.api_call(name.partition(",")[0], json=arguments)
        data = response.data
        assert isinstance(data, dict)
        self.seen[name] = data
        return data

    def _told(self, name: str) -> Json:
        """The last thing the app was told, under this name."""
        payload = self.workspace.deliveries[-1].payload
        self.seen[name] = payload["event"] if name.startswith("event ") else payload
        return payload

    async def _people(self) -> None:
        await self._call("auth.test")
        await self._call("users.info", user=self.ada.id)
        await self._call("users.list")
        await self._call("users.lookupByEmail", email=self.ada.email)
        await self._call("conversations.open", users=self.ada.id)
        await self._call("conversations.open, again", users=self.ada.id, return_im=True)
        await self._call("conversations.list, direct messages", types="im")
        await self._call("conversations.list")
        await self._call("conversations.info", channel=self.channel.id)
        await self._call("conversations.members", channel=self.channel.id)

    async def _talk(self) -> None:
        parent = await self.ada.posts(self.channel, "Words")
        self._told("event message")
        self.seen["event callback"] = self.workspace.deliveries[-1].payload
        reply = await self.ben.replies(parent, "A reply")
        self._told("event reply")
        await self.ben.replies(parent, "For all", broadcast=True)
        self._told("event thread_broadcast")
        await self._call("conversations.replies", channel=self.channel.id, ts=parent.ts, limit=2)
        await self.ben.edits(reply, "Other words")
        self._told("event message_changed")
        await self.ada.reacts(reply, "+1")
        self._told("event reaction_added")
        await self._call("reactions.get", channel=self.channel.id, timestamp=reply.ts, full=True)
        await self.ada.unreacts(reply, "+1")
        self._told("event reaction_removed")
        await self.ben.deletes(reply)
        self._told("event message_deleted")
        await self.ada.deletes(parent)
        self._told("event tombstone")
        await self.ada.posts(self.channel, f"<@{self.workspace.bot_user_id}> help")
        await self.workspace.settled()
        told = [each.payload["event"] for each in self.workspace.deliveries[-2:]]
        self.seen["event app_mention"] = next(event for event in told if event["type"] == "app_mention")

    async def _messages(self) -> None:
        place = {"channel": self.channel.id, "text": "Words"}
        ts = (await self._call("chat.postMessage", **place, blocks=[section()]))["ts"]
        await self._call("chat.postMessage, text cut", channel=self.channel.id, text="x" * 40_001)
        await self._call("chat.update", **place, ts=ts)
        await self._call("chat.postEphemeral", **place, user=self.ada.id)
        await self._call("chat.getPermalink", channel=self.channel.id, message_ts=ts)
        await self._call("pins.add", channel=self.channel.id, timestamp=ts)
        await self._call("pins.list", channel=self.channel.id)
        await self._call("reactions.add", channel=self.channel.id, timestamp=ts, name="eyes")
        await self._call("conversations.history", channel=self.channel.id, limit=2)
        await self._call("reactions.remove", channel=self.channel.id, timestamp=ts, name="eyes")
        await self._call("pins.remove", channel=self.channel.id, timestamp=ts)
        await self._call("chat.delete", channel=self.channel.id, ts=ts)

    async def _files(self) -> None:
        step = await self._call("files.getUploadURLExternal", filename="notes.txt", length=5)
        async with aiohttp.ClientSession() as session, session.post(step["upload_url"], data=b"bytes"):
            await self._call("files.completeUploadExternal", files=[{"id": step["file_id"], "title": "Notes"}])
        await self.ada.uploads(self.channel, "notes.txt", b"bytes", "Words")
        self._told("event file_share")

    async def _modals(self) -> None:
        await self.ada.shortcut(await self.ada.posts(self.channel, "Words"), "my_comment")
        self._told("message_action")
        await self.client.chat_postMessage(
            channel=self.channel.id,
            text="post",
            blocks=[actions(button("Read in full", action_id="read", value="17"), block_id="b")],
        )
        await self.ada.types(self.channel, "/dp help")
        self._told("command")
        for _ in range(2):
            await self.ada.clicks(self.workspace.find(self.channel, "post"), "read")
            trigger = self._told("block_actions")["trigger_id"]
            opened = (await self._call("views.open", trigger_id=trigger, view=FORM))["view"]
        await self._call("views.update", view_id=opened["id"], view=FORM)
        await self.ada.submits(self.ada.modals[-1], {"b": {"a": "Words"}})
        trigger = self._told("view_submission")["trigger_id"]
        await self._call("views.push", trigger_id=trigger, view=FORM)
        await self._call("views.publish", user_id=self.ada.id, view=HOME)
        await self.ada.opens_home()
        self._told("event app_home_opened")

    async def _errors(self) -> None:
        await self._refused("error invalid_blocks", blocks=[section("x" * 3001)])
        self.workspace.faults.rate_limit("chat.postMessage")
        await self._refused("error ratelimited")
        self.workspace.scopes.discard("chat:write")
        await self._refused("error missing_scope")

    async def _refused(self, name: str, **arguments: object) -> None:
        given = {"channel": self.channel.id, "text": "Words"} | arguments
        try:
            await self.client.api_call("chat.postMessage", json=given)
        except SlackApiError as refusal:
            self.seen[name] = json.loads(json.dumps(refusal.response.data))
