"""Another message of a Sub-Committee's channel, recorded as a view by an analyst; what its author can do then."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain import Source, Speaker
from bot.errors import NotPermitted
from bot.models import SeenPerson
from bot.rules.refs import parse_ref
from bot.services import acting, amending
from bot.services.desk import Desk
from bot.services.recording import objectionable
from handlers.sandbox import Member, Said
from handlers.slack import recording
from handlers.slack.messenger import SlackMessenger
from handlers.slack.names import names_in
from tests.handlers.slack.hearing import ledger, traces, views
from tests.handlers.slack.own import (
    Json,
    decisions,
    direct,
    fields_of,
    is_marked,
    notes,
    presses,
    recorded,
    replayed,
    submits,
)
from tests.handlers.slack.recording import WORDS, opens, records
from tests.house import House, open_house, published, sample

NOTE = (
    "SECAS has recorded your message of 30 October 2019 in this channel as a comment on DP092 New Planned Maintenance "
    "Methodology: DP092-V001. It will appear as: Northshire Energy, Large Suppliers (member). Your name is given to "
    "SECAS and is not in the public version. To change it, edit or delete your message, or choose “My comment…” in its "
    "menu."
)


async def refused(house: House, said: Said, member: Member | None = None) -> str:
    """The sentence that is shown in place of the form."""
    form = await opens(house, said, member)
    (member or house.robin).modals.clear()
    assert "callback_id" not in form or not form["callback_id"]
    return str(form["blocks"][0]["text"]["text"])


async def test_a_message_is_recorded_at_its_place_and_its_author_told(house: House) -> None:
    said = await house.ada.posts(house.channel, WORDS)
    assert ledger(house) == []
    form = await opens(house, said)
    assert fields_of(form)["proposal"]["initial_option"]["text"]["text"].startswith("DP092")
    assert WORDS in str(form["blocks"])
    await submits(house.robin, form)

    (view,) = await recorded(house)
    assert (view.text, view.source, view.message) == (WORDS, Source.MESSAGE, said.ts)
    assert view.entered_by == "robin.ainsley@secas.example"
    assert await notes(house, house.ada) == [f"{NOTE}\nI do not agree that this is recorded"]
    assert is_marked(house, said)
    assert "DP092-V001" in str(house.robin.modals[-1])
    assert "two weeks' notice" in (await house.cara.types(house.channel, "/dp views DP092")).text
    await replayed(house)


async def test_what_its_author_does_with_it_is_heard_from_then_on(house: House) -> None:
    said = await house.ada.posts(house.channel, WORDS)
    lunch = await house.ada.posts(house.channel, "plantedword at noon?")
    await records(house, said)
    house.clock.forward(minutes=5)
    await house.ada.edits(said, "On DP092: a month's notice is what we need.")
    await house.ada.edits(lunch, "plantedword at one?")
    await house.cara.reacts(said, "+1")
    await house.cara.reacts(lunch, "+1")
    await house.ada.replies(said, "plantedword: I meant that.")
    assert "month's notice" in await views(house)
    assert "Calder Networks" in await house.compiles()
    await house.cara.unreacts(said, "+1")
    await house.ada.deletes(lunch)
    await replayed(house)
    await house.ada.deletes(said)

    (view,) = await recorded(house)
    assert (view.state, view.text) == ("removed", "")
    assert [entry[0] for entry in ledger(house)] == ["said", "said", "reacted", "unreacted", "removed"]
    assert traces(house, "plantedword", "") == []
    await replayed(house)


async def test_a_message_under_the_heading_or_another_message_can_be_recorded(house: House) -> None:
    heading = house.workspace.find(house.channel, "have entered the")
    under = await house.ada.replies(heading, "On DP090: the alerts matter to us.")
    answer = await house.cara.replies(await house.ada.posts(house.channel, "DP089 then?"), "It is clear.")
    await records(house, under, "DP090")
    await records(house, answer, "DP089")
    house.clock.forward(minutes=5)
    await house.ada.edits(under, "On DP090: the alerts matter greatly.")
    await house.cara.edits(answer, "It is quite clear.")

    assert [view.text for view in await recorded(house)] == [
        "On DP090: the alerts matter greatly.",
        "It is quite clear.",
    ]
    assert len(await notes(house, house.cara)) == 1


async def test_what_cannot_be_recorded_is_said_in_a_sentence(house: House) -> None:
    other = house.workspace.channel("water-cooler")
    reply = await house.ada.replies(house.post(), "Issue: clear.")
    message = await house.ada.posts(house.channel, WORDS)
    await records(house, message)
    said = [
        await refused(house, await house.ada.posts(other, "Elsewhere.")),
        await refused(house, await house.robin.posts(house.secas, "Among us.")),
        await refused(house, await house.robin.posts(house.channel, "Please comment by Friday.")),
        await refused(house, house.post()),
        await refused(house, reply),
        await refused(house, message),
        await refused(house, await house.ben.posts(house.channel, "Lunch?"), house.ada),
    ]

    assert ["channel can be recorded" in words for words in said] == [True, True, *[False] * 5]
    assert "SECAS's own" in said[2]
    assert "recorded by themselves" in said[3]
    assert said[4] == "That message is recorded already, as DP092-V001."
    assert said[5] == "That message is recorded already, as DP092-V002."
    assert "may enter a comment" in said[6]
    assert len(await recorded(house)) == 2


async def test_a_message_that_is_gone_or_changed_by_then_is_recorded_as_it_stands(house: House) -> None:
    gone, changed = [await house.ada.posts(house.channel, WORDS) for _ in range(2)]
    forms = [await opens(house, gone), await opens(house, changed)]
    house.clock.forward(minutes=5)
    await house.ada.deletes(gone)
    await house.ada.edits(changed, f"{WORDS} Three would do.")
    answers = [await submits(house.robin, form) for form in forms]

    assert "a program's, or gone" in str(answers[0].payload["errors"]["proposal"])
    assert [view.text for view in await recorded(house)] == [f"{WORDS} Three would do."]


@pytest.mark.parametrize("changed", [None, "On DP092: a month would do."])
async def test_what_its_author_does_while_it_is_being_recorded_is_heard(
    house: House, monkeypatch: pytest.MonkeyPatch, changed: str | None
) -> None:
    said = await house.ada.posts(house.channel, f"{WORDS} Ask <@{house.ben.id}>.")
    form = await opens(house, said)

    async def meanwhile(message: Json, channel: str, desk: Desk, messenger: SlackMessenger) -> dict[str, str]:
        """Slack is asked for names: time enough for the author."""
        monkeypatch.setattr(recording, "names_in", names_in)
        await (house.ada.edits(said, changed) if changed else house.ada.deletes(said))
        return await names_in(message, channel, desk, messenger)

    monkeypatch.setattr(recording, "names_in", meanwhile)
    await submits(house.robin, form)

    (view,) = await recorded(house)
    assert (view.state, view.text) == (("stands", changed) if changed else ("removed", ""))
    shown = (await house.cara.types(house.channel, "/dp views DP092")).text
    assert "two weeks' notice" not in shown
    await replayed(house)


async def test_nobody_is_looked_up_for_a_message_that_may_not_be_recorded(house: House) -> None:
    said = await house.kit.posts(house.workspace.channel("water-cooler"), "Elsewhere.")
    in_ours = await house.kit.posts(house.channel, WORDS)
    await refused(house, said)
    await refused(house, in_ours, house.ada)

    async with house.desk.sessions.read() as session:
        assert house.kit.id not in (await session.scalars(select(SeenPerson.id))).all()


async def test_only_a_recorded_message_can_be_objected_to(house: House) -> None:
    await house.ada.replies(house.post(), "Issue: clear.")
    (reply,) = await recorded(house)
    async with house.desk.sessions.read() as session:
        with pytest.raises(NotPermitted, match="that SECAS recorded"):
            await objectionable(session, house.desk.config, Speaker("slack", house.ada.id), reply.id)


async def test_what_is_said_in_a_channel_with_a_higher_clearance_is_marked_so(tmp_path: Path) -> None:
    amber = "[policies.Amber]\nprivate = true\n[secas]"
    leads = (
        '[[channels]]\nplatform = "slack"\nname = "ops-leads"\nsub_committee = "OPSG"\nclearance = "Amber"\n' + amber
    )
    async with open_house(tmp_path, lambda config: config.replace("[secas]", amber)) as house:
        room = house.workspace.channel("ops-leads", private=True)
        for member in (house.ada, house.robin):
            house.workspace.put(member, room)
        async with house.connected():
            await published(house)
        house.reconfigures(lambda config: config.replace(amber, leads))
        async with house.connected():
            await submits(house.robin, await opens(house, await house.ada.posts(room, WORDS)))
            await house.puts(sample({"OPSG_26_0511_16": "OPSG_27_0312_17"}))
            post = house.workspace.find(room, "*DP092  ")
            await house.ada.replies(post, "Issue: one.")
        house.reconfigures(lambda config: config.replace(leads, amber))
        async with house.connected():
            await house.ada.replies(post, "Issue: two.")

        assert [view.mark for view in await recorded(house)] == ["Amber"] * 3


async def test_the_author_objects_and_secas_is_told_and_decides(house: House) -> None:
    said = await house.ada.posts(house.channel, WORDS)
    await records(house, said)
    await notes(house, house.ada)
    await presses(house, house.ada, "object_to_record")
    form = house.ada.modals[-1]
    await submits(house.ada, form, words="I was only thinking <!channel> aloud.")
    await submits(house.ada, form, words="I was only thinking <!channel> aloud.")  # sent twice
    house.ben.modals.append(form)
    other = await submits(house.ben, form, words="Nor do I.")
    await house.sends()

    assert "Only the author" in str(other.payload["errors"])
    assert [each.kind for each in await decisions(house)] == ["objected"]
    (told,) = [each for each in house.workspace.messages(house.secas) if "does not agree" in each["text"]]
    assert "Ada Firth (Northshire Energy, Large Suppliers (member)) does not agree" in str(told["blocks"])
    assert "thinking &lt;!channel&gt; aloud" in str(told["blocks"])
    (view,) = await recorded(house)
    assert (view.state, view.objections) == ("stands", ("I was only thinking <!channel> aloud.",))
    assert "thinking" in await views(house)
    assert "thinking" not in (await house.ada.types(house.channel, "/dp views DP092")).text
    await replayed(house)


async def test_at_its_authors_request_secas_withdraws_it(house: House) -> None:
    said = await house.ada.posts(house.channel, WORDS)
    await records(house, said)
    named = parse_ref("DP092-V001")
    assert named
    async with house.desk.sessions.begin() as session:
        by = acting.analyst(house.desk.config, "robin.ainsley@secas.example")
        outbox, now = house.desk.outbox, house.clock()
        await amending.withdraw_for_author(session, house.desk.config, outbox, named, "She objected.", by, now)
    house.clock.forward(minutes=5)
    await house.ada.edits(said, "On DP092: and another thing.")

    (view,) = await recorded(house)
    assert (view.state, view.reason, view.text) == ("withdrawn by its author", "She objected.", "")
    assert "is withdrawn as you asked" in (await direct(house, house.ada))[-1]
    assert not is_marked(house, said)
    await replayed(house)
