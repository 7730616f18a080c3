"""`dpbot preview`: SECAS's own configuration, roster, templates and paper in a local workspace, apart from the real."""

import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bot import app, db
from bot.config import Config, Publishing, Slack, Templates
from bot.decisions import Actor, Role
from bot.demo.place import apart, local_workspace, open_to_visitors, secrets_of
from bot.domain import Message
from bot.errors import UserError
from bot.models import Paper
from bot.papers import Reading
from bot.render import Renderer
from bot.services import importing, publishing, roster
from bot.services.acting import OPERATOR
from bot.services.counting import Counts
from bot.services.desk import Desk
from bot.services.people import RosterRow
from handlers.sandbox import Member, Workspace
from handlers.sandbox.teams import drawing

_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")  # Slack: C0123456789, or G… for older private channels
_SURFACES = ("slack", "teams", "text", "report")  # what is looked for in a folder of templates

_TEAMS = "teams"
_HERE = {"platform": "slack", "link": ""}


async def rehearse(
    config: Config,
    rows: Sequence[RosterRow],
    reading: Reading,
    paper: tuple[str, bytes],
    *,
    port: int | None,
    say: Callable[[str], None],
) -> None:
    """Publish a paper (name, bytes) to a local workspace of `config` and the roster's rows, and stay up for visitors.

    Raises UserError where a template or the paper is not right, or the paper may not be posted.
    """
    Renderer(config.template_directories).check()
    with apart(), tempfile.TemporaryDirectory(prefix="dpbot-preview-") as made:
        folder = Path(made)
        inside = copied(config, folder)
        async with local_workspace(app.utc_now, "dpbot preview", port) as workspace:
            there = populate(inside, rows, workspace)
            secrets = secrets_of(workspace, folder)
            db.upgrade(secrets.database_url)
            desk = app.open_desk(inside, secrets)
            async with desk.sessions.begin() as session:
                await roster.store(session, there, Actor("the preview", frozenset({Role.OPERATOR})), desk.clock())
            async with app.running(desk, secrets) as bot:
                notes, published = await _publish(desk, reading, paper)
                found: dict[str, object] = {"reading": reading, "notes": notes, "published": published}
                found |= {"off": not config.publishing.enabled, "page": workspace.page_url, "config": inside}
                found["cards"] = _cards(desk, published.paper, folder) if config.rooms(_TEAMS) else None
                message = Message("preview", {"step": "open", **found})
                say(desk.outbox.renderer.text(message))
                await open_to_visitors(bot)


def copied(config: Config, folder: Path) -> Config:
    """The same configuration on copies in `folder`, for a local workspace: publishing is on, and it is called by us.

    A channel that is given by its id gets a name made of it, and one of Teams is a channel like the others.
    """
    try:
        for directory in config.template_directories:
            (folder / "templates").mkdir()
            for surface in _SURFACES:
                if (directory / surface).is_dir():
                    shutil.copytree(directory / surface, folder / "templates" / surface)
    except OSError as error:
        what = "The templates could not be copied for the preview"
        raise UserError(f"{what} ({type(error).__name__}): allowed are files that dpbot may read.") from None
    changes = {
        "slack": Slack(mode="socket"),
        "publishing": Publishing(enabled=True),
        "templates": Templates(directory="templates" if config.template_directories else ""),
        "channels": tuple(each.model_copy(update=_HERE | {"name": _name(each.name)}) for each in config.channels),
        "secas": config.secas.model_copy(update=_HERE | {"channel": _name(config.secas.channel)}),
        "folder": folder,
    }
    return config.model_copy(update=changes)


def populate(config: Config, rows: Sequence[RosterRow], workspace: Workspace) -> list[RosterRow]:
    """Every channel of the configuration; everybody of the roster and the analysts, who alone see SECAS's channel.

    The roster's rows, with the ids that people have here in place of those outside.
    """
    for channel in config.channels:
        workspace.channel(channel.name)
    secas = workspace.channel(config.secas.channel, private=True)
    members: dict[str, Member] = {}
    for row in rows:
        if row.key[0] not in members:
            organisation = "SECAS" if config.secas.is_analyst(row.email) else row.organisation
            members[row.key[0]] = workspace.member(row.name, row.email, organisation=organisation)
    for email in config.secas.analysts:
        folded = email.casefold()
        if folded not in members:
            members[folded] = workspace.member(_person(email), email, organisation="SECAS")
        workspace.put(members[folded], secas)
    if not members:
        raise UserError(
            "There would be nobody in the preview: the roster has no rows and [secas] analysts in config.toml is empty."
        )
    return [replace(row, platform_id=row.platform_id and members[row.key[0]].id) for row in rows]


async def _publish(
    desk: Desk, reading: Reading, paper: tuple[str, bytes]
) -> tuple[Sequence[str], publishing.Published]:
    """What import has to say to the analyst, and what was queued."""
    name, content = paper
    async with desk.sessions.begin() as session:
        imported = await importing.store(session, desk.config, reading, name, content, False, OPERATOR, desk.clock())
        reference = imported.paper.reference
        published = await publishing.publish(session, desk.config, desk.outbox, reference, OPERATOR, desk.clock())
    return imported.notes, published


def _cards(desk: Desk, paper: Paper, folder: Path) -> str:
    """The paper's posts as Teams would show them, on a page; its address."""
    posts = [publishing.heading_message(desk.config, paper)]
    posts += (
        publishing.proposal_message(desk.config, paper, item, Counts(), paper.comments_by) for item in paper.items
    )
    cards = [desk.outbox.renderer.payload(_TEAMS, post)["card"] for post in posts]
    page = folder / "teams.html"
    page.write_text(drawing.drawn([card for card in cards if isinstance(card, dict)]), "utf-8")
    return page.as_uri()


def _name(channel: str) -> str:
    return f"channel-{channel.lower()}" if _CHANNEL_ID.fullmatch(channel) else channel


def _person(email: str) -> str:
    """robin.ainsley@secas.example is shown as Robin Ainsley."""
    return " ".join(re.split(r"[._]+", email.partition("@")[0])).strip().title() or email
