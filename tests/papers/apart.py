"""Types `dpbot` commands in a process of its own, one a line of JSON, and says what each took: `Apart`."""

import io
import json
import resource
import subprocess
import sys
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Typed:
    """A command's end. `seconds` by the clock; `peak`: the most bytes that any child so far had in memory at once."""

    code: int
    out: str
    err: str
    seconds: float
    peak: int


class Apart:
    """A terminal in a folder. Its children's memory is not mixed up with that of other tests' processes."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name if __spec__ else __name__],
            cwd=folder,
            env={"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(temporary), "COLUMNS": "120"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def types(self, *words: str | Path) -> Typed:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(word) for word in words]) + "\n")
        self._process.stdin.flush()
        return Typed(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def _type(words: list[str]) -> Typed:
    from bot import cli  # noqa: PLC0415 - a test that imports `Apart` needs none of it

    sys.argv = ["dpbot", *words]
    start, code = time.perf_counter(), -1
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        except Exception:  # noqa: BLE001 - what a user would see as a traceback is what the tests look for
            traceback.print_exc()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Typed(code, out.getvalue(), err.getvalue(), time.perf_counter() - start, peak)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(asdict(_type(json.loads(line)))), flush=True)  # noqa: T201 - the answer
