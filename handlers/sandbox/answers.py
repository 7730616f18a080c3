"""What the app says to a command or a click: in its acknowledgement, or at a response_url.

Slack: docs.slack.dev/interactivity/handling-user-interaction#message_responses.
"""

from handlers.sandbox import blocks as kit
from handlers.sandbox import talk
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.store import Hook


def acknowledge(core: Core, hook_id: str, payload: Json) -> None:
    """What a command's acknowledgement says, if anything."""
    if payload.get("text") or payload.get("blocks"):
        _say(core, core.store.hooks[hook_id], payload)


def respond(core: Core, hook_id: str, payload: object) -> None:
    """What is sent to a response_url: a new message, or a change to the one that was clicked."""
    if (hook := core.store.hooks.get(hook_id)) is None:
        raise SlackError("used_url")
    if not isinstance(payload, dict):
        raise SlackError("invalid_payload")
    if payload.get("delete_original") is True:
        _delete(core, hook)
    elif payload.get("replace_original") is True:
        _replace(core, hook, payload)
    else:
        _say(core, hook, payload)


def _say(core: Core, hook: Hook, payload: Json) -> None:
    """Slack: to the caller alone unless `in_channel`."""
    text, blocks = _content(payload)
    room, thread_ts = core.store.room(hook.channel), str(payload.get("thread_ts") or "")
    if payload.get("response_type") != "in_channel":
        talk.refuse_long(text)
        talk.whisper(core, room, hook.user, text, blocks, thread_ts=thread_ts)
        return
    draft = talk.Draft(core.identity.bot_user_id, talk.cut(text)[0], thread_ts or None, blocks=blocks)
    core.tell(room, talk.say(core, room, draft)[1])


def _delete(core: Core, hook: Hook) -> None:
    if whisper := _whisper(core, hook):
        core.store.whispers[hook.user].remove(whisper)
        return
    room = core.store.room(hook.channel)
    core.tell(room, talk.delete(core, room, room.post(hook.ts)))


def _replace(core: Core, hook: Hook, payload: Json) -> None:
    """Both words and blocks: what is not given is no longer there."""
    text, blocks = _content(payload)
    talk.refuse_long(text)
    if whisper := _whisper(core, hook):
        whisper.update(text=text, blocks=talk.with_ids(blocks))
        return
    room = core.store.room(hook.channel)
    core.tell(room, talk.edit(core, room, room.post(hook.ts), text, blocks))


def _whisper(core: Core, hook: Hook) -> Json | None:
    """What was clicked, if it stood in a message to this person alone."""
    return next((each for each in core.store.whispers.get(hook.user, []) if each["ts"] == hook.ts), None)


def _content(payload: Json) -> tuple[str, list[Json]]:
    """Blocks are checked as in every message; only all together they may be longer (slackapi/bolt-js issue 2867)."""
    text, blocks = str(payload.get("text") or ""), payload.get("blocks") or []
    if not text and not blocks:
        raise SlackError("no_text")
    kit.check_blocks(blocks)
    return text, blocks
