"""Who somebody in Microsoft Teams is, as the members of dpbot's channels are listed: tenant, address and name."""

from collections.abc import Collection
from urllib.parse import quote

from bot.domain import Speaker
from bot.messenger import Refused
from handlers.teams.calls import Calls, Told
from handlers.teams.failures import Gone
from handlers.teams.granted import CONNECTOR
from handlers.teams.places import PLATFORM, Places

# Microsoft: pagedMembers gives at most 500 at once. Beyond so many pages it is not said who is in a channel.
_PAGE, _MOST_PAGES = 500, 4


class Persons:
    """`home`: our tenant. `vouched`: tenants whose members are an organisation's people, as config.toml says."""

    def __init__(
        self, calls: Calls, places: Places, channels: Collection[str], home: str, vouched: Collection[str]
    ) -> None:
        self._calls, self._places, self._channels = calls, places, list(channels)
        self._home, self._vouched = home, frozenset(vouched)
        self._ids: dict[tuple[str, str], str] = {}

    async def id_of(self, channel: str, account: str) -> str:
        """A person's id: a message says of its author only the account, and not the tenant that it belongs to."""
        key = channel, account
        if key not in self._ids:
            known = await self._places.person_of(f":{account}") or await self._looked_up(channel, account)
            if known is None:
                return await self._taken_for(channel, account)
            self._ids[key] = known
        return self._ids[key]

    async def _looked_up(self, channel: str, account: str) -> str | None:
        """None where Microsoft does not say the tenant, or nothing of the person."""
        try:
            member = await self._member(channel, account)
        except Refused:
            return None
        return f"{member['tenantId']}:{account}" if member.get("tenantId") else None

    async def _taken_for(self, channel: str, account: str) -> str:
        """Somebody who left the channel, or may not be looked up, is taken for one of its own tenant, for this once."""
        room = await self._places.room(channel)
        return f"{room.tenant if room else self._home}:{account}"

    async def describe(self, person: str) -> Speaker:
        """Refused where the person is in none of dpbot's channels."""
        account = person.partition(":")[2]
        for channel in self._channels:
            try:
                return self._speaker(person, await self._member(channel, account))
            except Gone:
                continue
        raise Gone("the person is in none of dpbot's channels")

    def _speaker(self, person: str, member: Told) -> Speaker:
        """An address is the directory's. A guest's is what they were invited by: a tenant we know vouches for it."""
        tenant, guest = person.partition(":")[0], is_guest(member)
        # A guest who is listed among our own people is somebody else's.
        trusted = not guest if tenant == self._home else tenant in self._vouched
        # The id's tenant may be a guess, or what a form says.
        trusted = trusted and member.get("tenantId") in (None, tenant)
        address = member.get("email") if trusted else None
        full = " ".join(filter(None, (member.get("givenName"), member.get("surname"))))
        return Speaker(
            PLATFORM,
            person,
            address or None,
            member.get("name") or full or None,
            tenant,
            guest=guest,
            external=tenant != self._home,
        )

    async def among(self, channel: str) -> list[Told] | None:
        """The members of a channel; None where there are too many to be asked for."""
        room = await self._places.ours(channel)
        address = f"{room.service}/v3/conversations/{quote(channel, safe='')}/pagedMembers?pageSize={_PAGE}"
        members: list[Told] = []
        following = ""
        for _ in range(_MOST_PAGES):
            more = f"&continuationToken={quote(following, safe='')}" if following else ""
            told = await self._calls.get(CONNECTOR, address + more)
            members += told.get("members") or []
            following = str(told.get("continuationToken") or "")
            if not following:
                return members
        return None

    async def _member(self, channel: str, account: str) -> Told:
        room = await self._places.ours(channel)
        place = f"{quote(channel, safe='')}/members/{quote(account, safe='')}"
        return await self._calls.get(CONNECTOR, f"{room.service}/v3/conversations/{place}")


def is_guest(member: Told) -> bool:
    """Microsoft: userRole is "user", "guest" or "anonymous"; also `#EXT#` in the name by which a guest signs in."""
    signs_in = str(member.get("userPrincipalName") or "")
    return member.get("userRole") in {"guest", "anonymous"} or "#EXT#" in signs_in.upper()
