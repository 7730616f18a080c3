"""“My comment…”: what its author says of a recorded comment, changes, or takes back."""

import asyncio

from bot.decisions import SpeaksFor, Stance, Stated
from bot.domain import Facet
from bot.services.recorded import State
from tests.conversations.filling import from_menu, from_note
from tests.handlers.slack.own import decisions, is_marked, recorded, replayed
from tests.house import House
from tests.sides.slack import SlackSide

HOSTILE = '& < > <!channel> @here <at>x</at> "q" \\ {{ 7*7 }} {% raw %} *b* \u202e'
GIVEN = {"facet": "issue", "stance": "needs clarification", "speaks_for": "personal"}


async def test_what_its_author_says_of_it_is_kept_told_alone_and_shown_in_the_next_form(house: House) -> None:
    said = await house.ada.replies(house.post(), HOSTILE)
    form = await from_menu(house, house.ada, said)
    for words in ("DP092-V001", "It appears as: Northshire Energy, Large Suppliers (member).", HOSTILE):
        assert words in form.words
    assert {name: field.value for name, field in form.fields.items()} == dict.fromkeys(
        ("facet", "stance", "speaks_for", "on_behalf_of", "withdraw"), ""
    )
    assert list(form.fields["stance"].choices)[1:] == [
        "Agrees with the issue as described",
        "Does not agree with the issue as described",
        "Needs clarification",
        "No comment",
    ]

    await form.sends(**GIVEN, on_behalf_of=HOSTILE)
    (view,) = await recorded(house)
    assert view.stated == Stated(Facet.ISSUE, Stance.CLARIFY, HOSTILE, SpeaksFor.PERSONAL)
    told = await house.told(house.ada)
    assert "DP092-V001 is changed as you asked." in told[-1]
    assert f"On: the issue. Stance: needs clarification. A personal view. On behalf of: {HOSTILE}." in told[-1]
    await form.sends(**GIVEN, on_behalf_of=HOSTILE)
    assert await house.told(house.ada) == told
    again = await from_menu(house, house.ada, said)
    assert {name: again.fields[name].value for name in GIVEN} == GIVEN
    assert again.fields["on_behalf_of"].value == HOSTILE
    await again.sends()
    assert (await house.told(house.ada))[-1].startswith("Nothing was changed in DP092-V001.")
    (decision,) = await decisions(house)
    assert (decision.by, decision.role) == (house.ada.id, "member")

    house.clock.forward(minutes=1)
    await (await from_menu(house, house.ada, said)).sends(**dict.fromkeys(GIVEN, "none"), on_behalf_of="")
    assert (await recorded(house))[0].stated == Stated()
    assert "Nothing more is stated of it." in (await house.told(house.ada))[-1]
    await replayed(house)


async def test_it_is_its_authors_alone_and_what_is_not_recorded_has_no_form(house: House) -> None:
    said = await house.ada.replies(house.post(), "Not clear to us.")
    form = await from_menu(house, house.ada, said)
    refused = "somebody else's comment: only its author can change or withdraw it."
    assert refused in (await from_menu(house, house.ben, said)).words
    for_analysts = (await from_menu(house, house.robin, said)).words
    assert f"DP092-V001 is {refused} To sort it, set it aside or withhold it, type" in for_analysts
    assert "somebody else's comment" in await form.sends(house.ben, withdraw=True)
    assert (await recorded(house))[0].stands
    assert await decisions(house) == []

    heading = house.side.find(house.channel, "have entered the")
    lunch = await house.ada.posts(house.channel, "Lunch?")
    for other in (lunch, heading, house.post(), await house.ada.replies(heading, "To the batch.")):
        assert "That message is not recorded as a comment" in (await from_menu(house, house.ada, other)).words
    answer = await from_menu(house, house.gwen, await house.gwen.replies(house.post(), "We shall look."))
    assert "It appears as: DCC, beside the comments and not counted." in answer.words
    assert set(answer.fields) == {"withdraw"}


async def test_a_withdrawn_comment_is_sealed_at_once_and_nothing_brings_it_back(house: House) -> None:
    said = await house.ada.replies(house.post(), "Issue: a marked windmill.")
    await house.ticks()
    form = await from_menu(house, house.ada, said)
    await (await from_menu(house, house.ada, said)).sends(withdraw=True, stance="needs clarification")

    (view,) = await recorded(house)
    assert (view.state, view.text, view.wordings) == (State.WITHDRAWN, "", ())
    assert [decision.kind for decision in await decisions(house)] == ["withdrawn"]
    told = (await house.told(house.ada))[-1]
    assert "DP092-V001 is withdrawn: its words are shown to nobody from now on." in told
    assert f"Your message stays in {house.side.printed}: delete it there if it is to go too." in told
    sentence = "DP092-V001 was withdrawn on 30 October 2019 and can no longer be changed"
    assert sentence in await form.sends(stance="needs clarification")
    house.clock.forward(minutes=1)
    await house.ada.edits(said, "Issue: a marked windmill, again.")
    assert sentence in (await from_menu(house, house.ada, said)).words
    assert (await recorded(house))[0].text == ""
    house.clock.forward(minutes=2)
    await house.ticks()
    assert "no comments yet" in house.post_text()
    assert "windmill" not in (await house.ada.types(house.channel, "/dp mine")).text
    assert not isinstance(house.side, SlackSide) or not is_marked(house, said)
    await house.ada.deletes(said)
    await replayed(house)


async def test_a_later_comment_replaces_an_earlier_one_of_the_same_person_where_they_say_so(house: House) -> None:
    post = house.post()
    first = await house.ada.replies(post, "Issue: unclear.")
    await house.ben.replies(post, "Issue: clear.")
    await house.ada.replies(house.post("DP089"), "Issue: elsewhere.")
    last = await house.ada.replies(post, "Issue: clear to us now.")
    form = await from_menu(house, house.ada, last)
    offered = form.fields["replaces"].choices
    assert list(offered) == ["None", "DP092-V001: Issue: unclear."]
    assert "replaces" not in (await from_menu(house, house.ada, first)).fields
    for _ in range(2):
        await form.sends(replaces=offered["DP092-V001: Issue: unclear."])

    states = {view.ref: view.state for view in await recorded(house)}
    assert states.pop("DP092-V001") == State.REPLACED
    assert set(states.values()) == {State.STANDS}
    assert "It replaces DP092-V001." in (await house.told(house.ada))[-1]
    assert "It replaces DP092-V001." in (await from_menu(house, house.ada, last)).words
    assert "It is replaced by DP092-V003." in (await from_menu(house, house.ada, first)).words
    house.clock.forward(minutes=2)
    await house.ticks()
    assert "2 comments from 1 organisation" in house.post_text()
    await replayed(house)


async def test_two_members_change_their_own_at_once_and_each_finds_what_is_theirs_in_mine(house: House) -> None:
    assert "No comment of yours is recorded." in (await house.ada.types(house.channel, "/dp mine")).text
    post, people = house.post(), (house.ada, house.cara)
    said = [await person.replies(post, f"Issue: a windmill of {person.name}.") for person in people]
    gone = await house.ada.replies(post, "Issue: a windmill that is gone.")
    await house.ada.deletes(gone)
    forms = [await from_menu(house, person, each) for person, each in zip(people, said, strict=True)]
    await asyncio.gather(forms[0].sends(stance="needs clarification"), forms[1].sends(withdraw=True))

    ada, cara, _ = await recorded(house)
    assert (ada.stance, ada.state) == (Stance.CLARIFY, State.STANDS)
    assert (cara.stance, cara.state) == (None, State.WITHDRAWN)
    shown = (await house.ada.types(house.channel, "/dp mine")).text
    assert "2 comments. Only you and SECAS see this list." in shown
    assert "a windmill of Ada Firth" in shown
    assert "DP092-V003" in shown
    assert f"{house.side.printed}, 30 October 2019  |  removed" in shown
    for words in ("that is gone", "Cara Dunn"):
        assert words not in shown
    form = await from_note(house, house.ada, "my_comment", str(ada.id))
    assert "DP092-V001" in form.words
    await form.sends(withdraw=True)
    assert (await recorded(house))[0].state is State.WITHDRAWN
