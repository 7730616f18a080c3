"""What a modal holds when it is submitted.

Slack: docs.slack.dev/reference/interaction-payloads/view-interactions-payload. Each element that can be filled or
chosen from is told, in whatever block it stands; what is empty is null or an empty list.
"""

from collections.abc import Iterator, Mapping

from handlers.sandbox.basics import Json

# What an element of this type is told as, and what it starts with.
FIELDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input"), ("value", "initial_value")
    ),
    **dict.fromkeys(("static_select", "radio_buttons"), ("selected_option", "initial_option")),
    **dict.fromkeys(("multi_static_select", "checkboxes"), ("selected_options", "initial_options")),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "multi_users_select": ("selected_users", "initial_users"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
}
_LISTS = {"selected_options", "selected_users"}
_OFFERED = {"selected_option", "selected_options"}  # the whole option is told, not its value alone


def state(view: Json, values: Json) -> Json:
    """`values`: what was filled in, `{"block": {"action": "value"}}`; what is not in it was left as it was."""
    told: Json = {}
    for block in view.get("blocks", []):
        given = values.get(block["block_id"], {})
        for element in _elements(block):
            told.setdefault(block["block_id"], {})[element["action_id"]] = _filled(
                element, given.get(element["action_id"])
            )
    if unknown := set(values) - set(told):
        raise LookupError(f"The modal has no input block named {', '.join(sorted(unknown))}.")
    return told


def _elements(block: Json) -> Iterator[Json]:
    for element in (block.get("element"), block.get("accessory"), *block.get("elements", [])):
        if element and element["type"] in FIELDS:
            yield element


def _filled(element: Json, given: object) -> Json:
    """An element's state. `given` None: nobody touched it."""
    field, initial = FIELDS[element["type"]]
    empty: list[object] | None = [] if field in _LISTS else None
    if given is None:
        return {"type": element["type"], field: element.get(initial, empty)}
    if field in _LISTS:
        chosen = given if isinstance(given, list) else []
        return {"type": element["type"], field: [_told(element, field, each) for each in chosen]}
    return {"type": element["type"], field: _told(element, field, given) if given else None}


def _told(element: Json, field: str, given: object) -> object:
    if field not in _OFFERED:
        return given
    groups = [{"options": element.get("options", [])}, *element.get("option_groups", [])]
    for option in (option for group in groups for option in group["options"]):
        if option["value"] == given:
            return option
    raise LookupError(f"There is no {given} to choose.")
