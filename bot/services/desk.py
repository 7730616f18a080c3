"""What handlers and jobs work with: the configuration, the database, the outbox and the clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.config import Config
from bot.db import Sessions
from bot.messenger import Messenger
from bot.outbox import Outbox


@dataclass(frozen=True)
class Desk:
    """`clock` gives the present moment in UTC. `messengers`: the platforms that can be asked; none where dpbot is not
    connected.
    """

    config: Config
    sessions: Sessions
    outbox: Outbox
    clock: Callable[[], datetime]
    messengers: Mapping[str, Messenger] = field(default_factory=dict)
