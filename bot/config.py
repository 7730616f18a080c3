"""config.toml as frozen models; whatever is wrong with it is said in one line a mistake."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.domain import Classification
from bot.errors import UserError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DIGEST = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):([0-5]\d))?")
_EMOJI = re.compile(r"[a-z0-9_+'-]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _digest_time(value: str) -> str:
    if not _DIGEST.fullmatch(value):
        raise ValueError('a weekday and a time such as "mon 09:00", or "" for no digest')
    return value


def is_email(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text))


def _email(value: str) -> str:
    if not is_email(value):
        raise ValueError("an e-mail address")
    return value


Email = Annotated[str, AfterValidator(_email)]


def _path(value: str) -> str:
    if "\0" in value:
        raise ValueError("the name of a file or folder")
    return value


def _emoji(value: str) -> str:
    if not _EMOJI.fullmatch(value):
        raise ValueError('an emoji\'s name without colons, such as "+1"')
    return value


Word = Annotated[str, Field(min_length=1)]
Emoji = Annotated[str, AfterValidator(_emoji)]
Words = Annotated[tuple[Word, ...], Field(strict=False)]  # a TOML list; strict pydantic wants a Python tuple


def one_line(text: str) -> str:
    """Line ends and other control characters as escapes: a mistake is said in one line, whatever was found."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Slack(Model):
    mode: Literal["socket", "http"] = "socket"


class Http(Model):
    host: Word = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)


class SubCommittee(Model):
    code: Word
    name: Word
    aliases: Words = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (self.code, self.name, *self.aliases)

    def is_called(self, word: str) -> bool:
        """Whether `word` is its code, its name or an alias, in any case."""
        return word.casefold() in {w.casefold() for w in self.words}


class Channel(Model):
    platform: Literal["slack"]
    name: Word
    sub_committee: Word
    clearance: Classification = Field(default=Classification.WHITE, strict=False)
    digest: Annotated[str, AfterValidator(_digest_time)] = ""


class Secas(Model):
    channel: Word
    comments_address: Email
    analysts: Annotated[tuple[Email, ...], Field(strict=False)] = ()

    def is_analyst(self, email: str | None) -> bool:
        """Whether this (verified) e-mail address is an analyst's, in any case."""
        return email is not None and email.casefold() in {a.casefold() for a in self.analysts}


class People(Model):
    roster: Annotated[Word, AfterValidator(_path)] = "roster.csv"


class Stages(Model):
    draft: Word = "Development Stage"
    others: Words = ()


class Publishing(Model):
    enabled: bool = False


class Templates(Model):
    directory: Annotated[str, AfterValidator(_path)] = ""


class Retention(Model):
    sealed_words_days: int = Field(default=30, ge=0, le=3650)


class Config(Model):
    slack: Slack = Slack()
    http: Http = Http()
    sub_committees: Annotated[tuple[SubCommittee, ...], Field(strict=False)]
    channels: Annotated[tuple[Channel, ...], Field(strict=False)] = ()
    secas: Secas
    people: People = People()
    stages: Stages = Stages()
    publishing: Publishing = Publishing()
    reactions: dict[Emoji, Word] = {}
    party_categories: dict[str, Words] = {}
    templates: Templates = Templates()
    retention: Retention = Retention()
    folder: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _names_agree(self) -> "Config":
        codes = [s.code for s in self.sub_committees]
        if not codes:
            raise ValueError("sub_committees: found none; allowed: at least one")
        for channel in self.channels:
            if channel.sub_committee not in codes:
                raise ValueError(
                    f"channels: {one_line(channel.name)}: sub_committee: "
                    f"found {_found(channel.sub_committee)}; allowed: {_or(codes)}"
                )
        words = [word for body in self.sub_committees for word in {w.casefold(): w for w in body.words}.values()]
        if twice := _twice(words):
            raise ValueError(f"sub_committees: found {_found(twice)} twice; allowed: each code, name and alias once")
        if self.secas.channel in {c.name for c in self.channels}:
            raise ValueError(
                f"secas: channel: found {_found(self.secas.channel)}, a Sub-Committee's channel; "
                "allowed: a private channel of SECAS"
            )
        if twice := _twice([c.name for c in self.channels]):
            raise ValueError(f"channels: name: found {_found(twice)} twice; allowed: each channel once")
        return self

    def sub_committee(self, word: str) -> SubCommittee | None:
        """The Sub-Committee with this code, name or alias."""
        return next((s for s in self.sub_committees if s.is_called(word)), None)

    def body_name(self, code: str) -> str:
        """How the Sub-Committee with this code is called; the code where config.toml no longer has it."""
        body = self.sub_committee(code)
        return body.name if body else code

    def channels_of(self, code: str) -> list[Channel]:
        return [c for c in self.channels if c.sub_committee == code]

    def party_category(self, word: str) -> str | None:
        """The Party Category that `word` names, or None: shown as it is, not a category."""
        for name, aliases in self.party_categories.items():
            if word.casefold() in {w.casefold() for w in (name, *aliases)}:
                return name
        return None

    @property
    def roster_path(self) -> Path:
        return self.folder / self.people.roster

    @property
    def template_directories(self) -> tuple[Path, ...]:
        return (self.folder / self.templates.directory,) if self.templates.directory else ()


def load_config(path: Path) -> Config:
    """Read config.toml. Relative paths in it start at its folder. UserError: one line a mistake."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file; give its place with --config.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path}: it cannot be read ({error.__class__.__name__}); allowed: a UTF-8 text file."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path}: not TOML: {error}.") from None
    return config_from(data, path)


def config_from(data: Mapping[str, object], path: Path) -> Config:
    """Check what a file said. `folder` is ours, so a file that sets it is refused as any unknown key is."""
    if "folder" in data:
        raise UserError(f"{path}: folder: unknown key; allowed: {_or(_known_keys(('folder',)))}.")
    try:
        config = Config.model_validate({**data, "folder": path.parent})
    except ValidationError as error:
        raise UserError("\n".join(_line(path, e) for e in error.errors())) from None
    for directory in config.template_directories:
        if not directory.is_dir():
            raise UserError(f'{path}: templates.directory: found {_found(str(directory))}; allowed: a folder, or "".')
    return config


def _line(path: Path, error: ErrorDetails) -> str:
    if error["type"] == "value_error" and not error["loc"]:
        return f"{path}: {error['ctx']['error']}."
    key = _key(error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{path}: {key}: unknown key; allowed: {_or(_known_keys(error['loc']))}."
    if error["type"] == "missing":
        return f"{path}: {key}: found nothing; it is needed."
    return f"{path}: {key}: found {_found(error['input'])}; allowed: {_allowed(error)}."


def _key(loc: tuple[int | str, ...]) -> str:
    """`channels[2].digest`: entries of a list counted from 1, as a reader of the file counts."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc)
    return one_line(words.lstrip(".").removesuffix(".[key]"))


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the table with the key at `loc` may have."""
    table = Config if len(loc) == 1 else _TABLES[str(loc[0])]
    return [key for key in table.model_fields if key != "folder"]


_TABLES: dict[str, type[Model]] = {
    "slack": Slack,
    "http": Http,
    "sub_committees": SubCommittee,
    "channels": Channel,
    "secas": Secas,
    "people": People,
    "stages": Stages,
    "publishing": Publishing,
    "templates": Templates,
    "retention": Retention,
}


def _twice(words: list[str]) -> str | None:
    """The first word that stands twice, in whatever case."""
    seen: set[str] = set()
    for word in words:
        if word.casefold() in seen:
            return word
        seen.add(word.casefold())
    return None


def _found(value: object) -> str:
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


def _or(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" or {words[-1]}" if len(words) > 1 else words[0]
