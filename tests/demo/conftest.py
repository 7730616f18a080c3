"""The performances take place once a test run."""

import fcntl
import json

import pytest

from tests.demo.performances import Performances, perform_in


@pytest.fixture(scope="session")
def performances(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Performances:
    """Once for all workers of pytest-xdist: the first performs, the others wait and look."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "performances"
    folder.mkdir(exist_ok=True)
    record = folder / "record.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            record.write_text(json.dumps(perform_in(folder)), "utf-8")
    return Performances(folder, **json.loads(record.read_text("utf-8")))
