"""Import, attach, statements and withdraw as a person types them: what is said, what is kept; or one sentence."""

import getpass
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot import db
from tests.house import CONFIG, PAPER, ROBIN, SAMPLE, sample_text
from tests.papers.conftest import SCHEMA, SHORT_PAPER, held
from tests.terminal import Terminal

LINK = "https://secas.example/dp092.docx"
UNCLEAR = SHORT_PAPER.replace("classified as White", "classified as White and as Green")
WHO = getpass.getuser()
UNNAMED = f"the user {WHO} of this computer (no analyst was named)"


def earlier() -> str:
    """The sample as a paper of the month before had it, some of it in other words."""
    return sample_text(
        {
            PAPER: "OPSG_25_0110_09",
            "29 October 2019": "24 September 2019",
            "Daniel Stroud of": "Dana Stroud of",
            "Users have told the DCC that they value": "Users have said that they want",
        }
    )


@pytest.fixture
def seen(terminal: Terminal) -> Terminal:
    """The proposals of the sample stood in an earlier paper."""
    assert terminal.types("import", terminal.file("earlier.txt", earlier()), "--yes").code == 0
    return terminal


def joined(text: str) -> str:
    return " ".join(text.split())


def attach(terminal: Terminal, *words: str | Path, document: str | Path = LINK) -> list[str | Path]:
    return ["attach", "DP092", document, "--version", "0.1", "--status", "draft", *words]


# --- what the register says at import ---------------------------------------------------------------------------------


def test_the_preview_says_what_changed_and_what_would_be_posted(seen: Terminal) -> None:
    out = joined(seen.types("import", SAMPLE, "--dry-run").out)

    for words in (
        "DP092 was raised by Daniel Stroud of the DCC here, but by Dana Stroud of the DCC in OPSG_25_0110_09",
        "Changed since OPSG_25_0110_09 (24 September 2019)",
        "DP092 Proposer [-Dana-] {+Daniel+} Stroud",
        "Users have [-said that they want-] {+told the DCC that they value+} shorter interruptions",
        "On publish #operations-group clearance White the heading post and 6 posts, one for each proposal",
        "│ DP092 'New Planned Maintenance Methodology'",
    ):
        assert words in out, words


def test_findings_of_the_register_are_in_the_json_which_is_still_the_contract(seen: Terminal) -> None:
    shown = seen.types("import", SAMPLE, "--json")
    found = json.loads(shown.out)

    assert (shown.code, shown.err) == (0, "")
    assert list(Draft202012Validator(json.loads(held(SCHEMA).read_text("utf-8"))).iter_errors(found)) == []
    assert "proposer-changed" in [finding["code"] for finding in found["findings"]]


def test_findings_of_the_register_are_kept_with_the_paper(seen: Terminal) -> None:
    assert seen.types("import", SAMPLE, "--yes").code == 0

    assert "proposer-changed" in str(seen.rows("papers")[-1])


def test_a_dry_run_leaves_the_database_as_it_is(seen: Terminal) -> None:
    before = [seen.rows(table) for table in ("papers", "items", "proposals", "meetings")]
    seen.types("import", SAMPLE, "--dry-run")

    assert [seen.rows(table) for table in ("papers", "items", "proposals", "meetings")] == before


def test_a_changed_file_of_a_stored_paper_is_refused_with_what_changed(stored: Terminal) -> None:
    text = sample_text({"Action:\tFor Discussion": "Action:\tFor Decision"})
    shown = stored.types("import", stored.file("changed.txt", text), answer="y\n")

    assert "The paper's action For [-Discussion-] {+Decision+}" in joined(shown.out)
    assert (shown.code, "from a different file: nothing was changed" in shown.err) == (1, True)


def test_without_a_database_the_rest_is_shown_and_none_is_made(empty: Terminal) -> None:
    shown = empty.types("import", SAMPLE, "--dry-run")

    assert (shown.code, "On publish" in shown.out) == (0, True)
    assert not (empty.folder / "dpbot.db").exists()


def test_an_older_database_is_not_brought_up_to_date_by_a_dry_run(empty: Terminal) -> None:
    db.upgrade(f"sqlite:///{empty.folder / 'dpbot.db'}", "0001")
    shown = empty.types("import", SAMPLE, "--dry-run")

    assert (shown.code, shown.err) == (0, "")
    assert empty.rows("alembic_version") == [("0001",)]


def test_without_a_configuration_nothing_is_said_of_posts(empty: Terminal) -> None:
    (empty.folder / "config.toml").unlink()

    assert "On publish" not in empty.types("import", SAMPLE, "--dry-run").out


# --- a classification that the paper does not say clearly -------------------------------------------------------------


def test_an_unclear_classification_says_how_it_is_given(terminal: Terminal) -> None:
    paper = terminal.file("paper.txt", UNCLEAR)
    hint = "An analyst who knows its classification gives it with --classification."

    assert terminal.types("import", paper, "--dry-run").sentence.endswith(hint)
    assert terminal.types("import", paper, "--yes").sentence.endswith(hint)


@pytest.mark.parametrize(("words", "who"), [(["--by", ROBIN], ROBIN), ([], UNNAMED)], ids=["named", "the user"])
def test_the_analyst_gives_it_and_that_is_kept_with_the_paper(terminal: Terminal, words: list[str], who: str) -> None:
    paper = terminal.file("paper.txt", UNCLEAR)
    shown = terminal.types("import", paper, "--yes", "--classification", "white", *words)

    note = f"The paper is classified as White and as Green; {who} set White at import."
    assert (shown.code, note in joined(shown.out)) == (0, True)
    assert f"Classification White, set at import by {who} Meeting" in joined(shown.out)
    assert note in str(terminal.rows("papers"))
    assert terminal.types("publish", PAPER).code == 0


def test_what_is_given_still_decides_whether_it_is_posted(terminal: Terminal) -> None:
    paper = terminal.file("paper.txt", UNCLEAR)
    shown = terminal.types("import", paper, "--yes", "--classification", "Green")

    assert "nothing: the paper is classified Green and only White is posted" in joined(shown.out)
    assert terminal.types("publish", PAPER).code == 1


@pytest.mark.parametrize("words", [[], ["--classification", "White"], ["--classification", "White", "--by", ROBIN]])
@pytest.mark.parametrize("how", [["--yes"], ["--json", "--yes"], []], ids=" ".join)
def test_the_file_again_is_as_it_was_stored(terminal: Terminal, words: list[str], how: list[str]) -> None:
    paper = terminal.file("paper.txt", UNCLEAR)
    assert terminal.types("import", paper, "--yes", "--classification", "White").code == 0
    before = terminal.rows("papers")
    shown = terminal.types("import", paper, *how, *words)

    assert (shown.code, shown.sentence) == (0, f"{PAPER} was imported before from this file: nothing was changed.")
    assert (UNNAMED in joined(shown.out), "Changed since" in shown.out, ROBIN in shown.out) == (True, False, False)
    assert terminal.types("import", paper, "--dry-run", *words).code == 0
    assert terminal.rows("papers") == before


@pytest.mark.parametrize("how", ["--yes", "--dry-run"])
def test_the_file_again_with_another_classification_says_who_set_the_first(terminal: Terminal, how: str) -> None:
    paper = terminal.file("paper.txt", UNCLEAR)
    assert terminal.types("import", paper, "--yes", "--classification", "White", "--by", ROBIN).code == 0
    before = terminal.rows("papers")
    shown = terminal.types("import", paper, how, "--classification", "Green")

    stored_as = f"stored as White, set at import by {ROBIN}"
    assert shown.code == 1
    assert shown.sentence == f"{PAPER} was imported before from this file and is {stored_as}: nothing was changed."
    assert terminal.rows("papers") == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--classification", "Green"], 1, "The paper is classified as White: --classification is only for papers"),
        (
            ["--classification", "blue"],
            2,
            "'blue' is no classification: allowed is White, Clear, Green, Amber or Red.",
        ),
        (["--by", ROBIN], 2, "--by goes with --classification: it says who set it."),
        (
            ["--classification", "White", "--by", "jo@elsewhere.example"],
            1,
            "jo@elsewhere.example is no analyst: --by takes an address in [secas] analysts.",
        ),
    ],
)
def test_what_cannot_be_given_is_one_sentence(terminal: Terminal, words: list[str], code: int, sentence: str) -> None:
    paper = terminal.file("paper.txt", UNCLEAR if "jo@elsewhere.example" in words else SHORT_PAPER)
    shown = terminal.types("import", paper, "--dry-run", *words)

    assert (shown.code, shown.out) == (code, "")
    assert shown.sentence.startswith(sentence)


# --- problem statements -----------------------------------------------------------------------------------------------


def test_a_link_is_held_and_listed_with_who_attached_it(stored: Terminal) -> None:
    shown = stored.types(*attach(stored))
    assert (shown.code, shown.out.splitlines()) == (
        0,
        [
            f"DP092: problem statement v0.1, draft, is held: {LINK}.",
            "Posts on DP092 name it from now on: a running dpbot updates those that are out.",
        ],
    )

    listed = stored.types("statements", "dp92").out
    assert re.fullmatch(rf"DP092  v0\.1, draft  \|  {re.escape(LINK)}  \|  .* \d{{4}} by {re.escape(WHO)}\n", listed)
    assert "v0.1, draft (Appendix E): " + LINK in stored.types("publish", PAPER, "--dry-run").out


def test_a_file_is_held_and_can_be_had_again(stored: Terminal) -> None:
    shown = stored.types(*attach(stored, "--by", ROBIN, document=stored.file("The draft.docx", b"PK words")))
    assert (shown.code, "is held: The draft.docx." in shown.out) == (0, True)

    written = stored.types("statements", "DP092", "--out", "out").out.splitlines()[-1]
    assert Path(written) == Path("out/DP092 v0.1 The draft.docx")
    assert (stored.folder / written).read_bytes() == b"PK words"
    assert "v0.1, draft (Appendix E): held by SECAS" in stored.types("publish", PAPER, "--dry-run").out
    assert "Appendices A, B, C, D and F." in stored.types("import", SAMPLE, "--dry-run").out


def test_the_same_again_changes_nothing_and_a_newer_version_supersedes(stored: Terminal) -> None:
    stored.types(*attach(stored))
    again = stored.types(*attach(stored))
    assert again.out == "DP092: problem statement v0.1, draft, was held before: nothing was changed.\n"

    stored.types("attach", "DP092", LINK, "--version", "1.0", "--status", "approved")
    first, second = stored.types("statements", "DP092").out.splitlines()
    assert ("v1.0, approved" in first, first.endswith("superseded")) == (True, False)
    assert ("v0.1, draft" in second, second.endswith("superseded")) == (True, True)
    older = stored.types("attach", "DP092", LINK, "--version", "0.2", "--status", "draft")
    assert older.out.endswith("v1.0 is held too and supersedes it.\n")


def test_where_none_is_held_it_says_what_the_paper_names(stored: Terminal) -> None:
    assert stored.types("statements", "DP092").out == (
        "DP092: no problem statement is held; the paper OPSG_26_0511_16 names Appendix E, draft: "
        "circulated with the paper, not held here.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["DP777", LINK], 1, "DP777 is in no paper that was imported: check the number."),
        (["xx", LINK], 2, "'xx' is no proposal: allowed is a number or reference such as DP092."),
        (["DP092", "no.docx"], 2, "no.docx: it cannot be read (No such file or directory); allowed is a file, or an"),
        (["DP092", "."], 2, ".: it cannot be read (Is a directory); allowed is a file, or an address that begins with"),
        (["DP092", "roster.csv"], 1, "roster.csv is not held: allowed are .docx, .pdf, .md and .txt files, and links."),
        (["DP092", "https://"], 1, "That is no link dpbot can show"),
        (["DP092", "ftp://secas.example/a"], 2, "ftp:/secas.example/a: it cannot be read"),
        (["DP092", LINK, "--by", "jo@elsewhere.example"], 1, "jo@elsewhere.example is no analyst"),
        (["DP092", LINK, "--version", "one"], 2, "'one' is no version: allowed are two numbers such as 0.1 or 1.0."),
        (["DP092", LINK, "--status", "final"], 2, "'final' is no status: allowed is draft or approved."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_attached_is_one_sentence(stored: Terminal, words: list[str], code: int, sentence: str) -> None:
    shown = stored.types("attach", "--version", "0.1", "--status", "draft", *words)

    assert (shown.code, shown.out) == (code, "")
    assert shown.sentence.startswith(sentence)
    assert stored.rows("problem_statements") == []


def test_a_file_that_is_too_large_is_not_read(stored: Terminal) -> None:
    path = stored.file("large.pdf", b"")
    with path.open("wb") as file:
        file.truncate(20_000_001)

    assert stored.types(*attach(stored, document=path)).sentence == (
        "large.pdf is too large: at most 20 MB are held; attach a link to it instead."
    )


def test_a_user_without_a_name_is_asked_for_one(stored: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)

    assert stored.types(*attach(stored)).sentence == (
        "This computer does not know your name: say who you are with --by."
    )
    assert stored.types(*attach(stored, "--by", ROBIN)).code == 0


# --- withdrawals ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_proposal_is_found_in_the_next_paper_until_that_is_undone(seen: Terminal) -> None:
    shown = seen.types("withdraw", "DP092", "--by", ROBIN, "--on", "2019-10-20")
    assert (shown.code, shown.out) == (0, "DP092 is recorded as withdrawn on 20 October 2019.\n")
    found = f"DP092 was withdrawn on 20 October 2019, as {ROBIN} recorded."
    assert found in joined(seen.types("import", SAMPLE, "--dry-run").out)
    assert seen.types("withdraw", "92", "--by", ROBIN, "--on", "2019-10-20").out == (
        "DP092 was recorded as withdrawn on 20 October 2019 before: nothing was changed.\n"
    )

    undone = seen.types("withdraw", "DP092", "--by", ROBIN, "--undo")
    assert undone.out == "DP092 is recorded as not withdrawn after all.\n"
    assert found not in joined(seen.types("import", SAMPLE, "--dry-run").out)


def test_without_a_day_it_is_today(stored: Terminal) -> None:
    stored.types("withdraw", "DP092", "--by", ROBIN)
    (row,) = stored.rows("withdrawals")

    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row[3])
    assert row[4] == ROBIN


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["DP092"], 2, "Missing option '--by'."),
        (["DP092", "--by", "jo@elsewhere.example"], 1, "jo@elsewhere.example may not record a withdrawal: only the"),
        (["DP777", "--by", ROBIN], 1, "DP777 is in no paper that was imported: check the number."),
        (["DP092", "--by", ROBIN, "--undo"], 1, "DP092 is not recorded as withdrawn: nothing was changed."),
        (["DP092", "--by", ROBIN, "--on", "Monday"], 2, "'Monday' is no day: allowed is a date such as 2019-11-20."),
        (["DP092", "--by", ROBIN, "--on", "2999-01-01"], 2, "1 January 2999 is still to come: allowed is the day on"),
        (["DP092", "--by", ROBIN, "--on", "1899-11-20"], 2, "20 November 1899 is before the Smart Energy Code began"),
        (["DP092", "--by", ROBIN, "--on", "2019-10-20", "--undo"], 2, "--on says when a proposal was withdrawn"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_recorded_is_one_sentence(stored: Terminal, words: list[str], code: int, sentence: str) -> None:
    shown = stored.types("withdraw", *words)

    assert (shown.code, shown.out) == (code, "")
    assert shown.sentence.startswith(sentence)
    assert stored.rows("withdrawals") == []


def test_a_configuration_without_analysts_lets_nobody_record_a_withdrawal(stored: Terminal) -> None:
    stored.file("config.toml", CONFIG.replace(f'analysts = ["{ROBIN}"]', "analysts = []"))

    assert stored.types("withdraw", "DP092", "--by", ROBIN).code == 1
