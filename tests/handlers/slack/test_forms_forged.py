"""Forms and buttons of a comment's author that are stale, forged or hold what no form of ours holds."""

from pathlib import Path

from sqlalchemy import select

from bot.decisions import Stated
from bot.domain import Classification, Reference, Source
from bot.models import Item, Paper
from bot.rules.refs import RefName
from bot.services import acting, correcting
from bot.services.correcting import Correction
from bot.services.recorded import State
from handlers.sandbox import Member, Said, interactions
from handlers.sandbox.members import Answer
from handlers.sandbox.text import readable
from tests.handlers.slack import forms
from tests.handlers.slack.own import (
    Json,
    chooses,
    comments_privately,
    fields_of,
    notes,
    presses,
    recorded,
    replayed,
    submits,
)
from tests.house import ROBIN, ROSTER, House, open_house, published, sample, two_bodies

SSC = {"OPSG_26_0511_16": "SSC_90_0611_04", "Operations Group": "Security Sub-Committee"}
LEADS = """\
[[channels]]
platform = "slack"
name = "ops-leads"
sub_committee = "OPSG"
clearance = "Amber"
[policies.Amber]
private = true
[secas]"""
NOT_OURS = "is not one that dpbot knows"
NOT_FOR_THEM = "was put to another Sub-Committee"


async def forges(house: House, member: Member, said: Said, action_id: str, value: str) -> Answer:
    """A button of ours, with another value."""
    room, post = member._find(said)
    button = interactions.click(house.workspace._core, member._person, room, post, action_id)
    button.payload["actions"][0]["value"] = value
    return await member._asks(button)


async def forges_form(house: House, member: Member, form: Json, about: str | None = None, **chosen: str) -> Answer:
    """A form of ours, about something else or with options that it did not offer."""
    needed = [block["block_id"] for block in form["blocks"] if block["type"] == "input" and not block["optional"]]
    filled = {name: {name: "Words."} for name in needed if name in {"words", "reason"}}
    sent = interactions.submission(house.workspace._core, member._person, form, filled)
    view = sent.payload["view"]
    view["private_metadata"] = view["private_metadata"] if about is None else about
    for name, value in chosen.items():
        option = {"value": value, "text": {"type": "plain_text", "text": value}}
        view["state"]["values"][name][name] = {"type": "static_select", "selected_option": option}
    return await member._asks(sent)


def told(member: Member) -> str:
    """The window that opened instead of a form."""
    return readable({"blocks": member.modals.pop()["blocks"]})


async def own_form(house: House, member: Member) -> Json:
    """“My comment…” of the member's latest comment, from the list of his own."""
    await member.types(house.channel, "/dp mine")
    await presses(house, member, "my_comment", value=str((await recorded(house))[-1].id))
    return member.modals.pop()


# --- confidential -----------------------------------------------------------------------------------------------------


async def test_what_secas_entered_in_confidence_stays_so_until_its_author_takes_the_tick_out(house: House) -> None:
    await house.ada.replies(house.post("DP088"), "Issue: so that dpbot knows me.")
    await house.robin.types(house.channel, "/dp enter DP092")
    entered = {"source": "e-mail", "on": "2019-10-29", "person": "ada.firth@northshire.example", "words": "A windmill."}
    await forms.sends(house.robin, **entered, confidential=["confidential"])
    form = await own_form(house, house.ada)
    assert fields_of(form)["confidential"]["initial_options"]
    await submits(house.ada, form)
    await submits(house.ada, form, stance="needs clarification")

    view = (await recorded(house))[-1]
    assert (view.source, view.confidential, view.stance) == (Source.EMAIL, True, "needs clarification")
    assert "windmill" not in (await house.cara.types(house.channel, "/dp views DP092")).text
    await submits(house.ada, await own_form(house, house.ada), confidential=[])
    assert "windmill" in (await house.cara.types(house.channel, "/dp views DP092")).text
    await replayed(house)


async def test_a_form_that_was_opened_before_the_tick_was_set_does_not_take_it_out(house: House) -> None:
    await comments_privately(house, house.ada, "Issue: a windmill.")
    first, second = await own_form(house, house.ada), await own_form(house, house.ada)
    await submits(house.ada, second, confidential=["confidential"])
    house.clock.forward(minutes=1)
    await submits(house.ada, first, words="Issue: a windmill, mended.")

    (view,) = await recorded(house)
    assert (view.text, view.confidential) == ("Issue: a windmill, mended.", True)


async def test_a_form_that_asks_nothing_of_a_comment_takes_nothing_back(house: House) -> None:
    await comments_privately(
        house, house.ada, "Issue: a windmill.", confidential=["confidential"], stance="needs clarification"
    )
    before = (await recorded(house))[0].stated
    secas, correction = acting.analyst(house.desk.config, ROBIN), Correction(capacity="Proposer's organisation")
    named = RefName(Reference(92), "V", 1)
    async with house.desk.sessions.begin() as session:
        await correcting.correct(
            session, house.desk.config, named, correction, "As the paper says.", secas, house.clock()
        )
    form = await own_form(house, house.ada)
    assert set(fields_of(form)) == {"words", "withdraw"}
    await submits(house.ada, form)

    assert (await recorded(house))[0].stated == before != Stated()


# --- another Sub-Committee's record -----------------------------------------------------------------------------------


async def ssc_item(house: House) -> str:
    async with house.desk.sessions.read() as session:
        named = (Paper.reference == "SSC_90_0611_04", Item.reference == "DP092")
        return str((await session.scalars(select(Item.id).join(Item.paper).where(*named))).one())


async def test_nobody_writes_into_the_record_of_a_sub_committee_that_he_neither_sits_on_nor_hears(
    tmp_path: Path,
) -> None:
    async with two_bodies(tmp_path) as (house, security):
        await house.puts(sample(SSC))
        theirs = await ssc_item(house)
        for action_id in ("comment_privately", "no_comment"):
            await forges(house, house.jo, house.post(), action_id, theirs)
            assert NOT_FOR_THEM in told(house.jo)
        await house.jo.clicks(house.post(), "comment_privately")
        for about in (theirs, f"{theirs} {house.channel.id}"):
            answer = await forges_form(house, house.jo, house.jo.modals[-1], about)
            assert NOT_FOR_THEM in str(answer.payload["errors"])
        assert await recorded(house) == []
        house.workspace.put(house.jo, security)
        await house.jo.clicks(house.workspace.find(security, "*DP092  "), "comment_privately")
        await submits(house.jo, house.jo.modals[-1], words="Issue: heard there.")

        (view,) = await recorded(house)
        assert (view.sub_committee, view.channel) == ("SSC", security.id)


async def test_a_comment_is_given_and_answered_in_the_channel_where_the_button_was_pressed(tmp_path: Path) -> None:
    async with open_house(tmp_path, lambda config: config.replace("[secas]", LEADS)) as house:
        leads = house.workspace.channel("ops-leads", private=True)
        house.workspace.put(house.ada, leads)
        async with house.connected():
            await published(house)
            post = house.workspace.find(leads, "*DP092  ")
            await house.ada.clicks(post, "comment_privately")
            await submits(house.ada, house.ada.modals[-1], words="Issue: said among leads.")
            await house.ada.clicks(post, "no_comment")
            await notes(house, house.ada)

            (view,) = await recorded(house)
            assert (view.channel, view.mark) == (leads.id, Classification.AMBER)
            assert [each["channel"] for each in house.workspace.ephemerals(house.ada)] == [leads.id]


# --- replacing --------------------------------------------------------------------------------------------------------


async def test_a_comment_replaces_none_of_another_sub_committee(tmp_path: Path) -> None:
    async with two_bodies(tmp_path) as (house, security):
        await house.puts(sample(SSC))
        seat = "ada.firth@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,SSC,SSC 2,member\n"
        await house.has_roster(ROSTER + seat)
        await house.ada.replies(house.workspace.find(security, "*DP092  "), "Issue: to the one.")
        await house.ada.clicks(house.post(), "comment_privately")
        assert "replaces" not in fields_of(house.ada.modals[-1])
        await submits(house.ada, house.ada.modals[-1], words="Issue: to the other.")
        assert "replaces" not in fields_of(await own_form(house, house.ada))


async def test_a_replaced_comment_stands_again_when_nothing_stands_in_its_place(house: House) -> None:
    said = [await house.ada.replies(house.post(), f"Issue: {number}.") for number in range(3)]
    ids = [str(view.id) for view in await recorded(house)]
    for number in (1, 2):
        await submits(house.ada, await chooses(house.ada, said[number]), replaces=ids[number - 1])

    async def states(withdrawn: int) -> list[State]:
        await submits(house.ada, await chooses(house.ada, said[withdrawn]), withdraw=["withdraw"])
        await replayed(house)
        return [view.state for view in await recorded(house)]

    assert await states(1) == [State.REPLACED, State.WITHDRAWN, State.STANDS]
    assert "It is replaced by DP092-V003." in readable(await chooses(house.ada, said[0]))
    assert await states(2) == [State.STANDS, State.WITHDRAWN, State.WITHDRAWN]


# --- what no form of ours holds ---------------------------------------------------------------------------------------


async def test_a_forged_number_is_refused_in_a_sentence(house: House) -> None:
    form = await chooses(house.ada, await house.ada.replies(house.post(), "Issue: mine."))
    await house.ada.clicks(house.post(), "comment_privately")
    private = house.ada.modals.pop()
    for value in ("abc", "-1", "9" * 40, "1;1", "99999", "²", ""):
        for answer in (
            await forges_form(house, house.ada, form, value),
            await forges_form(house, house.ada, private, value),
        ):
            assert answer.payload["errors"]
            assert "broke" not in str(answer.payload)
        for action_id in ("no_comment", "comment_privately"):
            await forges(house, house.ada, house.post(), action_id, value)
            assert "broke" not in told(house.ada)


async def test_a_forged_option_is_refused_in_a_sentence(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: mine.")
    form = await chooses(house.ada, said)
    for name in ("facet", "stance", "speaks_for"):
        assert NOT_OURS in str((await forges_form(house, house.ada, form, **{name: "nonsense"})).payload["errors"])
    await house.robin.types(house.channel, "/dp sort DP092-V001")
    await forms.presses(house, house.robin, "deed_withhold")
    for about in ("", "nonsense 1", "withhold", "withhold x"):
        answer = await forges_form(house, house.robin, house.robin.modals[-1], about)
        assert NOT_OURS in str(answer.payload["errors"])


async def test_half_a_character_is_replaced_in_every_field(house: House) -> None:
    await comments_privately(house, house.ada, "Unsorted \ud83d words.", on_behalf_of="Tarn \ud83d Metering")
    (view,) = await recorded(house)
    assert (view.text, view.stated.on_behalf_of) == ("Unsorted � words.", "Tarn � Metering")
    await house.robin.types(house.channel, "/dp sort DP092")
    assert "Unsorted � words." in readable(house.robin.modals[-1])
