"""What import shows: whole words in every width, the gravest finding first, colours only where there are some."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from bot import preview
from bot.config import Channel
from bot.domain import Classification, Outlook, ProposalType
from bot.papers import Finding, ImpactStatement, Line, LineKind, Opened, Reading, Severity, open_paper, parse
from bot.rules.differences import differences
from bot.services.comparing import Comparison
from bot.services.describing import Change
from bot.services.planning import Plan, Planned
from tests.house import SAMPLE

OPENED = open_paper(SAMPLE.name, SAMPLE.read_bytes())
READING = replace(parse(OPENED), findings=())
WIDTHS = (80, 110, 140)
SINCE = "OPSG_25_0110_09 (24 September 2019)"


def shown(
    reading: Reading = READING,
    width: int = 80,
    *,
    opened: Opened = OPENED,
    comparison: Comparison | None = None,
    plan: Plan | None = None,
    colours: bool = False,
) -> str:
    screen = io.StringIO()
    console = Console(
        file=screen, width=width, highlight=False, force_terminal=colours, color_system="standard" if colours else None
    )
    preview.show(reading, opened, console, comparison, plan)
    return "".join(f"{line.rstrip()}\n" for line in screen.getvalue().splitlines())


def changed(before: str, after: str, where: str = "DP092 summary") -> Comparison:
    return Comparison(changes=(Change(SINCE, where, differences(before, after)),))


def joined(text: str) -> str:
    return " ".join(text.split())


# --- the paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Meeting 26, Tuesday 5 November 2019 (read from the reference: please confirm)"),
        ({"meeting_date": None}, "Meeting 26, date not stated"),
        ({"meeting": None, "meeting_date": None}, "Meeting not stated"),
        ({"comments_by": "2019-11-12T17:00"}, "Comments by 5pm on 12 November 2019"),
        ({"author": None, "team": None}, "Author not stated"),
    ],
)
def test_the_papers_facts_are_shown_or_said_to_be_missing(facts: dict[str, object], words: str) -> None:
    changes: dict[str, Any] = facts

    assert words in joined(shown(replace(READING, paper=replace(READING.paper, **changes))))


# --- proposals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_the_screen_and_no_word_is_broken(width: int) -> None:
    out = shown(width=width)

    assert max(len(line.rstrip()) for line in out.splitlines()) <= width
    words = set(re.findall(r"[\w'-]+", out))
    for item in READING.items:
        whole = re.findall(r"[\w'-]+", f"{item.title} {item.proposer} {item.organisation} {item.lead_analyst}")
        assert words.issuperset(whole), item.reference


@pytest.mark.parametrize("width", WIDTHS)
def test_each_proposal_has_who_raised_it_its_analyst_its_impacts_and_its_statement(width: int) -> None:
    out = shown(width=width)

    assert re.findall(r"^DP\d{3}", out, re.MULTILINE) == [item.reference for item in READING.items]
    assert "Six Draft Proposals, Development Stage" in out
    for words in ("Lead Analyst", "Robin Ainsley", "pending", "Appendix A, draft", "Helen Marsden"):
        assert words in out, words


def test_proposals_of_another_type_or_stage_stand_apart() -> None:
    first, second, *_ = READING.items
    other = replace(second, reference="MP089", type=ProposalType.MODIFICATION, stage=None)
    out = shown(replace(READING, items=(first, other)), 140)

    assert "One Draft Proposal, Development Stage\n" in out
    assert "One Modification Proposal, stage not stated\n" in out
    assert out.count("Raised by") == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_not_stated_says_so(width: int) -> None:
    impacts = (ImpactStatement("Anticipated Operational Impacts", Outlook.NONE_SO_FAR, (), ""),)
    bare = replace(
        READING.items[0], proposer=None, organisation=None, lead_analyst=None, impacts=impacts, appendix=None
    )
    out = joined(shown(replace(READING, items=(bare,), attachments=()), width))

    assert out.count("not stated") >= 3
    assert "none so far" in out
    assert "None" not in out


def test_a_body_behind_the_proposer_is_named() -> None:
    item = replace(READING.items[0], on_behalf_of="Security Sub-Committee")

    assert "Northshire Energy on behalf of the Security Sub-Committee" in joined(shown(replace(READING, items=(item,))))


def test_without_proposals_it_says_so() -> None:
    assert "No proposals" in shown(replace(READING, items=(), attachments=()))


def test_a_title_that_is_one_long_word_is_folded() -> None:
    item = replace(READING.items[0], title="Q" * 300)
    for width in WIDTHS:
        out = shown(replace(READING, items=(item,)), width)
        assert max(len(line) for line in out.splitlines()) <= width
        assert out.count("Q") == 300


def test_words_of_a_paper_are_shown_as_they_are() -> None:
    title = "[red]A title[/red] :smile: [/] \\[x]"
    item = replace(READING.items[0], title=title)
    finding = Finding(Severity.NOTE, "unplaced-text", 1, f"The text “{title}” was not read.")
    opened = Opened((Line(1, title, LineKind.TEXT),))
    out = shown(replace(READING, items=(item,), findings=(finding,)), opened=opened)

    assert out.count(title) == 3


# --- problem statements -----------------------------------------------------------------------------------------------


def test_what_the_paper_names_and_is_not_held_is_said() -> None:
    assert "Circulated with the paper, not held here: Appendices A, B, C, D, E and F." in shown()

    held = Comparison(held={"DP092": "v0.1, draft"})
    out = shown(comparison=held)
    assert "Appendices A, B, C, D and F." in out
    assert "Problem statement: v0.1, draft\n" in out


def test_where_nothing_is_named_nothing_is_said_to_be_missing() -> None:
    bare = tuple(replace(item, appendix=None) for item in READING.items)

    assert "not held here" not in shown(replace(READING, items=bare, attachments=()))


# --- findings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_findings_are_counted_and_each_has_its_line_in_the_papers_words(width: int) -> None:
    findings = (
        Finding(Severity.NOTE, "a", None, "Of the whole paper."),
        Finding(Severity.WARNING, "b", 10, "Of line ten."),
        Finding(Severity.ERROR, "c", 3, "Of line three."),
        Finding(Severity.WARNING, "d", 2, "Of a line that is blank."),
        Finding(Severity.WARNING, "e", 99_999, "Of no line."),
    )
    out = shown(replace(READING, findings=findings), width)

    assert "Findings: 1 error, 3 warnings, 1 note\n" in out
    lines = [line.rstrip() for line in out.partition("Findings: ")[2].splitlines()[1:]]
    assert [line.split()[0] for line in lines if line[:1].strip()] == ["error", *["warning"] * 3, "note"]
    quotes = [line.strip() for line in lines if "│" in line]
    assert quotes[0] == "│ Paper Reference: OPSG_26_0511_16"
    assert quotes[1].startswith("│ The Operations Group receives this paper")
    assert quotes[1].endswith("…")
    assert len(quotes) == 2


def test_without_findings_it_says_so() -> None:
    assert "No findings" in shown()


# --- what changed -----------------------------------------------------------------------------------------------------


def test_without_colours_words_that_went_and_came_are_marked() -> None:
    out = joined(shown(comparison=changed("Robin Ainsley", "Ellis Farrow", "DP092 Lead Analyst")))

    assert f"Changed since {SINCE}" in out
    assert "DP092 Lead Analyst [-Robin Ainsley-] {+Ellis Farrow+}" in out


def test_with_colours_they_are_struck_out_and_underlined() -> None:
    out = shown(comparison=changed("Robin", "Ellis"), colours=True)

    assert "\x1b[9;31mRobin" in out
    assert "\x1b[4;32mEllis" in out
    assert "[-" not in out


def test_each_paper_that_it_is_compared_with_has_its_part() -> None:
    one, other = changed("a", "b").changes[0], changed("c", "d").changes[0]
    out = shown(comparison=Comparison(changes=(one, replace(other, since="SSC_30_0811_01"), one)))

    assert out.count("Changed since") == 2


def test_where_nothing_changed_nothing_is_said() -> None:
    assert "Changed" not in shown(comparison=Comparison())


# --- what publishing would do -----------------------------------------------------------------------------------------


def channel(name: str) -> Channel:
    return Channel(platform="slack", name=name, sub_committee="OPSG", clearance=Classification.WHITE)


def test_each_channel_has_what_it_would_get() -> None:
    plan = Plan(
        (
            Planned(channel("first"), 7, None),
            Planned(channel("second"), 2, None),
            Planned(channel("third"), 1, None),
            Planned(channel("fourth"), 7, "publishing is off in config.toml"),
            Planned(channel("fifth"), 2, None, "DP091 was published there before by OPSG_26_0511_16"),
        ),
        None,
    )
    out = joined(shown(plan=plan, width=140).partition("On publish")[2])

    assert out == (
        "#first clearance White the heading post and 6 posts, one for each proposal "
        "#second clearance White the heading post and 1 post, one for each proposal "
        "#third clearance White the heading post "
        "#fourth clearance White nothing: publishing is off in config.toml "
        "#fifth clearance White the heading post and 1 post, one for each proposal; "
        "DP091 was published there before by OPSG_26_0511_16"
    )


def test_where_there_is_no_channel_it_says_why() -> None:
    out = shown(plan=Plan((), "nothing is posted: no channel is configured for SSC"))

    assert out.endswith("On publish\nNothing is posted: no channel is configured for SSC.\n")


def test_without_a_configuration_it_is_left_out() -> None:
    assert "On publish" not in shown()
