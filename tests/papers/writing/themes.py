"""Which features of a layout are tried together."""

from tests.papers.writing.switches import Switch


def _from(first: Switch, last: Switch) -> list[Switch]:
    """The switches from the first to the last, in the order in which `Switch` has them."""
    every = list(Switch)
    return every[every.index(first) : every.index(last) + 1]


FACTS = _from(Switch.REFERENCE_FREE, Switch.SIGNED_TOUCHING)
REQUESTS = _from(Switch.CLOSING, Switch.INVITED_WITH_STAGE)
SECTIONS = [*_from(Switch.CONVERTED, Switch.NONE_NUMBERED), Switch.FORMER]
TITLES = _from(Switch.CURLY, Switch.TITLE_IDENTIFIERS)
SPLITS = _from(Switch.SPLIT, Switch.SPLIT_COLON)
RAISED = _from(Switch.RAISED_BRACKETS, Switch.LEAD_NOBODY)
RUNNING = _from(Switch.BULLETS, Switch.DASHES)
IMPACTS = _from(Switch.IMPACTS_OF_BODY, Switch.ATTACHMENT_LINES)
TABLES = _from(Switch.TABLE_SPLIT_COLUMNS, Switch.TABLE_FEW_COLUMNS)
LINES = [*_from(Switch.WRAPPED, Switch.BROKEN_BARE), Switch.TIGHT]
PAGES = _from(Switch.FURNITURE, Switch.STATEMENT_INSIDE)
UNSEEN = _from(Switch.NBSP, Switch.NFD)
ENCODINGS = _from(Switch.BOM, Switch.ESCAPED)
FOOTNOTES = {
    Switch.FOOTNOTES,
    Switch.FOOTNOTES_BELOW,
    Switch.FOOTNOTES_RAISED,
    Switch.TITLE_FOOTNOTE,
    Switch.RAISED_FOOTNOTE,
}
# Word keeps footnotes, line ends and encodings itself.
WORD = [*FACTS, *REQUESTS, *SECTIONS, *TITLES, *SPLITS, *RAISED, *RUNNING, *IMPACTS, *UNSEEN]
WORD += [Switch.BROKEN_HEADINGS, Switch.FURNITURE]

THEMES: dict[str, list[Switch]] = {
    "facts": [*FACTS, *REQUESTS],
    "sections": [*SECTIONS, *SPLITS],
    "titles": TITLES,
    "splits": [*SPLITS, *TITLES, *LINES, Switch.CONVERTED, Switch.APPENDIX_LATE],
    "people": RAISED,
    "running text": [*RUNNING, Switch.RAISED_FOOTNOTE, Switch.WRAPPED],
    "impacts and appendices": [*IMPACTS, *SPLITS, Switch.IDENTIFIERS],
    "lines": [*LINES, *TITLES, Switch.BULLETS, Switch.MENTIONS],
    "pages": [*PAGES, *SPLITS, Switch.WRAPPED, Switch.HYPHENATED, Switch.COMPOUND, Switch.BULLETS],
    "characters": [*UNSEEN, *ENCODINGS, Switch.TITLE_NESTED, Switch.BULLETS, Switch.WRAPPED],
    "tables": [*TABLES, *SECTIONS, *IMPACTS],
    "word": [switch for switch in WORD if switch not in FOOTNOTES],
    "all": [switch for switch in Switch if switch is not Switch.TABLE],
}
