"""The wheel alone, in an empty environment and an empty folder: everything dpbot needs is in it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house import CONFIG

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
NEEDED = (
    *("bot/demo/config.toml", "bot/demo/roster.csv", "bot/demo/sample_paper.txt"),
    *("bot/migrations/env.py", "bot/migrations/versions/0001_register_ledger_outbox.py"),
    *("templates/report/comments.docx", "templates/report/comments.md", "templates/shared/wording.jinja"),
    *("bot/teams_app/manifest.json", "bot/teams_app/color.png", "bot/teams_app/outline.png"),
    *("bot/reports/comments.schema.json", "handlers/slack/__init__.py", "handlers/sandbox/__init__.py"),
)


def run(*command: str | Path, cwd: Path) -> str:
    """A command's words; what it complained of where it failed."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "TMPDIR", "LANG"}}
    kept |= {name: value for name, value in os.environ.items() if name.startswith(("UV_", "PIP_", "SSL_"))}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing of this checkout but its files can help."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("bot", "handlers", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_every_file_that_dpbot_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    read = {
        str(path.relative_to(ROOT))
        for folder in ("bot", "handlers", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert not set(NEEDED) - names
    assert not read - names
    assert not {name for name in names if name.startswith(("tests/", "bench/", "config.toml"))}


def test_installed_in_an_empty_environment_it_runs_the_whole_job_from_an_empty_folder(
    wheel: Path, tmp_path: Path
) -> None:
    place, here = tmp_path / "environment", tmp_path / "empty"
    here.mkdir()
    python = place / "bin/python"
    run(UV, "venv", "--quiet", "--python", sys.executable, place, cwd=tmp_path)
    pinned = ("--require-hashes", "-r", ROOT / "requirements/base.txt")
    run(UV, "pip", "install", "--quiet", "--python", python, *pinned, cwd=tmp_path)
    run(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", wheel, cwd=tmp_path)

    assert run(place / "bin/dpbot", "--version", cwd=here).startswith("dpbot ")
    said = run(place / "bin/dpbot", "demo", "--once", cwd=here)

    assert "24 files were delivered to SECAS's channel." in said
    assert [path.name for path in here.iterdir()] == ["demo-out"]
    assert len(list((here / "demo-out/documents").iterdir())) == 24
    assert str(ROOT) not in run(
        python, "-c", "import bot, templates; print(bot.__file__, templates.__file__)", cwd=here
    )

    (here / "config.toml").write_text(f'{CONFIG}[http]\naddress = "https://dpbot.secas.example"\n', "utf-8")
    (here / ".env").write_text("TEAMS_CLIENT_ID=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0\n", "utf-8")
    run(place / "bin/dpbot", "teams", "package", "--out", "package", cwd=here)
    assert zipfile.is_zipfile(here / "package/dpbot-teams.zip")
