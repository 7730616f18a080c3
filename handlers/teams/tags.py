"""HTML taken apart into tags and words, in one pass over it, however long or broken it is.

The standard library's parser takes minutes over some inputs of a few hundred kilobytes, and fails at others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

CELLS = {"td", "th"}
_VOID = {"br", "img", "hr", "input", "meta", "link", "col", "wbr", "base", "source"}
# Of Teams' own, which have nothing in them: where something does stand in one, it is a person's words.
_VOID |= {"attachment", "systemeventmessage", "emoji", "customemoji"}
# A declaration, a tag, words; a "<" that begins no tag is a word. Each part can be matched in one way only.
_PIECE = re.compile(
    r"""<[!?][^<>]*+> | <(?P<end>/?)(?P<name>[a-zA-Z][\w:\-]*+)(?P<told>(?:[^<>"'] | "[^"]*+" | '[^']*+')*+)>
    | (?P<words>[^<]++|<)""",
    re.VERBOSE,
)
_TOLD = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?+""")


@dataclass(frozen=True)
class Tag:
    """`name`: in small letters. `told`: its attributes."""

    name: str
    told: Mapping[str, str]
    ends: bool

    @property
    def is_void(self) -> bool:
        return self.name in _VOID


def pieces(content: str) -> Iterator[Tag | str]:
    """Tags, and the words between them; comments and declarations are left out."""
    for found in _PIECE.finditer(_without_comments(content)):
        if words := found["words"]:
            yield unescape(words)
        elif name := found["name"]:
            yield from _tags(name.casefold(), found["told"], ends=bool(found["end"]))


def _tags(name: str, told: str, *, ends: bool) -> Iterator[Tag]:
    if ends:
        if name not in _VOID:
            yield Tag(name, {}, ends=True)
        return
    yield Tag(name, {} if not told else {k.casefold(): _value(v) for k, v in _TOLD.findall(told)}, ends=False)
    if told.endswith("/") and name not in _VOID:
        yield Tag(name, {}, ends=True)


def _value(told: str) -> str:
    return unescape(told[1:-1] if told[:1] in {'"', "'"} else told)


def _without_comments(content: str) -> str:
    first, *others = content.split("<!--")
    return first + "".join(rest if end else words for words, end, rest in (each.partition("-->") for each in others))
