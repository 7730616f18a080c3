"""Tokens and addresses: from the environment or `.env`, never from config.toml, never printed."""

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from bot.errors import UserError

Secret = Literal[
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "teams_client_id",
    "teams_client_secret",
    "teams_tenant_id",
]


class Secrets(BaseModel):
    """Tokens and addresses, from the environment only; never printed."""

    model_config = ConfigDict(frozen=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    teams_client_id: SecretStr | None = None
    teams_client_secret: SecretStr | None = None
    teams_tenant_id: SecretStr | None = None
    slack_api_url: str = Field(default="https://slack.com/api/", repr=False)
    teams_url: str = Field(default="", repr=False)  # another server than Microsoft's
    database_url: str = Field(default="sqlite:///dpbot.db", repr=False)  # may hold a password

    def need(self, name: Secret) -> str:
        """The secret of this name; UserError where it is not set."""
        secret: SecretStr | None = getattr(self, name)
        if secret is None:
            raise UserError(f"{name.upper()} is not set: put it into the environment or into the file .env.")
        return secret.get_secret_value()


def load_secrets(folder: Path) -> Secrets:
    """The environment, with `.env` in `folder` below it."""
    try:
        values = {**dotenv_values(folder / ".env"), **os.environ}
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"{folder / '.env'}: it cannot be read ({error.__class__.__name__}); allowed: a UTF-8 text file."
        ) from None
    known = {name: values[name.upper()] for name in Secrets.model_fields if values.get(name.upper())}
    for name in ("slack_api_url", "teams_url"):
        if name in known and not _is_web_address(known[name] or ""):
            raise UserError(
                f"{name.upper()} is not an address dpbot can use: allowed is http:// or https:// and a host."
            )
    if _is_open(known.get("teams_url") or ""):
        raise UserError("TEAMS_URL would send dpbot's secret unencrypted: allowed is https://, or this machine itself.")
    return Secrets.model_validate(known)


def _is_open(address: str) -> bool:
    """Whether what is sent there can be read on its way: http:// to another machine."""
    found = urlsplit(address)
    return found.scheme == "http" and found.hostname not in {"127.0.0.1", "localhost"}


def _is_web_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:  # also a port that is none
        return False
