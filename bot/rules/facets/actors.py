"""Who acts in a comment and what is acted on; the words that the other patterns are made of.

Spaces are single, quotes and dashes straight by the time patterns are tried (`sentences`). Every quantifier is bounded,
so that reading stays linear on any text.
"""

import re

FEW = r"(?:[\w'/-]+ ){0,2}?"
SOME = r"(?:[\w'/-]+ ){0,4}?"

# Those who develop the problem statement; and the statement itself.
PROPOSER = r"\b(?:proposers?|secas|lead analyst|change team|csc|whoever \w+ (?:this|it))\b"
TEXT = (
    r"\b(?:(?:problem )?statement|draft|paper|proposal|dp ?\d{0,3}|description|wording|summary|analysis|write-?up"
    r"|definition|table|para(?:graph)? \d{1,2}|first sentence|text|title)\b"
)
# Those who bear an effect: ourselves, or a kind of Party or person.
WE = r"\b(?:we|us|our [\w'/-]+(?: [\w'/-]+)?|my [\w'/-]+)\b"
THEY = (
    r"\b(?:everyone|everybody|(?:(?:gas|small|smaller|large|larger|other|network|meter|import|all|most|many|vulnerable"
    r"|prepay\w*) )?(?:users?|suppliers?|part(?:y|ies)|networks?|dnos?|gdns?|installers?|engineers?|fitters?"
    r"|customers?|consumers?|households?|people|teams?|staff|agents?|manufacturers?|makers?|operators?|meps?|maps?"
    r"|moas?|shippers?|tenants?|members?))\b"
)
AFFECTED = rf"(?:{WE}|{THEY})"
DEFECT = r"(?:issues?|problems?|defects?|faults?|gaps?|symptoms?)"
MATTER = r"(?:issues?|problems?|defects?|faults?|gaps?|symptoms?|concerns?|behaviou?r|failures?)"


def any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in alternatives), re.IGNORECASE)
