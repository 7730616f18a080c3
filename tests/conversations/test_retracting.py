"""A post that was published in error: a notice stands in its place, its thread and comments are kept."""

from bot.domain import Reference
from bot.services import auditing, retracting
from tests.house import OPERATOR, House

REASON = "It was put to the wrong Sub-Committee."


async def retracts(house: House, post: str = "DP092", reason: str = REASON) -> tuple[retracting.Withdrawn, ...]:
    async with house.desk.sessions.begin() as session:
        desk = house.desk
        return await retracting.retract(session, desk.config, desk.outbox, post, "", reason, OPERATOR, house.clock())


async def test_the_post_becomes_a_notice_and_what_was_said_is_kept(house: House) -> None:
    post = house.post("DP092")
    await house.ada.replies(post, "We are affected.")
    await retracts(house)
    await house.sends()

    notice = house.side.words(post)
    assert "published in error and has been withdrawn by SECAS on 30 October 2019" in notice
    assert "Comment privately" not in notice

    house.clock.forward(minutes=5)
    await house.cara.replies(post, "So are we.")
    await house.ticks()
    assert house.side.words(post) == notice, "its counts are shown no more"
    assert len(await house.views()) == 2
    async with house.desk.sessions.read() as session:
        lines = await auditing.audit(session, Reference(92), OPERATOR)
    assert [(line.what, line.reason) for line in lines if line.what == "retracted"] == [("retracted", REASON)]


async def test_show_says_so_and_offers_no_form(house: House) -> None:
    await retracts(house)
    shown = str(await house.ada.types(house.channel, "/dp show DP092"))
    assert "its post was published in error and has been withdrawn" in shown
    assert "Comment privately" not in shown
