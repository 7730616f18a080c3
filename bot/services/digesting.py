"""The weekly digest of one channel: what is for the meeting, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import Channel, Config
from bot.domain import Classification, Message
from bot.models import Invitation, Meeting, Occurrence, Paper, Post
from bot.outbox import Outbox
from bot.rules import dates
from bot.rules.asking import asks_for_further_input
from bot.rules.classification import highest
from bot.rules.working_days import working_days_until
from bot.services import counting, further, publishing, record, register
from bot.services.counting import Counts
from bot.services.further import Further
from bot.services.history import Changes, changes_of

# A meeting is near when it is this many Working Days ahead, or fewer.
NEAR = 5
_WEEK = timedelta(days=7)
_APART = timedelta(days=6)  # weekly ones are, in the weeks of a change of clocks too
_IN_TIME = timedelta(minutes=5)  # what is due so lately was not missed


@dataclass(frozen=True)
class Line:
    """One proposal in a digest: its invitation, its post in this channel, comments up to then, new since the last.

    `comments_by`: as `publishing.closing_of` has it; `closes` where SECAS decided it, for this proposal alone.
    """

    invitation: Invitation
    post: Post
    counts: Counts
    new: int
    comments_by: str | None = None
    closes: bool = False
    further: Further = Further()  # noqa: RUF009 - frozen


async def send_due(session: AsyncSession, config: Config, outbox: Outbox, now: datetime) -> int:
    """Queue each channel's digest whose latest time has come and was not done yet. How many messages.

    An occurrence is its wall-clock time: it is claimed and its message queued in one transaction, so it happens once,
    whoever runs it and whenever. Several missed ones become the latest, which covers them all.
    """
    queued = 0
    if not config.publishing.enabled:
        return queued
    for channel in config.channels:
        due = await claimed(session, job_of(channel.platform, channel.name), channel.digest, now)
        if due is None:
            continue
        message = await digest(session, config, channel, due, now)
        if message is not None:
            key = f"digest:{channel.name}:{dates.local(due)}"
            mark = highest(cast("list[Classification]", message.values["classifications"]))
            await outbox.announce(session, channel.platform, channel.name, message, key, mark, now)
            queued += 1
    return queued


async def claimed(session: AsyncSession, job: str, digest: str, now: datetime) -> datetime | None:
    """The latest time of a digest ("mon 09:00"; "" for none) that has come and was not done yet: now it is claimed."""
    due = latest_occurrence(digest, now) if digest else None
    if due is None or await _week_was_told(session, job, due, now):
        return None
    return due if await _claim(session, job, due, now) else None


def latest_occurrence(digest: str, now: datetime) -> datetime | None:
    """The latest moment (UTC), not after `now`, of a time such as "mon 09:00" in Europe/London; of the last 8 days."""
    moment, found = now - _WEEK - timedelta(days=1), None
    while (fires := next_occurrence(digest, moment)) <= now:
        found, moment = fires, fires + timedelta(hours=2)  # past the hour that comes twice when clocks go back
    return found


def next_occurrence(digest: str, now: datetime) -> datetime:
    """The first moment (UTC), not before `now`, of a time such as "mon 09:00" in Europe/London."""
    weekday, _, time = digest.partition(" ")
    hour, _, minute = time.partition(":")
    trigger = CronTrigger(day_of_week=weekday, hour=int(hour), minute=int(minute), timezone=dates.LONDON)
    fires: datetime = trigger.get_next_fire_time(None, dates.london(now))
    return fires.astimezone(UTC)


async def digest(
    session: AsyncSession, config: Config, channel: Channel, until: datetime, now: datetime
) -> Message | None:
    """The digest of a channel for the time since its last one up to `until` (UTC); None: nothing changed, none near."""
    since = await _previous(session, channel, until)
    lines = await _lines(session, config, channel, since, until)
    meeting = await _near_meeting(session, channel.sub_committee, now)
    for_meeting = [line for line in lines if meeting and line.invitation.item.paper.meeting_id == meeting.id]
    raised = _papers(lines, since, until)
    changed = [line for line in lines if line.new]
    happened = _happened(lines, since, until)
    if not for_meeting and not raised and not changed and not happened:
        return None
    today = dates.london(now).date().isoformat()
    shown = [*_all_papers([*for_meeting, *changed, *dict(happened)]), *dict(raised)]
    own = [line for line in lines if line.invitation.item.paper in shown]
    closing = [line.comments_by for line in own if line.comments_by and not line.closes]
    address = next((line.post.paper.comments_to for line in reversed(lines) if line.post.paper.comments_to), None)
    return Message(
        "digest",
        {
            "body": config.body_name(channel.sub_committee),
            "until": until,
            "meeting": meeting if for_meeting else None,
            "for_meeting": for_meeting,
            "raised": raised,
            "changed": changed,
            "happened": happened,
            "others": [line for line in changed if line not in for_meeting],
            "comments_to": address or config.secas.comments_address,
            "classifications": sorted({paper.classification for paper in shown}),
            "further_input": any(asks_for_further_input(p.purpose, p.recommendation) for p in _all_papers(for_meeting)),
            "closing": sorted({day for day in closing if day[:10] >= today}),
            "closed": any(day[:10] < today for day in closing) or any(line.closes for line in own),
        },
    )


async def _lines(
    session: AsyncSession, config: Config, channel: Channel, since: datetime, until: datetime
) -> list[Line]:
    total: Mapping[int, Counts] = await counting.counts_by_invitation(session, until=until)
    new = await counting.counts_by_invitation(session, since, until)
    put = await register.invitations(session)
    decided = await record.closing_times(session, [invitation.id for invitation, _ in put])
    agreed = await further.standing(session, config, put)
    lines = []
    for invitation, posts in put:
        for post in posts:
            if (post.platform, post.channel_name) == (channel.platform, channel.name) and invitation.opened_at <= until:
                key, closing = invitation.id, publishing.closing_of(invitation, decided)
                counts, recent = total.get(key, Counts()), new.get(key, Counts()).comments
                lines.append(Line(invitation, post, counts, recent, closing, key in decided, agreed[key]))
    return lines


async def _near_meeting(session: AsyncSession, sub_committee: str, now: datetime) -> Meeting | None:
    """The next meeting, if it is within five Working Days of today."""
    today = dates.london(now).date()
    query = select(Meeting).where(Meeting.sub_committee == sub_committee, Meeting.date >= today).order_by(Meeting.date)
    meeting = await session.scalar(query.limit(1))
    if meeting is None or meeting.date is None or working_days_until(today, meeting.date) > NEAR:
        return None
    return meeting


def _papers(lines: Sequence[Line], since: datetime, until: datetime) -> list[tuple[Paper, int]]:
    """Papers put to the Sub-Committee in that time, with how many proposals each."""
    raised = [line for line in lines if since < line.invitation.opened_at <= until]
    papers = {line.invitation.item.paper.id: line.invitation.item.paper for line in raised}
    return [(paper, sum(line.invitation.item.paper_id == key for line in raised)) for key, paper in papers.items()]


def _happened(lines: Sequence[Line], since: datetime, until: datetime) -> list[tuple[Line, Changes]]:
    """What came to be recorded of proposals in that time, each beside the latest post on it."""
    latest = {line.invitation.item.proposal_id: line for line in lines}
    changes = [(line, changes_of(line.invitation.item.proposal, since, until)) for line in latest.values()]
    return [(line, found) for line, found in changes if found.recorded or found.taken_back]


def _all_papers(lines: Sequence[Line]) -> list[Paper]:
    return [line.invitation.item.paper for line in lines]


async def _claim(session: AsyncSession, job: str, due: datetime, now: datetime) -> bool:
    statement = insert(Occurrence).values(job=job, local_time=dates.local(due), done_at=now)
    return (await session.execute(statement.on_conflict_do_nothing().returning(Occurrence.job))).first() is not None


async def _week_was_told(session: AsyncSession, job: str, due: datetime, now: datetime) -> bool:
    """Whether this time is only past because the channel's time was changed after the week's digest.

    Two digests are less than a week apart only after such a change. A new time that is still to come has its digest;
    of one that has passed, what was new is told a week later. It is not claimed, so that the next one looks back to
    the last that was sent.
    """
    query = select(func.max(Occurrence.local_time)).where(Occurrence.job == job)
    last = await session.scalar(query)
    if last is None or last == dates.local(due):
        return False
    late = now - due > _IN_TIME
    return last > dates.local(due) or (
        late and datetime.fromisoformat(dates.local(due)) - datetime.fromisoformat(last) < _APART
    )


async def _previous(session: AsyncSession, channel: Channel, until: datetime) -> datetime:
    """When the digest before this one was due (UTC); a week before where there was none."""
    query = select(Occurrence.local_time).where(
        Occurrence.job == job_of(channel.platform, channel.name), Occurrence.local_time < dates.local(until)
    )
    before = await session.scalar(query.order_by(Occurrence.local_time.desc()).limit(1))
    if before is None:
        return until - _WEEK
    return datetime.fromisoformat(before).replace(tzinfo=dates.LONDON)


def job_of(platform: str, channel_name: str) -> str:
    """The name under which a channel's digests are kept."""
    return f"digest {platform} {channel_name}"
