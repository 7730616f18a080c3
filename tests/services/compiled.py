"""What tests of compiling share: a draft, an issue and its words in each format."""

import io
import re
import zipfile

from bot import reports
from bot.domain import CommentsDocument, Compilation, Reference
from bot.reports import Format
from bot.services import compiling
from tests.house import House

DP092 = Reference(92)
ANALYST = "robin.ainsley@secas.example"


async def draft(house: House, reference: Reference = DP092) -> CommentsDocument:
    async with house.desk.sessions.begin() as session:
        return compiling.document(await compiling.draft(session, house.desk.config, reference, house.clock()))


async def issue(house: House, by: str = ANALYST, reference: Reference = DP092) -> CommentsDocument:
    async with house.desk.sessions.begin() as session:
        return compiling.document(await compiling.issue(session, house.desk.config, reference, by, house.clock()))


async def compiled(house: House, reference: Reference = DP092) -> Compilation:
    return (await draft(house, reference)).compilation


def texts(compilation: Compilation) -> list[tuple[str, str]]:
    return [(comment.ref, comment.text) for comment in compilation.comments]


def files(document: CommentsDocument) -> dict[Format, str]:
    """All the words of the document in each of its formats."""
    found = {form: reports.write(document, form) for form in Format}
    with zipfile.ZipFile(io.BytesIO(found[Format.DOCX])) as word:
        parts = [word.read(name).decode() for name in word.namelist() if name.endswith((".xml", ".rels"))]
    docx = re.sub(r"<[^>]*>", "", " ".join(parts)) + " ".join(parts)
    return {
        Format.DOCX: docx,
        Format.MARKDOWN: found[Format.MARKDOWN].decode(),
        Format.JSON: found[Format.JSON].decode(),
    }
