"""What waits in the outbox when config.toml is changed: publishing off, a channel called otherwise."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app, jobs
from tests.house import PAPER, House, open_house, published, sample
from tests.sending import IN_ORDER, THREE, delivered, firsts, whispers
from tests.waiting import eventually

MONDAY = datetime(2019, 11, 4, 9, tzinfo=UTC)


# --- while publishing is off ------------------------------------------------------------------------------------------


def off(config: str) -> str:
    return config.replace("enabled = true", "enabled = false")


def in_the_channel(house: House) -> list[tuple[str, object, bool]]:
    """What everybody sees there: words, blocks and pins."""
    return [(str(m["text"]), m["blocks"], bool(m["pinned"])) for m in house.workspace.messages(house.channel)]


async def test_while_publishing_is_off_nothing_is_posted_and_private_things_go_out(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await house.ada.replies(house.post(), "Issue: clear.")
            await house.ticks()
            await house.imports(sample({PAPER: "OPSG_27_0312_09"}), b"another")
            await house.queues("OPSG_27_0312_09")
            await house.cara.replies(house.post(), "Issue: clear.")
            house.clock.forward(minutes=2)
            for job in jobs.JOBS:
                await job.run(house.desk)  # an update waits when dpbot stops
        before, waiting = in_the_channel(house), {entry.id for entry in await house.outbox()}
        house.reconfigures(off)
        async with house.connected():
            await whispers(house, "For your eyes.")
            await house.dan.replies(house.post(), "Issue: not clear.")
            await house.robin.types(house.channel, "/dp compile DP092")
            house.clock.now = MONDAY
            await house.ticks()

            assert in_the_channel(house) == before
            assert "For your eyes." in [said["text"] for said in house.workspace.ephemerals(house.ada)]
            assert sorted(file.name for file in house.workspace.files(house.secas)) == THREE
            queued = [entry.kind for entry in await house.outbox() if entry.id not in waiting]
            assert not {"post", "update"} & set(queued)  # no digest, no counts
            assert queued.count("file") == len(THREE)

        house.reconfigures(lambda config: config.replace("enabled = false", "enabled = true"))
        async with house.connected():
            await house.ticks()

            assert len(firsts(house)) == 7 + 7 + 1
            assert "3 comments from 3 organisations" in str(house.workspace.messages(house.channel)[5]["blocks"])


async def test_a_running_dpbot_does_as_publishing_says(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.imports()
        await house.queues()
        house.reconfigures(off)
        await whispers(house, "For your eyes.")
        async with app.running(house.desk, house.secrets, pace=timedelta()):
            await eventually(lambda: bool(house.workspace.ephemerals(house.ada)))

        assert firsts(house) == []


# --- a channel that config.toml calls otherwise -----------------------------------------------------------------------


BY_NAME, BY_ID = 'name = "operations-group"', 'name = "C0SAND00001"'


@pytest.mark.parametrize(("old", "new"), [(BY_NAME, BY_ID), (BY_ID, BY_NAME)])
@pytest.mark.parametrize("sent", [0, 3, 8])
async def test_a_channel_called_otherwise_keeps_its_posts_and_what_waits_for_it(
    tmp_path: Path, old: str, new: str, sent: int
) -> None:
    async with open_house(tmp_path, lambda config: config.replace(BY_NAME, old)) as house:
        async with house.connected():
            await house.imports()
            await house.queues()
            for _ in range(sent):
                assert house._sender
                assert await house._sender.step()
        house.reconfigures(lambda config: config.replace(old, new))
        async with house.connected():
            await house.sends()
            await house.queues()
            await house.sends()

            assert firsts(house) == IN_ORDER
            assert {entry.state for entry in await house.outbox()} == {"sent"}
            await house.ada.replies(house.post(), "Issue: still ours.")
            assert len(await house.views()) == 1


async def test_the_digest_of_a_channel_called_otherwise_has_its_proposals_and_is_sent_once(tmp_path: Path) -> None:
    def otherwise(config: str) -> str:
        return config.replace(BY_NAME, BY_ID)

    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await house.ada.replies(house.post(), "Issue: clear.")
            house.clock.now = MONDAY
            await house.ticks()
        house.reconfigures(otherwise)
        async with house.connected():
            await house.ticks()
            assert len(firsts(house)) == 7 + 1  # that Monday's is told

            house.clock.forward(hours=1)
            await house.cara.replies(house.post(), "Issue: clear.")
            house.clock.forward(weeks=1)
            await house.ticks()
            digests = house.workspace.messages(house.channel)[7:]
            assert len(digests) == 2
            assert "DP092" in str(digests[1]["blocks"])
            assert ": 1 comment received, 2 comments in all." in str(digests[1]["blocks"])


async def test_a_channel_may_be_called_by_its_first_name_again(tmp_path: Path) -> None:
    """The time of a digest may be kept under both names, when there were no posts yet that could follow."""
    async with open_house(tmp_path) as house:
        house.clock.now = MONDAY
        async with house.connected():
            await house.ticks()
        house.reconfigures(lambda config: config.replace(BY_NAME, BY_ID))
        async with house.connected():
            await house.ticks()
            await published(house)
        house.reconfigures(lambda config: config.replace(BY_ID, BY_NAME))
        async with house.connected():
            await house.ticks()

            assert firsts(house) == IN_ORDER


async def test_files_that_wait_for_secas_go_out_when_its_channel_is_called_otherwise(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        async with house.connected():
            await published(house)
            await house.robin.types(house.channel, "/dp compile DP092")
            for job in jobs.JOBS:
                await job.run(house.desk)
        house.reconfigures(lambda config: config.replace('"secas-change-team"', f'"{house.secas.id}"'))
        async with house.connected():
            assert await delivered(house) == THREE
