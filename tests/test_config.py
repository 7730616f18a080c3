"""config.toml: complete as shipped; whatever is wrong in it is one line that says how to mend it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.config import Config, config_from, load_config
from bot.domain import Classification
from bot.errors import UserError

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "config.toml"
DEMO = ROOT / "bot/demo/config.toml"
# Tables whose keys are the operator's own words.
FREE = {"policies", "reactions", "party_categories", "other_bodies"}


def keys_known() -> Iterator[str]:
    for name, field in Config.model_fields.items():
        if name == "folder":
            continue
        inner = field.annotation
        models = [inner, *getattr(inner, "__args__", ())]
        table = next((m for m in models if isinstance(m, type) and issubclass(m, BaseModel)), None)
        yield from [name] if table is None or name in FREE else (f"{name}.{key}" for key in table.model_fields)


def keys_written(path: Path) -> set[str]:
    found = set()
    for name, table in tomllib.loads(path.read_text("utf-8")).items():
        for entry in table if isinstance(table, list) else [table]:
            found |= {name} if name in FREE else {f"{name}.{key}" for key in entry}
    return found


def mistakes(tmp_path: Path, content: str | bytes) -> list[str]:
    """What dpbot says of a file with this content, a line each."""
    path = tmp_path / "config.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UserError) as refused:
        load_config(path)
    lines = str(refused.value).split("\n")
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def changed(old: str, new: str) -> str:
    text = SHIPPED.read_text("utf-8")
    assert old in text, old
    return text.replace(old, new, 1)


# --- as shipped -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [SHIPPED, DEMO], ids=["shipped", "demo"])
def test_the_file_is_valid_and_has_every_key(path: Path) -> None:
    load_config(path)

    assert keys_written(path) == set(keys_known())


def test_as_shipped_nothing_is_posted_and_only_white_would_be() -> None:
    config = load_config(SHIPPED)

    assert config.publishing.enabled is False
    assert {channel.clearance for channel in config.channels} == {Classification.WHITE}
    assert config.secas.analysts == ()


def test_every_key_that_is_shipped_is_explained_on_its_line_or_above_its_table() -> None:
    above = False
    for line in SHIPPED.read_text("utf-8").splitlines():
        if re.match(r"\s*(?:#|\[|$)", line):
            above = "#" in line
        else:
            assert above or "#" in line, line


def test_the_demo_differs_only_in_publishing_and_in_people() -> None:
    shipped, demo = (load_config(path) for path in (SHIPPED, DEMO))
    differing = {name for name in Config.model_fields if getattr(shipped, name) != getattr(demo, name)}

    assert differing == {"publishing", "secas", "folder"}


# --- one line a mistake -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('mode = "socket"', 'mod = "socket"', "slack.mod: unknown key; allowed: mode."),
        (
            "[slack]",
            "[slak]\n[slack]",
            "slak: unknown key; allowed: slack, http, teams, sub_committees, channels, secas, ",
        ),
        ("aliases =", "alias =", "sub_committees[1].alias: unknown key; allowed: code, name or aliases."),
        ('[slack]\nmode = "socket"', 'slack = "socket" #', 'slack: found "socket"; allowed: a table.'),
        ('mode = "socket"', 'mode = "sockets"', 'slack.mode: found "sockets"; allowed: "socket" or "http".'),
        ('mode = "socket"', "mode = 1", 'slack.mode: found 1; allowed: "socket" or "http".'),
        ("port = 8080", 'port = "8080"', 'http.port: found "8080"; allowed: a whole number.'),
        ("port = 8080", "port = true", "http.port: found true; allowed: a whole number."),
        ("port = 8080", "port = 8080.5", "http.port: found 8080.5; allowed: a whole number."),
        ("port = 8080", "port = 0", "http.port: found 0; allowed: at least 1."),
        ("port = 8080", "port = 70000", "http.port: found 70000; allowed: at most 65535."),
        (
            '"mon 09:00"',
            '"monday 9am"',
            'channels[1].digest: found "monday 9am"; allowed: a weekday and a time such as ',
        ),
        ('"02:30"', '"2:30"', 'sweep.nightly: found "2:30"; allowed: a time such as "02:30", or "" for never.'),
        ('"mon 09:00"', '"mon 24:00"', 'channels[1].digest: found "mon 24:00"; allowed: a weekday and a time such as '),
        ('"mon 09:00"', '"1 09:00"', 'channels[1].digest: found "1 09:00"; allowed: a weekday and a time such as '),
        ('"mon 09:00"', '"mon 9:00"', 'channels[1].digest: found "mon 9:00"; allowed: a weekday and a time such as '),
        ('"mon 09:00"', '"mon\\n09:00"', r'channels[1].digest: found "mon\n09:00"; allowed: a weekday and a time such'),
        (
            '"sec.change@gemserv.com"',
            '"sec.change"',
            'secas.comments_address: found "sec.change"; allowed: an e-mail address.',
        ),
        ("analysts = []", 'analysts = ["Robin"]', 'secas.analysts[1]: found "Robin"; allowed: an e-mail address.'),
        ("analysts = []", 'analysts = "a@b.example"', 'secas.analysts: found "a@b.example"; allowed: a list.'),
        (
            'clearance = "White"',
            'clearance = "white"',
            'channels[1].clearance: found "white"; allowed: "White", "Clear", "Green", "Amber" or "Red".',
        ),
        (
            'sub_committee = "OPSG"',
            'sub_committee = "OPS"',
            'channels: operations-group: sub_committee: found "OPS"; allowed: OPSG.',
        ),
        (
            'platform = "slack" ',
            'platform = "irc" ',
            'channels[1].platform: found "irc"; allowed: "slack" or "teams".',
        ),
        (
            'platform = "slack" ',
            'platform = "teams" ',
            'channels[1]: link: found ""; allowed: what "Get link to channel" gives in Teams.',
        ),
        (
            '[secas]\nplatform = "slack"               # "slack" or "teams"\nlink = ""',
            '[secas]\nplatform = "teams"\nlink = "https://teams.microsoft.com/l/team/19%3Aa/x?groupId=1&tenantId=2"',
            'secas: link: found "https://teams.microsoft.com/l/team/19%3Aa/x?groupId=1&tenantId=2"; allowed: what "Get',
        ),
        (
            'address = ""',
            'address = "dpbot.secas.example"',
            'http.address: found "dpbot.secas.example"; allowed: an address such as "https://dpbot.secas.example", or ',
        ),
        (
            'address = ""',
            'address = "http://dpbot.secas.example"',
            'http.address: found "http://dpbot.secas.example"; allowed: an address such as "https://dpbot.secas.example"',
        ),
        (
            '[secas]\nplatform = "slack"               # "slack" or "teams"\nlink = ""',
            '[secas]\nplatform = "teams"\nlink = "https://teams.microsoft.com/l/channel/19%3Aa/x?groupId=1&tenantId=2"',
            'http: address: found ""; allowed: one such as "https://dpbot.secas.example", as documents in Microsoft',
        ),
        ("mentions_only = false", "mentions_only = 0", "teams.mentions_only: found 0; allowed: true or false."),
        (
            "[[channels]]",
            '[[channels]]\nplatform = "slack"\nname = "operations-group"\nsub_committee = "OPSG"\n[[channels]]',
            'channels: name: found "operations-group" twice; allowed: each channel once.',
        ),
        (
            "[[sub_committees]]",
            '[[sub_committees]]\ncode = "OPSG"\nname = "Another"\n[[sub_committees]]',
            'sub_committees: found "OPSG" twice; allowed: each code, name and alias once.',
        ),
        (
            "[[sub_committees]]",
            '[[sub_committees]]\ncode = "SSC"\nname = "operations group"\n[[sub_committees]]',
            'sub_committees: found "Operations Group" twice; allowed: each code, name and alias once.',
        ),
        (
            "[[sub_committees]]",
            '[[sub_committees]]\ncode = "SSC"\nname = "Security"\naliases = ["opsg"]\n[[sub_committees]]',
            'sub_committees: found "OPSG" twice; allowed: each code, name and alias once.',
        ),
        (
            '"secas-change-team"',
            '"operations-group"',
            'secas: channel: found "operations-group", a Sub-Committee\'s channel; allowed: a private channel',
        ),
        (
            '"raised_hand" =',
            '":raised_hand:" =',
            'reactions.:raised_hand:: found ":raised_hand:"; allowed: an emoji\'s name without colons, such as "+1".',
        ),
        ('\ncode = "OPSG"', "", "sub_committees[1].code: found nothing; it is needed."),
        ('"Operations Group"', '""', 'sub_committees[1].name: found ""; allowed: text that is not empty.'),
        (
            'comments_address = "',
            'comments_address = 5 #"',
            "secas.comments_address: found 5; allowed: text in quotes.",
        ),
        ("enabled = false", 'enabled = "no"', 'publishing.enabled: found "no"; allowed: true or false.'),
        (
            "sealed_words_days = 30",
            "sealed_words_days = -1",
            "retention.sealed_words_days: found -1; allowed: at least 0.",
        ),
        ('"+1" = "agree', '"+1" = 1 #"', "reactions.+1: found 1; allowed: text in quotes."),
        (
            '"Other SEC Parties" = [',
            '"Other SEC Parties" = "x" # [',
            'party_categories.Other SEC Parties: found "x"; allowed: a list.',
        ),
        ('"SECAS" = []', '"SECAS" = [""]', 'other_bodies.SECAS[1]: found ""; allowed: text that is not empty.'),
        (
            "teams = []",
            'teams = ["northshire"]',
            'organisations[1].teams[1]: found "northshire"; allowed: a Slack workspace\'s id such as T0123456789, or',
        ),
        (
            "[[organisations]]",
            '[[organisations]]\nname = "Smart Meters"\naliases = ["smart dcc"]\n[[organisations]]',
            'organisations: found "Smart DCC" twice; allowed: each name and alias once.',
        ),
        (
            "teams = []",
            'teams = ["T1"]\n[[organisations]]\nname = "Northshire Energy"\nteams = ["T1"]',
            'organisations: teams: found "T1" twice; allowed: each workspace once.',
        ),
        (
            "[slack]",
            '[people]\nroster = "roster.csv"\n[slack]',
            "people: the roster is kept in the database: take [people] out and import the roster with `dpbot",
        ),
        ("[slack]", 'folder = "/"\n[slack]', "folder: unknown key; allowed: slack, http, "),
        ("[slack]", '"a\\nb" = 1\n[slack]', r"a\nb: unknown key; allowed: slack, http, "),
        ("[slack]", "[slack", "not TOML: "),
    ],
)
def test_a_mistake_is_one_line_with_file_key_what_was_found_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    (line,) = mistakes(tmp_path, changed(old, new))

    assert line.startswith(sentence)
    assert line.endswith(".")


def test_two_mistakes_are_two_lines(tmp_path: Path) -> None:
    text = changed("port = 8080", "port = 0").replace("enabled = false", "enabled = 0")

    assert mistakes(tmp_path, text) == [
        "http.port: found 0; allowed: at least 1.",
        "publishing.enabled: found 0; allowed: true or false.",
    ]


def test_an_empty_file_says_what_is_needed(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == [
        "sub_committees: found nothing; it is needed.",
        "secas: found nothing; it is needed.",
    ]


def test_no_sub_committee_is_too_few(tmp_path: Path) -> None:
    text = 'sub_committees = []\n[secas]\nchannel = "c"\ncomments_address = "a@b.example"\n'

    assert mistakes(tmp_path, text) == ["sub_committees: found none; allowed: at least one."]


@pytest.mark.parametrize("content", [b"\xff\xfe[slack]", "# £\n".encode("latin-1")])
def test_a_file_that_is_not_utf_8_is_said_so(tmp_path: Path, content: bytes) -> None:
    assert mistakes(tmp_path, content) == [
        "it cannot be read (UnicodeDecodeError); allowed: a UTF-8 text file.",
    ]


def test_a_missing_file_says_how_to_give_its_place(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no such file; give its place with --config\.$"):
        load_config(tmp_path / "config.toml")


def test_a_folder_in_its_place_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"it cannot be read \(IsADirectoryError\); allowed: a UTF-8 text file\."):
        load_config(tmp_path)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["OPSG", "slack"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Config.model_fields, "code", "x\n"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*Config.model_fields, "x\ny"]), anything, max_size=6))
def test_whatever_a_file_says_the_answer_is_a_config_or_lines_that_name_the_file(data: dict[str, object]) -> None:
    path = Path("config.toml")
    try:
        config_from(data, path)
    except UserError as error:
        for line in str(error).split("\n"):
            assert re.fullmatch(r"config\.toml: .+\.", line), line


# --- what the rest of dpbot asks of it --------------------------------------------------------------------------------


def test_paths_start_at_the_files_own_folder(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(changed('directory = ""', 'directory = "mine"'), "utf-8")
    with pytest.raises(UserError, match=r"templates\.directory: found .*mine.*; allowed: a folder, or \"\"\.$"):
        load_config(tmp_path / "config.toml")
    (tmp_path / "mine").mkdir()
    config = load_config(tmp_path / "config.toml")

    assert config.template_directories == (tmp_path / "mine",)
    assert load_config(SHIPPED).template_directories == ()


def test_words_are_understood_in_any_case_and_by_their_aliases() -> None:
    config = load_config(DEMO)

    assert [body.code for word in ("opsg", "Ops", "operations group") if (body := config.sub_committee(word))] == (
        ["OPSG"] * 3
    )
    assert config.sub_committee("SSC") is None
    assert config.secas.is_analyst("Robin.Ainsley@SECAS.example")
    assert not config.secas.is_analyst("ada.firth@northshire.example")
    assert not config.secas.is_analyst(None)
