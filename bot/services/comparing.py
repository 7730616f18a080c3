"""What the register knows of a paper's proposals: what contradicts the paper, and what changed since they were seen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.config import Config
from bot.domain import ProposalType
from bot.models import Item, Paper, Proposal
from bot.papers import Finding, ItemFound, Reading
from bot.papers.findings import CODES
from bot.rules import dates
from bot.rules.organisations import same_organisation, same_person
from bot.rules.wording import listed, with_article
from bot.services.describing import OF_ONE_PAPER, OF_PROPOSAL, Change, changes, of_item, of_paper, only, without

CURLS = str.maketrans("‘’“”", "''\"\"")  # how quotes are set is no difference between titles


@dataclass(frozen=True)
class Comparison:
    """`held`: the problem statement that is held, such as "v0.1, draft", by the reference of its item."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    held: Mapping[str, str] = field(default_factory=dict)


async def compare(session: AsyncSession, config: Config, reading: Reading) -> Comparison:
    """A paper that was read, held against the register, which is only looked at.

    Where a paper of its reference is stored, what changed is told of that paper; else of each proposal by itself.
    """
    body = config.sub_committee(reading.paper.body or "")
    proposals = await _proposals(session, reading.items)
    seen = [
        _Seen(item, proposal, reading, body.code if body else "")
        for item in reading.items
        if (proposal := proposals.get((item.number, item.suffix or "")))
    ]
    stored = await _stored(session, reading.paper.reference)
    return Comparison(
        findings=(
            *(finding for each in seen for finding in each.findings()),
            *_also_in(seen, reading.paper.meeting),
        ),
        changes=tuple(_since_import(stored, reading) if stored else (c for each in seen for c in each.changes())),
        held={each.name: f"{held.version}, {held.status}" for each in seen if (held := each.proposal.statement)},
    )


def with_findings(reading: Reading, comparison: Comparison) -> Reading:
    """The reading with what the register said of it among its findings, by line."""
    findings = sorted([*reading.findings, *comparison.findings], key=lambda finding: finding.line or 0)
    return replace(reading, findings=tuple(findings))


@dataclass(frozen=True)
class _Seen:
    """A proposal of the paper that the register has already. `body`: the code of the paper's Sub-Committee, or ""."""

    item: ItemFound
    proposal: Proposal
    reading: Reading
    body: str

    @property
    def name(self) -> str:
        return self.item.reference

    @property
    def others(self) -> list[Item]:
        """Its items in other papers: the latest last, but those of papers later than this one before all."""
        this = (self.reading.paper.reference or "").casefold()
        items = [item for item in self.proposal.items if item.paper.reference.casefold() != this]
        return sorted(items, key=lambda i: (not self._is_later(i.paper), i.paper.dated or date.min, i.id))

    @property
    def other(self) -> Item | None:
        """The item to compare with: the latest of the same Sub-Committee, else of any."""
        others = self.others
        return next(iter(reversed([item for item in others if self._is_ours(item)] or others)), None)

    def changes(self) -> list[Change]:
        """Field by field; another Sub-Committee's paper has words of its own, which are no revision of these."""
        other = self.other
        if other is None:
            return []
        before, after = of_item(other), of_item(self.item)
        if self._is_ours(other):
            before, after = without(before, OF_ONE_PAPER), without(after, OF_ONE_PAPER)
        else:
            before, after = only(before, OF_PROPOSAL), only(after, OF_PROPOSAL)
        return changes(_named(other.paper), self.name, before, after)

    def findings(self) -> Iterator[Finding]:
        for code, message in self._contradictions():
            yield Finding(CODES[code], code, self.line, message)

    @property
    def line(self) -> int | None:
        """Where the paper begins with it: its heading, which may be another's too, or its row in a table."""
        named = (
            place.line
            for ending in (" heading", " row")
            for place in self.reading.places
            for where in place.where.split(", ")
            if where.endswith(ending) and self.name in where.removesuffix(ending).split(" and ")
        )
        return next(named, None)

    def papers_for(self, meeting: int | None) -> list[Paper]:
        """Other papers of the Sub-Committee that put it to the same meeting."""
        return [
            item.paper
            for item in self.others
            if self._is_ours(item) and item.paper.meeting and item.paper.meeting.number == meeting
        ]

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        if withdrawal := self.proposal.withdrawal:
            day = dates.day(withdrawal.day)
            yield "proposal-withdrawn", f"{self.name} was withdrawn on {day}, as {withdrawal.by} recorded."
        other = self.other
        if other is None:
            return
        there = _named(other.paper)
        if _raised_otherwise(self.item, other):
            was = f"{self.name} was raised by {_raised_by(self.item)} here, but by {_raised_by(other)} in {there}."
            yield "proposer-changed", was
        yield from self._type(other)
        if self.item.title.translate(CURLS) != other.title.translate(CURLS):
            yield "title-changed", f"{self.name} is titled “{self.item.title}” here and “{other.title}” in {there}."
        analysts = (self.item.lead_analyst, other.lead_analyst)
        if self._is_ours(other) and _differ(same_person, *analysts):
            yield (
                "lead-analyst-changed",
                f"The Lead Analyst of {self.name} is {analysts[0]} here and {analysts[1]} in {there}.",
            )

    def _type(self, other: Item) -> Iterator[tuple[str, str]]:
        """Draft Proposals become Modification Proposals: any paper that has it the other way round is named."""
        draft = self.item.type is ProposalType.DRAFT
        for item in reversed(self.others):
            if item.type is not self.item.type and draft is not self._is_later(item.paper):
                here, there = self.item.type, f"{item.type} in {_named(item.paper)}"
                never = "a Modification Proposal does not become a Draft Proposal again"
                yield "type-reverted", f"{self.name} is a {here} here, but a {there}: {never}."
                return
        if not draft and other.type is ProposalType.DRAFT:
            was = f"was the {other.type} {other.reference} in {_named(other.paper)}"
            yield "converted", f"{self.name} is a {self.item.type} here and {was}."

    def _is_ours(self, item: Item) -> bool:
        return item.paper.sub_committee == self.body

    def _is_later(self, paper: Paper) -> bool:
        """Whether that other paper is dated after this one: papers may be imported in any order."""
        dated = self.reading.paper.dated
        return dated is not None and paper.dated is not None and paper.dated > dated


def _also_in(seen: Sequence[_Seen], meeting: int | None) -> Iterator[Finding]:
    """One finding for each other paper for the meeting that has proposals of this one, as a corrected paper has."""
    shared: dict[str, list[_Seen]] = {}
    for each in seen:
        for paper in each.papers_for(meeting):
            shared.setdefault(_named(paper), []).append(each)
    for paper_name, those in shared.items():
        verb = "is" if len(those) == 1 else "are"
        message = f"{listed([e.name for e in those])} {verb} also in {paper_name}, which is for the same meeting."
        yield Finding(CODES["also-in"], "also-in", those[0].line if len(those) == 1 else None, message)


async def _proposals(session: AsyncSession, items: Sequence[ItemFound]) -> dict[tuple[int, str], Proposal]:
    query = (
        select(Proposal)
        .where(Proposal.number.in_({item.number for item in items}))
        .options(selectinload(Proposal.items).joinedload(Item.paper).joinedload(Paper.meeting))
    )
    return {(proposal.number, proposal.suffix): proposal for proposal in await session.scalars(query)}


async def _stored(session: AsyncSession, reference: str | None) -> Paper | None:
    """The stored paper of this reference, from whatever file."""
    query = (
        select(Paper)
        .where(func.lower(Paper.reference) == (reference or "").lower())
        .options(selectinload(Paper.items), selectinload(Paper.attachments))
    )
    found: Paper | None = await session.scalar(query)
    return found


def _since_import(stored: Paper, reading: Reading) -> Iterator[Change]:
    """Everything that reads otherwise in the paper than in the stored one of its reference."""
    since = f"{stored.reference} as imported on {dates.day(dates.london(stored.imported_at))}"
    paper = of_paper(stored, stored.attachments), of_paper(reading.paper, reading.attachments)
    yield from changes(since, "The paper's", *paper)
    before = {item.reference: of_item(item) for item in stored.items}
    after = {item.reference: of_item(item) for item in reading.items}
    for name in dict.fromkeys([*before, *after]):
        yield from changes(since, name, before.get(name, {}), after.get(name, {}))


def _named(paper: Paper) -> str:
    return f"{paper.reference}{f' ({dates.day(paper.dated)})' if paper.dated else ''}"


def _raised_by(item: Item | ItemFound) -> str:
    return " of ".join(filter(None, (item.proposer, item.organisation and with_article(item.organisation))))


def _raised_otherwise(one: ItemFound, other: Item) -> bool:
    return _differ(same_person, one.proposer, other.proposer) or _differ(
        same_organisation, one.organisation, other.organisation
    )


def _differ(same: Callable[[str, str], bool], one: str | None, other: str | None) -> bool:
    """Whether both are stated and not the same."""
    return one is not None and other is not None and not same(one, other)
