"""What the analyst says of a paper's classification where the paper itself does not say it clearly."""

import re
from dataclasses import replace

from bot.domain import Classification
from bot.errors import UserError, WrongUsage
from bot.papers.findings import CODES
from bot.papers.found import Finding, Reading
from bot.rules.wording import listed

UNCLEAR = frozenset({"classification-missing", "classification-unknown", "classification-contradictory"})
BY_ANALYST = "classification-by-analyst"
# The end of those findings: what is done while nobody has decided.
UNDECIDED = re.compile(r": (?:it|the paper) is treated as Red\.$")


def resolve(reading: Reading, chosen: Classification, by: str) -> Reading:
    """The paper as it would be had it said `chosen` clearly, with a note of what it says and who chose.

    UserError where the paper says clearly that it is classified otherwise: that is not the analyst's to change here.
    """
    unclear = [finding for finding in reading.findings if finding.code in UNCLEAR]
    if not unclear:
        said = reading.paper.classification
        if said is not chosen:
            raise UserError(
                f"The paper is classified as {said.value}: --classification is only for papers that do not say clearly "
                "how they are classified."
            )
        return reading
    says = "; ".join(UNDECIDED.sub("", finding.message).rstrip(".") for finding in unclear)
    note = Finding(CODES[BY_ANALYST], BY_ANALYST, unclear[0].line, f"{says}; {by} set {chosen.value} at import.")
    others = [finding for finding in reading.findings if finding not in unclear]
    findings = tuple(sorted([*others, note], key=lambda finding: finding.line or 0))
    return replace(reading, paper=replace(reading.paper, classification=chosen), findings=findings)


def typed(text: str) -> Classification:
    """The classification that a person typed, in any case. WrongUsage where there is none of that name."""
    chosen = next((name for name in Classification if name.value.casefold() == text.strip().casefold()), None)
    if chosen is None:
        allowed = listed([name.value for name in Classification], "or")
        raise WrongUsage(f"{text!r} is no classification: allowed is {allowed}.")
    return chosen
