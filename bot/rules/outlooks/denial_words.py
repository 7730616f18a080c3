"""The words of a denial of impact, and those that limit one. As in `words`, every quantifier is bounded."""

from bot.rules.outlooks.words import BRING, CHANGE, IMPACT, KIND, WORKINGS, pattern

_THOUGHT = (
    r"(?:anticipat|expect|foresee|envisag|see\b|sees\b|seen\b|seeing|believ|identif|predict|aware|think"
    r"|thought|feel\b|find\b|found|perceiv|recogni[sz]|discover|observ|report|know"
    r"|consider(?:s|ing|ed(?= (?:that|to|there)\b)|\b))\w{0,5}"
)
_BE = r"(?:is|are|has been|have been|was|were|will be|would be)"
# As verbs: "the impact", "affected Users" are none.
_TOUCHED = r"(?:be|is|are|being) (?:\w+ly )?(?:affected|impacted|disrupted)\b"
_TOUCH = (
    r"(?:(?:affect|disrupt)(?:s|ing)?|impacting|(?:(?<=to )|(?<=will )|(?<=would )|(?<=could )|(?<=may )"
    r"|(?<=might ))impact)\b"
)
_NOTHING_NEW = rf"(?:{KIND}{{0,5}}{IMPACT}|{CHANGE}|operational changes?\b)"

_EXPECTED = (
    r"(?:currently |presently )?(?:expected|anticipated|foreseen|envisaged|identified|found|seen|predicted|reported"
    r"|perceived|observed|raised|noted|caused|felt|known)"
)

_MEANWHILE = (
    r"(?:,? (?:\w+ly|yet|as yet|so far|thus far|to date|at present|at this (?:stage|time|point|moment)|to be),?)?"
)

# A denial by noun: "no operational impacts are expected", "do not envisage any implications".
DENIED_NOUN = pattern(
    rf"\b(?:no|nil|zero) {_NOTHING_NEW}(?: {_BE} {_EXPECTED}\b)?"
    rf"|(?:\bnot|n't|\bcannot|\bnever){_MEANWHILE} {_THOUGHT}\b"
    rf"[^.;]{{0,80}}?\b(?:any|an|a) {_NOTHING_NEW}"
    rf"|(?:\bnot|n't|\bcannot){_MEANWHILE} {_THOUGHT} (?:that )?(?:there (?:to|will|would) be )?"
    rf"{KIND}{{0,5}}(?:impacts|effects|implications|consequences)\b"
    rf"|\bno reason (?:to (?:expect|believe|think|suppose|anticipate|suspect)|why)\b[^.;]{{0,60}}?\b(?:any|an"
    rf"|a) {_NOTHING_NEW}"
    rf"|\b(?:has|have) yet to (?:identify|find|see)\b[^.;]{{0,40}}?\b(?:any|an|a) {_NOTHING_NEW}"
    rf"|(?:\bnot|n't)(?: \w+ly)? {BRING} (?:(?:any|an|a) )?{_NOTHING_NEW}"
    rf"|\bneither\b[^.;]{{0,60}}?\bnor\b[^.;]{{0,60}}?\b{_THOUGHT}\b[^.;]{{0,60}}?\bany {_NOTHING_NEW}"
    rf"|\bnor (?:is|are|does|do|will|would) [^.;]{{0,50}}?\bany {_NOTHING_NEW}"
    rf"|(?<!the )(?<!these )(?<!that )(?<!those )\b(?:an |any )?{KIND}{{0,3}}{IMPACT} (?:is"
    rf"|are) not {_THOUGHT}(?! to)"
)
# A denial by verb: whom or what it does not touch has to be said beside it.
DENIED_VERB = pattern(
    rf"(?:\bnot|n't|\bcannot|\bnever){_MEANWHILE} {_THOUGHT}\b[^.;]{{0,100}}?\b(?:{_TOUCHED}|{_TOUCH})"
    r"|(?:\b(?:will|would|do|does|is|are) (?:not|never)|\b(?:won|doesn|don|isn|aren|wouldn)'t) (?:currently )?"
    r"(?:(?:affect|impact|disrupt)\b|(?:be )?(?:affected|impacted|disrupted)\b"
    rf"|(?:change|alter) [^,.;]{{0,40}}?\b{WORKINGS})"
    rf"|\bno reason (?:to (?:expect|believe|think|suppose|anticipate|suspect)|why)\b[^.;]{{0,60}}?\b(?:{_TOUCHED}"
    rf"|{_TOUCH})"
    rf"|\bnothing in (?:this|the) (?:\w+ ){{1,3}}?(?:that )?(?:(?:will |would |could )?(?:affects?|impacts?)"
    rf"|{_TOUCHED})"
    rf"|\bneither\b[^.;]{{0,80}}?\b(?:will|would|is|are) (?:be )?(?:affected|impacted)"
    r"|\b(?:is|are|be|remains?) (?:entirely |completely |wholly )?unaffected\b"
    rf"|\b{WORKINGS} (?:will|would) (?:remain unchanged|not change)\b"
)
# "None." with what may follow it: "None of them is small" and "none the less" are no denials.
_AFTER_NONE = (
    rf"(?=\W{{0,3}}$|[,:;.)]| -| (?:{_BE}|expected|anticipated|identified|foreseen|envisaged|known|at|so far|as yet"
    rf"|to"
    r"|currently|for|on|other|apart|except|that)\b)"
)
NONE_ALONE = pattern(
    rf"\W{{0,4}}(?:[\w',-]+ ){{0,6}}[\w']+: none\b{_AFTER_NONE}|\W{{0,4}}none\b{_AFTER_NONE}(?: {_BE} (?!not)\w+)?"
)
NONE_OF_THEM = pattern(
    rf"\bnone (?:is|are|has been|have been) {_THOUGHT}"
    r"|\b(?:expects?|anticipates?|foresees?|envisages?|identified|sees?|found|there (?:is|are)) none\b(?! of)"
    rf"|\b{IMPACT}(?: (?:on|of|for|to) [^.,;]{{0,40}}?)?(?<!there) (?:is|are|will be|would be) (?:nil|none"
    rf"|zero)\b(?! of)"
)

HEDGE = pattern(
    r"\b(?:next to|claim\w{0,3}|alleg\w{1,5}|apparently|supposedly|reportedly|or so|used to|(?:was|were"
    r"|had been) (?:once )?(?:thought|believed|considered)|hop(?:e|es|ed)|hopefully|appear\w{0,2}|seem\w{0,2}"
    r"|probably|possibly|perhaps|likely"
    r"|in (?:principle|theory|general)|generally|broadly|largely|mostly|mainly|essentially|virtually|almost"
    r"|practically|nearly|effectively|little|few|minimal|minor|negligible|immediate|significant(?:ly)?"
    r"|material(?:ly)?"
    r"|major|advers(?:e|ely)|negative(?:ly)?|direct(?:ly)?|undu(?:e|ly)|serious(?:ly)?|substantial(?:ly)?"
    r"|severe(?:ly)?|marked(?:ly)?|noticeabl[ey]|greatly|much|immediately|always|necessarily"
    r"|(?:wholly|entirely)(?! unaffected)|rest|remainder|remaining|otherwise|per se|such"
    r"|only (?:the )?(?:DCC|users?|part(?:y|ies)|\w+ part(?:y|ies)"
    r"|suppliers?))\b"
    r"|\b(?:some|one|two|three|several|many|most|(?<!or )(?<!and )other|certain|majority of|number of|half of"
    r"|proportion of) "
    r"(?:\w+ ){0,2}?(?:members?|respondents?|suppliers?|users?|part(?:y|ies)|people|organisations?|operators?)\b"
)
MODAL = pattern(r"\b(?:should|may|might|could)\b")
# All of a class is said not to be touched, so part of it may be.
NOT_ALL = pattern(r"\b(?:all|every|everyone|each|both|most|many|the same|such)\b")
EXCEPTION = pattern(
    r"\b(?:other than|apart from|except\w{0,4}|beyond|besides|aside from|unless|save (?:for|that|in)|barring|bar for"
    r"|but for|outside|anyone but|anything but|nobody but|nothing but)\b"
)
CONDITION = pattern(
    r"\b(?:if|provided (?:that|the|it|they|no|users?)|providing|as long as|so long as|assuming|subject to"
    r"|on condition"
    r"|in the event|conditional|were (?:the|this|it|there)|unless|only (?:when|where|once)|depend\w{0,4})\b"
)
CONDITION_BESIDE = pattern(r"\b(?:where|when|once|whenever|wherever)\b")
ACTIVE = pattern(r"(?:affect|disrupt|impact)(?:s|ing)?$|\b(?:change|alter) ")
# A denial that holds for part of the time says nothing of the rest.
ONLY_THEN = pattern(
    r"\b(?:until|before|after|during|initially|at first|in the (?:short|near|medium|first|long|longer)|short-term"
    r"|immediately|straight away|overnight|previously|originally|in the past)\b"
)
SO_FAR = pattern(
    r"\bat (?:this|the|that) (?:early |present |current )?(?:stage|point|time|moment|juncture)\b|\bat present\b"
    r"|\bpresently\b|\bcurrently\b|\bto date\b|\b(?:so|thus) far\b|\b(?:as )?yet\b|\bfor (?:now|the time being"
    r"|the moment)\b"
    r"|\btoday\b|\b(?:up to|until) now\b|\bas (?:things|matters) stand\b|\bat the time of writing\b|\bhitherto\b"
    r"|\bas of (?:today|now)\b|\b(?:on|from|given) (?:the )?(?:present|current) (?:information|understanding"
    r"|knowledge)\b"
)
# What has been found is found up to now, though no limit is put into words.
FOUND_SO_FAR = pattern(
    r"\b(?:has|have)(?: not|n't)?(?: been)? (?:identified|found|seen|observed|reported|discovered|noted|raised"
    r"|come to light)\b"
)
KNOWLEDGE = pattern(
    r"\b(?:aware|know|known|knows|knowledge|as far as|so far as|evidence|apparent|obvious|on the face|understood)\b"
)
PAST = pattern(r"\b(?:was|were|had|did|could)\b(?! have)")
# What may stand straight after a denied impact; "no impact worth noting" or "has been assessed" denies something else.
AFTER_DENIED = pattern(
    r"\W{0,3}$|[,;:.)!]| [-(]| ?_"
    r"| (?:on|upon|for|from|arising|resulting|associated|connected|caused|due|by|in|at|so far|currently|today"
    r"|presently"
    r"|operationally|whatsoever|and|or|either|here|as (?:a |an )?(?:result|consequence|part)|through|with|under|yet"
    r"|anticipated|expected|foreseen|foreseeable|envisaged|identified|known|until|before|after|during|initially"
    r"|of (?:this|the|these|DP\d+)|to (?:date|now|the|any|users?|part(?:y|ies)|operations|either|DCC|our)"
    r"|that (?:we|it|they|the \w+|(?-i:[A-Z]\w+)) (?:is |are |has |have )?(?:\w+ly )?(?:aware|knows?|identified|found"
    r"|seen)"
    r"|other than|apart|except|beyond|besides|aside|unless|outside|if|provided|where|when|once|as far"
    rf"|(?:has|have) (?:so far |yet |as yet |to date )?(?:come to light|been {_EXPECTED})"
    r"|(?:is|are|will be|would be) (?:needed|required|necessary)|(?:would|will) (?:arise|occur|result|follow|ensue"
    r"|be felt|be expected|be seen))\b"
)
# A verb that makes the denied impact the subject of something else: "do not think an impact on Users can be avoided".
GOES_ON = pattern(
    r"\b(?:is|are|can|could|may|might|should|will|would|must|has|have|does|do|need|needs|as)\b"
    rf"(?! (?:not |\w+ly |so far |yet |as yet |to date )?(?:be |been )?(?:{_EXPECTED}|come to light|aware|needed"
    rf"|required|necessary|arise|occur|result|follow|ensue|an? (?:result|consequence)|part of|far|yet)\b)"
)
ASIDE = pattern(r" [-(]|:")
# What is wished for, or built to be so, is not said to be so.
WISH = pattern(
    r"\b(?:seek\w?|want\w?|wish\w{0,3}|prefer\w?|aim\w?|intend\w?|looking for|provide|design\w{0,2}|ensur\w{1,3}"
    r"|so that|in order|request\w{0,3}|ask\w{0,3}|try|tries|develop|find a|make sure|propose a|goal|objective)\b"
)
# How things are without the change.
STATUS_QUO = pattern(
    r"\b(?:present|current|existing|today's) (?:\w+ )?(?:arrangements?|practice|process|text|wording|situation"
    r"|position)\b"
    r"|\bdoing nothing\b|\bstatus quo\b|\bleaving\b|\b(?:from|of|under) (?:the )?(?:present|current|existing)\b"
    r"|\bif nothing\b|\b(?:trial|pilot)\b"
)
# A document that is silent denies nothing.
SILENT_PAPER = pattern(
    r"\b(?:proposal|statement|paper|document|appendix|form|annex|text|section) (?:does|do|did|has|have)(?: not"
    r"|n't)(?: yet)? "
    r"(?:identif|report|not|find|found|rais|observ|see|perceiv)\w{0,5}\b"
)
# Who or what a denial covers. A denial for part of the Parties says nothing of the others.
EVERYBODY = pattern(r"\b(?:users?|(?<!network )part(?:y|ies)|DCC|anyone|anybody|everyone|sub-committees?)\b")
COVERED = pattern(
    r"\b(?:(?:users?|part(?:y|ies)|DCC|sub-committees?)(?!')|operations?|operational|operationally|security|testing"
    r"|systems?|process|processes"
    r"|procedures|services?|arrangements|business|anyone|anybody|everyone|architecture|working|day-to-day|either|any"
    r"|performance|infrastructure)\b"
)
SOME_PARTIES = pattern(
    r"\b(?:suppliers?|distributors?|operators?|network part(?:y|ies)|installers?|consumers?|customers?|shippers?"
    r"|manufacturers?|agents?|generators?)\b"
)
QUALIFIED_PARTIES = pattern(
    r"\b(?:small|smaller|large|larger|big|bigger|domestic|non-domestic|gas|electricity|new|existing|rural|independent"
    r"|enrolled|migrated|other) (?:\w+ )?(?:suppliers?|users?|part(?:y|ies)|distributors?|operators?|networks?)\b"
    r"|\b(?:users?|part(?:y|ies)|suppliers?) (?:that|who|which|with)\b"
)
UPON = pattern(r" ?(?:is |are )?(?:\w+ )?(?:on|upon|for|to) (?!date\b|now\b|the (?:time|moment)\b|the reasons\b)")
