"""Headings and paragraphs in the shapes they come in beside the real paper's."""

from collections.abc import Callable

import pytest

from bot.domain import Outlook, ProposalType
from bot.papers import Reading
from tests.papers.conftest import codes

# --- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("DP501 ‘Clearer tariff names’", "Clearer tariff names"),
        ("DP501 ‘Clearer tariff names'", "Clearer tariff names"),
        ("DP501 “Clearer tariff names”", "Clearer tariff names"),
        ("DP501: Clearer tariff names", "Clearer tariff names"),
        ("DP501 – 'Clearer tariff names'", "Clearer tariff names"),
        ("DP501 Clearer tariff names", "Clearer tariff names"),
        ("2.1 DP501 'Clearer tariff names'", "Clearer tariff names"),
        ("[DP501 'Clearer tariff names'](#)", "Clearer tariff names"),
        ("**DP501 'Clearer tariff names'**", "Clearer tariff names"),
        ("DP501 'Clearer 'tariff' names'", "Clearer 'tariff' names"),
        ("DP501 'Changes to 'Tariff Names''", "Changes to 'Tariff Names'"),
        ("DP501 'Clearer\ntariff names'", "Clearer tariff names"),
        ("DP501, previously DP499, 'Clearer tariff names'", "Clearer tariff names"),
    ],
)
def test_titles_lose_their_outer_quotes_only(changed: Callable[..., Reading], heading: str, title: str) -> None:
    reading = changed({"DP501 'Clearer tariff names'": heading})

    assert (reading.items[0].reference, reading.items[0].title) == ("DP501", title)
    assert codes(reading)[0] == "meeting-date-inferred"


def test_markdown_headings_are_read_by_their_level(changed: Callable[..., Reading]) -> None:
    marked = {
        "\n1. Purpose": "\n## Purpose",
        "\n2. New": "\n## New",
        "\nDP501 'Clearer tariff names'": "\n### DP501 'Clearer tariff names'",
        "\nDP502 '": "\n### DP502 '",
        "\nAnticipated": "\n#### Anticipated",
        "3. Recommendations": "## Recommendations",
        "Attachments:": "## Attachments",
        "\n\nNew Draft Proposals\n": "\n\n# New Draft Proposals\n",
    }
    reading = changed(marked, "paper.md")

    assert codes(reading) == ["meeting-date-inferred"]
    assert [item.title for item in reading.items] == ["Clearer tariff names", "Shorter notices"]
    assert [item.impacts[0].outlook for item in reading.items] == [Outlook.NONE, Outlook.PENDING]


def test_a_section_nobody_knows_is_said_to_be_unplaced_and_never_ends_up_in_a_proposal(
    changed: Callable[..., Reading],
) -> None:
    reading = changed({"3. Recommendations": "3. Next steps\n\nWe meet again.\n\n4. Recommendations"})

    assert reading.items[1].impacts[0].text == ("To be confirmed.",)
    assert codes(reading).count("unplaced-text") == 2


def test_a_heading_inside_a_proposal_is_said_and_its_words_are_kept(changed: Callable[..., Reading]) -> None:
    marked = {
        "\nDP501 'Clearer tariff names'": "\n### DP501 'Clearer tariff names'",
        "Tariff names are long.": "#### Context\n\nTariff names are long.",
    }
    reading = changed(marked)

    assert reading.items[0].summary == ("Tariff names are long.",)
    assert "unplaced-text" in codes(reading)


def test_a_numbered_list_in_a_proposal_is_text_not_a_section(changed: Callable[..., Reading]) -> None:
    reading = changed({"Tariff names are long.": "Two things:\n\n1. Names are long\n\n2. Names are odd"})

    assert reading.items[0].summary == ("Two things:", "1. Names are long", "2. Names are odd")


def test_a_proposal_in_no_section_is_read_without_a_stage(changed: Callable[..., Reading]) -> None:
    reading = changed({"2. New Draft Proposals\n": "", "1. Purpose\n\nThis paper lists what is new.\n": ""})

    assert [item.reference for item in reading.items] == ["DP501", "DP502"]
    assert reading.items[0].stage is None
    assert "stage-missing" in codes(reading)


def test_other_words_before_the_first_proposal_do_not_vanish(changed: Callable[..., Reading]) -> None:
    reading = changed({"any areas.\n": "any areas.\n\nSome more words.\n"})

    assert "unplaced-text" in codes(reading)


def test_modifications_have_their_type_and_their_sections_stage(changed: Callable[..., Reading]) -> None:
    converted = "3. Draft Proposals that have converted to Modification Proposals\n\n"
    left = "These have left the Development Stage and entered the Refinement Process.\n\nMP502 '"
    reading = changed({"DP502 '": converted + left, "3. Recommendations": "4. Recommendations"})

    item = reading.items[1]
    assert (item.reference, item.type, item.stage) == ("MP502", ProposalType.MODIFICATION, "Refinement Process")
    assert codes(reading) == ["meeting-date-inferred"]


def test_split_modifications_are_two_items(changed: Callable[..., Reading]) -> None:
    reading = changed({"DP501": "MP102A", "DP502": "MP102B"})

    assert [(item.number, item.suffix) for item in reading.items] == [(102, "A"), (102, "B")]
    assert "number-repeated" not in codes(reading)


@pytest.mark.parametrize(
    "heading", ["Impacts", "Anticipated Security and Technical Impacts", "Anticipated testing impacts:"]
)
def test_impact_headings_of_other_bodies(changed: Callable[..., Reading], heading: str) -> None:
    impact = changed({"Anticipated Operational Impacts": heading}).items[0].impacts[0]

    assert (impact.heading, impact.outlook, impact.text) == (heading.rstrip(":"), Outlook.NONE, ("None.",))


def test_an_impact_heading_without_words_is_unstated(changed: Callable[..., Reading]) -> None:
    impact = changed({"None.\n": ""}).items[0].impacts[0]

    assert (impact.outlook, impact.text) == (Outlook.UNSTATED, ())


# --- paragraphs -------------------------------------------------------------------------------------------------------


def test_wrapped_lines_are_one_paragraph(changed: Callable[..., Reading]) -> None:
    assert changed({"Tariff names are long.": "Tariff\nnames\nare long."}).items[0].summary == (
        "Tariff names are long.",
    )


def test_wrapped_bullets_and_text_straight_after_them(changed: Callable[..., Reading]) -> None:
    bullets = "Names:\n- are long\n  and odd;\n- are short.\nThat is all."
    item = changed({"Tariff names are long.": bullets}).items[0]

    assert item.summary == ("Names:", "- are long and odd;", "- are short.", "That is all.")


def test_a_lettered_list_is_not_taken_for_a_cut_sentence(changed: Callable[..., Reading]) -> None:
    item = changed({"Tariff names are long.": "Names that\n\na) are long\n\n(b) are short"}).items[0]

    assert item.summary == ("Names that", "a) are long", "(b) are short")


def test_sec_appendices_are_no_attachments(changed: Callable[..., Reading]) -> None:
    words = "See Appendix AD 'Interface'. It can be found in Appendix R of the SEC."
    item = changed({"Tariff names are long.": words}).items[0]

    assert (item.summary, item.appendix) == ((words,), "A")


def test_attachments_may_name_several_proposals_and_no_status(changed: Callable[..., Reading]) -> None:
    line = "- **Appendix C:** DP501 and DP502 notes"
    reading = changed({"- **Appendix A:**": f"{line}\n- **Appendix A:**"})

    assert reading.attachments[0].references == ("DP501", "DP502")
    assert [found.status for found in reading.attachments] == [None, "draft", "approved"]


def test_an_attachment_listed_under_a_former_name_agrees(changed: Callable[..., Reading]) -> None:
    reading = changed({"DP502 '": "MP502 '", "DP502 was": "MP502 was"})

    assert "appendix-differs" not in codes(reading)
