"""Small English: counts in words, lists, capitals, the article of "the DCC", and what platforms are called."""

import re
from collections.abc import Sequence

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# Organisations that running text calls "the …". An abbreviation may follow: "Security Sub-Committee (SSC)".
_WITH_ARTICLE = (
    "DCC",
    "Data Communications Company",
    "SEC Panel",
    "Panel",
    "Authority",
    "Secretary of State",
    "Operations Group",
    "Change Board",
    "Change Sub-Committee",
    "Security Sub-Committee",
    "Technical Architecture and Business Architecture Sub-Committee",
    "SMKI Policy Management Authority",
    "Testing Advisory Group",
)
_PLATFORMS = {"slack": "Slack", "teams": "Microsoft Teams"}
_PLAIN_ACTION = re.compile(r"For [A-Z][a-z]+")
_ARTICLED = re.compile(rf"(?:{'|'.join(map(re.escape, _WITH_ARTICLE))})(?: \([A-Z ]+\))?")


def in_words(count: int) -> str:
    """A count in words up to ten, in figures above."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "no comments", "1 comment", "3 comments"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number or 'no'} {noun}"


def listed(items: Sequence[str], word: str = "and", comma: str = "") -> str:
    """Items as "a, b and c"; `comma` goes before the last word of three or more."""
    *most, last = items or [""]
    return f"{', '.join(most)}{comma if len(most) > 1 else ''} {word} {last}" if most else last


def with_article(organisation: str) -> str:
    """An organisation in running text: "the DCC", but "Northshire Energy"."""
    return f"the {organisation}" if _ARTICLED.fullmatch(organisation) else organisation


def action_in_a_sentence(action: str) -> str:
    """A paper's action where a sentence goes on after it: "For discussion"; any other wording stays as printed."""
    return action.capitalize() if _PLAIN_ACTION.fullmatch(action) else action


def capital(text: str) -> str:
    """The text with its first letter a capital; the others stay as they are."""
    return text[:1].upper() + text[1:]


def platform_name(platform: str) -> str:
    """What a platform is called in a sentence."""
    return _PLATFORMS.get(platform, platform)
