"""`dpbot enter` and `dpbot withdraw-comment` as an analyst types them: what is shown, kept, and refused."""

from pathlib import Path

import pytest

from tests.house import PAPER, ROBIN, sample_text
from tests.terminal import Shown, Terminal

ADA = "ada.firth@northshire.example"
MAIL = f"""\
From: Ada Firth <{ADA}>
Date: Tue, 5 Nov 2019 09:30:00 +0000
Subject: DP092 and DP093: our view

On DP092, two weeks' notice is too short.
On DP093 we have nothing to say.

> Please send your views.
"""
WORDS = ("--words", "Two weeks' notice is too short.")


@pytest.fixture
def office(posted: Terminal) -> Terminal:
    """The sample paper is published, and the roster imported."""
    assert posted.types("roster", "import", "roster.csv", "--yes", "--by", ROBIN).code == 0
    return posted


def enters(office: Terminal, *words: str | Path, who: str = ADA, yes: bool = True) -> Shown:
    usual = ("--from", who, "--source", "e-mail", "--on", "2019-11-05")
    return office.types("enter", "DP092", "--by", ROBIN, *usual, *words, *(["--yes"] if yes else []))


def joined(text: str) -> str:
    return " ".join(text.split())


def texts(office: Terminal) -> list[str]:
    return [row[1] for row in office.rows("words")]


def test_the_preview_shows_how_it_will_appear_and_nothing_is_kept_without_a_yes(office: Terminal) -> None:
    shown = enters(office, *WORDS, "--context", "Our view", yes=False)
    out = joined(shown.out)

    assert "DP092 New Planned Maintenance Methodology | Operations Group" in out
    assert f"Ada Firth ({ADA}), received by e-mail on 5 November 2019 (Our view)" in out
    assert "It will appear as: Northshire Energy, Large Suppliers (member) Two weeks' notice is too short." in out
    assert "Please note: 5 November 2019 is before DP092 was put to the Operations Group" in out
    assert (shown.code, "Nothing was recorded." in shown.err) == (1, True)
    assert office.rows("ledger") == []


def test_with_a_yes_it_is_recorded_and_the_words_for_its_author_are_given(office: Terminal) -> None:
    shown = enters(office, *WORDS)
    out = joined(shown.out)

    assert shown.code == 0
    assert "Recorded as DP092-V001, received by e-mail on 5 November 2019." in out
    assert "Ada Firth cannot be reached by dpbot and was not told. To be sent by e-mail: Your comment on DP092" in out
    assert "write to the SECAS Change Team at change.team@secas.example, quoting DP092-V001." in out
    again = enters(office, *WORDS)
    assert (again.code, again.sentence) == (
        1,
        "This comment is recorded already, as DP092-V001: nothing was changed.",
    )


def test_a_mail_is_read_and_what_it_says_of_itself_is_to_be_checked(office: Terminal) -> None:
    mail = office.file("mail.eml", MAIL)
    shown = office.types("enter", "DP092", "--by", ROBIN, "--eml", mail, answer="y\n")
    out = joined(shown.out)

    assert shown.code == 0
    assert f"Ada Firth ({ADA}), received by e-mail on 5 November 2019 (DP092 and DP093: our view)" in out
    assert "Please note: The sender is as the mail says, which anybody can write" in out
    assert "Please note: It quotes another mail from line 4 on: nothing was cut." in out
    assert texts(office) == [MAIL.partition("\n\n")[2].strip()]


def test_of_a_mail_a_passage_may_be_given_as_it_stands(office: Terminal) -> None:
    mail = office.file("mail.eml", MAIL)
    command = ("enter", "DP092", "--by", ROBIN, "--eml", mail, "--yes", "--words")

    assert "not in the mail" in office.types(*command, "Two weeks is plenty.").sentence
    assert office.types(*command, "two weeks' notice is too short.").code == 0
    assert texts(office) == ["two weeks' notice is too short."]


def test_words_can_stand_in_a_file_and_be_long(office: Terminal) -> None:
    long = office.file("words.txt", "\ufeff" + "word " * 7999 + "end\r\n")
    most = office.file("most.txt", "x" * 40_001)
    latin = office.file("latin.txt", "caf\u00e9".encode("latin-1"))

    assert enters(office, "--file", long).code == 0
    assert texts(office) == ["word " * 7999 + "end"]
    assert "40,001 characters and may have 40,000" in enters(office, "--file", most).sentence
    assert "not text in UTF-8" in enters(office, "--file", latin).sentence
    assert "cannot be read" in enters(office, "--file", office.folder / "none.txt").sentence


WRONG: list[tuple[list[str], str]] = [
    (["--by", "ada.firth@northshire.example"], "may enter a comment"),
    (["--source", "pigeon"], "How it was received is e-mail, meeting, telephone or letter."),
    (["--on", "yesterday"], "Give the day on which it was said, such as 2019-11-05."),
    (["--on", "2199-01-01"], "1 January 2199 is still to come"),
    (["--at", "noon"], "Give the time at which it was said in London, such as 14:30."),
    (["--at", "14:30+02:00"], "Give the time at which it was said in London, such as 14:30."),
    (["--from", ""], "Say who it was by an e-mail address or a name"),
    (["--from", "Lee Marsh", "--category", "Gas"], '"Gas" is no Party Category'),
    (["--sub-committee", "SSC"], "DP092 was put to OPSG."),
    (["--replaces", "DP092-V001"], "--replaces takes the words alone"),
    (["--file", "words.txt"], "--words and --file both give the comment"),
]


def test_what_is_wrong_is_said_in_a_sentence(office: Terminal) -> None:
    for words, said in WRONG:
        shown = enters(office, *WORDS, *words)
        assert said in shown.sentence
        assert shown.code in {1, 2}
    assert office.rows("ledger") == []


def test_a_correction_of_the_words_keeps_those_before(office: Terminal) -> None:
    assert enters(office, *WORDS).code == 0
    correct = ("enter", "DP092", "--by", ROBIN, "--replaces", "V1", "--words")
    shown = office.types(*correct, "Two months' notice is too short.", answer="y\n")

    assert "DP092-V001 has these words: Two weeks' notice is too short." in joined(shown.out)
    assert "It will have these: Two months' notice is too short." in joined(shown.out)
    assert "SECAS has corrected the wording of your comment DP092-V001" in joined(shown.out)
    assert texts(office) == ["Two weeks' notice is too short.", "Two months' notice is too short."]
    kept = [office.rows(table) for table in ("views", "wordings", "refs")]
    assert office.types("replay").code == 0
    assert [office.rows(table) for table in ("views", "wordings", "refs")] == kept
    assert "has these words already" in office.types(*correct, "Two months' notice is too short.", "--yes").sentence
    assert "There is no DP092-V009" in office.types(*correct[:5], "V9", *WORDS, "--yes").sentence
    assert "is no comment" in office.types(*correct[:5], "DP093-V001", *WORDS, "--yes").sentence


def test_it_is_withdrawn_at_its_authors_request_and_only_once(office: Terminal) -> None:
    assert enters(office, *WORDS).code == 0
    withdraw = ("withdraw-comment", "DP092-V001", "--by", ROBIN, "--reason")

    assert "A reason is needed" in office.types(*withdraw, " ").sentence
    assert "may enter a comment" in office.types(*withdraw[:3], ADA, "--reason", "x").sentence
    shown = office.types(*withdraw, "Asked for by telephone.")
    assert "DP092-V001 is withdrawn: its words are shown to nobody from now on." in joined(shown.out)
    assert "was withdrawn by its author: nothing was changed" in office.types(*withdraw, "Again.").sentence
    correct = office.types("enter", "DP092", "--by", ROBIN, "--replaces", "V1", *WORDS, "--yes")
    assert "was withdrawn by its author: nothing was changed" in correct.sentence
    assert office.types("replay").code == 0
    assert "is recorded already" not in enters(office, *WORDS).err  # it was withdrawn, and may be given anew
    assert [row[2:4] for row in office.rows("refs")] == [("V", 1), ("V", 2)]


def test_where_a_proposal_was_put_to_several_the_analyst_says_to_which(office: Terminal) -> None:
    office.configures("[secas]", '[[channels]]\nplatform = "slack"\nname = "security"\nsub_committee = "SSC"\n[secas]')
    paper = office.file("ssc.txt", sample_text({PAPER: "SSC_30_1211_02"}))
    assert office.types("import", paper, "--yes").code == 0
    assert office.types("publish", "SSC_30_1211_02").code == 0

    assert "put to OPSG and SSC: say to which of them" in enters(office, *WORDS).sentence
    assert "put to OPSG and SSC." in enters(office, *WORDS, "--sub-committee", "TABASC").sentence
    shown = enters(office, *WORDS, "--sub-committee", "security sub-committee", who="Isla Beck")
    assert "DP092 New Planned Maintenance Methodology | Security Sub-Committee" in joined(shown.out)


def test_a_mark_is_kept_only_where_the_operators_policy_allows_it(office: Terminal) -> None:
    assert enters(office, *WORDS, "--mark", "amber").sentence == (
        "A comment marked Amber cannot be kept here: config.toml allows White, and no other."
    )
    assert enters(office, *WORDS, "--mark", "mauve").sentence == (
        "How its author marked it is White, Clear, Green, Amber or Red."
    )
    office.file("config.toml", (office.folder / "config.toml").read_text("utf-8") + "\n[policies.Amber]\n")
    assert "Marked Amber by its author." in enters(office, *WORDS, "--mark", "amber").out
