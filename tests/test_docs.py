"""The guides say what is so: every command in them runs, and their tables are complete."""

import re
import shlex
import signal
import subprocess
import urllib.request
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from bot.config import load_config
from bot.environment import Secrets
from bot.messenger import Capabilities
from bot.papers.findings import CODES
from handlers.sandbox.teams.workspace import TeamsWorkspace
from handlers.slack.messenger import SCOPES, SlackMessenger
from handlers.teams.connecting import reach
from tests.house import CONFIG, PAPER, ROOT, SAMPLE
from tests.programs import DPBOT
from tests.services.hearing import open_database
from tests.terminal import Terminal
from tests.waiting import PATIENCE

GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(guide: Path) -> list[str]:
    """The lines of a guide's shell blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.fixture
def reader(empty: Terminal) -> Terminal:
    """In a folder as the README's reader has it: configuration, roster, and the paper under its reference."""
    empty.configures("robin.ainsley@secas.example", "analyst@secas.example")
    empty.file(f"{PAPER}.txt", SAMPLE.read_bytes())
    return empty


def types(reader: Terminal, command: str) -> None:
    """The command does what it is for."""
    shown = reader.types(*shlex.split(command)[1:], answer="y\n")
    assert shown.code == 0, (command, shown.err)


def stays_up(command: str) -> bool:
    return command.startswith(("dpbot preview", "dpbot demo")) and "--once" not in command


def types_and_stops(command: str, folder: Path) -> tuple[int, str]:
    """A command that stays up: once it has said its page's address the page is looked at, then Ctrl+C."""
    _, *arguments = shlex.split(command)
    with subprocess.Popen(
        [DPBOT, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PATH": ""}
    ) as process:
        assert process.stdout
        assert process.stderr
        said = iter(process.stdout.readline, "")
        address = next((found[0] for line in said if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))), "")
        if address:
            with urllib.request.urlopen(address, timeout=PATIENCE) as page:
                assert page.status == 200
            process.send_signal(signal.SIGINT)
        return process.wait(PATIENCE), process.stderr.read() or ("" if address else "it said no address")


def test_every_make_command_of_the_guides_is_there() -> None:
    named = {line for guide in GUIDES for line in commands(guide) if line.startswith("make ")}

    assert {"make demo", "make test"} <= named
    for command in named:
        assert subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, check=True).stdout


def test_every_dpbot_command_of_the_readme_runs_in_its_order(reader: Terminal) -> None:
    """`dpbot run` has a test of its own: it waits for Slack."""
    shown = [line for line in commands(ROOT / "README.md") if line.startswith("dpbot ") and line != "dpbot run"]

    assert len(shown) > 5
    for command in shown:
        if stays_up(command):
            assert types_and_stops(command, reader.folder) == (0, ""), command
        else:
            types(reader, command)
    assert (reader.folder / "comments" / "DP092 Comments v1.0.docx").is_file()


def test_every_command_of_the_other_guides_runs(reader: Terminal) -> None:
    """One that stays up and stands in the README too has run there."""
    stayed = {line for line in commands(ROOT / "README.md") if stays_up(line)}
    for guide in GUIDES[1:]:
        for command in commands(guide):
            if stays_up(command) and command not in stayed:
                assert types_and_stops(command, reader.folder) == (0, ""), command
            elif command.startswith("dpbot ") and not stays_up(command) and command != "dpbot run":
                types(reader, command)


def test_nothing_else_is_shown_as_a_command() -> None:
    lines = [line for guide in GUIDES for line in commands(guide)]

    assert all(line.startswith(("make ", "dpbot ")) for line in lines)


def test_every_finding_is_explained_with_its_severity() -> None:
    table = (ROOT / "docs/findings.md").read_text("utf-8")
    explained = dict(re.findall(r"^\| `([a-z-]+)` \| (\w+) \| .+ \|$", table, re.MULTILINE))

    assert explained == {code: str(severity) for code, severity in CODES.items()}


def test_links_and_pictures_of_the_guides_are_there() -> None:
    for guide in GUIDES:
        for target in re.findall(r"\]\(([^)#:]+)\)", guide.read_text("utf-8")):
            assert (guide.parent / target).exists(), (guide.name, target)


# --- what differs from platform to platform ---------------------------------------------------------------------------

# The row of docs/platforms.md for each capability of a messenger.
FEATURES = {
    "marks": "A small mark on a recorded reply",
    "pins": "Posts are pinned",
    "files": "Documents as files in SECAS's channel",
    "reads_threads": "Threads are read again",
    "finds_posts": "A message is sent once, whatever fails",
    "hears_all": "Replies are recorded as comments",
    "hears_changes": "Edits and removals are told at once",
}


async def test_the_table_of_platforms_says_what_each_messenger_says_of_itself(tmp_path: Path) -> None:
    """With consent and without; and each of its sentences stands there, for whoever reads before installing."""
    consented, without = [await in_teams(tmp_path, consent) for consent in (True, False)]
    guide = (ROOT / "docs/platforms.md").read_text("utf-8")
    rows = {cells[0]: cells[1:3] for cells in re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| .+ \|$", guide, re.MULTILINE)}

    assert {field.name for field in fields(Capabilities)} == {*FEATURES, "cannot"}
    for name, feature in FEATURES.items():
        said = {(True, True): "yes", (True, False): "with consent", (False, False): "no"}
        there = said[getattr(consented, name), getattr(without, name)]
        assert rows[feature] == ("yes" if getattr(SlackMessenger.capabilities, name) else "no", there), name
    for sentence in (*without.cannot, *consented.cannot, *SlackMessenger.capabilities.cannot):
        assert sentence in guide


async def in_teams(folder: Path, consent: bool) -> Capabilities:
    async with TeamsWorkspace(consent=consent) as workspace:
        link = workspace.link(workspace.channel("operations-group"))
        teams = f'platform = "teams"\nlink = "{link}"'
        text = CONFIG.replace('platform = "slack"', teams) + "[teams]\nmentions_only = true\n"
        (folder / "config.toml").write_text(text, "utf-8")
        secrets = Secrets.model_validate({name.lower(): value for name, value in workspace.environment.items()})
        (folder / str(consent)).mkdir()
        async with open_database(folder / str(consent)) as sessions:
            return (await reach(load_config(folder / "config.toml"), secrets, sessions)).capabilities


# --- the Slack manifest -----------------------------------------------------------------------------------------------

# The scope each Web API method needs (Slack: the method's reference page), for the methods the code calls.
SCOPE_OF = {
    "auth_test": set(),
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_list": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history"},
    "files_upload_v2": {"files:write"},
    "pins_add": {"pins:write"},
    "pins_remove": {"pins:write"},
    "reactions_add": {"reactions:write"},
    "reactions_get": {"reactions:read"},
    "reactions_remove": {"reactions:write"},
    "users_info": {"users:read", "users:read.email"},
    "users_list": {"users:read"},
    "views_open": set(),
    "views_push": set(),
}
# The scope each subscribed event needs (Slack: the event's reference page), and what Bolt is told to listen to.
SCOPE_OF_EVENT = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}


def test_the_manifest_asks_for_what_the_code_uses_and_no_more() -> None:
    text = (ROOT / "deploy/slack-manifest.yaml").read_text("utf-8")
    manifest = yaml.safe_load(text)
    code = "".join(path.read_text("utf-8") for path in (ROOT / "handlers/slack").glob("*.py"))
    called = set(re.findall(r"\.client\.([a-z_A-Z0-9]+)\(", code))
    registered = set(re.findall(r'app\.event\("(\w+)"\)', code))
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    scopes = manifest["oauth_config"]["scopes"]["bot"]

    assert called == set(SCOPE_OF)
    assert {event.partition(".")[0] for event in events} == registered
    assert [c["command"] for c in manifest["features"]["slash_commands"]] == re.findall(
        r'app\.command\("(/\w+)"\)', code
    )
    shortcuts = {each["callback_id"] for each in manifest["features"]["shortcuts"]}
    assert set(re.findall(r'app\.shortcut\("(\w+)"\)', code)) == shortcuts
    assert manifest["settings"]["interactivity"]["is_enabled"]
    needed = set().union(*SCOPE_OF.values()) | {SCOPE_OF_EVENT[event] for event in events} | {"commands"}
    assert set(scopes) == needed == SCOPES


def test_the_manifest_keeps_slacks_limits_and_lets_direct_messages_in() -> None:
    """Slack: a shortcut's name has up to 24 characters and its description 150; messages_tab_disabled."""
    features = yaml.safe_load((ROOT / "deploy/slack-manifest.yaml").read_text("utf-8"))["features"]

    assert all(len(each["name"]) <= 24 and len(each["description"]) <= 150 for each in features["shortcuts"])
    assert features["app_home"]["messages_tab_enabled"]


def test_every_scope_and_event_of_the_manifest_is_explained() -> None:
    lines = (ROOT / "deploy/slack-manifest.yaml").read_text("utf-8").splitlines()

    listed = [
        line for line in lines if re.match(r"\s+- [a-z.:_]+(?: |$)", line) and not re.search("- (command|name):", line)
    ]
    assert len(listed) == len(SCOPES) + len(SCOPE_OF_EVENT)
    for line in listed:
        assert re.search(r" # \S", line), line
