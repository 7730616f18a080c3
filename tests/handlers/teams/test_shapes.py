"""What Teams, or somebody in its name, may send: what is not understood is noted once, without a word, and taken."""

import logging
from typing import Any

import pytest

from handlers.teams import shapes
from tests.sides.teams_house import TeamsHouse

Json = dict[str, Any]
SECRET = "Meter 4711 fails at night"

UNDERSTOOD: dict[str, Json] = {
    "a message": {},
    "of a new kind of conversation": {"conversation": {"id": "19:x@thread.tacv2", "conversationType": "community"}},
    "without text": {"text": None},
    "whose channel's data is text": {"channelData": "x"},
    "without channel data": {"channelData": None},
    "of a team of an unknown type": {"channelData": {"team": {"id": "19:t@thread.tacv2", "teamType": "community"}}},
    "in a channel of an unknown type": {"channelData": {"channel": {"id": "19:x@thread.tacv2", "type": "forum"}}},
    "with entities nobody knows": {"entities": [{"type": "ProductInfo"}, "x", None, {"type": "mention"}]},
    "that mentions a tag": {"entities": [{"type": "mention", "mentioned": {"id": "t", "type": "tag"}, "text": "x"}]},
    "in an unknown format": {"textFormat": "html5"},
    "with an unknown delivery": {"deliveryMode": "zzz", "importance": "vital", "extra": {"a": 1}},
    "with odd suggestions": {"suggestedActions": {"x": 1}},
    "with a card, a file and HTML that is none": {"attachments": [{"contentType": "text/html", "content": 5}, 7]},
    "without a time": {"timestamp": None},
    "an added app, as Bot Framework says it": {"type": "installationUpdate", "action": "add-upgrade"},
    "a removal without its kind": {"type": "messageDelete"},
    "a reaction of a new kind": {"type": "messageReaction", "reactionsAdded": [{"type": "1f680_rocket"}]},
    "somebody typing": {"type": "typing"},
    "a conversation's event of a new kind": {"type": "conversationUpdate", "channelData": {"eventType": "zzz"}},
    "a button without data": {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"verb": "x"}}},
    "a card that refreshes itself": {
        "type": "invoke",
        "name": "adaptiveCard/action",
        "value": {"action": {"type": "Action.Execute", "verb": "x", "data": {}}, "trigger": "automatic"},
    },
}

NOT_UNDERSTOOD: dict[str, Json] = {
    "of an unknown type": {"type": "somethingNew"},
    "without a type": {"type": None},
    "whose type is a number": {"type": 5},
    "whose type is somebody's words": {"type": SECRET},
    "a trace": {"type": "trace"},
    "from nobody": {"from": None},
    "without an id": {"id": None},
    "whose id leads elsewhere": {"id": "../../x?y", "timestamp": "2019-10-30T11:00:00Z"},
    "in no conversation": {"conversation": None},
    "an edit without its kind": {"type": "messageUpdate"},
    "an edit of a new kind": {"type": "messageUpdate", "channelData": {"eventType": "pinMessage"}},
    "an edit at no time": {"type": "messageUpdate", "timestamp": "x", "channelData": {"eventType": "editMessage"}},
    "a new way of asking": {"type": "invoke", "name": "future/thing", "value": {"text": SECRET}},
    "a question without a name": {"type": "invoke", "value": {}},
    "a form without anything": {"type": "invoke", "name": "task/fetch"},
    "an unknown event": {"type": "event", "name": "zzz", "value": {"text": SECRET}},
    "an installation without its kind": {"type": "installationUpdate"},
}


def odd(teams: TeamsHouse, change: Json) -> Json:
    body = teams.workspace.activity("message", teams.channel, teams.ada) | {"text": SECRET, **change}
    return {name: value for name, value in body.items() if value is not None}


async def test_odd_activities_are_taken_and_what_is_not_understood_is_noted_once_without_a_word(
    teams: TeamsHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for name, change in UNDERSTOOD.items():
        assert (await teams.workspace.sends(odd(teams, change))).acknowledged, name
        assert teams.rows("SELECT reason FROM dead_letters") == [], name

    for name, change in NOT_UNDERSTOOD.items():
        before, body = len(teams.rows("SELECT id FROM dead_letters")), odd(teams, change)
        for _ in range(2):
            assert (await teams.workspace.sends(body)).acknowledged, name
        assert len(teams.rows("SELECT id FROM dead_letters")) == before + 1, name
    assert teams.words() == []
    assert teams.traces(SECRET) == []
    assert SECRET not in caplog.text


async def test_a_dead_letter_says_what_kind_it_was_where_and_when(teams: TeamsHouse) -> None:
    body = odd(teams, {"type": "messageUpdate", "channelData": {"eventType": "pinMessage"}, "id": "1572436800000"})
    await teams.workspace.sends(body)

    kept = teams.rows("SELECT platform, type, name, event, activity, channel, said_at, reason FROM dead_letters")
    where = teams.channel.id
    at = "2019-10-30T10:00:00+00:00"
    reason = "messageUpdate.channelData.eventType: literal_error"
    assert kept == [("teams", "messageUpdate", None, "pinMessage", "1572436800000", where, at, reason)]


def test_nothing_of_a_form_but_its_plain_fields_is_read() -> None:
    data = {"msteams": {"type": "task/fetch"}, "action": "my_comment", "value": 5, "on": True, "list": ["x"]}
    told = shapes.projected({"type": "invoke", "name": "task/fetch", "value": {"data": data, "context": {"x": 1}}})
    assert told["value"] == {"data": {"action": "my_comment", "value": "5", "on": "true"}}
