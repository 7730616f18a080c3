"""Everything that runs by the clock: one table of jobs, each a transaction that may be repeated."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import reports
from bot.domain import CommentsDocument, Message
from bot.errors import UserError
from bot.models import CompileRequest, Document
from bot.services import compiling, digesting, publishing, purging
from bot.services.desk import Desk


@dataclass(frozen=True)
class Job:
    """`every` is how often it looks whether there is something to do; what is due is decided by the database."""

    name: str
    every: timedelta
    run: Callable[[Desk], Awaitable[None]]


async def send_digests(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await digesting.send_due(session, desk.config, desk.outbox, desk.clock())


async def refresh_counts(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await publishing.refresh_counts(session, desk.config, desk.outbox, desk.clock())


async def purge_words(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await purging.purge(session, desk.config.retention.sealed_words_days, desk.clock())


async def compile_requested(desk: Desk) -> None:
    """Draft every document that was asked for, write its files, queue them for SECAS. Writing holds no transaction."""
    while (request := await _next_request(desk)) is not None:
        try:
            document = await _draft(desk, request.id)
            files = await asyncio.to_thread(_files, document, desk.config.template_directories)
        except UserError as error:
            await _give_up(desk, request, error)
            continue
        async with desk.sessions.begin() as session:
            for name, content in files:
                message = Message("document", {"document": document, "name": name})
                channel = desk.config.secas.channel
                await desk.outbox.file(session, request.platform, channel, name, content, message, desk.clock())
            (await session.get_one(CompileRequest, request.id)).done_at = desk.clock()


async def _next_request(desk: Desk) -> CompileRequest | None:
    async with desk.sessions.read() as session:
        return await compiling.next_request(session)


async def _draft(desk: Desk, request_id: int) -> CommentsDocument:
    """The request's draft, which is kept with it: a second try makes no second one."""
    async with desk.sessions.begin() as session:
        request = await session.get_one(CompileRequest, request_id)
        if request.document_id is None:
            reference = await compiling.reference_of(session, request)
            request.document_id = (await compiling.draft(session, desk.config, reference, desk.clock())).id
        return compiling.document(await session.get_one(Document, request.document_id))


async def _give_up(desk: Desk, request: CompileRequest, error: UserError) -> None:
    """Say in SECAS's channel why there is no document; those who asked after it are not kept waiting."""
    async with desk.sessions.begin() as session:
        channel, key = desk.config.secas.channel, f"compile request {request.id}"
        message = Message("error", {"sentence": str(error)})
        await desk.outbox.announce(session, request.platform, channel, message, key, desk.clock())
        (await session.get_one(CompileRequest, request.id)).done_at = desk.clock()


def _files(document: CommentsDocument, directories: Sequence[Path]) -> list[tuple[str, bytes]]:
    return [(reports.file_name(document, f), reports.write(document, f, directories)) for f in reports.Format]


JOBS = (
    Job("digests", timedelta(seconds=5), send_digests),
    Job("counts", timedelta(seconds=5), refresh_counts),
    Job("compile requests", timedelta(seconds=2), compile_requested),
    Job("purge", timedelta(hours=1), purge_words),
)


@asynccontextmanager
async def keeping_time(desk: Desk) -> AsyncIterator[None]:
    """Run every job by the clock while the block lasts. A job that is late runs once; one under way is finished."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns when a job is still at work: that is as meant
    scheduler, turn = AsyncIOScheduler(timezone="UTC"), asyncio.Lock()

    async def run(job: Job) -> None:
        async with turn:
            await job.run(desk)

    for job in JOBS:
        seconds = job.every.total_seconds()
        scheduler.add_job(run, "interval", args=[job], seconds=seconds, id=job.name, coalesce=True, max_instances=1)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        async with turn:
            scheduler.shutdown(wait=False)
