"""`dpbot sweep` as a person types it beside the workspace, and what `dpbot compile` reads first."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.house import House
from tests.terminal import Shown, Terminal

Types = Callable[..., Awaitable[Shown]]


@pytest.fixture
def types(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Types:
    """What a person types in dpbot's folder while the workspace goes on."""
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(house.folder)
    terminal = Terminal(house.folder, monkeypatch, capsys)

    async def typed(*words: str) -> Shown:
        return await asyncio.to_thread(terminal.types, *words)

    return typed


async def test_a_thread_is_read_and_its_receipt_printed(house: House, types: Types) -> None:
    with house.workspace.away():
        await house.ada.replies(house.post(), "Issue: said unheard.")
        gone = await house.ben.replies(house.post(), "Impacts: heard, and gone.")
    first = await types("sweep", "DP092")
    with house.workspace.away():
        await house.ben.deletes(gone)
    second = await types("sweep", "92")

    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("DP092, Operations Group: the Slack thread was checked at ")
    assert first.out.endswith(" and all 2 comments in it are included.\n")
    assert second.out.endswith(
        " and the one comment in it is included. No longer seen in Slack: 1 comment, held out until SECAS decides.\n"
    )


async def test_without_a_proposal_every_thread_is_read(house: House, types: Types) -> None:
    shown = await types("sweep")

    lines = shown.out.splitlines()
    assert [line[:5] for line in lines] == ["DP088", "DP089", "DP090", "DP091", "DP092", "DP093"]
    assert all(line.endswith(" and has no comments.") for line in lines)


async def test_a_thread_that_cannot_be_read_is_said_to_be(house: House, types: Types) -> None:
    house.workspace.faults.rate_limit("conversations.replies", retry_after=600)
    limited = await types("sweep", "DP092")
    house.workspace.faults.rate_limit("conversations.replies", retry_after=1)
    waited = await types("sweep", "DP092")

    assert limited.out.endswith(": Slack asks to slow down.\n")
    assert "the Slack thread could not be checked at " in limited.out
    assert waited.out.endswith(" and has no comments.\n")


async def test_what_cannot_be_swept_is_one_sentence(
    house: House, types: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await types("sweep", "DP999")).sentence == "DP999 is in no paper that was imported: check the number."
    assert (await types("sweep", "xx")).code == 2
    house.workspace.faults.revoke_token()
    assert (await types("sweep")).sentence.startswith("Slack did not accept dpbot: token_revoked.")
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert (await types("sweep")).sentence.startswith("SLACK_BOT_TOKEN is not set")


async def test_a_document_compiled_in_a_terminal_has_the_whole_thread(
    house: House, types: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a token, or where Slack refuses it, the receipt says what is so."""
    with house.workspace.away():
        await house.ada.replies(house.post(), "Issue: said unheard.")
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert (await types("compile", "DP092")).code == 0
    monkeypatch.setenv("SLACK_BOT_TOKEN", house.workspace.bot_token)
    house.workspace.faults.fail("auth.test", "token_revoked")
    refused = await types("compile", "DP092")
    assert (await types("compile", "DP092")).code == 0

    drafts = [(house.folder / f"DP092 Comments v0.{n}.md").read_text("utf-8") for n in (1, 2, 3)]
    assert ["said unheard" in draft for draft in drafts] == [False, False, True]
    assert ["the thread was not read again" in draft for draft in drafts] == [True, True, False]
    assert "the one comment in it is included." in drafts[2]
    assert refused.code == 0
    assert refused.sentence.endswith("So the threads were not read again.")
