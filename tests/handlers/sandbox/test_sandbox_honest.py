"""The sandbox is what it says it is, and the product does not know of it."""

import re
from pathlib import Path

import pytest
import yaml

from handlers.sandbox import Workspace
from handlers.sandbox.manifest import SCOPES, SHORTCUTS, SHOULD_ESCAPE
from handlers.sandbox.methods import METHODS
from handlers.sandbox.pace import TIERS
from handlers.sandbox.workspace import EVENTS
from tests.house import ROOT

MANIFEST = yaml.safe_load((ROOT / "deploy/slack-manifest.yaml").read_text("utf-8"))
PAGE = (ROOT / "docs/sandbox.md").read_text("utf-8")
PRODUCT = sorted(
    path
    for folder in ("bot", "handlers/slack")
    for path in (ROOT / folder).rglob("*.py")
    if "bot/demo" not in path.as_posix()
)


def test_the_app_is_granted_what_the_manifest_asks_for() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert Workspace().scopes == SCOPES


def test_the_app_is_told_what_the_manifest_subscribes_to() -> None:
    """Direct messages too: they would be told if somebody subscribed to them, and dpbot must not keep them."""
    assert {*MANIFEST["settings"]["event_subscriptions"]["bot_events"], "message.im"} == set(EVENTS)


def test_a_command_is_sent_as_the_manifest_says() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["should_escape"] is SHOULD_ESCAPE


def test_the_menu_of_a_message_offers_what_the_manifest_names() -> None:
    offered = MANIFEST["features"]["shortcuts"]
    assert {each["callback_id"]: each["name"] for each in offered} == SHORTCUTS
    assert {each["type"] for each in offered} == {"message"}


def test_every_method_is_in_the_table_and_has_a_pace() -> None:
    listed = next(line for line in PAGE.splitlines() if line.startswith("| methods |"))

    assert set(re.findall(r"`([a-z]+\.[A-Za-z.]+)`", listed)) == METHODS.keys()
    assert TIERS.keys() == METHODS.keys() - {"apps.connections.open"}


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_product_has_no_branch_for_the_sandbox(path: Path) -> None:
    """Neither its module nor its ids nor its name; jinja2 has a sandbox of its own."""
    assert not re.search(r"(?<!jinja2\.)\bsandbox\b|0SANDBOX|0SAND\d", path.read_text("utf-8"), re.IGNORECASE)
