"""The words by which somebody has still to say what an impact is: promises, assessments to come, "to be confirmed"."""

from bot.rules.outlooks.words import IMPACT, pattern

_MATTER = rf"\b(?:{IMPACT}|(?:impact )?assessments?\b|analys[ie]s\b|findings\b)"
_SAY = (
    r"(?:present|report|provide|assess|confirm|discuss|investigat|quantif|updat|set|consider|advis|inform|shar"
    r"|publish"
    r"|examin|analys|review|establish|determin|evaluat|clarif|stud|explor|look|carry|conduct|undertak|produc|issu"
    r"|bring"
    r"|return|come back|giv|seek|estimat|model|circulat|suppl|identif|describ|explain|tabl|prepar|submit|tell|notif"
    r"|outlin|deliver|complet|measur|work with|let|feed)\w{0,5}"
)
_SAID = (
    r"(?:presented|reported|provided|assessed|confirmed|discussed|investigated|quantified|considered|determined"
    r"|established|advised|examined|analysed|reviewed|evaluated|clarified|studied|explored|undertaken|carried out"
    r"|completed|set out|shared|published|estimated|modelled|measured|agreed|identified|explained|circulated|verified"
    r"|checked|decided|looked (?:at|into)|requested|sought|given|issued|produced|defined|finalised|worked (?:through"
    r"|out)|gathered|collected)"
)
_REPORT = r"(?:reports?|papers?|analys[ie]s|assessments?|advice|views?|opinions?|notes?|updates?|estimates?|figures)"
_FUTURE = (
    r"\b(?:will|shall|plans? to|planning to|intends? to|aims? to|proposes? to|hopes? to|expects? to|(?:is|are) to"
    r"|(?:is|are) (?:due|going|expected|scheduled|yet|still) to|(?:has|have) (?:(?:yet|still)(?= to (?!identify|find"
    r"|see))|agreed|undertaken|committed"
    r"|promised|been asked|been requested|been tasked) to|(?:has|have) asked (?:\w+ ){1,4}?to)(?! not\b| never\b"
    r"| no\b)"
)
# What a promise may not reach over to its matter: another verb's object ("will provide a fix that has no impact").
_REACH = (
    r"(?:(?!\b(?:that|which|who|without|no|not|reduc\w{1,3}|avoid\w{0,3}|prevent\w{0,3}|limit|mitigat\w{1,3}"
    r"|minimi[sz]e|lessen|remove|because)\b)[^.;]){0,110}?"
)
# Who says: a body, a person's office, a company. Devices report, update and present too, and promise nothing by it.
_SPEAKER = (
    r"\b(?:SECAS|administrator|proposer|analyst|chair|author|committee|sub-committee|group|panel|authority|agency"
    r"|service providers?|suppliers|users|parties|members|manufacturers|team|representatives?|we|who|they|but"
    r"|(?-i:DCC|Ofgem|BEIS|DESNZ)"
    r"|(?!(?:the|a|an|this|these|that|those|each|every|all|any|it|its|there|devices?|meters?|hubs?|alerts?|systems?"
    r"|displays?|keypads?|readings?|services?|requests?|responses?|messages?|fields?|data|software|firmware|releases?"
    r"|changes?|[egp]sme|chf|gpf|ihd|ppmid|hcalcs|esmes|gsmes)\b)(?-i:[A-Z][a-z]\w+)(?: (?-i:[A-Z]\w+)){0,2})"
    r"(?:,? [^,.;]{1,60},)? "
)
# Somebody is told, and when: what "present", "report" or "update" is followed by where it has no object of its own.
_TOLD = (
    r"(?: (?:to )?(?:the |its |all |our )?(?:members|us|(?:[\w-]+ ){0,3}(?:group|panel|committee|sub-committee|board)"
    r"|(?-i:[A-Z]{3,})))?"
)
_WHEN = (
    r"(?= (?:(?:in|by|before|after|during|from|on)(?: (?:early|late|mid|the|its|a|our|next|about|following|week|due"
    r"|new|end|of|\w+ing|\d\S{0,3})){0,4}"
    r" (?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4}|course|year"
    r"|month|weeks?|meetings?|person|writing|detail|full|spring|summer|autumn|winter|time|future|quarter|trial|testing|monday|tuesday|wednesday"
    r"|thursday|friday)"
    r"|at (?:[\w-]+ ){0,5}meetings?|(?:next|this|later|within|once|when|as soon|after|shortly|soon|again|separately"
    r"|then|further|accordingly|verbally)|on (?:this|it|these|them|the (?:matter|position|point)))\b"
    r"|[,;.:)]| ?$| (?:and|but)\b)"
)
_WITHOUT_OBJECT = (
    rf"{_SPEAKER}(?P<said>{_FUTURE}(?: \w+ly| also| each| then){{0,2}}"
    r" (?:(?:present|report|update|advise|confirm|revert)(?: back)?|come back"
    rf"|(?:provide|give|bring|present|issue) (?:an? |its |the )?(?:\w+ )?updates?)\b){_TOLD}{_WHEN}"
)
_TO_BE = (
    r"(?:will be|shall be|(?:is|are) (?:still |yet )?to be|(?:has|have) (?:yet|still) to be|remains? to be"
    r"|needs? to be"
    r"|must be|(?:is|are) (?:currently |still |now |also )?being|(?:has|have) not yet been|(?:is|are) not yet"
    r"|(?:has|have) not been \w+ yet)"
)
_FULLY = r"(?: \w+ly| further)?"

PROMISE = pattern(
    rf"{_FUTURE}{_FULLY}(?: be able to)? {_SAY}\b{_REACH}{_MATTER}"
    rf"|{_MATTER}[^.;]{{0,60}}?\b{_TO_BE}{_FULLY} {_SAID}\b"
    rf"|{_MATTER}[^.;]{{0,60}}?(?<!was )(?<!were )\bto be {_SAID}\b"
    r"|\bassessments?\b[^.;]{0,40}?\b(?:is|are|has been|have been|remains?) (?:currently |still |now |also )?"
    r"(?:under ?way|ongoing|awaited|outstanding|requested|commissioned|in progress|due|expected|pending)\b"
    rf"|\b(?:await|awaits|awaited|awaiting|pending)\b[^.;]{{0,60}}?{_MATTER}"
    rf"|{_MATTER}[^.;]{{0,60}}?\b(?:awaited|(?:is|are|remains?) (?:currently |still |now |also )?under "
    r"(?:consideration|investigation|review|assessment|discussion|analysis))\b"
    r"|\b(?:is|are) (?:currently |still |now |also |already |jointly )?(?:assessing|considering|investigating"
    r"|reviewing|analysing"
    r"|examining|quantifying|evaluating|looking into|looking at|preparing|undertaking|carrying out|conducting"
    r"|studying"
    rf"|exploring|modelling|determining|working (?:on|with|to))\b{_REACH}{_MATTER}"
    rf"|\b{_REPORT} [^.;]{{0,60}}?\b{IMPACT}[^.;]{{0,40}}? (?:is|are) (?:expected|due|awaited)\b"
    rf"|\bexpects? (?:the |a |an |its )?(?:[\w']+ ){{0,4}}?{_REPORT} (?:of|on) {_REACH}{_MATTER}"
    rf"|\b(?:has|have) (?:been asked for|been requested for|asked (?:\w+ ){{1,4}}?for|requested)\b{_REACH}{_MATTER}"
    rf"|\b{IMPACT} will be known\b"
    rf"|\b(?:has|have) not yet (?!identified|reported|considered){_SAID}\b{_REACH}{_MATTER}"
    r"|\b(?:(?:further|more|full|fuller) (?:details?|information|analysis|updates?|advice)|an update|details)"
    r"(?! (?:of|on|about) the (?:meeting|date|timetable|release|text|workshop))[^.;]{0,40}?"
    r"\b(?:to follow|will follow|will be|is to be|are to be|awaited|(?:is|are) (?:expected|due))\b"
)
# Read where none of the above stands: those quote what is promised as well.
WITHOUT_OBJECT = pattern(_WITHOUT_OBJECT)
# Words that promise, but not what: they count where the clause speaks of impacts or is nothing else.
TO_COME = pattern(
    rf"\b(?:TBC|TBA|TBD)\b|(?<!was )(?<!were )\b(?:to be|being) {_SAID}\b|\b(?:awaiting|awaited|awaits)\b"
    rf"|\b(?:this|it|these|they|that|which|position|view) (?:will|is to|are to|shall|must"
    rf"|needs? to) be{_FULLY} {_SAID}\b"
    rf"|\b(?:has|have|is|are) (?:still|yet) to (?!identify|find|see)(?:be )?{_SAY}\b"
    r"|\bwill (?:confirm|check|verify|review|revisit|reassess) (?:this|it|that|these|the position)\b"
    r"|\bunder (?:consideration|investigation|assessment)\b|\bto follow\b"
)
NOTHING_ELSE = pattern(
    r"\W{0,4}(?:although |but |and |however,? )?(?:this|it|these|they|that|which)?(?: (?:is|are|remains?|has|have"
    r"|will|must|needs?|to))?(?: \w+ly| still| yet)? ?(?:still |yet )?"
    rf"(?:(?:to )?be{_FULLY} {_SAID}|(?:to|being) {_SAID}|TBC|TBA|TBD|await(?:ing|s|ed)"
    r"|under (?:consideration|investigation|assessment)|to follow)\b"
    r"|.{0,60}\b(?:has|have) (?:yet|still) to confirm (?:this|it|that)\b"
    r"|.{0,60}\bwill (?:confirm|check|verify|reassess) (?:this|it|that|these)\b"
    r"|\W{0,4}(?:[\w']+ ){0,3}(?:impacts?|effects?|operations|systems|DCC|users): (?:to be|TBC|TBA|TBD)"
)
ELSEWHERE = pattern(
    r"\b(?:dates?|release|meeting|timetable|texts?|title|number|version|workshop|venue|chair|analyst"
    r"|proposer'?s? name)\b"
)
# Those who are asked to act are not those who have promised to say.
ASKED = pattern(
    r"\b(?:users?|suppliers?|(?<!network )part(?:y|ies)|installers?|distributors?|operators?|members?)"
    r"(?: \w+ly| also| each)?$"
)
UNCERTAIN = pattern(
    r"\b(?:if|should|unless|where|whether|how|why|asks|invite\w?|welcome|suggest\w{0,3}|proposed that"
    r"|recommend\w{0,3})\b"
)
ON_DEMAND = pattern(
    r"\b(?:if|where|when|as) (?:necessary|required|needed|asked|requested|appropriate|approved)\b|\bunless\b"
)
