"""The sentences that say who raised a proposal, who looks after it, and where its problem statement is."""

from tests.papers.writing.blocks import Layout
from tests.papers.writing.register import Proposal
from tests.papers.writing.switches import Switch
from tests.papers.writing.words import MARK

APPENDIX = "The draft problem statement can be found in Appendix {letter}."
APPENDIX_WORDS = (
    "The problem statement is attached as Appendix {letter}.",
    "The approved problem statement for this proposal is provided in Appendix {letter}.",
    "The problem statement, with what the Proposer says in it, is set out in Appendix {letter}.",
    "The draft problem statement is included at Appendix {letter}.",
    "Please see Appendix {letter} for the draft problem statement.",
)
RESPECTIVELY = (
    "The draft problem statements for {one} and {other} can be found in Appendix {first} and Appendix {second} "
    "respectively."
)
EACH = (
    "The draft problem statement for {one} can be found in Appendix {first} and the draft problem statement for "
    "{other} can be found in Appendix {second}."
)


def raising(group: tuple[Proposal, ...], layout: Layout, index: int) -> list[str]:
    """The paragraphs, one or two, that open a proposal's text."""
    raised, lead = _raised(group, layout, index), _lead(group[0], layout, index)
    if raised and lead and Switch.RAISED_SHARED in layout.on and group[0].raised.words != "TBC":
        return [f"{raised}, and the Lead Analyst from SECAS is {group[0].lead}."]
    sentences = [sentence for sentence in (raised and f"{raised}.", lead) if sentence]
    return sentences if Switch.RAISED_APART in layout.on else [" ".join(sentences)] if sentences else []


def _raised(group: tuple[Proposal, ...], layout: Layout, index: int) -> str | None:
    who = group[0].raised.words
    if who is None:
        return None
    if Switch.RAISED_FOOTNOTE in layout.on and who != "TBC":
        who = f"{who}{MARK}"
    if len(group) > 1:
        return f"{group[0].reference} and {group[1].reference} were raised by {who}"
    name = group[0].reference
    if group[0].former and Switch.RAISED_FORMER in layout.on:
        name = f"{name}, previously {group[0].former_reference},"
    verbs = ["was raised by"]
    if Switch.RAISED_VERBS in layout.on:
        verbs += ["has been raised by", "was submitted by", "was raised on 4 October 2019 by"]
    return f"{name} {layout.pick(verbs, index)} {who}"


def _lead(proposal: Proposal, layout: Layout, index: int) -> str | None:
    if proposal.lead is None:
        return None
    mark = MARK if Switch.RAISED_FOOTNOTE in layout.on and proposal.lead not in {"TBC", "to be confirmed"} else ""
    openings = ["The Lead Analyst from SECAS is"]
    if Switch.RAISED_VERBS in layout.on:
        openings += ["The Lead Analyst is", "The SECAS Lead Analyst is", "Lead Analyst:"]
    return f"{layout.pick(openings, index)} {proposal.lead}{mark}."


def appendix_sentence(group: tuple[Proposal, ...], layout: Layout, index: int) -> str | None:
    if group[0].appendix is None:
        return None
    if len(group) > 1:
        one, other = group
        return layout.pick([RESPECTIVELY, EACH], index).format(
            one=one.reference, other=other.reference, first=one.appendix, second=other.appendix
        )
    forms = APPENDIX_WORDS if Switch.APPENDIX_WORDS in layout.on else (APPENDIX,)
    return layout.pick(forms, index).format(letter=group[0].appendix)
