"""How a mistake in config.toml is said: what was found, and what is allowed."""

from collections.abc import Callable
from pathlib import Path

from pydantic_core import ErrorDetails

KnownKeys = Callable[[tuple[int | str, ...]], list[str]]  # the keys that the table with the key at this place may have


def one_line(text: str) -> str:
    """Line ends and other control characters as escapes: a mistake is said in one line, whatever was found."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def line(path: Path, error: ErrorDetails, known_keys: KnownKeys) -> str:
    """One mistake that pydantic found, as the operator is told it."""
    if error["type"] == "value_error" and not error["loc"]:
        return f"{path}: {error['ctx']['error']}."
    key = _key(error["loc"])
    if error["type"] == "value_error" and isinstance(error["input"], dict):
        return f"{path}: {key}: {error['ctx']['error']}."  # of keys that do not agree: it names them
    if error["type"] == "extra_forbidden":
        return f"{path}: {key}: unknown key; allowed: {either(known_keys(error['loc']))}."
    if error["type"] == "missing":
        return f"{path}: {key}: found nothing; it is needed."
    return f"{path}: {key}: found {found(error['input'])}; allowed: {_allowed(error)}."


def _key(loc: tuple[int | str, ...]) -> str:
    """`channels[2].digest`: entries of a list counted from 1, as a reader of the file counts."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc)
    return one_line(words.lstrip(".").removesuffix(".[key]"))


def twice(words: list[str]) -> str | None:
    """The first word that stands twice, in whatever case."""
    seen: set[str] = set()
    for word in words:
        if word.casefold() in seen:
            return word
        seen.add(word.casefold())
    return None


def found(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{one_line(value)}"'
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return str(value)


_ALLOWED = {
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "dict_type": "a table",
    "model_type": "a table",
    "tuple_type": "a list",
    "string_too_short": "text that is not empty",
}


def _allowed(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] in {"literal_error", "enum"}:
        return str(error["ctx"]["expected"]).replace("'", '"')
    if error["type"] in {"less_than_equal", "greater_than_equal"}:
        return "at most {le}".format(**error["ctx"]) if "le" in error["ctx"] else "at least {ge}".format(**error["ctx"])
    if error["type"] in _ALLOWED:
        return _ALLOWED[error["type"]]
    return error["msg"][:1].lower() + error["msg"][1:]


def either(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" or {words[-1]}" if len(words) > 1 else words[0]
