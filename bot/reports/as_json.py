"""A Comments document as JSON: the keys of `comments.schema.json`, in which each is described."""

import json
from collections.abc import Sequence
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from bot.compilation import CommentsDocument, Compilation
from bot.reports.summary import Checked, Summary, summarise

SCHEMA = "dpbot/comments/2"


def write(document: CommentsDocument, templates: Sequence[Path]) -> bytes:  # noqa: ARG001 - no words of ours, no template
    """UTF-8, indented, keys always in the same order. Times are UTC."""
    found = document.compilation
    summary = summarise(found)
    content = {
        "schema": SCHEMA,
        "name": document.name,
        "edition": found.edition,
        "extract_for": found.extract_for,
        "version": f"{document.version.major}.{document.version.minor}",
        "draft": document.issued_by is None,
        "made_at": document.made_at,
        "redacted_at": document.redacted_at,
        "classification": found.classification,
        "handling": found.handling,
        "released_by": found.released_by,
        "released_at": found.released_at,
        "proposal": {name: getattr(found, name) for name in _OF_THE_PROPOSAL},
        "events": found.events,
        "invited": found.invited,
        "summary": _summary(summary, found),
        "comments": found.comments,
        "replies": tuple(summary.replies.values()),
        "reactions": [
            {"sub_committee": given.sub_committee, **vars(each)} for given in found.given for each in given.reactions
        ],
        "no_comment": found.no_comment,
        "receipt": _receipt(found, summary),
        "not_included": found.kept,
    }
    return (json.dumps(_plain(content), ensure_ascii=False, indent=2) + "\n").encode()


_OF_THE_PROPOSAL = (
    "reference",
    "formerly",
    "type",
    "title",
    "stage",
    "proposer",
    "organisation",
    "on_behalf_of",
    "lead_analyst",
    "problem_statement",
)


def _plain(value: object) -> object:
    """A value as JSON has it: a dataclass by the names of its fields, which the schema holds to what it describes."""
    if is_dataclass(value):
        value = vars(value)
    match value:
        case Enum():
            return value.value
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case tuple() | list():
            return [_plain(each) for each in value]
    return value


def _summary(summary: Summary, found: Compilation) -> dict[str, Any]:
    return {
        "received": summary.received,
        "in_confidence": summary.in_confidence,
        **vars(summary.total),
        "organisation_not_stated": summary.without_organisation,
        "by_facet": {section.facet.value: section.tally for section in summary.sections},
        "by_source": summary.origins,
        "party_categories_without_comments": summary.categories_without_comments,
        "no_comment": summary.no_comment,
        "replies_not_counted": len(found.replies),
    }


def _receipt(found: Compilation, summary: Summary) -> dict[str, Any]:
    return {
        "collected_until": found.collected_until,
        "checks": [_check(each) for each in summary.checks],
        "withdrawn": found.withdrawn,
        "edited": summary.edited,
        "not_seen": found.not_seen,
        "checksum": found.checksum,
        "digests": found.digests,
    }


def _check(checked: Checked) -> dict[str, Any]:
    """With how many of its comments are in this edition in place of which they are: some are given in confidence."""
    told = {name: value for name, value in vars(checked.check).items() if name != "refs"}
    return told | {"included": checked.included}


def _moment(value: datetime) -> str:
    """UTC, with its "Z". A moment without a zone is UTC, as the database gives it back."""
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return utc.isoformat().replace("+00:00", "Z")
