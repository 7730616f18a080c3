"""What a statement tells of: the problem itself, its effect on somebody, or a way to mend it."""

from bot.rules.facets.actors import AFFECTED, DEFECT, FEW, MATTER, SOME, TEXT, WE, any_of

# --- a way to mend it: those who would have to act, and the verb of changing something -------------------------------
_MEND = (
    r"(?:amend|change|add|extend|move|remove|publish|notify|issue|allow|let|require|introduce|replace|mandate|raise"
    r"|lower|shorten|lengthen|automate|build|fund|delete|hold|queue|store|release|use|reuse|retry|resend|poll|push|cap"
    r"|relax|tighten|align|adopt|switch|merge|scrap)\b"
)
_NOT_INFORMATION = r"(?! (?:\w+ ){0,3}(?:figures|data|evidence|results|reports?|numbers|analysis|findings|logs)\b)"
_PARTIES = r"(?:users|suppliers|networks|parties|manufacturers)"
SOLUTION_ASKED = any_of(
    r"\bwhy (?:not|can't|couldn't|don't)\b|\bwould(?:n't)? it (?:not )?be (?:simpler|easier|better|cheaper|quicker)\b",
    r"\b(?:would|could|might)(?:n't)? (?:[\w'/-]+ ){1,9}?(?:sort|fix|solve|resolve|cure|settle)\b",
    rf"\b(?:could|can|should)(?:n't|'t)? (?:\w+ ){{1,3}}?(?:just |simply |instead |not )(?:be )?{_MEND}",
)
SOLUTION = any_of(
    # It would mend it.
    r"^why (?:not|can't|couldn't|don't)\b",
    r"\b(?:would|could|might|should|will)(?:n't| not)? (?:\w+ )?(?:sort|fix|solve|resolve|cure|settle)\b",
    r"\bwould do (?:it|the (?:job|trick))\b|\b(?:problem|issue) would (?:go away|disappear)\b",
    r"\b(?:could|can|would|best|better) (?:\w+ )?(?:be )?(?:\w+ )?(?:solved|fixed|resolved|remedied|sorted|dealt with"
    r"|handled|done|left) (?:by|through|outside|to)\b",
    # What we would have, or not have.
    r"\b(?:our|my) (?:\w+ )?(?:preference|preferred)\b|\b(?:i|we)(?:'d| would| do| will| could)? (?:\w+ )?(?:favour"
    r"|prefer(?! to (?:comment|wait|respond|see|discuss|know|hear)))\b",
    r"\b(?:oppose|resist|not (?:support|favour)|n't (?:support|favour)) (?:any\w*|an?|another|adding|making|having"
    r"|new|more)\b",
    r"\b(?:simplest|best|easiest|obvious|quickest|better|neatest|cheapest|simple|preferred) (?:\w+ )?(?:answer|fix"
    r"|solution|remedy|option|way (?:forward|round|to (?:fix|solve|deal|stop|avoid|do)))\b",
    r"\bwhatever is (?:done|chosen|decided)\b|\b(?:whichever|whatever) (?:\w+ )?(?:solution|option|fix)\b"
    r"|\b(?:first|second|third|these|two|three) options?\b|\boption (?:one|two|three|a|b|c|\d)\b",
    r"\b(?:an?|the) (?:\w+ )?(?:fix|solution|remedy) (?:would|could|should|might|must|may|is to)\b",
    # Who ought to act otherwise than by looking into it.
    r"\b(?:dcc|panel|authority|code|sec|section \w+) (?:should|could|must|ought to|needs to)(?: simply| just| instead"
    rf"| also)? {_MEND}{_NOT_INFORMATION}",
    rf"\b(?:{_PARTIES}|devices?|hubs?|the (?:device|hub|obligation|system|portal)) (?:should|must|ought to)(?: simply"
    rf"| just| instead| also)? {_MEND}{_NOT_INFORMATION}",
    rf"\b(?:dcc|{_PARTIES}) (?:should|must|ought to) be (?:allowed|required|obliged|made|free) to\b",
    r"\b(?:obligation|responsibility|duty|cost) (?:should|ought to|must) (?:sit|lie|fall|rest|be) (?:with|on)\b",
    r"\b(?:period|window|notice|timeout|limit|threshold|deadline) (?:should|could|must|ought to) (?:be|stay)\b",
    rf"^(?:just|simply|rather than|instead of) {_MEND}|^(?:have|make|get|let) (?:the )?(?!us\b|me\b|you\b)\w+ {_MEND}",
)

# What a remedy would cost or bring is not what the problem does.
REMEDY = any_of(
    r"\b(?:an?|any|the|this|that|another|new) (?:\w+ ){0,2}?(?:obligation|requirement|rule|modification|fix|solution"
    r"|remedy|option|(?:system|code|dcc) change)\b",
    # "If the window were longer we would …": what is not so. "If this were left" is the problem going on.
    r"\bif (?!(?:this|it|that|things|nothing|nobody|no one|no-one|left|not)\b)(?:[\w'-]+ ){1,4}?(?:were|could|had"
    r"|\w{2,20}ed)\b.{1,120}(?:\b(?:would|could)|'d)\b",
    r"^an? (?:[\w'-]+ ){1,5}would\b|\bwould(?:n't| not| no longer) (?:have|need) to\b",
    r"^(?!doing|leaving|keeping|carrying|continuing|having)\w+ing (?:the|an?|it|this|all|every) .{3,80} would\b",
)

# What is only named, in a clause that tells nothing: enough to doubt that an issue or an impact is all that is meant.
NAMED_ISSUE = any_of(
    rf"\b(?:the|an?|this|any|real|no) (?:\w+ )?{DEFECT}\b",
    r"\b(?:statement|draft|title|the (?:code|sec)|definition|description)\b",
)
NAMED_SOLUTION = any_of(
    rf"^(?:please,? |just |simply )?(?:{_MEND}|(?:give|make|put|set|exempt)\b) (?!to\b)\w",
    r"\b(?:should|ought to|must|let's|instead|option|solution|remedy|fix|simpler|easier)\b",
)
NAMED_IMPACT = any_of(r"\b(?:impact|effect|consequence|cost|burden|risk|complaint)s?\b|\bcosting\b|£")

# --- effect: who bears it, how much of it, what comes of doing nothing ------------------------------------------------
_EFFECT = r"(?:impacts?|effects?|implications?|consequences?|burden|disruption|detriment)\b(?! assess)"
_SIZE = (
    r"(?:no|little|minimal|low|high|big|huge|significant|limited|any|real|direct|main|biggest|operational|material"
    r"|major|minor|serious|considerable|substantial|zero|negligible|knock-on|only|an|the)"
)
_AMOUNT = (
    r"(?:\d[\d,.]{0,12}k?|an?|one|two|three|four|five|six|seven|eight|nine|ten|half|dozens?|hundreds?|thousands?"
    r"|several|many|another|few|more|extra|full|each)"
)
_LABOUR = (
    r"(?:(?:site |return |repeat )?visits?|truck rolls?|calls?|call volumes?|tickets?|appointments?|complaints?"
    r"|manual (?:work|checks?|tickets?|effort|steps?)|workarounds?|work|workload|effort|rework|hours?|fte|ftes"
    r"|headcount|staff|people|costs?|resources?|jobs?|traffic|paperwork|admin\w*)\b"
)
_MORE = r"(?:more|extra|additional|fewer|increased|repeat|aborted|abortive|wasted|unnecessary|second)"
_RISE = (
    r"(?:go(?:es|ing)? (?:up|down)|went (?:up|down)|rise[sn]?|rising|rose|increas(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)"
    r"|fall(?:s|ing)?|fell|drop(?:s|ped)?|grow(?:s|n)?|treble[sd]?)\b"
)
_FORCED = r"(?:have|has|had|having|need|needs|needed|forced|obliged|required)"
_NOT_TO_THINK = (  # "we need to understand" is no burden
    r"(?!(?:consider|understand|know|see|think|be|agree|discuss|hear|look|check|ask|read|wait|say|ensure|clarify|decide"
    r"|bear|come|get back|prove|show|define|distinguish|accept|admit|question|wonder|disagree|assume|remember|stress"
    r"|respond|comment|rely)\b)"
)
_TIME = r"(?:days?'?s?'?|weeks?'?|months?'?|hours?'?|years?'?)"
IMPACT = any_of(
    # Somebody is affected, or not.
    rf"\b{_SIZE} (?:\w+ ){{0,2}}?{_EFFECT} (?:on|for|to|is|are|will|would|here|us)\b|\b{_EFFECT} on {AFFECTED}",
    r"\b(?:impact|affect|hit|hurt|touch|disrupt|bother|penalise|disadvantage)(?:s|ed|ing)? (?:on |directly |all |every "
    rf"|most |some |both |the |many |only ){{0,2}}{AFFECTED}",
    rf"{AFFECTED} (?:\w+ ){{0,3}}?(?:be|are|is|get|gets)(?: not|n't)? (?:\w+ )?(?:affected|unaffected|impacted|hit)\b",
    r"\b(?:wouldn't|won't|would not|will not|expect to|likely to) be (?:\w+ )?(?:affected|impacted|touched|hit)\b",
    r"\b(?:nothing|little|low|minimal|not much|easier|harder|worse|hard|costly|expensive|trivial|neutral)"
    rf" (?:\w+ )?(?:for|on) {AFFECTED}(?! to (?:add|say|comment))",
    rf"\bno (?:\w+ )?(?:cost|change|effort|work|difference) (?:for|to|on) {AFFECTED}",
    r"^(?:very )?(?:low|minimal|negligible|minor|small|significant)(?:[.,]|$)|\bmakes? (?:\w+ ){1,3}?(?:harder|slower"
    r"|more (?:difficult|expensive|complicated))\b",
    r"\b(?:nuisance|headache|inconvenien\w{2,6}|hardship|time-consuming|labour-intensive|burdensome|out of pocket)\b",
    r"\b(?:falls|lands|weighs|bears|hits) (?:\w+ )?(?:hard|harder|hardest|heavily|heaviest|most) (?:on|for)\b",
    # Cost, labour and time, counted.
    r"£ ?\d|\b\d[\d,.]{0,12}k (?:a|per|each|one-off)\b|\b\d[\d.]{0,6}p (?:a|per)\b",
    rf"\bcost(?:s|ing)? (?:us|them|{AFFECTED}|around|about|roughly|more|\d)",
    rf"\b(?:{_MORE}|\d[\d,]{{0,12}}|two|three|four|five|six) (?:\w+ )?{_LABOUR} (?:a|per|each|every|for|on|at)\b",
    rf"^{_MORE} (?:\w+ )?{_LABOUR}|\b{_MORE} (?:site )?visits?\b",
    rf"\b{_AMOUNT} (?:\w+ )?{_TIME}(?: of)? (?:\w+ )?(?:work|effort|downtime|delay|wait)\b",
    rf"\b{_AMOUNT} (?:\w+ )?(?:fte|ftes|full[ -]time|headcount|man-?days?|person-?days?)\b",
    rf"\b(?:takes|(?:would|will|could) (?:take|add)) (?:\w+ ){{0,2}}?{_AMOUNT} (?:minutes?|{_TIME})",
    rf"\b(?:charges|costs|bills|volumes?|complaints|visits|workload|prices|debt)\b {SOME}{_RISE}",
    # Who has to do what, or loses what.
    rf"{AFFECTED}(?:'d| would|'ll| will) (?:\w+ )?{_FORCED} to {_NOT_TO_THINK}\w+",
    rf"{AFFECTED} (?:(?:\w+ )?ha(?:ve|s) had|(?:\w+ )?had|having|(?:are|is|were|was|being) (?:\w+ )?forced) to"
    rf" {_NOT_TO_THINK}\w+|{WE} (?:\w+ )?(?:have|has) to {_NOT_TO_THINK}\w+",
    rf"{AFFECTED}(?:'d| would|'ll| will) (?:\w+ )?need (?:\w+ ){{0,3}}?(?:team|staff|people|engineers?|developers?"
    r"|shift|contractors?|budget|headcount|licences?|visits?)\b",
    rf"{AFFECTED}(?:'d| would|'ll| will)? (?:\w+ )?(?:struggles?(?! to (?:see|understand))|suffers?|incurs?"
    r"|loses?|losing|absorbs?|spends?|spending|spent|ends? up|bears? the|pays? (?:for|our|twice|by|more))\b",
    r"\bmeans (?:re\w+ing|another|(?:that )?(?:we|our|more|extra|additional)"
    r"|\w+ing (?:the|our|a|every|all|two|more|back|out))\b|\b(?:delays|slows|interrupts|disrupts|holds up) our\b",
    # What comes of doing nothing.
    r"\bif (?:nothing|nobody|no one|no-one) (?:\w+ ){0,2}?(?:is|does|do|acts|changes|gets)\b"
    r"|\bif we do nothing\b|\bdoing nothing (?:\w+ )?(?:is|isn't|has|will|would|leaves|means|costs)\b",
    r"\b(?:if|while|as long as|until|unless) (?:this|it|things|nothing) (?:\w+ ){0,2}?(?:left|stays?|continues?|carries"
    r"|goes on|drags|persists?)\b|\bshould (?:this|things|the \w+ (?:position|situation)) continue\b",
    r"\b(?:if|were|when) (?:\w+ ){0,3}?left (?:alone|as (?:it )?is|unresolved)\b"
    r"|\bstatus quo (?:\w+ )?(?:is|isn't|has|costs|means|would|will|leaves)\b",
    r"\bwithout (?:(?:something|anything) in place|an? change|action)\b|\bthe (?:\w+ )?risk (?:is|in|to|for|here)\b",
)

# What follows is not said to be so.
UNASSERTED = any_of(
    r"\bwhether\b|\b(?:see|check|ask|find out|know|say|tell|sure|confirm|wonder|clear) if\b",
    r"\b(?:not|n't|un) ?(?:clear|sure|certain|obvious)\b|\bhow (?:many|much|often|far|long)\b|\bdepend(?:s|ing)? on\b",
    r"\b(?:says?|said|states?|stated|claims?|claimed|assum(?:es?|ed|ing)|suggests?|implie[sd]|alleged\w*|supposed\w*)\b",
    r"\bbecause\b|\botherwise\b",  # a reason is not what it is given for
)

# --- the problem: whether it is one, where it occurs, how it is described --------------------------------------------
_MET = r"(?:seen|come across|experienced|encountered|observed|reproduced|noticed|witnessed|had)"
_JUDGED = (
    r"(?:(?<!not )(?<!n't )clear(?! on| about| who| how| what| whether| if)|accurate|right|fair|wrong|correct"
    r"|incorrect|misleading|too (?:wide|narrow|broad"
    r"|low|high|strong|vague)|overstated|understated|out of date|well (?:put|described|written|drafted|stated|made)"
    r"|sound|muddled|confus\w{2,4}|one-sided|reasonable|fine)\b"
)
_THIS = rf"(?:this|the same|any such|such|similar|exactly (?:this|the same)|(?:the|that|this|any) (?:\w+ )?{MATTER})\b"
ISSUE_NAMED = any_of(rf"\b{MATTER} (?:here |really |itself )?(?:is|isn't|was|lies) (?:that|not|with|in|how)\b")
ISSUE = any_of(
    # Agreed, denied, doubted.
    r"(?<!will )(?<!'ll )(?<!to )\b(?:recogni[sz]es?|agrees?|accepts?|shares?|disagrees?|disputes?|echo|supports?"
    r"|endorses?|acknowledges?)"
    rf"(?: with| that)? {SOME}(?:{MATTER}|description|statement|picture|diagnosis|(?:it|this) is)\b",
    r"(?:\bnot|n't)(?: yet| at all| entirely)? (?:convinced|persuaded|think|believe) (?:that )?"
    r"(?:there|this|it|the problem|the issue)(?:'s| is) (?:really |actually )?(?:an?|any|much|widespread|real|new)\b",
    r"\bcase (?:\w+ )?(?:has|hasn't|is|isn't)(?: not)?(?: been)? (?:\w+ )?(?:made|proved|proven)\b",
    r"(?:^not|\b(?:is|are|isn't|aren't|was|there's|it's))(?: not| no)?(?: really| also| clearly| just)? (?:an?|the|no"
    rf"|any|one) (?:[\w-]+ ){{0,2}}?{DEFECT}\b(?! for\b)"
    r"|\b(?:root cause|real (?:problem|issue)) (?:is|was|lies|seems)\b",
    # Met with, or not; where and when.
    # (who says "I've seen this" may have read the post)
    rf"\b(?:we|we've|our \w+|nobody here|none of us)(?:'ve| have| haven't| has)? (?:\w+ )?{_MET} {_THIS}",
    r"\b(?:we|our \w+|i) (?:\w+ )?(?:see|get|meet) (?:this|the same)\b(?! as\b)|\brecogni[sz]e this\b",
    r"^(?:yes,? |yep,? |no,? |nope,? )?(?:also |never |not )?(?:(?:seen|experienced|encountered) (?:this|the same)"
    r"|reproduced)\b|\bnot something we(?:'ve| have) (?:seen|come across|experienced|encountered)\b",
    rf"(?:\bnever|\bnot|n't) (?:come across|seen?|recogni[sz]e|experienced?|encountered?|aware of) {_THIS}",
    r"\b(?:can't|cannot|couldn't|could not|unable to) (?:reproduce|replicate|recreate)\b",
    r"\b(?:matches|mirrors|reflects|contrary to|not) our (?:own )?experience\b|\bour (?:own )?experience (?:is|has)\b",
    rf"\bour (?:own )?(?:logs|records|figures|data) {SOME}(?:show|suggest|confirm)",
    rf"(?<!when )(?<!if )(?<!where )(?<!what )(?<!time )(?<!before )\b(?:it|this|the (?:\w+ )?{MATTER}) (?:only |also"
    r" |always |never |mostly |really |doesn't |does not |can )?(?:happens?|occurs?|arises?|shows up|comes from|stems"
    r"|goes back|(?:isn't|is not) (?:new|confined|limited)|(?:goes|is) wider)\b",
    r"\b(?:has|been) (?:been )?(?:going on|happening|like this) (?:since|for)\b",
    # As it is described.
    rf"{TEXT} (?:as \w+ )?(?:\w+ )?(?:is|isn't|are|reads|seems|looks|appears|was) {FEW}{_JUDGED}",
    rf"\b{MATTER} (?:as \w+ )?(?:\w+ )?(?:is|isn't|are|seems|looks|appears|was|seems to be) {FEW}(?:{_JUDGED}|(?:real"
    r"|genuine|known|wider|narrower|bigger|smaller|widespread|longstanding|old|rare)\b)",
    rf"{TEXT} (?:\w+ )?(?:says(?! nothing| little| very little)|describes|overstates|understates|conflates|mixes"
    r"|captures|implies|treats|blurs|confuses)\b",
    r"\b(?:should|ought to) read\b|\bhappy with (?:how|the (?:wording|description|draft|way))\b",
    r"\bfigures? (?:is|are|seems?|looks?|wants?|needs?) (?:\w+ )?(?:low|high|wrong|out|understated|overstated|a source"
    r"|right)\b",
)
