"""A paper held against the register: what contradicts it is found, what changed is told, and nothing is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.db import Sessions
from bot.domain import ProposalType, Reference, Version
from bot.models import Base
from bot.papers import Finding, ItemFound, Reading, Severity
from bot.papers.findings import CODES, OF_REGISTER
from bot.papers.found import Placed
from bot.rules.differences import Kind
from bot.services import attaching, comparing, importing, withdrawing
from bot.services.comparing import Comparison
from tests.house import OPERATOR, PAPER, sample
from tests.services.hearing import NOW

ROBIN = "robin.ainsley@secas.example"
READING = sample({})
EARLIER = "OPSG_25_0110_09"
THERE = f"{EARLIER} (24 September 2019)"
NEVER = "a Modification Proposal does not become a Draft Proposal again"
MODIFICATION = ProposalType.MODIFICATION


def paper(reference: str, items: Sequence[ItemFound] = READING.items, day: str = "29 October 2019") -> Reading:
    """The sample under another reference and of another day, with these items."""
    return replace(sample({PAPER: reference, "29 October 2019": day}), items=tuple(items))


def dp092(**changes: object) -> ItemFound:
    fields: dict[str, Any] = changes
    return replace(READING.items[4], **fields)


def earlier(*items: ItemFound, reference: str = EARLIER, day: str = "24 September 2019") -> Reading:
    return paper(reference, items, day)


async def store(sessions: Sessions, config: Config, *readings: Reading) -> None:
    for reading in readings:
        async with sessions.begin() as session:
            await importing.store(session, config, reading, "a.txt", str(reading.paper).encode(), True, OPERATOR, NOW)


async def compare(sessions: Sessions, config: Config, reading: Reading = READING) -> Comparison:
    async with sessions.read() as session:
        return await comparing.compare(session, config, reading)


async def found(sessions: Sessions, config: Config, reading: Reading = READING) -> list[str]:
    return [finding.message for finding in (await compare(sessions, config, reading)).findings]


def fields(comparison: Comparison) -> list[str]:
    return [change.where for change in comparison.changes]


# --- contradictions ---------------------------------------------------------------------------------------------------

# code: the item as an earlier paper had it, as this one has it, and what is said
CONTRADICTIONS: dict[str, tuple[ItemFound, ItemFound, str]] = {
    "proposer-changed": (
        dp092(proposer="Ada Holt", organisation="Calder Networks"),
        dp092(),
        f"DP092 was raised by Daniel Stroud of the DCC here, but by Ada Holt of Calder Networks in {THERE}.",
    ),
    "type-reverted": (
        dp092(type=MODIFICATION, reference="MP092"),
        dp092(),
        f"DP092 is a Draft Proposal here, but a Modification Proposal in {THERE}: {NEVER}.",
    ),
    "title-changed": (
        dp092(title="Planned Maintenance"),
        dp092(),
        f"DP092 is titled “New Planned Maintenance Methodology” here and “Planned Maintenance” in {THERE}.",
    ),
    "lead-analyst-changed": (
        dp092(lead_analyst="Morgan Tate"),
        dp092(),
        f"The Lead Analyst of DP092 is Ellis Farrow here and Morgan Tate in {THERE}.",
    ),
    "converted": (
        dp092(),
        dp092(type=MODIFICATION, reference="MP092"),
        f"MP092 is a Modification Proposal here and was the Draft Proposal DP092 in {THERE}.",
    ),
}


def test_every_code_of_the_register_has_its_fault_here_or_in_the_tests_of_resolving() -> None:
    assert {*CONTRADICTIONS, "proposal-withdrawn", "also-in", "classification-by-analyst"} == OF_REGISTER


@pytest.mark.parametrize("code", CONTRADICTIONS)
async def test_what_an_earlier_paper_has_otherwise_is_found(sessions: Sessions, config: Config, code: str) -> None:
    before, now, message = CONTRADICTIONS[code]
    await store(sessions, config, earlier(before))
    reading = paper("OPSG_26_0511_16", [now])

    line = next(p.line for p in READING.places if p.where == "DP092 heading") if now.reference == "DP092" else None
    assert (await compare(sessions, config, reading)).findings == (Finding(CODES[code], code, line, message),)


async def test_a_proposal_that_was_withdrawn_is_found_until_that_is_undone(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, earlier(dp092()))
    async with sessions.begin() as session:
        await withdrawing.withdraw(session, config, Reference(92), ROBIN, date(2019, 10, 20), NOW)
    line = next(place.line for place in READING.places if place.where == "DP092 heading")
    said = f"DP092 was withdrawn on 20 October 2019, as {ROBIN} recorded."
    withdrawn = Finding(Severity.WARNING, "proposal-withdrawn", line, said)
    assert (await compare(sessions, config)).findings == (withdrawn,)

    async with sessions.begin() as session:
        await withdrawing.undo(session, config, Reference(92), ROBIN, NOW)
    assert await found(sessions, config) == []


@pytest.mark.parametrize(
    "before",
    [
        dp092(),
        dp092(organisation="the DCC", proposer="daniel  stroud"),
        dp092(organisation="Data Communications Company (DCC)"),
        dp092(lead_analyst=None, proposer=None, organisation=None),
    ],
    ids=["nothing", "spelling", "abbreviation", "not stated before"],
)
async def test_what_is_the_same_in_other_letters_or_was_not_stated_contradicts_nothing(
    sessions: Sessions, config: Config, before: ItemFound
) -> None:
    await store(sessions, config, earlier(before))

    assert await found(sessions, config) == []


async def test_quotes_of_another_kind_make_no_other_title(sessions: Sessions, config: Config) -> None:
    title = "Changes to Appendix R ‘Common Testing Scenarios Document’"
    await store(sessions, config, earlier(replace(READING.items[1], title=title)))

    assert await found(sessions, config) == []


async def test_the_latest_paper_of_the_same_sub_committee_counts(sessions: Sessions, config: Config) -> None:
    await store(
        sessions,
        config,
        earlier(dp092(title="Second"), reference="OPSG_25_0110_09"),
        earlier(dp092(title="First"), reference="OPSG_24_0309_02", day="27 August 2019"),
        earlier(dp092(title="Theirs"), reference="SSC_30_0811_01", day="28 October 2019"),
    )

    assert [message.partition("“Second”")[1] for message in await found(sessions, config)] == ["“Second”"]


async def test_a_later_paper_counts_only_where_there_is_no_earlier_one(sessions: Sessions, config: Config) -> None:
    later = earlier(dp092(title="Later", type=MODIFICATION), reference="OPSG_27_0312_04", day="26 November 2019")
    await store(sessions, config, later)
    assert [m.partition("“Later”")[1] for m in await found(sessions, config)] == ["“Later”"]

    await store(sessions, config, earlier(dp092(title="Earlier")))
    assert [m.partition("“Earlier”")[1] for m in await found(sessions, config)] == ["“Earlier”"]


async def test_a_draft_proposal_in_a_later_paper_contradicts_a_modification_proposal(
    sessions: Sessions, config: Config
) -> None:
    await store(sessions, config, earlier(dp092(), day="26 November 2019", reference="OPSG_27_0312_04"))

    (finding,) = (await compare(sessions, config, paper("OPSG_26_0511_16", [dp092(type=MODIFICATION)]))).findings
    assert finding.code == "type-reverted"


async def test_another_sub_committees_paper_is_no_revision(sessions: Sessions, config: Config) -> None:
    theirs = dp092(summary=("Other words.",), lead_analyst="Morgan Tate", appendix="Z", stage=None, proposer="Ada Holt")
    await store(sessions, config, earlier(theirs, reference="SSC_30_0811_01"))

    comparison = await compare(sessions, config)
    assert [finding.code for finding in comparison.findings] == ["proposer-changed"]
    assert fields(comparison) == ["DP092 Proposer"]


async def test_a_paper_of_no_known_sub_committee_is_compared_as_anothers(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, earlier(dp092(lead_analyst="Morgan Tate")))

    assert await found(sessions, config, paper("TABASC_26_0511_16")) == []


async def test_a_split_proposal_is_not_the_one_it_was_split_from(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, earlier(dp092(reference="DP092A", suffix="A", title="Another")))

    assert await compare(sessions, config) == Comparison()


async def test_findings_stand_among_the_papers_own_by_line(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, earlier(dp092(title="Other")))
    reading = comparing.with_findings(READING, await compare(sessions, config))

    lines = [finding.line or 0 for finding in reading.findings]
    assert lines == sorted(lines)
    assert "title-changed" in [finding.code for finding in reading.findings]


async def test_findings_of_a_row_and_of_a_joint_heading_have_its_line(sessions: Sessions, config: Config) -> None:
    items = [
        dp092(),
        dp092(reference="MP102A", number=102, suffix="A"),
        dp092(reference="MP102B", number=102, suffix="B"),
    ]
    await store(sessions, config, earlier(*(replace(item, title="Other") for item in items)))
    places = (Placed(3, "MP102A impacts heading"), Placed(7, "purpose, DP092 row"))
    reading = replace(paper("OPSG_26_0511_16", items), places=(*places, Placed(9, "MP102A and MP102B heading")))

    findings = (await compare(sessions, config, reading)).findings
    assert [(finding.line, finding.code) for finding in findings] == [(line, "title-changed") for line in (7, 9, 9)]


# --- the same proposals for the same meeting --------------------------------------------------------------------------


async def test_a_correction_has_one_finding_that_names_the_paper_it_shares_proposals_with(
    sessions: Sessions, config: Config
) -> None:
    await store(sessions, config, READING)
    correction = paper("OPSG_26_0511_16a", (*READING.items[2:5], dp092(reference="DP094", number=94)))

    (finding,) = (await compare(sessions, config, correction)).findings
    assert (finding.code, finding.severity, finding.line) == ("also-in", CODES["also-in"], None)
    assert finding.message == (
        "DP090, DP091 and DP092 are also in OPSG_26_0511_16 (29 October 2019), which is for the same meeting."
    )


async def test_one_proposal_in_two_papers_for_a_meeting_has_its_line(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, READING)

    (finding,) = (await compare(sessions, config, paper("OPSG_26_0511_17", [dp092()]))).findings
    assert finding.message.startswith("DP092 is also in OPSG_26_0511_16 ")
    assert finding.line == next(p.line for p in READING.places if p.where == "DP092 heading")


@pytest.mark.parametrize(
    "other",
    [
        earlier(dp092()),
        paper("SSC_26_0511_16", [dp092()]),
        paper("OPSG_26_0511_15", [dp092(number=77, reference="DP077")]),
        replace(READING, paper=replace(READING.paper, reference="OPSG_26_0511_15", meeting=None, meeting_date=None)),
    ],
    ids=["another meeting", "another Sub-Committee", "other proposals", "no meeting"],
)
async def test_a_paper_that_is_not_for_the_same_meeting_is_not_named(
    sessions: Sessions, config: Config, other: Reading
) -> None:
    await store(sessions, config, other)

    assert "also-in" not in [finding.code for finding in (await compare(sessions, config)).findings]


# --- what changed -----------------------------------------------------------------------------------------------------


async def test_what_changed_is_told_field_by_field_with_its_words(sessions: Sessions, config: Config) -> None:
    summary = READING.items[4].summary
    before = dp092(stage=None, summary=(summary[0].replace("the Panel has", "they have"), *summary[1:]), appendix="Z")
    impact = replace(READING.items[4].impacts[0], heading="Anticipated Security Impacts")
    await store(sessions, config, earlier(replace(before, impacts=(impact,))))

    comparison = await compare(sessions, config)
    assert {change.since for change in comparison.changes} == {"OPSG_25_0110_09 (24 September 2019)"}
    assert fields(comparison)[0] == "DP092 stage"
    assert "DP092 Anticipated Security Impacts" in fields(comparison)
    assert "DP092 appendix" not in fields(comparison)
    stage = comparison.changes[0].pieces
    assert [(piece.kind, piece.text) for piece in stage] == [(Kind.ADDED, "Development Stage")]


async def test_the_same_paper_from_another_file_is_compared_whole(sessions: Sessions, config: Config) -> None:
    stored = replace(
        sample({"For Discussion": "For Decision", "29 October 2019": "28 October 2019"}),
        items=(dp092(appendix="Z"), replace(READING.items[0], reference="DP077", number=77)),
    )
    await store(sessions, config, stored, earlier(dp092(title="Not compared with this one")))

    comparison = await compare(sessions, config)
    assert {change.since for change in comparison.changes} == {"OPSG_26_0511_16 as imported on 30 October 2019"}
    assert {"The paper's action", "The paper's date", "DP092 appendix", "DP077 title", "DP093 title"} <= set(
        fields(comparison)
    )
    assert "DP092 title" not in fields(comparison)
    gone = next(change for change in comparison.changes if change.where == "DP077 title")
    assert [piece.kind for piece in gone.pieces] == [Kind.REMOVED]


async def test_the_same_paper_again_and_a_paper_of_new_proposals_have_changed_nothing(
    sessions: Sessions, config: Config
) -> None:
    assert await compare(sessions, config) == Comparison()

    await store(sessions, config, READING)
    assert await compare(sessions, config) == Comparison()


async def test_what_is_held_is_told(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, READING)
    async with sessions.begin() as session:
        link = attaching.Link("https://secas.example/dp092")
        await attaching.attach(session, Reference(92), Version(0, 1), "draft", link, ROBIN, NOW + timedelta(1))

    assert (await compare(sessions, config)).held == {"DP092": "v0.1, draft"}


async def test_comparing_writes_nothing(sessions: Sessions, config: Config) -> None:
    await store(sessions, config, earlier(dp092()))

    async def counts() -> list[int]:
        async with sessions.read() as session:
            tables = Base.metadata.sorted_tables
            return [(await session.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]

    before = await counts()
    await compare(sessions, config, paper("OPSG_26_0511_16", [dp092(number=7, reference="DP007")]))
    assert await counts() == before
