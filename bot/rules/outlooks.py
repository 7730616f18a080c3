"""What a paper's impact statement comes to, for sorting and reminders. Careful: what is in doubt is "unstated"."""

import re

from bot.domain import Outlook, Suggestion

# All patterns stay within a sentence ([^.]) and a fixed distance, so that reading stays linear on any text.

# The whole statement is one word of denial: "None.", "N/A".
BARE_DENIAL = re.compile(r"\W*(?:none|nil|n/a|not applicable|no)\b\W*", re.IGNORECASE)

# "no operational impacts", "none is expected", "do not foresee any … impact", "will not be impacted".
DENIAL = re.compile(
    r"\bno (?:[\w-]+,? ){0,5}?(?:impacts?|effects?)\b(?: (?:is|are|has been|have been|was|were) \w+)?"
    r"|\bnone (?:is|are|has been|have been) \w+"
    r"|\b(?:not|n['’]t|cannot)(?: currently| yet)? "
    r"(?:anticipate|expect|foresee|envisage|see|believe|consider|identif|predict|aware)"
    r"[^.;]{0,120}?\b(?:impact\w*|effects?|affect\w*)"
    r"|\b(?:will|would|should|do|does) not (?:be )?(?:(?:have|cause|create|result in) [^.;]{0,60}?)?"
    r"(?:impact\w*|affect\w*)",
    re.IGNORECASE,
)

# A denial that is itself denied, or asked about: "do not believe that there is no impact", "unclear whether no impact".
DOUBT = re.compile(
    r"\b(?:not|n['’]t|cannot|never|unclear|unknown|uncertain|unsure|doubt\w*|disagree\w*|incorrect|untrue)\b"
    r"[^.;]{0,100}?\b(?:no|not|none|nil|without|whether|if)\b",
    re.IGNORECASE,
)

# A denial with a limit in time: it may change.
SO_FAR = re.compile(
    r"\bat (?:this|the|that) (?:present |current )?(?:stage|point|time|moment|juncture)\b|\bat present\b|\bcurrently\b"
    r"|\bto date\b|\b(?:so|thus) far\b|\b(?:as )?yet\b|\bfor now\b|\bfor the time being\b"
    r"|\b(?:has|have) been identified\b",
    re.IGNORECASE,
)

# A denial with an exception: what is excepted is not said to be nothing.
EXCEPTION = re.compile(r"\b(?:other than|apart from|except\w*|beyond|besides|aside from|unless|until)\b", re.IGNORECASE)

# Somebody has still to say: "will present … impacts", "impacts will be assessed", "to be confirmed".
PROMISE = re.compile(
    r"\b(?:to be|being) (?:confirmed|assessed|determined|established|advised|investigated|quantified|discussed)\b"
    r"|\b(?:TBC|TBA|TBD)\b"
    r"|\b(?:will|plans? to|intends? to|(?:is|are) due to|aims? to|proposes? to) (?:be )?"
    r"(?:present|report|provide|assess|confirm|discuss|investigat|quantif|update|set out|consider)\w*"
    r"[^.]{0,120}?\b(?:impacts?|assessments?|effects?)\b"
    r"|\b(?:impacts?|effects?)\b[^.]{0,25}?\b(?:will|is to|are to|shall) be "
    r"(?:presented|reported|provided|assessed|confirmed|discussed|investigated|quantified|considered)\b"
    r"|\bimpact assessments? (?:is|are|has been|have been) (?:under ?way|ongoing|awaited|requested|in progress)\b"
    r"|\b(?:awaiting|awaited)\b",
    re.IGNORECASE,
)

# Something will or may happen: "may impact", "users will need to", "impacts have been identified".
ASSERTION = re.compile(
    r"\b(?:will|would|may|might|could|can|likely to|expected to|anticipated to|shall)\b(?! not\b)[^.;]{0,60}?"
    r"\b(?:impact\w*|affect\w*|disrupt\w*|delay\w*|increas\w*|requir(?:e|es|ed|ing)|need|needs|cost\w*)\b"
    r"|\b(?:there (?:is|are)|we (?:anticipate|expect|foresee))\b[^.;]{0,60}?\b(?:impact\w*|effects?)\b"
    r"|\b(?:is|are) (?:impacted|affected)\b"
    r"|\b(?:impacts?|effects?)\b[^.;]{0,60}?\b(?:has|have) been identified\b"
    r"|\b(?:impacts|affects|disrupts|delays)\b (?:the|all|some|any|users?|part)\b",
    re.IGNORECASE,
)

# Read before any denial: each of them may hold the words of one.
BEFORE_DENIAL = ((DOUBT, Outlook.UNSTATED, "could be read either way"), (PROMISE, Outlook.PENDING, ""))


def outlook_of(text: str) -> Suggestion[Outlook]:
    """Our reading of an impact statement, with the words it rests on."""
    if not text.strip():
        return Suggestion(Outlook.UNSTATED, because="the paper says nothing here")
    if bare := BARE_DENIAL.fullmatch(text):
        return _on(Outlook.NONE, bare)
    for pattern, outlook, remark in BEFORE_DENIAL:
        if found := pattern.search(text):
            return _on(outlook, found, remark)
    if denial := DENIAL.search(text):
        return _denied(text, denial)
    if assertion := ASSERTION.search(text):
        return _on(Outlook.SOME, assertion)
    return Suggestion(Outlook.UNSTATED, because="no words of a denial, a promise or an impact were found")


def _denied(text: str, denial: re.Match[str]) -> Suggestion[Outlook]:
    """A denial stands unless something beside it speaks against it; a limit in time makes it "so far"."""
    beside = DENIAL.sub(" ", text)
    if against := ASSERTION.search(beside):
        return _on(Outlook.UNSTATED, against, "stand beside a denial")
    sentence = text[denial.start() :].partition(".")[0]
    if limit := SO_FAR.search(text):
        return _on(Outlook.NONE_SO_FAR, denial, f"with “{limit.group()}”")
    if exception := EXCEPTION.search(sentence):
        return _on(Outlook.UNSTATED, exception, "limit the denial")
    return _on(Outlook.NONE, denial)


def _on(outlook: Outlook, words: re.Match[str], remark: str = "") -> Suggestion[Outlook]:
    return Suggestion(outlook, because=f"the words “{words.group().strip()}” {remark}".strip())
