"""What was gathered of one proposal becomes an item, with a finding for all that the paper leaves out."""

import re
from dataclasses import dataclass, field, replace

from bot.domain import ProposalType
from bot.papers.findings import Findings
from bot.papers.found import ImpactStatement, ItemFound
from bot.papers.headings import Named
from bot.papers.people import NOBODY, SURELY, Raised, name_of, raised_by
from bot.papers.quotes import Unquoted, unquoted
from bot.rules.organisations import same_organisation
from bot.rules.outlooks import outlook_of
from bot.rules.references import Mention, parse_reference

# In a column or after a label: nothing is said.
DASH = re.compile(r"[-–—]")
# A full stop or a dash after a title's closing quote says nothing.
NO_WORDS = re.compile(r"[\s.:;,–—-]*")


@dataclass(eq=False)
class Parts:
    """One proposal while its paragraphs, or its row of a table, are read. `line` is that of its heading."""

    named: Named
    line: int
    stage: str | None = None
    title: str | None = None  # only where it needs no quotes: in a table's cell
    raised: str | None = None
    organisation: str | None = None  # only where a table has a column for it
    other_reference: Mention | None = None
    lead_analyst: str | None = None
    appendix: str | None = None
    summary: list[str] = field(default_factory=list)
    impacts: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def mention(self) -> Mention:
        return self.named.mention

    @property
    def label(self) -> str:
        return self.named.mention.label


def item_of(parts: Parts, shared_title: str, findings: Findings) -> ItemFound:
    """The item. `shared_title`: that of the heading's last proposal, for one that has none of its own."""
    mention = parts.mention
    _check_former_name(parts, findings)
    if parts.named.remark:
        message = f"The words “({parts.named.remark})” in the heading of {parts.label} were not read into any field."
        findings.add("item-title-unclear", parts.line, message)
    raised = _raised(parts, findings)
    return ItemFound(
        reference=mention.label,
        number=mention.reference.number,
        suffix=mention.reference.suffix or None,
        type=ProposalType.DRAFT if mention.prefix == "DP" else ProposalType.MODIFICATION,
        stage=parts.stage,
        title=_title(parts, shared_title, findings),
        proposer=raised.proposer,
        organisation=raised.organisation,
        on_behalf_of=raised.on_behalf_of,
        lead_analyst=_lead_analyst(parts, findings),
        summary=tuple(parts.summary),
        impacts=tuple(_impact(heading, texts) for heading, texts in parts.impacts),
        appendix=_checked(parts, findings),
    )


def _check_former_name(parts: Parts, findings: Findings) -> None:
    former = parts.named.former
    if former and parse_reference(former) != parts.mention.reference:
        message = f"The heading of {parts.label} gives {former} as its former name; a proposal keeps its number."
        findings.add("former-name-differs", parts.line, message)


def _title(parts: Parts, shared_title: str, findings: Findings) -> str:
    found = Unquoted(parts.title) if parts.title else unquoted(parts.named.words or shared_title)
    if not found.title:
        findings.add("item-title-missing", parts.line, f"The heading of {parts.label} gives no title.")
    elif not parts.named.words and not parts.title:
        message = f"The heading gives {parts.label} no title of its own; it has that of the proposal beside it."
        findings.add("title-shared", parts.line, message)
    _say_unclear(parts, found, findings)
    return found.title


def _say_unclear(parts: Parts, found: Unquoted, findings: Findings) -> None:
    if not found.pairs:
        message = f"The quotes round the title of {parts.label} do not pair; it was read as “{found.title}”."
        findings.add("item-title-unclear", parts.line, message)
    elif not NO_WORDS.fullmatch(found.rest):
        message = (
            f"After the title of {parts.label} stand the words “{found.rest}”, which were not read into any field."
        )
        findings.add("item-title-unclear", parts.line, message)


def _raised(parts: Parts, findings: Findings) -> Raised:
    label = parts.label
    if other := parts.other_reference:
        message = f"The heading names {label}, the text under it {other.label}."
        findings.add("reference-mismatch", parts.line, message)
    said = [words.strip() for words in (parts.raised, parts.organisation) if words and words.strip()]
    if not said or all(DASH.fullmatch(words) for words in said):
        findings.add("proposer-missing", parts.line, f"The paper does not say who raised {label}.")
        return Raised()
    raised = raised_by(parts.raised or "")
    if parts.organisation and raised.clear and not NOBODY.fullmatch(parts.organisation.strip()):
        raised = _of_columns(raised, parts.organisation, parts.raised or "")
    if not raised.clear:
        message = f"Who raised {label} is not clear from “{'” and “'.join(words[:120] for words in said)}”."
        findings.add("proposer-unclear", parts.line, message)
    elif raised.proposer is None and raised.organisation is None:
        findings.add("proposer-to-be-confirmed", parts.line, f"The Proposer of {label} is to be confirmed.")
    elif raised.several:
        message = f"{label} was raised by people of several organisations: “{raised.proposer}”."
        findings.add("several-organisations", parts.line, message)
    elif raised.organisation is None:
        message = f"The paper names {raised.proposer} as having raised {label}, and no organisation."
        findings.add("organisation-missing", parts.line, message)
    return raised


def _of_columns(raised: Raised, organisation: str, printed: str) -> Raised:
    """A table that names the person in one column, as `printed`, and the organisation in another."""
    beside = raised_by(f"the {organisation}" if not organisation.lower().startswith("the ") else organisation)
    behalves = {behalf for behalf in (raised.on_behalf_of, beside.on_behalf_of) if behalf}
    if (
        not beside.clear
        or not beside.organisation
        or beside.proposer not in {None, raised.proposer}
        or len(behalves) > 1
    ):
        return Raised(clear=False)
    if raised.several:
        return raised if beside.organisation in (raised.proposer or "") else Raised(clear=False)
    person = raised.proposer
    if raised.organisation and not same_organisation(raised.organisation, beside.organisation):
        if person or " " in printed.strip() or SURELY.fullmatch(printed.strip()):
            return Raised(clear=False)
        person = raised.organisation  # one word looks like an organisation: beside another, it is the person
    return replace(raised, proposer=person, organisation=beside.organisation, on_behalf_of=next(iter(behalves), None))


def _lead_analyst(parts: Parts, findings: Findings) -> str | None:
    if parts.lead_analyst is None:
        findings.add("lead-analyst-missing", parts.line, f"The paper names no Lead Analyst for {parts.label}.")
        return None
    if NOBODY.fullmatch(parts.lead_analyst.strip()):
        message = f"The Lead Analyst for {parts.label} is to be confirmed."
        findings.add("lead-analyst-to-be-confirmed", parts.line, message)
    return name_of(parts.lead_analyst)


def _impact(heading: str, texts: list[str]) -> ImpactStatement:
    outlook = outlook_of(" ".join(texts))
    return ImpactStatement(heading, outlook.value, tuple(texts), outlook.because)


def _checked(parts: Parts, findings: Findings) -> str | None:
    """The appendix; and a word on each part that the paper leaves out."""
    label = parts.label
    if not parts.summary:
        findings.add("summary-missing", parts.line, f"The paper gives no summary of {label}.")
    if not parts.impacts:
        findings.add("impacts-missing", parts.line, f"The paper gives no anticipated impacts of {label}.")
    if parts.appendix is None:
        message = f"The paper names no appendix for the problem statement of {label}."
        findings.add("appendix-missing", parts.line, message)
    return parts.appendix
