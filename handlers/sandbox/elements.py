"""What may stand inside blocks, with its limits. Slack: docs.slack.dev/reference/block-kit/composition-objects."""

from handlers.sandbox.rules import Rule, anything, boolean, by_type, either, items, number, one_of, shape, string

ID = 255
VALUE = 2000
URL = 3000
OPTIONS = 100
ANY_TYPE = string(ID)


def plain(most: int) -> Rule:
    """Slack: docs.slack.dev/reference/block-kit/composition-objects/text-object."""
    return by_type({"plain_text": _plain(most)})


def text(most: int) -> Rule:
    return either(by_type({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)}))


def _plain(most: int) -> Rule:
    return shape({"type": ANY_TYPE, "text": string(most, 1)}, {"emoji": boolean})


def _mrkdwn(most: int) -> Rule:
    return shape({"type": ANY_TYPE, "text": string(most, 1)}, {"verbatim": boolean})


def _element(required: dict[str, Rule], **optional: Rule) -> Rule:
    return shape({"type": ANY_TYPE} | required, {"action_id": string(ID)} | optional)


CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(URL)})
CHOICE = shape({"text": text(75), "value": string(150)}, {"description": text(75)})  # radio buttons, checkboxes
GROUP = shape({"label": plain(75), "options": items(OPTION, OPTIONS)}, {})

_ASKED: dict[str, Rule] = {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": boolean}
_TYPED: dict[str, Rule] = {
    "placeholder": plain(150),
    "initial_value": string(3000),
    "focus_on_load": boolean,
    "dispatch_action_config": anything,
}
_PICKED: dict[str, Rule] = {"option_groups": items(GROUP, OPTIONS), "options": items(OPTION, OPTIONS)} | _ASKED
_MANY: dict[str, Rule] = {"max_selected_items": number}

IMAGE = shape({"type": ANY_TYPE, "image_url": string(URL), "alt_text": string(VALUE)}, {})
BUTTON = _element(
    {"text": plain(75)},
    url=string(URL),
    value=string(VALUE),
    style=one_of("primary", "danger"),
    confirm=CONFIRM,
    accessibility_label=string(75),
)
OVERFLOW = _element({"options": items(OPTION, 5)}, confirm=CONFIRM)

# Slack: docs.slack.dev/reference/block-kit/block-elements. Those an input block may hold.
INPUTS: dict[str, Rule] = {
    "checkboxes": _element(
        {"options": items(CHOICE, 10)}, initial_options=items(CHOICE, 10), confirm=CONFIRM, focus_on_load=boolean
    ),
    "conversations_select": _element({}, initial_conversation=string(ID), **_ASKED),
    "datepicker": _element({}, initial_date=string(10), **_ASKED),
    "email_text_input": _element({}, **_TYPED),
    "multi_static_select": _element({}, initial_options=items(OPTION, OPTIONS), **_PICKED, **_MANY),
    "multi_users_select": _element({}, initial_users=items(string(ID), OPTIONS), **_ASKED, **_MANY),
    "number_input": _element({"is_decimal_allowed": boolean}, min_value=string(ID), max_value=string(ID), **_TYPED),
    "plain_text_input": _element({}, multiline=boolean, min_length=number, max_length=number, **_TYPED),
    "radio_buttons": _element(
        {"options": items(CHOICE, 10)}, initial_option=CHOICE, confirm=CONFIRM, focus_on_load=boolean
    ),
    "static_select": _element({}, initial_option=OPTION, **_PICKED),
    "timepicker": _element({}, initial_time=string(5), **_ASKED),
    "url_text_input": _element({}, **_TYPED),
    "users_select": _element({}, initial_user=string(ID), **_ASKED),
}
_CLICKED = {name: rule for name, rule in INPUTS.items() if not name.endswith("_input")}
ACTIONS: dict[str, Rule] = _CLICKED | {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "plain_text_input": INPUTS["plain_text_input"],
}
ACCESSORIES: dict[str, Rule] = _CLICKED | {"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE}
CONTEXT: dict[str, Rule] = {"image": IMAGE, "plain_text": _plain(3000), "mrkdwn": _mrkdwn(3000)}
