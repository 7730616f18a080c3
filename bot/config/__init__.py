"""config.toml as frozen models; whatever is wrong with it is said in one line a mistake."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, get_args

from pydantic import Field, ValidationError, model_validator

from bot.config.mistakes import either, found, line, one_line, twice
from bot.config.tables import (
    TABLES,
    Channel,
    Emoji,
    Http,
    Model,
    Organisation,
    Platform,
    Policy,
    Publishing,
    Retention,
    Room,
    Secas,
    Slack,
    Stages,
    SubCommittee,
    Sweep,
    Teams,
    TeamsPlace,
    Templates,
    Word,
    Words,
    is_email,
)
from bot.domain import Classification
from bot.errors import UserError

__all__ = [
    "Channel",
    "Config",
    "Http",
    "Organisation",
    "Policy",
    "Publishing",
    "Slack",
    "SubCommittee",
    "TeamsPlace",
    "Templates",
    "config_from",
    "is_email",
    "load_config",
    "one_line",
]


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
    reactions: dict[Emoji, Word] = Field(default={})
    party_categories: dict[Word, Words] = Field(default={})
    other_bodies: dict[Word, Words] = Field(default={})
    policies: dict[Annotated[Classification, Field(strict=False)], Policy] = Field(default={})
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
                    f"found {found(channel.sub_committee)}; allowed: {either(codes)}"
                )
        words = [word for body in self.sub_committees for word in {w.casefold(): w for w in body.words}.values()]
        if word := twice(words):
            raise ValueError(f"sub_committees: found {found(word)} twice; allowed: each code, name and alias once")
        if self.secas.channel in {c.name for c in self.channels}:
            raise ValueError(
                f"secas: channel: found {found(self.secas.channel)}, a Sub-Committee's channel; "
                "allowed: a private channel of SECAS"
            )
        if word := twice([c.name for c in self.channels]):
            raise ValueError(f"channels: name: found {found(word)} twice; allowed: each channel once")
        if self.secas.platform == "teams" and not self.http.address:
            raise ValueError(
                'http: address: found ""; allowed: one such as "https://dpbot.secas.example", as documents in '
                "Microsoft Teams are links there"
            )
        self._organisations_agree()
        return self

    def _organisations_agree(self) -> None:
        """A name or a workspace of two organisations would count their people together."""
        words = [word for each in self.organisations for word in {w.casefold(): w for w in each.words}.values()]
        if word := twice(words):
            raise ValueError(f"organisations: found {found(word)} twice; allowed: each name and alias once")
        if word := twice([team for each in self.organisations for team in each.teams]):
            raise ValueError(f"organisations: teams: found {found(word)} twice; allowed: each workspace once")

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
        rooms: list[tuple[str, Room]] = [(channel.name, channel) for channel in self.channels]
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
        raise UserError(f"{path}: folder: unknown key; allowed: {either(_known_keys(('folder',)))}.")
    try:
        config = Config.model_validate({**data, "folder": path.parent})
    except ValidationError as error:
        raise UserError("\n".join(line(path, e, _known_keys) for e in error.errors())) from None
    for directory in config.template_directories:
        if not directory.is_dir():
            raise UserError(f'{path}: templates.directory: found {found(str(directory))}; allowed: a folder, or "".')
    return config


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the table with the key at `loc` may have."""
    table = Config if len(loc) == 1 else TABLES[str(loc[0])]
    return [key for key in table.model_fields if key != "folder"]
