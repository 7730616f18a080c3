"""`dpbot teams`: the package of the app for Microsoft Teams, which an administrator uploads there."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot import terminal
from bot.config import Config
from bot.environment import Secrets
from bot.errors import UserError
from bot.terminal import CONFIG, ConfigPath, settings_of

commands = typer.Typer(no_args_is_help=True, help="Look after dpbot in Microsoft Teams.")
NAME = "dpbot-teams.zip"
PARTS = Path(__file__).with_name("teams_app")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip can say at the least: the same parts are the same package


@commands.callback()
def _commands() -> None:
    """One command alone would otherwise lose its name."""


@commands.command()
def package(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to put the package.")] = Path(),
    config: ConfigPath = CONFIG,
) -> None:
    """Make the package that is uploaded to Microsoft Teams: docs/teams.md says where."""
    settings, secrets = settings_of(config)
    parts = {"manifest.json": filled_in((PARTS / "manifest.json").read_text("utf-8"), settings, secrets).encode()}
    parts |= {icon: (PARTS / icon).read_bytes() for icon in ("color.png", "outline.png")}
    place = terminal.folder(out) / NAME
    terminal.keep(place, _zipped(parts))
    typer.echo(f"{place}: upload it to Microsoft Teams.")


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def filled_in(manifest: str, config: Config, secrets: Secrets) -> str:
    """The manifest with what differs from one installation to the next. UserError where that is not said, or wrong."""
    client, address = secrets.need("teams_client_id"), config.http.address
    if not _GUID.fullmatch(client):
        raise UserError(
            "TEAMS_CLIENT_ID is not the Application (client) ID of a registration: allowed is one such as "
            '"11111111-2222-3333-4444-555555555555", in lower case.'
        )
    if not address.startswith("https://"):
        raise UserError(
            f'[http] address is "{address}": Teams needs one that begins with https://, such as '
            '"https://dpbot.secas.example"; set it in config.toml.'
        )
    return manifest.replace("${{TEAMS_CLIENT_ID}}", client).replace("${{ADDRESS}}", address)
