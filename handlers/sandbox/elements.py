"""What may stand inside blocks, with its limits. Slack: docs.slack.dev/reference/block-kit/composition-objects."""

from handlers.sandbox.rules import (
    Rule,
    anything,
    boolean,
    by_type,
    day,
    either,
    hour,
    items,
    neither_missing,
    number,
    offered,
    one_of,
    shape,
    string,
    url,
)

ID = 255
VALUE = 2000
LONG = 40_000
URL = 3000
OPTIONS = 100
PICTURE = url(URL, "https?://")
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
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": url(URL)})
CHOICE = shape({"text": text(75), "value": string(150)}, {"description": text(75)})  # radio buttons, checkboxes
GROUP = shape({"label": plain(75), "options": items(OPTION, OPTIONS)}, {})

_ASKED: dict[str, Rule] = {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": boolean}
_TYPED: dict[str, Rule] = {
    "placeholder": plain(150),
    "initial_value": string(3000),
    "focus_on_load": boolean,
    "dispatch_action_config": anything,
}
_MANY: dict[str, Rule] = {"max_selected_items": number}


def _offering(**optional: Rule) -> Rule:
    """Slack: options, or groups of options."""
    both = {"options": items(OPTION, OPTIONS), "option_groups": items(GROUP, OPTIONS)}
    return offered(neither_missing(_element({}, **both, **_ASKED, **optional), *both))


def _choices(**optional: Rule) -> Rule:
    """Slack: radio buttons and checkboxes show each option."""
    return offered(_element({"options": items(CHOICE, 10)}, confirm=CONFIRM, focus_on_load=boolean, **optional))


IMAGE = shape({"type": ANY_TYPE, "image_url": PICTURE, "alt_text": string(VALUE)}, {})
BUTTON = _element(
    {"text": plain(75)},
    url=url(URL),
    value=string(VALUE),
    style=one_of("primary", "danger"),
    confirm=CONFIRM,
    accessibility_label=string(75),
)
OVERFLOW = _element({"options": items(OPTION, 5)}, confirm=CONFIRM)

# Slack: docs.slack.dev/reference/block-kit/block-elements. Those an input block may hold.
INPUTS: dict[str, Rule] = {
    "checkboxes": _choices(initial_options=items(CHOICE, 10)),
    "conversations_select": _element({}, initial_conversation=string(ID), **_ASKED),
    "datepicker": _element({}, initial_date=day, **_ASKED),
    "email_text_input": _element({}, **_TYPED),
    "multi_static_select": _offering(initial_options=items(OPTION, OPTIONS), **_MANY),
    "multi_users_select": _element({}, initial_users=items(string(ID), OPTIONS), **_ASKED, **_MANY),
    "number_input": _element({"is_decimal_allowed": boolean}, min_value=string(ID), max_value=string(ID), **_TYPED),
    "plain_text_input": _element({}, multiline=boolean, min_length=number, max_length=number, **_TYPED),
    "radio_buttons": _choices(initial_option=CHOICE),
    "static_select": _offering(initial_option=OPTION),
    "timepicker": _element({}, initial_time=hour, **_ASKED),
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

# Slack: docs.slack.dev/reference/block-kit/blocks/rich-text-block. Of what stands in a line, only what is drawn.
_LINE: dict[str, Rule] = {
    kind: shape({"type": ANY_TYPE} | dict.fromkeys(words, string(LONG)), {}, others=True)
    for kind, words in {
        "broadcast": ["range"],
        "channel": ["channel_id"],
        "color": ["value"],
        "date": ["format"],
        "emoji": ["name"],
        "link": ["url"],
        "text": ["text"],
        "user": ["user_id"],
        "usergroup": ["usergroup_id"],
    }.items()
}


def _rich(parts: dict[str, Rule], **optional: Rule) -> Rule:
    return shape({"type": ANY_TYPE, "elements": items(by_type(parts), least=0)}, {"border": number} | optional)


_SECTION: dict[str, Rule] = {
    "rich_text_section": shape({"type": ANY_TYPE, "elements": items(by_type(_LINE), least=0)}, {})
}
RICH: dict[str, Rule] = _SECTION | {
    "rich_text_list": _rich(_SECTION, style=one_of("bullet", "ordered"), indent=number, offset=number),
    "rich_text_preformatted": _rich(_LINE, language=string(ID)),
    "rich_text_quote": _rich(_LINE),
}
