"""What is being typed in the sandbox's page outlives what happens around it, in a real browser."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, expect
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.sandbox import Channel, Member, Workspace

from .conftest import Bot
from .visitor import CHROMIUM, MODAL, Browser, act, browsing, message

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here, so the page is not driven in a browser.")
    async with browsing(tmp_path) as browser:
        yield browser


async def caret(box: Locator) -> tuple[int, int]:
    """Where the caret stands, or what is marked."""
    start, end = await box.evaluate("(box) => [box.selectionStart, box.selectionEnd]")
    return start, end


async def test_an_edit_that_is_being_typed_stays_while_others_react_and_reply(
    browser: Browser, workspace: Workspace, ada: Member, ben: Member, channel: Channel
) -> None:
    said = await ada.posts(channel, "the first words")
    page = await browser.opens(workspace, ada, channel)
    line = message(page, "the first words")
    await act(line, "More actions")
    await page.get_by_role("button", name="Edit message").click()
    box = page.get_by_label("Edit your message")
    await box.fill("the second words")
    await box.evaluate("(box) => box.setSelectionRange(4, 10)")

    await ben.reacts(said, "+1")
    await ben.replies(said, "a reply")

    await expect(page.locator(".reaction")).to_have_text("👍 1")
    await expect(page.get_by_role("link", name="1 reply")).to_be_visible()
    await expect(box).to_have_value("the second words")
    await expect(box).to_be_focused()
    assert await caret(box) == (4, 10)
    await page.keyboard.type("third")
    await page.keyboard.press("Enter")
    await expect(message(page, "the third words")).to_contain_text("(edited)")


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def block(name: str, element: dict[str, Any], label: str = "") -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": plain(label or name), "element": element | {"action_id": "a"}}


def choices(kind: str, *values: str) -> dict[str, Any]:
    return {"type": kind, "options": [{"text": plain(value), "value": value} for value in values]}


async def test_a_form_that_the_app_changes_keeps_what_was_filled_in(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel, bot: Bot
) -> None:
    """Slack: docs.slack.dev/surfaces/modals: the input of blocks with the same block_id and action_id stays."""
    kept = [
        block("words", {"type": "plain_text_input", "multiline": True}),
        block("facet", choices("radio_buttons", "issue", "impacts")),
        block("more", choices("checkboxes", "one", "two")),
        block("which", choices("static_select", "DP092", "DP093")),
    ]
    button = {
        "type": "actions",
        "block_id": "b",
        "elements": [{"type": "button", "action_id": "add", "text": plain("Add")}],
    }
    view = MODAL | {"blocks": [button, *kept, block("away", {"type": "plain_text_input", "initial_value": "old"})]}
    workspace._core.store.modals[ada.id] = [view | {"id": "V1", "hash": "1", "external_id": ""}]
    page = await browser.opens(workspace, ada, channel)
    form = page.get_by_role("dialog")
    words = form.get_by_label("words")
    await words.fill("half a sentence")
    await words.evaluate("(box) => box.setSelectionRange(4, 4)")
    await form.get_by_label("impacts").check()
    await form.get_by_label("two").check()
    await form.get_by_label("which").select_option("DP093")
    await words.focus()

    another = block("fresh", {"type": "plain_text_input", "initial_value": "new words"})
    await bot.app.client.views_update(view_id="V1", view=MODAL | {"blocks": [*kept, another]})

    await expect(form.get_by_label("fresh")).to_have_value("new words")
    await expect(words).to_have_value("half a sentence")
    await expect(words).to_be_focused()
    assert await caret(words) == (4, 4)
    await expect(form.get_by_label("impacts")).to_be_checked()
    await expect(form.get_by_label("two")).to_be_checked()
    await expect(form.get_by_label("one")).not_to_be_checked()
    await expect(form.get_by_label("which")).to_have_value("DP093")


async def test_a_choice_that_the_app_takes_away_leaves_the_forms_own(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel, bot: Bot
) -> None:
    view = MODAL | {"blocks": [block("which", choices("static_select", "DP092", "DP093"))]}
    workspace._core.store.modals[ada.id] = [view | {"id": "V1", "hash": "1", "external_id": ""}]
    page = await browser.opens(workspace, ada, channel)
    which = page.get_by_role("dialog").get_by_label("which")
    await which.select_option("DP093")

    fewer = MODAL | {"blocks": [block("which", choices("static_select", "DP092", "DP094"))]}
    await bot.app.client.views_update(view_id="V1", view=fewer)

    await expect(which.locator("option")).to_have_text(["Choose one", "DP092", "DP094"])
    await expect(which).to_have_value("")


async def test_what_one_member_was_typing_waits_while_another_one_speaks(
    browser: Browser, workspace: Workspace, ada: Member, ben: Member, channel: Channel
) -> None:
    said = await ada.posts(channel, "parent")
    page = await browser.opens(workspace, ada, channel)
    await act(message(page, "parent"), "Reply in thread")
    await page.locator("#words").fill("Ada's half a sentence")
    await page.locator("#reply").fill("Ada's half a reply")

    await page.get_by_label("You are speaking as").select_option(ben.id)
    await expect(page.get_by_label("You are speaking in #operations-group as Ben Okoye")).to_have_value("")
    await expect(page.locator("#reply")).to_have_value("")
    await page.locator("#words").fill("Ben's")
    await page.get_by_label("You are speaking as").select_option(ada.id)

    await expect(page.get_by_label("You are speaking in #operations-group as Ada Firth")).to_have_value(
        "Ada's half a sentence"
    )
    await expect(page.locator("#reply")).to_have_value("Ada's half a reply")
    await page.go_back()
    await expect(page.get_by_label("You are speaking in #operations-group as Ben Okoye")).to_have_value("Ben's")
    assert len(workspace.thread(channel, said.ts)) == 1


async def test_what_goes_wrong_in_a_modal_is_said_in_it(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel, bot: Bot
) -> None:
    async def answers(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"none_of_them": "Too late for this proposal."})

    bot.app.view("private")(answers)
    view = MODAL | {"callback_id": "private", "blocks": [block("words", {"type": "plain_text_input"})]}
    workspace._core.store.modals[ada.id] = [view | {"id": "V1", "hash": "1", "notify_on_close": False}]
    page = await browser.opens(workspace, ada, channel)
    await page.get_by_label("words").fill("The issue is clear.")

    await page.get_by_role("button", name="Send to SECAS").click()

    notice = page.get_by_role("dialog").get_by_role("status")
    await expect(notice).to_have_text("We had some trouble connecting. Try again?")
    assert await notice.evaluate(ON_TOP)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.locator("#words").fill("/no such")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("/no was not answered")
    assert await page.get_by_role("status").evaluate(ON_TOP)


ON_TOP = """(it) => {
  const box = it.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === it;
}"""
