"""A person who types `dpbot` in a folder of their own, and what they are shown."""

import io
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import cli


@dataclass(frozen=True)
class Shown:
    """What a command left on the screen."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error."""
        assert self.err.count("\n") == 1, self.err
        return self.err.rstrip("\n")


class Terminal:
    """A person in a folder with config.toml and a roster."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, screen: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._patch = patch
        self._screen = screen

    def types(self, *words: str | Path, answer: str = "") -> Shown:
        """`dpbot` with these words; `answer` is typed when it asks, and then input ends."""
        self._patch.setattr(sys, "argv", ["dpbot", *map(str, words)])
        self._patch.setattr(sys, "stdin", io.StringIO(answer))
        self._screen.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = self._screen.readouterr()
        assert "Traceback" not in shown.err
        return Shown(int(ended.value.code or 0), shown.out, shown.err)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """What the database has; nothing where there is none."""
        path = self.folder / "dpbot.db"
        if not path.exists():
            return []
        connection = sqlite3.connect(path)
        try:
            return connection.execute(f"SELECT * FROM {table}").fetchall()
        finally:
            connection.close()

    def configures(self, old: str, new: str) -> None:
        text = (self.folder / "config.toml").read_text("utf-8")
        assert old in text
        self.file("config.toml", text.replace(old, new))
