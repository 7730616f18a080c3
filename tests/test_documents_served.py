"""Documents by link, where files cannot be put into a channel: for whoever has it, for a while, as the record is."""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from yarl import URL

from bot import jobs
from bot.config import Http, Templates
from bot.decisions import Actor, Role
from bot.domain import Reference
from bot.messenger import Capabilities
from bot.models import CompileRequest, Document, OutboxEntry
from bot.outbox import State
from bot.rules.refs import RefName
from bot.services import compiling, forgetting, identities, linking, sorting
from bot.services.linking import Link
from bot.web import add_pages
from handlers.sandbox.teams import cards
from tests.house import OPERATOR, House, open_house, published
from tests.sides.teams_house import teams_house

SITE = "https://dpbot.secas.example"
WORDS = "Issue: billing is wrong after every exchange."


@asynccontextmanager
async def house_with_links(folder: Path, address: str = SITE) -> AsyncIterator[House]:
    """A house whose platform takes no files into channels. Ada has commented on DP092."""
    async with open_house(folder) as house, house.connected():
        house.desk = replace(house.desk, config=house.desk.config.model_copy(update={"http": Http(address=address)}))
        assert house.messenger
        house.messenger.capabilities = Capabilities(files=False)
        await published(house)
        await house.ada.replies(house.post(), WORDS)
        await house.workspace.settled()
        yield house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with house_with_links(tmp_path) as found:
        yield found


async def linked(house: House) -> dict[str, Link]:
    """The analyst asks for the document; its links by the name of the file."""
    await house.robin.types(house.channel, "/dp compile DP092")
    await jobs.compile_requested(house.desk)
    async with house.desk.sessions.begin() as session:
        stored = (await session.scalars(select(Document).order_by(Document.id.desc()))).first()
        assert stored
        document = compiling.document(stored)
        found = await linking.links(session, house.desk.config, stored.id, document, house.clock())
    return {each.name: each for each in found}


async def opens(house: House, address: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """What a browser is given at this address of dpbot's server."""
    site = web.Application()
    add_pages(site, house.desk)
    async with TestServer(site) as server, aiohttp.ClientSession() as browser:
        url = URL(address.replace(SITE, f"http://127.0.0.1:{server.port}"), encoded=True)
        async with browser.request(method, url) as answer:
            return answer.status, dict(answer.headers), await answer.read()


def of_kind(links: dict[str, Link], ending: str) -> Link:
    return next(link for name, link in links.items() if name.endswith(ending))


async def test_secas_is_told_of_a_document_once_and_its_links_give_the_files(house: House) -> None:
    links = await linked(house)
    await house.ticks()

    assert list(links) == [
        "DP092 Comments v0.1.docx",
        "DP092 Comments v0.1.md",
        "DP092 Comments v0.1.json",
        "DP092 Comments v0.1 (restricted).docx",
    ]
    assert [link.restricted for link in links.values()] == [False, False, False, True]
    assert house.workspace.files(house.secas) == []
    told = [m["text"] for m in house.workspace.messages(house.secas) if "DP092 Comments v0.1" in str(m["text"])]
    assert len(told) == 1
    status, headers, content = await opens(house, of_kind(links, ".md").address)
    assert (status, WORDS.removeprefix("Issue: ") in content.decode()) == (200, True)
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''DP092%20Comments%20v0.1.md"
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
    status, headers, content = await opens(house, of_kind(links, "(restricted).docx").address)
    assert (status, content[:2]) == (200, b"PK")
    assert "wordprocessingml" in headers["Content-Type"]


async def test_in_teams_secas_is_sent_one_card_that_links_to_every_file(tmp_path: Path) -> None:
    async with teams_house(tmp_path) as house:
        await house.publishes()
        await house.ada.replies(house.post(), WORDS)
        await house.robin.types(house.workspace.direct(house.robin), "compile DP092")
        await jobs.compile_requested(house.desk)
        await house.sends()
        (card,) = [m["card"] for m in house.workspace.messages(house.secas) if "DP092 Comments v0.1" in str(m)]
        named = [part["title"] for part in cards.walk(card) if "/documents/" in part.get("url", "")]

        assert len(named) == 4
        files = await house.house.side.files(house.secas)
        assert [file.name for file in files] == named
        assert all(len(file.content) > 500 for file in files)


async def test_a_link_that_was_tampered_with_or_made_up_opens_nothing_and_nothing_is_listed(house: House) -> None:
    links = await linked(house)
    public, restricted = of_kind(links, ".docx").address, of_kind(links, "(restricted).docx").address
    document = re.search(r"/documents/(\d+)/", public)
    assert document
    wrong = [
        restricted.split("?")[0] + "?" + public.split("?")[1],  # the public edition's signature
        public.replace(f"/documents/{document[1]}/", "/documents/9/"),
        re.sub(r"until=(\d)", r"until=9\1", public),
        public[:-1] + ("0" if public[-1] != "0" else "1"),
        public.split("&mac")[0],
        public.split("?")[0],
        public.replace("until=", "until=%D9%A1"),
        public.replace("mac=", "mac=%C3%A9"),
        f"{SITE}/documents/{'9' * 30}/x?until=1&mac=1",
        f"{SITE}/documents/..%2f..%2fetc/passwd?until=1&mac=1",
    ]
    answers = {(status, content) for status, _, content in [await opens(house, each) for each in wrong]}

    assert answers == {
        (404, b"There is no document at this address: open it from dpbot's message, or compile a new draft.\n")
    }
    for nothing in (f"{SITE}/documents", f"{SITE}/documents/", f"{SITE}/documents/{document[1]}"):
        assert (await opens(house, nothing))[0] == 404
    assert (await opens(house, public, "POST"))[0] == 405
    assert (await opens(house, public, "HEAD"))[0] == 405


async def test_a_link_ends_after_a_week_and_that_to_names_after_a_day(house: House) -> None:
    links = await linked(house)
    house.clock.forward(hours=23, minutes=59)
    assert (await opens(house, of_kind(links, "(restricted).docx").address))[0] == 200
    house.clock.forward(minutes=1)
    status, _, words = await opens(house, of_kind(links, "(restricted).docx").address)

    assert status == 410
    assert words.decode() == (
        "This link could be opened until 10am on 31 October 2019: compile a new draft for a new one.\n"
    )
    house.clock.forward(days=5, hours=23)
    assert (await opens(house, of_kind(links, ".md").address))[0] == 200
    house.clock.forward(hours=1)
    assert (await opens(house, of_kind(links, ".md").address))[0] == 410


async def test_words_that_were_taken_back_or_are_now_in_confidence_are_not_in_what_a_link_gives(house: House) -> None:
    reply = await house.cara.replies(house.post(), "Impacts: we could not meet our licence.")
    await house.workspace.settled()
    links = await linked(house)
    before = json.loads((await opens(house, of_kind(links, ".json").address))[2])
    await house.cara.deletes(reply)
    await house.workspace.settled()
    after = json.loads((await opens(house, of_kind(links, ".json").address))[2])

    assert [each["ref"] for each in after["comments"]] == [each["ref"] for each in before["comments"]]
    assert "licence" in str(before)
    assert "licence" not in str(after)
    assert "[no longer part of the record]" in str(after)
    assert WORDS.removeprefix("Issue: ") in str(after)


async def test_a_message_with_links_that_waits_is_taken_back_with_the_words_in_it(house: House) -> None:
    reply = await house.cara.replies(house.post(), "Impacts: we could not meet our licence.")
    await house.workspace.settled()
    await linked(house)
    await house.cara.deletes(reply)
    await house.workspace.settled()

    assert not [e for e in await house.outbox() if e.key.startswith("links:") and e.state != State.REFUSED]
    async with house.desk.sessions.read() as session:
        assert (await session.scalars(select(CompileRequest.done_at))).all() == [None]
        assert (await session.scalars(select(OutboxEntry.key).where(OutboxEntry.key.startswith("links:")))).all() == []


async def test_without_an_address_secas_is_told_what_to_set(tmp_path: Path) -> None:
    async with house_with_links(tmp_path, address="") as house:
        await house.robin.types(house.channel, "/dp compile DP092")
        await house.ticks()

        assert "set [http] address in config.toml" in str(house.workspace.messages(house.secas))
        assert (await opens(house, f"{SITE}/about"))[0] == 404


async def test_the_page_that_the_package_names_says_what_is_kept_and_whom_to_ask(house: House) -> None:
    status, headers, words = await opens(house, f"{SITE}/about")

    assert (status, headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert b"change.team@secas.example" in words
    assert b"deleted 30 days later" in words


async def test_who_was_erased_and_what_was_withheld_are_in_nothing_that_an_earlier_link_gives(house: House) -> None:
    await house.ben.replies(house.post(), "Impacts: as Ada Firth says, it costs more.")
    await house.cara.replies(house.post(), "Impacts: our site 4711 is closed.")
    await house.workspace.settled()
    links, analyst = await linked(house), Actor("robin", frozenset({Role.ANALYST}))
    before = "".join([await words_at(house, link) for link in links.values()])
    assert [word in before for word in ("Ada Firth", "billing is wrong", "site 4711")] == [True] * 3
    async with house.desk.sessions.begin() as session:
        person = await identities.find(session, "ada.firth@northshire.example")
        await forgetting.forget(session, person, OPERATOR, house.clock())
        withheld = RefName(Reference(92), "V", 3)
        await sorting.withhold(session, withheld, "It names a site.", analyst, house.clock())

    after = {name: await words_at(house, link) for name, link in links.items()}
    for words in after.values():
        assert [word in words for word in ("Ada Firth", "billing is wrong", "site 4711")] == [False] * 3
        assert "it costs more" in words


async def test_a_document_that_cannot_be_written_says_what_is_wrong_and_is_kept_nowhere(
    house: House, tmp_path: Path
) -> None:
    links = await linked(house)
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "comments.md").write_text("{% if %}", "utf-8")
    templates = Templates(directory=str(tmp_path))
    house.desk = replace(house.desk, config=house.desk.config.model_copy(update={"templates": templates}))
    status, headers, words = await opens(house, of_kind(links, ".md").address)
    assert (status, headers["Cache-Control"]) == (500, "no-store")
    assert words.startswith(b"The md template of the Comments document cannot be used:")
    assert (await opens(house, of_kind(links, ".json").address))[0] == 200


async def words_at(house: House, link: Link) -> str:
    content = (await opens(house, link.address))[2]
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
