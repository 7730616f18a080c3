"""`dpbot compile`, `digest preview` and `replay` as a person types them."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.house import CONFIG, ROBIN
from tests.services.compiled import file_names
from tests.terminal import Terminal

# --- compile ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["DP092", "dp92", "92", "MP 92"])
def test_a_draft_is_the_files_of_every_edition_by_any_spelling(posted: Terminal, spelling: str) -> None:
    shown = posted.types("compile", spelling, "--out", "out/here")

    assert shown.code == 0
    assert [Path(line).name for line in shown.out.splitlines()] == file_names("DP092 Comments v0.1")
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
        (["DP092", "--release", "Why."], 2, "--release goes with --final: what is released is the document as it is"),
        (["DP092", "--final", "--by", ROBIN], 1, "There is no draft of DP092 Comments to issue: compile one"),
        (
            ["DP092", "--final", "--by", "jo@elsewhere.example"],
            1,
            "Only the SECAS analysts named in dpbot's configuration may issue a Comments document: jo@",
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

    assert (shown.code, shown.out.splitlines()) == (0, file_names("DP092 Comments v1.0"))
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


# --- digest and replay ------------------------------------------------------------------------------------------------


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
        (["--channel", "foo"], "'foo' is no channel: allowed is operations-group or secas-change-team."),
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
