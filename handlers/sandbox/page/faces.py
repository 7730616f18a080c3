"""Who speaks: a name, an organisation, and the square with an initial beside every message."""

from dataclasses import dataclass

from handlers.sandbox.core import Core

_COLOURS = 6


@dataclass(frozen=True)
class Face:
    id: str
    name: str
    organisation: str = ""
    is_app: bool = False
    colour: int = 0

    @property
    def full(self) -> str:
        """“Ada Firth, Northshire Energy”."""
        return f"{self.name}, {self.organisation}" if self.organisation else self.name


class Faces:
    def __init__(self, core: Core) -> None:
        self._core = core

    def of(self, user: str) -> Face:
        person = self._core.store.people.get(user)
        if person is None:
            return Face(user, "Somebody")
        colour = sum(person.id.encode()) % _COLOURS
        return Face(person.id, person.name, person.organisation, person.is_bot, colour)
