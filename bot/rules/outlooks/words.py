"""The words of impact statements: nouns, verbs and turns of phrase that `outlooks` weighs against each other.

Every quantifier is bounded, so that reading stays linear on any text. Apostrophes are straight and spaces are single
by the time these patterns are tried; a phrase that only looks like a denial has been painted over (`clauses`).
"""

import re


def pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


# An assessment of impact is no impact; "take effect" is painted over.
IMPACT = r"(?:impacts?|effects?|implications?|consequences?|repercussions?|ramifications?)\b(?! assess)"
WORKINGS = r"(?:operations?|operational|operationally|process|processes|procedures|practices?|working)\b"

# What may stand between "no" and "impact" without limiting the denial. "Significant", "further" or "direct" would.
KIND = (
    r"(?:(?:operational|security|technical|technological|business|commercial|practical|functional|architectural|known"
    r"|day-to-day|anticipated|expected|foreseen|foreseeable|envisaged|identified|perceived|predicted|resulting"
    r"|such as"
    r"|consequential|possible|potential|SEC|users?'?|party|parties'?|suppliers?'?|systems?|testing|services?|network"
    r"|(?-i:[A-Z][A-Z0-9]+)(?:'s)?),?(?:/| (?:and |or )?))"
)
SIZE = (
    r"(?:minimal|minor|small|slight|limited|modest|moderate|some|significant|substantial|considerable|major|material"
    r"|large|great|severe|serious|positive|beneficial|negative|adverse|direct|indirect|noticeable|marked|wider"
    r"|certain|smaller|larger|bigger|greater|slighter|lesser)"
)
SOME = (
    rf"(?:(?:an?|the following|some|several|two|three|four|various|many|one|additional|further|and|or|{SIZE}),? "
    rf"|{KIND})"
)
BRING = (
    r"(?:have|has|having|cause|causing|create|creating|carry|bring|pose|entail|involve|mean|result in|lead to"
    r"|give rise to)"
)
CHANGE = (
    rf"changes? (?:to|in|for) [^,.;]{{0,40}}?\b{WORKINGS}(?: (?:process|procedur|practic|arrangement"
    rf"|system)\w{{1,3}})?"
)

# Whatever else says no in the same clause turns a denial into something that could be read either way.
NEGATION = pattern(
    r"\b(?:not|no|none|never|nobody|nothing|neither|nil|zero|without|hardly|scarcely|barely|cannot|unable|fail(?:s|ed"
    r"|ing)? to"
    r"|den(?:y|ies|ied|ying)|reject\w{0,3}|refut\w{0,3}|lack\w{0,3})\b|n't\b"
)
DOUBT = pattern(
    r"\b(?:unclear|unknown|uncertain|uncertainty|unsure|unlikely|untrue|incorrect|mistaken|wrong|wrongly|doubt\w{0,5}"
    r"|whether|maybe|debatable|questionable|arguabl[ey]|inconclusive|premature|too (?:early|soon)|depend\w{0,4}"
    r"|remains to be seen|too far|overstat\w{1,3}|may or may not|hard to|difficult to|impossible to|far from"
    r"|might be (?:thought|argued)"
    r"|could be (?:thought|argued)|little or no|few(?: if any)?|if not)\b"
    r"|(?:\bnot|n't|\bcannot|\bnever) (?:\w+ ){0,3}?(?:rule|ruled|exclude|excluded|discount|discounted"
    r"|guarantee\w{0,2}"
    r"|clear|certain|sure|known|possible|safe|right|correct|true|the case|agree\w{0,2}|accept\w{0,2}|share|say"
    r"|assume\w?"
    r"|convinced|satisfied|persuaded|understood|obvious)\b"
)
# Somebody speaks against what the paper says elsewhere; no word of impact is needed.
REBUTTAL = pattern(
    r"\b(?:disagree\w{0,3}|disput\w{1,3}|contest(?:s|ed)|challeng(?:es|ed)|questioned|incorrect|mistaken|unfounded"
    r"|not (?:so|correct|the case|agree|agreed|share[sd]?|accept|accepted|true|convinced)|otherwise|differs?"
    r"|(?:an?other|different|opposite|contrary) (?:view|opinion|position))\b"
    r"|\b(?:this|that|it|view|position|assumption|which|expectation) (?:may|might|could) (?:well )?change\b"
    r"|\b(?:kept )?under review\b|\b(?:initial|preliminary|provisional|early|first) (?:view|thoughts|reading"
    r"|assessment)\b"
)
# Beside a denial: what is so today may not stay so.
WILL_CHANGE = pattern(
    r"\b(?:may|might|could|will|would)(?! not) (?:\w+ )?(?:change|differ|alter|arise|emerge|come to light|grow|do"
    r"|do so|follow"
    r"|be different|become (?:apparent|clear|known)|surface|materialise)\b(?! (?:the|their|its|no)\b)"
)
# An opinion denied: what is denied later in the sentence is then no longer denied.
DENIED_OPINION = pattern(
    r"(?:\bnot|n't|\bcannot|\bnever|\bnobody|\bno one|\bno reason|\bhardly) (?:\w+ ){0,3}?(?:think|thinks|thought"
    r"|believe\w?|consider\w{0,2}|say|says|said|suggest\w{0,2}|mean\w?|accept\w{0,2}|agree\w?|assume\w?|claim\w?"
    r"|imply"
    r"|argue\w?|follow|hold|maintain|pretend|right|correct|true|fair|convinced|satisfied|certain|sure|clear)\b"
    r"|\b(?:den(?:y|ies|ied)|disput\w{1,3}|reject\w{0,3}|doubt\w{0,3}|disagree\w{0,2})\b"
)
LABEL = pattern(r"\W{0,4}(?:and )?(?:[\w',-]+ ){0,7}[\w')]+: ")
UNTESTED = pattern(
    r"\b(?:would|will|should|must|may|needs?|has|have)(?: have| need)? to be (?:asked|consulted|checked|tested)\b|"
    r"\b(?:(?:has|have|is|are|was|were)(?: not|n't)(?: yet)?(?: been)?|yet to be) (?:asked|consulted|assessed|tested"
    r"|examined"
    r"|analysed|considered|investigated|discussed|checked|verified|confirmed|established|quantified|ruled out"
    r"|excluded)\b"
    r"|\bnor (?:has|have|can|is|are)\b"
)

# Who has work to do, and what is no impact though it must be done: deciding, assessing, drafting.
_PARTY = (
    r"(?:users?|suppliers?|part(?:y|ies)|DCC|distributors?|operators?|installers?|service providers?|service desk"
    r"|manufacturers?|agents?|shippers?|consumers?|each of them|they)"
)
_DECIDE = (
    r"(?!assess|confirm|clarif|consider|decid|agree|advis|provide|discuss|determin|comment|note\b|review|present\b"
    r"|report"
    r"|know|understand|see\b|wait|be\b|do nothing|take no|make no|have no)"
)
_WILL = (
    r"\b(?:will|would|may|might|could|can|shall|(?:is|are) (?:likely|expected|anticipated|bound) to)(?! not\b| no\b)"
)
_ALSO = r"(?: also| well| each| all| then| \w+ly)?"
_LOAD = (
    r"(?:calls?|traffic|volumes?|numbers?|burdens?|workloads?|costs?|load|alerts?|messages?|demand|downtime|outages?"
    r"|capacity|visits?|effort|tickets?|incidents?|queries|delays?|work)\b"
)
_GROW = r"(?:increase|reduce|decrease|raise|lower|double|rise|fall|grow|add to|lengthen|extend)\b"
ASSERTION = pattern(
    r"\bthere (?:is|are|will be|would be|may be|might be|could be|must be|(?:is|are) likely to be|(?:is"
    r"|are) expected to"
    rf" be)(?: also| likely to be)? (?:a risk of )?{SOME}{{0,6}}{IMPACT}"
    rf"|\bthere (?:may|might|could|would|will) be (?:some|one|for|on)\b(?! (?:{SOME}){{0,3}}(?:question|doubt))"
    r"|\b(?:anticipat|expect|foresee|envisag|identif|predict)\w{0,4} (?:that )?(?:there (?:will|may|would"
    r"|could) be )?"
    rf"{SOME}{{1,6}}{IMPACT}"
    rf"|{_WILL}{_ALSO} {BRING} (?:_{{1,20}} )?{SOME}{{0,6}}(?:{IMPACT}|burdens?\b|delays?\b|disruption\b|{CHANGE})"
    rf"|{_WILL}{_ALSO} (?:be )?(?:impact|affect|disrupt|delay|interrupt)(?:ed)?\b"
    rf"|\b{_PARTY}\b(?:,? [\w'-]+){{0,8}}?,?(?: who| which)? (?:will|would|may|might|could|shall){_ALSO}"
    rf" (?:need|have|be required|be obliged) to {_DECIDE}\w+"
    rf"|\b{_PARTY} (?:must|needs? to|(?:has|have) to|(?:is|are) required to) {_DECIDE}\w+"
    rf"|\brequires? (?:all |any |some |large |small )?{_PARTY} to {_DECIDE}\w+"
    rf"|{_WILL}{_ALSO} {_GROW}[^.;]{{0,40}}?\b{_LOAD}|\b{_LOAD}[^.;]{{0,60}}?{_WILL}{_ALSO} {_GROW}"
    rf"|(?<!that )(?<!who )(?<!which )\b(?:is|are) (?:impacted|affected)\b"
    rf"|\b{IMPACT}[^.;]{{0,60}}?\b(?:(?:has|have) been identified|(?:is|are) (?:expected|anticipated|foreseen|likely"
    r"|envisaged))\b"
    rf"|\b(?:has|have|having) {SOME}{{0,6}}{IMPACT} (?:on|for|to)\b|\b(?:places?|puts?"
    rf"|imposes?) {SOME}{{0,6}}burdens?\b"
    rf"|\b{IMPACT}[^.;]{{0,40}}?\b(?:is|are|will be|would be|may be|might be|could be|(?:is|are) (?:likely"
    rf"|expected) to be)"
    rf" (?:very |fairly |relatively |quite )?(?:{SIZE}|high|low|felt)\b"
    rf"|\b{_PARTY} (?:will|would|may|might|could){_ALSO} (?:receive|see|experience|handle|face|incur|get|send|store"
    r"|process) (?:\w+ ){0,3}?(?:more|fewer|longer|shorter|additional|extra|increased|reduced|higher|lower|delays?"
    r"|interruptions?|outages?)\b"
    rf"|{_WILL}{_ALSO} (?:{BRING}|require|need) (?:an? |some )?(?:\w+ ){{0,2}}?(?:outages?|downtime|interruptions?"
    r"|suspensions?|retraining)\b"
    rf"|\b{_PARTY} (?:will|would|may|might|could){_ALSO} need (?:an?|two|three|more|new|further|additional|extra)\b"
    rf"|\b(?:increases?|decrease|reduction|rise|fall|drop) in (?:the )?(?:\w+ of )?{_LOAD}[^.;]{{0,40}}? (?:is|are) "
    r"(?:expected|likely|anticipated|foreseen)\b"
    rf"|\b(?:impacts|affects|disrupts|delays) (?:all |some |the |any |small |large |most )?{_PARTY}\b"
    rf"|\b(?:only|sole|main|principal|chief|primary) (?:operational )?{IMPACT}[^.;]{{0,40}}?\b(?:is|are|will be"
    rf"|would be)\b"
)
# Beside a denial: a burden by another name than impact, or a size that must be that of one ("large for Users").
_LOADED = (
    r"outages?|downtime|interruptions?|suspensions?|shutdowns?|delays?|costs?|costly|expens\w{1,5}|retraining|visits?"
    r"|risks?|unavailab\w{1,5}|offline|slower|stop(?:s|ped)? working"
)
BURDEN = pattern(
    rf"(?<!\bno )(?<!\bany )(?<!\bor )(?<!\bwithout )\b(?:{_LOADED})\b"
    rf"|\b(?:{SIZE}|big|bigger|high|higher|heavy|heavier|low|lower|few|fewer) (?:ones? )?(?:for|on|upon)\b"
    rf"|\b(?:more|fewer|extra|additional|increased|reduced|higher|longer) (?:\w+ ){{0,2}}?{_LOAD}"
    rf"|(?:{_WILL}|\b(?:must|needs? to|(?:has|have|had) to)){_ALSO} (?:have to |need to )?(?:"
    r"(?:stop|fail|lose|cease)\b"
    r"|be (?:\w+ly )?(?:stopped|lost|replaced|visited|upgraded|reconfigured|interrupted|withdrawn|suspended"
    r"|switched off))"
    r"|\b(?:questions?|concerns?|doubts?|issues?|problems?) (?:\w+ )?(?:remain|persist|exist)s?\b"
)
# As a whole sentence without a verb: "Minor impact on the DCC."
ASSERTED_BARE = pattern(rf"\W{{0,4}}(?:a |an )?{SIZE} (?:and {SIZE} )?(?:operational )?{IMPACT} (?:on|for|to)\b")
# What is supposed, feared, avoided or over is not said to come.
HYPOTHETICAL = pattern(
    r"\b(?:otherwise|do(?:es|ing)? nothing|if nothing|if (?:this|the|that|it)\b[^.;]{0,40}?\bnot|not (?:made"
    r"|implemented"
    r"|approved)|would have (?:been|had|caused|affected|impacted)|had|thought|reports?|paper|advice|fear\w{0,3}"
    r"|argued?|claim\w{0,3}|suggest\w{0,3}"
    r"|avoid\w{0,3}|prevent\w{0,3}|mitigat\w{0,3}|remov\w{1,3}|likelihood|chances?|probability|possibility|risks?"
    r"|no longer|previously|originally|initially|any"
    r"|if there|were there|worr(?:y|ied)|negligible|nil|said|invite\w?|welcome|seek\w?|ask\w{0,3})\b"
)
# Touching the text of the code is no operational impact.
DRAFTING = pattern(
    r"[^.;]{0,30}?\b(?:texts?|wording|drafting|definitions?|legal|documents?|appendix|appendices|section|release"
    r"|timetable|(?-i:SEC)(?! part)|clarity|only)\b"
)
ONLY_DRAFTING = pattern(
    r"(?: only)? the (?:\w+ )?(?:texts?|wording|drafting|definitions?|titles?|references?|numbering|layout)\b"
)
TOPIC = pattern(
    rf"\b{IMPACT}|\b(?:impact|affect|disrupt)(?:s|ing|ed)?\b(?! assess)|\b(?:burden|disruption|workload)s?\b"
)
# Work that somebody may have, or wishes to do: no impact stated, and yet not nothing.
WORK = pattern(
    rf"\b{_PARTY}\b(?: [\w'-]+){{0,4}}? (?:will|would|may|might|could|should|must)(?: wish to| want to| need to"
    rf"| have to)? "
    r"(?:update|change|amend|test|train|alter|adapt|replace|install|visit|repeat|upgrade|develop|implement|adjust"
    r"|modify"
    r"|carry out|review|reconfigure|redesign|suspend|stop|rewrite|recruit|face|incur|lose|suffer)\b"
)
