"""The project as a stranger finds it: no place of ours in any file, everything pinned, every exception explained."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
PYPROJECT = ROOT / "pyproject.toml"
LOCKS = [ROOT / "requirements/base.txt", ROOT / "requirements/dev.txt"]
# Where a package would come from is the machine's business; so is where a checkout lies.
INDEX = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|\b(?:pypi\.org|files\.pythonhosted\.org)\b", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.~}$/-])/(?:work|home|root|Users|opt|mnt|srv)/(?!someone/)\w")


def files_of_the_project() -> list[Path]:
    """What git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []  # a picture or a Word document


@pytest.mark.parametrize(
    ("pattern", "example"),
    [(INDEX, "--index_url https://example.org".replace("_", "-")), (MACHINE, "see /home/ada/dpbot")],
    ids=["package index", "machine path"],
)
def test_no_file_names_a_package_index_or_a_place_on_our_machines(pattern: re.Pattern[str], example: str) -> None:
    assert pattern.search(example)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in files_of_the_project()
        if path != Path(__file__)
        for number, line in enumerate(lines(path), start=1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_has_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text("utf-8").rstrip())

    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[\w.-]+(?:\[[\w,.-]+\])?==[\w.]+(?: ; [^\\]+)? \\\n", entry), entry.split("\n")[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}$", entry), entry.split("\n")[0]


def test_everything_that_pyproject_asks_for_is_locked() -> None:
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))
    wanted = {LOCKS[0]: project["project"]["dependencies"], LOCKS[1]: project["dependency-groups"]["dev"]}
    for lock, requirements in wanted.items():
        locked = set(re.findall(r"^([\w.-]+)", lock.read_text("utf-8"), re.MULTILINE))
        assert not {re.split(r"[\[<>=~ ]", requirement)[0] for requirement in requirements} - locked


def test_what_runs_is_locked_alike_for_users_and_for_tests() -> None:
    base, dev = (set(re.findall(r"^([\w.-]+==[\w.]+)", lock.read_text("utf-8"), re.MULTILINE)) for lock in LOCKS)

    assert base <= dev


def test_each_rule_that_is_switched_off_carries_its_reason() -> None:
    text = PYPROJECT.read_text("utf-8")
    ignored = re.search(r"^ignore = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    per_file = re.search(r"^\[tool\.ruff\.lint\.per-file-ignores\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    assert ignored
    assert per_file
    for line in [*ignored[1].splitlines(), *per_file[1].splitlines()]:
        if line.strip():
            assert re.search(r"[\],]\s+# \w+ \w+|# \S+ \S+", line), line


def test_each_exception_in_the_code_names_its_rule() -> None:
    for path in files_of_the_project():
        if path.suffix != ".py" or path == Path(__file__):
            continue
        for line in lines(path):
            for found in re.finditer(r"#\s*(?:noqa|type:\s*ignore)(.*)", line):
                assert re.match(r": [A-Z]+\d+|\[[\w-]+\]", found[1]), f"{path.name}: {line.strip()}"


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert sorted(re.findall(r"^ {2}make (\w+) +\S", shown, re.MULTILINE)) == sorted(phony[1].split())


def test_make_alone_shows_the_help() -> None:
    alone, shown = (
        subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for words in ([], ["help"])
    )

    assert alone == shown


def test_it_cannot_be_published_by_mistake() -> None:
    assert "Private :: Do Not Upload" in tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["classifiers"]


@pytest.mark.parametrize(
    ("skips", "ci", "failing", "words"),
    [
        ("def test_one():\n    pytest.skip('no soffice')\n", "1", True, "test_one must not be skipped in CI"),
        ("pytest.skip('no soffice', allow_module_level=True)\n", "1", True, "must not be skipped in CI"),
        ("def test_one():\n    pytest.skip('no soffice')\n", None, False, "1 skipped"),
    ],
    ids=["a test", "a file", "at home"],
)
def test_in_ci_what_skips_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, skips: str, ci: str | None, failing: bool, words: str
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if ci:
        monkeypatch.setenv("CI", ci)
    pytester.makeconftest(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom tests.conftest import *\n")
    pytester.makepyfile(f"import pytest\n{skips}")
    result = pytester.runpytest_inprocess("-c", str(PYPROJECT), "--rootdir", ".", "-p", "no:cacheprovider", ".")

    assert (result.ret != 0) is failing
    assert words in result.stdout.str()
