"""config.toml as frozen models; whatever is wrong with it is said in one line a mistake."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from urllib.parse import parse_qs, unquote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.domain import Classification
from bot.errors import UserError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"(?:([01]\d|2[0-3]):[0-5]\d)?")
_DIGEST = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):([0-5]\d))?")
_EMOJI = re.compile(r"[a-z0-9_+'-]+")
_TEAM = re.compile(r"[TE][A-Z0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What "Get link to channel" of Microsoft Teams gives: the channel, its group (the team) and its tenant.
_LINK = re.compile(r"https://teams\.microsoft\.com/l/channel/(19(?::|%3[Aa])[^/?#\s]+)/[^?#\s]*\?(\S+)")
_ADDRESS = re.compile(r"(?:https?://[^\s/?#]+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _like(pattern: re.Pattern[str], allowed: str) -> AfterValidator:
    """Text that the pattern takes whole."""

    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(allowed)
        return value

    return AfterValidator(check)


def is_email(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text))


Email = Annotated[str, _like(_EMAIL, "an e-mail address")]


def _path(value: str) -> str:
    if "\0" in value:
        raise ValueError("the name of a file or folder")
    return value


Word = Annotated[str, Field(min_length=1)]
Platform = Literal["slack", "teams"]
Team = Annotated[str, _like(_TEAM, "a Slack workspace's id such as T0123456789, or the id of a Microsoft Teams tenant")]
Emoji = Annotated[str, _like(_EMOJI, 'an emoji\'s name without colons, such as "+1"')]
DigestTime = Annotated[str, _like(_DIGEST, 'a weekday and a time such as "mon 09:00", or "" for no digest')]
Words = Annotated[tuple[Word, ...], Field(strict=False)]  # a TOML list; strict pydantic wants a Python tuple


def one_line(text: str) -> str:
    """Line ends and other control characters as escapes: a mistake is said in one line, whatever was found."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Slack(Model):
    mode: Literal["socket", "http"] = "socket"


class Teams(Model):
    """`mentions_only`: dpbot may run where it hears only messages that mention it (no resource-specific consent)."""

    mentions_only: bool = False


class Http(Model):
    """`address`: where people reach this server from outside, for links to documents."""

    host: Word = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    address: Annotated[str, _like(_ADDRESS, 'an address such as "https://dpbot.secas.example", or ""')] = ""


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


@dataclass(frozen=True)
class TeamsPlace:
    """What a channel's link says: ids of the channel, of its team's group and of their tenant."""

    channel: str
    group: str
    tenant: str


def teams_place(link: str) -> TeamsPlace | None:
    """None for what is no link to a channel of Microsoft Teams."""
    if not (match := _LINK.fullmatch(link)):
        return None
    asked = parse_qs(match[2])
    group, tenant = asked.get("groupId", [""])[0], asked.get("tenantId", [""])[0]
    return TeamsPlace(unquote(match[1]), group, tenant) if group and tenant else None


class _Room(Model):
    """A channel of a platform. `link`: needed in Microsoft Teams, whose channels' names are not unique."""

    platform: Platform
    link: str = ""

    @model_validator(mode="after")
    def _is_reachable(self) -> "Self":
        if self.platform == "teams" and teams_place(self.link) is None:
            raise ValueError(f'link: found {_found(self.link)}; allowed: what "Get link to channel" gives in Teams')
        return self

    @property
    def place(self) -> TeamsPlace | None:
        return teams_place(self.link)


class Channel(_Room):
    name: Word
    sub_committee: Word
    clearance: Classification = Field(default=Classification.WHITE, strict=False)
    digest: DigestTime = ""


class Secas(_Room):
    platform: Platform = "slack"
    channel: Word
    comments_address: Email
    analysts: Annotated[tuple[Email, ...], Field(strict=False)] = ()
    clearance: Classification = Field(default=Classification.WHITE, strict=False)
    digest: DigestTime = ""

    def is_analyst(self, email: str | None) -> bool:
        """Whether this (verified) e-mail address is an analyst's, in any case."""
        return email is not None and email.casefold() in {a.casefold() for a in self.analysts}


class Organisation(Model):
    """`parties`: the SEC Parties it represents; `teams`: workspaces whose members are its people."""

    name: Word
    aliases: Words = ()
    parties: Words = ()
    teams: Annotated[tuple[Team, ...], Field(strict=False)] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Policy(Model):
    """What a channel must be for a classification above White; `teams`: workspaces it may be shared with."""

    private: bool = True
    guests: bool = False
    teams: Annotated[tuple[Team, ...], Field(strict=False)] = ()


class Stages(Model):
    draft: Word = "Development Stage"
    others: Words = ()


class Publishing(Model):
    enabled: bool = False


class Templates(Model):
    directory: Annotated[str, AfterValidator(_path)] = ""


class Retention(Model):
    sealed_words_days: int = Field(default=30, ge=0, le=3650)


class Sweep(Model):
    nightly: Annotated[str, _like(_TIME, 'a time such as "02:30", or "" for never')] = "02:30"


class Config(Model):
    slack: Slack = Slack()
    http: Http = Http()
    teams: Teams = Teams()
    sub_committees: Annotated[tuple[SubCommittee, ...], Field(strict=False)]
    channels: Annotated[tuple[Channel, ...], Field(strict=False)] = ()
    secas: Secas
    organisations: Annotated[tuple[Organisation, ...], Field(strict=False)] = ()
    stages: Stages = Stages()
    publishing: Publishing = Publishing()
    reactions: dict[Emoji, Word] = {}
    party_categories: dict[Word, Words] = {}
    other_bodies: dict[Word, Words] = {}
    policies: dict[Annotated[Classification, Field(strict=False)], Policy] = {}
    templates: Templates = Templates()
    retention: Retention = Retention()
    sweep: Sweep = Sweep()
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
        self._organisations_agree()
        return self

    def _organisations_agree(self) -> None:
        """A name or a workspace of two organisations would count their people together."""
        words = [word for each in self.organisations for word in {w.casefold(): w for w in each.words}.values()]
        if twice := _twice(words):
            raise ValueError(f"organisations: found {_found(twice)} twice; allowed: each name and alias once")
        if twice := _twice([team for each in self.organisations for team in each.teams]):
            raise ValueError(f"organisations: teams: found {_found(twice)} twice; allowed: each workspace once")

    def sub_committee(self, word: str) -> SubCommittee | None:
        """The Sub-Committee with this code, name or alias."""
        return next((s for s in self.sub_committees if s.is_called(word)), None)

    def body_name(self, code: str) -> str:
        """How the Sub-Committee with this code is called; the code where config.toml no longer has it."""
        body = self.sub_committee(code)
        return body.name if body else code

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """Those that a channel is on."""
        used = {self.secas.platform, *(channel.platform for channel in self.channels)}
        return tuple(platform for platform in get_args(Platform) if platform in used)

    def rooms(self, platform: str) -> list[tuple[str, TeamsPlace | None]]:
        """The platform's channels, SECAS's among them: as config.toml names each, and where its link leads."""
        rooms: list[tuple[str, _Room]] = [(channel.name, channel) for channel in self.channels]
        return [(name, r.place) for name, r in [*rooms, (self.secas.channel, self.secas)] if r.platform == platform]

    def channels_of(self, code: str) -> list[Channel]:
        return [c for c in self.channels if c.sub_committee == code]

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
    if "people" in data:
        raise UserError(
            f"{path}: people: the roster is kept in the database: take [people] out and import the roster with "
            "`dpbot roster import FILE`."
        )
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
    if error["type"] == "value_error" and isinstance(error["input"], dict):
        return f"{path}: {key}: {error['ctx']['error']}."  # of keys that do not agree: it names them
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
    "teams": Teams,
    "sub_committees": SubCommittee,
    "channels": Channel,
    "secas": Secas,
    "organisations": Organisation,
    "stages": Stages,
    "publishing": Publishing,
    "templates": Templates,
    "retention": Retention,
    "sweep": Sweep,
    "policies": Policy,
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
