"""What tests of recorded messages share: “Record as a view” in a message's menu, and its form."""

from handlers.sandbox import Member, Said
from handlers.sandbox.members import Answer
from tests.handlers.slack.own import Json, fields_of, submits
from tests.house import House

WORDS = "On DP092: two weeks' notice is too short for us."


async def opens(house: House, said: Said, member: Member | None = None) -> Json:
    """“Record as a view” in a message's menu: the form, or the window that says why there is none."""
    analyst = member or house.robin
    assert (await analyst.shortcut(said, "record_as_view")).acknowledged
    return analyst.modals[-1]


async def records(house: House, said: Said, reference: str = "DP092") -> Answer:
    form = await opens(house, said)
    options = fields_of(form)["proposal"]["options"]
    value = next(each["value"] for each in options if each["text"]["text"].startswith(reference))
    return await submits(house.robin, form, proposal=value)
