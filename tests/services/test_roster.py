"""A roster's file as CSV: what may stand in it, and what is said of mistakes."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.domain import Capacity
from bot.errors import UserError
from bot.services import roster_rows
from bot.services.people import RosterRow
from tests.house import ROOT
from tests.services.rosters import ADA, HEADING, LONG_HEADING, is_read_or_a_line_a_mistake, read


def mistake(config: Config, *lines: str) -> str:
    """The sentence for a roster of these lines, without the file's name."""
    with pytest.raises(UserError) as refused:
        read(config, *lines)
    sentence = str(refused.value)
    assert sentence.startswith("roster.csv: ")
    assert sentence.isprintable()
    return sentence.removeprefix("roster.csv: ")


# --- what may stand in it ---------------------------------------------------------------------------------------------


def test_a_row_is_read_with_its_words_understood(config: Config) -> None:
    row = "Ada@Northshire.example, Ada Firth ,Northshire Energy,large supplier,ops,,Member"

    assert read(config, HEADING, row) == (
        RosterRow(
            "ada@northshire.example",
            "Ada Firth",
            "Northshire Energy",
            "Large Suppliers",
            "OPSG",
            None,
            Capacity.MEMBER,
        ),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_spreadsheets_save_is_read(config: Config, end: str, encoding: str) -> None:
    quoted = '"zoë@wharfe.example","Okoro, Zoë","Wharfe ""Green"" Supply",,SSC,,observer'
    rows = read(config, HEADING, "", ADA, ",,,,,,", "  ", quoted, end=end, encoding=encoding)

    assert [(row.name, row.organisation) for row in rows] == [
        ("Ada Firth", "Northshire Energy"),
        ("Okoro, Zoë", 'Wharfe "Green" Supply'),
    ]


def test_the_heading_may_be_in_any_case(config: Config) -> None:
    assert len(read(config, HEADING.upper(), ADA)) == 1


def test_a_roster_of_nobody_is_a_roster(config: Config) -> None:
    assert read(config, HEADING) == ()


def test_the_roster_that_is_shipped_is_right_and_empty(config: Config) -> None:
    assert roster_rows.read("roster.csv", (ROOT / "roster.csv").read_bytes(), config) == ()


def test_one_person_may_sit_on_two_sub_committees(config: Config) -> None:
    rows = read(config, HEADING, ADA, ADA.replace("OPSG", "SSC"))

    assert [(row.email, row.sub_committee) for row in rows] == [
        ("ada@northshire.example", "OPSG"),
        ("ada@northshire.example", "SSC"),
    ]


@pytest.mark.parametrize(
    ("written", "seat", "capacity"),
    [
        ("member", "Seat 1", Capacity.MEMBER),
        ("alternate", "Seat 1", Capacity.ALTERNATE),
        ("OBSERVER", "", Capacity.OBSERVER),
        ("chair", "", Capacity.CHAIR),
        ("chair", "Seat 1", Capacity.CHAIR_MEMBER),
        ("chair", "  ", Capacity.CHAIR),
    ],
)
def test_a_chair_speaks_as_a_member_only_from_a_members_seat(
    config: Config, written: str, seat: str, capacity: Capacity
) -> None:
    (row,) = read(config, HEADING, f"a@b.example,A,B,,OPSG,{seat},{written}")

    assert row.capacity is capacity


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "ada@northshire.example",
            "ada at northshire",
            'line 3: e-mail: found "ada at northshire"; allowed: an e-mail address.',
        ),
        ("ada@northshire.example", "", 'line 3: e-mail: found ""; allowed: an e-mail address.'),
        ("Ada Firth", " ", 'line 3: name: found ""; allowed: text that is not empty.'),
        ("Northshire Energy", "", 'line 3: organisation: found ""; allowed: text that is not empty.'),
        ("OPSG", "OPSGG", 'line 3: Sub-Committee: found "OPSGG"; allowed: OPSG or SSC.'),
        ("OPSG", "", 'line 3: Sub-Committee: found ""; allowed: OPSG or SSC.'),
        (
            "Large Suppliers",
            "Suppliers",
            (
                'line 3: Party Category: found "Suppliers"; allowed: Large Suppliers, Small Suppliers, '
                "Electricity Networks, Gas Networks, Other SEC Parties, or empty for a body that is in none."
            ),
        ),
        (",member", ",Vice", 'line 3: capacity: found "Vice"; allowed: member, alternate, observer, chair.'),
        (",member", ",", 'line 3: capacity: found ""; allowed: member, alternate, observer, chair.'),
        (",member", "", "line 3: found 6 cells; allowed: 7, as in line 1."),
        (",member", ",member,", "line 3: found 8 cells; allowed: 7, as in line 1."),
        ("OPSG", "OP\x1bSG", r'line 3: Sub-Committee: found "OP\x1bSG"; allowed: text without control characters.'),
        ("OPSG", '"OP\nSG"', 'line 4: Sub-Committee: found "OP SG"; allowed: OPSG or SSC.'),
    ],
)
def test_a_mistake_is_one_line_with_its_place_and_what_is_allowed(
    config: Config, old: str, new: str, sentence: str
) -> None:
    assert old in ADA
    assert mistake(config, HEADING, "", ADA.replace(old, new, 1)) == sentence


def test_a_line_is_counted_as_an_editor_counts_it(config: Config) -> None:
    over_two_lines = ADA.replace("Ada Firth", '"Ada\nFirth"')

    assert mistake(config, HEADING, over_two_lines, "x").startswith("line 4: found 1 cells")


def test_the_same_person_twice_on_one_sub_committee_is_a_mistake(config: Config) -> None:
    assert mistake(config, HEADING, ADA, "", ADA.replace("ada@", "Ada@").replace("OPSG", "OPS")) == (
        "line 4: e-mail: found ada@northshire.example twice for OPSG; "
        "allowed: one row for each, or rows for different days."
    )


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("e-mail,name", "e-mail, name"),
        (HEADING.replace(",", ";"), HEADING.replace(",", ";")),
        ("a\x00b", r"a\x00b"),
    ],
)
def test_another_heading_is_said_with_the_right_one(config: Config, heading: str, found: str) -> None:
    assert mistake(config, heading, ADA).startswith(
        f"line 1: found {found}; allowed: {HEADING.replace(',', ', ')}, and "
    )


def test_an_empty_file_says_what_the_heading_is(config: Config) -> None:
    with pytest.raises(UserError, match=r"^roster\.csv: line 1: found nothing; allowed: e-mail, name, "):
        roster_rows.read("roster.csv", b"\n\n", config)


def test_a_quote_that_is_never_closed_is_said_with_its_line(config: Config) -> None:
    sentence = mistake(config, HEADING, ADA, ADA.replace("Ada", '"Ada'))

    assert sentence.startswith("line 3: it is not CSV (")
    assert sentence.endswith("); allowed: cells with commas between them.")


@pytest.mark.parametrize("content", [HEADING.encode("utf-16"), HEADING.encode() + b"\n\xff"])
def test_a_file_that_is_not_utf_8_is_said_so(config: Config, content: bytes) -> None:
    with pytest.raises(UserError, match=r"the roster is not text in UTF-8; allowed: CSV in UTF-8, or \.xlsx\.$"):
        roster_rows.read("roster.csv", content, config)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.booleans())
@example(b'"' * 9, True)
@example(b"a" * 140_000, True)
def test_any_bytes_at_all_are_a_roster_or_one_line(config: Config, content: bytes, headed: bool) -> None:
    given = HEADING.encode() + b"\n" + content if headed else content
    assert is_read_or_a_line_a_mistake("roster.csv", given, config)


cells = st.sampled_from(
    [
        "",
        " ",
        "a@b.example",
        "Ada",
        "Large Supplier",
        "OPSG",
        "ssc",
        "chair",
        "member",
        '"',
        "\n",
        ",",
        "\x00",
        "é",
        "=",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=6, max_size=8), max_size=4))
def test_any_rows_at_all_are_a_roster_or_a_line_a_mistake(config: Config, rows: list[list[str]]) -> None:
    content = "\n".join([HEADING, *(",".join(row) for row in rows)])
    assert is_read_or_a_line_a_mistake("roster.csv", content.encode(), config)


def test_every_mistake_is_said_and_of_very_many_how_many_more_there_are(config: Config) -> None:
    with pytest.raises(UserError) as refused:
        read(config, HEADING, ADA.replace("OPSG", "X"), ADA, ADA.replace("member", "x"), *["x"] * 30)
    lines = str(refused.value).split("\n")

    assert lines[0] == 'roster.csv: line 2: Sub-Committee: found "X"; allowed: OPSG or SSC.'
    assert lines[1].startswith('roster.csv: line 4: capacity: found "x"; ')
    assert lines[20:] == ["roster.csv: 12 more mistakes of such kinds."]


# --- alternates, days, ids --------------------------------------------------------------------------------------------


def long(row: str, alternate_for: str = "", since: str = "", until: str = "", platform_id: str = "") -> str:
    return f"{row},{alternate_for},{since},{until},{platform_id}"


BEN = "ben@northshire.example,Ben Holm,Northshire Energy,Large Suppliers,OPSG,,alternate"


def test_the_further_columns_are_read(config: Config) -> None:
    ben = long(BEN, "ADA@northshire.example", "2019-11-05", "31/3/2020", "U0BEN")
    _, row = read(config, LONG_HEADING, long(ADA), ben)

    assert (row.alternate_for, row.platform_id) == ("ada@northshire.example", "U0BEN")
    assert (str(row.valid_from), str(row.valid_to)) == ("2019-11-05", "2020-03-31")


@pytest.mark.parametrize("written", ["2019-11-05", "5/11/2019", "05/11/2019", "5 November 2019", "5 Nov 2019"])
def test_a_day_may_be_written_in_the_ways_spreadsheets_leave_it(config: Config, written: str) -> None:
    (row,) = read(config, LONG_HEADING, long(ADA, since=written))
    assert str(row.valid_from) == "2019-11-05"


def test_a_person_may_be_known_by_a_platforms_id_alone(config: Config) -> None:
    (row,) = read(config, LONG_HEADING, long(ADA.removeprefix("ada@northshire.example"), platform_id="U0ADA"))
    assert (row.email, row.platform_id) == (None, "U0ADA")


def test_the_same_person_may_have_rows_for_different_days(config: Config) -> None:
    rows = read(config, LONG_HEADING, long(ADA, until="2019-11-04"), long(ADA, since="2019-11-05"))
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            long(BEN, "Cara Dunn"),
            'line 3: alternate for: found "Cara Dunn"; allowed: the e-mail address or name of one member of OPSG ',
        ),
        (
            long(BEN.replace("OPSG", "SSC"), "Ada Firth"),
            'line 3: alternate for: found "Ada Firth"; allowed: the e-mail address or name of one member of SSC ',
        ),
        (
            long(BEN.replace("alternate", "member"), "Ada Firth"),
            'line 3: alternate for: found "Ada Firth"; allowed: nothing, where the capacity is not alternate.',
        ),
        (long(BEN, since="tomorrow"), 'line 3: from: found "tomorrow"; allowed: a day such as 2019-11-05 or '),
        (long(BEN, until="31/11/2019"), 'line 3: to: found "31/11/2019"; allowed: a day such as '),
        (
            long(BEN, since="2019-11-05", until="2019-11-04"),
            'line 3: to: found "2019-11-04"; allowed: a day not before 2019-11-05, from which the row holds.',
        ),
        (
            long(BEN, platform_id="U0 BEN"),
            'line 3: platform id: found "U0 BEN"; allowed: a person\'s id on the platform',
        ),
        (
            long(BEN, platform_id="U0ADA"),
            "line 3: platform id: found U0ADA for ada@northshire.example too; allowed: an ",
        ),
        (
            long(BEN.removeprefix("ben@northshire.example")),
            'line 3: e-mail: found ""; allowed: an e-mail address, or nothing where the row has a platform id.',
        ),
        (
            long(ADA, since="2019-11-05", platform_id="U0ADA"),
            "line 3: e-mail: found ada@northshire.example twice for OPSG; allowed: one row for each, or rows for ",
        ),
        (
            long(BEN.replace("Ben Holm", "B" * 201)),
            f'line 3: name: found "{"B" * 80}…"; allowed: at most 200 characters.',
        ),
        (
            long(BEN.replace("Large Suppliers", "Large Suppliers and Gas Networks")),
            (
                'line 3: Party Category: found "Large Suppliers and Gas Networks", which may be Large Suppliers or Gas '
                "Networks; allowed: exactly one of them."
            ),
        ),
    ],
)
def test_a_contradiction_is_one_line_too(config: Config, row: str, sentence: str) -> None:
    assert mistake(config, LONG_HEADING, long(ADA, platform_id="U0ADA"), row).startswith(sentence)


def test_of_two_people_of_one_name_an_alternate_names_the_address(config: Config) -> None:
    other = ADA.replace("ada@", "a.firth@")

    assert mistake(config, LONG_HEADING, long(ADA), long(other), long(BEN, "Ada Firth")) == (
        'line 4: alternate for: found "Ada Firth"; allowed: the e-mail address of one member of OPSG in this roster.'
    )
    assert len(read(config, LONG_HEADING, long(ADA), long(other), long(BEN, "a.firth@northshire.example"))) == 3
