"""The tables of config.toml, each a frozen model, and the kinds of values in them."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from urllib.parse import parse_qs, unquote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.config.mistakes import found
from bot.domain import Classification

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"(?:([01]\d|2[0-3]):[0-5]\d)?")
_DIGEST = re.compile(rf"(?:({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):([0-5]\d))?")
_EMOJI = re.compile(r"[a-z0-9_+'-]+")
_TEAM = re.compile(r"[TE][A-Z0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What "Get link to channel" of Microsoft Teams gives: the channel, its group (the team) and its tenant.
_LINK = re.compile(r"https://teams\.microsoft\.com/l/channel/(19(?::|%3[Aa])[^/?#\s]+)/[^?#\s]*\?(\S+)")
# Only this machine is reached without encryption.
_ADDRESS = re.compile(r"(?:https://[^\s/?#]+|http://(?:127\.0\.0\.1|localhost)(?::\d+)?)?")
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


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Slack(Model):
    mode: Literal["socket", "http"] = "socket"


class Teams(Model):
    """`mentions_only`: dpbot may run where it hears only messages that mention it (no resource-specific consent)."""

    mentions_only: bool = False


class Http(Model):
    """`address`: where people reach this server from outside, for links to documents, and Microsoft Teams itself."""

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


class Room(Model):
    """A channel of a platform. `link`: needed in Microsoft Teams, whose channels' names are not unique."""

    platform: Platform
    link: str = ""

    @model_validator(mode="after")
    def _is_reachable(self) -> "Self":
        if self.platform == "teams" and teams_place(self.link) is None:
            raise ValueError(f'link: found {found(self.link)}; allowed: what "Get link to channel" gives in Teams')
        return self

    @property
    def place(self) -> TeamsPlace | None:
        return teams_place(self.link)


class Channel(Room):
    name: Word
    sub_committee: Word
    clearance: Classification = Field(default=Classification.WHITE, strict=False)
    digest: DigestTime = ""


class Secas(Room):
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


TABLES: dict[str, type[Model]] = {
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
