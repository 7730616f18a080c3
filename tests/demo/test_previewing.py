"""`dpbot preview`: SECAS's own configuration, roster, templates and paper on this machine, and nothing else touched."""

import asyncio
import hashlib
import re
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.demo.outside import Outside, connections
from tests.demo.staying import Staying, open_page, real_looking
from tests.house import CONFIG, ROSTER, SAMPLE
from tests.papers.conftest import SHORT_PAPER
from tests.terminal import Terminal

PREVIEW = ("preview", "--config", "config.toml", "--paper", "paper.txt")
LINK = (
    "https://teams.microsoft.com/l/channel/19%3A00000000000000000000000000000001%40thread.tacv2/ops"
    "?groupId=11111111-1111-4111-8111-111111111111&tenantId=22222222-2222-4222-8222-222222222222"
)
ENDED = "The preview has ended, and nothing of it is left.\n"

# A house of their own: another Sub-Committee, a channel by its id, other reactions and templates, HTTP, publishing off.
OWN = """\
[slack]
mode = "http"
[http]
port = {port}
[[sub_committees]]
code = "TABASC"
name = "Technical Architecture"
[[channels]]
platform = "slack"
name = "C0123456789"
sub_committee = "TABASC"
[secas]
channel = "our-team"
comments_address = "changes@secas.example"
analysts = ["Lee.Marsh@secas.example", "ada.firth@northshire.example"]
[reactions]
"tada" = "this is most welcome"
[party_categories]
"Large Suppliers" = []
[templates]
directory = "words"
"""
OWN_ROSTER = """\
e-mail,name,organisation,Party Category,Sub-Committee,seat,capacity
Ada.Firth@northshire.example,Ada Firth,Northshire Energy,Large Suppliers,TABASC,Large Supplier 1,member
cara.dunn@calder.example,Cara Dunn,Calder Networks,,TABASC,,observer
"""


def house(folder: Path, config: str = CONFIG, paper: str | None = None, roster: str = ROSTER) -> Path:
    """A folder as SECAS has it, with real-looking tokens in its .env."""
    here = folder / "here"
    here.mkdir()
    (here / "config.toml").write_text(config, "utf-8")
    (here / "roster.csv").write_text(roster, "utf-8")
    (here / "paper.txt").write_text(SAMPLE.read_text("utf-8") if paper is None else paper, "utf-8")
    (here / ".env").write_text(f"SLACK_BOT_TOKEN=xoxb-1-real\nDATABASE_URL=sqlite:///{here}/real.db\n", "utf-8")
    return here


def listing(here: Path) -> dict[str, str]:
    """Every file with what is in it and when it was changed."""
    return {
        str(path.relative_to(here)): f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in here.rglob("*")
        if path.is_file()
    }


Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Types a preview that cannot be shown, in this process."""

    def types(*words: str) -> str:
        """The one line it leaves; its folder is as before, and nothing temporary is left."""
        here, temporary = tmp_path / "here", tmp_path / "tmp"
        temporary.mkdir()
        before = listing(here)
        with monkeypatch.context() as patch, connections() as hosts:
            patch.chdir(here)
            patch.setattr(tempfile, "tempdir", str(temporary))
            shown = Terminal(here, patch, capsys).types(*PREVIEW, *words)
        assert (shown.code, shown.out) == (1, "")
        assert list(temporary.iterdir()) == []
        assert listing(here) == before
        assert set(hosts) <= {"127.0.0.1"}
        return shown.sentence

    return types


async def stopped(staying: Staying) -> None:
    assert await staying.ends() == 0
    assert staying.said[-1] == ENDED
    assert staying.errors == ""
    assert staying.temporary == []


async def test_their_own_house_is_shown_and_nothing_of_it_is_changed(tmp_path: Path) -> None:
    outside = Outside()
    here = house(tmp_path, OWN.format(port=outside.port), SHORT_PAPER.replace("OPSG_26", "TABASC_26"))
    for name, words in {
        "people/ours.csv": OWN_ROSTER,
        "words/slack/heading.json": '{"text": "Our heading", "blocks": [{"type": "section", "text": {"type": "mrkdwn",'
        ' "verbatim": true, "text": "Our own heading of {{ paper.reference }}"}}]}',
        "words/notes/unrelated.txt": "Not a template.",
    }.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(words, "utf-8")
    before = listing(here)
    environment = real_looking(tmp_path, outside.address)
    async with open_page(tmp_path, *PREVIEW, "--roster", "people/ours.csv", environment=environment) as staying:
        ada, cara, lee = [
            await staying.member(name)
            for name in ("Ada Firth, SECAS", "Cara Dunn, Calder Networks", "Lee Marsh, SECAS")
        ]
        assert len(re.findall(r'<option [^>]*value="U', await staying.sees())) == 3
        assert set(await staying.places(cara)) == {"channel-c0123456789", "dpbot", "dpbot: Home"}
        assert set(await staying.places(ada)) == {"channel-c0123456789", "our-team", "dpbot", "dpbot: Home"}
        places = await staying.places(lee)
        room, secas = places["channel-c0123456789"], places["our-team"]
        await staying.finds(cara, room, "Our own heading of TABASC_26_0511_16")
        post = await staying.finds(cara, room, "DP502")
        assert "this is most welcome" in await staying.sees(**{"as": cara, "room": room})
        assert await staying.does("reply", cara, room, ts=post, words="Issue: said in the preview.") == {}
        assert await staying.does("say", lee, room, words="/dp compile DP502") == {}
        await staying.finds(lee, secas, "DP502 Comments v0.1.docx")
        assert len(staying.temporary) == 1
        await stopped(staying)

    outside.close()
    said = "".join(staying.said)
    assert "In your config.toml publishing is off: it is on in this preview only" in said
    assert "3 messages in channel-c0123456789" in said
    assert listing(here) == before
    assert "real.db" not in listing(tmp_path)
    assert (outside.callers, staying.hosts) == (0, {"127.0.0.1"})


async def test_killed_it_leaves_nothing_but_its_temporary_folder(tmp_path: Path) -> None:
    here = house(tmp_path)
    before = listing(here)
    async with open_page(tmp_path, *PREVIEW) as staying:
        assert await staying.ends(signal.SIGKILL) == -signal.SIGKILL

    assert [path.name.startswith("dpbot-preview-") for path in staying.temporary] == [True]
    assert listing(here) == before


async def test_posts_for_teams_are_drawn_as_cards_and_without_an_analyst_nobody_sees_the_documents(
    tmp_path: Path,
) -> None:
    on_teams = CONFIG.replace('[[channels]]\nplatform = "slack"', f'[[channels]]\nplatform = "teams"\nlink = "{LINK}"')
    house(tmp_path, on_teams.replace('"robin.ainsley@secas.example"', ""))
    async with open_page(tmp_path, *PREVIEW) as staying:
        await staying.says("Nobody sees secas-change-team, where documents are delivered: ")
        (address,) = re.findall(r"as cards of Teams: file://(\S+)", "".join(staying.said))
        cards = await asyncio.to_thread(Path(address).read_text, "utf-8")
        assert "DP092  New Planned Maintenance Methodology" in cards
        assert "Comment privately</button>" in cards
        await stopped(staying)


async def test_the_page_is_at_the_port_that_was_asked_for(tmp_path: Path) -> None:
    house(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with open_page(tmp_path, *PREVIEW, "--port", str(port)) as staying:
        assert staying.page == f"http://127.0.0.1:{port}/"
        await staying.member("Ada Firth")
        await stopped(staying)


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path, refused: Refused) -> None:
    house(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert refused("--port", port).startswith(f"Port {port} of this machine is taken ")


async def test_an_analyst_says_how_a_paper_is_classified_that_does_not_say_it(tmp_path: Path) -> None:
    house(tmp_path, paper=SHORT_PAPER.replace("This document is classified as White.", ""))
    async with open_page(tmp_path, *PREVIEW, "--classification", "white") as staying:
        assert "the preview set White at import" in "".join(staying.said)
        await stopped(staying)


def changed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            changed("classified as White", "classified as Amber"),
            "OPSG_26_0511_16 was not posted to operations-group: the paper is classified Amber and only White is ",
        ),
        (changed("Paper Reference: OPSG_26_0511_16", ""), "The paper was not stored: "),
        (changed("OPSG_26", "OTHER_26"), "The paper was not stored: OTHER is no Sub-Committee in config.toml"),
        (changed("OPSG_26", "SSC_26"), "No channel is configured for SSC: add one under [[channels]] in config.toml."),
        (lambda _: " ", "paper.txt is empty: a paper must contain text."),
    ],
    ids=["Amber", "no reference", "another body", "no channel", "empty"],
)
def test_a_paper_that_would_not_be_posted_is_its_sentence(
    tmp_path: Path, refused: Refused, change: Callable[[str], str], sentence: str
) -> None:
    house(tmp_path, paper=change(SHORT_PAPER))

    assert refused().startswith(sentence)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('mode = "socket"', 'mode = "letter"', 'config.toml: slack.mode: found "letter"; allowed: '),
        (
            "[publishing]",
            '[people]\nroster = "no.csv"\n[publishing]',
            "config.toml: people: the roster is kept in the ",
        ),
        ("[publishing]", '[templates]\ndirectory = "no"\n[publishing]', "config.toml: templates.directory: found "),
    ],
)
def test_what_is_wrong_with_their_configuration_is_its_sentence(
    tmp_path: Path, refused: Refused, old: str, new: str, sentence: str
) -> None:
    house(tmp_path, CONFIG.replace(old, new))

    assert refused().startswith(sentence)


def test_a_template_that_is_none_is_its_sentence(tmp_path: Path, refused: Refused) -> None:
    here = house(tmp_path, CONFIG + '[templates]\ndirectory = "words"\n')
    (here / "words/slack").mkdir(parents=True)
    (here / "words/slack/proposal.json").write_text("{% if %}", "utf-8")

    assert refused().startswith("The template proposal.json cannot be used: ")


def test_a_house_without_people_is_its_sentence(tmp_path: Path, refused: Refused) -> None:
    here = house(tmp_path, CONFIG.replace('"robin.ainsley@secas.example"', ""))
    (here / "roster.csv").write_text(ROSTER.splitlines()[0] + "\n", "utf-8")

    assert refused().startswith("There would be nobody in the preview: ")
