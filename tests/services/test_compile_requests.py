"""What `/dp compile` asked for and cannot be compiled is said once, and stops nothing else."""

from pathlib import Path

from sqlalchemy import select, update

from bot import jobs
from bot.domain import Classification
from bot.models import Document, Paper
from bot.papers import read_paper
from tests.house import PAPER, House, open_house, published
from tests.papers.conftest import SHORT_PAPER
from tests.services.compiled import file_names


def told_secas(house: House) -> list[str]:
    return [str(message["text"]) for message in house.workspace.messages(house.secas) if not message.get("files")]


async def drafts(house: House) -> int:
    async with house.desk.sessions.read() as session:
        return len((await session.scalars(select(Document))).all())


async def asks_for(house: House, *references: str) -> None:
    for reference in references:
        await house.robin.types(house.channel, f"/dp compile {reference}")


async def test_what_a_broken_template_stops_is_said_once_and_the_next_request_is_compiled(tmp_path: Path) -> None:
    own = tmp_path / "own/report"
    own.mkdir(parents=True)
    (own / "comments.md").write_text('{% if proposal.reference == "DP092" %}{{ nothing }}{% endif %}Fine.', "utf-8")
    async with (
        open_house(tmp_path, lambda text: text + f'[templates]\ndirectory = "{own.parent}"\n') as house,
        house.connected(),
    ):
        await published(house)
        await asks_for(house, "DP092", "DP093")

        for _ in range(3):
            await house.ticks()

        assert told_secas(house) == [
            "The md template of the Comments document cannot be used: 'nothing' is undefined.",
        ]
        assert [file.name for file in house.workspace.files(house.secas)] == file_names("DP093 Comments v0.1")
        made = await drafts(house)
        (own / "comments.md").write_text("Mended.", "utf-8")
        await house.ticks()
        assert await drafts(house) == made
        assert len(house.workspace.files(house.secas)) == 4


async def test_asked_again_after_the_template_is_mended_it_is_compiled(tmp_path: Path) -> None:
    own = tmp_path / "own/report"
    own.mkdir(parents=True)
    (own / "comments.md").write_text("{% if %}", "utf-8")
    async with (
        open_house(tmp_path, lambda text: text + f'[templates]\ndirectory = "{own.parent}"\n') as house,
        house.connected(),
    ):
        await published(house)
        await asks_for(house, "DP092")
        await house.ticks()
        assert house.workspace.files(house.secas) == []
        (own / "comments.md").write_text("Mended.", "utf-8")

        await asks_for(house, "DP092")
        await house.ticks()

        assert len(house.workspace.files(house.secas)) == 4
        assert len(told_secas(house)) == 1


async def test_a_paper_whose_classification_changed_is_said_once_and_the_next_request_is_compiled(house: House) -> None:
    other = SHORT_PAPER.replace("OPSG_26_0511_16", "OPSG_26_0511_17")
    await house.imports(read_paper("other.txt", other.encode()), b"other")
    await house.publishes("OPSG_26_0511_17")
    await asks_for(house, "DP092", "DP501")
    async with house.desk.sessions.begin() as session:
        changed = update(Paper).where(Paper.reference == PAPER)
        await session.execute(changed.values(classification=Classification.AMBER))

    await jobs.compile_requested(house.desk)
    await jobs.compile_requested(house.desk)
    await house.sends()

    assert told_secas(house) == [
        "DP092 Comments cannot be compiled: the paper is classified Amber and only White is posted.",
    ]
    assert [file.name for file in house.workspace.files(house.secas)] == file_names("DP501 Comments v0.1")
