"""What the analyst is told about a paper. Every code stands here once, with its severity."""

from bot.papers.found import Finding, Severity

CODES: dict[str, Severity] = {
    # Whether the paper may be stored at all.
    "classification-missing": Severity.ERROR,
    "classification-unknown": Severity.ERROR,
    "classification-contradictory": Severity.ERROR,
    "reference-missing": Severity.ERROR,
    "no-proposals": Severity.ERROR,
    "heading-unclear": Severity.ERROR,
    "item-title-missing": Severity.ERROR,
    "reference-mismatch": Severity.ERROR,
    "number-repeated": Severity.ERROR,
    # What the analyst should look at before publishing.
    "reference-unclear": Severity.WARNING,
    "title-missing": Severity.WARNING,
    "action-missing": Severity.WARNING,
    "purpose-missing": Severity.WARNING,
    "invitations-missing": Severity.WARNING,
    "recommendation-missing": Severity.WARNING,
    "comments-address-missing": Severity.WARNING,
    "comments-address-unclear": Severity.WARNING,
    "closing-date-unclear": Severity.WARNING,
    "date-missing": Severity.WARNING,
    "dates-differ": Severity.WARNING,
    "author-missing": Severity.WARNING,
    "meeting-date-unknown": Severity.WARNING,
    "section-empty": Severity.WARNING,
    "stage-missing": Severity.WARNING,
    "stage-unclear": Severity.WARNING,
    "item-title-unclear": Severity.WARNING,
    "proposer-missing": Severity.WARNING,
    "proposer-unclear": Severity.WARNING,
    "organisation-missing": Severity.WARNING,
    "lead-analyst-missing": Severity.WARNING,
    "summary-missing": Severity.WARNING,
    "impacts-missing": Severity.WARNING,
    "appendix-missing": Severity.WARNING,
    "appendix-not-listed": Severity.WARNING,
    "appendix-differs": Severity.WARNING,
    "unplaced-text": Severity.WARNING,
    # What is as it should be, and good to know.
    "meeting-date-inferred": Severity.NOTE,
    "paragraph-rejoined": Severity.NOTE,
    "no-draft-proposals": Severity.NOTE,
    "no-modification-proposals": Severity.NOTE,
    "none-this-month": Severity.NOTE,
    "proposer-to-be-confirmed": Severity.NOTE,
    "lead-analyst-to-be-confirmed": Severity.NOTE,
    "attachment-unmatched": Severity.NOTE,
}

QUOTED_WORDS = 8  # enough to find the place, too few to fill the screen


class Findings:
    """Gathers findings while one paper is read."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, code: str, line: int | None, message: str) -> None:
        self._found.append(Finding(CODES[code], code, line, message))

    def unplaced(self, line: int, text: str) -> None:
        """Words that belong to no field: said, so that nothing vanishes."""
        self.add("unplaced-text", line, f"The text “{opening(text)}” was not read into any field.")

    def in_order(self) -> tuple[Finding, ...]:
        """By line; those on the whole paper come first."""
        return tuple(sorted(self._found, key=lambda finding: finding.line or 0))


def opening(text: str) -> str:
    """The first words, for a message."""
    words = text[:200].split(" ")
    return " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS or len(text) > len(text[:200]) else "")
