"""What tests of compiling share: a draft, an issue, the names of its files and its words in each format."""

import io
import re
import zipfile

from bot import reports
from bot.compilation import CommentsDocument, Compilation
from bot.domain import Reference
from bot.reports import Format
from bot.reports.editions import editions
from bot.services import acting, compiling
from tests.house import House

DP092 = Reference(92)
ANALYST = "robin.ainsley@secas.example"


async def draft(house: House, reference: Reference = DP092) -> CommentsDocument:
    async with house.desk.sessions.begin() as session:
        config, drafter = house.desk.config, acting.analyst(house.desk.config, ANALYST)
        return compiling.document(await compiling.draft(session, config, reference, drafter, house.clock()))


async def issue(house: House, by: str = ANALYST, reference: Reference = DP092, release: str = "") -> CommentsDocument:
    async with house.desk.sessions.begin() as session:
        config, issuer = house.desk.config, acting.analyst(house.desk.config, by)
        issued = await compiling.issue(session, config, reference, issuer, house.clock(), release=release)
        return compiling.document(issued)


async def compiled(house: House, reference: Reference = DP092) -> Compilation:
    return (await draft(house, reference)).compilation


def file_names(*documents: str) -> list[str]:
    """What is delivered of a document by this name where one Sub-Committee was invited."""
    return [f"{name}{suffix}" for name in documents for suffix in (".docx", ".md", ".json", " (restricted).docx")]


def texts(compilation: Compilation) -> list[tuple[str, str]]:
    return [(comment.ref, comment.text) for comment in compilation.comments]


def files(document: CommentsDocument) -> dict[Format, str]:
    """All the words of the public edition in each of its formats."""
    public = editions(document)[0]
    found = {form: reports.write(public, form) for form in Format}
    with zipfile.ZipFile(io.BytesIO(found[Format.DOCX])) as word:
        parts = [word.read(name).decode() for name in word.namelist() if name.endswith((".xml", ".rels"))]
    docx = re.sub(r"<[^>]*>", "", " ".join(parts)) + " ".join(parts)
    return {
        Format.DOCX: docx,
        Format.MARKDOWN: found[Format.MARKDOWN].decode(),
        Format.JSON: found[Format.JSON].decode(),
    }
