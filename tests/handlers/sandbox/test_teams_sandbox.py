"""The local Teams: what it tells an app, what it takes from one, and what it refuses as Teams would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web

from handlers.sandbox import Said
from handlers.sandbox.interactions import Unfilled
from handlers.sandbox.teams import Member, TeamsWorkspace, cards
from handlers.sandbox.teams.store import TeamsError

Json = dict[str, Any]
RUN = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "DP092 hello"}]}
ACT = {"type": "Action.Execute", "verb": "no_comment", "title": "No comment", "data": {"value": "5"}}
OPEN = {
    "type": "Action.Submit",
    "title": "Read",
    "data": {"msteams": {"type": "task/fetch"}, "action": "read", "value": "1"},
}
WORDS = {"type": "Input.Text", "id": "words", "label": "Words", "isRequired": True, "errorMessage": "Say something."}
SEND = {"type": "Action.Submit", "title": "Send", "data": {"form": "take", "about": "7", "key": "k"}}


def card(*body: Json, actions: tuple[Json, ...] = (), **more: object) -> Json:
    full = {"type": "AdaptiveCard", "version": "1.5", "msteams": {"width": "Full"}, "body": [*body]}
    return full | ({"actions": [*actions]} if actions else {}) | more


def message(content: Json, **more: object) -> Json:
    return {
        "type": "message",
        "summary": "DP092",
        "attachments": [{"contentType": cards.CARD, "content": content}],
    } | more


class App:
    """An app that writes down what it is told, and answers invokes as it is bid."""

    def __init__(self) -> None:
        self.told: list[Json] = []
        self.answers: list[Json] = []
        self.status = 200
        self.claims: Json = {}

    async def hear(self, request: web.Request) -> web.Response:
        self.told.append(await request.json())
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.claims = jwt.decode(token, options={"verify_signature": False})
        if self.told[-1]["type"] == "invoke" and self.answers:
            return web.json_response(self.answers.pop(0))
        return web.Response(status=self.status)


@asynccontextmanager
async def connected(*, consent: bool = True) -> AsyncIterator[tuple[TeamsWorkspace, App]]:
    app, site = App(), web.Application()
    site.router.add_post("/api/messages", app.hear)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with TeamsWorkspace(consent=consent) as teams:
            teams.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
            yield teams, app
    finally:
        await runner.cleanup()


async def calls(
    teams: TeamsWorkspace, method: str, path: str, resource: str, body: Json | None = None
) -> tuple[int, Json]:
    """With a token of the login's for this resource."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": teams.identity.app_id,
        "client_secret": teams.identity.secret,
        "scope": f"{resource}/.default",
    }
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{teams.url}/login/{teams.tenant}/oauth2/v2.0/token", data=asked) as answer:
            token = (await answer.json())["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        async with session.request(method, teams.url + path, json=body, headers=headers) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else {}


async def posts(teams: TeamsWorkspace, to: str, content: Json) -> tuple[int, Json]:
    path = f"/connector/v3/conversations/{to}/activities"
    return await calls(teams, "POST", path, "https://api.botframework.com", message(content))


async def started(teams: TeamsWorkspace) -> tuple[Member, Member, Said]:
    channel = teams.channel("operations-group")
    ada, ben = teams.member("Ada Firth", "ada@northshire.example"), teams.member("Ben Holm", guest=True, team="other")
    teams.put(ben, channel)
    status, _ = await posts(teams, channel.id, card(RUN, actions=(ACT, OPEN)))
    assert status == 201
    return ada, ben, teams.find(channel, "DP092")


async def test_replies_edits_and_removals_are_told_in_published_shapes_and_read_again_by_graph() -> None:
    async with connected() as (teams, app):
        ada, ben, post = await started(teams)
        said = await ada.replies(post, "@dpbot look & see\n\nhttps://a.example.")
        told = app.told[-1]
        assert app.claims["aud"] == teams.identity.app_id
        assert app.claims["serviceurl"] == told["serviceUrl"] == teams.service_url
        assert told["conversation"]["id"] == f"{post.channel.id};messageid={post.ts}"
        assert told["text"] == "<at>dpbot</at> look & see\n\nhttps://a.example."
        assert told["entities"][0]["mentioned"]["id"] == told["recipient"]["id"] == teams.identity.bot_id
        html = told["attachments"][-1]["content"]
        assert 'itemid="0">dpbot</span>&nbsp;look &amp; see</p><p>&nbsp;</p><p><a href="https://a.example"' in html
        await ada.edits(said, "Better.")
        await ben.reacts(said, "heart")
        await ben.reacts(post, "+1")
        kinds = [(each["type"], each["channelData"].get("eventType")) for each in app.told[-2:]]
        assert kinds == [("messageUpdate", "editMessage"), ("messageReaction", None)], "of a reply none is told"
        with teams.away():
            await ben.replies(post, "Missed.")
        count = len(app.told)
        teams.graph.page = 1
        base = f"/graph/v1.0/teams/{teams.team.group}/channels/{post.channel.id}/messages/{post.ts}/replies?$top=50"
        _, page = await calls(teams, "GET", base, "https://graph.microsoft.com")
        onward = page["@odata.nextLink"].removeprefix(teams.url)
        _, last = await calls(teams, "GET", onward, "https://graph.microsoft.com")
        await ada.deletes(said)

        assert page["value"][0]["body"]["content"] == "<p>Missed.</p>"
        assert last["value"][0]["lastEditedDateTime"] > last["value"][0]["createdDateTime"]
        assert last["value"][0]["reactions"][0]["reactionType"] == "heart"
        assert "@odata.nextLink" not in last
        assert [each["channelData"]["eventType"] for each in app.told[count:]] == ["softDeleteMessage"]


async def test_without_consent_only_mentions_are_told_and_graph_refuses() -> None:
    async with connected(consent=False) as (teams, app):
        ada, _, post = await started(teams)
        await ada.replies(post, "Not for you.")
        assert app.told == []
        await ada.replies(post, "@dpbot list")
        assert len(app.told) == 1
        path = f"/graph/v1.0/teams/{teams.team.group}/channels/{post.channel.id}/messages"
        status, body = await calls(teams, "GET", path, "https://graph.microsoft.com")
        assert (status, body["error"]["code"]) == (403, "Forbidden")
        assert (await calls(teams, "GET", path, "https://api.botframework.com"))[0] == 401


async def test_buttons_forms_and_a_messages_menu_ask_the_app_and_show_its_answer() -> None:
    form: Json = {"title": "Yours", "height": 400, "width": "medium"}
    form |= {"card": {"contentType": cards.CARD, "content": card(WORDS, actions=(SEND,))}}
    opened = {"task": {"type": "continue", "value": form}}
    async with connected() as (teams, app):
        ada, _, post = await started(teams)
        app.answers = [
            {"statusCode": 200, "type": cards.CARD, "value": card(RUN)},
            opened,
            {"task": {"type": "message", "value": "Saved"}},
            opened,
        ]
        await ada.clicks(post, "no_comment")
        assert app.told[-1]["value"]["action"]["data"] == {"value": "5"}
        assert "actions" not in ada.card(post), "it is shown to who pressed, until the app updates the message"
        teams._store.shown.clear()
        await ada.clicks(post, "read")
        with pytest.raises(Unfilled):
            await ada.submits(ada.modals[-1], {})
        assert (await ada.submits(ada.modals[-1], {"words": "Mine."})).text == "Saved"
        assert app.told[-1]["value"]["data"] == {"words": "Mine.", "form": "take", "about": "7", "key": "k"}
        assert not ada.modals
        said = await ada.replies(post, "Issue: mine.")
        await ada.shortcut(said, "my_comment")
        assert app.told[-1]["name"] == "composeExtension/fetchTask"
        assert app.told[-1]["value"]["messagePayload"]["id"] == said.ts
        await ada.submits(ada.modals[-1], {"words": "Again."})
        assert app.told[-1]["name"] == "composeExtension/submitAction"


async def test_what_is_not_acknowledged_can_be_sent_again_and_answers_can_be_lost() -> None:
    async with connected() as (teams, app):
        ada, _, post = await started(teams)
        app.status = 500
        await ada.replies(post, "Issue: once more.")
        assert teams.deliveries[-1].failure == "http 500"
        app.status = 200
        assert await teams.redeliver() == 1
        assert app.told[-1] == app.told[-2]
        teams.faults.lose_answer("send")
        with pytest.raises(aiohttp.ClientError):
            await posts(teams, post.channel.id, card(RUN))
        assert len(teams.messages(post.channel)) == 2, "it was posted nevertheless"
        body = {"members": [{"id": ada.id.split(":")[1]}], "tenantId": teams.tenant}
        create = "/connector/v3/conversations", "https://api.botframework.com", body
        status, begun = await calls(teams, "POST", *create)
        assert (status, begun["id"]) == (201, teams.direct(ada).id)
        teams.person(ada).blocks_bot = True
        assert (await calls(teams, "POST", *create))[0] == 403


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (card({"type": "TextBlock", "text": "*x*"}), "no element is called TextBlock"),
        (card(RUN, version="1.6"), "1.5 is wanted"),
        (card(RUN | {"texts": "x"}), "knows no texts"),
        (card({"type": "RichTextBlock", "inlines": ["x"]}), "a TextRun is wanted"),
        (card(RUN, actions=({"type": "Action.Execute", "title": "x", "data": {}},)), "has no verb"),
        (card(RUN, actions=(ACT | {"data": None},)), "data is an object"),
        (card(RUN, actions=({"type": "Action.Submit", "title": "x", "data": {}},)), "opens a form or sends one"),
        (card(RUN, actions=({"type": "Action.OpenUrl", "title": "x", "url": "javascript:1"},)), "begins with https"),
        (card(WORDS), "inputs stand in forms only"),
        (card({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "x" * 26_000}]}), "are allowed"),
    ],
)
def test_a_card_that_teams_would_refuse_or_misread_is_refused(wrong: Json, fault: str) -> None:
    with pytest.raises(TeamsError, match=fault):
        cards.check_message(message(wrong))


def test_a_message_has_one_card_a_summary_and_no_text() -> None:
    wrongs: list[Json] = [{"text": "x"}, {"summary": ""}, {"attachments": []}]
    for wrong in wrongs:
        with pytest.raises(TeamsError):
            cards.check_message(message(card(RUN)) | wrong)
