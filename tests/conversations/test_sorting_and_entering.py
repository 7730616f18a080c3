"""SECAS's forms: sorting comments, and entering one that came by e-mail, on whatever platform."""

from tests.conversations.filling import by_command
from tests.house import House

IMPACT = "We would lose a day a month if nothing changes."


async def test_an_analyst_sorts_what_the_rules_only_suggest(house: House) -> None:
    await house.cara.replies(house.post(), IMPACT)
    form = await by_command(house, house.robin, "/dp sort DP092")
    ((name, field),) = form.fields.items()
    impact = next(value for read, value in field.choices.items() if "impact" in read.casefold())

    assert "Suggested: impact" in field.told or "Suggested: impact" in form.words
    await form.fills({name: impact})

    shown = (await house.ada.types(house.channel, "/dp views DP092")).text
    assert shown.index("The impacts this may be having") < shown.index(IMPACT)
    assert (await by_command(house, house.robin, "/dp sort DP092")).fields == {}


async def test_a_comment_that_came_by_email_is_entered_once_with_the_day_it_was_given(house: House) -> None:
    form = await by_command(house, house.robin, "/dp enter DP092")
    filled: dict[str, str | bool] = {
        "source": "e-mail",
        "on": "2019-10-31",
        "person": "dan.okoro@wharfe.example",
        "words": "Issue: agents are not named.",
    }

    assert "31 October 2019" in await form.fills(filled)  # a day to come
    assert await house.views() == []
    for _ in range(2):
        await form.fills(filled | {"on": "2019-10-29"})

    shown = (await house.ada.types(house.channel, "/dp views DP092")).text
    assert shown.count("agents are not named") == 1
    assert "Wharfe Supply, Small Suppliers (member)" in shown
    assert "by e-mail, 29 October 2019" in shown
