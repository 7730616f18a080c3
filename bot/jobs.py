"""Everything that runs by the clock: one table of jobs, each a transaction that may be repeated."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot import reports
from bot.compilation import CommentsDocument
from bot.domain import Classification, Message
from bot.errors import UserError
from bot.models import CompileRequest, Document
from bot.services import acting, compiling, digesting, linking, outstanding, purging, showing, sweeping
from bot.services.desk import Desk

# A document waits no longer for its threads to be read.
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Job:
    """`every` is how often it looks whether there is something to do; what is due is decided by the database."""

    name: str
    every: timedelta
    run: Callable[[Desk], Awaitable[None]]


async def send_digests(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await digesting.send_due(session, desk.config, desk.outbox, desk.clock())
        await outstanding.send_due(session, desk.config, desk.outbox, desk.clock())


async def refresh_counts(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await showing.refresh_counts(session, desk.config, desk.outbox, desk.clock())


async def purge_words(desk: Desk) -> None:
    async with desk.sessions.begin() as session:
        await purging.purge(session, desk.config.retention.sealed_words_days, desk.clock())


async def sweep(desk: Desk) -> None:
    """Read one page of a thread that is to be read again: one at a time is well within every platform's limits."""
    if not desk.messengers:
        return
    async with desk.sessions.begin() as session:
        await sweeping.queue_nightly(session, desk.config.sweep.nightly, desk.clock())
    await sweeping.step(desk)


async def sweep_all(desk: Desk) -> None:
    """When dpbot starts: have every thread read, for what happened while it was away."""
    async with desk.sessions.begin() as session:
        await sweeping.queue(session, desk.clock())


async def compile_requested(desk: Desk) -> None:
    """Draft every document that was asked for, write its files, queue them for SECAS. Writing holds no transaction.

    The proposal's threads are read first. Where the platform asks to wait, the job is left, and comes back.
    """
    while (request := await _next_request(desk)) is not None:
        if desk.messengers and request.document_id is None and not await _swept(desk, request):
            return
        try:
            document = await _draft(desk, request.id)
            files = await asyncio.to_thread(_files, document, desk.config.template_directories)
        except UserError as error:
            await _give_up(desk, request, error)
            continue
        try:
            async with desk.sessions.begin() as session:
                asked = await session.get_one(CompileRequest, request.id)
                if asked.document_id is None:
                    continue  # words in it were sealed meanwhile: it is drafted anew
                await _deliver(session, desk, asked.document_id, document, files)
                asked.done_at = desk.clock()
        except UserError as error:
            await _give_up(desk, request, error)


async def _deliver(
    session: AsyncSession, desk: Desk, document_id: int, document: CommentsDocument, files: list[tuple[str, bytes]]
) -> None:
    """Queue a document for SECAS's channel: its files, or a message that links to them."""
    secas, mark, now = desk.config.secas, document.compilation.classification, desk.clock()
    messenger = desk.messengers.get(secas.platform)
    if messenger is None or messenger.capabilities.files:
        for name, content in files:
            message = Message("document", {"document": document, "name": name})
            await desk.outbox.file(session, secas.platform, secas.channel, name, content, message, mark, now)
        return
    links = await linking.links(session, desk.config, document_id, document, now)
    addresses = [(link.name, link.address) for link in links]
    message = Message("document", {"document": document, "name": linking.title(document), "addresses": addresses})
    key = linking.key_of(secas.channel, document)
    await desk.outbox.announce(session, secas.platform, secas.channel, message, key, mark, now)


async def _next_request(desk: Desk) -> CompileRequest | None:
    async with desk.sessions.read() as session:
        return await compiling.next_request(session)


async def _swept(desk: Desk, request: CompileRequest) -> bool:
    """Whether the threads were read since it was asked for; after a while the receipt says that they could not be."""
    asked = request.requested_at
    async with desk.sessions.begin() as session:
        posts = await sweeping.queue(session, desk.clock(), proposal_id=request.proposal_id, since=asked)
    while await sweeping.step(desk, posts):
        pass
    async with desk.sessions.begin() as session:
        if desk.clock() - asked > PATIENCE:
            await sweeping.give_up(session, posts, desk.clock())
        return not await sweeping.unfinished(session, posts)


async def _draft(desk: Desk, request_id: int) -> CommentsDocument:
    """The request's draft, which is kept with it: a second try makes no second one."""
    async with desk.sessions.begin() as session:
        request = await session.get_one(CompileRequest, request_id)
        if request.document_id is None:
            reference = await compiling.reference_of(session, request)
            asked = acting.analyst(desk.config, request.requested_by)
            request.document_id = (await compiling.draft(session, desk.config, reference, asked, desk.clock())).id
        return compiling.document(await session.get_one(Document, request.document_id))


async def _give_up(desk: Desk, request: CompileRequest, error: UserError) -> None:
    """Say in SECAS's channel why there is no document; those who asked after it are not kept waiting."""
    async with desk.sessions.begin() as session:
        channel, key = desk.config.secas.channel, f"compile request {request.id}"
        message = Message("error", {"sentence": str(error)})
        await desk.outbox.announce(
            session, desk.config.secas.platform, channel, message, key, Classification.WHITE, desk.clock()
        )
        (await session.get_one(CompileRequest, request.id)).done_at = desk.clock()


def _files(document: CommentsDocument, directories: Sequence[Path]) -> list[tuple[str, bytes]]:
    return [(name, content) for name, content in reports.files(document, directories)]


JOBS = (
    Job("digests", timedelta(seconds=5), send_digests),
    Job("counts", timedelta(seconds=5), refresh_counts),
    Job("compile requests", timedelta(seconds=2), compile_requested),
    Job("sweep", timedelta(seconds=2), sweep),
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
