"""A form of Teams as it was sent, and the marks of our own in its button's data."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.forms.filled import NOTHING, day_of
from handlers.teams.asked import Asked

SHOWN = "shown "  # begins the name under which the button that sends a form keeps what a field held when it was opened
KEY = "key"


def mark_of(value: str) -> str:
    """What is kept of a field's value, to be compared: not the value, which may be long."""
    return hashlib.sha256(_lines(value).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True)
class Filled:
    """A form as it was sent (`bot.forms.filled.Filled`), by its inputs' ids (templates/teams/forms.jinja).

    `tenant`: of who sent it, whose directory people are chosen from.
    """

    data: Mapping[str, str]
    about: str
    key: str
    tenant: str

    @classmethod
    def of(cls, asked: Asked) -> "Filled":
        """The key is the sender's own: nobody's form is taken for that of somebody else."""
        person = asked.speaker.id
        key = hashlib.sha256(f"{person} {asked.data.get(KEY) or asked.key}".encode("utf-8", "replace")).hexdigest()[:32]
        return cls(asked.data, asked.value, key, person.partition(":")[0])

    @property
    def names(self) -> Collection[str]:
        """An input that is left empty may not be told of: the button has the name of each."""
        return {name.removeprefix(SHOWN) for name in self.data if name.startswith(SHOWN)}

    def words(self, name: str) -> str:
        return (self.typed(name) or "").strip()

    def typed(self, name: str) -> str | None:
        return _lines(self.data.get(name) or "").replace("\0", "") or None

    def chosen(self, name: str) -> str | None:
        value = self.data.get(name) or NOTHING
        return None if value == NOTHING else value

    def day(self, name: str) -> str | None:
        return day_of(self.data.get(name))

    def hour(self, name: str) -> str | None:
        return self.data.get(name) or None

    def person(self, name: str) -> str | None:
        picked = self.data.get(name)
        return f"{self.tenant}:{picked}" if picked else None

    def ticked(self, name: str) -> bool:
        return self.data.get(name) == "true"

    def left(self, name: str) -> bool:
        shown = self.data.get(SHOWN + name)
        return shown is None or shown == mark_of(self.data.get(name) or "")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
