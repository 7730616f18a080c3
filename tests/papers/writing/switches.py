"""Every feature of a layout by name: a paper that is read wrongly says which of them were on."""

from enum import StrEnum


class Switch(StrEnum):
    # The paper's own facts
    REFERENCE_FREE = "the reference stands without its label"
    REFERENCE_BARE = "the reference has no body"
    LATE_PAPER = "the number of the paper has a letter after it"
    CLASSIFICATION_FIELD = "the classification is a field"
    HEAD_FIELDS = "author, team and date stand at the head"
    TITLE_FIELD = "the title is a field"
    SIGNED_TOUCHING = "the sign-off has no blank lines"
    CLOSING = "the recommendation says when comments close"
    CLOSING_SENTENCE = "a sentence of its own says where and when to comment"
    CLOSING_NO_YEAR = "the closing day has no year"
    REQUEST_LIST = "the recommendation is a list"
    INVITED_LIST = "what views are invited on is a list"
    INVITED_WITH_STAGE = "stage and invitation share a paragraph"
    # Sections
    CONVERTED = "a section's name says that Draft Proposals have converted"
    MODIFICATIONS_FIRST = "Modification Proposals come first"
    ONE_SECTION = "Draft and Modification Proposals share a section"
    NO_STAGE = "no section names a stage"
    NONE_THIS_MONTH = "a section says that there are none, and names another number in passing"
    NONE_NUMBERED = "sections have no numbers"
    # Headings of proposals
    CURLY = "titles in curly quotes"
    DOUBLE = "titles in straight double quotes"
    CURLY_DOUBLE = "titles in curly double quotes"
    MIXED = "titles in quotes that differ"
    COLON = "a colon and a quoted title"
    DASH = "a dash and a quoted title"
    COLON_BARE = "a colon and a title without quotes"
    BARE = "a title without quotes"
    LINKED = "headings are links"
    BOLD = "headings are bold"
    SUBNUMBERED = "proposals are numbered 2.1"
    FORMER = "modifications name the Draft Proposal they were"
    TITLE_SPACE = "a space before the closing quote"
    TITLE_FOOTNOTE = "a footnote's digit after the closing quote"
    TITLE_STOP = "a full stop after the closing quote"
    TITLE_BRACKET = "brackets after the closing quote"
    TITLE_OPEN = "a title that opens a quote and closes none"
    TITLE_NESTED = "quotes and possessives inside titles"
    TITLE_IDENTIFIERS = "titles name what is no proposal, or another one"
    SPLIT = "split modifications, one heading each"
    SPLIT_JOINT = "split modifications share a heading: “For MP102A, …”"
    SPLIT_COLON = "split modifications share a heading: “MP102A: …”"
    # Who raised it
    RAISED_BRACKETS = "X (Y)"
    RAISED_ON_BEHALF = "X on behalf of Y"
    RAISED_BOTH = "X of A on behalf of B"
    RAISED_TWO = "two people of one organisation"
    RAISED_BODY = "a body raised it"
    RAISED_ALONE = "a person without an organisation, or a company without a person"
    RAISED_TBC = "who raised it is to be confirmed"
    RAISED_NOBODY = "no sentence says who raised it"
    RAISED_VERBS = "has been raised, submitted, on a day"
    RAISED_SHARED = "who raised it and who looks after it share a sentence"
    RAISED_FORMER = "MP088, previously DP088, was raised by"
    RAISED_APART = "the Lead Analyst's sentence is a paragraph of its own"
    RAISED_FOOTNOTE = "a footnote's mark sticks to names"
    LEAD_TBC = "the Lead Analyst is to be confirmed"
    LEAD_NOBODY = "no sentence names a Lead Analyst"
    # The text of a proposal
    BULLETS = "summaries have lists"
    IDENTIFIERS = "running text names what is no proposal"
    SEC_APPENDICES = "running text names appendices of the SEC"
    TRAPS = "running text that looks like a field"
    MENTIONS = "running text names other proposals"
    FOOTNOTES = "footnote digits stick to words"
    FOOTNOTES_BELOW = "the footnotes stand below their paragraph"
    FOOTNOTES_RAISED = "footnote marks are raised digits"
    DASHES = "dashes between words"
    IMPACTS_OF_BODY = "impact headings of other bodies"
    IMPACTS_PLAIN = "the heading is “Impacts”"
    IMPACTS_NONE = "no heading of impacts"
    IMPACTS_TWO = "two headings of impacts"
    APPENDIX_LATE = "appendix letters past Z"
    APPENDIX_WORDS = "other sentences that name the appendix"
    APPENDIX_NONE = "no appendix and no attachments"
    APPENDIX_RUNS_ON = "the sentence that names the appendix ends the last paragraph"
    ATTACHMENT_LINES = "attachments without bullets"
    # Tables
    TABLE = "a table instead of sections"
    TABLE_SPLIT_COLUMNS = "person and organisation in columns of their own"
    TABLE_FEW_COLUMNS = "a table of few columns"
    # Noise
    WRAPPED = "lines are wrapped"
    NARROW = "lines are wrapped at a narrow width"
    HYPHENATED = "words are cut at the end of a line"
    COMPOUND = "words with a hyphen end a line at it"
    BROKEN_HEADINGS = "headings run over the end of a line"
    BROKEN_BARE = "headings without quotes run over the end of a line"
    FURNITURE = "page numbers and footers between paragraphs"
    FURNITURE_INSIDE = "page numbers and footers inside sentences, blank lines around"
    FURNITURE_TOUCHING = "page numbers and footers inside sentences, no blank lines"
    STATEMENT_INSIDE = "the classification's line inside sentences"
    NBSP = "no-break spaces"
    SOFT_HYPHENS = "soft hyphens"
    ZERO_WIDTH = "zero-width characters"
    LIGATURES = "ligatures"
    NFD = "decomposed letters"
    BOM = "a byte order mark"
    CRLF = "Windows line ends"
    UTF_16 = "UTF-16"
    WINDOWS = "an encoding of Windows"
    ESCAPED = "underscores are escaped"
    TIGHT = "no blank lines after headings"


SPLIT_JOINTLY = {Switch.SPLIT_JOINT, Switch.SPLIT_COLON}
INSIDE = {Switch.FURNITURE_INSIDE, Switch.FURNITURE_TOUCHING, Switch.STATEMENT_INSIDE}
WITHOUT_QUOTES = {Switch.BARE, Switch.COLON_BARE, Switch.TITLE_OPEN}
# What a table has no place for.
NOT_IN_TABLES = {Switch.BULLETS, Switch.FOOTNOTES, Switch.FOOTNOTES_BELOW, Switch.RAISED_NOBODY, *SPLIT_JOINTLY}
# What cannot be told apart by any reader, so is never asked of ours.
UNFAIR = [
    ({Switch.TABLE}, NOT_IN_TABLES),
    ({Switch.TABLE_SPLIT_COLUMNS}, {Switch.RAISED_BOTH}),
    ({Switch.TIGHT}, {*WITHOUT_QUOTES, Switch.BROKEN_HEADINGS}),
    ({Switch.NARROW}, {Switch.BROKEN_BARE}),
    ({Switch.BROKEN_HEADINGS}, {Switch.LINKED}),
    (
        {Switch.FOOTNOTES_BELOW},
        {Switch.TITLE_FOOTNOTE, Switch.RAISED_FOOTNOTE, Switch.FOOTNOTES_RAISED, *SPLIT_JOINTLY},
    ),
    ({Switch.CLASSIFICATION_FIELD}, {Switch.STATEMENT_INSIDE}),
    ({Switch.CLOSING_NO_YEAR}, {Switch.CLOSING}),
    ({Switch.RAISED_NOBODY, Switch.LEAD_NOBODY}, WITHOUT_QUOTES),
]
NEEDS = {
    Switch.TABLE_SPLIT_COLUMNS: {Switch.TABLE},
    Switch.TABLE_FEW_COLUMNS: {Switch.TABLE, Switch.LEAD_NOBODY, Switch.IMPACTS_NONE, Switch.APPENDIX_NONE},
    Switch.BROKEN_BARE: {Switch.BROKEN_HEADINGS},
    Switch.HYPHENATED: {Switch.WRAPPED},
    Switch.COMPOUND: {Switch.WRAPPED},
    Switch.NARROW: {Switch.WRAPPED},
    Switch.FOOTNOTES_BELOW: {Switch.FOOTNOTES},
}


def settled(on: frozenset[Switch]) -> frozenset[Switch]:
    """The switches with those that they need, and without those that would make an unfair paper."""
    wanted = {*on, *(needed for switch in on for needed in NEEDS.get(switch, ()))}
    for present, absent in UNFAIR:
        if present <= wanted:
            wanted -= absent
    return frozenset(wanted)
