"""Word documents as numbered lines: what a reader sees, in its order, and a finding for what was passed over."""

import io

import docx
import pytest

from bot.papers import LineKind, open_paper, read_paper
from tests.papers.conftest import SHORT_PAPER
from tests.papers.opening.word import (
    cell,
    field,
    found,
    listed,
    opened,
    paragraph,
    run,
    said,
    styled,
    texts,
    unzipped,
    word,
    zipped,
)

BREAK = "<w:r><w:br/></w:r>"
BOX = "<w:txbxContent>{}</w:txbxContent>"
PICTURE = "<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>"


def test_paragraphs_are_lines_that_do_not_touch_and_are_numbered_from_one() -> None:
    lines = opened(paragraph("One") + paragraph("") + paragraph("") + paragraph("Two")).lines

    assert [(line.number, line.text) for line in lines] == [(1, "One"), (2, ""), (3, "Two"), (4, "")]


def test_headings_are_known_by_their_style_what_it_is_based_on_or_their_outline_level() -> None:
    body = styled("A", "Heading2") + styled("B", "PaperHeading") + styled("C", "Outlined") + styled("D", "Title")
    body += paragraph("E", '<w:outlineLvl w:val="0"/>') + paragraph("F", '<w:outlineLvl w:val="9"/>')
    body += styled("G", "Round") + styled("H", "Unknown")

    heading, text = LineKind.HEADING, LineKind.TEXT
    assert said(opened(body).lines) == [
        (heading, 2, "A"),
        (heading, 2, "B"),
        (heading, 3, "C"),
        (heading, 1, "D"),
        (heading, 1, "E"),
        (text, 0, "F"),
        (text, 0, "G"),
        (text, 0, "H"),
    ]


def test_headings_of_documents_written_by_a_library_are_known() -> None:
    document = docx.Document()
    document.add_heading("The paper", 0)
    document.add_heading("Purpose", 1)
    document.add_paragraph("One", "List Bullet")
    document.add_paragraph("Two", "List Bullet 2")
    document.add_paragraph("Three", "List Number")
    file = io.BytesIO()
    document.save(file)

    assert said(open_paper("paper.docx", file.getvalue()).lines) == [
        (LineKind.HEADING, 1, "The paper"),
        (LineKind.HEADING, 1, "Purpose"),
        (LineKind.BULLET, 1, "One"),
        (LineKind.BULLET, 2, "Two"),
        (LineKind.BULLET, 1, "Three"),
    ]


def test_a_heading_that_is_broken_over_lines_is_one_line() -> None:
    assert texts(styled(run("DP501") + BREAK + run("'Names'"), "Heading2")) == ["DP501 'Names'", ""]


def test_lists_are_bullets_that_touch_with_their_depth() -> None:
    body = listed("One", 1) + listed("Two", 1, 1) + listed("Three", 2) + styled("Four", "Points")
    lines = opened(body + styled("Five", "ListBullet2") + listed("Six", 0) + paragraph("Seven")).lines

    assert [(line.kind, line.level) for line in lines[:5]] == [(LineKind.BULLET, level) for level in (1, 2, 1, 1, 2)]
    assert [line.text for line in lines] == ["One", "Two", "Three", "Four", "Five", "", "Six", "", "Seven", ""]
    assert lines[6].kind is LineKind.TEXT  # list 0 is none


def test_a_sections_name_that_word_numbers_is_no_item_of_a_list() -> None:
    body = listed("Purpose", 2) + listed("New Draft Proposals", 2) + listed(run("Costs", "<w:b/>"), 2)

    assert {line.kind for line in opened(body).lines} == {LineKind.TEXT, LineKind.BLANK}


def test_marks_that_were_typed_count_as_in_a_text_file() -> None:
    body = "".join(paragraph(text) for text in ("- one", "• two", "## Purpose", "**White**", "[DP501](#)", "---"))
    body += "".join(paragraph(text) for text in ("| A | B |", "|---|---|", "| 1 | 2 |"))
    lines = opened(body).lines

    assert said(lines)[:5] == [
        (LineKind.BULLET, 1, "one"),
        (LineKind.BULLET, 1, "two"),
        (LineKind.HEADING, 2, "Purpose"),
        (LineKind.TEXT, 0, "White"),
        (LineKind.TEXT, 0, "DP501"),
    ]
    assert [(line.kind, line.level) for line in lines[-4:-1]] == [
        (LineKind.ROW, 1),
        (LineKind.FURNITURE, 0),
        (LineKind.ROW, 0),
    ]


def test_text_after_a_break_goes_on_in_the_same_paragraph() -> None:
    body = paragraph(run("One") + BREAK + run("two")) + listed(run("Three") + BREAK + run("four"), 1)
    lines = opened(body).lines

    assert [line.text for line in lines] == ["One", "two", "", "Three", "four", ""]
    assert [line.kind for line in lines[3:5]] == [LineKind.BULLET, LineKind.TEXT]


def test_page_breaks_are_nothing() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'

    assert texts(
        paragraph("One") + paragraph(page) + paragraph("<w:r><w:lastRenderedPageBreak/></w:r>" + run("Two"))
    ) == [
        "One",
        "",
        "Two",
        "",
    ]


def test_tabs_hyphens_and_symbols() -> None:
    inside = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>Non</w:t><w:noBreakHyphen/><w:t>Man</w:t><w:softHyphen/><w:t>dated</w:t></w:r>"
    )
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    bullet = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t xml:space="preserve"> one</w:t></w:r>'
    lines = opened(paragraph(inside) + paragraph(run("x ") + arrow + run(" y")) + paragraph(bullet)).lines

    assert [line.text for line in lines] == ["a Non-Mandated", "", "x → y", "", "one", ""]
    assert lines[4].kind is LineKind.BULLET


def test_equations_are_read() -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )

    assert texts(paragraph(run("a ") + fraction)) == ["a 1/2", ""]


def test_words_in_links_fields_controls_and_smart_tags_are_read_and_field_codes_are_not() -> None:
    body = paragraph(
        f'<w:hyperlink w:anchor="x">{run("one ")}</w:hyperlink>'
        + field('HYPERLINK "https://calder.example"', run("two "))
        + f'<w:fldSimple w:instr="REF x">{run("three ")}</w:fldSimple><w:smartTag>{run("four ")}</w:smartTag>'
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('five')}</w:sdtContent></w:sdt>"
    )
    body += f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('six')}</w:sdtContent></w:sdt>"

    assert texts(body) == ["one two three four five", "", "six", ""]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'

    assert texts(paragraph(begun + run("one")) + paragraph("two")) == ["one", "", "two", ""]


def test_a_table_of_contents_is_furniture() -> None:
    assert said(opened(styled("Purpose 1", "TOC1") + paragraph("x")).lines)[0][0] is LineKind.FURNITURE


def test_tracked_changes_are_read_as_accepted_and_said_once() -> None:
    added, gone = f"<w:ins>{run('new ')}</w:ins>", "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('here')}</w:moveFrom>", f"<w:moveTo>{run('there')}</w:moveTo>"
    paper = opened(paragraph("One") + paragraph(added + gone + run("words")) + paragraph("".join(moved)))

    assert [line.text for line in paper.lines] == ["One", "", "new words", "", "there", ""]
    assert found(paper) == [("tracked-changes", 3)]
    assert "2 insertions and 2 deletions" in paper.findings[0].message


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    paper = opened(paragraph("One ", "<w:rPr><w:del/></w:rPr>") + listed("two", 1) + paragraph("three"))

    assert said(paper.lines) == [(LineKind.BULLET, 1, "One two"), (LineKind.TEXT, 0, "three")]
    assert found(paper) == [("tracked-changes", 1)]


def test_comments_are_not_read_and_counted() -> None:
    comment = f'<w:comment w:id="1">{paragraph("Ada asks")}</w:comment><w:comment w:id="2"/>'
    paper = opened(paragraph("One") + paragraph('<w:commentRangeStart w:id="1"/>' + run("two")), comments=comment)

    assert "Ada" not in "".join(line.text for line in paper.lines)
    assert found(paper) == [("comments-ignored", 3)]
    assert "2 comments" in paper.findings[0].message


def test_hidden_text_is_left_out_and_said() -> None:
    body = paragraph(run("One ") + run("Red and secret", "<w:vanish/>") + run("two", '<w:vanish w:val="0"/>'))
    paper = opened(body + styled("All of it", "Secret"))

    assert [line.text for line in paper.lines] == ["One two", ""]
    assert [finding.code for finding in paper.findings] == ["hidden-text", "hidden-text"]
    assert "“Red and secret”" in paper.findings[0].message


def test_pictures_are_counted_once() -> None:
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
    paper = opened(paragraph("One") + paragraph(run("two") + PICTURE) + paragraph(old) + "<w:altChunk/>")

    assert found(paper) == [("picture-ignored", 3)]
    assert "has 3 of them" in paper.findings[0].message


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = BOX.format(paragraph("Boxed") + paragraph("words"))
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{BOX.format(paragraph('Older'))}</v:textbox></w:pict></w:r>"
    paper = opened(paragraph(run("One") + both + run(" more")) + paragraph(run("Two") + old))

    assert [line.text for line in paper.lines if line.text] == ["One more", "Boxed", "words", "Two", "Older"]
    assert found(paper) == [("text-box", 3), ("text-box", 9)]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_after_the_paragraph_that_refers_to_them_in_the_order_of_reference(kind: str) -> None:
    notes = "".join(
        f'<w:{kind} w:id="{key}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>" + run(text))}{paragraph("more")}</w:{kind}>'
        for key, text in ((1, "later"), (2, "first"))
    )
    mark = f'<w:r><w:{kind}Reference w:id="{{}}"/></w:r>'
    lines = opened(
        paragraph(run("Names") + mark.format(2) + run(" are long.")) + paragraph(run("x") + mark.format(1)),
        **{f"{kind}s": notes},
    ).lines

    assert said(lines) == [
        (LineKind.TEXT, 0, "Names are long."),
        (LineKind.FOOTNOTE, 1, "first more"),
        (LineKind.TEXT, 0, "x"),
        (LineKind.FOOTNOTE, 2, "later more"),
    ]
    assert [line.kind is LineKind.BLANK for line in lines] == [False, False, True, False, False, True]


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("This document is classified as White.", "This document is classified as White."),
        ("Classification: White", "Classification: White"),
        ("WHITE", "Classification: WHITE"),
    ],
)
def test_a_classification_in_the_header_is_text_at_the_top(header: str, line: str) -> None:
    tabbed = run("OPSG") + "<w:r><w:tab/></w:r>" + run(header) + "<w:r><w:tab/></w:r>" + field("PAGE", run("3"))
    lines = opened(paragraph("One"), header=paragraph(tabbed) + paragraph(header), footer=paragraph("3 of 5")).lines

    assert said(lines) == [
        (LineKind.FURNITURE, 0, "OPSG"),
        (LineKind.TEXT, 0, line),
        (LineKind.FURNITURE, 0, "3"),
        (LineKind.TEXT, 0, "One"),
        (LineKind.FURNITURE, 0, "3 of 5"),
    ]


def test_headers_that_are_not_shown_are_not_read() -> None:
    content = word(paragraph("One"), {"header": paragraph("This document is classified as Red.")})
    files = unzipped(content)
    files["word/document.xml"] = files["word/document.xml"].replace(b'w:type="default"', b'w:type="first"')

    assert said(open_paper("paper.docx", zipped(files)).lines) == [(LineKind.TEXT, 0, "One")]


def test_a_short_paper_written_in_word_reads_as_its_text() -> None:
    document = docx.Document()
    for text in filter(None, SHORT_PAPER.split("\n")):
        style = "Heading 1" if text[0].isdigit() and text[1] == "." else "Normal"
        document.add_paragraph(text.removeprefix("- "), "List Bullet" if text.startswith("- ") else style)
    file = io.BytesIO()
    document.save(file)
    paper, plain = read_paper("paper.docx", file.getvalue()), read_paper("paper.txt", SHORT_PAPER.encode())

    assert (paper.paper, paper.items, paper.attachments) == (plain.paper, plain.items, plain.attachments)
    assert [finding.code for finding in paper.findings] == [finding.code for finding in plain.findings]


def test_whatever_stands_where_it_should_not_its_words_are_read() -> None:
    body = (
        run("stray")
        + paragraph(f"<w:p>{run('inner')}</w:p>")
        + f"<w:tbl><w:tr>{cell(run('bare'))}{cell('x')}</w:tr></w:tbl>"
    )

    assert [line.text for line in opened(body).lines if line.text] == ["stray", "inner", "bare | x"]


def test_a_note_that_is_referred_to_twice_is_read_once() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{paragraph("Note")}</w:footnote>'

    assert texts(paragraph(run("A") + mark + mark) + paragraph(mark), footnotes=note) == ["A", "Note", ""]


def test_a_watermark_is_read_with_the_header_and_letters_drawn_in_the_text_after_their_paragraph() -> None:
    letters = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'

    assert said(opened(paragraph("One"), header=paragraph(letters)).lines)[0] == (LineKind.FURNITURE, 0, "DRAFT")
    assert found(opened(paragraph(run("One") + letters))) == [("text-box", 3)]
