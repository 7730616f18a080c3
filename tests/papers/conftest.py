"""What tests of the reader share: the real paper, our sample, and a short paper to make faults in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.papers import Reading, read_paper

ROOT = Path(__file__).parents[2]
REAL_PAPER = ROOT.parent / "shared/papers/OPSG_26_0511_16.txt"
SCHEMA = ROOT.parent / "shared/contract/import.schema.json"

SHORT_PAPER = """\
This document is classified as White. It may be published.

Paper Reference: OPSG_26_0511_16
Action: For Discussion

New Draft Proposals

1. Purpose

This paper lists what is new.

2. New Draft Proposals

These have entered the Development Stage. We invite any views from the Group on the issue, the impacts, and any areas.

DP501 'Clearer tariff names'

DP501 was raised by Ada Holt of Northshire Energy. The Lead Analyst from SECAS is Robin Ainsley.

Tariff names are long.

Anticipated Operational Impacts

None.

The draft problem statement can be found in Appendix A.

DP502 'Shorter notices'

DP502 was raised by Ben Crane of the DCC. The Lead Analyst from SECAS is Morgan Tate.

Notices are long.

Anticipated Operational Impacts

To be confirmed.

The draft problem statement can be found in Appendix B.

3. Recommendations

The Group is requested to **DISCUSS** the proposals and send comments to team@secas.example.

Alex Penrose

SECAS Team

29 October 2019

Attachments:

- **Appendix A:** DP501 draft problem statement
- **Appendix B:** DP502 approved problem statement
"""


def codes(reading: Reading) -> list[str]:
    """What was found in a paper, in its order."""
    return [finding.code for finding in reading.findings]


def held(path: Path) -> Path:
    """A file that only the project's own machines hold: elsewhere its tests are skipped, and in CI a skip fails."""
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return path


@pytest.fixture(scope="session")
def real_bytes() -> bytes:
    return held(REAL_PAPER).read_bytes()


@pytest.fixture(scope="session")
def real_text(real_bytes: bytes) -> str:
    """The real paper's words with every run of space as one space, to look our fields up in."""
    return " ".join(real_bytes.decode().split())


@pytest.fixture(scope="session")
def real(real_bytes: bytes) -> Reading:
    return read_paper(REAL_PAPER.name, real_bytes)


@pytest.fixture(scope="session")
def schema() -> Path:
    return held(SCHEMA)


@pytest.fixture(scope="session")
def sample() -> Reading:
    return read_paper("sample_paper.txt", (ROOT / "bot/demo/sample_paper.txt").read_bytes())


@pytest.fixture
def read() -> Callable[[str], Reading]:
    """Read a text as a paper."""
    return lambda text: read_paper("paper.txt", text.encode())


@pytest.fixture
def short_paper() -> str:
    return SHORT_PAPER


@pytest.fixture
def changed() -> Callable[..., Reading]:
    """Read the short paper with some of its words replaced: `changed({"old": "new"})`."""

    def change(words: dict[str, str], file_name: str = "paper.txt") -> Reading:
        text = SHORT_PAPER
        for old, new in words.items():
            assert old in text, old
            text = text.replace(old, new)
        return read_paper(file_name, text.encode())

    return change
