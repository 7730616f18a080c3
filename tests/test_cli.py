"""`dpbot` as a person types it: its help, its configuration; wrong arguments are one sentence."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from bot import cli
from tests.house import CONFIG, PAPER, SAMPLE
from tests.programs import DPBOT
from tests.terminal import Shown, Terminal

COMMANDS = (
    *(["run"], ["import"], ["attach"], ["statements"], ["withdraw"], ["publish"], ["compile"], ["digest"]),
    *(
        ["digest", "preview"],
        ["replay"],
        ["demo"],
        ["preview"],
        ["db"],
        ["db", "upgrade"],
        ["config"],
        ["config", "check"],
    ),
)


# --- in a process of its own ------------------------------------------------------------------------------------------


def run(folder: Path, *words: str | Path, answer: str = "") -> Shown:
    """The installed command, as a shell runs it."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "COLUMNS": "120"}
    done = subprocess.run(
        [DPBOT, *words],
        cwd=folder,
        env=environment,
        input=answer,
        capture_output=True,
        text=True,
        check=False,
    )
    return Shown(done.returncode, done.stdout, done.stderr)


def test_the_installed_command_says_its_version(tmp_path: Path) -> None:
    shown = run(tmp_path, "--version")

    assert re.fullmatch(r"dpbot \d+\.\d+\.\d+\n", shown.out)
    assert (shown.code, shown.err) == (0, "")


def test_the_installed_command_complains_in_one_sentence(tmp_path: Path) -> None:
    shown = run(tmp_path, "config", "check")

    assert shown.sentence == "config.toml: there is no such file; give its place with --config."
    assert (shown.code, shown.out) == (1, "")


def test_the_installed_command_asks_before_it_stores(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    shown = run(tmp_path, "import", SAMPLE, answer="n\n")

    assert shown.code == 1
    assert shown.err.startswith("Store this paper, with the meeting's date as shown? [y/N]:")
    assert shown.err.endswith("Nothing was stored.\n")
    assert "DP092" in shown.out


# --- help and wrong words ---------------------------------------------------------------------------------------------


def test_without_words_it_shows_what_there_is(empty: Terminal) -> None:
    shown = empty.types()

    for command in (words[0] for words in COMMANDS):
        assert re.search(rf"^\W*{command}\s+[A-Z]", shown.out + shown.err, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_each_of_its_words(empty: Terminal, command: list[str]) -> None:
    shown = empty.types(*command, "--help")

    assert (shown.code, shown.err) == (0, "")
    assert f"Usage: dpbot {' '.join(command)}" in shown.out
    found: Any = typer.main.get_command(cli.cli)
    for word in command:
        found = found.commands[word]
    assert [parameter.name for parameter in found.params if not parameter.help] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["foo"], "No such command 'foo'. `dpbot --help` shows what is allowed."),
        (
            ["config", "chekc"],
            "No such command 'chekc'. Did you mean 'check'? `dpbot config --help` shows what is allowed.",
        ),
        (["import"], "Missing argument 'FILE'. `dpbot import --help` shows what is allowed."),
        (["publish"], "Missing argument 'PAPER'. `dpbot publish --help` shows what is allowed."),
        (["compile"], "Missing argument 'PROPOSAL'. `dpbot compile --help` shows what is allowed."),
        (["import", "--foo", "x"], "No such option: --foo. `dpbot import --help` shows what is allowed."),
        (
            ["compile", "DP092", "x"],
            "Got unexpected extra argument(s) (x). `dpbot compile --help` shows what is allowed.",
        ),
        (["replay", "--config"], "Option '--config' requires an argument. `dpbot --help` shows what is allowed."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_it_does_not_know_are_one_sentence(empty: Terminal, words: list[str], sentence: str) -> None:
    shown = empty.types(*words)

    assert (shown.code, shown.out, shown.sentence) == (2, "", sentence)


def test_the_configuration_is_checked(empty: Terminal) -> None:
    shown = empty.types("config", "check")

    assert (shown.code, shown.out) == (0, "config.toml is right.\n")


def test_what_is_wrong_with_the_configuration_is_a_line_a_mistake(empty: Terminal) -> None:
    empty.configures("enabled = true", "enabled = 1\nenabld = 1")
    shown = empty.types("config", "check")

    assert (shown.code, shown.out) == (1, "")
    assert shown.err.splitlines() == [
        "config.toml: publishing.enabled: found 1; allowed: true or false.",
        "config.toml: publishing.enabld: unknown key; allowed: enabled.",
    ]


@pytest.fixture
def templated(stored: Terminal) -> Terminal:
    """With the operator's own templates."""
    for name in ("text", "slack", "report"):
        (stored.folder / "own" / name).mkdir(parents=True)
    stored.file("config.toml", f'{CONFIG}[templates]\ndirectory = "own"\n')
    return stored


def test_an_operators_template_with_a_name_that_is_not_known_is_one_sentence(templated: Terminal) -> None:
    templated.file("own/text/heading.txt", "{{ papr.reference }}")
    shown = templated.types("publish", PAPER, "--dry-run")

    assert (shown.code, shown.out, shown.sentence) == (
        1,
        "",
        "The template heading.txt cannot be used: 'papr' is undefined.",
    )


@pytest.mark.parametrize("name", ["text/heading.txt", "slack/proposal.json", "slack/modals/full_text.json"])
def test_a_template_that_is_none_is_said_by_config_check(templated: Terminal, name: str) -> None:
    assert templated.types("config", "check").code == 0
    (templated.folder / "own" / name).parent.mkdir(exist_ok=True)
    templated.file(f"own/{name}", "{% if %}")
    shown = templated.types("config", "check")

    assert (shown.code, shown.out) == (1, "")
    assert shown.sentence.startswith(f"The template {name.partition('/')[2]} cannot be used: ")


def test_a_configuration_that_names_a_rosters_file_says_where_the_roster_is_now(empty: Terminal) -> None:
    empty.file("config.toml", f'{CONFIG}[people]\nroster = "roster.csv"\n')
    shown = empty.types("config", "check")

    assert (shown.code, shown.out, shown.sentence) == (
        1,
        "",
        (
            "config.toml: people: the roster is kept in the database: take [people] out and import the roster with "
            "`dpbot roster import FILE`."
        ),
    )


@pytest.mark.parametrize(
    "address", ["https://slack.example:abc/", "http://localhost:99999/", "http://x:0/", "localhost"]
)
@pytest.mark.parametrize("command", [["run"], ["replay"]], ids=" ".join)
def test_an_address_of_slack_that_is_none_is_one_sentence(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, address: str, command: list[str]
) -> None:
    monkeypatch.setenv("SLACK_API_URL", address)
    shown = terminal.types(*command)

    assert (shown.code, shown.out, shown.sentence) == (
        1,
        "",
        "SLACK_API_URL is not an address dpbot can use: allowed is http:// or https:// and a host.",
    )


def test_without_a_token_the_bot_says_which_one_it_needs(terminal: Terminal) -> None:
    shown = terminal.types("run")

    assert (shown.code, shown.sentence) == (
        1,
        "SLACK_BOT_TOKEN is not set: put it into the environment or into the file .env.",
    )
