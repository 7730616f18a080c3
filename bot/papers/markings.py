"""How a paper is marked with its classification: over it, on its pages, on a part of it. No sentence says so."""

import re

# What a field is called that says it.
FIELD_NAME = r"(?:(?:Document|Paper|Security|Information|SECAS|SEC|TLP) )?Classification"
PREFIX = r"(?:SECAS|SEC|TLP)"
LESS_OPEN = r"Green|Amber(?: ?\+ ?Strict)?|Red|(?:Strictly )?Confidential"
# Whom it is for: "SEC Parties only", "not for publication".
HANDLING = r"[^.]{1,60}\bonly|(?:not for|for|limited|restricted|SEC|Panel) [^.]{1,60}?"
# A marking on a line of its own: "SEC AMBER", "TLP:CLEAR", "[White]", "Confidential", "GREEN (SEC Parties only)".
MARKING = re.compile(
    rf"[\[(]?(?:{PREFIX}[\s:–-]*)?(?P<name>White|Clear|{LESS_OPEN}|Restricted"
    r"|(?:Commercial )?in confidence|Official(?:[ –-]+Sensitive)?|Internal)(?: paper| only)?[\])]?"
    rf"(?:\s*[–—:([-]\s*(?P<handling>{HANDLING})[)\]]?\.?)?",
    re.IGNORECASE,
)
# The same among other words, where no other meaning is likely: "Smart Energy Code SEC AMBER", "… | Confidential | …".
PREFIXED = re.compile(
    rf"\b{PREFIX}(?: ?[:–-] ?| )(?P<name>Green|GREEN|Amber|AMBER(?: ?\+ ?STRICT)?|Red|RED|CONFIDENTIAL)(?!\w)"
)
SET_APART = re.compile(
    rf"(?:^|[|–—•·]) ?(?P<apart>(?i:{LESS_OPEN})) ?(?:[|–—•·]|$)"
    r"|\s(?P<last>GREEN|AMBER(?: ?\+ ?STRICT)?|RED|CONFIDENTIAL)"
    r"(?: [|–—•-]? ?(?:Page )?\d{1,4}(?: (?:of|/) \d{1,4})?)?$"
)
# At the end of an attachment's name: "(Amber)", "- RED", "[TLP:AMBER]".
AT_END = re.compile(rf"[–—\[(-] ?(?:{PREFIX}[ :–-]*)?(?P<name>(?i:{LESS_OPEN}))(?i: only)?[\])]?\.?$")


def stamped(text: str) -> str | None:
    """The marking that stands among the other words of a header or footer. White and Clear are no news there."""
    if found := PREFIXED.search(text):
        return found["name"]
    return (found["apart"] or found["last"]) if (found := SET_APART.search(text)) else None
