"""Messages say the same on every surface, state nothing that the paper does not, and may be in an operator's words."""

import re
from pathlib import Path

import pytest

from bot.domain import Message, ProposalType
from bot.errors import UserError
from bot.models import Paper
from bot.render import Renderer
from bot.services import publishing
from bot.services.counting import Counts
from tests.messages import RENDERER, SHIPPED, TEMPLATES, a_paper, every_message, texts, unescaped

# --- the same facts on every surface ----------------------------------------------------------------------------------


def facts(text: str) -> list[str]:
    """The words of a message, without marks and lines of its surface."""
    bare = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", text).replace("*", "").replace("|", " ")
    return sorted(unescaped(bare).split())


@pytest.mark.parametrize("name", ["heading", "proposal", "digest", "outstanding"])
def test_the_text_of_a_message_has_the_same_facts_as_its_slack_twin(name: str) -> None:
    message = next(m for m in every_message("Some words", items=3, impacts=2) if m.name == name)
    slack = "\n".join(text["text"] for _, text in texts(RENDERER.payload("slack", message)["blocks"]))

    assert facts(RENDERER.text(message)) == facts(slack)


def test_every_message_with_a_text_twin_is_compared() -> None:
    twins = {path.stem for path in (TEMPLATES / "text").glob("*.txt")}
    twins &= {path.stem for path in (TEMPLATES / "slack").glob("*.json")}

    # The audit's answer in Slack is cut short, and a terminal is told of several posts at once.
    assert twins - {"audit", "retracted"} == {"heading", "proposal", "digest", "outstanding"}


def test_text_for_a_terminal_holds_no_control_characters() -> None:
    for message in every_message("a\x1b[31mred\x07"):
        if message.name in {"heading", "proposal", "digest", "outstanding"}:
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", RENDERER.text(message))


# --- nothing is stated that the paper does not state ------------------------------------------------------------------


def heading(paper: Paper) -> str:
    """The heading post as text, the same sentence in Slack's blocks and in its fallback."""
    message = publishing.heading_message(SHIPPED, paper)
    text, slack = RENDERER.text(message), RENDERER.payload("slack", message)
    sentence = text.splitlines()[3]
    blocks = [words["text"] for _, words in texts(slack["blocks"])]
    assert sentence in blocks
    assert f". {sentence} Views are invited" in str(slack["text"])
    return text


def listing(*proposals: tuple[ProposalType, str | None]) -> Paper:
    """A paper with these proposals: their types and stages."""
    paper = a_paper("words", items=len(proposals))
    for item, (kind, stage) in zip(paper.items, proposals, strict=True):
        item.type, item.stage = kind, stage
    return paper


DRAFT, MODIFICATION = ProposalType.DRAFT, ProposalType.MODIFICATION
DEVELOPMENT, REFINEMENT = "Development Stage", "Refinement Process"
NO_CONVERSIONS = "No conversions to Modification Proposals are listed in this paper."


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([], "No proposals are listed in this paper."),
        ([(MODIFICATION, REFINEMENT)], "One Modification Proposal is listed in this paper."),
        ([(MODIFICATION, None)] * 3, "Three Modification Proposals are listed in this paper."),
        (
            [(DRAFT, DEVELOPMENT), (MODIFICATION, REFINEMENT)],
            "One Draft Proposal has entered the Development Stage. One Modification Proposal is listed in this paper.",
        ),
        (
            [(DRAFT, None), (MODIFICATION, REFINEMENT)],
            "One Draft Proposal is listed in this paper. One Modification Proposal is listed in this paper.",
        ),
        (
            [(DRAFT, DEVELOPMENT), (DRAFT, None)],
            f"Two Draft Proposals are listed in this paper. {NO_CONVERSIONS}",
        ),
        (
            [(DRAFT, DEVELOPMENT)] * 2,
            f"Two Draft Proposals have entered the Development Stage. {NO_CONVERSIONS}",
        ),
    ],
)
def test_the_heading_counts_proposals_and_claims_a_stage_only_where_the_paper_does(
    items: list[tuple[ProposalType, str | None]], sentence: str
) -> None:
    assert heading(listing(*items)).splitlines()[3] == sentence


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("For Discussion", "For discussion at meeting 26, Tuesday 5 November 2019."),
        ("For Information", "For information at meeting 26, Tuesday 5 November 2019."),
        ("For Decision by the SEC Panel", "For Decision by the SEC Panel at meeting 26, Tuesday 5 November 2019."),
        (None, "Meeting 26, Tuesday 5 November 2019."),
    ],
)
def test_an_action_reads_well_or_stays_as_printed_and_none_is_invented(action: str | None, sentence: str) -> None:
    paper = a_paper("words")
    paper.action = action
    message = publishing.proposal_message(SHIPPED, paper, paper.items[0], Counts(), paper.comments_by)
    shown = [words["text"] for _, words in texts(RENDERER.payload("slack", message)["blocks"])]

    assert f"\n{sentence} Comments are invited" in RENDERER.text(message)
    assert any(f"\n{sentence} Comments are invited" in words for words in shown)
    assert ("discussion" in heading(paper).casefold()) is (action == "For Discussion")


@pytest.mark.parametrize("asks", [True, False])
def test_the_heading_says_that_the_paper_asks_for_agreement_only_where_it_does(asks: bool) -> None:
    paper = a_paper("words")
    paper.purpose = ["The Group is asked to agree which it wants to give further input on."] if asks else ["It lists."]

    assert ("further input" in heading(paper)) is asks


# --- operators' own words ---------------------------------------------------------------------------------------------


def test_an_operators_template_comes_before_ours_and_may_use_our_phrases(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    phrases = '{% from "wording.jinja" import raised_by with context %}'
    own = '{"text": "OURS {{ item.title }}: {{ raised_by(item) }}"}'
    (tmp_path / "slack/proposal.json").write_text(phrases + own, "utf-8")
    renderer = Renderer([tmp_path])
    messages = {message.name: message for message in every_message('"<title>"')}

    words = renderer.payload("slack", messages["proposal"])["text"]
    assert str(words).startswith('OURS "&lt;title&gt;": Raised by "&lt;title&gt;" of "&lt;title&gt;"')
    assert renderer.payload("slack", messages["heading"]) == RENDERER.payload("slack", messages["heading"])


@pytest.mark.parametrize("folder", ["slack", "text"])
@pytest.mark.parametrize("words", ["{{ nothing }}", "{% if %}", '{{ "no end', "{% include 'nowhere' %}"])
def test_an_operators_template_that_cannot_be_used_is_one_sentence(tmp_path: Path, folder: str, words: str) -> None:
    suffix = {"slack": "json", "text": "txt"}[folder]
    (tmp_path / folder).mkdir()
    (tmp_path / folder / f"proposal.{suffix}").write_text(words, "utf-8")
    renderer = Renderer([tmp_path])
    message = next(message for message in every_message("words") if message.name == "proposal")

    with pytest.raises(UserError, match=rf"^The template proposal\.{suffix} cannot be used: .*\.$"):
        renderer.payload("slack", message) if folder == "slack" else renderer.text(message)


def test_a_template_for_slack_that_is_no_json_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    (tmp_path / "slack/error.json").write_text('{"text": "{{ sentence }}"', "utf-8")

    with pytest.raises(UserError, match=r"^The template error\.json cannot be used: "):
        Renderer([tmp_path]).payload("slack", Message("error", {"sentence": "So."}))


def test_lists_in_an_operators_template_are_escaped_to_their_last_word(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    own = '{"text": "x", "metadata": {{ sentence | tojson }}, "number": {{ 7 | tojson }}}'
    (tmp_path / "slack/error.json").write_text(own, "utf-8")
    hostile = {"words": ['<!channel> "quoted" \\ & more', {"deep": "<@U1>"}], "size": 3}

    payload = Renderer([tmp_path]).payload("slack", Message("error", {"sentence": hostile}))

    assert payload["metadata"] == {
        "words": ['&lt;!channel&gt; "quoted" \\ &amp; more', {"deep": "&lt;@U1&gt;"}],
        "size": 3,
    }
    assert payload["number"] == 7
