"""What is written of a roster is read again, and no spreadsheet runs any of it."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.domain import Capacity
from bot.services import roster_files, roster_rows
from bot.services.people import RosterRow
from tests.services.rosters import Rows

words = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=12)
text = (
    st.one_of(words, words.map(lambda word: f"={word}"), st.sampled_from(["'", "'=x", "''@x", "-1", "+44", "5"]))
    .map(lambda word: " ".join(word.split()))
    .filter(bool)
)
days = st.none() | st.dates(date(2018, 1, 1), date(2030, 1, 1))


@st.composite
def rosters(draw: st.DrawFn) -> Rows:
    """Any rows that a file may have, each of a person of its own."""
    rows: list[RosterRow] = []
    for number in range(draw(st.integers(0, 4))):
        capacity = draw(
            st.sampled_from([Capacity.MEMBER, Capacity.OBSERVER, Capacity.CHAIR_MEMBER, Capacity.ALTERNATE])
        )
        since, until = sorted([draw(days), draw(days)], key=lambda day: day or date.min)
        by_id = draw(st.booleans())
        members = [row.email for row in rows if row.capacity is Capacity.MEMBER and row.email]
        rows.append(
            RosterRow(
                email=None if by_id else f"p{number}@any.example",
                name=draw(text) + str(number),
                organisation=draw(text),
                party_category=draw(st.none() | st.sampled_from(["Large Suppliers", "Gas Networks"])),
                sub_committee="OPSG",
                seat=draw(text) if capacity is Capacity.CHAIR_MEMBER else draw(st.none() | text),
                capacity=capacity,
                alternate_for=members[0] if members and capacity is Capacity.ALTERNATE else None,
                valid_from=since,
                valid_to=until,
                platform_id=f"U{number}" if by_id else draw(st.none() | st.just(f"U{number}")),
            )
        )
    return tuple(rows)


@pytest.mark.unmeasured
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(rosters(), st.sampled_from(["r.csv", "r.xlsx"]))
def test_what_is_written_is_read_again_and_no_spreadsheet_runs_any_of_it(config: Config, rows: Rows, name: str) -> None:
    content = roster_files.write(name, roster_rows.lines_of(rows))

    assert roster_rows.read(name, content, config) == rows
    for cell in cells_of(name, content):
        assert cell[:1] not in {"=", "+", "-", "@"}


def cells_of(name: str, content: bytes) -> list[str]:
    """Every cell as a spreadsheet would find it."""
    if name.endswith(".csv"):
        return [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in line]
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
    cells = [cell for row in rows for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    return [str(cell.value or "") for cell in cells]
