"""What conversations by forms share: a form that is open before somebody, on whatever platform."""

from dataclasses import dataclass
from typing import Any

from handlers.sandbox import Member, Said
from tests.house import House
from tests.sides.forms import Field, top


@dataclass(frozen=True)
class Form:
    """As it was when it was opened; it may be sent again later, and by somebody else."""

    house: House
    member: Member
    form: dict[str, Any]

    @property
    def words(self) -> str:
        return self.house.side.forms.words(self.form)

    @property
    def fields(self) -> dict[str, Field]:
        return self.house.side.forms.fields(self.form)

    async def sends(self, by: Member | None = None, /, **filled: str | bool) -> str:
        """What is read then."""
        return await self.fills(filled, by)

    async def fills(self, filled: dict[str, str | bool], by: Member | None = None) -> str:
        return await self.house.side.forms.sends(by or self.member, self.form, filled)

    async def presses(self, action: str) -> "Form":
        form = await self.house.side.forms.presses(self.member, self.form, action)
        return Form(self.house, self.member, dict(form))


def opened(house: House, member: Member) -> Form:
    """The one on top, of which nothing is left before the member."""
    form = Form(house, member, dict(top(member)))
    member.modals.clear()
    return form


async def from_menu(house: House, member: Member, said: Said, command: str = "my_comment") -> Form:
    """“My comment…” in a message's menu: the form, or the window that says why there is none."""
    assert (await member.shortcut(said, command)).acknowledged
    return opened(house, member)


async def from_note(house: House, member: Member, action: str, value: str | None = None) -> Form:
    """By the newest such button in what the member was told alone."""
    await house.sends()
    await house.side.forms.told(member, action, value)
    return opened(house, member)


async def by_command(house: House, member: Member, line: str) -> Form:
    await house.side.asks_form(member, line)
    return opened(house, member)


async def under_post(house: House, member: Member) -> Form:
    """“Comment privately”."""
    assert (await member.clicks(house.post(), "comment_privately")).acknowledged
    return opened(house, member)


async def everything_again(house: House) -> None:
    """dpbot is told again whatever it was told: in order, then the other way round."""
    told = house.side.told
    for each in (*told, *reversed(told)):
        await house.side.tells(each)
