"""The forms in which somebody is asked: the Proposer to look into something, anybody for information."""

from bot.rules.facets.actors import FEW, PROPOSER, SOME, TEXT, any_of

# Verbs of looking into, asking, taking account, setting out.
_LOOK = (
    r"(?:(?:consider|think|check|confirm|clarif(?:y|ie)|consult|speak|talk|engage|ask|investigate|explore|establish"
    r"|examine|review|quantif(?:y|ie)|explain|define|distinguish|separate|include|cover|address|mention|say|state"
    r"|reflect|understand|assess|compare|test|liaise|involve|gather|collect|seek|factor|map)s?|accounts? for"
    r"|allows? for|deals? with|hears? from|brings? in|sets? out|spells? out|finds? out|bears? in mind|keeps? in mind"
    r"|looks? (?:at|into|again|closely|more)|takes? (?:into |in |full |proper )?(?:account|a view|advice)"
    r"|be (?:clear|clearer|explicit|specific|aware|mindful|careful)|gets? (?:figures|numbers|data|views|input)"
    r"|makes? (?:sure|clear|it clear)|ha(?:s|ve) (?:regard|a look))\b"
)
# What is hardly ever done to a Device or a customer: "each has to be checked" tells of work, "considered" does not.
_CONSIDERED = (
    r"(?:considered|looked (?:at|into)|taken (?:into|in) account|thought (?:of|about|through)|explored|quantified"
    r"|set out|spelt out|spelled out|explained|defined|clarified|ruled out|borne in mind|kept in mind)\b"
)
_ASKED = (
    r"(?:checked|consulted|asked|engaged|approached|involved|spoken (?:to|with)|talked to|examined|investigated"
    r"|assessed|compared|included|covered|brought in(?:to)?|mentioned|factored in|accounted for|sought|gathered)\b"
)
_CONSIDERING = (
    r"(?:considering|looking (?:at|into)|taking (?:into|account|advice)|thinking (?:about|through)|clarifying|exploring"
    r"|quantifying|setting out|spelling out|explaining|defining)\b"
)
_CHECKING = (
    r"(?:checking|confirming|consulting|speaking (?:to|with)|talking (?:to|with)|engaging|asking|investigating"
    r"|establishing|examining|reviewing|separating|including|covering|finding out|assessing|comparing|involving)\b"
)
_OUGHT = (
    r"\b(?:should(?: not|n't)?|ought (?:not )?to|must(?: not|n't)?|needs? to|will (?:have|need|want) to"
    r"|(?:may|might) (?:wish|want|need|like|care) to|would (?:have|need|do well|be wise|be well advised) to|could"
    r"|has to|have to|wants to)"
)
_NOT_MENDED = (
    r"(?!.{0,60}\b(?:extended|moved|removed|changed|amended|introduced|replaced|reduced|increased|shortened)\b)"
)

CONSIDER = any_of(
    # The Proposer, or the statement, ought to look into it; it ought to be looked into; it needs looking into.
    rf"(?:{PROPOSER}|{TEXT}) {FEW}{_OUGHT} {FEW}{_LOOK}",
    rf"\b(?:someone|somebody|you) (?:really )?(?:should|ought to) (?:also )?{_LOOK}",
    rf"^(?:it |this |that )?(?:also )?(?:should|ought to|needs to) (?:also |really )?{_LOOK}",
    r"\bwe (?:still |also |all )?need to (?:understand|know|be clear|think about|look at|establish|find out|hear)\b",
    rf"\b(?:should|ought to)(?: also)?(?: not)? be {FEW}(?:{_CONSIDERED}|{_ASKED})",
    rf"\b(?:must|needs? to|has to|have to)(?: also)? be {FEW}{_CONSIDERED}",
    rf"\b(?:has|have)(?: not|n't| never) been {FEW}(?:{_CONSIDERED}|consulted\b)",
    rf"\b(?:needs?|wants?|could do with|merits?|deserves?|warrants?) (?:\w+ )?{_CONSIDERING}",
    rf"\b(?:worth|suggest|recommend) (?:\w+ )?(?:{_CONSIDERING}|{_CHECKING})",
    # The statement lacks it, or would be better for it.
    r"^(?:it |this |still |also ){0,2}(?:needs|wants|lacks|could do with) (?:an? |some |more )(?:\w+ )?(?:definition"
    r"|explanation|clarity|clarification|analysis|breakdown|assessment)\b",
    rf"{TEXT} would be (?:\w+ )?(?:stronger|clearer|better|improved|helped) (?:for|if|by|with)\b",
    rf"{TEXT} (?:would|could) benefit from\b",
    # We ask for it, would welcome it, wonder about it.
    r"\b(?:suggest|recommend|ask|urge|encourage|invite|request)s? (?:that )?(?:the )?"
    rf"(?:{PROPOSER}|{TEXT}) (?:to )?\w",
    r"\b(?:would|might|may|could) (?:also |well )?(?:be|prove) (?:\w+ )?(?:useful|helpful|worthwhile|good|interesting"
    rf"|valuable|prudent|sensible|wise|idea) to (?!confirm|explain|say){_LOOK}",
    rf"\b(?:i|we)(?:'d| would| should)(?: also| still| really)? (?:like|want|welcome|be interested)(?: to)? (?:see\b"
    rf"(?=.{{1,80}}\b(?:{_CONSIDERED}|{_ASKED})){_NOT_MENDED}|{SOME}(?:views?|steer|assessment|analysis|clarity"
    r"|clarification|reassurance)\b)",
    rf"\bi wonder (?:if|whether) (?:the )?{FEW}(?:has|have|had|should|could|might)\b",
    # In the imperative.
    r"^(?:(?:also|and|but|so|please|perhaps|maybe|then|just),? ){0,2}(?:consider|look (?:at|into)|(?:cross[ -])?check"
    r"|consult|(?:speak|talk) (?:to|with)|take (?:into )?account|(?:bear|keep) in mind|(?:don't|do not) (?:forget"
    r"|overlook|lose sight)|think about|clarify|make sure|explain|define|involve|(?:spell|set) out|ask|have regard)\b",
)
CONSIDER_ASKED = any_of(
    rf"\b(?:has|have|had) (?:the |any )?{SOME}(?:{_CONSIDERED}|{_ASKED}|had sight)",
    rf"\bdid (?:the )?(?:{PROPOSER}|anyone|anybody|you) {FEW}(?:consider|look at|think (?:of|about)|ask|consult"
    r"|speak to)\b",
    r"\b(?:has|have|was) any (?:thought|consideration|account|allowance)\b|\bwhat about\b",
    rf"\b(?:should|could|might) (?:the )?(?:{PROPOSER}|{TEXT}|this|it|there|we|you)(?: also| not| perhaps| at least)"
    r"{0,2} (?:consider|look (?:at|into)|take (?:into )?account|cover|include|think about|address|distinguish"
    rf"|be (?:{_CONSIDERED}|{_ASKED}))",
    r"\bhow (?:does|do|will|would|might) (?:this|it|that|these) (?:\w+ )?(?:sit|fit|interact|square|align|tie)"
    r" (?:in )?(?:with|alongside)\b",
    r"\b(?:is|would) it (?:be )?(?:not )?(?:also )?worth\b",
)

# --- asked for information ------------------------------------------------------------------------------------------
_BEFORE = (
    r"^(?:(?:and|but|so|also|just|ok|sorry|hi|hello|please|again|all|(?:one |a )?(?:quick |other )?question"
    r"|out of interest|can i ask|may i ask|by|from|to|for|since|in|on|at|of|until|under|with),? ){0,3}"
)
_THOSE = r"(?:the|this|that|it|we|you|they|there|these|those|a|an|any|anyone|somebody|someone|dcc|secas)\b"
_PAPERS = (
    r"(?:cop(?:y|ies)|dates?|reports?|links?|timetable|deadline|slides|minutes|release|meetings?|version|appendix|table"
    r"|form|consultation|section|paper|chance)\b"
)
REQUEST = any_of(
    rf"{_BEFORE}(?:can|could|would|will) (?:the )?(?:dcc|secas|someone|somebody|anyone|anybody|you|adam|lead analyst)"
    r" (?:please |also |just |be able to )?(?:confirm|say|tell|explain|share|advise|let us|let me|point|remind|clarify"
    r"|circulate|send)\b",
    rf"{_BEFORE}(?:can|could|may) (?:i|we) (?:please )?(?:have|see|get) (?:an? |the |some )?{_PAPERS}",
)
# Asked of facts: what was, and when; of papers and meetings also what is and will be. What else is, would be or should
# be may be a matter for the Proposer to think of.
QUESTION = any_of(
    rf"{_BEFORE}(?:which|what|(?:when|what) (?:is|are|will)(?: the)?|what's the) (?:\w+ )?(?:{_PAPERS}|csc\b|panel\b)",
    rf"{_BEFORE}(?:when|where|who) (?:was|were|did|(?:do|should|can) (?:i|we|you))\b",
    rf"{_BEFORE}who (?:\w+ed|wrote|ran|at (?:the )?(?:dcc|secas)|is (?:the|our) (?:lead|proposer|author|contact))\b",
    rf"{_BEFORE}(?:what|which|why|how)(?: \w+){{0,2}} (?:was|were|did)\b",
    rf"{_BEFORE}how (?:many|much|long|often|far)\b(?=.{{0,60}}\b(?:was|were|did|had|have|has)\b)",
    rf"{_BEFORE}what(?: does .{{1,40}}? (?:mean|stand for|refer to)| is meant| do you mean| is an? |(?: is|'s) the"
    r" difference)\b",
    rf"{_BEFORE}(?:was|were|did|do we know(?! how| what)|does anyone (?:know|have)|are we (?:\w+ )?\w+ing"
    r"|is this the same) \S",
    rf"{_BEFORE}(?:is|are|was|were|will) there (?:be )?(?:any |an? |some |another )?(?:\w+ )?{_PAPERS}",
)
# Without a question mark: only the verb before its subject.
UNMARKED_QUESTION = any_of(
    rf"{_BEFORE}(?:when|where|what|which|how|why|who)(?: \w+){{0,2}}? (?:is|are|was|were|did|do|does|has|have|will)"
    rf" {_THOSE}",
    rf"{_BEFORE}(?:was|were|did|do|does) {_THOSE}",
)
# An opinion in the form of a question, or a matter to think of: nobody is asked for what he knows.
RHETORICAL = any_of(
    r"\b(?:is|are|was|were|do|does|did|has|have|would|could|should|ca|wo)n't \w|\bsurely\b|\breally\?|(?<=,) right\?",
    r"\b(?:is|are|do|does|was|has) (?:it|this|that|we|they|there) (?:not|really|ever|just|even)\b",
    r"\bwhy (?:not|are we|do we|is this|is it|would)\b|(?<!where )(?<!when )(?<!who )\bshould\b",
    r"\bhow (?:can|could|on earth|else|come)\b|\bwho (?:wants|cares|knows|says|pays|tells)\b",
    r"\bwhat (?:happens|if|is the point|would|will)\b|\bwhere (?:does|would|do) (?:this|it)\b|\bmean (?:for|that)\b",
    r"\b(?:is|are|was) (?:\S+ (?:\w+ )?(?:aware|sure|certain|satisfied)|(?:this|it|that|there) (?:\w+ )?(?:an?|the|any)"
    rf" (?:\w+ ){{0,2}}(?:issue|problem|defect|gap|need))\b|\b(?:was|were|did) {SOME}(?:{_CONSIDERED}|{_ASKED})",
)
