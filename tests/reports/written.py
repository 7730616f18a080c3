"""What tests of the Comments document read: the Markdown, whose sentences the Word document shares, and the JSON."""

import json
from typing import Any

from bot.compilation import CommentsDocument
from bot.reports import Format, write


def markdown(document: CommentsDocument) -> str:
    return write(document, Format.MARKDOWN).decode()


def data(document: CommentsDocument) -> Any:  # noqa: ANN401 - JSON
    return json.loads(write(document, Format.JSON))
