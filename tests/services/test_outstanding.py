"""SECAS's own digest: what waits for an analyst, told in its private channel once a week."""

from pathlib import Path

from sqlalchemy import update

from bot.models import View
from tests.house import House, published
from tests.services.digests import MONDAY, WEEK, opened, plain
from tests.terminal import Terminal

OWN = ('channel = "secas-change-team"', 'channel = "secas-change-team"\ndigest = "mon 08:30"')


def told(house: House) -> list[str]:
    """Each of SECAS's digests: the words of its blocks."""
    found = []
    for message in house.workspace.messages(house.secas):
        blocks = [block.get("text") or block["elements"][0] for block in message.get("blocks", [])]
        if blocks and "what is outstanding" in blocks[0]["text"]:
            found.append("\n".join(block["text"] for block in blocks))
    return found


async def test_it_tells_secas_alone_once_a_week_what_waits(tmp_path: Path) -> None:
    async with opened(tmp_path, *OWN) as house:
        await published(house)
        await house.ada.replies(house.post(), "We lose a day a month.")
        await house.cara.replies(house.post(), "Q: who pays?")
        await house.dan.replies(house.post("DP089"), "Issue: clear.")
        await house.robin.types(house.channel, "/dp record DP093 withdrawn 29 October 2019")
        async with house.desk.sessions.begin() as session:
            await session.execute(update(View).where(View.id == 3).values(missing_at=house.clock.now))
        house.clock.now = MONDAY
        await house.ticks()
        await house.ticks()

        (digest,) = told(house)
        lines = plain(digest)
        assert lines[0] == "SECAS: what is outstanding on 4 November 2019"
        assert "DP088 Power to raise modifications: no comments yet" in lines
        silent = "no comments from Small Suppliers, Gas Networks or Other SEC Parties"
        assert f"DP092 New Planned Maintenance Methodology: {silent}" in lines
        assert "DP093" not in digest  # it is withdrawn
        assert lines[lines.index("Comments not yet sorted") + 1] == "DP092-V001"
        assert lines[lines.index("Comments no longer seen, to be decided") + 1] == "DP089-V001"
        assert lines[lines.index("Questions without an answer") + 1] == "DP092-V002, with the Lead Analyst"
        assert "DP092, promise 1: “The DCC will report to the Operations Group in November" in digest
        assert lines[-1] == "White"
        assert "outstanding" not in str(house.workspace.messages(house.channel))

        house.clock.now = MONDAY + WEEK
        await house.ticks()
        assert len(told(house)) == 2


async def test_as_shipped_there_is_none(house: House) -> None:
    house.clock.now = MONDAY
    await house.ticks()

    assert told(house) == []


def test_preview_shows_it_where_its_channel_is_named(posted: Terminal) -> None:
    shown = posted.types("digest", "preview", "--channel", "secas-change-team", "--at", "2019-11-04T09:00")

    assert shown.out.startswith("#secas-change-team\nSECAS: what is outstanding on 4 November 2019\n")
    assert "DP092 New Planned Maintenance Methodology: no comments yet" in shown.out
