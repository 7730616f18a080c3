"""A person's words come with the rich_text block that Slack's own clients send."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sandbox import Channel, Member, Workspace, rich
from handlers.sandbox.text import said

from .conftest import Bot

TEXT = {"type": "text", "text": "Words"}
LIST = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_section", "elements": [TEXT]}]},
        {"type": "poem", "lines": 2},
    ],
}


@pytest.mark.parametrize(
    ("words", "elements"),
    [
        ("plain & simple\n<next>", [{"type": "text", "text": "plain & simple\n<next>"}]),
        (
            "Ask <@U1> or <@U2|ben>, see https://a.example/?a=1&b=2.",
            [
                {"type": "text", "text": "Ask "},
                {"type": "user", "user_id": "U1"},
                {"type": "text", "text": " or "},
                {"type": "user", "user_id": "U2"},
                {"type": "text", "text": ", see "},
                {"type": "link", "url": "https://a.example/?a=1&b=2"},
                {"type": "text", "text": "."},
            ],
        ),
        (
            ":memo::+1::skin-tone-3: at 10:30:45 :unheard_of:",
            [
                {"type": "emoji", "name": "memo", "unicode": "1f4dd"},
                {"type": "emoji", "name": "+1", "unicode": "1f44d-1f3fc", "skin_tone": 3},
                {"type": "text", "text": " at 10:30:45 :unheard_of:"},
            ],
        ),
    ],
)
def test_words_become_one_section(words: str, elements: list[dict[str, Any]]) -> None:
    block = rich.block(said(words), "1572430800.000100")

    assert block == {
        "type": "rich_text",
        "block_id": "00000100",
        "elements": [{"type": "rich_text_section", "elements": elements}],
    }


def test_a_link_with_words_of_its_own_keeps_both_and_anything_else_in_brackets_is_words() -> None:
    (section,) = rich.block("<https://a.example|here> <!here>", "1.0")["elements"]

    link = {"type": "link", "url": "https://a.example", "text": "here"}
    assert section["elements"] == [link, {"type": "text", "text": " <!here>"}]


def words(message: dict[str, Any]) -> list[str]:
    return [each["text"] for block in message.get("blocks", []) for each in block["elements"][0]["elements"]]


async def test_the_block_says_what_the_text_says_however_the_message_comes(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient
) -> None:
    said = await ada.posts(channel, "first")
    assert words(bot.heard[-1]) == ["first"]
    await ada.edits(said, "second")
    event = bot.heard[-1]
    assert (words(event["previous_message"]), words(event["message"])) == (["first"], ["second"])
    (message,) = (await client.conversations_history(channel=channel.id))["messages"]
    assert words(message) == ["second"]


async def test_files_without_words_the_apps_messages_and_programs_have_no_such_block(
    workspace: Workspace, channel: Channel, ada: Member, bot: Bot, client: AsyncWebClient
) -> None:
    workflow = workspace.member("Workflow", is_bot=True)
    workspace.put(workflow, channel)
    await ada.uploads(channel, "notes.txt", b"bytes")
    await workflow.posts(channel, "from a program")
    await client.chat_postMessage(channel=channel.id, text="from the app")
    await workspace.settled()

    assert [("blocks" in event, "client_msg_id" in event) for event in bot.heard] == [
        (False, True),
        (False, False),
        (False, False),
    ]


async def test_a_person_may_say_other_blocks_which_stay_until_the_words_are_edited(
    channel: Channel, ada: Member, bot: Bot
) -> None:
    parent = await ada.posts(channel, "• Words", blocks=[LIST])
    assert bot.heard[-1]["blocks"][0]["elements"] == LIST["elements"]
    assert bot.heard[-1]["blocks"][0]["block_id"]
    reply = await ada.replies(parent, "• Words", blocks=[LIST])
    assert bot.heard[-1]["blocks"][0]["elements"] == LIST["elements"]
    await ada.edits(reply, "Words")
    assert words(bot.heard[-1]["message"]) == ["Words"]
    await ada.edits(reply, "• Words", blocks=[LIST])
    assert bot.heard[-1]["message"]["blocks"][0]["elements"] == LIST["elements"]
