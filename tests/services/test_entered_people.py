"""Whom SECAS means by the author of a comment that it enters: namesakes, strangers' addresses, people erased."""

from datetime import date, timedelta

import pytest

from bot.domain import Reference, Source
from bot.errors import UserError
from bot.rules.refs import parse_ref
from bot.services import acting, amending, entering, forgetting, identities
from bot.services.attributing import ENTERED, Said
from bot.services.entering import EnteredComment
from bot.services.recorded import Recorded
from handlers.sandbox import Member
from tests.handlers.slack.own import direct
from tests.house import OPERATOR, ROBIN, House

ADA = "ada.firth@northshire.example"


async def enters(house: House, who: str, organisation: str = "", words: str = "We support it.") -> Recorded:
    comment = EnteredComment(Reference(92), Source.EMAIL, Said(who, organisation), date(2019, 10, 30), words)
    by = acting.analyst(house.desk.config, ROBIN)
    async with house.desk.sessions.begin() as session:
        return (await entering.enter(session, house.desk.config, house.desk.outbox, comment, by, house.clock())).view


async def rewords(house: House, ref: str, words: str) -> amending.Amended:
    name, by = parse_ref(ref), acting.analyst(house.desk.config, ROBIN)
    assert name is not None
    async with house.desk.sessions.begin() as session:
        return await amending.reword(
            session, house.desk.config, house.desk.outbox, name, words, by, house.clock() + timedelta(minutes=1)
        )


async def stranger_with_adas_address(house: House) -> Member:
    """In another workspace, which shares the channel; the bot has heard them."""
    house.workspace.share(house.channel, "T0OTHER")
    stranger = house.workspace.member("Mal Grey", ADA, team="T0OTHER")
    house.workspace.put(stranger, house.channel)
    await stranger.types(house.channel, "/dp profile")
    return stranger


async def test_people_of_one_name_are_one_person_only_in_one_organisation(house: House) -> None:
    tarn, wharfe = [await enters(house, "John Smith", each) for each in ("Tarn", "Wharfe")]
    again = await enters(house, "John Smith", "Tarn Ltd", "We support it still.")

    assert tarn.author
    assert wharfe.author
    assert again.author
    assert tarn.author.id == again.author.id != wharfe.author.id
    async with house.desk.sessions.read() as session:
        with pytest.raises(UserError, match="Several people are called John Smith"):
            await identities.find(session, "John Smith")


async def test_a_comment_entered_for_a_member_is_not_a_strangers_who_has_the_address_elsewhere(house: House) -> None:
    # The member herself was never heard on the platform: the stranger's is the only account with the address.
    stranger = await stranger_with_adas_address(house)
    view = await enters(house, ADA, words="SECRETWINDMILL")
    await rewords(house, view.ref, "SECRETWINDMILL, in other words")

    assert view.author
    assert view.author.platform == ENTERED
    assert view.profile.organisation == "Northshire Energy"
    assert "SECRETWINDMILL" not in (await stranger.types(house.channel, "/dp mine")).text
    assert await direct(house, stranger) == []


async def test_nothing_new_is_kept_of_somebody_who_was_erased(house: House) -> None:
    view = await enters(house, ADA)
    async with house.desk.sessions.begin() as session:
        person = await identities.find(session, ADA)
        await forgetting.forget(session, person, OPERATOR, house.clock())

    with pytest.raises(UserError, match="DP092-V001 was erased"):
        await rewords(house, view.ref, "Ada Firth says it again.")
