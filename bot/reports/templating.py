"""Finds the templates and fills them: whatever they print is escaped for the surface."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from bot.compilation import CommentsDocument, Compilation, Edition
from bot.reports.cleaning import closed
from bot.reports.editions import public
from bot.reports.summary import summarise
from bot.reports.wording import FILTERS

_SENTENCES = "report/sentences.jinja"


def find(name: str, templates: Sequence[Path]) -> bytes | None:
    """A template's bytes: the operator's own where there is one, else ours, else None."""
    places = [*templates, files("templates")]
    found = (place.joinpath(name) for place in places)
    return next((file.read_bytes() for file in found if file.is_file()), None)


def environment(escape: Callable[[str], str], templates: Sequence[Path]) -> Environment:
    """Jinja for one surface. Markup, such as a macro's result, is escaped already; all else goes through `escape`."""

    def load(name: str) -> str | None:
        found = find(name, templates)
        return None if found is None else found.decode()

    def finalize(value: object) -> Markup:
        return value if isinstance(value, Markup) else Markup(escape(closed(str(value))))  # noqa: S704 - escaped here

    made = Environment(
        autoescape=True,
        finalize=finalize,
        keep_trailing_newline=True,
        loader=FunctionLoader(load),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(FILTERS)
    return made


def context(document: CommentsDocument, jinja: Environment) -> dict[str, Any]:
    """What a template may print. `published`: the public edition, for what is said of it.

    `say` holds the sentences that Word and Markdown share.
    """
    compilation = document.compilation
    values = {
        "document": document,
        "proposal": compilation,
        "published": public(compilation) if compilation.edition is Edition.RESTRICTED else compilation,
        "draft": document.issued_by is None,
        "restricted": compilation.edition is Edition.RESTRICTED,
        "several": _several_sub_committees(compilation),
        "summary": summarise(compilation),
    }
    return {**values, "say": jinja.get_template(_SENTENCES).make_module(values)}


def _several_sub_committees(compilation: Compilation) -> bool:
    invited = {invited.sub_committee for invited in compilation.invited}
    return len(invited | {comment.sub_committee for comment in compilation.comments}) > 1
