"""What people say, change and ask in Teams: recorded as on Slack, and answered by direct message."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.errors import Broken
from handlers.sandbox import Said
from handlers.teams import html, invokes, text
from tests.sides.teams_house import TeamsHouse, teams_house
from tests.waiting import eventually

ELSEWHERE = "77777777-7777-4777-8777-777777777777"


async def views(teams: TeamsHouse) -> str:
    """What the analyst reads."""
    await teams.robin.types(teams.workspace.direct(teams.robin), "views DP092")
    return await teams.told(teams.robin)


async def test_a_reply_is_recorded_edited_and_withdrawn(teams: TeamsHouse) -> None:
    post = teams.post()
    said = await teams.ada.replies(post, "We agree & more:\n\n@Ben Holm has it on https://northshire.example/x")
    assert teams.words() == ["We agree & more:\n\n@Ben Holm has it on https://northshire.example/x"]
    assert "Northshire Energy, Large Suppliers (member)  |  Microsoft Teams" in await views(teams)

    teams.clock.forward(minutes=1)
    await teams.ada.edits(said, "We disagree.")
    assert "We disagree." in await views(teams)
    teams.clock.forward(minutes=1)
    await teams.ada.deletes(said)
    await teams.ada.undoes(said)  # a removal is for good: nobody tells dpbot that they meant it
    assert "We disagree." not in await views(teams)


async def test_what_is_said_elsewhere_leaves_no_word(teams: TeamsHouse) -> None:
    other = teams.workspace.channel("lunch")
    for said in (
        await teams.ada.posts(teams.channel, "Fish outside every thread"),
        await teams.ada.posts(other, "Fish in another channel"),
    ):
        await teams.ben.replies(said, "Fish in a thread of theirs")
        teams.clock.forward(minutes=1)
        await teams.ada.edits(said, "Fish, edited")
        await teams.ada.deletes(said)
    assert teams.words() == []
    assert teams.traces("Fish") == []


async def test_a_reply_of_whose_conversation_teams_does_not_say_the_kind_is_a_reply(teams: TeamsHouse) -> None:
    with teams.workspace.away():
        await teams.ada.replies(teams.post(), "We agree.")
    activity = teams.workspace.deliveries[-1].payload
    del activity["conversation"]["conversationType"]
    await teams.workspace.sends(activity)
    assert teams.words() == ["We agree."]
    assert await teams.told(teams.ada) != ""  # the note on a first comment, and no complaint about a command
    assert "is not a command" not in await teams.told(teams.ada)


async def test_words_under_the_heading_are_not_recorded_and_their_author_is_told(teams: TeamsHouse) -> None:
    heading = teams.workspace.find(teams.channel, "Operations Group: New Draft Proposals")
    await teams.ada.replies(heading, "We agree with all of it")
    assert teams.words() == []
    assert "not recorded, because it is about no one proposal" in (told := await teams.told(teams.ada))
    assert "Go to that post" in told


async def test_reactions_come_in_as_the_houses_names_and_go_again(teams: TeamsHouse) -> None:
    post = teams.post()
    await teams.ada.reacts(post, "+1")
    await teams.ben.reacts(post, "eyes")
    kept = "SELECT emoji, present FROM reactions ORDER BY emoji"
    assert teams.rows(kept) == [("+1", 1), ("eyes", 1)]
    teams.clock.forward(minutes=1)
    await teams.ada.unreacts(post, "+1")
    assert teams.rows(kept) == [("+1", 0), ("eyes", 1)]


def test_a_reaction_has_one_name_however_teams_writes_it() -> None:
    for written in ("like", "👍", "1f44d_thumbsup", "👍\ufe0f"):
        assert text.emoji_name(written) == "+1"
    assert (text.emoji_name("1f680_rocket"), text.emoji_name("zzz"), text.emoji_name("x_Y")) == ("rocket", "zzz", "x_y")


async def test_a_mention_that_reads_as_a_command_is_answered_and_is_no_comment(teams: TeamsHouse) -> None:
    await teams.ada.replies(teams.post(), "@dpbot show DP092")
    assert "New Planned Maintenance Methodology" in await teams.told(teams.ada)
    await teams.ben.types(teams.channel, "/dp list")
    assert "DP093" in await teams.told(teams.ben)
    assert teams.words() == []

    asked = await teams.cara.replies(teams.post(), "@dpbot list")
    teams.clock.forward(minutes=1)
    await teams.cara.edits(asked, "@dpbot show DP093")
    await teams.cara.deletes(asked)
    assert teams.words() == []


async def test_an_analysts_command_of_somebody_else_is_a_comment_and_they_are_told(teams: TeamsHouse) -> None:
    await teams.ada.replies(teams.post(), "@dpbot compile DP092")
    assert teams.words() == ["@dpbot compile DP092"]
    assert "was recorded as a comment" in await teams.told(teams.ada)
    await teams.robin.replies(teams.post(), "@dpbot compile DP092")
    assert "DP092" in await teams.told(teams.robin)
    assert teams.words() == ["@dpbot compile DP092"]


async def test_the_direct_chat_takes_commands_and_says_what_is_allowed(teams: TeamsHouse) -> None:
    chat = teams.workspace.direct(teams.ada)
    for typed in ("show DP092", "/dp show DP092", "DP092", "@dpbot show DP092"):
        await teams.ada.types(chat, typed)
        assert "New Planned Maintenance Methodology" in await teams.told(teams.ada)
    await teams.ada.types(chat, "what do you do?")
    assert "is not a command: allowed are" in await teams.told(teams.ada)
    await teams.ada.types(chat, "compile DP092")
    assert "analysts" in await teams.told(teams.ada)


async def test_a_command_that_needs_a_form_is_answered_with_a_button_that_opens_it(teams: TeamsHouse) -> None:
    chat = teams.workspace.direct(teams.robin)
    await teams.robin.types(chat, "enter DP092")
    assert "form" in await teams.told(teams.robin)
    await teams.robin.clicks(Said(chat, teams.workspace.notes(teams.robin)[-1]["ts"]), "open_form")
    assert teams.robin.modals[-1]["title"] == "Enter a comment"
    await teams.ada.clicks(teams.post(), "comment_privately")
    sent = await teams.ada.submits(teams.ada.modals[-1], {"words": "We agree, in private."})
    assert sent.acknowledged
    assert teams.words() == ["We agree, in private."]


async def test_a_button_that_breaks_says_so_and_is_not_sent_again(
    teams: TeamsHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError("broken")

    for name in ("adaptiveCard/action", "task/fetch"):
        monkeypatch.setitem(invokes._WORK, name, breaks)
    pressed = await teams.ada.clicks(teams.post(), "no_comment")
    opened = await teams.ada.clicks(teams.post(), "comment_privately")
    for answer in (pressed, opened):
        assert answer.acknowledged
        assert str(Broken()) in answer.text
    unknown = teams.workspace.activity("invoke", teams.channel, teams.ada) | {"name": "signin/failure", "value": {}}
    assert (await teams.workspace.sends(unknown)).acknowledged


async def test_who_begins_a_chat_is_told_what_dpbot_can_do(teams: TeamsHouse) -> None:
    await teams.workspace.installs(teams.workspace.direct(teams.dan), teams.dan)
    assert "show" in await teams.told(teams.dan)
    assert len(teams.workspace.notes(teams.dan)) == 1


async def test_guests_and_people_of_other_tenants_are_heard_as_what_they_are(tmp_path: Path) -> None:
    vouched = f'[[organisations]]\nname = "Calder Networks"\nteams = ["{ELSEWHERE}"]\n[publishing]'
    async with teams_house(tmp_path, lambda config: config.replace("[publishing]", vouched)) as teams:
        await teams.publishes()
        # Invited under an analyst's address, which for a guest proves nothing.
        guest = teams.workspace.member("Max Guest", "ada.firth@northshire.example", guest=True)
        partner = teams.workspace.member("Cara Dunn", "cara.dunn@calder.example", team=ELSEWHERE)
        stranger = teams.workspace.member(
            "Rae Stone", "dan.okoro@wharfe.example", team="88888888-8888-4888-8888-888888888888"
        )
        for member in (guest, partner, stranger):
            teams.workspace.put(member, teams.channel)
            await member.replies(teams.post(), f"{member.name} agrees.")

        kept = teams.rows("SELECT speaker, organisation FROM ledger ORDER BY id")
        assert kept == [(guest.id, None), (partner.id, "Calder Networks"), (stranger.id, None)]
        people = teams.rows(
            f"SELECT id, team, guest, external FROM people WHERE id IN ('{guest.id}', '{partner.id}', '{stranger.id}')"
        )
        assert sorted(people) == sorted(
            [
                (guest.id, teams.workspace.tenant, 1, 0),
                (partner.id, ELSEWHERE, 0, 1),
                (stranger.id, "88888888-8888-4888-8888-888888888888", 0, 1),
            ]
        )


async def test_a_reply_to_a_post_whose_id_is_on_its_way_waits_for_it(
    teams: TeamsHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    post = teams.post()
    where = f"channel = '{teams.channel.id}' AND message = '{post.ts}'"
    teams.change(f"UPDATE posts SET message = NULL WHERE {where}")
    teams.change("UPDATE outbox SET state = 'unclear' WHERE kind = 'post' AND key LIKE 'post:%'")
    reply = asyncio.create_task(teams.ada.replies(post, "We agree."))
    await eventually(lambda: "What was heard in Teams waits" in caplog.text, "it waits")
    teams.change(f"UPDATE posts SET message = '{post.ts}' WHERE message IS NULL AND channel = '{teams.channel.id}'")
    await reply
    assert teams.words() == ["We agree."]


SAME = {
    "<p>We agree &amp; more</p><p>&nbsp;</p><p>a  b&nbsp;c</p>": "We agree & more\n\na b c",
    "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>z": "- one\n    - two\n- three\nz",
    '<div><ol start="3"><li>x<br>y</li></ol>after</div>': "3. x\n   y\nafter",
    "<blockquote><p>q</p></blockquote><p>a</p>": "> q\na",
    "<pre>a  b\n  c</pre><p>z</p>": "a  b\n  c\nz",
    '<p>See <a href="https://x.example/">https://x.example</a></p>': "See https://x.example/",
    '<p>See <a href="https://y.example">this</a></p>': "See this (https://y.example)",
    '<p>ok <emoji id="like" alt="👍"></emoji></p>': "ok 👍",
    '<p>ok <img itemtype="http://schema.skype.com/Emoji" alt="👍"></p>': "ok 👍",
    '<blockquote itemtype="http://schema.skype.com/Reply"><p>another\'s</p></blockquote><p>mine</p>': "mine",
    '<attachment id="1"></attachment><p>mine</p>': "mine",
    '<at id="0">Ada</at>&nbsp;<at id="1">Firth</at> said': "@Ada @Firth said",
    '<p><img src="x"></p>': "[image]",
    "a<br>b<br/>c</p></div></li>": "a\nb\nc",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a | b\nc",
    "<script>alert(1)</script>1 &lt; 2\x00\x07": "1 < 2",
    "<" * 40: "<" * 40,
}


@pytest.mark.parametrize(("written", "read"), SAME.items())
def test_html_is_read_as_one_plain_text(written: str, read: str) -> None:
    assert html.canonical(written) == read
    assert html.plain(read) == read or "  " in read  # where nothing is formatted, Graph gives the words as text
