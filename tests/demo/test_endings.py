"""`dpbot demo --once` that cannot do its work, or is stopped before it has."""

import signal
from pathlib import Path

import pytest

from bot import demo
from bot.errors import UserError
from tests.demo.staying import started
from tests.demo.test_staying import names
from tests.papers.conftest import SHORT_PAPER

NONE_NEW = "There are no new Draft Proposals this month."


def without_proposals() -> bytes:
    start, end = SHORT_PAPER.index("DP501 '"), SHORT_PAPER.index("3. Recommendations")
    return f"{SHORT_PAPER[:start]}{NONE_NEW}\n\n{SHORT_PAPER[end:]}".encode()


async def test_stopped_before_its_end_it_says_so_and_leaves_nothing_temporary(tmp_path: Path) -> None:
    async with started(tmp_path, "demo", "--once") as staying:
        await staying.says("is read and stored")

        assert await staying.ends(signal.SIGTERM) == 1
    assert staying.errors == "The demo was stopped before its end; what it had written is in demo-out.\n"
    assert staying.temporary == []


async def test_a_paper_without_new_proposals_is_not_performed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^The paper has no new proposals: the demo needs one that has\.$"):
        await demo.perform(tmp_path, ("paper.txt", without_proposals()), once=True, say=lambda _: None)

    assert names(tmp_path) == set()


async def test_an_unclear_classification_may_be_given(tmp_path: Path) -> None:
    """As import's hint says of it; a Red paper is read, and not posted."""
    unclear = SHORT_PAPER.replace("This document is classified as White.", "This document is classified as Mauve.")

    with pytest.raises(UserError, match="gives it with --classification"):
        await demo.perform(tmp_path, ("paper.txt", unclear.encode()), once=True, say=lambda _: None)
    with pytest.raises(UserError, match="classified Red"):
        await demo.perform(tmp_path, ("paper.txt", unclear.encode()), once=True, typed="red", say=lambda _: None)
