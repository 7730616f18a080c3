"""The words of an HTML text, in plain lines: no layout, no pictures, nothing is fetched."""

import re
from collections.abc import Iterator

from lxml import etree

from bot.errors import UserError

# What begins a line of its own (WHATWG HTML: 15.3, rendering of flow content).
_BLOCKS = {
    *("address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre"),
    *("section", "table", "tr", "ul"),
}
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote"}  # a blank line about them
_UNSEEN = {"head", "script", "style", "template", "title"}
_BLANK = re.compile(r"[ \t\r\n\f]+")
_SOFT = "\r"  # a line ends here if it has not
_LINE = re.compile(r"[ \u00a0]*[\r\n][\r\n \u00a0]*")


def words(html: str) -> str:
    """What a reader would see. UserError where elements are nested deeper than is read."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser) if html.strip() else None
    if any(each.type_name == "ERR_RESOURCE_LIMIT" for each in parser.error_log):
        raise UserError("The mail's HTML is nested too deeply to be read: save its words as text and give those.")
    if root is None:
        return ""
    text = _LINE.sub(lambda found: "\n" * min(2, found[0].count("\n") or 1), "".join(_pieces(root)))
    return re.sub(r" {2,}", " ", text).strip()


def _pieces(root: "etree._Element") -> Iterator[str]:
    """Texts in their order, with line ends where blocks begin and end."""
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        unseen += (tag in _UNSEEN) * (1 if event == "start" else -1)
        if tag in _BLOCKS:
            yield "\n\n" if tag in _SPACED else "\n" if tag == "br" and event == "start" else _SOFT
        if event == "start":
            if tag == "li":
                yield "- "
            text = element.text
        else:
            yield _address(element) if tag == "a" and not unseen else ""
            text = element.tail
        if text and not unseen:
            yield _BLANK.sub(" ", text)


def _address(element: "etree._Element") -> str:
    """Where a link leads, unless its words say so."""
    leads = element.get("href", "").strip()
    is_web = leads.startswith(("http://", "https://"))
    return f" ({leads})" if is_web and leads not in "".join(map(str, element.itertext())) else ""
