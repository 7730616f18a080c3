"""Rules a piece of JSON must keep, and what Slack says where it does not: words, then a JSON pointer to the place."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time

Rule = Callable[[object, str], Iterator[str]]  # value and pointer -> what is wrong with it


def problem(words: str, at: str) -> str:
    """As in "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"."""
    return f"{words} [json-pointer:{at}]"


def string(most: int, least: int = 0) -> Rule:
    """A string of `least` to `most` characters."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must provide a string", at)
        elif len(value) < least:
            yield problem(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield problem(f"must be less than {most + 1} characters", at)

    return check


def boolean(value: object, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield problem("must provide a boolean", at)


def number(value: object, at: str) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield problem("must provide a number", at)


def anything(value: object, at: str) -> Iterator[str]:  # noqa: ARG001 (a rule of a rule's form)
    yield from ()


def one_of(*words: str) -> Rule:
    def check(value: object, at: str) -> Iterator[str]:
        if value not in words:
            yield problem(f"must be a valid enum value: {', '.join(words)}", at)

    return check


def url(most: int, start: str = r"[A-Za-z][A-Za-z0-9+.-]*:") -> Rule:
    """An address, with a scheme as `start` has it."""

    def check(value: object, at: str) -> Iterator[str]:
        yield from string(most)(value, at)
        if isinstance(value, str) and not re.fullmatch(start + r"[^\s<>]+", value):
            yield problem("must be a valid url", at)

    return check


def day(value: object, at: str) -> Iterator[str]:
    """Slack: YYYY-MM-DD."""
    if not isinstance(value, str) or not _reads(date.fromisoformat, value, r"[0-9]{4}-[0-9]{2}-[0-9]{2}"):
        yield problem("must be a date in the format YYYY-MM-DD", at)


def hour(value: object, at: str) -> Iterator[str]:
    """Slack: HH:mm, of 24 hours."""
    if not isinstance(value, str) or not _reads(time.fromisoformat, value, r"[0-9]{2}:[0-9]{2}"):
        yield problem("must be a time in the format HH:mm", at)


def _reads(read: Callable[[str], object], value: str, form: str) -> bool:
    try:
        return bool(re.fullmatch(form, value) and read(value))
    except ValueError:
        return False


def items(rule: Rule, most: int | None = None, least: int = 1) -> Rule:
    """A list of `least` to `most` items that each keep the rule."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must provide an array", at)
        elif len(value) < least:
            yield problem(f"no less than {least} items allowed", at)
        elif most is not None and len(value) > most:
            yield problem(f"no more than {most} items allowed", at)
        else:
            for number, item in enumerate(value):
                yield from rule(item, f"{at}/{number}")

    return check


def shape(required: dict[str, Rule], optional: dict[str, Rule], *, others: bool = False) -> Rule:
    """An object with these fields; with no others, unless `others` says that they are passed over."""
    fields = required | optional

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
            return
        yield from (problem(f"missing required field: {name}", at) for name in required if value.get(name) is None)
        for name, part in value.items():
            if name not in fields and not others:
                yield problem(f"invalid additional property: {name}", at)
            elif name in fields and part is not None:
                yield from fields[name](part, f"{at}/{name}")

    return check


def by_type(table: dict[str, Rule]) -> Rule:
    """An object whose field `type` says which rule it keeps."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
        elif not (kind := value.get("type")):
            yield problem("missing required field: type", at)
        elif not isinstance(kind, str):
            yield problem("must provide a string", f"{at}/type")
        elif kind not in table:
            yield problem(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from table[kind](value, at)

    return check


def either(rule: Rule) -> Rule:
    """Slack: where one of several schemas would do, it says first that none did."""

    def check(value: object, at: str) -> Iterator[str]:
        if problems := list(rule(value, at)):
            yield problem("failed to match all allowed schemas", at)
            yield from problems

    return check


def offered(rule: Rule) -> Rule:
    """What is chosen before anybody chooses is one of the options, word for word. Slack: the wording is assumed."""

    def check(value: object, at: str) -> Iterator[str]:
        if problems := list(rule(value, at)):
            yield from problems
        elif isinstance(value, dict):
            groups = [value, *(value.get("option_groups") or ())]
            options = [option for group in groups for option in group.get("options") or ()]
            first = value.get("initial_option")
            chosen = [*([first] if first else ()), *(value.get("initial_options") or ())]
            if any(each not in options for each in chosen):
                yield problem("must be one of the options", f"{at}/initial_option{'' if first else 's'}")

    return check


def neither_missing(rule: Rule, *names: str) -> Rule:
    """One of these fields at least. Slack says which it misses by the first name."""

    def check(value: object, at: str) -> Iterator[str]:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            yield problem(f"missing required field: {names[0]}", at)
        yield from rule(value, at)

    return check
