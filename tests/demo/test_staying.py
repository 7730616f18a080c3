"""`dpbot demo` after the performance: visitors take part, what they say is in the next document, Ctrl+C ends it."""

import json
import re
import signal
import socket
import tempfile
from pathlib import Path

import pytest

from bot import confined, demo
from bot.demo.stage import stage
from tests.demo.outside import Outside
from tests.demo.staying import open_page, real_looking, started
from tests.services.compiled import file_names
from tests.terminal import Terminal
from tests.waiting import eventually


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_visitor_takes_a_members_part_and_what_she_says_is_in_the_next_document(tmp_path: Path) -> None:
    outside = Outside()
    environment = real_looking(tmp_path, outside.address)
    async with open_page(tmp_path, "demo", environment=environment) as staying:
        ada, robin = await staying.member("Ada Firth, Northshire Energy"), await staying.member("Robin Ainsley, SECAS")
        room = (await staying.places(ada))["operations-group"]
        post = await staying.finds(ada, room, "DP092  New Planned Maintenance")
        said = "Impacts: a visitor's own words, said on the page."
        assert await staying.does("reply", ada, room, ts=post, words=said) == {}
        assert await staying.does("say", robin, room, words="/dp compile DP092") == {}
        for name in file_names("DP092 Comments v0.2"):
            await staying.says(rf"{re.escape(name)} was delivered to .* written to demo-out/documents\.")

        assert len(staying.temporary) == 1
        assert await staying.ends() == 0

    outside.close()
    documents = tmp_path / "here/demo-out/documents"
    assert len(list(documents.iterdir())) == 28
    compiled = json.loads((documents / "DP092 Comments v0.2.json").read_text("utf-8"))
    assert any("a visitor's own words" in comment["text"] for comment in compiled["comments"])
    assert "own words" in (documents / "DP092 Comments v0.2.md").read_text("utf-8")
    assert staying.said[-1] == "The demo has ended and its workspace is gone; what it wrote is in demo-out.\n"
    assert staying.errors == ""
    assert staying.temporary == []
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["demo-out"]
    assert (outside.callers, staying.hosts) == (0, {"127.0.0.1"})


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_stopped_in_the_middle_it_leaves_nothing_running_and_nothing_temporary(
    tmp_path: Path, sign: signal.Signals
) -> None:
    async with started(tmp_path, "demo") as staying:
        await staying.says("is read and stored")

        assert await staying.ends(sign) == 0
    assert staying.said[-1].startswith("The demo has ended and its workspace is gone")
    assert staying.errors == ""
    assert staying.temporary == []


def test_a_port_that_is_taken_is_one_sentence(empty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty.folder / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(empty.folder / "tmp"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        shown = empty.types("demo", "--once", "--port", str(port))

    assert (shown.code, shown.out) == (1, "")
    assert shown.sentence == (
        f"Port {port} of this machine is taken by another program: give another with --port, or leave it out for a "
        "free one."
    )
    assert names(empty.folder / "tmp") == set()


async def test_the_documents_a_person_shares_in_secas_channel_are_not_written(tmp_path: Path) -> None:
    """A file's name is its owner's to choose; only what the bot delivers is kept."""
    paper = demo.sample_paper()
    reading = confined.read(*paper).reading
    async with stage(reading) as played:
        told: list[str] = []
        kept = demo.Demo(played, tmp_path, told.append, 0.0)
        robin = played.cast["Robin"]
        await robin.uploads(played.secas, "../outside.txt", b"A file of mine.")
        assert kept.keep_delivered() == []
        items = await kept.publish(reading, paper)
        await robin.types(played.channel, f"/dp compile {items[0].reference}")
        await eventually(lambda: len(played.workspace.files(played.secas)) == 5, "four documents beside Robin's file")
        delivered = kept.keep_delivered()

    assert len(delivered) == 4
    assert names(tmp_path / "documents") == set(delivered)
    assert names(tmp_path) == {"documents", "posts"}
