"""A paper is read in a process of its own: exactly as without one, and whatever becomes of that process."""

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import confined, reader
from bot.errors import UserError
from bot.papers import open_paper, read_paper
from tests.house import SAMPLE
from tests.papers.conftest import REAL_PAPER, SHORT_PAPER, held

PAPER = SHORT_PAPER.encode()
AGAIN = "save it again from the program that made it, or as plain text in UTF-8, and import that."


def stopped(program: str, content: bytes = PAPER, seconds: float = reader.SECONDS) -> str:
    """The sentence for a paper whose reader is this program."""
    with pytest.raises(UserError) as refusal:
        confined.read_by((sys.executable, "-I", "-c", program), "paper.pdf", content, seconds)
    return str(refusal.value)


@pytest.mark.parametrize("path", [SAMPLE, REAL_PAPER], ids=lambda path: path.name)
def test_what_is_read_apart_is_what_would_be_read_here(path: Path) -> None:
    content = held(path).read_bytes()
    found = confined.read(path.name, content)

    assert found.lines == open_paper(path.name, content)
    assert found.reading == read_paper(path.name, content)


def test_every_character_comes_back_as_it_was() -> None:
    content = 'Action: “é” \U0001f600 \\ " \u2028 \x85 e\u0301 \t x\n'.encode()

    assert confined.read("paper.txt", content).lines == open_paper("paper.txt", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("paper.txt", b""),
        ("paper.txt", b"\0"),
        ("paper.xyz", b"x"),
        (os.fsdecode(b"\xff\n\x1b[31m.xyz"), b"x"),
        ("../" * 2_000, b"x"),
    ],
)
def test_what_is_no_paper_is_refused_in_the_same_words_as_here(name: str, content: bytes) -> None:
    with pytest.raises(UserError) as here:
        open_paper(name, content)
    with pytest.raises(UserError) as apart:
        confined.read(name, content)

    assert str(apart.value) == str(here.value)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".pdf", ".docx", ".xyz"])
def test_what_is_too_large_starts_no_process(suffix: str) -> None:
    content = bytes(confined.most_bytes(suffix.join("a")) + 1 if suffix == ".xyz" else 30_000_000)
    with pytest.raises(UserError, match=rf"paper\{suffix} is too large to be a paper: at most \d+ MB are read\."):
        confined.read_by(("/no/such/program",), f"paper{suffix}", content, 1)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import os; os.abort()", "it makes the reader fail"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "it makes the reader fail"),
        ("raise SystemExit(1)", "it makes the reader fail"),
        ("", "it makes the reader fail"),
        ("import os; os.close(0); os.close(1); raise SystemExit(1)", "it makes the reader fail"),
        ("print('Traceback (most recent call last)')", "it makes the reader fail"),
        ("print('{}')", "it makes the reader fail"),
        ("print('null')", "it makes the reader fail"),
        ("print('[' * 100_000)", "it makes the reader fail"),
        ("""print('{"refused": "\\\\u001b[2J"}')""", "it makes the reader fail"),
        ("""print('{"refused": "a", "more": 1}')""", "it makes the reader fail"),
        ("""print('{"refused": ["a"]}')""", "it makes the reader fail"),
        ("""print('{"broke": "KeyError, docx.py, line 3"}')""", "it makes the reader fail"),
        ("""print('{"full": true}')""", "reading it needs more than 300 MB of memory"),
        ("import os\nwhile True: os.write(1, bytes(65536))", "it holds more text than any paper does"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "reading it took longer than 10 seconds"),
    ],
)
def test_a_reader_that_fails_is_one_sentence(program: str, why: str) -> None:
    assert stopped(program) == f"paper.pdf could not be read: {why}; {AGAIN}"


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "while True: pass",
        "import os, time; os.close(1); time.sleep(60)",
        "import os, time\nwhile True: os.write(1, b' '); time.sleep(0.01)",
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
    ],
    ids=["sleeps", "works", "closes its output", "dribbles", "will not end"],
)
def test_a_reader_that_does_not_end_is_ended(program: str) -> None:
    start = time.monotonic()

    assert stopped(program, bytes(1_000_000), 0.5) == (
        f"paper.pdf could not be read: reading it took longer than 10 seconds; {AGAIN}"
    )
    assert time.monotonic() - start < 10
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_log_of_a_bot_says_what_happened_and_nothing_of_the_paper(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stopped("""print('{"broke": "KeyError, docx.py, line 3"}')""")
    stopped("import sys; print(sys.stdin.read())")
    stopped("raise SystemExit(7)")

    size = len(PAPER)
    assert caplog.messages == [
        f"A file of {size} bytes was not read: KeyError, docx.py, line 3",
        f"A file of {size} bytes was not read: the reader's answer has 1 faults",
        f"A file of {size} bytes was not read: the reader ended with code 7",
    ]


def test_no_secret_and_nothing_of_the_working_directory_reaches_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot/__init__.py").write_text("raise SystemExit(9)", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = "import json, os; print(json.dumps({'refused': ' '.join([os.getcwd(), *os.environ])}))"

    assert set(stopped(told).split()) <= {"/", "LC_CTYPE", "LD_LIBRARY_PATH"}
    assert confined.read("paper.txt", PAPER).reading == read_paper("paper.txt", PAPER)


LIMITED = """
import runpy, sys, json, os, resource
sys.stdin.close()
runpy.run_module("bot.reader")["limit"]()
try:
    {}
except BaseException as error:
    print(type(error).__name__)
"""


def limited(deed: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a deed within the reader's limits."""
    command = [sys.executable, "-I", "-W", "ignore", "-c", LIMITED.format(deed)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("deed", "end"),
    [
        ("bytearray(300_000_000)", "MemoryError"),
        ("bytearray(150_000_000)", ""),
        ("os.geteuid() or os.setuid(65534); os.fork()", "BlockingIOError"),  # the kernel holds root to no number
        ("[open('/dev/null') for _ in range(40)]", "OSError"),
        ("resource.setrlimit(resource.RLIMIT_AS, (10**10, 10**10))", "ValueError"),
    ],
)
def test_the_reader_is_held_to_its_limits(deed: str, end: str) -> None:
    done = limited(deed)

    assert (done.stdout.strip(), done.returncode) == (end, 0), done.stderr


def test_the_reader_writes_no_file(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done = limited(f"with open({str(kept)!r}, 'w') as file: file.write('x')")

    assert (done.stdout.strip(), done.returncode) == ("OSError", 0), done.stderr
    assert kept.read_bytes() == b""


@pytest.mark.parametrize(
    ("content", "answer"),
    [(b"", '{"refused": "paper.txt is empty: a paper must contain text."}'), (PAPER, '{"lines": {"lines": [')],
)
def test_the_reader_answers_in_json(content: bytes, answer: str) -> None:
    assert reader.answered(b'{"name": "paper.txt"}\n' + content).decode().startswith(answer)


def test_an_exception_of_a_library_is_told_without_its_words() -> None:
    assert reader.answered(b"no header\n" + PAPER).startswith(b'{"broke": "JSONDecodeError, decoder.py, line ')
