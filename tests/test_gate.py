"""What a channel is may change between queueing and sending: what may not go there any more is not sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.models import Act
from tests.house import PAPER, House, open_house, sample

GREEN = sample({"classified as **White**": "classified as **Green**"})
POLICY = '[policies.Green]\nprivate = true\nguests = false\nteams = ["T0PARTNER"]\n'


def cleared(config: str) -> str:
    """The Sub-Committee's channel and SECAS's are cleared for Green, and a policy says what that asks of them."""
    channel = 'name = "operations-group"\n'
    assert channel in config
    cleared = config.replace(channel, f'{channel}clearance = "Green"\n')
    return cleared.replace("[secas]\n", '[secas]\nclearance = "Green"\n') + POLICY


@pytest.fixture
async def green_house(tmp_path: Path) -> AsyncIterator[House]:
    """A Green paper is stored; the channel for it is private."""
    async with open_house(tmp_path, cleared) as house:
        house.workspace.admin.make_private(house.channel)
        async with house.connected():
            await house.imports(GREEN)
            yield house


async def acts(house: House) -> list[str]:
    async with house.desk.sessions.read() as session:
        return list(await session.scalars(select(Act.about).where(Act.action == "stopped")))


def posted(house: House) -> int:
    return len(house.workspace.messages(house.channel))


async def test_green_goes_to_a_private_channel_where_a_policy_lets_it(green_house: House) -> None:
    await green_house.publishes(PAPER)

    assert posted(green_house) == 7


async def test_without_a_policy_nothing_above_white_is_queued(house: House) -> None:
    with pytest.raises(UserError, match="is classified Green and only White is posted"):
        await house.puts(sample({"classified as **White**": "classified as **Green**", PAPER: "OPSG_27_0312_02"}))


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda house: house.workspace.admin.make_public(house.channel), "the channel is open to everybody"),
        (lambda house: house.workspace.share(house.channel, "T0STRANGE"), "the channel is shared with T0STRANGE"),
    ],
    ids=["made public", "shared"],
)
async def test_what_was_queued_is_not_sent_to_a_channel_that_changed_since(
    green_house: House, change: object, because: str
) -> None:
    await green_house.queues(PAPER)
    assert callable(change)
    change(green_house)

    await green_house.sends()

    assert posted(green_house) == 0
    assert len(await acts(green_house)) == 7
    assert all(because in about for about in await acts(green_house))
    green_house.workspace.find(
        green_house.secas, f"Not posted to operations-group: it is classified Green and {because}"
    )


async def test_a_channel_shared_with_a_workspace_that_the_policy_names_is_posted_to(green_house: House) -> None:
    green_house.workspace.share(green_house.channel, "T0PARTNER")

    await green_house.publishes(PAPER)

    assert posted(green_house) == 7


async def test_a_document_waits_while_secas_channel_is_open_and_is_delivered_when_it_is_private_again(
    house: House,
) -> None:
    await house.ada.replies(house.post(), "Issue: the issue is clear.")
    house.workspace.admin.make_public(house.secas)

    await house.robin.types(house.channel, "/dp compile DP092")
    await house.ticks()
    assert not house.workspace.files(house.secas)

    house.workspace.admin.make_private(house.secas)
    house.clock.forward(minutes=2)
    await house.ticks()
    assert house.workspace.files(house.secas)


async def test_a_document_waits_while_secas_channel_is_shared_with_another_workspace(house: House) -> None:
    house.workspace.share(house.secas, "T0STRANGE")

    await house.robin.types(house.channel, "/dp compile DP092")
    await house.ticks()

    assert not house.workspace.files(house.secas)
