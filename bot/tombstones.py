"""Who was forgotten, in a file beside the database: a restored backup does not bring them back.

The file names nobody. Its first line has a random key; each line after it is a moment and keyed digests of a person's
e-mail addresses and ids, which tell nothing without them.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import UserError

_HEAD = "dpbot forgotten 1 "


@dataclass(frozen=True)
class Tombstone:
    """One person, forgotten at a moment (UTC): what was kept of them until then is not to be kept."""

    at: datetime
    digests: frozenset[str]


@dataclass(frozen=True)
class Tombstones:
    """The file. An identifier is an e-mail address or an id, in any case."""

    path: Path

    def add(self, identifiers: Iterable[str], at: datetime) -> None:
        """Write down that a person was forgotten, on the disk before this returns. UserError where it cannot be."""
        key, lines = self._read() or (secrets.token_hex(32), [])
        line = " ".join([at.isoformat(), *sorted({_digest(key, each) for each in identifiers})])
        if line in lines:
            return
        try:
            self._write("\n".join([f"{_HEAD}{key}", *lines, line, ""]))
        except OSError as error:
            raise UserError(f"{self.path}: it cannot be written ({error.strerror}): nobody was erased.") from None

    def _write(self, whole: str) -> None:
        """As a whole or not at all, wherever this is cut short."""
        new = self.path.with_name(f"{self.path.name}.new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def among(self, seen: Iterable[tuple[str, datetime]]) -> list[tuple[str, Tombstone]]:
        """The identifiers of forgotten people that were written down, at a moment (UTC), before they were forgotten."""
        key, lines = self._read() or ("", [])
        stones = [self._stone(line) for line in lines]
        return [
            (identifier, stone)
            for identifier, at in (seen if stones else ())
            for stone in stones
            if at <= stone.at and _digest(key, identifier) in stone.digests
        ]

    def has(self, identifiers: Iterable[str | None]) -> bool:
        """Whether one of these was forgotten at any time."""
        key, lines = self._read() or ("", [])
        known = frozenset[str]().union(*(self._stone(line).digests for line in lines))
        return any(_digest(key, each) in known for each in identifiers if each and known)

    def _read(self) -> tuple[str, list[str]] | None:
        """The key and the lines; None where nobody was ever forgotten."""
        try:
            head, *lines = self.path.read_text("ascii").splitlines()
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise self._unreadable() from None
        if not head.startswith(_HEAD):
            raise self._unreadable()
        return head.removeprefix(_HEAD), [line for line in lines if line]

    def _stone(self, line: str) -> Tombstone:
        at, *digests = line.split()
        try:
            return Tombstone(datetime.fromisoformat(at), frozenset(digests))
        except ValueError:
            raise self._unreadable() from None

    def _unreadable(self) -> UserError:
        return UserError(
            f"{self.path} cannot be read, and it says who was forgotten: put the file back as it was, from a backup."
        )


def beside(database: str) -> Tombstones:
    """Of the database in this file."""
    return Tombstones(Path(f"{database}.forgotten"))


def _digest(key: str, identifier: str) -> str:
    return hmac.new(bytes.fromhex(key), identifier.casefold().encode("utf-8", "replace"), hashlib.sha256).hexdigest()
