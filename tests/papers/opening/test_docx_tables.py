"""Tables of Word documents as rows, however their cells are merged, nested, deleted or hidden."""

from bot.papers import LineKind
from tests.papers.opening.word import NUMBERING, cell, found, listed, opened, paragraph, run, table, texts


def test_tables_are_rows_apart_from_the_text() -> None:
    lines = opened(paragraph("One") + table([["A", "B"], ["1", ""], ["", ""]]) + paragraph("Two")).lines

    assert [line.text for line in lines] == ["One", "", "A | B", "1 | ", "", "Two", ""]
    assert [(line.level, line.cells) for line in lines[2:4]] == [(1, ("A", "B")), (0, ("1", ""))]


def test_rows_that_word_repeats_are_the_headings_if_any_are() -> None:
    heading = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('A')}{cell('B')}</w:tr>"
    body = f"<w:tbl><w:tr>{cell('0')}{cell('0')}</w:tr>{heading}</w:tbl>"

    assert [line.level for line in opened(body).lines] == [0, 1, 0]


def test_merged_cells_stand_once_in_a_row_and_again_in_each_row_they_reach_down_to() -> None:
    wide = cell("wide", '<w:gridSpan w:val="2"/>')
    start, on = cell("DP501", '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")
    lines = opened(table([[wide, "C"], ["A", start, "C"], ["B", on, "D"], ["E", "F", "G"]])).lines

    assert [line.cells for line in lines[:4]] == [
        ("wide", "C"),
        ("A", "DP501", "C"),
        ("B", "DP501", "D"),
        ("E", "F", "G"),
    ]


def test_paragraphs_and_tables_in_a_cell_are_one_text() -> None:
    nested = cell(paragraph("one") + paragraph("two") + table([["three", "four"]]) + paragraph(""))

    assert texts(table([[nested, "B"]])) == ["one two three four | B", ""]


def test_a_table_of_one_cell_is_a_frame_around_paragraphs() -> None:
    assert texts(table([[cell(paragraph("One") + paragraph("Two"))]])) == ["One", "", "Two", ""]


def test_rows_that_were_deleted_are_left_out_and_added_ones_stay() -> None:
    gone, new = (f"<w:tr><w:trPr><w:{name}/></w:trPr>{cell(name)}{cell('x')}</w:tr>" for name in ("del", "ins"))
    paper = opened(f"<w:tbl>{gone}{new}<w:tr>{cell('A')}{cell('B')}</w:tr></w:tbl>")

    assert [line.text for line in paper.lines] == ["ins | x", "A | B", ""]
    assert found(paper) == [("tracked-changes", 1)]


def test_notes_of_a_table_follow_it() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = table([[cell(paragraph(run("A") + mark)), "B"], ["C", "D"]])
    lines = opened(body, footnotes=f'<w:footnote w:id="1">{paragraph("Note")}</w:footnote>').lines

    assert [line.kind for line in lines[:3]] == [LineKind.ROW, LineKind.ROW, LineKind.FOOTNOTE]


def test_numbers_that_mean_nothing_are_passed_over() -> None:
    body = "".join(
        listed(f"item {n}", 1).replace('w:ilvl w:val="0"', f'w:ilvl w:val="{n}"') for n in ("-1", "x", "9" * 5_000)
    )
    body += table([[cell("A", f'<w:gridSpan w:val="{"9" * 5_000}"/>'), "B"]])
    numbering = NUMBERING.replace('w:ilvl w:val="0"', 'w:ilvl w:val="²"')

    assert [line.kind for line in opened(body, numbering=numbering).lines] == [
        *[LineKind.BULLET] * 3,
        LineKind.BLANK,
        LineKind.ROW,
        LineKind.BLANK,
    ]


def test_long_text_that_is_merged_downwards_stands_once() -> None:
    long = "word " * 100
    start, on = cell(long, '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")

    assert texts(table([[start, "B"], [on, "C"]])) == [f"{long.strip()} | B", " | C", ""]


def test_rows_that_are_hidden_are_left_out_and_said() -> None:
    paper = opened(
        f"<w:tbl><w:tr>{cell('A')}{cell('B')}</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>{cell('C')}</w:tr></w:tbl>"
    )

    assert [line.text for line in paper.lines] == ["A | B", ""]
    assert found(paper) == [("hidden-text", 1)]


def test_cells_that_were_deleted_or_stretched_over_are_left_out() -> None:
    gone, over = cell("old", "<w:cellDel/>"), cell("", "<w:hMerge/>")

    assert texts(table([["A", gone, over, "B"]])) == ["A | B", ""]
