"""Words that were queued before their removal are not sent after it, and go from drafts and settled entries in time."""

from datetime import timedelta

from bot import jobs
from bot.models import Document
from bot.services import purging
from tests.house import House, sample


async def waiting(house: House, words: str) -> list[str]:
    return [e.kind for e in await house.outbox() if e.state == "queued" and words in str(e.payload)]


async def test_an_answer_that_waits_is_not_sent_after_the_removal(house: House) -> None:
    post = house.post("DP092")
    said = await house.ada.replies(post, "Words to go.")
    await house.ben.replies(post, "Words to stay.")
    await house.sends()
    await house.cara.replies(post, f"<@{house.workspace.bot_user_id}> views DP092")
    assert await waiting(house, "Words to go.") == ["whisper"]

    await house.ada.deletes(said)

    assert await waiting(house, "Words to go.") == []
    await house.sends()
    assert "Words to go." not in str(house.workspace.ephemerals(house.cara))


async def test_a_note_on_another_proposal_whose_number_ends_alike_is_sent(house: House) -> None:
    said = await house.ada.replies(house.post("DP092"), "Words to go.")
    await house.puts(sample({"OPSG_26_0511_16": "OPSG_27_0312_17", "DP092": "DP192"}))
    await house.cara.replies(house.workspace.find(house.channel, "*DP192  "), "Words to stay.")
    assert await waiting(house, "DP192-V001") == ["whisper"]

    await house.ada.deletes(said)

    assert await waiting(house, "DP192-V001") == ["whisper"]


async def test_a_document_that_waits_is_drafted_anew_without_the_words(house: House) -> None:
    post = house.post("DP092")
    said = await house.ada.replies(post, "Words to go.")
    await house.robin.types(house.channel, "/dp compile DP092")
    await jobs.compile_requested(house.desk)
    assert [e.kind for e in await house.outbox() if e.state == "queued" and e.content]

    await house.ada.deletes(said)
    await house.ticks()

    names = [file.name for file in house.workspace.files(house.secas)]
    assert names
    assert not any("v0.1" in name for name in names)
    assert all(b"Words to go." not in file.content for file in house.workspace.files(house.secas))
    async with house.desk.sessions.begin() as session:
        first = await session.get_one(Document, 1)
        assert "Words to go." in str(first.snapshot)
        await purging.purge(session, 30, house.clock() + timedelta(days=31))
    async with house.desk.sessions.read() as session:
        first = await session.get_one(Document, 1)
    assert "Words to go." not in str(first.snapshot)
    assert "[words deleted on 30 November 2019]" in str(first.snapshot)
    assert first.redacted_at is not None
