"""Which part of the problem statement a comment speaks to: by its author's prefix, else by what its sentences do.

A rule suggests and says on which words it rests; an analyst decides. Where in doubt it is unsorted.
"""

from bot.domain import Facet, Suggestion
from bot.rules.facets.courtesies import PROMISE, courtesy_in
from bot.rules.facets.prefixes import Part, opening_prefix, parts
from bot.rules.facets.readings import read, readings_of, weighed
from bot.rules.facets.sentences import sentences_of

__all__ = ["Part", "facet_of", "parts", "suggest", "suggests_setting_aside"]

_READ = 4000  # characters: what a comment is on, it says early, and a whole book would hold everybody up
# What a Comments document has sections for; nobody is asked for the others.
_PRINTED = {Facet.ISSUE, Facet.IMPACT, Facet.CONSIDER}


def facet_of(text: str) -> Suggestion[Facet]:
    """The facet that the comment's own prefix names, where a Comments document has a section for it."""
    prefix = opening_prefix(text)
    if prefix and prefix.facet in _PRINTED:
        return Suggestion(prefix.facet, because=f"the comment starts with “{prefix.words}”")
    return Suggestion(Facet.UNSORTED, because="the comment starts with none of “Issue:”, “Impacts:”, “Consider:”")


def suggest(text: str) -> Suggestion[Facet]:
    """The facet of a reply, or of one of its parts, and the words that say so."""
    if len({part.facet for part in parts(text)}) > 1:
        return Suggestion(Facet.UNSORTED, because="the comment has parts of several facets")
    if prefix := opening_prefix(text):
        return Suggestion(prefix.facet, because=f"the comment starts with “{prefix.words}”")
    return weighed(readings_of(text[:_READ]))


def suggests_setting_aside(text: str) -> Suggestion[bool]:
    """Whether it is no view but a courtesy: thanks, "noted", a promise to come back. A person sets it aside."""
    if prefix := opening_prefix(text):
        if text.strip() == prefix.words:
            return Suggestion(value=True, because=f"nothing stands after “{prefix.words}”")
        return Suggestion(value=False, because=f"the comment starts with “{prefix.words}”")
    if len(text) > _READ:
        return Suggestion(value=False, because="it is long")
    sentences = list(sentences_of(text))
    said = [words for sentence in sentences if not PROMISE.search(sentence.read) for _, words in read(sentence)]
    if said:
        return Suggestion(value=False, because=f"the words “{said[0]}”")
    if courtesy := courtesy_in(sentences):
        return Suggestion(value=True, because=f"the words “{courtesy}”")
    return Suggestion(value=False, because="it says more than thanks or that comments will follow")
