"""The stage that a section's proposals are in, as the section says it: recorded, never inferred."""

import re

from bot.papers.findings import Findings
from bot.papers.sections import Section
from bot.papers.sentences import sentences_of

STAGES = ("Development Stage", "Refinement Process", "Report Phase")
NAMED = re.compile("|".join(STAGES))
# Where several are named, the one that the proposals have come to: "have left … and entered the Refinement Process".
ENTERED = re.compile(
    r"\b(?:enter(?:ed|ing)?|into|(?:moved|progressed|proceeded|converted) (?:in)?to) "
    rf"the (?P<stage>{NAMED.pattern})"
)
# One that they have come from: "have left the Development Stage and …".
LEFT = re.compile(
    rf"\b(?:(?:left|leaving|completed|exited|finished|passed)(?: the| their)?"
    rf"|(?:was|were|had been|previously|formerly|no longer) (?:in |part of )?(?:the |their )?) ?(?:{NAMED.pattern})"
)
# A stage that a sentence names and the proposals are not in, or not yet.
NOT_NOW = re.compile(
    rf"\b(?:not|yet|will|would|may|once|until|before|when|if|should)\b[^.;]{{0,80}}?(?:{NAMED.pattern})"
)


def stage_of(section: Section, findings: Findings) -> str | None:
    """The stage named in a section's heading or introduction."""
    places = [section.heading, *section.intro] if section.heading not in [b.heading for b in section.items[:1]] else []
    text = " ".join(place.text for place in places)
    for place in places if section.items or section.tables else ():
        if NAMED.search(place.text):
            findings.place(place.lines, "stage")
    text = " ".join(LEFT.sub("", sentence) for sentence in sentences_of(text) if not NOT_NOW.search(sentence))
    named = set(NAMED.findall(text))
    entered = {found["stage"] for found in ENTERED.finditer(text)}
    chosen = named if len(named) == 1 else entered
    if not section.items and not section.tables:
        return None
    if len(chosen) == 1:
        return chosen.pop()
    code = "stage-unclear" if named else "stage-missing"
    said = f"more than one stage: {', '.join(sorted(named))}" if named else "no stage"
    findings.add(code, section.heading.line, f"The section “{section.heading.text[:80]}” names {said}.")
    return None
