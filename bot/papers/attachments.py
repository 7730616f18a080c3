"""The list of attachments, and whether it agrees with what the text says of each proposal."""

import re
from collections.abc import Sequence

from bot.papers.findings import Findings
from bot.papers.found import AttachmentFound, ItemFound
from bot.papers.paragraphs import Paragraph
from bot.papers.shapes import ATTACHMENT
from bot.rules.references import find_references, parse_reference

STATUSES = ("draft", "approved")


def attachments_in(paragraphs: Sequence[Paragraph], findings: Findings) -> list[tuple[AttachmentFound, int]]:
    """What is attached, each with its line."""
    attachments = []
    for paragraph in paragraphs:
        found = ATTACHMENT.fullmatch(paragraph.text)
        if found and found["name"]:
            attachments.append((_attachment(found["label"], found["name"]), paragraph.line))
            findings.place(paragraph.lines, "attachments")
    return attachments


def compare(
    items: Sequence[tuple[ItemFound, int]], attachments: Sequence[tuple[AttachmentFound, int]], findings: Findings
) -> None:
    """Say where text and list differ, in either direction."""
    listed = {_letter(attachment): attachment for attachment, _ in attachments}
    for item, line in items:
        if item.appendix is None:
            continue
        attachment = listed.get(item.appendix)
        if attachment is None:
            message = (
                f"The text of {item.reference} names Appendix {item.appendix}, which is not among the attachments."
            )
            findings.add("appendix-not-listed", line, message)
        elif attachment.references and not _is_for(attachment, item):
            listed_as = f"{attachment.label} is listed as “{attachment.name}”"
            message = f"The text of {item.reference} names Appendix {item.appendix}, but {listed_as}."
            findings.add("appendix-differs", line, message)
    named = {item.appendix for item, _ in items}
    for attachment, line in attachments:
        if _letter(attachment) not in named:
            message = f"{attachment.label} is attached, but no proposal in the paper names it."
            findings.add("attachment-unmatched", line, message)


def _attachment(label: str, name: str) -> AttachmentFound:
    references = tuple(dict.fromkeys(mention.label for mention in find_references(name)))
    words = re.findall(r"[a-z]+", name.lower())
    said = [] if "not" in words else [status for status in STATUSES if status in words]
    return AttachmentFound(label, references, name, said[0] if len(said) == 1 else None)


def _letter(attachment: AttachmentFound) -> str:
    return attachment.label.rpartition(" ")[2]


def _is_for(attachment: AttachmentFound, item: ItemFound) -> bool:
    """Whether the list names the same proposal, whatever its prefix was then."""
    return parse_reference(item.reference) in [parse_reference(reference) for reference in attachment.references]
