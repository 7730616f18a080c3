"""Programs that tests run: dpbot as installed, and such as not every machine has. Without one its tests skip."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DPBOT = Path(sys.executable).with_name("dpbot")


def needs(program: str) -> str:
    """Where the program lies; the test is skipped where it is absent."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


def converted(path: Path, to: str, infilter: str = "") -> Path:
    """The document as LibreOffice saves it beside the first: `to` is "pdf", or "docx:" and the name of a filter.

    The profile lies there too, so that tests that run at the same time do not meet.
    """
    command = [needs("soffice"), f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={infilter}"] if infilter else []
    command += ["--convert-to", to, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix("." + to.partition(":")[0])
