"""What handlers and jobs work with: the configuration, the database, the outbox, the roster and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.db import Sessions
from bot.outbox import Outbox
from bot.services.people import RosterFile


@dataclass(frozen=True)
class Desk:
    """`clock` gives the present moment in UTC."""

    config: Config
    sessions: Sessions
    outbox: Outbox
    roster: RosterFile
    clock: Callable[[], datetime]
