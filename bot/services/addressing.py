"""Where a platform's channels and people are reached, as far as it says so only in what it sends."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Address, SeenPerson

CHANNEL, PERSON = "channel", "person"


async def keep(
    session: AsyncSession, platform: str, name: str, kind: str, values: Mapping[str, object], now: datetime
) -> None:
    """What is known of an address from now on; the latest counts."""
    row = insert(Address).values(platform=platform, id=name, kind=kind, values=dict(values), seen_at=now)
    latest = {"values": row.excluded["values"], "seen_at": now}
    await session.execute(row.on_conflict_do_update(index_elements=["platform", "id", "kind"], set_=latest))


async def known(session: AsyncSession, platform: str, name: str, kind: str) -> Mapping[str, object] | None:
    address = await session.get(Address, (platform, name, kind))
    return address.values if address else None


async def person_ending(session: AsyncSession, platform: str, ending: str) -> str | None:
    """The one person dpbot has seen there whose id ends so; None for nobody, and where there are several."""
    query = select(SeenPerson.id).where(
        SeenPerson.platform == platform, SeenPerson.id.endswith(ending, autoescape=True)
    )
    found = (await session.scalars(query.limit(2))).all()
    return found[0] if len(found) == 1 else None
