"""The last look before something is posted: may it go to its channel, as the platform describes that now?"""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Config
from bot.domain import Classification, Message
from bot.messenger import Messenger, Refused, Unavailable
from bot.models import Act, OutboxEntry, SeenPerson
from bot.outbox import Kind, Outbox
from bot.rules.classification import POSTABLE, may_hold_names, may_send

log = logging.getLogger(__name__)
# What carries a paper's or members' words to a whole channel.
_LOOKED_AT = (Kind.POST, Kind.UPDATE, Kind.FILE)
# An operator can make SECAS's channel private again: what is meant for it waits.
_WAIT = 60.0  # seconds


class Stopped(Refused):
    """Not sent because of what the channel is; SECAS is told why."""


@dataclass(frozen=True)
class Gate:
    """Compares what is sent with the clearance of its channel in config.toml, and with what the channel is."""

    config: Config
    outbox: Outbox

    async def check(self, entry: OutboxEntry, messenger: Messenger, channel: str) -> None:
        """Raises Stopped where it may not go there; Unavailable where SECAS's own channel is not fit for it now."""
        if entry.kind not in _LOOKED_AT:
            return
        if entry.channel == self.config.secas.channel:
            await self._check_home(entry, messenger, channel)
        elif entry.mark is None:
            raise Stopped("its classification is not known")
        elif entry.mark not in POSTABLE or self._clearance(entry) not in POSTABLE:
            facts = await messenger.describe_channel(channel)
            decision = may_send(entry.mark, self._clearance(entry), self.config.policies, facts)
            if not decision.value:
                raise Stopped(decision.because)

    async def tell(self, session: AsyncSession, entry: OutboxEntry, because: str, now: datetime) -> None:
        """Write down that something was stopped, and tell SECAS."""
        about = f"Not sent to {entry.channel}: {because}."
        session.add(Act(action="stopped", proposal_id=None, about=about, by="dpbot", at=now))
        message = Message("not_sent", {"channel": entry.channel, "because": because})
        home, key = self.config.secas, f"stopped:{entry.id}:{entry.attempts}"
        await self.outbox.announce(session, home.platform, home.channel, message, key, Classification.WHITE, now)

    async def tell_unreachable(
        self, session: AsyncSession, platform: str, person: str, because: str, now: datetime
    ) -> None:
        """Tell SECAS, once of each person, that what dpbot has for them alone does not arrive."""
        seen = await session.get(SeenPerson, (platform, person))
        name = (seen and (seen.name or seen.email)) or person
        values: dict[str, object] = {
            "name": name,
            "email": seen and seen.email,
            "platform": platform,
            "because": because,
        }
        home, key = self.config.secas, f"unreachable:{platform}:{person}"
        message, mark = Message("not_told", values), Classification.WHITE
        await self.outbox.announce(session, home.platform, home.channel, message, key, mark, now)

    async def _check_home(self, entry: OutboxEntry, messenger: Messenger, channel: str) -> None:
        facts = await messenger.describe_channel(channel)
        decision = may_hold_names(facts)
        if decision.value and entry.mark is not None:
            decision = may_send(entry.mark, self.config.secas.clearance, self.config.policies, facts)
        if not decision.value:
            log.error("Not sent to %s: %s.", entry.channel, decision.because)
            raise Unavailable(decision.because, _WAIT)

    def _clearance(self, entry: OutboxEntry) -> Classification:
        """Of a channel that left config.toml: White."""
        named = (channel.clearance for channel in self.config.channels if channel.name == entry.channel)
        return next(named, Classification.WHITE)
