"""files.*: a file in three steps: an address, the bytes, the message that shares it."""

import secrets

from handlers.sandbox import shapes, talk
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.store import File


def upload_url(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/files.getUploadURLExternal. Both filename and length are needed."""
    name, length = arguments.text("filename"), arguments.number("length", 0)
    if not name or length <= 0:
        raise SlackError("invalid_arguments")
    user, made, ticket = core.identity.bot_user_id, core.stamps.unix(), secrets.token_urlsafe(24)
    file = File(core.store.new_id("F"), name, name, created=made, user=user, length=length)
    core.store.files[file.id] = file
    core.store.uploads[ticket] = file.id
    return {"upload_url": f"{core.address}/upload/v1/{ticket}", "file_id": file.id}


def complete_upload(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/files.completeUploadExternal. Without a channel it stays private.

    An upload is used up only by a completion that succeeds.
    """
    named = arguments.json_list("files") or []
    if not named:
        raise SlackError("invalid_arguments")
    files = [_uploaded(core, each) for each in named]
    room = core.open(arguments.text("channel_id")) if arguments.text("channel_id") else None
    text, warning = talk.cut(arguments.text("initial_comment"))
    if room:
        draft = talk.Draft(core.identity.bot_user_id, text, arguments.text("thread_ts") or None, files=files)
        core.tell(room, talk.say(core, room, draft)[1])
    for each in files:
        each.is_complete = True
    return {"files": [shapes.file(each) for each in files]} | (warning if room else {})


def _uploaded(core: Core, named: object) -> File:
    if not isinstance(named, dict):
        raise SlackError("invalid_arguments")
    file = core.store.files.get(str(named.get("id")))
    if file is None or file.content is None or file.is_complete:
        raise SlackError("file_not_found")
    file.title = str(named.get("title") or file.name)
    return file


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
}
