"""A shared document to read in the browser: Markdown as it is meant to look, anything else as it is."""

from aiohttp import web
from markdown_it import MarkdownIt
from markupsafe import Markup

from handlers.sandbox.store import File

# No HTML of the document's own, and no picture, which would have to be loaded from somewhere.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def readable_html(file: File) -> Markup:
    """The words of a Markdown or text file as safe HTML; 404 where it is neither."""
    if not file.name.endswith((".md", ".txt")):
        raise web.HTTPNotFound
    words = (file.content or b"").decode("utf-8", "replace")
    if file.name.endswith(".md"):
        return _markdown(words)
    return Markup("<pre>{}</pre>").format(words)


def _markdown(words: str) -> Markup:
    tokens = _MARKDOWN.parse(words)
    for token in tokens:
        if style := token.attrs.pop("style", None):  # the page's policy lets no element bring its own style
            token.attrSet("class", str(style).replace("text-align:", "to-"))
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(html)  # noqa: S704 (markdown-it escapes what it does not write itself)
