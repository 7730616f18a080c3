"""Characters of any file made plain: composed, without what is there and not seen, ligatures as letters."""

import re
import unicodedata

# Control characters that no text has (tab, line ends, form feed and vertical tab are dealt with before).
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Characters that are there and not seen: soft hyphen, zero-width space and joiners, byte order mark in the middle,
# and marks that turn the direction of writing.
UNSEEN = re.compile("[\N{SOFT HYPHEN}\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Any run of space: tabs, no-break spaces, line separators of Word.
SPACES = re.compile(r"\s+")
# ﬁ, ﬂ and the like, as PDF files and typesetters have them: the letters they stand for.
LIGATURE = re.compile("[\ufb00-\ufb06]")


def plain(text: str) -> str:
    """The text in NFC, without unseen characters and ligatures; line ends and spaces stay."""
    letters = LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", letters)


def one_line(text: str) -> str:
    """The plain text with every run of space as one space."""
    return SPACES.sub(" ", plain(text)).strip()
