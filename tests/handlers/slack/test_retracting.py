"""A post that was published in error: a notice stands in its place, its thread and comments are kept."""

import pytest

from bot.decisions import Actor, Role
from bot.domain import Classification
from bot.errors import NotPermitted, UserError
from bot.outbox import Kind
from bot.services import auditing, retracting
from tests.house import OPERATOR, PAPER, House

REASON = "It was put to the wrong Sub-Committee."


async def retracts(house: House, post: str = "DP092", reason: str = REASON) -> tuple[retracting.Withdrawn, ...]:
    async with house.desk.sessions.begin() as session:
        desk = house.desk
        return await retracting.retract(session, desk.config, desk.outbox, post, "", reason, OPERATOR, house.clock())


async def test_a_paper_that_is_retracted_is_pinned_no_longer(house: House) -> None:
    heading = next(m for m in house.workspace.messages(house.channel) if m.get("pinned_to"))
    await retracts(house, PAPER)
    await house.sends()

    messages = house.workspace.messages(house.channel)
    assert heading["ts"] in [m["ts"] for m in messages]
    assert not any(m.get("pinned_to") for m in messages)


async def test_posts_that_wait_are_taken_back_and_the_paper_may_be_published_anew(queued: House) -> None:
    done = await retracts(queued, PAPER)
    assert len(done) == 7
    assert not any(post.sent for post in done)
    assert [entry for entry in await queued.outbox() if entry.post_id] == []
    with pytest.raises(UserError, match=r"^There is no post on OPSG_26_0511_16 that is not withdrawn"):
        await retracts(queued, PAPER)

    await queued.publishes()
    assert queued.post("DP092")


async def test_the_notice_may_stand_where_the_post_may_not(house: House) -> None:
    await retracts(house)
    [notice] = [e for e in await house.outbox() if e.kind == Kind.UPDATE and e.state == "queued"]
    assert notice.mark is Classification.WHITE


async def test_a_member_may_not_and_a_reason_is_needed(house: House) -> None:
    member = Actor("ada.firth@northshire.example", frozenset({Role.MEMBER}))
    async with house.desk.sessions.read() as session:
        with pytest.raises(NotPermitted):
            await retracting.preview(session, house.desk.config, "DP092", "", member)
        with pytest.raises(NotPermitted):
            await auditing.audit(session, None, member)
    with pytest.raises(UserError, match=r"^A reason is needed to retract a post"):
        await retracts(house, reason=" ")
