"""Updates, pins, whispers and files are sent too: whatever goes wrong, none is lost and none stops the next."""

import pytest

from handlers.sandbox.store import File
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
