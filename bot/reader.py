"""The child's side of `bot.confined`: it limits itself, reads one paper and answers in JSON.

It is started for every paper, so it imports what reading takes and no more.
"""

import json
import resource
import sys
import traceback
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bot import papers
from bot.errors import UserError

SECONDS = 10  # by the clock on the wall, from the child's start to its end
# Address space, which memory in use cannot exceed. Of it the child takes 62 MB before it reads (VmPeak; VmHWM: 47 MB in
# use; Python 3.11 on Linux), and about 15 MB more for a Word document of 1,000 proposals.
MEMORY = 300_000_000
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,  # ends a child whose parent is gone: for the parent, the wall comes first
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_NOFILE: 32,  # the three pipes, and what Python opens to import a library
}


def answered(sent: bytes) -> bytes:
    """The answer to what the parent sent, in one of the shapes it takes, whatever happens while it is worked out."""
    try:
        return _json(_read(sent))
    except UserError as error:
        return _json({"refused": str(error)})
    except MemoryError:
        pass  # what was read is let go with the exception: only then is there room for an answer
    except Exception as error:  # noqa: BLE001 - whatever a library raises on hostile bytes, the parent is told where
        place = traceback.extract_tb(error.__traceback__)[-1]
        return _json({"broke": f"{type(error).__name__}, {Path(place.filename).name}, line {place.lineno}"})
    return _json({"full": True})


def _read(sent: bytes) -> dict[str, object]:
    header, _, content = sent.partition(b"\n")
    opened = papers.open_paper(json.loads(header)["name"], content)
    return {"lines": asdict(opened), "reading": asdict(papers.parse(opened))}


def _json(found: dict[str, object]) -> bytes:
    """Written by Python's own library: where memory ends, it raises MemoryError; pydantic's would end the process."""
    return json.dumps(found, default=date.isoformat).encode()


def limit() -> None:
    """Take the limits, for good. What the machine already holds lower stays."""
    for what, most in LIMITS.items():
        hardest = resource.getrlimit(what)[1]
        least = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        # Below the hard limit, the kernel asks the process to end (SIGXCPU) and does not kill it as if memory were out.
        hard = least + 1 if what == resource.RLIMIT_CPU and least != hardest else least
        with suppress(ValueError):  # macOS takes no limit of address space; Linux refuses none that is lower
            resource.setrlimit(what, (least, hard))


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(answered(sys.stdin.buffer.read()))
