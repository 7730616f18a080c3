"""Dialogs and buttons in Teams: every form opens, keeps what was typed beside a mistake, and is taken once."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from bot import jobs
from bot.domain import Message
from bot.forms import DOERS, OPENERS, TAKERS
from bot.models import Claim, Reaction, View
from bot.render import Renderer
from bot.services import audience, record
from bot.services.recorded import Recorded
from handlers.sandbox.members import Answer, Said
from handlers.sandbox.teams import cards, forms
from handlers.sandbox.teams.members import Member
from handlers.teams import pages
from tests.messages import TEMPLATES, every_message
from tests.sides.teams_house import TeamsHouse

Json = dict[str, Any]
HOSTILE = '"},{"type":"TextBlock","text":"**x** \\n <at>y</at> {{ 7*7 }}'
WORDS = "Issue: notice is short.\n<at>all</at> **not bold** [x](https://a.example)"


def form(member: Member) -> Json:
    assert member.modals, "no dialog is open"
    return member.modals[-1]


def read(member: Member) -> str:
    return forms.readable(form(member)["card"])


def fields(member: Member) -> dict[str, Json]:
    return forms.inputs(form(member)["card"])


async def sends(member: Member, **filled: str) -> Answer:
    answer = await member.submits(form(member), filled)
    assert answer.acknowledged, answer.text
    return answer


async def recorded(house: TeamsHouse) -> list[Recorded]:
    async with house.desk.sessions.read() as session:
        ids = (await session.scalars(select(View.id).order_by(View.id))).all()
        found = [await record.view(session, audience.SECAS, view_id) for view_id in ids]
    return [view for view in found if view]


async def comments_privately(house: TeamsHouse, member: Member, words: str, **more: str) -> Json:
    """The form as it was sent."""
    assert (await member.clicks(house.post(), "comment_privately")).acknowledged
    opened = dict(form(member))
    await sends(member, words=words, **more)
    return opened


async def opens_own(house: TeamsHouse, member: Member) -> None:
    """“My comment…” in the latest note."""
    await house.sends()
    said = Said(house.workspace.direct(member), house.workspace.notes(member)[-1]["ts"])
    assert (await member.clicks(said, "my_comment")).acknowledged


async def by_command(house: TeamsHouse, member: Member, line: str) -> None:
    """The form of a command, by the button that comes as its answer."""
    chat = house.workspace.direct(member)
    await member.types(chat, line)
    await house.sends()
    said = Said(chat, house.workspace.notes(member)[-1]["ts"])
    assert (await member.clicks(said, pages.OPEN)).acknowledged


# --- of a member ------------------------------------------------------------------------------------------------------


async def test_a_private_comment_is_recorded_once_as_it_was_typed_and_its_author_changes_it(teams: TeamsHouse) -> None:
    sent = await comments_privately(teams, teams.ada, WORDS, stance="needs clarification")
    assert teams.ada.modals == []  # the form is closed, and a note says the rest
    await teams.ada.submits(sent, {"words": WORDS})
    (view,) = await recorded(teams)
    assert (view.text, view.stance, view.source) == (WORDS, "needs clarification", "private")

    await opens_own(teams, teams.ada)
    assert fields(teams.ada)["words"]["value"] == WORDS
    assert fields(teams.ada)["stance"]["value"] == "needs clarification"
    older = form(teams.ada)
    await sends(teams.ada, confidential="true")
    teams.clock.forward(minutes=1)
    await teams.ada.submits(older, {"on_behalf_of": "Wharfe Supply"})  # opened before: it takes no tick out
    (view,) = await recorded(teams)
    assert (view.text, view.confidential, view.stated.on_behalf_of) == (WORDS, True, "Wharfe Supply")

    await opens_own(teams, teams.ada)
    await sends(teams.ada, withdraw="true")
    assert not (await recorded(teams))[0].stands


async def test_a_mistake_stands_above_its_field_and_everything_that_was_typed_is_kept(teams: TeamsHouse) -> None:
    await comments_privately(teams, teams.ada, "Issue: first.")
    await opens_own(teams, teams.ada)
    await sends(teams.ada, words=" ", on_behalf_of="Wharfe Supply", stance="needs clarification", confidential="true")

    body = form(teams.ada)["card"]["body"]
    place = next(number for number, element in enumerate(body) if element.get("id") == "words")
    assert "The comment has no words" in forms.readable(body[place - 1])
    values = {name: each.get("value") for name, each in fields(teams.ada).items()}
    assert values["on_behalf_of"] == "Wharfe Supply"
    assert (values["stance"], values["confidential"]) == ("needs clarification", "true")
    teams.clock.forward(minutes=1)
    await sends(teams.ada, words="Issue: second.")
    (view,) = await recorded(teams)
    assert (view.text, view.confidential, view.stated.on_behalf_of) == ("Issue: second.", True, "Wharfe Supply")


async def test_what_was_written_in_a_form_that_can_be_sent_no_longer_stands_there_to_be_copied(
    teams: TeamsHouse,
) -> None:
    assert (await teams.ada.clicks(teams.post(), "comment_privately")).acknowledged
    for action in form(teams.ada)["card"]["actions"]:
        action["data"]["about"] = "4711"  # of a post that was withdrawn since
    await sends(teams.ada, words=WORDS)

    assert "has been withdrawn" in read(teams.ada)
    assert f"It stands here to be copied:\n{WORDS}" in read(teams.ada)


async def test_who_presses_a_button_sees_it_on_the_post_and_everybody_how_many_did_until_it_is_taken_back(
    teams: TeamsHouse,
) -> None:
    given = await teams.cara.clicks(teams.post(), "no_comment")
    assert "“No comment” on DP092 is recorded, for Calder Networks" in given.text
    assert "“No comment” on DP092 is recorded, for Calder Networks" in await teams.told(teams.cara)
    again = await teams.cara.clicks(teams.post(), "no_comment")
    assert "is recorded already" in again.text
    first_note = teams.workspace.notes(teams.cara)[0]
    leads = [each["selectAction"]["url"] for each in cards.walk(first_note["card"]) if "selectAction" in each]
    assert [f"/{teams.post().ts}?" in address for address in leads] == [True]
    note = Said(teams.workspace.direct(teams.cara), first_note["ts"])
    assert (await teams.cara.clicks(note, "take_back")).text == "“No comment” on DP092 is taken back."

    async def present() -> list[bool]:
        async with teams.desk.sessions.read() as session:
            return [each.present for each in await session.scalars(select(Reaction))]

    def shown(member: Member) -> str:
        return forms.readable(member.card(teams.post()))

    first = await teams.cara.clicks(teams.post(), "react", "grey_question")
    assert "“Needs clarification” is recorded for you: choose it again to take it back." in first.text
    assert "Needs clarification (1)" in shown(teams.cara)
    assert "Needs clarification (1)" not in shown(teams.ada)
    await jobs.refresh_counts(teams.desk)
    await teams.sends()
    assert "Needs clarification (1)" in shown(teams.ada)
    assert "is recorded for you" not in shown(teams.ada)
    assert await present() == [True]
    await teams.workspace.redeliver()
    assert await present() == [True]
    teams.clock.forward(seconds=5)
    last = await teams.cara.clicks(teams.post(), "react", "grey_question")
    assert "“Needs clarification” is taken back." in last.text
    assert "Needs clarification (" not in last.text
    assert await present() == [False]


async def test_an_organisation_is_stated_in_a_form_and_confirmed_by_secas_alone(teams: TeamsHouse) -> None:
    chat = teams.workspace.direct(teams.jo)
    await teams.jo.types(chat, "profile")
    await teams.sends()
    said = teams.workspace.find(chat, "Organisation not stated")
    assert (await teams.jo.clicks(said, "state_organisation")).acknowledged
    await sends(teams.jo, organisation=" ", known="none")
    assert "Name your organisation" in read(teams.jo)
    await sends(teams.jo, organisation="Ribble & Sons", category="Small Suppliers")
    assert "Ribble & Sons, Small Suppliers is recorded as you stated it" in read(teams.jo)
    await teams.sends()
    claim = teams.workspace.find(teams.secas, "Ribble & Sons")
    teams.workspace.put(teams.ada, teams.secas)
    assert "analysts" in (await teams.ada.clicks(claim, "confirm_claim")).text
    assert "Jo Stone speaks for Ribble & Sons" in (await teams.robin.clicks(claim, "confirm_claim")).text
    async with teams.desk.sessions.read() as session:
        assert [each.confirmed for each in await session.scalars(select(Claim))] == [True]


# --- of an analyst ----------------------------------------------------------------------------------------------------


async def test_an_analyst_enters_sorts_and_decides_in_forms_and_loses_no_choice_on_the_way(teams: TeamsHouse) -> None:
    await by_command(teams, teams.robin, "enter DP092")
    entered = {"source": "e-mail", "on": "2019-10-29", "words": "Two weeks' notice is short."}
    dan = teams.dan.id.partition(":")[2]
    await sends(teams.robin, **entered, picked=dan, person="Somebody else")
    assert "Say who gave it in one way only" in read(teams.robin)
    assert fields(teams.robin)["words"]["value"] == entered["words"]
    assert fields(teams.robin)["on"]["value"] == "2019-10-29"
    await sends(teams.robin, person="")
    assert "Recorded as DP092-V001" in read(teams.robin)
    assert "Dan Okoro is told in a direct message" in read(teams.robin)
    await comments_privately(teams, teams.ada, "A windmill.")

    await by_command(teams, teams.robin, "sort DP092")
    first, second = (name for name in fields(teams.robin) if name.startswith("facet"))
    await teams.robin.submits(form(teams.robin), {first: "impact"}, "more_on_comment")
    assert form(teams.robin)["title"] == "DP092-V001"
    await teams.robin.submits(form(teams.robin), {}, pages.OPEN)
    assert fields(teams.robin)[first]["value"] == "impact"
    await sends(teams.robin, **{second: "issue"})
    assert "DP092-V001: sorted as impact." in read(teams.robin)
    assert "DP092-V002: sorted as issue." in read(teams.robin)

    await by_command(teams, teams.robin, "sort DP092-V002")
    await teams.robin.submits(form(teams.robin), {}, "deed_withhold")
    await sends(teams.robin, reason=" ")
    assert "Attention" in str(form(teams.robin)["card"])
    await sends(teams.robin, reason="Commercially sensitive.")
    assert "DP092-V002 is withheld from every output" in read(teams.robin)


async def test_a_message_of_the_channel_is_recorded_and_its_author_objects(teams: TeamsHouse) -> None:
    said = await teams.ada.posts(teams.channel, "On DP092: notice is too short for us.")
    assert "analysts" in (await teams.ada.shortcut(said, "record_as_view")).text
    await teams.robin.shortcut(said, "record_as_view")
    assert fields(teams.robin)["proposal"]["value"]
    await sends(teams.robin)
    assert "Recorded as DP092-V001" in read(teams.robin)
    await teams.sends()
    note = teams.workspace.find(teams.workspace.direct(teams.ada), "SECAS has recorded your message")
    await teams.ada.clicks(note, "object_to_record")
    await sends(teams.ada, words="It was a joke.")
    assert "Your objection to DP092-V001 is kept" in read(teams.ada)
    assert (await recorded(teams))[0].objections == ("It was a joke.",)


# --- forged -----------------------------------------------------------------------------------------------------------


async def forges(house: TeamsHouse, member: Member, **data: object) -> str:
    """A form that none of our cards holds, sent by hand; what its sender reads."""
    await member.clicks(house.post(), "comment_privately")
    opened = form(member)
    button = opened["card"]["actions"][0]
    button["data"] = {**button["data"], **data}
    answer = await member.submits(opened, {"words": "Words."})
    assert answer.acknowledged
    return answer.text


async def test_forged_ids_and_forms_are_refused_and_nothing_is_recorded(teams: TeamsHouse) -> None:
    await comments_privately(teams, teams.ada, "A windmill.")
    (view,) = await recorded(teams)
    for refused in (
        {"form": "my_comment", "about": str(view.id), "withdraw": "true"},
        {"form": "decide_comment", "about": f"withhold {view.id}", "reason": "Mine."},
        {"form": "sort_comments", "about": "DP092", f"shown facet {view.id} 1 -": "x", f"facet {view.id} 1 -": "issue"},
        {"form": "enter_comment", "about": "DP092", "source": "e-mail", "on": "2019-10-29", "person": "Ada Firth"},
        {"form": "record_message", "about": "../../x 1 1", "proposal": "1"},
        {"form": "object_to_record", "about": str(view.id)},
        {"form": "private_comment", "about": "999999 x"},
        {"form": "private_comment", "about": "1; DROP TABLE views"},
        {"form": "nothing_of_ours"},
        {"form": "open_form", "about": "/dp publish X"},
    ):
        said = await forges(teams, teams.cara, **refused)
        assert re.search(r"only|not one|withdrawn|another|analysts|Sub-Committee's channel", said, re.IGNORECASE), said
    assert [each.text for each in await recorded(teams)] == ["A windmill."]
    assert (await recorded(teams))[0].stands


async def test_a_private_comment_is_not_taken_for_a_channel_that_only_the_form_names(teams: TeamsHouse) -> None:
    una = teams.workspace.member("Una Stranger", "una@nowhere.example")
    chat = teams.workspace.direct(una)
    await una.types(chat, "profile")
    await teams.sends()
    teams.workspace._store.room(teams.channel.id).members.discard(una.id)
    await una.clicks(teams.workspace.find(chat, "Organisation not stated"), "state_organisation")
    opened = form(una)
    send = next(action for action in opened["card"]["actions"] if "form" in action["data"])
    send["data"] = {
        "form": "private_comment",
        "about": f"1 {teams.channel.id}",
        "words": "Not in it.",
        "shown words": "x",
        "key": "k",
    }

    await una.submits(opened, {})

    assert await recorded(teams) == []


# --- the cards --------------------------------------------------------------------------------------------------------


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "words", ["A title", '"},{"type":"TextBlock","text":"**x** \\n <at>y</at> {{ 7*7 }}', "x" * 3000, ""]
)
def test_every_form_is_a_card_that_teams_takes_with_every_word_as_it_stands(words: str) -> None:
    renderer, seen = Renderer(), set()
    for message in every_message(words):
        if message.name.startswith("modals/"):
            _is_taken(renderer, message)
            seen.add(message.name)
    assert seen == {f"modals/{path.stem}" for path in (TEMPLATES / "teams/modals").glob("*.json")}


def _is_taken(renderer: Renderer, message: Message) -> None:
    payload: Json = dict(renderer.payload("teams", message))
    here: Json = dict(renderer.payload("slack", message))
    cards.check(payload["card"], form=True)
    named = {block["block_id"] for block in here["blocks"] if block["type"] == "input"}
    assert set(forms.inputs(payload["card"])) == named, message.name
    sent = [each["data"] for each in payload["card"].get("actions", [])]
    assert [each["form"] for each in sent] == ([here["callback_id"]] if "submit" in here else [])


def test_every_button_and_form_of_the_templates_has_somebody_who_takes_it() -> None:
    texts = [path.read_text("utf-8") for path in (TEMPLATES / "teams").rglob("*.j*")]
    texts += [path.read_text("utf-8") for path in (TEMPLATES / "shared/forms").glob("*.jinja")]
    whole = "\n".join(texts)
    opened = set(re.findall(r'(?:opens|beside)\((?:[^()]|\([^()]*\))*?"([a-z]+_[a-z_]+)"', whole)) - {"deed_"}
    done = set(re.findall(r'button\("([a-z_]+)"', whole))
    taken = set(re.findall(r"'([a-z]+_[a-z]+(?:_[a-z]+)*)'", whole)) & set(TAKERS)

    assert opened <= {*OPENERS, pages.OPEN}
    assert done <= {*DOERS, "react"}
    assert taken == set(TAKERS)
