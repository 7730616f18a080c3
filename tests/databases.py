"""A new database as the migrations make it, which they need to do once only in each process of the tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import db


def new_database(path: Path) -> str:
    """Its address."""
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        db.upgrade(f"sqlite:///{path}")
        return path.read_bytes()
