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
from bot.rules.wording import action_in_a_sentence, capital, counted, in_words, platform_name, with_article
from bot.surfaces import SURFACES, Surface, slack

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
_BREAKS = ("\n\n", "\n", ". ", " ")


class Renderer:
    """Turns messages into what a surface shows. Operators' template directories are searched first."""

    def __init__(self, directories: Sequence[Path] = ()) -> None:
        self._platforms = {name: _json_environment(name, directories) for name in SURFACES}
        self._text = _environment("text", directories, _plain_text)

    def payload(self, platform: str, message: Message) -> Payload:
        """The platform's JSON for a message or a form, within the platform's limits."""
        name = f"{message.name}.json"
        with _explained(name):
            words = self._platforms[platform].get_template(name).render(message.values)
            return SURFACES[platform].fit(cast("Payload", json.loads(words, strict=False)))

    def text(self, message: Message) -> str:
        """The same message for a terminal or a text file."""
        name = f"{message.name}.txt"
        with _explained(name):
            return self._text.get_template(name).render(message.values).strip("\n") + "\n"

    def check(self) -> None:
        """Load every template; UserError for one that is not a template."""
        for environment in (*self._platforms.values(), self._text):
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


def pieces(text: str, limit: int = slack.SECTION - 100) -> list[str]:
    """Cut into pieces that hold at most `limit` characters after escaping, at paragraphs, sentences or words."""
    found: list[str] = []
    rest = text
    while not _fits(rest, limit):
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


def _fits(text: str, limit: int) -> bool:
    """Without escaping what is too long as it is: that took a minute where a text of 40,000 "&" stood often."""
    return len(text) <= limit and len(slack.escape(text)) <= limit


def _last_break(text: str, limit: int) -> int:
    size = 0
    most = 0
    for most, char in enumerate(text):  # noqa: B007 - how many characters fit is what is counted
        size += len(slack.escape(char))
        if size > limit:
            break
    for mark in _BREAKS:
        if (at := text.rfind(mark, most // 2, most)) > 0:
            return at + len(mark)
    return most


def _json_environment(platform: str, directories: Sequence[Path]) -> SandboxedEnvironment:
    """Templates whose `{{ value }}` inside quotes is escaped for the platform, then for JSON."""
    surface = SURFACES[platform]

    def finalize(value: object) -> object:
        return value if isinstance(value, Markup) else Markup(_inside_quotes(surface.escape(str(value))))  # noqa: S704

    def tojson(value: object) -> Markup:
        """Lists and numbers outside quotes, with every text in them escaped for the platform."""
        return Markup(json.dumps(_escaped(value, surface), ensure_ascii=False))  # noqa: S704 - JSON, and escaped

    environment = _environment(platform, directories, finalize)
    environment.autoescape = True
    environment.filters |= {"tojson": tojson, "raw": _raw}
    return environment


def _environment(
    surface: str, directories: Sequence[Path], finalize: Callable[[object], object]
) -> SandboxedEnvironment:
    own: list[BaseLoader] = [FileSystemLoader(directory / surface) for directory in directories]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([*own, PackageLoader("templates", surface), PackageLoader("templates", "shared")]),
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in _JINJA_FILTERS} | {
        "pieces": pieces,
        "paragraphs": paragraphs,
        "count": counted,
        "in_words": in_words,
        "capital": capital,
        "article": with_article,
        "called_on": platform_name,
        "action_in_a_sentence": action_in_a_sentence,
        "day": dates.day,
        "weekday": dates.weekday,
        "moment": dates.moment,
        "closing": dates.closing,
        "closing_in_full": dates.closing_in_full,
        "local_day": lambda value: dates.day(dates.london(value)),
    }
    return environment


def _plain_text(value: object) -> object:
    """Control characters out: hostile text must not steer a terminal."""
    return _CONTROL.sub("", str(value))


def _inside_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _raw(value: object) -> Markup:
    """Inside quotes, for JSON alone: what a field of a form starts with is shown as it stands (`initial_value`)."""
    return Markup(_inside_quotes(str(value)))  # noqa: S704 - it is JSON's text, and no platform reads marks in it


def _escaped(value: object, surface: Surface) -> object:
    match value:
        case str():
            return surface.escape(value)
        case dict():
            return {str(key): _escaped(part, surface) for key, part in value.items()}
        case list() | tuple():
            return [_escaped(part, surface) for part in value]
        case _:
            return value
