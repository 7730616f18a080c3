"""What a person sees when something goes wrong, and what Slack is told."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.domain import Message
from bot.errors import Broken, UserError, WrongField
from bot.messenger import NotSent
from bot.services.collecting import NotYetKnown
from bot.services.desk import Desk
from handlers.slack.events import whisper_to
from handlers.slack.messenger import SlackMessenger

log = logging.getLogger(__name__)


def answerer(desk: Desk, messenger: SlackMessenger) -> Callable[..., Awaitable[BoltResponse]]:
    """The handler of everything that listeners and middleware raise. It does not rely on what they were given."""

    async def answer(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """A sentence and 200 where a person waits; 500 for an event that was not stored, so that it comes again."""
        if _comes_again(error, body):
            return BoltResponse(status=500)
        words: dict[str, object] = {"sentence": _sentence(error)}
        if "command" in body:
            return _json(
                {"response_type": "ephemeral", **desk.outbox.renderer.payload("slack", Message("error", words))}
            )
        if isinstance(error, UserError) and (field := _field(error, body)):
            return _json({"response_action": "errors", "errors": {field: str(error)}})
        if "trigger_id" in body:
            return await _modal(
                messenger, body["trigger_id"], desk.outbox.renderer.payload("slack", Message("modals/error", words))
            )
        if isinstance(error, UserError) and "asked" in context:
            async with desk.sessions.begin() as session:
                to = whisper_to(context["asked"])
                await desk.outbox.whisper(session, *to, Message("error", words), desk.clock())
            return BoltResponse(status=200)
        return BoltResponse(status=500)

    return answer


def _comes_again(error: Exception, body: dict[str, Any]) -> bool:
    """Whether it is an event that could not be stored yet: Slack sends it again."""
    if isinstance(error, NotYetKnown):
        log.info("An event came while a post of ours was on its way; Slack will send it again.")
        return True
    if isinstance(error, NotSent) and "event" in body:
        log.warning("An event was not stored, because Slack did not answer us; it will come again: %s", error)
        return True
    return False


def _field(error: UserError, body: dict[str, Any]) -> str | None:
    """The field of a submitted form that the sentence is shown at: the one that is wrong, else the first.

    So the form stays open with all that was filled in. None where no form was submitted.
    """
    if body.get("type") != "view_submission":
        return None
    fields = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    return error.field if isinstance(error, WrongField) and error.field in fields else next(iter(fields), None)


async def _modal(messenger: SlackMessenger, trigger: str, view: dict[str, object]) -> BoltResponse:
    try:
        await messenger.open_modal(trigger, view)
    except NotSent as error:
        log.warning("A person could not be told what went wrong: %s", error)
    return BoltResponse(status=200)


def _sentence(error: Exception) -> str:
    if isinstance(error, UserError):
        return str(error)
    log.error("Broken on our side.", exc_info=error)
    return str(Broken())


def _json(payload: dict[str, object]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(payload), headers={"content-type": "application/json"})
