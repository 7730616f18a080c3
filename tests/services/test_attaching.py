"""Problem statements: held once each, superseded and never changed, and named wherever the proposal is shown."""

import hashlib

import pytest
from sqlalchemy import select

from bot.config import Config
from bot.db import Sessions
from bot.domain import Reference, Version
from bot.errors import UserError, WrongUsage
from bot.models import ProblemStatement
from bot.services import acting, attaching, compiling, snapshot
from bot.services.attaching import Attached, File, Link
from tests.house import House
from tests.services.hearing import NOW, Record

BY = "robin.ainsley@secas.example"
ADDRESS = "https://secas.example/dp092?a=1&b=2"
LINK = Link(ADDRESS)
FILE = File("DP092 draft.docx", b"PK words of a draft")
DP092 = Reference(92)
CIRCULATED = "circulated with the paper: Appendix E to OPSG_26_0511_16 (29 October 2019)"


async def attach(
    sessions: Sessions, document: File | Link = LINK, version: str = "0.1", status: str = "draft", number: int = 92
) -> Attached:
    async with sessions.begin() as session:
        chosen = attaching.version_of(version)
        return await attaching.attach(session, Reference(number), chosen, status, document, BY, NOW)


async def held(sessions: Sessions) -> list[tuple[str, str, str | None]]:
    async with sessions.read() as session:
        found = await session.scalars(select(ProblemStatement).order_by(ProblemStatement.id))
        return [(str(one.version), one.status, one.link or one.file_name) for one in found]


# --- held -------------------------------------------------------------------------------------------------------------


async def test_a_file_is_held_with_its_bytes_and_who_attached_it(record: Record) -> None:
    attached = await attach(record.sessions, FILE)

    assert attached.stored
    async with record.sessions.read() as session:
        (found,) = await attaching.held(session, attached.item.proposal_id)
    assert (found.file_name, found.content, found.link) == ("DP092 draft.docx", b"PK words of a draft", None)
    assert found.sha256 == hashlib.sha256(b"PK words of a draft").hexdigest()
    assert (found.version, found.status, found.by, found.at) == (Version(0, 1), "draft", BY, NOW)


async def test_a_files_name_is_kept_without_folders_and_without_what_steers_a_terminal(record: Record) -> None:
    attached = await attach(record.sessions, File("../in/\x1b[31mred\u202e.docx", b"PK words"))

    assert attached.statement.file_name == "[31mred .docx"


async def test_a_long_name_is_cut_and_keeps_its_kind(record: Record) -> None:
    attached = await attach(record.sessions, File(f"{'a' * 200}.PDF", b"%PDF-1.7 words"))

    assert attached.statement.file_name == f"{'a' * 80}….PDF"


@pytest.mark.parametrize("document", [LINK, FILE], ids=["link", "file"])
async def test_the_same_again_changes_nothing(record: Record, document: File | Link) -> None:
    first, again = await attach(record.sessions, document), await attach(record.sessions, document)

    assert (first.stored, again.stored) == (True, False)
    assert len(await held(record.sessions)) == 1


@pytest.mark.parametrize(
    ("document", "status", "sentence"),
    [
        (
            File("DP092 draft.docx", b"PK other words"),
            "draft",
            "DP092 v0.1 is held since 30 October 2019 and is another",
        ),
        (LINK, "draft", "DP092 v0.1 is held since 30 October 2019 and is another document: nothing was changed."),
        (FILE, "approved", "DP092 v0.1 is held since 30 October 2019 as draft: nothing was changed."),
    ],
    ids=["other bytes", "a link", "another status"],
)
async def test_a_version_is_never_another_document(
    record: Record, document: File | Link, status: str, sentence: str
) -> None:
    await attach(record.sessions, FILE)

    with pytest.raises(UserError, match=sentence):
        await attach(record.sessions, document, status=status)
    assert await held(record.sessions) == [("v0.1", "draft", "DP092 draft.docx")]


async def test_the_highest_version_supersedes_the_others_in_whatever_order_they_come(record: Record) -> None:
    for version, status in (("0.9", "draft"), ("1.0", "approved"), ("0.10", "draft")):
        attached = await attach(record.sessions, LINK, version, status)

    assert str(attached.newest and attached.newest.version) == "v1.0"
    async with record.sessions.read() as session:
        listed = await attaching.held(session, attached.item.proposal_id)
    assert [str(one.version) for one in listed] == ["v1.0", "v0.10", "v0.9"]


# --- refused ----------------------------------------------------------------------------------------------------------


async def test_a_proposal_that_no_paper_has_is_one_sentence(record: Record) -> None:
    with pytest.raises(UserError, match=r"DP777 is in no paper that was imported: check the number\."):
        await attach(record.sessions, number=777)


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "http:///path",
        "https://secas.example:port/",
        "https://secas.example:0/",
        "https://ada:word@secas.example/",
        "https://secas.example/a b",
        "https://secas.example/a|b",
        "https://secas.example/<!channel>",
        "https://secas.example/\u202egnp.exe",
        "https://secas.example/\n",
        "https://secas.example/" + "a" * 2000,
    ],
)
async def test_a_link_that_could_not_be_shown_is_refused(record: Record, address: str) -> None:
    with pytest.raises(UserError, match="That is no link dpbot can show"):
        await attach(record.sessions, Link(address))
    assert await held(record.sessions) == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (File("a.exe", b"MZ"), r"a\.exe is not held: allowed are \.docx, \.pdf, \.md and \.txt files, and links\."),
        (File("a", b"words"), "a is not held"),
        (File("a.pdf", b" \n"), "a.pdf is empty: a problem statement must hold something."),
        (
            File("a.pdf", b"words"),
            r"a\.pdf is no PDF file, whatever its name says: attach the document itself, or a link",
        ),
        (
            File("a.docx", b"%PDF-1.7"),
            r"a\.docx is no Word document, whatever its name says: attach the document itself",
        ),
        (File("a.pdf", b"a" * 20_000_001), "a.pdf is too large: at most 20 MB are held; attach a link to it instead."),
    ],
    ids=["kind", "no kind", "empty", "no PDF", "no Word document", "too large"],
)
async def test_a_file_that_is_not_held_is_one_sentence(record: Record, file: File, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        await attach(record.sessions, file)


@pytest.mark.parametrize("typed", ["0.1", "v0.1", "V10.0", " 1.2 "])
def test_a_version_is_two_numbers(typed: str) -> None:
    assert str(attaching.version_of(typed)) == f"v{typed.strip().lower().removeprefix('v')}"


@pytest.mark.parametrize("typed", ["", "1", "0.0", "0.01", "1.2.3", "-1.0", "1000.0", "one", "1.٣"])
def test_what_is_no_version_is_one_sentence(typed: str) -> None:
    with pytest.raises(WrongUsage, match="is no version: allowed are two numbers"):
        attaching.version_of(typed)


def test_a_status_is_one_of_two() -> None:
    assert attaching.status_of("Draft") == "draft"
    with pytest.raises(WrongUsage, match="'final' is no status: allowed is draft or approved"):
        attaching.status_of("final")


# --- shown ------------------------------------------------------------------------------------------------------------


async def test_a_post_that_is_out_names_the_statement_with_its_link(house: House) -> None:
    assert "Appendix E, draft: circulated with the paper, not held here" in house.post_text()
    await attach(house.desk.sessions)
    await house.ticks()

    text = house.post_text()
    assert "Problem statement: v0.1, draft (Appendix E)  <https://secas.example/dp092?a=1&b=2|Open>" in text
    assert "not held here" not in text
    assert "not held here" in house.post_text("DP091")


async def test_a_post_that_was_queued_before_is_shown_anew_once_it_is_out(quiet_house: House) -> None:
    house = quiet_house
    await house.imports()
    await house.queues()
    await attach(house.desk.sessions, FILE)
    await house.ticks()
    assert "not held here" in house.post_text()

    house.clock.forward(minutes=2)
    await house.ticks()
    assert "Problem statement: v0.1, draft (Appendix E): held by SECAS" in house.post_text()


async def test_a_post_made_later_names_the_statement_at_once(quiet_house: House) -> None:
    await quiet_house.imports()
    await attach(quiet_house.desk.sessions, FILE)
    await quiet_house.publishes()

    assert "v0.1, draft (Appendix E): held by SECAS" in quiet_house.post_text()


async def test_of_a_later_version_the_appendix_is_not_said_to_be_it(house: House) -> None:
    await attach(house.desk.sessions)
    await attach(house.desk.sessions, LINK, "0.2")
    await house.ticks()

    assert "v0.2, draft (Appendix E was circulated with the paper)  <https" in house.post_text()


async def test_show_names_the_statement(house: House) -> None:
    await attach(house.desk.sessions)
    answer = await house.ada.types(house.channel, "/dp show 92")

    assert "Problem statement: v0.1, draft (Appendix E)  <https://secas.example/dp092?a=1&amp;b=2|Open>" in str(answer)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (LINK, f"v0.1, draft: {ADDRESS}; circulated with the paper: Appendix E to OPSG_26_0511_16 (29 October 2019)"),
        (
            FILE,
            "v0.1, draft: held by SECAS; circulated with the paper: Appendix E to OPSG_26_0511_16 (29 October 2019)",
        ),
    ],
    ids=["link", "file"],
)
async def test_the_comments_document_names_the_statement(record: Record, document: File | Link, words: str) -> None:
    await attach(record.sessions, document)

    async with record.sessions.read() as session:
        compilation = await snapshot.compile_comments(session, record.config, DP092, NOW)
    assert compilation.problem_statement == words


async def test_a_draft_compiled_before_a_statement_came_is_not_issued(record: Record, config: Config) -> None:
    async with record.sessions.begin() as session:
        await compiling.draft(session, config, DP092, acting.analyst(config, BY), NOW)
    await attach(record.sessions)

    async with record.sessions.begin() as session:
        with pytest.raises(UserError, match="The record of DP092 changed since draft"):
            await compiling.issue(session, config, DP092, acting.analyst(config, BY), NOW)
