"""Message + surface -> payload: templates, escaping for the surface and for JSON, and the limits of the surface."""

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from bot.domain import Message
from bot.errors import UserError
from bot.messenger import Payload
from bot.rules import dates
from bot.rules.wording import action_in_a_sentence, capital, counted, in_words, with_article

# What Slack takes, in characters after escaping (Slack: Block Kit reference).
SECTION = 3000
_LIMITS = {"section": SECTION, "header": 150, "button": 75, "field": 2000, "title": 24, "submit": 24, "close": 24}
_LIMITS |= {"label": 2000, "hint": 2000, "placeholder": 150, "option": 75}
# What stands under these names, in whatever block.
_PLACES = {name: name for name in ("title", "submit", "close", "label", "hint", "placeholder")}
_PLACES |= {"fields": "field"} | dict.fromkeys(("options", "initial_option", "initial_options"), "option")
_MESSAGE_TEXT = 4000
_MESSAGE_BLOCKS = 50
_MODAL_BLOCKS = 100
# Text in all blocks, and about what each block costs beside it. Slack publishes no figure for msg_blocks_too_long:
# others measured 13,422 (slackapi/bolt-js issues 2509 and 2867).
_MESSAGE_SIZE = 13_400
_BLOCK_SIZE = 125
_MODAL_SIZE = 250_000
_CONTEXT_ELEMENTS = 10

# Of Jinja's own filters only these: some of the others would undo the escaping.
_JINJA_FILTERS = (
    "batch",
    "default",
    "first",
    "join",
    "length",
    "list",
    "map",
    "selectattr",
    "sort",
    "trim",
    "wordwrap",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF = re.compile(r"(?:&[a-z]{0,4}|<[^<>]*)$")  # of an entity, of a link of ours
_BREAKS = ("\n\n", "\n", ". ", " ")


class Renderer:
    """Turns messages into what a surface shows. Operators' template directories are searched first."""

    def __init__(self, directories: Sequence[Path] = ()) -> None:
        self._slack = _environment("slack", directories, _json_text, autoescape=True)
        self._text = _environment("text", directories, _plain_text, autoescape=False)

    def slack(self, message: Message) -> Payload:
        """Slack's JSON for a message or a modal, within Slack's limits."""
        name = f"{message.name}.json"
        with _explained(name):
            words = self._slack.get_template(name).render(message.values)
            return _fit(cast("Payload", json.loads(words, strict=False)))

    def text(self, message: Message) -> str:
        """The same message for a terminal or a text file."""
        name = f"{message.name}.txt"
        with _explained(name):
            return self._text.get_template(name).render(message.values).strip("\n") + "\n"

    def check(self) -> None:
        """Load every template; UserError for one that is not a template."""
        for environment in (self._slack, self._text):
            for name in environment.list_templates(filter_func=lambda name: not name.endswith((".py", ".pyc"))):
                with _explained(name):
                    environment.get_template(name)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """A template that cannot be used is the operator's own: said in one sentence."""
    try:
        yield
    except (TemplateError, json.JSONDecodeError) as error:
        raise UserError(f"The template {name} cannot be used: {error}.") from None


def slack_escape(text: str) -> str:
    """Slack's three control characters (Slack: "Formatting text for app surfaces, escaping text")."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pieces(text: str, limit: int = SECTION - 100) -> list[str]:
    """Cut into pieces that hold at most `limit` characters after escaping, at paragraphs, sentences or words."""
    found: list[str] = []
    rest = text
    while len(slack_escape(rest)) > limit:
        end = _last_break(rest, limit)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest or not found else found


def paragraphs(parts: Sequence[str]) -> str:
    """A paper's paragraphs as one text: a blank line between them, none between the bullets of a list."""
    text = parts[0] if parts else ""
    for before, part in itertools.pairwise(parts):
        text += ("\n" if before.startswith("- ") and part.startswith("- ") else "\n\n") + part
    return text


def _last_break(text: str, limit: int) -> int:
    size = 0
    most = 0
    for most, char in enumerate(text):  # noqa: B007 - how many characters fit is what is counted
        size += len(slack_escape(char))
        if size > limit:
            break
    for mark in _BREAKS:
        if (at := text.rfind(mark, most // 2, most)) > 0:
            return at + len(mark)
    return most


def _environment(
    surface: str, directories: Sequence[Path], finalize: Callable[[object], object], *, autoescape: bool
) -> SandboxedEnvironment:
    own: list[BaseLoader] = [FileSystemLoader(directory / surface) for directory in directories]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([*own, PackageLoader("templates", surface), PackageLoader("templates", "shared")]),
        autoescape=autoescape,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in _JINJA_FILTERS} | {
        "tojson": _tojson,
        "raw": _raw,
        "pieces": pieces,
        "paragraphs": paragraphs,
        "count": counted,
        "in_words": in_words,
        "capital": capital,
        "article": with_article,
        "action_in_a_sentence": action_in_a_sentence,
        "day": dates.day,
        "weekday": dates.weekday,
        "moment": dates.moment,
        "closing": dates.closing,
        "closing_in_full": dates.closing_in_full,
        "local_day": lambda value: dates.day(dates.london(value)),
    }
    return environment


def _json_text(value: object) -> object:
    """What `{{ value }}` puts inside quotes of a Slack template: escaped for Slack, then for JSON."""
    return value if isinstance(value, Markup) else Markup(_inside_quotes(slack_escape(str(value))))  # noqa: S704


def _plain_text(value: object) -> object:
    """Control characters out: hostile text must not steer a terminal."""
    return _CONTROL.sub("", str(value))


def _inside_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _tojson(value: object) -> Markup:
    """Lists and numbers outside quotes, with every text in them escaped for Slack."""
    return Markup(json.dumps(_escaped(value), ensure_ascii=False))  # noqa: S704 - it is JSON, and escaped


def _raw(value: object) -> Markup:
    """Inside quotes, for JSON alone: what a field of a form starts with is shown as it stands (`initial_value`)."""
    return Markup(_inside_quotes(str(value)))  # noqa: S704 - it is JSON's text, and Slack reads no marks in it


def _escaped(value: object) -> object:
    match value:
        case str():
            return slack_escape(value)
        case dict():
            return {str(key): _escaped(part) for key, part in value.items()}
        case list() | tuple():
            return [_escaped(part) for part in value]
        case _:
            return value


def _fit(payload: Payload) -> Payload:
    """The last guard: templates divide long text themselves; whatever is still too long is cut, never refused."""
    modal, most = payload.get("type") == "modal", SECTION
    blocks, size, limit = (
        (_MODAL_BLOCKS, _modal_size, _MODAL_SIZE) if modal else (_MESSAGE_BLOCKS, _message_size, _MESSAGE_SIZE)
    )
    fitted = _fitted(payload, blocks, most)
    while most > 1 and size(fitted) > limit:
        most = most * 9 // 10
        fitted = _fitted(payload, blocks, most)
    return fitted


def _fitted(payload: Payload, blocks: int, most: int) -> Payload:
    """Within the limits of each part: so many blocks, no text in them longer than `most`, none of them empty."""
    fitted = cast("Payload", _fit_part(payload, "message", most))
    if isinstance(found := fitted.get("blocks"), list):
        fitted["blocks"] = [part for block in found for part in _taken(block)][:blocks]
    if isinstance(text := fitted.get("text"), str):
        fitted["text"] = _cut(text.strip(), _MESSAGE_TEXT)
    return fitted


def _taken(block: dict[str, object]) -> list[dict[str, object]]:
    """A block as Slack takes it: none where it says nothing, several where it is a context of many elements."""
    kind, elements = block.get("type"), block.get("elements")
    if kind == "context" and isinstance(elements, list):
        said = [each for each in elements if each.get("type") == "image" or each.get("text")]
        starts = range(0, len(said), _CONTEXT_ELEMENTS)
        return [{**block, "elements": said[start : start + _CONTEXT_ELEMENTS]} for start in starts]
    silent = kind in {"section", "header"} and not _size(block.get("text")) and not block.get("fields")
    return [] if silent else [block]


def _fit_part(part: object, kind: str, most: int) -> object:
    """Walk the payload; `kind` is what a text object is in (section, button, …)."""
    match part:
        case dict() if part.get("type") in {"mrkdwn", "plain_text"}:
            return {**part, "text": _cut(str(part.get("text", "")), min(_LIMITS.get(kind, SECTION), most))}
        case dict():
            here = str(part.get("type", kind))
            return {key: _fit_part(value, _PLACES.get(key, here), most) for key, value in part.items()}
        case list():
            return [_fit_part(value, kind, most) for value in part]
        case _:
            return part


def _modal_size(payload: Payload) -> int:
    """Bytes of the whole (Slack: view_too_large)."""
    return len(json.dumps(payload, ensure_ascii=False).encode())


def _message_size(payload: Payload) -> int:
    """As Slack seems to count it."""
    blocks = payload.get("blocks")
    return _size(blocks) + _BLOCK_SIZE * len(blocks) if isinstance(blocks, list) else 0


def _size(part: object) -> int:
    """How many characters of text there are in blocks."""
    match part:
        case dict() if part.get("type") in {"mrkdwn", "plain_text"}:
            return len(part["text"])
        case dict():
            return sum(map(_size, part.values()))
        case list():
            return sum(map(_size, part))
        case _:
            return 0


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else _HALF.sub("", text[: limit - 1]) + "…"
