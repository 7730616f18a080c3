"""Whatever file is given to `dpbot import`: one sentence, soon, in little memory, and nothing is kept anywhere."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.house import CONFIG, ROSTER
from tests.papers import hostile
from tests.papers.apart import Apart, Typed
from tests.papers.conftest import SHORT_PAPER

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

SECONDS = 10 + 2  # what reading may take, and what starting and ending a process takes on a busy machine
MEMORY = 300_000_000

PAPER = SHORT_PAPER.encode()
KINDS = (".docx", ".pdf", ".md", ".txt")

FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{f"an empty {kind}": (f"paper{kind}", lambda: b"") for kind in KINDS},
    **{f"nothing but spaces in a {kind}": (f"paper{kind}", lambda: b" \n\t\r\n") for kind in KINDS},
    **{f"noise in a {kind}": (f"paper{kind}", hostile.noise) for kind in KINDS},
    **{f"a picture as {kind}": (f"paper{kind}", lambda: hostile.PNG) for kind in KINDS},
    "only marks that are not seen": ("paper.txt", "\ufeff\u200b\u2060\n".encode),
    "null characters": ("paper.txt", lambda: PAPER + b"\0"),
    "half a UTF-16 file": ("paper.txt", lambda: SHORT_PAPER.encode("utf-16")[:-1]),
    "plain text as Word": ("paper.docx", lambda: PAPER),
    "plain text as PDF": ("paper.pdf", lambda: PAPER),
    "Word as PDF": ("paper.pdf", hostile.word),
    "PDF as Word": ("paper.docx", hostile.pdf),
    "PDF as text": ("paper.txt", hostile.swollen_pdf),
    "Word as text": ("paper.md", hostile.word),
    "a kind that is unknown": ("paper.odt", hostile.word),
    "a program": ("paper.exe", lambda: hostile.noise(9)),
    "no kind": ("paper", lambda: PAPER),
    "half a Word document": ("paper.docx", lambda: hostile.word()[:20_000]),
    "a Word document without text": ("paper.docx", lambda: hostile.word("")),
    "an archive that is no Word document": ("paper.docx", hostile.other_archive),
    "a gigabyte of zeros": ("paper.docx", hostile.swollen),
    "a gigabyte of one letter": ("paper.docx", lambda: hostile.swollen(b"a")),
    "a gigabyte of paragraphs": ("paper.docx", lambda: hostile.swollen(b"<w:p/><w:p/><w:p/><w:p/>")),
    "a gigabyte that is told to be small": ("paper.docx", lambda: hostile.swollen(b"a", told=2_000)),
    "documents in documents": ("paper.docx", hostile.nested),
    "a directory of 60,000 parts": ("paper.docx", hostile.many_parts),
    "a billion laughs": ("paper.docx", hostile.laughing),
    "an entity in a file": ("paper.docx", lambda: hostile.reaching_out("file:///etc/passwd")),
    "an entity on a machine": ("paper.docx", lambda: hostile.reaching_out("http://127.0.0.1:9/x")),
    "elements 100,000 deep": ("paper.docx", hostile.deep),
    "a Word document with a password": ("paper.docx", hostile.locked),
    "a Word document with macros": ("paper.docx", hostile.with_macros),
    "a Word document with macros that says so": ("paper.docm", hostile.with_macros),
    "half a PDF": ("paper.pdf", lambda: hostile.pdf()[:1_000]),
    "a PDF with a password": ("paper.pdf", hostile.pdf_with_password),
    "a PDF of a picture": ("paper.pdf", lambda: hostile.pdf(picture=True)),
    "a PDF whose pages go in a circle": ("paper.pdf", hostile.pdf_in_a_circle),
    "a gigabyte on one page": ("paper.pdf", hostile.swollen_pdf),
    "five million line ends": ("paper.txt", lambda: PAPER + b"\n" * 4_900_000),
}
# Names that a file may have on disk: the paper in it is a good one, its kind is none that is read.
NAMES = {
    "line ends": "a\nb\r\nc.xyz",
    "escape sequences": "\x1b[2J\x1b]0;x\x07.xyz",
    "marks that turn the writing": "a\u202ezyx.\u2066txt.xyz",
    "bytes that are no text": os.fsdecode(b"\xff\xfe\x80.xyz"),
    "quotes and braces": "'\"{0}%s$(id)`id`.xyz",
    "245 characters": "x" * 245 + ".xyz",
}
PATHS = {
    "up and away": "../../etc/passwd.docx",
    "no such file": "none.docx",
    "no such file with a line end": "none\n\x1b[31m.docx",
    "a folder": "folder.docx",
    "the folder itself": ".",
    "an endless device": "/dev/zero",
    "an endless device by another name": "zeros.txt",
    "a pipe that nobody writes to": "pipe.txt",
    "5,000 characters": "x" * 5_000 + ".docx",
    "a leading dash": "-paper.docx",
    "no name": "",
    "a file larger than memory": "sparse.pdf",
    "a text file of 200 MB": "sparse.txt",
    "200 MB of an unknown kind": "sparse.xyz",
}


class Desk:
    """A folder with dpbot in it, whose files are known."""

    def __init__(self, place: Path) -> None:
        self.folder, self._temporary = place / "folder", place / "temporary"
        for path in (self.folder, self._temporary):
            path.mkdir()
        (self.folder / "config.toml").write_text(CONFIG, "utf-8")
        (self.folder / "roster.csv").write_text(ROSTER, "utf-8")
        self.apart = Apart(self.folder, self._temporary)
        assert self.apart.types("db", "upgrade").code == 0

    def imports(self, path: str | Path) -> Typed:
        """`dpbot import` without a question; nothing but the database's own files may be new."""
        before = self._files()
        typed = self.apart.types("import", "--yes", path)
        assert self._files() - before <= {"dpbot.db-shm", "dpbot.db-wal"}
        return typed

    def _files(self) -> set[str]:
        return {path.name for place in (self.folder, self._temporary) for path in place.rglob("*")}

    def papers(self) -> int:
        with closing(sqlite3.connect(self.folder / "dpbot.db")) as connection:
            (number,) = connection.execute("SELECT count(*) FROM papers").fetchone()
        return int(number)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    yield desk
    desk.apart.close()


def refused(desk: Desk, typed: Typed) -> str:
    """The one sentence of a refusal that cost little and left nothing."""
    assert typed.code in {1, 2}, typed.err
    assert typed.out == ""
    assert typed.err.count("\n") == 1, typed.err
    sentence = typed.err.removesuffix("\n")
    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert typed.seconds < SECONDS
    assert typed.peak < MEMORY
    assert desk.papers() == 0
    return sentence


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_paper_is_one_sentence_with_its_name(desk: Desk, case: str) -> None:
    name, content = FILES[case]
    path = desk.folder / name
    path.write_bytes(content())
    try:
        sentence = refused(desk, desk.imports(name))
    finally:
        path.unlink()

    assert sentence.startswith(f"{name} ")
    assert "root:" not in sentence


@pytest.mark.parametrize("case", NAMES)
def test_a_name_made_to_mislead_steers_no_terminal(desk: Desk, case: str) -> None:
    path = desk.folder / NAMES[case]
    path.write_bytes(PAPER)
    try:
        sentence = refused(desk, desk.imports(path.name))
    finally:
        path.unlink()

    assert "cannot be read as a paper" in sentence


@pytest.mark.parametrize("case", PATHS)
def test_a_path_that_is_no_paper_is_refused_unread(desk: Desk, case: str) -> None:
    made = _made(desk.folder)
    try:
        typed = desk.imports(PATHS[case])
    finally:
        for path in made:
            path.rmdir() if path.is_dir() else path.unlink()

    refused(desk, typed)


def _made(folder: Path) -> list[Path]:
    """What `PATHS` names; the sparse files take no room on disk."""
    made = [
        folder / name for name in ("folder.docx", "zeros.txt", "pipe.txt", "sparse.pdf", "sparse.txt", "sparse.xyz")
    ]
    made[0].mkdir()
    made[1].symlink_to("/dev/zero")
    os.mkfifo(made[2])
    for path in made[3:]:
        path.touch()
        os.truncate(path, 200_000_000)
    return made


def test_a_good_paper_is_read_all_the_same(desk: Desk) -> None:
    (desk.folder / "paper.txt").write_bytes(PAPER)

    typed = desk.apart.types("import", "--dry-run", "paper.txt")

    assert (typed.code, typed.err) == (0, "")
    assert "DP501" in typed.out
    assert typed.peak < MEMORY
