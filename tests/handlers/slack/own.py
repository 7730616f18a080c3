"""What tests of a member's own comments share: marks, private notes, forms and the buttons in them."""

from typing import Any

from sqlalchemy import select

from bot.models import Answer, Decision, View
from bot.services import audience, record, replaying
from bot.services.recorded import Recorded
from handlers.sandbox import Member, Said
from handlers.sandbox.members import Answer as Answered
from handlers.sandbox.page import clicks
from handlers.sandbox.text import readable
from handlers.slack.messenger import MARK
from tests.house import House

Json = dict[str, Any]


def is_marked(house: House, said: Said) -> bool:
    """Whether the bot's mark is on a message."""
    thread = house.workspace.thread(said.channel, said.thread_ts or said.ts)
    message = next(each for each in thread if each["ts"] == said.ts)
    on_it = [each["users"] for each in message["reactions"] if each["name"] == MARK]
    return [house.workspace.bot_user_id] in on_it


async def notes(house: House, member: Member) -> list[str]:
    """What the member was told privately in a channel or thread, once all is sent."""
    await house.sends()
    return [shown(each) for each in house.workspace.ephemerals(member)]


async def direct(house: House, member: Member) -> list[str]:
    """What the member was told in direct messages."""
    await house.sends()
    return [shown(each) for each in house.workspace.messages(house.workspace.direct(member))]


def shown(message: Json) -> str:
    """What is read in a message; its text is only for notifications where it has blocks."""
    return readable({"text": "" if message["blocks"] else message["text"], "blocks": message["blocks"]}).strip()


async def chooses(member: Member, said: Said) -> Json:
    """“My comment…” in a message's menu: the form, or the window that says why there is none."""
    assert (await member.shortcut(said, "my_comment")).acknowledged
    return member.modals.pop()


async def presses(house: House, member: Member, action_id: str, **fields: str) -> Answered:
    """The newest button of that action_id that a private message to the member holds, and of that `value`."""
    for message in reversed(house.workspace.ephemerals(member)):
        for block in message["blocks"]:
            for element in [*block.get("elements", []), block.get("accessory", {})]:
                if element.get("action_id") == action_id and fields.items() <= element.items():
                    button = clicks.Button("whisper", message["ts"], block["block_id"], action_id)
                    person = house.workspace._core.store.person(member.id)
                    return await clicks.click(house.workspace._core, person, button, None)
    raise LookupError(f"{member.name} was told nothing with a button {action_id}.")


async def submits(member: Member, form: Json, **fields: object) -> Answered:
    """The form, with these fields filled in."""
    return await member.submits(form, {name: {name: value} for name, value in fields.items()})


async def comments_privately(house: House, member: Member, words: str, **fields: object) -> Answered:
    """The button under the post, and its form."""
    assert (await member.clicks(house.post(), "comment_privately")).acknowledged
    return await submits(member, member.modals[-1], words=words, **fields)


def fields_of(form: Json) -> dict[str, Json]:
    return {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}


async def decisions(house: House) -> list[Decision]:
    async with house.desk.sessions.read() as session:
        return list(await session.scalars(select(Decision).order_by(Decision.id)))


async def recorded(house: House) -> list[Recorded]:
    """Every comment and reply as SECAS sees it."""
    async with house.desk.sessions.read() as session:
        ids = (await session.scalars(select(View.id).order_by(View.id))).all()
        found = [await record.view(session, audience.SECAS, view_id) for view_id in ids]
    return [view for view in found if view]


async def replayed(house: House) -> None:
    """Made anew from the ledger and the decisions, the record is the same."""
    before = await _folded(house)
    async with house.desk.sessions.begin() as session:
        await replaying.replay(session)
    assert await _folded(house) == before


async def _folded(house: House) -> list[Json]:
    async with house.desk.sessions.read() as session:
        rows = [*await session.scalars(select(View).order_by(View.id)), *await session.scalars(select(Answer))]
        return [{column.name: getattr(row, column.name) for column in row.__table__.columns} for row in rows]
