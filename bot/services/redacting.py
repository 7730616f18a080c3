"""Frozen documents without the words of single comments: what is printed in their place says so."""

from collections.abc import Callable, Collection
from typing import cast

Snapshot = dict[str, object]
_SPOKEN = ("comments", "replies", "kept")  # the parts of a snapshot in which somebody is quoted
# What a paper says, and what is made of the configuration and of digests.
_OF_PAPERS = {
    "classification",
    "checksum",
    "digests",
    "edition",
    "extract_for",
    "formerly",
    "handling",
    "invited",
    "lead_analyst",
    "on_behalf_of",
    "organisation",
    "paper_classification",
    "party_categories",
    "platforms",
    "problem_statement",
    "proposer",
    "reference",
    "stage",
    "title",
    "type",
}


def without(snapshot: Snapshot, refs: Collection[str], mark: str) -> Snapshot:
    """The snapshot with `mark` for the words of these comments and replies, such as "V007", and without their digests.

    That they were given, when and for whom stays.
    """
    found = dict(snapshot)
    for part in _SPOKEN:
        found[part] = [_sealed(each, mark) if _short(each) in refs else each for each in _rows(snapshot, part)]
    found["digests"] = [row for row in _rows(snapshot, "digests") if _short(row) not in refs]
    return found


def changed(snapshot: Snapshot, scrub: Callable[[object], object]) -> Snapshot:
    """The snapshot with `scrub` applied to all that people said or SECAS wrote of it; what changed has no digest.

    What its paper says, such as who raised the proposal, stays.
    """
    found = {part: each if part in _OF_PAPERS else scrub(each) for part, each in snapshot.items()}
    pairs = [pair for part in _SPOKEN for pair in zip(_rows(snapshot, part), _rows(found, part), strict=True)]
    altered = {_short(before) for before, after in pairs if before.get("text") != after.get("text")}
    found["digests"] = [row for row in _rows(snapshot, "digests") if _short(row) not in altered]
    return found


def quoted(snapshot: Snapshot) -> set[str]:
    """The comments and replies whose words every reader is shown, such as "V007"."""
    return {short(str(row["ref"])) for part in ("comments", "replies") for row in _rows(snapshot, part)}


def in_confidence(snapshot: Snapshot, refs: Collection[str]) -> Snapshot:
    """The snapshot with these as said in confidence, which they were not yet when it was made."""
    found = dict(snapshot)
    for part in ("comments", "replies"):
        found[part] = [
            each | {"confidential": True} if _short(each) in refs else each for each in _rows(snapshot, part)
        ]
    return found


def short(ref: str) -> str:
    """Such as "V007" of "DP092-V007a": without the proposal, and of the whole comment."""
    return ref.rpartition("-")[2].rstrip("abcdefghijklmnopqrstuvwxyz")


def _rows(snapshot: Snapshot, part: str) -> list[Snapshot]:
    return cast("list[Snapshot]", snapshot.get(part) or [])


def _short(row: Snapshot) -> str:
    return short(str(row["ref"]))


def _sealed(row: Snapshot, mark: str) -> Snapshot:
    found = row | {name: None for name in ("context", "on_behalf_of") if name in row}
    found["text"] = mark if row.get("text") else row.get("text")
    behind = row.get("behind")
    if isinstance(behind, dict):
        found["behind"] = behind | {"wordings": [], "because": mark, "objections": []}
    return found
