"""The sandbox's page in a real browser: a visitor takes members' parts, and dpbot itself is the app."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.papers import read_paper
from handlers.sandbox import Channel, Member, Workspace
from handlers.sandbox.store import Post
from tests.house import SAMPLE, House
from tests.waiting import eventually

from .conftest import Bot
from .visitor import CHROMIUM, MODAL, NARROW, Browser, act, browsing, message

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here, so the page is not driven in a browser.")
    async with browsing(tmp_path) as browser:
        yield browser


@pytest.fixture
async def long_house(quiet_house: House) -> House:
    """The sample paper is posted, with an issue that is longer than a post can be."""
    before = "The trial ends in February 2020"
    long = SAMPLE.read_text("utf-8").replace(before, "A long story. " * 300 + "\n\n" + before)
    await quiet_house.imports(read_paper(SAMPLE.name, long.encode()))
    await quiet_house.publishes()
    return quiet_house


async def test_a_visitor_replies_edits_reacts_and_deletes_and_dpbot_follows(browser: Browser, house: House) -> None:
    page = await browser.opens(house.workspace, house.ada, house.channel)
    post = message(page, "DP092 New Planned Maintenance Methodology").last
    await act(post, "Reply in thread")
    await expect(page.locator("#reply")).to_be_focused()

    await page.keyboard.type("Issue: the issue is clear.")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("It is ours & theirs.")
    await page.keyboard.press("Enter")
    reply = message(page, "It is ours & theirs.", "#replies")
    await expect(reply).to_contain_text("Ada Firth")
    await expect(page.locator("#reply")).to_have_value("")
    await recorded(house, "Issue: the issue is clear.\nIt is ours & theirs.")
    await house.ticks()
    await expect(post).to_contain_text("1 comment from 1 organisation")
    await expect(post).to_contain_text("1 reply")

    await act(reply, "More actions")
    await page.get_by_role("button", name="Edit message").click()
    await expect(page.get_by_label("Edit your message")).to_be_focused()
    await page.get_by_label("Edit your message").fill("Impacts: other words.")
    await page.keyboard.press("Enter")
    edited = message(page, "Impacts: other words.", "#replies")
    await expect(edited).to_contain_text("(edited)")
    await recorded(house, "Impacts: other words.")

    await act(post, "More actions")
    await expect(page.get_by_role("button", name="My comment…")).to_be_focused()
    await expect(page.get_by_role("button", name="Record as a view")).to_be_visible()
    await expect(page.get_by_role("button", name="Edit message")).to_be_hidden()
    await page.keyboard.press("Escape")
    await act(post, "Add a reaction")
    await page.locator("#picker").get_by_label("grey_question", exact=True).click()
    await expect(post.locator(".reaction[aria-pressed=true]")).to_have_text("❔ 1")

    page.on("dialog", lambda dialog: dialog.accept())
    await act(edited, "More actions")
    await page.get_by_role("button", name="Delete message").click()
    await expect(edited).to_have_count(0)
    house.clock.forward(minutes=1)
    await house.ticks()
    await expect(post).to_contain_text("no comments yet")


async def recorded(house: House, words: str) -> None:
    """dpbot tells another member of the one comment in these words."""
    await house.workspace.settled()
    answer = (await house.ben.types(house.channel, "/dp views DP092")).text
    assert "1 comment from" in answer
    assert words in answer


async def test_a_command_is_answered_to_the_visitor_alone_and_a_long_text_is_read_in_full(
    browser: Browser, long_house: House
) -> None:
    house = long_house
    page = await browser.opens(house.workspace, house.ada, house.channel)

    await page.locator("#words").fill("/dp show DP092")
    await page.keyboard.press("Enter")
    answer = page.locator(".whisper")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("DP092 New Planned Maintenance Methodology")
    await answer.get_by_role("button", name="Read in full").click()

    window = page.get_by_role("dialog", name="DP092 in full")
    await expect(window).to_contain_text("The trial ends in February 2020")
    await page.keyboard.press("Escape")
    await expect(window).to_be_hidden()
    await answer.get_by_role("link", name="go to the thread").click()
    await expect(page.locator("#replies")).to_contain_text("DP092 New Planned Maintenance Methodology")
    await answer.get_by_role("button", name="Dismiss").click()
    await expect(answer).to_have_count(0)


async def test_an_analyst_has_comments_compiled_and_reads_the_document(browser: Browser, house: House) -> None:
    await house.ada.replies(house.post(), "Issue: the issue is clear.")
    page = await browser.opens(house.workspace, house.ada, house.channel)
    await expect(page.locator("#side")).not_to_contain_text("secas-change-team")
    await page.get_by_label("You are speaking as").select_option("Robin Ainsley")
    await expect(page.get_by_label("You are speaking in #operations-group as Robin Ainsley")).to_be_focused()

    await page.keyboard.type("/dp compile DP092")
    await page.keyboard.press("Enter")
    await expect(page.locator(".whisper")).to_contain_text("A draft of DP092 Comments is being compiled")
    await house.ticks()
    await expect(page.locator("#side a.unread")).to_contain_text("secas-change-team")
    await page.locator("#side").get_by_role("link", name="secas-change-team").click()
    file = page.locator(".file").filter(has_text=".md")
    async with page.expect_popup() as opened:
        await file.get_by_role("link", name="Read").click()
    document = await opened.value

    await expect(document.get_by_role("heading", level=1)).to_contain_text("DP092 New Planned Maintenance Methodology")
    await expect(document.locator("main")).to_contain_text("Issue: the issue is clear.")
    await expect(document.locator("header")).to_contain_text("Sandbox: nothing here reaches Slack")


async def test_a_modal_says_what_is_missing_and_closes_when_the_app_takes_it(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel, bot: Bot
) -> None:
    taken: list[str] = []

    async def opens(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await bot.app.client.views_open(trigger_id=body["trigger_id"], view=MODAL | {"callback_id": "private"})

    async def takes(ack: AsyncAck, view: dict[str, Any]) -> None:
        words = view["state"]["values"]["words"]["text"]["value"]
        if words == "no":
            await ack(response_action="errors", errors={"words": "Say a little more."})
        else:
            taken.append(words)
            await ack()

    bot.app.action("comment")(opens)
    bot.app.view("private")(takes)
    button = {"type": "button", "action_id": "comment", "text": {"type": "plain_text", "text": "Comment privately"}}
    blocks = [{"type": "actions", "elements": [button]}]
    await bot.app.client.chat_postMessage(channel=channel.id, text="DP092", blocks=blocks)
    page = await browser.opens(workspace, ada, channel)

    await page.get_by_role("button", name="Comment privately").click()
    words = page.get_by_label("Your comment")
    await expect(words).to_be_focused()
    await page.get_by_role("button", name="Send to SECAS").click()
    await expect(page.locator(".fault").first).to_have_text("This has to be filled in.")
    await words.fill("no")
    await page.get_by_label("The issue").check()
    await page.get_by_role("button", name="Send to SECAS").click()
    await expect(page.locator(".fault").first).to_have_text("Say a little more.")
    await words.fill("The issue is clear.")
    await page.get_by_role("button", name="Send to SECAS").click()

    await expect(page.locator("dialog")).to_be_hidden()
    assert taken == ["The issue is clear."]


async def test_what_others_say_appears_by_itself_and_what_is_being_typed_stays(
    browser: Browser, workspace: Workspace, ada: Member, ben: Member, channel: Channel
) -> None:
    other = workspace.channel("change-sub-committee")
    page = await browser.opens(workspace, ada, channel)
    await expect(page.locator("#lines")).to_contain_text("Nobody has said anything here yet.")
    await page.locator("#words").fill("half a sentence")

    await ben.posts(channel, "Good morning")
    await ben.posts(other, "And here")

    await expect(message(page, "Good morning")).to_be_visible()
    await expect(page.locator("#lines")).not_to_contain_text("Nobody has said")
    await expect(page.locator("#side a.unread")).to_have_text("#change-sub-committee1 unread")
    await expect(page).to_have_title("* #operations-group | Sandbox")
    await expect(page.locator("#words")).to_have_value("half a sentence")
    await expect(page.locator("#words")).to_be_focused()
    await page.locator("#side").get_by_role("link", name="change-sub-committee").click()
    await expect(page.locator("#words")).to_have_value("")
    await expect(page).to_have_title("#change-sub-committee | Sandbox")
    await page.go_back()
    await expect(page.locator("#words")).to_have_value("half a sentence")


async def test_words_that_were_not_taken_come_back(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel
) -> None:
    page = await browser.opens(workspace, ada, channel)

    await page.locator("#words").fill("/dp list")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("status")).to_contain_text("/dp was not answered")
    await expect(page.locator("#words")).to_have_value("/dp list")


async def test_everything_can_be_reached_by_keyboard(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel
) -> None:
    said = await ada.posts(channel, "parent")
    await ada.replies(said, "child")
    page = await browser.opens(workspace, ada, channel)
    await page.locator(".skip").focus()
    reached = ["Skip to the message box"]
    while "Send" not in reached[-1:]:
        await page.keyboard.press("Tab")
        reached.append(
            await page.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.innerText")
        )
        assert await page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert len(reached) < 40

    assert {"Skip to the message box", "Add a reaction", "Reply in thread", "More actions", "1 reply"} <= set(reached)
    await page.get_by_role("link", name="1 reply").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#reply")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    await expect(page.get_by_role("link", name="1 reply")).to_be_focused()
    await page.get_by_label("Add a reaction").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")
    await expect(page.locator("#picker")).to_be_hidden()
    await expect(page.get_by_label("Add a reaction")).to_be_focused()


async def test_a_narrow_screen_shows_one_thing_at_a_time(browser: Browser, house: House) -> None:
    page = await browser.opens(house.workspace, house.ada, house.channel, NARROW)
    await expect(page.get_by_text("nothing here reaches Slack")).to_be_visible()
    await expect(page.locator("#side")).to_be_hidden()
    assert await page.evaluate("() => document.documentElement.scrollWidth") == NARROW[0]

    await page.get_by_role("button", name="Channels").click()
    await expect(page.locator("#side")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#side")).to_be_hidden()
    await message(page, "DP092 New Planned").last.get_by_label("Reply in thread").click()
    box = await page.locator("#thread").bounding_box()
    assert box
    assert box["width"] > NARROW[0] - 10
    await page.get_by_role("link", name="Close").click()
    await expect(page.locator("#thread")).to_be_hidden()


async def test_it_is_dark_where_the_system_is_or_the_visitor_wishes(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel
) -> None:
    page = await browser.opens(workspace, ada, channel)

    async def paper() -> str:
        return str(await page.evaluate("() => getComputedStyle(document.querySelector('.columns')).backgroundColor"))

    light = await paper()
    await page.emulate_media(color_scheme="dark")
    dark = await paper()
    assert light != dark
    await page.get_by_role("button", name="Switch between light and dark").click()
    assert await paper() == light
    await page.reload()
    assert await paper() == light


async def test_a_channel_of_5000_messages_opens_at_its_end_and_shows_earlier_ones_on_request(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel
) -> None:
    room = workspace._core.store.room(channel.id)
    for number in range(5000):
        room.add(Post(f"{1_572_400_000 + number}.000100", ada.id, f"number {number} *of* 5000"))
    page = await browser.context.new_page()
    await page.goto(f"{workspace.page_url}?as={ada.id}&room={channel.id}")

    await expect(message(page, "number 4999 ")).to_be_in_viewport()
    await page.get_by_role("button", name="Show earlier").click()
    await expect(message(page, "number 4800 ")).to_be_attached()
    await expect(message(page, "number 4900 ")).to_be_in_viewport()


async def test_a_thread_of_5000_replies_opens_at_its_end_and_shows_earlier_ones_on_request(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel
) -> None:
    room = workspace._core.store.room(channel.id)
    room.add(Post("1572400000.000100", ada.id, "the parent"))
    for number in range(5000):
        room.add(Post(f"{1_572_400_001 + number}.000100", ada.id, f"number {number} of", "1572400000.000100"))
    page = await browser.opens(workspace, ada, channel)

    await page.get_by_role("link", name="5000 replies").click()
    await expect(message(page, "number 4999 ", "#replies")).to_be_in_viewport()
    assert await page.locator("#replies > .message").count() == 101
    await page.get_by_role("button", name="Show earlier").click()
    await expect(message(page, "number 4800 ", "#replies")).to_be_attached()
    await expect(message(page, "number 4900 ", "#replies")).to_be_in_viewport()
    await expect(message(page, "the parent", "#replies")).to_be_attached()
    await page.get_by_role("link", name="Close").click()
    await page.get_by_role("link", name="5000 replies").click()
    await expect(message(page, "number 4999 ", "#replies")).to_be_in_viewport()
    await expect(page.locator("#replies > .message")).to_have_count(101)


async def test_of_two_buttons_that_share_a_name_the_second_one_is_clicked(
    browser: Browser, workspace: Workspace, ada: Member, channel: Channel, bot: Bot
) -> None:
    told: list[str] = []

    async def hears(ack: AsyncAck, action: dict[str, Any]) -> None:
        told.append(action["block_id"])
        await ack()

    bot.app.action("show")(hears)
    button = {"type": "button", "action_id": "show", "text": {"type": "plain_text", "text": "Show"}}
    blocks = [{"type": "actions", "block_id": name, "elements": [button]} for name in ("one", "two")]
    await bot.app.client.chat_postMessage(channel=channel.id, text="x", blocks=blocks)
    page = await browser.opens(workspace, ada, channel)

    await page.get_by_role("button", name="Show").nth(1).click()

    await eventually(lambda: told == ["two"], "the app is told of the second button")
