"""`dpbot import` as a person types it: what it shows, asks, prints and stores; and what it refuses."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from tests.house import CONFIG, PAPER, SAMPLE, sample_text
from tests.papers.conftest import SCHEMA, SHORT_PAPER, held
from tests.terminal import Terminal


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
    changed = stored.file("changed.txt", sample_text({}) + "\n")
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
    turned = terminal.file("turned.txt", sample_text({"Power to raise": "Power \u202eto\u2066 raise"}))
    steering = terminal.file("steering.txt", sample_text({"Power to raise": "Power \x9b31mto raise"}))

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
