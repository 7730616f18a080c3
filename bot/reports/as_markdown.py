"""A Comments document as Markdown, in which nobody's words can become structure or HTML."""

import re
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from bot.compilation import CommentsDocument
from bot.reports.cleaning import closed
from bot.reports.templating import context, environment

_TEMPLATE = "report/comments.md"

# Whatever could start emphasis, code, a link, HTML, an entity, mathematics or a table's cell. An underscore inside a
# word starts nothing, so that OPSG_26_0511_16 stays readable.
_INLINE = re.compile(r"[\\`*\[\]<>|~$]|&(?=[#A-Za-z])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# Whatever could start a heading, list, rule, underline or definition, after spaces at the start of a line.
_LINE_START = re.compile(r"^([ \t]*)(?:([-+#=:])|(\d+)([.)]))")


def write(document: CommentsDocument, templates: Sequence[Path]) -> bytes:
    """UTF-8, one newline at its end."""
    jinja = environment(inline, templates)
    jinja.filters["quoted"] = quoted
    return jinja.get_template(_TEMPLATE).render(context(document, jinja)).encode()


def inline(text: str) -> str:
    """A value inside a line of ours: a title, a name. It cannot end the line."""
    return _INLINE.sub(r"\\\g<0>", text.replace("\n", " "))


def quoted(text: str) -> Markup:
    """Someone's words in quotes as a block quotation, line by line."""
    lines = [_line(line) for line in f"“{closed(text)}”".split("\n")]
    followed = [*lines[1:], ""]
    return Markup("\n".join(_broken(line, after) for line, after in zip(lines, followed, strict=True)))  # noqa: S704 - escaped


def _line(line: str) -> str:
    escaped = _INLINE.sub(r"\\\g<0>", line)
    escaped = _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped)
    if escaped[:1] in {" ", "\t"}:  # a first space is written as an entity, or four of them would be code
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def _broken(line: str, after: str) -> str:
    """A line of the quotation, with a hard break where another line of the same paragraph follows."""
    if not line:
        return ">"
    return f"> {line}\\" if after else f"> {line}"
