"""What is noted while a paper is read: findings for the analyst, and where each line ended."""

from collections.abc import Iterable, Sequence

from bot.papers.found import Finding, Placed, Severity

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
    "proposal-not-read": Severity.ERROR,
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
    "meeting-date-far": Severity.WARNING,
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
    "title-shared": Severity.WARNING,
    "former-name-differs": Severity.WARNING,
    "several-organisations": Severity.WARNING,
    "table-differs": Severity.WARNING,
    "action-differs": Severity.WARNING,
    "type-differs": Severity.WARNING,
    "heading-in-item": Severity.WARNING,
    "footnote-unclear": Severity.WARNING,
    # How the file was opened.
    "encoding-guessed": Severity.WARNING,
    "tracked-changes": Severity.WARNING,
    "comments-ignored": Severity.WARNING,
    "hidden-text": Severity.WARNING,
    "picture-ignored": Severity.WARNING,
    "hyphen-unclear": Severity.WARNING,
    "hyphen-joined": Severity.NOTE,
    "furniture-removed": Severity.NOTE,
    "text-box": Severity.NOTE,
    # What is as it should be, and good to know.
    "meeting-date-inferred": Severity.NOTE,
    "paragraph-rejoined": Severity.NOTE,
    "footnote-digit": Severity.NOTE,
    "table-as-text": Severity.NOTE,
    "no-draft-proposals": Severity.NOTE,
    "no-modification-proposals": Severity.NOTE,
    "none-this-month": Severity.NOTE,
    "proposer-to-be-confirmed": Severity.NOTE,
    "lead-analyst-to-be-confirmed": Severity.NOTE,
    "attachment-unmatched": Severity.NOTE,
    # What the register knows otherwise.
    "proposal-withdrawn": Severity.WARNING,
    "proposer-changed": Severity.WARNING,
    "type-reverted": Severity.WARNING,
    "also-in": Severity.WARNING,
    "title-changed": Severity.NOTE,
    "lead-analyst-changed": Severity.NOTE,
    "converted": Severity.NOTE,
    "classification-by-analyst": Severity.NOTE,
}
# Those that no paper brings by itself: it is compared with others, or an analyst says more than it does.
OF_REGISTER = frozenset(
    {
        "proposal-withdrawn",
        "proposer-changed",
        "type-reverted",
        "also-in",
        "title-changed",
        "lead-analyst-changed",
        "converted",
        "classification-by-analyst",
    }
)

NOWHERE = "nowhere"
QUOTED_WORDS = 8  # enough to find the place, too few to fill the screen


class Findings:
    """Gathers what is noted while one paper is read."""

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._found = list(found)
        self._places: dict[int, list[str]] = {}

    def add(self, code: str, line: int | None, message: str) -> None:
        self._found.append(Finding(CODES[code], code, line, message))

    def place(self, lines: Iterable[int], where: str) -> None:
        """Note where these lines ended; a line may end in several fields."""
        for line in lines:
            places = self._places.setdefault(line, [])
            if where not in places:
                places.append(where)

    def is_placed(self, line: int) -> bool:
        return line in self._places

    def unplaced(self, lines: Sequence[int], text: str) -> None:
        """Words that belong to no field: said, so that nothing vanishes."""
        self.add("unplaced-text", lines[0], f"The text “{opening(text)}” was not read into any field.")
        self.place(lines, NOWHERE)

    def places(self) -> tuple[Placed, ...]:
        return tuple(Placed(line, ", ".join(places)) for line, places in sorted(self._places.items()))

    def in_order(self) -> tuple[Finding, ...]:
        """By line; those on the whole paper come first."""
        return tuple(sorted(self._found, key=lambda finding: finding.line or 0))


def opening(text: str) -> str:
    """The first words, for a message."""
    words = text[:200].split(" ")
    return " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS or len(text) > len(text[:200]) else "")
