"""A view is seen by the Sub-Committee in whose channel it was given, and by SECAS: looked for everywhere."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import commands, reports
from bot.commands import OpenModal
from bot.compilation import CommentsDocument
from bot.config import load_config
from bot.decisions import Looked, SetAside, Stated, Value, Withdrawn, Withheld
from bot.domain import HeardWords, Origin, Place, Reference, Source, Speaker, Version
from bot.errors import UserError
from bot.models import Item, LedgerEntry, Post, View
from bot.outbox import Outbox
from bot.papers import read_paper
from bot.render import Renderer
from bot.reports.editions import editions
from bot.services import acting, collecting, deciding, digesting, importing, publishing, snapshot
from bot.services.deciding import About
from tests.house import CONFIG, OPERATOR, PAPER, ROBIN, ROSTER, SAMPLE, has_roster, sample_text
from tests.services.hearing import CHANNEL, NOW, Record, open_database

pytestmark = pytest.mark.unmeasured

SECURITY = "C2"
SSC_PAPER = {PAPER: "SSC_90_0611_04", "Operations Group": "Security Sub-Committee"}
OUTBOX = Outbox(Renderer())
DP092 = Reference(92)
# Who looks, and what they sit on; nobody of them has said anything.
LOOKERS = {
    "cara.dunn@calder.example": {"OPSG"},
    "isla.beck@ribble.example": {"SSC"},
    "hugh.ames@panel.example": {"OPSG"},
    "jo.stone@elsewhere.example": set(),
    ROBIN: {"OPSG", "SSC"},
}
ARGUMENTS = ("", "DP092", "DP092 by organisation", "DP092-V001", "OPSG", "SSC")
DECISIONS: dict[str, tuple[Value, ...]] = {
    "stands": (),
    "withheld": (Withheld(),),
    "set aside": (SetAside(),),
    "withdrawn": (Withdrawn(),),
    "taken as withdrawn": (Looked(stands=False),),
    "confidential": (Stated(confidential=True),),
}


@dataclass(frozen=True)
class Planted:
    """A view with a word of its own in it. Its author is nobody who looks."""

    sub_committee: str
    source: Source
    state: str
    opening: str

    def is_for(self, sub_committees: set[str], *, secas: bool) -> bool:
        if secas:
            return self.state not in {"withdrawn", "taken as withdrawn"}
        return self.sub_committee in sub_committees and self.state == "stands"


planted = st.builds(
    Planted,
    st.sampled_from(["OPSG", "SSC"]),
    st.sampled_from([Source.THREAD, Source.PRIVATE, Source.MESSAGE, Source.EMAIL, Source.MEETING]),
    st.sampled_from(list(DECISIONS)),
    st.sampled_from(["", "Issue: ", "Impacts: ", "Q: ", "Issue: clear.\nConsider: "]),
)


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Record]:
    """DP092 is put to two Sub-Committees, each in a channel of its own."""
    ssc = '[[channels]]\nplatform = "slack"\nname = "security"\nsub_committee = "SSC"\ndigest = "mon 09:00"\n[secas]'
    (tmp_path / "config.toml").write_text(CONFIG.replace("[secas]", ssc), "utf-8")
    config = load_config(tmp_path / "config.toml")
    async with open_database(tmp_path) as sessions:
        async with sessions.begin() as session:
            for text in (SAMPLE.read_text("utf-8"), sample_text(SSC_PAPER)):
                reading = read_paper(SAMPLE.name, text.encode())
                await importing.store(session, config, reading, "p.txt", text.encode(), True, OPERATOR, NOW)
                await publishing.publish(session, config, OUTBOX, str(reading.paper.reference), OPERATOR, NOW)
            items = {item.id: item.reference for item in await session.scalars(select(Item))}
            for post in await session.scalars(select(Post)):
                await session.refresh(post, ["invitation"])
                post.channel = CHANNEL if post.channel_name == "operations-group" else SECURITY
                post.message = items[post.invitation.item_id] if post.invitation else "heading"
        await has_roster(sessions, config, ROSTER, NOW)
        yield Record(sessions, config)


async def plant(session: AsyncSession, record: Record, what: Planted, word: str) -> None:
    """Somebody says the word, however; and an analyst or its author decides."""
    channel = CHANNEL if what.sub_committee == "OPSG" else SECURITY
    post = await session.scalar(select(Post).where(Post.channel == channel, Post.message == "DP092"))
    assert post
    ada = Speaker("slack", "U-ada", "ada.firth@northshire.example", "Ada Firth")
    place = Place("slack", channel, "DP092", f"{word}.1")
    heard = HeardWords(place, ada, f"{what.opening}the {word} matters.", NOW, NOW, "")
    entry = await collecting.write(session, record.config, heard, post.id, NOW, Origin(what.source))
    assert isinstance(entry, LedgerEntry)
    view_id = await session.scalar(select(View.id).where(View.first_entry_id == entry.id))
    if what.state == "taken as withdrawn":
        await session.execute(update(View).where(View.id == view_id).values(missing_at=NOW))
    for value in DECISIONS[what.state]:
        analyst = acting.analyst(record.config, ROBIN)
        await deciding.decide(session, About(ref_id=view_id), value, analyst, NOW, reason="as asked")


async def answers(session: AsyncSession, record: Record, who: str) -> str:
    """All that a person is answered, whatever they type."""
    speaker, found = Speaker("slack", f"U-{who}", who, "Looker"), []
    for verb in commands.READERS:
        for words in ARGUMENTS:
            try:
                command = commands.parse(f"{verb} {words}")
                answer = await commands.answer(session, record.config, OUTBOX, command, speaker, NOW)
            except UserError as refused:
                found.append(str(refused))
                continue
            message = answer.message if isinstance(answer, OpenModal) else answer
            found.append(json.dumps(OUTBOX.renderer.payload("slack", message), ensure_ascii=False))
    return "\n".join(found)


async def documents(session: AsyncSession, record: Record) -> dict[str, str]:
    """What each Sub-Committee's extract says, by its code."""
    compilation = await snapshot.compile_comments(session, record.config, DP092, NOW)
    whole = CommentsDocument(compilation, Version(0, 1), NOW, None)
    codes = {record.config.body_name(code): code for code in ("OPSG", "SSC")}
    return {
        codes[each.compilation.extract_for]: reports.write(each, reports.Format.MARKDOWN).decode()
        for each in editions(whole)
        if each.compilation.extract_for
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(planted, min_size=1, max_size=4))
async def test_a_planted_word_is_found_only_by_those_it_is_for(both: Record, views: list[Planted]) -> None:
    words = {f"zz{uuid4().hex[:10]}": view for view in views}
    async with both.sessions.read() as session:  # never committed: each example begins with an empty record
        for word, view in words.items():
            await plant(session, both, view, word)
        for who, sits_on in LOOKERS.items():
            seen = await answers(session, both, who)
            for word, view in words.items():
                assert (word in seen) is view.is_for(sits_on, secas=who == ROBIN), (who, view)
        extracts = await documents(session, both)
        digests = [await digesting.digest(session, both.config, each, NOW, NOW) for each in both.config.channels]
    for word, view in words.items():
        for code, text in extracts.items():
            assert (word in text) is view.is_for({code}, secas=False), (code, view)
        assert not [digest for digest in digests if digest and word in str(OUTBOX.renderer.payload("slack", digest))]


def test_no_service_shows_views_but_through_the_audience() -> None:
    """Whatever queries views either passes the audience, or is named here with what it does instead of showing them."""
    others = {
        "acknowledging.py": "marks and whispers to their authors",
        "collecting.py": "folds",
        "commenting.py": "the asker's own",
        "deciding.py": "folds",
        "entering.py": "looks for the same comment, for an analyst",
        "noticing.py": "folds what sweeps notice",
        "receipts.py": "counts for SECAS's receipt",
        "recording.py": "looks whether a message is recorded",
        "replaying.py": "folds",
        "stating.py": "the asker's own",
    }
    found = {
        path.name
        for path in Path("bot").rglob("*.py")
        if "audience." not in (text := path.read_text("utf-8")) and re.search(r"\bselect\(\s*View\b", text)
    }

    assert found <= set(others), found - set(others)
