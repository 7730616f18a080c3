"""Updates, pins, whispers and files are sent too: whatever goes wrong, none is lost and none stops the next."""

from datetime import timedelta

import pytest

from bot import sender
from bot.domain import Message
from bot.outbox import Kind
from bot.sender import Sender
from handlers.sandbox import Member, Said
from handlers.sandbox.store import File
from handlers.slack.messenger import MARK
from tests.house import House
from tests.sending import IN_ORDER, THREE, announces, calls, delivered, firsts, whispers


async def test_of_two_updates_the_latest_wins(house: House) -> None:
    await house.ada.replies(house.post(), "one")
    house.workspace.faults.fail("chat.update", "channel_not_found")
    await house.ticks()
    await house.cara.replies(house.post(), "two")
    house.clock.forward(minutes=2)
    await house.ticks()

    assert "2 comments from 2 organisations" in house.post_text()
    assert {entry.state for entry in await house.outbox()} == {"sent"}


async def test_an_update_whose_answer_is_lost_is_made_again(house: House) -> None:
    await house.ada.replies(house.post(), "one")
    house.workspace.faults.lose_answer("chat.update")
    await house.ticks()
    house.clock.forward(minutes=1)
    await house.ticks()

    assert "1 comment from 1 organisation" in house.post_text()
    assert {entry.state for entry in await house.outbox()} == {"sent"}


async def test_an_update_of_a_post_that_was_deleted_is_given_up(house: House) -> None:
    post = house.post()
    await house.ada.replies(house.post(), "one")
    await house.robin.deletes(post)
    await house.ticks()
    await announces(house, "Going on.", "a key")
    await house.sends()

    assert "Going" in firsts(house)
    given_up = [(entry.kind, entry.error) for entry in await house.outbox() if entry.state == "refused"]
    assert given_up == [("update", "message_not_found")]


async def test_a_pin_whose_answer_is_lost_is_made_again_and_is_no_error(queued: House) -> None:
    queued.workspace.faults.lose_answer("pins.add")
    await queued.sends()
    queued.clock.forward(minutes=1)
    await queued.sends()

    assert calls(queued, "pins.add") == 2
    assert firsts(queued) == IN_ORDER
    assert {entry.state for entry in await queued.outbox()} == {"sent"}


async def test_a_whisper_whose_answer_is_lost_is_shown_again_rather_than_never(quiet_house: House) -> None:
    quiet_house.workspace.faults.lose_answer("chat.postEphemeral")
    await whispers(quiet_house, "For your eyes.")
    await quiet_house.sends()
    quiet_house.clock.forward(minutes=1)
    await quiet_house.sends()

    assert [said["text"] for said in quiet_house.workspace.ephemerals(quiet_house.ada)] == ["For your eyes."] * 2


async def test_the_words_of_a_whisper_are_forgotten_once_it_is_shown(quiet_house: House) -> None:
    await whispers(quiet_house, "For your eyes.")
    assert [bool(entry.payload) for entry in await quiet_house.outbox()] == [True]
    await quiet_house.sends()

    assert [(entry.state, entry.payload) for entry in await quiet_house.outbox()] == [("sent", {})]


async def test_a_whisper_to_somebody_who_left_is_given_up_and_the_next_goes_on(quiet_house: House) -> None:
    quiet_house.workspace.faults.fail("chat.postEphemeral", "user_not_in_channel")
    await whispers(quiet_house, "Gone.")
    await whispers(quiet_house, "Still here.")
    await quiet_house.sends()

    assert [said["text"] for said in quiet_house.workspace.ephemerals(quiet_house.ada)] == ["Still here."]


async def test_a_post_without_its_link_is_a_post(queued: House) -> None:
    queued.workspace.faults.fail("chat.getPermalink", "internal_error", times=7)
    await queued.sends()

    assert firsts(queued) == IN_ORDER
    assert "DP092" in (await queued.ada.types(queued.channel, "/dp show 92")).text


async def test_an_update_that_may_be_out_and_whose_post_is_then_deleted_holds_nothing_up(house: House) -> None:
    """What may be done twice is never in doubt: a refusal of the second try is the end of it."""
    post = house.post()
    await house.ada.replies(post, "one")
    house.workspace.faults.lose_answer("chat.update")
    await house.ticks()
    await house.robin.deletes(post)
    house.clock.forward(minutes=1)
    await announces(house, "Going on.", "a key")
    await house.sends()

    assert "Going" in firsts(house)
    assert {entry.state for entry in await house.outbox()} == {"sent", "refused"}


# --- direct messages --------------------------------------------------------------------------------------------------


async def tells(house: House, words: str, key: str = "a key") -> None:
    async with house.desk.sessions.begin() as session:
        message = Message("error", {"sentence": words})
        await house.desk.outbox.direct(session, "slack", house.ada.id, message, key, house.clock())


def told(house: House) -> list[str]:
    """What dpbot wrote to Ada alone."""
    return [str(message["text"]) for message in house.workspace.messages(house.workspace.direct(house.ada))]


async def test_a_direct_message_comes_once_for_its_key_and_its_words_are_forgotten(quiet_house: House) -> None:
    for _ in range(2):
        await tells(quiet_house, "Your comment was entered.")
        await quiet_house.sends()

    assert told(quiet_house) == ["Your comment was entered."]
    assert [(entry.state, entry.payload) for entry in await quiet_house.outbox()] == [("sent", {})]
    assert firsts(quiet_house) == []


async def test_a_direct_message_whose_answer_is_lost_comes_again_rather_than_never(quiet_house: House) -> None:
    quiet_house.workspace.faults.lose_answer("conversations.open")
    quiet_house.workspace.faults.lose_answer("chat.postMessage")
    await tells(quiet_house, "Your comment was entered.")
    for _ in range(3):
        await quiet_house.sends()
        quiet_house.clock.forward(minutes=2)

    assert told(quiet_house) == ["Your comment was entered."] * 2


async def test_a_direct_message_to_a_closed_account_is_given_up_and_holds_nothing_up(queued: House) -> None:
    queued.workspace.admin.deactivate(queued.ada)
    await tells(queued, "Your comment was entered.")
    await queued.sends()

    assert firsts(queued) == IN_ORDER
    given_up = [(each.kind, each.error, each.payload) for each in await queued.outbox() if each.state == "refused"]
    assert given_up == [("direct", "user_disabled", {})]


# --- the small mark on a reply that is recorded -----------------------------------------------------------------------


async def marks(house: House, said: Said, *, off: bool = False) -> None:
    async with house.desk.sessions.begin() as session:
        queue = house.desk.outbox.unmark if off else house.desk.outbox.mark
        await queue(session, "slack", said.channel.id, said.ts, house.clock())


def is_marked(house: House, said: Said) -> bool:
    """Whether dpbot has put its mark there."""
    thread = house.workspace.thread(said.channel, said.thread_ts or said.ts)
    (reactions,) = (each["reactions"] for each in thread if each["ts"] == said.ts)
    return bool(reactions == [{"name": MARK, "users": [house.workspace.bot_user_id], "count": 1}])


async def says(house: House, member: Member, words: str) -> Said:
    """A reply that carries no mark."""
    said = await member.replies(house.post(), words)
    await house.sends()
    await marks(house, said, off=True)
    await house.sends()
    assert not is_marked(house, said)
    return said


@pytest.fixture
async def reply(house: House) -> Said:
    return await says(house, house.ada, "It is clear.")


async def test_a_mark_is_put_on_and_taken_off_and_twice_is_no_error(house: House, reply: Said) -> None:
    for off in (False, True):
        for _ in range(2):
            await marks(house, reply, off=off)
            await house.sends()
            assert is_marked(house, reply) is not off

    assert {entry.state for entry in await house.outbox()} == {"sent"}


async def test_of_marks_that_wait_the_latest_wins(house: House, reply: Said) -> None:
    other = await says(house, house.ben, "To me too.")
    before = calls(house, "reactions.add")
    for off in (False, True, False, True):
        await marks(house, reply, off=off)
    await marks(house, other)
    await house.sends()

    assert (is_marked(house, reply), is_marked(house, other)) == (False, True)
    assert calls(house, "reactions.add") == before + 1


async def test_a_mark_that_may_be_out_is_taken_off_after_it_and_not_before(house: House, reply: Said) -> None:
    house.workspace.faults.lose_answer("reactions.add")
    await marks(house, reply)
    await house.sends()
    await marks(house, reply, off=True)
    for _ in range(2):
        house.clock.forward(minutes=1)
        await house.sends()

    assert not is_marked(house, reply)


async def test_a_mark_for_a_message_that_is_gone_is_given_up_without_a_word(
    house: House, reply: Said, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    await marks(house, reply)
    await house.ada.deletes(reply)
    await house.sends()

    given_up = [(each.kind, each.error) for each in await house.outbox() if each.state == "refused"]
    assert ("mark", "message_not_found") in given_up
    assert "message_not_found" not in caplog.text


async def test_posts_wait_for_no_mark_and_marks_for_no_post(house: House, reply: Said) -> None:
    house.workspace.faults.rate_limit("reactions.add", retry_after=300)
    await marks(house, reply)
    await announces(house, "First.", "1")
    await house.sends()
    assert ("First" in firsts(house), is_marked(house, reply)) == (True, False)

    house.clock.forward(minutes=5)
    house.workspace.faults.rate_limit("chat.postMessage", retry_after=300)
    await announces(house, "Second.", "2")
    await house.sends()
    assert ("Secon" in firsts(house), is_marked(house, reply)) == (False, True)


def a_slow_sender(house: House) -> Sender:
    """One that lets an hour pass for every minute of Slack's."""
    assert house.messenger
    pace = timedelta(minutes=1)
    return Sender(house.desk.sessions, {"slack": house.messenger}, house.clock, house.gate, pace=pace)


async def test_many_marks_go_at_once_as_far_as_slack_takes_them_and_hold_no_post_up(
    house: House, reply: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sender.A_MINUTE, Kind.MARK, 3)
    others = [await says(house, house.ben, f"Reply {number}.") for number in range(3)]
    for said in (reply, *others):
        await marks(house, said)
    await announces(house, "Going on.", "a key")
    before = len(house.workspace.calls)
    await a_slow_sender(house).drain()

    assert house.workspace.calls[before].method == "chat.postMessage"
    assert [is_marked(house, said) for said in (reply, *others)] == [True, True, True, False]


async def test_a_mark_does_not_wait_for_the_pace_of_posts(house: House, reply: Said) -> None:
    """The second post may go only after the pace, which no test waits for."""
    for number in range(2):
        await announces(house, f"{number}. Going on.", str(number))
    await marks(house, reply)
    slow = a_slow_sender(house)
    for _ in range(2):
        assert await slow.step()

    assert (firsts(house)[-1], is_marked(house, reply)) == ("0. Go", True)


async def test_while_slack_takes_no_marks_it_is_asked_for_none_in_any_channel(house: House, reply: Said) -> None:
    other = await house.robin.posts(house.secas, "Elsewhere.")
    house.workspace.faults.rate_limit("reactions.add", retry_after=30)
    before = calls(house, "reactions.add")
    for said in (reply, other):
        await marks(house, said)
    await house.sends()
    assert calls(house, "reactions.add") == before + 1
    house.clock.forward(seconds=30)
    await house.sends()

    assert [is_marked(house, said) for said in (reply, other)] == [True, True]


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def compiled(house: House) -> House:
    """The analyst asked for DP092 Comments."""
    await house.robin.types(house.channel, "/dp compile DP092")
    return house


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", ["lose_answer", "server_error", "rate_limit"])
async def test_a_file_whose_answer_is_lost_is_delivered_once(compiled: House, method: str, fault: str) -> None:
    getattr(compiled.workspace.faults, fault)(method)

    assert await delivered(compiled) == THREE


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "invalid_auth"])
async def test_a_file_that_nobody_could_look_for_yet_is_delivered_once(compiled: House, error: str) -> None:
    compiled.workspace.faults.lose_answer("files.completeUploadExternal")
    compiled.workspace.faults.fail("conversations.history", error, times=2)

    assert await delivered(compiled) == THREE


class OneFileForgotten(dict[str, File]):
    """The workspace's files, of which it forgets the first just before its bytes arrive."""

    forgotten = False

    def get(self, key: str, default: File | None = None) -> File | None:  # type: ignore[override]
        if not self.forgotten:
            self.forgotten = True
            return None
        return super().get(key, default)


async def test_a_file_whose_bytes_do_not_arrive_is_tried_again_and_dpbot_goes_on(compiled: House) -> None:
    """Slack's SDK has an error of its own for that, which is no SlackApiError."""
    files = compiled.workspace._core.store.files = OneFileForgotten()

    assert await delivered(compiled) == THREE
    assert files.forgotten
