"""Of an activity only what dpbot uses, in the shapes that the SDK knows: it refuses whole what has one odd field.

Pure. What is left out is read by nobody; what a needed part lacks, the SDK's models then say.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from handlers.teams import html

Json = dict[str, Any]

_ID = re.compile(r"[\w:@.\-+=;/|]{1,400}", re.ASCII)  # ids go into addresses and keys
_WORD = re.compile(r"[\w./:\-]{1,80}", re.ASCII)
# Bot Framework says these as well; the SDK knows only the others (Microsoft: conversation events).
_INSTALLED = {"add-upgrade": "upgrade", "remove-upgrade": "remove"}
_SAID = {"message", "messageUpdate", "messageDelete"}
_DATED = {"messageUpdate", "messageDelete", "messageReaction"}


def projected(told: Json) -> Json:
    """The activity as its handlers and the SDK are to see it."""
    made = _texts(told, "type", "serviceUrl", "channelId", "text", "name", "action") | _ids(told, "id", "replyToId")
    if (at := _moment(told.get("timestamp"))) is not None:
        made["timestamp"] = at
    for who in ("from", "recipient"):
        if person := _person(told.get(who)):
            made[who] = person
    if made.get("type") in _SAID:  # for whom it was brought is known; a person's words are not lost for want of it
        made.setdefault("recipient", {"id": "?"})
    if conversation := _ids(told.get("conversation"), "id"):
        known = _texts(told["conversation"], "conversationType", "tenantId")
        made["conversation"] = conversation | known
    made["channelData"] = _channel_data(told.get("channelData"))
    made["entities"] = list(_each(told.get("entities"), _mention))
    made["attachments"] = list(_each(told.get("attachments"), _attachment))
    for key in ("reactionsAdded", "reactionsRemoved"):
        made |= {key: list(_each(told[key], lambda each: _texts(each, "type")))} if key in told else {}
    for key in ("membersAdded", "membersRemoved"):
        made |= {key: list(_each(told[key], _person))} if key in told else {}
    return made | _of_type(made, told.get("value"))


def lacking(activity: Json) -> str | None:
    """What a projected activity needs that the SDK does not ask for: without a time, a repeat would be another one."""
    return "timestamp: missing" if activity.get("type") in _DATED and "timestamp" not in activity else None


def described(told: Json) -> Json:
    """What may be kept of an activity that is not understood: its kind, its ids, its time; not a word of it."""
    data = told.get("channelData")
    conversation = _ids(told.get("conversation"), "id").get("id")
    return {
        "type": _word(told.get("type")) or "?",
        "name": _word(told.get("name")),
        "event": _word(data.get("eventType")) if isinstance(data, dict) else None,
        "activity": _ids(told, "id").get("id"),
        "channel": conversation,
        "said_at": _moment(told.get("timestamp")),
    }


def _of_type(made: Json, value: object) -> Json:
    """What the SDK insists on of some types, where Teams leaves it out or says otherwise."""
    match made.get("type"):
        case "installationUpdate":
            return {"action": _INSTALLED.get(made.get("action", ""), made.get("action", ""))}
        case "messageDelete":
            return {"channelData": {**made["channelData"], "eventType": "softDeleteMessage"}}
        case "invoke" if isinstance(value, dict):
            return {"value": _invoked(made.get("name"), value)}
    return {}


def _invoked(name: object, value: Json) -> Json:
    if name == "adaptiveCard/action":
        action = value.get("action")
        if not isinstance(action, dict):
            return {}
        known = {"type": "Action.Execute"} | _texts(action, "type", "verb", "id")
        return {"action": known | {"data": _flat(action.get("data"))}}
    made: Json = {"data": _flat(value.get("data"))}
    if str(name).startswith("composeExtension/"):  # of a message's menu
        made |= _ids(value, "commandId") | _texts(value, "commandContext")
        made |= {"messagePayload": _ids(value.get("messagePayload"), "id", "replyToId")}
    return made


def _flat(data: object) -> Json:
    """A form's fields: text by name. What Teams itself puts there (`msteams`) and anything nested is left out."""
    if not isinstance(data, dict):
        return {}
    plain = {key: value for key, value in data.items() if isinstance(value, str | bool | int | float)}
    told = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in plain.items()}
    return {html.joined(key): html.joined(value) for key, value in told.items()}


def _channel_data(data: object) -> Json:
    if not isinstance(data, dict):
        return {}
    parts = {key: _ids(data.get(key), "id", "aadGroupId") for key in ("team", "channel", "tenant")}
    event = {"eventType": data["eventType"]} if isinstance(data.get("eventType"), str) else {}
    return {key: part for key, part in parts.items() if "id" in part} | event


def _mention(entity: Json) -> Json:
    mentioned = _person(entity.get("mentioned"))
    if entity.get("type") != "mention" or not mentioned:
        return {}
    return {"type": "mention", "mentioned": mentioned} | _texts(entity, "text")


def _attachment(told: Json) -> Json:
    """The words as HTML alone: cards and files that a message carries are not read."""
    if told.get("contentType") != "text/html" or not isinstance(told.get("content"), str):
        return {}
    return _texts(told, "contentType", "content")


def _person(told: object) -> Json:
    person = _ids(told, "id", "aadObjectId")
    if "aadObjectId" in person:
        person.setdefault("id", person["aadObjectId"])
    return person | _texts(told, "name") if "id" in person else {}


def _each(told: object, read: Callable[[Json], Json]) -> Iterator[Json]:
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict) and (made := read(each)):
            yield made


def _texts(told: object, *names: str) -> Json:
    known = told if isinstance(told, dict) else {}
    return {name: html.joined(known[name]) for name in names if isinstance(known.get(name), str)}


def _ids(told: object, *names: str) -> Json:
    return {n: value for n, value in _texts(told, *names).items() if _ID.fullmatch(value)}


def _word(told: object) -> str | None:
    return told if isinstance(told, str) and _WORD.fullmatch(told) else None


def _moment(told: object) -> str | None:
    """A time with its zone, written as one way (RFC 3339); None where it is none."""
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else moment.isoformat() + "+00:00"
