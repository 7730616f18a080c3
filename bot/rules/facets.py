"""Which part of the problem statement a comment speaks to. Only the commenter's own prefix decides."""

import re

from bot.domain import Facet, Suggestion

# The word that opens the comment, perhaps in Slack's bold or italics, and a colon or a dash after it. A plain hyphen
# needs a space on one side: "Impact-based" is a word, "Impact - we" is a prefix.
PREFIX = re.compile(r"\s*[*_]*(?P<word>issue|impacts?|consider)[*_]*(?:\s*[:–—]|\s+-|-\s)", re.IGNORECASE)

FACETS = {"issue": Facet.ISSUE, "impact": Facet.IMPACT, "impacts": Facet.IMPACT, "consider": Facet.CONSIDER}


def facet_of(text: str) -> Suggestion[Facet]:
    """The facet that the comment's prefix names, and the words that say so."""
    if found := PREFIX.match(text):
        return Suggestion(FACETS[found["word"].lower()], because=f"the comment starts with “{found.group().strip()}”")
    return Suggestion(Facet.UNSORTED, because="the comment starts with none of “Issue:”, “Impacts:”, “Consider:”")
