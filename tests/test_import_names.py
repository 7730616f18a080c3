"""What `dpbot import` makes of a file's name, and of a reference that differs by its capitals only."""

from tests.house import PAPER, SAMPLE
from tests.terminal import Terminal


def test_a_file_whose_name_is_not_text_is_imported(terminal: Terminal) -> None:
    name = terminal.folder / b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    name.write_bytes(SAMPLE.read_bytes())

    assert terminal.types("import", name, "--yes").code == 0
    assert "caf .txt" in terminal.rows("papers")[0]


def test_a_letter_in_capitals_makes_no_other_paper(terminal: Terminal) -> None:
    words = SAMPLE.read_text("utf-8")
    terminal.file("a.txt", words.replace(PAPER, f"{PAPER}a"))
    terminal.file("A.txt", words.replace(PAPER, f"{PAPER}A"))
    assert terminal.types("import", "a.txt", "--yes").code == 0

    again = terminal.types("import", "A.txt", "--yes")

    assert again.code == 1
    assert again.err.startswith(f"{PAPER}a was imported on ")
    assert again.err.endswith(f"A changed paper needs a reference of its own, such as {PAPER}B.\n")
