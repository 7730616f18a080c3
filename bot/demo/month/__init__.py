"""`make rehearse`: a month of the whole job in a local workspace, and what each role sees of it in the end."""

from collections.abc import Callable
from pathlib import Path

from bot import app
from bot.demo.looking import plain
from bot.demo.month.story import REFERENCE, Story
from bot.demo.month.world import World, world
from bot.domain import Message
from bot.render import Renderer

Say = Callable[[str], None]
# Who is asked what they see at the end: by first name, and as what.
_SEES = (
    ("Ada", "member of the Operations Group, Northshire Energy"),
    ("Ben", "her alternate"),
    ("Isla", "member of the Security Sub-Committee, Calder Networks"),
    ("Hugh", "chair of the Operations Group"),
    ("Daniel", "the Proposer, DCC"),
    ("Robin", "analyst of SECAS"),
)


async def rehearse(out: Path, say: Say) -> None:
    """Play the month; documents are left in `out`. It ends by itself."""
    async with world() as made:
        month = Month(made, Story(made), out, say)
        await month.first_half()
        await month.second_half()


class Month:
    """One performance: dpbot runs, is away for a day, and runs again."""

    def __init__(self, made: World, story: Story, out: Path, say: Say) -> None:
        self._on = made
        self._story = story
        self._out = out
        self._say = say

    async def first_half(self) -> None:
        """Until dpbot is stopped; then people go on talking."""
        async with app.running(self._on.desk, self._on.secrets):
            self._tell("papers", refused=await self._story.papers())
            await self._story.talk()
            await self._story.forms()
            self._tell("talk")
            await self._story.entered()
            self._tell("entered")
        await self._story.away()
        self._tell("away")

    async def second_half(self) -> None:
        """It starts again, reads what it missed, and the month goes on to the document."""
        async with app.running(self._on.desk, self._on.secrets):
            await self._story.back()
            self._tell("back")
            await self._story.decided()
            self._tell("decided")
            for name, role in _SEES:
                answer = await self._story.asks(name, f"/dp views {REFERENCE}")
                self._tell("sees", name=self._on.cast[name].name, role=role, answer=plain(answer))
            await self._story.compiled()
            self._keep()
            self._tell("receipt", receipt=self._receipt(), out=self._out)

    def _keep(self) -> None:
        self._out.mkdir(parents=True, exist_ok=True)
        for file in self._on.workspace.files(self._on.secas):
            (self._out / Path(file.name).name).write_bytes(file.content)

    def _receipt(self) -> str:
        """How the comments were collected, as the public document says it."""
        files = self._on.workspace.files(self._on.secas)
        document = next(file.content.decode() for file in files if file.name.endswith(".md"))
        return document.partition("## 9. ")[2].partition("\n## ")[0].partition("\n")[2].strip()

    def _tell(self, step: str, **values: object) -> None:
        self._say(Renderer().text(Message("month", {"step": step, **values})))
