"""Whether a comment is a courtesy throughout: thanks, "noted", a promise to come back."""

import re

from bot.rules.facets.actors import any_of
from bot.rules.facets.sentences import Sentence

_MOST_WORDS = 30  # in a sentence: more say more
# What a promise to come back speaks of is yet to be said.
PROMISE = any_of(
    r"(?:\b(?:we|i)(?:'ll| will)|(?:^|, |\band )will) (?:\w+ ){0,5}?(?:come back|get back|revert|respond|reply"
    r"|let you know|feed back|be in touch|be commenting|send (?:our |my )?(?:comments|thoughts|views)|share|pass"
    r"|forward|circulate|discuss|look (?:at|into)|check|ask|find out)\b|\blet me (?:check|ask|find out)\b",
    r"\b(?:comments|response|reply|thoughts|more|views|detail) (?:will |to )(?:follow|come)\b",
    r"\bwill (?:\w+ ){0,2}?(?:comment|say more|(?:provide|submit|give|have) (?:\w+ ){0,3}?(?:comments|views|feedback"
    r"|response|input|detail))\b",
)
COURTESY = any_of(
    r"^(?:(?:many|very|great|ok|okay|all|and|with|big|hi(?: \w+)?|hello|morning|duly|our|my),? ){0,2}"
    r"(?:thanks|thank you|thankyou|thx|tks|ta|cheers|much appreciated|appreciated|grateful)\b(?! to (?!.{1,60} for\b))",
    r"^(?:ok|okay|all|duly)?,? ?(?:noted|received|understood|got it|will do)\b(?! that\b)",
    r"^(?:our |my )?apologies\b|^sorry (?:for|about)\b",
    r"^(?:that's|this is|that is|very|really|most) (?:\w+ )?(?:helpful|useful|kind|great|good to know)\b[.]?$",
    PROMISE.pattern,
)
# A name, perhaps after a greeting; a picture.
_SIGNED = re.compile(
    r"(?:(?:[Kk]ind |[Bb]est |[Mm]any )?(?:[Rr]egards|[Ww]ishes|[Bb]est)[,.]? ?)?(?:[A-Z][\w'-]+[ .]?){0,3}"
    r"|\W+|(?::[\w+-]+: ?){1,5}"
)
_SUBSTANCE = any_of(r"\b(?:but|however|which|although|except|agree\w?|no comments?|issues? is|because)\b|\?")


def courtesy_in(sentences: list[Sentence]) -> str | None:
    """The first words of courtesy, where nothing but courtesies is said."""
    found = [COURTESY.search(sentence.read) for sentence in sentences]
    for sentence, courtesy in zip(sentences, found, strict=True):
        if courtesy is None and not _SIGNED.fullmatch(sentence.read):
            return None
        if _SUBSTANCE.search(sentence.read) or len(sentence.plain.split()) > _MOST_WORDS:
            return None
    said = zip(sentences, found, strict=True)
    return next((sentence.plain[slice(*words.span())].strip(" ,.") for sentence, words in said if words), None)
