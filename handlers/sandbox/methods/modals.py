"""views.*: modals and the Home of the app."""

from handlers.sandbox import blocks as kit
from handlers.sandbox import events, shapes, talk
from handlers.sandbox.arguments import Arguments
from handlers.sandbox.basics import Json, SlackError
from handlers.sandbox.core import Core
from handlers.sandbox.methods.method import Method
from handlers.sandbox.store import Trigger

STACK = 3  # Slack: modals that may lie on each other
KEPT = ("id", "root_view_id", "previous_view_id", "external_id")


def open_modal(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/views.open. A trigger opens one modal, within 3 seconds."""
    given = _given(arguments, "modal")
    _unknown(core, given)
    trigger = _trigger(core, arguments)
    trigger.exchanged = True
    view = new_view(core, given)
    core.store.modals.setdefault(trigger.user, []).append(view)
    return {"view": view}


def push(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/views.push. Onto the modal that the trigger came from.

    A trigger from elsewhere is invalid_trigger_id (slackapi/python-slack-sdk issue 804).
    """
    given = _given(arguments, "modal")
    _unknown(core, given)
    trigger = _trigger(core, arguments)
    if not trigger.in_modal:
        raise SlackError("invalid_trigger_id")
    stack = core.store.modals.get(trigger.user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    trigger.exchanged = True
    view = pushed(core, given, stack)
    stack.append(view)
    return {"view": view}


def update(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/views.update. `hash`: only if nobody changed it since."""
    given = _given(arguments, "modal", "home")
    for stack in core.store.modals.values():
        for place, view in enumerate(stack):
            if _is_meant(view, arguments):
                _unchanged(view, arguments)
                stack[place] = renewed(core, given, view)
                return {"view": stack[place]}
    for user, home in core.store.homes.items():
        if _is_meant(home, arguments):
            _unchanged(home, arguments)
            core.store.homes[user] = renewed(core, given, home)
            return {"view": core.store.homes[user]}
    raise SlackError("not_found")


def publish(core: Core, arguments: Arguments) -> Json:
    """Slack: docs.slack.dev/reference/methods/views.publish. What this person sees as the app's Home.

    Slack: not_enabled where the app has no Home. Here it has one if it asks to be told that it is opened.
    """
    given = _given(arguments, "home")
    if events.HOME_OPENED not in core.subscriptions:
        raise SlackError("not_enabled")
    person = core.store.person(arguments.text("user_id"))
    before = core.store.homes.get(person.id)
    if before:
        _unchanged(before, arguments)
    core.store.homes[person.id] = renewed(core, given, before) if before else new_view(core, given)
    return {"view": core.store.homes[person.id]}


def new_view(core: Core, given: Json) -> Json:
    blocks = talk.with_ids(given["blocks"])
    return shapes.view(
        core.identity, talk.without_nulls(given) | {"blocks": blocks}, core.store.new_id("V"), core.stamps.next()
    )


def pushed(core: Core, given: Json, stack: list[Json]) -> Json:
    """A view that lies on those of the stack."""
    view = new_view(core, given)
    if not stack:
        return view
    return view | {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}


def renewed(core: Core, given: Json, before: Json) -> Json:
    """A view in the place of another: a new hash, the same id."""
    return new_view(core, given) | {name: before[name] for name in KEPT if before.get(name) is not None}


def _given(arguments: Arguments, *kinds: str) -> Json:
    given = arguments.json_object("view")
    if given is None:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    kit.check_view(given, *kinds)
    return given


def _trigger(core: Core, arguments: Arguments) -> Trigger:
    """It is good once. Slack: docs.slack.dev/interactivity/handling-user-interaction#modal_responses."""
    trigger = core.store.triggers.get(arguments.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.exchanged:
        raise SlackError("exchanged_trigger_id")
    if core.stamps.now().timestamp() > trigger.expires:
        raise SlackError("expired_trigger_id")
    return trigger


def _unknown(core: Core, given: Json) -> None:
    """Slack: an external_id names one view of the workspace."""
    views = [view for stack in core.store.modals.values() for view in stack]
    if given.get("external_id") and any(view["external_id"] == given["external_id"] for view in views):
        raise SlackError("duplicate_external_id")


def _is_meant(view: Json, arguments: Arguments) -> bool:
    by_id, by_own = arguments.text("view_id"), arguments.text("external_id")
    return view["id"] == by_id if by_id else bool(by_own) and view["external_id"] == by_own


def _unchanged(view: Json, arguments: Arguments) -> None:
    if arguments.text("hash") not in {"", view["hash"]}:
        raise SlackError("hash_conflict")


METHODS = {
    "views.open": Method(open_modal),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
