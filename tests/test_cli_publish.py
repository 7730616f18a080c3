"""`dpbot publish` as a person types it: what is queued and when nothing is."""

import pytest

from tests.house import PAPER, SAMPLE
from tests.papers.conftest import SHORT_PAPER
from tests.terminal import Terminal


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
