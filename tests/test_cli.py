"""`dpbot` as a person types it: what is shown, what is stored, how it ends. Wrong arguments are one sentence."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot import db
from tests.house import CONFIG, PAPER, ROSTER, SAMPLE
from tests.papers.conftest import SCHEMA, SHORT_PAPER, held
from tests.terminal import Shown, Terminal

ROBIN = "robin.ainsley@secas.example"
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


USES_THE_DATABASE = (
    ["publish", PAPER],
    ["attach", "DP092", "https://secas.example/dp092.docx", "--version", "0.1", "--status", "draft"],
    ["statements", "DP092"],
    ["withdraw", "DP092", "--by", ROBIN],
    ["compile", "DP092"],
    ["digest", "preview"],
    ["replay"],
    ["import", str(SAMPLE), "--yes", "--json"],
)


# --- in a process of its own ------------------------------------------------------------------------------------------


def run(folder: Path, *words: str | Path, answer: str = "") -> Shown:
    """The installed command, as a shell runs it."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "COLUMNS": "120"}
    done = subprocess.run(
        [Path(sys.executable).with_name("dpbot"), *words],
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
    options = re.findall(r"^\W*(--[a-z-]+)\s+(?:<\w+>)?\s*(.*?)\W*$", shown.out, re.MULTILINE)
    assert options
    assert all(explained for _, explained in options)


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


# --- import -----------------------------------------------------------------------------------------------------------


def test_the_preview_shows_the_papers_facts_its_items_and_its_findings(terminal: Terminal) -> None:
    shown = terminal.types("import", SAMPLE, "--dry-run")
    out = " ".join(shown.out.split())

    assert (shown.code, shown.err) == (0, "")
    for words in (
        "Paper OPSG_26_0511_16",
        "Title New Draft Proposals and Modification Proposals",
        "Action For Discussion",
        "Classification White",
        "Meeting 26, Tuesday 5 November 2019 (read from the reference: please confirm)",
        "Dated 29 October 2019",
        "Author Alex Penrose, SECAS Team",
        "Comments to change.team@secas.example",
        "Comments by not stated",
        "Views invited on the issue described in each problem statement",
        "Daniel Stroud of",
        "pending",
        "names Modification Proposals, but there are none in it.",
    ):
        assert words in out, words
    assert re.findall(r"DP\d{3}", shown.out) == [f"DP0{number}" for number in range(88, 94)]
    assert terminal.rows("papers") == []


@pytest.mark.parametrize(
    ("columns", "width"), [("", 110), ("80", 80), ("130", 130), ("900", 140), ("1", 40), ("x", 110)]
)
def test_lines_of_the_preview_fit_a_page_or_the_columns_asked_for_when_it_is_not_a_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = terminal.types("import", SAMPLE, "--dry-run").out.splitlines()

    assert width - 10 < max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_findings_stand_by_severity_the_gravest_first(empty: Terminal) -> None:
    paper = empty.file(
        "paper.txt",
        SHORT_PAPER.replace("The Lead Analyst from SECAS is Robin Ainsley.", "").replace(
            "This document is classified as White.", "This document is classified as Amber and as White."
        ),
    )
    severities = re.findall(r"^(error|warning|note) ", empty.types("import", paper, "--dry-run").out, re.MULTILINE)

    assert len(set(severities)) > 1
    assert severities == sorted(severities, key=["error", "warning", "note"].index)


def test_a_yes_stores_it_and_confirms_the_meetings_date(terminal: Terminal) -> None:
    shown = terminal.types("import", SAMPLE, answer="y\n")

    assert shown.code == 0
    assert "Store this paper, with the meeting's date as shown? [y/N]" in shown.err
    assert (
        "OPSG_26_0511_16 is stored with 6 proposals. Nothing was posted: `dpbot publish OPSG_26_0511_16`" in shown.err
    )
    assert len(terminal.rows("items")) == 6
    assert [row[-1] for row in terminal.rows("meetings")] == [1]


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "perhaps\nn\n"], ids=["n", "enter", "end of input", "perhaps"])
def test_anything_but_a_yes_stores_nothing(terminal: Terminal, answer: str) -> None:
    shown = terminal.types("import", SAMPLE, answer=answer)

    assert shown.code == 1
    assert shown.err.endswith("Nothing was stored.\n")
    assert terminal.rows("papers") == []


def test_importing_never_posts(stored: Terminal) -> None:
    assert stored.rows("outbox") == []
    assert stored.rows("posts") == []


def test_with_yes_it_does_not_ask_and_the_date_stays_unconfirmed(terminal: Terminal) -> None:
    shown = terminal.types("import", SAMPLE, "--yes")

    assert shown.code == 0
    assert "?" not in shown.err
    assert [row[-1] for row in terminal.rows("meetings")] == [0]


def test_a_dry_run_needs_neither_database_nor_configuration(empty: Terminal) -> None:
    (empty.folder / "config.toml").unlink()

    assert empty.types("import", SAMPLE, "--dry-run").code == 0
    assert empty.types("import", SAMPLE, "--dry-run", "--yes").code == 0


def test_json_is_the_contract_and_nothing_else_and_stores_nothing(terminal: Terminal) -> None:
    shown = terminal.types("import", SAMPLE, "--json")
    schema = json.loads(held(SCHEMA).read_text("utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(json.loads(shown.out))) == []
    assert (shown.code, shown.err) == (0, "")
    assert terminal.rows("papers") == []


def test_json_with_yes_stores_and_standard_output_is_still_json(terminal: Terminal) -> None:
    shown = terminal.types("import", SAMPLE, "--json", "--yes")

    assert json.loads(shown.out)["paper"]["reference"] == PAPER
    assert shown.sentence.startswith("OPSG_26_0511_16 is stored with 6 proposals.")
    assert len(terminal.rows("papers")) == 1


def test_text_prints_the_lines_as_findings_count_them(empty: Terminal) -> None:
    shown = empty.types("import", SAMPLE, "--text")
    lines = shown.out.splitlines()

    assert shown.code == 0
    assert [int(line.split(maxsplit=1)[0]) for line in lines] == list(range(1, len(lines) + 1))
    assert lines[2].endswith("Paper Reference: OPSG_26_0511_16")


@pytest.mark.parametrize("words", [["--text"], ["--where"], ["--json", "--text"]], ids=" ".join)
def test_what_only_prints_the_lines_does_not_go_with_yes(terminal: Terminal, words: list[str]) -> None:
    shown = terminal.types("import", SAMPLE, "--yes", *words)

    assert (shown.code, shown.out, terminal.rows("papers")) == (2, "", [])
    assert shown.sentence == (
        "--text and --where print the paper's lines and store nothing: they do not go with --yes, which stores it."
    )


def test_where_prints_each_line_after_the_field_its_words_ended_in(empty: Terminal) -> None:
    lines = empty.types("import", SAMPLE, "--where").out.splitlines()

    assert lines[2].split() == ["reference", "3", "Paper", "Reference:", "OPSG_26_0511_16"]
    assert lines[21].startswith("DP088 proposer, DP088 Lead Analyst")
    assert lines[0].split()[0] == "classification"


def test_the_same_file_twice_changes_nothing(stored: Terminal) -> None:
    shown = stored.types("import", SAMPLE, "--yes")

    assert (shown.code, shown.sentence) == (
        0,
        "OPSG_26_0511_16 was imported before from this file: nothing was changed.",
    )
    assert len(stored.rows("papers")) == 1


def test_another_file_of_the_same_reference_is_refused(stored: Terminal) -> None:
    changed = stored.file("changed.txt", SAMPLE.read_text("utf-8") + "\n")
    shown = stored.types("import", changed, "--yes")

    assert shown.code == 1
    assert re.fullmatch(
        r"OPSG_26_0511_16 was imported on \d+ \w+ \d{4} from a different file: nothing was changed\. .*", shown.sentence
    )


@pytest.mark.parametrize("options", [["--yes"], ["--dry-run"], ["--json"], ["--json", "--yes"], []], ids=" ".join)
def test_a_paper_with_an_error_is_shown_and_not_stored(terminal: Terminal, options: list[str]) -> None:
    paper = terminal.file("paper.txt", SHORT_PAPER.replace("Paper Reference: OPSG_26_0511_16", ""))
    shown = terminal.types("import", paper, *options, answer="y\n")

    assert shown.code == 1
    assert shown.out
    assert shown.sentence.endswith(".")
    assert terminal.rows("papers") == []


def test_a_stage_that_the_configuration_does_not_know_is_said_when_it_is_stored(terminal: Terminal) -> None:
    terminal.file("config.toml", f'{CONFIG}[stages]\ndraft = "First Stage"\nothers = ["Report Phase"]\n')
    shown = terminal.types("import", SAMPLE, "--yes")

    assert shown.code == 0
    assert shown.err.splitlines()[1:] == [
        "The stage “Development Stage” is none of [stages] in config.toml; it is kept as printed."
    ]


def test_what_would_steer_a_terminal_is_refused_or_not_shown(terminal: Terminal) -> None:
    turned = terminal.file(
        "turned.txt", SAMPLE.read_text("utf-8").replace("Power to raise", "Power \u202eto\u2066 raise")
    )
    steering = terminal.file(
        "steering.txt", SAMPLE.read_text("utf-8").replace("Power to raise", "Power \x9b31mto raise")
    )

    for options in (["--dry-run"], ["--json"], ["--text"]):
        shown = terminal.types("import", turned, *options)
        assert (shown.code, "Power to" in shown.out) == (0, True)
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown.out)
        shown = terminal.types("import", steering, *options)
        assert (shown.code, shown.out) == (1, "")
        assert shown.sentence.startswith("steering.txt is not a text file")


def test_a_paper_of_an_unknown_sub_committee_names_those_that_are_configured(terminal: Terminal) -> None:
    paper = terminal.file("paper.txt", SHORT_PAPER.replace("OPSG_26", "TABASC_26"))
    shown = terminal.types("import", paper, "--yes")

    assert shown.code == 1
    assert shown.sentence == (
        "The paper was not stored: TABASC is no Sub-Committee in config.toml, which has OPSG, SSC."
    )


@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        ("no.txt", None, 2, "no.txt: it cannot be read (No such file or directory); allowed is a paper's file."),
        (".", None, 2, ".: it cannot be read (Is a directory); allowed is a paper's file."),
        (
            "a.txt",
            b"\x7fELF\x00\x01",
            1,
            "a.txt is not a text file: save the paper as .docx, as .pdf, or as plain text in UTF-8.",
        ),
        (
            "a.txt",
            b"\x80\x81",
            1,
            "a.txt is not a text file: save the paper as .docx, as .pdf, or as plain text in UTF-8.",
        ),
        ("a.txt", b" \n", 1, "a.txt is empty: a paper must contain text."),
        ("a.xyz", b"text", 1, "a.xyz cannot be read as a paper: allowed are .docx, .pdf, .md and .txt files."),
    ],
)
def test_what_is_no_paper_is_one_sentence(
    terminal: Terminal, name: str, content: bytes | None, code: int, sentence: str
) -> None:
    if content is not None:
        terminal.file(name, content)
    shown = terminal.types("import", name)

    assert (shown.code, shown.out, shown.sentence) == (code, "", sentence)


# --- publish ----------------------------------------------------------------------------------------------------------


def test_publishing_queues_the_posts_once(stored: Terminal) -> None:
    first, second = stored.types("publish", PAPER.lower()), stored.types("publish", PAPER)

    assert first.out == (
        "OPSG_26_0511_16: 7 messages queued for operations-group. A running dpbot sends them in order, about one a "
        "second.\n"
    )
    assert second.out == "OPSG_26_0511_16 was published to operations-group before: nothing was queued for it.\n"
    assert (first.code, second.code) == (0, 0)
    assert len(stored.rows("posts")) == 7


def test_an_unconfirmed_meeting_date_is_said_when_publishing(terminal: Terminal) -> None:
    terminal.types("import", SAMPLE, "--yes")

    assert "The meeting's date was read from the paper's reference and nobody has confirmed it." in (
        terminal.types("publish", PAPER).out
    )


def test_a_dry_run_prints_every_post_and_queues_nothing(stored: Terminal) -> None:
    stored.configures("[publishing]\nenabled = true", "[publishing]\nenabled = false")
    shown = stored.types("publish", PAPER, "--dry-run")

    assert shown.code == 0
    assert shown.out.startswith("Operations Group: New Draft Proposals and Modification Proposals\n")
    assert shown.out.count("Views are invited on (1) the issue") == 6
    assert "Paper Reference" not in shown.out
    assert stored.rows("outbox") == []


def test_publishing_is_refused_while_it_is_off(stored: Terminal) -> None:
    stored.configures("[publishing]\nenabled = true", "[publishing]\nenabled = false")
    shown = stored.types("publish", PAPER)

    assert (shown.code, shown.sentence) == (
        1,
        "Publishing is off: an operator turns it on with [publishing] enabled = true in config.toml.",
    )
    assert stored.rows("outbox") == []


def test_a_paper_that_was_not_imported_is_said_with_those_that_were(stored: Terminal) -> None:
    shown = stored.types("publish", "OPSG_99_0101_01")

    assert (shown.code, shown.sentence) == (
        1,
        "There is no paper OPSG_99_0101_01: imported papers are OPSG_26_0511_16.",
    )


def test_before_any_import_it_says_how_to_import(terminal: Terminal) -> None:
    assert terminal.types("publish", PAPER).sentence == (
        "There is no paper OPSG_26_0511_16: import it with `dpbot import`."
    )


@pytest.mark.parametrize("classification", ["Green", "Amber", "Red"])
def test_only_white_is_posted(terminal: Terminal, classification: str) -> None:
    paper = terminal.file("paper.txt", SHORT_PAPER.replace("classified as White", f"classified as {classification}"))
    assert terminal.types("import", paper, "--yes").code == 0
    shown = terminal.types("publish", PAPER)

    assert (shown.code, shown.sentence) == (
        1,
        (
            f"OPSG_26_0511_16 was not posted to operations-group: the paper is classified {classification} "
            "and only White is posted."
        ),
    )
    assert terminal.rows("outbox") == []


def test_a_sub_committee_without_a_channel_is_said(terminal: Terminal) -> None:
    paper = terminal.file("paper.txt", SHORT_PAPER.replace("OPSG_26", "SSC_26"))
    assert terminal.types("import", paper, "--yes").code == 0
    shown = terminal.types("publish", "SSC_26_0511_16")

    assert (shown.code, shown.sentence) == (
        1,
        "No channel is configured for SSC: add one under [[channels]] in config.toml.",
    )


# --- compile ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["DP092", "dp92", "92", "MP 92"])
def test_a_draft_is_three_files_by_any_spelling(posted: Terminal, spelling: str) -> None:
    shown = posted.types("compile", spelling, "--out", "out/here")

    assert shown.code == 0
    assert [Path(line).name for line in shown.out.splitlines()] == [
        "DP092 Comments v0.1.docx",
        "DP092 Comments v0.1.md",
        "DP092 Comments v0.1.json",
    ]
    assert all((posted.folder / line).stat().st_size for line in shown.out.splitlines())


def test_the_draft_is_issued_by_an_analyst(posted: Terminal) -> None:
    posted.types("compile", "DP092")
    shown = posted.types("compile", "DP092", "--final", "--by", ROBIN)

    assert shown.code == 0
    assert "DP092 Comments v1.0.docx" in shown.out
    assert "**This is a draft" not in (posted.folder / "DP092 Comments v1.0.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["xx"], 2, "'xx' is no proposal: allowed is a number or reference such as DP092."),
        (["DCP333"], 2, "'DCP333' is no proposal: allowed is a number or reference such as DP092."),
        (["DP999"], 1, "DP999 is in no paper that was imported: check the number."),
        (["DP092", "--final"], 2, "--final and --by go together: --by says which analyst issues the document."),
        (["DP092", "--by", ROBIN], 2, "--final and --by go together: --by says which analyst issues the document."),
        (["DP092", "--final", "--by", ROBIN], 1, "There is no draft of DP092 Comments to issue: compile one"),
        (
            ["DP092", "--final", "--by", "jo@elsewhere.example"],
            1,
            "jo@elsewhere.example may not issue a Comments document: only the analysts in [secas] analysts may.",
        ),
        (["DP092", "--out", "config.toml"], 2, "config.toml: it cannot be made (File exists); allowed is a folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_compiled_is_one_sentence(posted: Terminal, words: list[str], code: int, sentence: str) -> None:
    shown = posted.types("compile", *words)

    assert (shown.code, shown.out) == (code, "")
    assert shown.sentence.startswith(sentence)


def test_a_proposal_that_was_not_published_is_said(stored: Terminal) -> None:
    assert stored.types("compile", "DP092").sentence == (
        "DP092 has not been put to a Sub-Committee yet: publish its paper first."
    )


def test_an_issue_whose_files_were_not_written_is_written_when_asked_again(posted: Terminal) -> None:
    posted.types("compile", "DP092")
    in_the_way = posted.folder / "DP092 Comments v1.0.docx"
    in_the_way.mkdir()
    assert posted.types("compile", "DP092", "--final", "--by", ROBIN).code == 1
    in_the_way.rmdir()

    shown = posted.types("compile", "DP092", "--final", "--by", ROBIN)

    assert (shown.code, shown.out.splitlines()) == (
        0,
        [f"DP092 Comments v1.0.{form}" for form in ("docx", "md", "json")],
    )
    written = [(posted.folder / name).read_bytes() for name in shown.out.splitlines()]
    posted.types("compile", "DP092", "--final", "--by", ROBIN, "--out", "again")
    assert [(posted.folder / "again" / name).read_bytes() for name in shown.out.splitlines()] == written
    assert len(posted.rows("documents")) == 2


def test_where_the_folder_cannot_be_made_nothing_is_issued(posted: Terminal) -> None:
    posted.types("compile", "DP092")
    shown = posted.types("compile", "DP092", "--final", "--by", ROBIN, "--out", "config.toml")

    assert (shown.code, len(posted.rows("documents"))) == (2, 1)


def test_a_file_that_cannot_be_written_is_one_sentence(posted: Terminal) -> None:
    (posted.folder / "DP092 Comments v0.1.docx").mkdir()
    shown = posted.types("compile", "DP092")

    assert (shown.code, shown.sentence) == (
        1,
        "DP092 Comments v0.1.docx: it cannot be written (Is a directory); allowed is a folder dpbot may write to.",
    )


# --- digest, replay, config, demo -------------------------------------------------------------------------------------


def test_the_digest_can_be_seen_beforehand(posted: Terminal) -> None:
    shown = posted.types("digest", "preview", "--channel", "operations-group")

    assert shown.code == 0
    assert shown.out.startswith("#operations-group\nOperations Group: Draft Proposals, week to ")
    assert "Six proposals put to the Operations Group (paper OPSG_26_0511_16)." in shown.out
    assert posted.rows("occurrences") == []


def test_at_a_moment_with_nothing_to_tell_it_says_so(posted: Terminal) -> None:
    assert posted.types("digest", "preview", "--at", "2019-07-01T09:00").out == (
        "#operations-group\nNo digest: nothing changed and no meeting is within five Working Days.\n"
    )


def test_every_day_of_these_centuries_is_a_moment(posted: Terminal) -> None:
    for day in ("2000-02-29", "2024-02-29", "1900-01-01", "2199-12-31"):
        assert posted.types("digest", "preview", "--at", day).code == 0, day


def test_a_moment_may_have_a_zone_of_its_own(posted: Terminal) -> None:
    """A minute before the posts were made, told by a clock 11 hours ahead; and a minute after, by one behind."""
    opened = datetime.fromisoformat(posted.rows("invitations")[0][-1]).replace(tzinfo=UTC)
    before = (opened - timedelta(minutes=1)).astimezone(timezone(timedelta(hours=11)))
    after = (opened + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=-11)))

    assert "No digest" in posted.types("digest", "preview", "--at", before.isoformat()).out
    assert "Six proposals" in posted.types("digest", "preview", "--at", after.isoformat()).out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--channel", "foo"], "'foo' is no channel: allowed is operations-group."),
        (["--at", "Monday"], "'Monday' is no moment: allowed is a date and a time such as 2019-11-04T09:00."),
        *(
            (["--at", at], f"'{at}' is no moment: allowed is a date and a time such as 2019-11-04T09:00.")
            for at in ("0001-01-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59", "9999-12-31T23:59-12:00")
        ),
        (["--at", "2019-13-01"], "'2019-13-01' is no moment: allowed is a date and a time such as 2019-11-04T09:00."),
    ],
)
def test_a_wrong_channel_or_moment_is_one_sentence(posted: Terminal, words: list[str], sentence: str) -> None:
    shown = posted.types("digest", "preview", *words)

    assert (shown.code, shown.out, shown.sentence) == (2, "", sentence)


def test_without_a_channel_there_is_no_digest_to_see(terminal: Terminal) -> None:
    text = CONFIG.replace(CONFIG[CONFIG.index("[[channels]]") : CONFIG.index("[secas]")], "")
    terminal.file("config.toml", text)
    shown = terminal.types("digest", "preview")

    assert (shown.code, shown.sentence) == (
        1,
        "No channel is configured: add one under [[channels]] in config.toml.",
    )


def test_replay_says_what_it_made(posted: Terminal) -> None:
    shown = posted.types("replay")

    assert (shown.code, shown.err) == (0, "")
    assert shown.out == "Replayed no ledger entries: no views, no wordings, no reactions.\n"


def test_the_configuration_is_checked_with_its_roster(empty: Terminal) -> None:
    shown = empty.types("config", "check")

    assert (shown.code, shown.out) == (0, "config.toml is right; the roster has 8 rows.\n")


def test_what_is_wrong_with_the_configuration_is_a_line_a_mistake(empty: Terminal) -> None:
    empty.configures("enabled = true", "enabled = 1\nenabld = 1")
    shown = empty.types("config", "check")

    assert (shown.code, shown.out) == (1, "")
    assert shown.err.splitlines() == [
        "config.toml: publishing.enabled: found 1; allowed: true or false.",
        "config.toml: publishing.enabld: unknown key; allowed: enabled.",
    ]


def test_what_is_wrong_with_the_roster_is_said_too(empty: Terminal) -> None:
    empty.file("roster.csv", ROSTER.replace("observer", "watcher"))
    shown = empty.types("config", "check")

    assert (shown.code, shown.sentence) == (
        1,
        'roster.csv: line 6: capacity: found "watcher"; allowed: member, alternate, observer, chair.',
    )


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


def test_a_rosters_name_that_no_file_can_have_is_one_sentence(empty: Terminal) -> None:
    empty.file("config.toml", f'{CONFIG}[people]\nroster = "a\\u0000b"\n')
    shown = empty.types("config", "check")

    assert (shown.code, shown.out) == (1, "")
    assert shown.sentence.startswith("config.toml: people.roster: found ")
    assert shown.sentence.endswith("; allowed: the name of a file or folder.")


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


@pytest.mark.parametrize("command", [*USES_THE_DATABASE[:-1], ["run"]], ids=lambda words: words[0])
def test_every_command_takes_another_configuration(empty: Terminal, command: list[str]) -> None:
    shown = empty.types(*command, "--config", "elsewhere/config.toml")

    assert (shown.code, shown.sentence) == (
        1,
        "elsewhere/config.toml: there is no such file; give its place with --config.",
    )


def test_the_demo_refuses_a_file_that_is_not_there(empty: Terminal) -> None:
    shown = empty.types("demo", "--once", "--paper", "no.txt")

    assert (shown.code, shown.sentence) == (
        2,
        "no.txt: it cannot be read (No such file or directory); allowed is a paper's file.",
    )


def test_the_preview_needs_a_paper_and_refuses_a_port_that_is_none(empty: Terminal) -> None:
    assert empty.types("preview").sentence == (
        "Missing option '--paper'. `dpbot preview --help` shows what is allowed."
    )
    shown = empty.types("preview", "--paper", SAMPLE, "--port", "70000")
    assert (shown.code, "--port" in shown.sentence, "65535" in shown.sentence) == (2, True, True)


def test_the_preview_refuses_a_word_that_is_no_classification(empty: Terminal) -> None:
    shown = empty.types("preview", "--paper", SAMPLE, "--classification", "purple")

    assert (shown.code, shown.out) == (2, "")
    assert shown.sentence.startswith("'purple' is no classification: allowed is ")


# --- the database -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", USES_THE_DATABASE, ids=lambda words: words[0])
def test_without_a_database_it_says_how_to_make_one(empty: Terminal, command: list[str]) -> None:
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (1, "There is no database at dpbot.db: make it with `dpbot db upgrade`.")
    assert not (empty.folder / "dpbot.db").exists()


def test_an_upgrade_makes_it_and_a_second_one_changes_nothing(empty: Terminal) -> None:
    for _ in range(2):
        shown = empty.types("db", "upgrade")
        assert (shown.code, shown.out, shown.err) == (0, "The database is up to date.\n", "")


@pytest.mark.parametrize("command", USES_THE_DATABASE, ids=lambda words: words[0])
def test_an_older_database_says_how_to_bring_it_up_to_date(empty: Terminal, command: list[str]) -> None:
    db.upgrade(f"sqlite:///{empty.folder / 'dpbot.db'}", "base")
    sqlite3.connect(empty.folder / "dpbot.db").close()
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "The database dpbot.db is older than this dpbot: bring it up to date with `dpbot db upgrade`.",
    )


@pytest.mark.parametrize("command", USES_THE_DATABASE, ids=lambda words: words[0])
def test_a_newer_database_says_to_install_that_version(terminal: Terminal, command: list[str]) -> None:
    connection = sqlite3.connect(terminal.folder / "dpbot.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    shown = terminal.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "The database dpbot.db was made by a newer dpbot: install that version, or use another database.",
    )


def test_a_newer_database_is_not_upgraded(terminal: Terminal) -> None:
    connection = sqlite3.connect(terminal.folder / "dpbot.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    shown = terminal.types("db", "upgrade")

    assert (shown.code, shown.out, shown.sentence) == (
        1,
        "",
        "The database dpbot.db was made by a newer dpbot: install that version, or use another database.",
    )
    assert terminal.rows("alembic_version") == [("9999",)]


@pytest.mark.parametrize("command", [*USES_THE_DATABASE, ["db", "upgrade"]], ids=lambda words: words[0])
def test_a_file_that_is_no_database_is_one_sentence_and_stays_as_it_is(empty: Terminal, command: list[str]) -> None:
    file = empty.file("dpbot.db", "This is somebody's letter, and no database at all.\n" * 30)
    before = file.read_bytes()
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        ("The database dpbot.db cannot be used (file is not a database): check that dpbot may read and write it."),
    )
    assert file.read_bytes() == before


@pytest.fixture
def locked(posted: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Another program is writing, and dpbot's patience is short."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 0.05)
    connection = sqlite3.connect(posted.folder / "dpbot.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield posted
    connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.parametrize(
    "command", [["publish", PAPER], ["compile", "DP092"], ["replay"], ["import", "another.txt", "--yes", "--json"]]
)
def test_a_database_in_use_by_another_program_is_one_sentence(locked: Terminal, command: list[str]) -> None:
    locked.file("another.txt", SAMPLE.read_text("utf-8").replace(PAPER, "OPSG_26_0511_17"))
    shown = locked.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "The database dpbot.db is in use by another program: try again when that has finished.",
    )


def test_looking_needs_no_turn(locked: Terminal) -> None:
    assert locked.types("digest", "preview").code == 0
    assert locked.types("publish", PAPER, "--dry-run").code == 0
    assert locked.types("import", SAMPLE, "--yes").code == 0  # stored already


def test_the_sentence_names_the_database_of_the_configurations_own_folder(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    (locked.folder / ".env").write_text(f"DATABASE_URL=sqlite:///{locked.folder}/dpbot.db\n", "utf-8")
    elsewhere = locked.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    shown = locked.types("replay", "--config", "../config.toml")

    assert shown.sentence.startswith(f"The database {locked.folder}/dpbot.db is in use by another program")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:hidden@host/x",
        "postgresql://user:hidden@host:port/x",
        "nonsense-hidden",
        "mysql:hidden",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
@pytest.mark.parametrize("command", [*USES_THE_DATABASE, ["db", "upgrade"]], ids=lambda words: words[0])
def test_an_address_that_is_no_sqlite_file_is_one_sentence_without_the_address(
    empty: Terminal, monkeypatch: pytest.MonkeyPatch, address: str, command: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    shown = empty.types(*command)

    assert (shown.code, shown.sentence) == (
        1,
        "DATABASE_URL is not an address dpbot can use: allowed is sqlite:/// and a file's path.",
    )


def test_a_database_that_cannot_be_opened_is_one_sentence(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///no/such/folder/dpbot.db")
    shown = empty.types("db", "upgrade")

    assert (shown.code, shown.sentence) == (
        1,
        (
            "The database no/such/folder/dpbot.db cannot be used (unable to open database file): "
            "check that dpbot may read and write it."
        ),
    )


def test_without_a_token_the_bot_says_which_one_it_needs(terminal: Terminal) -> None:
    shown = terminal.types("run")

    assert (shown.code, shown.sentence) == (
        1,
        "SLACK_BOT_TOKEN is not set: put it into the environment or into the file .env.",
    )
