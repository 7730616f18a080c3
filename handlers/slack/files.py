"""The files of a message in words: a line each, with name, type and link. dpbot never reads or keeps a file."""

from collections.abc import Iterator

# Slack: docs.slack.dev/reference/objects/file-object; modes that leave nothing to open.
_GONE = {"tombstone": "deleted in Slack", "hidden_by_limit": "hidden by Slack's storage limit"}


def lines(files: object) -> Iterator[str]:
    """For each: "[file: sites.xlsx, Excel Spreadsheet, https://…]"."""
    for file in files if isinstance(files, list) else []:
        if isinstance(file, dict):
            yield f"[file: {', '.join(_facts(file))}]"


def _facts(file: dict[str, object]) -> Iterator[str]:
    yield _first(file, "name", "title", "id") or "no name"
    mode = file.get("mode")
    if isinstance(mode, str) and mode in _GONE:
        yield _GONE[mode]
        return
    if kind := _first(file, "pretty_type", "mimetype", "filetype"):
        yield kind
    if mode == "external" or file.get("is_external") is True:
        yield "held outside Slack"
    if address := _first(file, "permalink", "external_url", "url_private"):
        yield address


def _first(file: dict[str, object], *keys: str) -> str:
    """The first of these that says something, on one line."""
    found = (" ".join(value.split()) for key in keys if isinstance(value := file.get(key), str))
    return next(filter(None, found), "")
