"""Whatever people and papers write, it breaks no message, pings nobody, and keeps within Slack's limits."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import templates
from bot.commands import Standing
from bot.config import Config, load_config
from bot.domain import (
    Capacity,
    Classification,
    Comment,
    CommentsDocument,
    Compilation,
    Facet,
    Message,
    ProposalType,
    Version,
)
from bot.errors import UserError
from bot.models import Attachment, Invitation, Item, Meeting, Paper, Post, Proposal
from bot.papers import read_paper
from bot.render import Renderer
from bot.services import publishing
from bot.services.counting import Counts
from bot.services.digesting import Line
from handlers.sandbox import blocks as kit
from tests.house import SAMPLE, House

NOW = datetime(2019, 11, 4, 9, tzinfo=UTC)
RENDERER = Renderer()
TEMPLATES = Path(templates.__file__).parent
Json = dict[str, Any]

# What a template's author may forget: Slack's and JSON's own marks, Jinja's, pings, and marks that turn text around.
PIECES = [
    *"&<>\"'\\\n\r\t*_~`|@#",
    "{{ 7*7 }}",
    "{% raw %}",
    "{#",
    "<!channel>",
    "<!here|here>",
    "@here",
    "<@U1>",
    "&lt;",
]
PIECES += ["<https://a.example|b>", "\u2028", "\u202e", "\x00", "\x1b[31m", "🙂", "é", "]}", '","blocks":[', "word "]
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)
often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- every message with these words in every field -------------------------------------------------------------------


def a_paper(words: str, items: int = 2, impacts: int = 2) -> Paper:
    """A stored paper whose every text is (or ends in) these words."""
    paper = Paper(
        id=1,
        reference=f"OPSG_26 {words}",
        sub_committee=words or "OPSG",
        title=words,
        action=words,
        purpose=[f"{words} agreement on further input"],
        classification=Classification.WHITE,
        invitations=[words, words],
        comments_to=words,
        comments_by="2019-11-12T17:00",
        dated=date(2019, 10, 29),
        meeting=Meeting(sub_committee="OPSG", number=26, date=date(2019, 11, 5), confirmed=True),
        attachments=[Attachment(label=f"Appendix {words}", name=words, status=words, references=[])],
    )
    paper.items.extend(an_item(number, words, impacts) for number in range(items))
    return paper


def an_item(number: int, words: str, impacts: int) -> Item:
    return Item(
        id=number,
        proposal=Proposal(id=number, number=number, suffix=""),
        reference=f"DP{number:03} {words}"[:20],
        type=ProposalType.DRAFT if number % 2 else ProposalType.MODIFICATION,
        stage=words,
        title=words,
        proposer=words,
        organisation=words,
        on_behalf_of=words,
        lead_analyst=words,
        summary=[words, words],
        impacts=[{"heading": words, "text": [words]} for _ in range(impacts)],
        appendix=words,
    )


def a_comment(words: str) -> Comment:
    return Comment("DP001-V001", words, words, Capacity.MEMBER, words, words, NOW, words, True, Facet.ISSUE, ())


def a_compilation(words: str, comments: int = 15) -> Compilation:
    return Compilation(
        reference=words,
        type=ProposalType.DRAFT,
        party_categories=(words,),
        title=words,
        stage=words,
        classification=Classification.WHITE,
        handling=words,
        proposer=words,
        organisation=words,
        on_behalf_of=words,
        lead_analyst=words,
        problem_statement=words,
        invited=(),
        comments=tuple(a_comment(words) for _ in range(comments)),
        replies=(),
        reactions=(),
        collected_until=NOW,
        withdrawn=0,
    )


def every_message(config: Config, words: str, items: int = 2, impacts: int = 2) -> Iterator[Message]:
    """Every message that is rendered for Slack, with these words wherever a person or a paper may put some."""
    paper = a_paper(words, items, impacts)
    first = paper.items[0]
    link = "https://slack.example/archives/C1/p1"
    posts = [Post(id=1, paper=paper, platform="slack", channel_name="c", link=link)]
    lines = [Line(Invitation(item=item, sub_committee="OPSG"), posts[0], Counts(3, 2), 1) for item in paper.items]
    statement = publishing.problem_statement(paper, first)
    compilation = a_compilation(words)
    document = CommentsDocument(compilation, Version(0, 1), NOW, None)
    yield publishing.heading_message(config, paper)
    yield publishing.proposal_message(config, paper, first, Counts(3, 2))
    seen = Standing(words, paper.meeting, Counts(1, 0), posts)
    standings = [seen, replace(seen, counts=None, posts=()), seen]
    yield Message("show", {"item": first, "paper": paper, "statement": statement, "standings": standings})
    yield Message("list", {"lines": [(item, standings) for item in paper.items]})
    comments = compilation.comments
    yield Message("views", {"compilation": compilation, "comments": comments, "total": 99, "replies": 2})
    yield Message(
        "digest",
        {
            "body": words,
            "until": NOW,
            "meeting": paper.meeting,
            "for_meeting": lines,
            "raised": [(paper, items)] * 3,
            "changed": lines,
            "others": lines,
            "comments_to": words,
            "further_input": True,
            "classifications": ["White"],
            "closing": ["2019-11-12"],
            "closed": False,
        },
    )
    yield Message("help", {"analyst": True})
    yield Message("not_recorded", {})
    yield Message("error", {"sentence": words.strip() or "A sentence."})
    yield Message("compile_queued", {"item": first, "channel": words})
    yield Message("document", {"document": document, "name": words})
    yield Message("modals/error", {"sentence": words.strip() or "A sentence."})
    yield Message("modals/full_text", {"item": first})


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return load_config(SAMPLE.parents[2] / "config.toml")


# --- Slack's limits (Slack: Block Kit reference) ----------------------------------------------------------------------

LIMITS = {"section": 3000, "header": 150, "context": 3000, "button": 75, "title": 24, "close": 24}
OURS = re.compile(r"<https://slack\.example/[^<>|]*\|[^<>]*>")


def texts(part: object, kind: str = "") -> Iterator[tuple[str, Json]]:
    """Every text object with what it stands in."""
    if isinstance(part, list):
        for each in part:
            yield from texts(each, kind)
    elif isinstance(part, dict):
        if part.get("type") in {"mrkdwn", "plain_text"}:
            yield kind, part
            return
        for key, value in part.items():
            yield from texts(value, key if key in LIMITS else str(part.get("type", kind)))


def check(message: Message) -> Json:
    """The payload, which Slack would take and which mentions nobody."""
    payload: Json = dict(RENDERER.slack(message))
    name = message.name
    json.dumps(payload).encode()
    blocks = payload.get("blocks", [])
    modal = payload.get("type") == "modal"
    assert len(blocks) <= (100 if modal else 50), name
    for kind, text in texts(payload):
        assert 1 <= len(text["text"]) <= LIMITS[kind], (name, kind)
        assert text["type"] == "plain_text" or text.get("verbatim") is True, (name, "@here would be parsed")
        no_ping(text["text"])
    if not modal:
        assert 1 <= len(payload["text"]) <= 4000, name
        no_ping(payload["text"])
        kit.check_blocks(blocks)
        kit.check_size(blocks)
    for block in blocks:
        for element in block.get("elements", []):
            assert len(str(element.get("value", ""))) <= 2000
    return payload


def no_ping(text: str) -> None:
    """No bracket but those of our own links; every ampersand is an entity's."""
    left = OURS.sub("", text)
    assert "<" not in left
    assert ">" not in left
    assert not re.search(r"&(?!amp;|lt;|gt;)", left)


def test_every_slack_template_is_put_to_the_test(config: Config) -> None:
    ours = {message.name for message in every_message(config, "words")}
    folder = TEMPLATES / "slack"

    assert ours == {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.json")}


@often
@given(words=hostile)
def test_hostile_words_in_every_field_break_no_message_and_ping_nobody(config: Config, words: str) -> None:
    for message in every_message(config, words):
        check(message)


@pytest.mark.parametrize("words", ["x" * 40_000, "<!channel> " * 4000, "word " * 8000, "&" * 40_000, "a\n" * 20_000])
def test_forty_thousand_characters_in_every_field_keep_within_slacks_limits(config: Config, words: str) -> None:
    for message in every_message(config, words):
        check(message)


@pytest.mark.parametrize("words", ["A middling title of sixty characters or so, as papers have", "<" * 300, ""])
def test_two_hundred_impacts_and_sixty_items_keep_within_slacks_limits(config: Config, words: str) -> None:
    for message in every_message(config, words, items=60, impacts=200):
        check(message)


def written(folder: Path, blocks: list[Json]) -> list[Json]:
    """What an operator's own template with these blocks becomes."""
    (folder / "slack").mkdir()
    (folder / "slack/own.json").write_text(json.dumps({"text": "words", "blocks": blocks}), "utf-8")
    payload: Json = dict(Renderer([folder]).slack(Message("own", {})))
    kit.check_blocks(payload["blocks"])
    kit.check_size(payload["blocks"])
    found: list[Json] = payload["blocks"]
    return found


def words(text: str, kind: str = "mrkdwn") -> Json:
    return {"type": kind, "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": words(text)}


@pytest.mark.parametrize("number", [1, 5, 10, 40, 50])
@pytest.mark.parametrize("size", [12_500, 12_999, 13_400])
def test_a_message_of_many_sections_near_the_limit_is_taken(tmp_path: Path, number: int, size: int) -> None:
    """Slack counts about 125 characters for each block, besides its text."""
    assert len(written(tmp_path, [section("x" * (size // number))] * number)) == number


def test_a_context_of_many_elements_becomes_several_and_keeps_every_word(tmp_path: Path) -> None:
    elements = [words(f"Part {number}.") for number in range(23)]
    found = written(tmp_path, [{"type": "context", "elements": elements}])

    assert [element for block in found for element in block["elements"]] == elements


@pytest.mark.parametrize(
    "empty",
    [
        {"type": "header", "text": words("", "plain_text")},
        {"type": "context", "elements": []},
        {"type": "context", "elements": [words("")]},
        section(""),
    ],
    ids=["header", "context", "context of nothing", "section"],
)
def test_a_block_without_words_is_left_out(tmp_path: Path, empty: Json) -> None:
    assert written(tmp_path, [section("before"), empty, section("after")]) == [section("before"), section("after")]


def test_a_section_of_fields_only_is_kept(tmp_path: Path) -> None:
    fields = {"type": "section", "fields": [words("one"), words("two")]}

    assert written(tmp_path, [fields]) == [fields]


def test_a_digest_of_fifty_items_names_each_of_them_with_a_whole_link(config: Config) -> None:
    digest = next(m for m in every_message(config, "A title", items=50) if m.name == "digest")
    words = "\n".join(text["text"] for _, text in texts(check(digest)["blocks"]))

    for number in range(50):
        assert len(re.findall(rf"<https://slack.example/archives/C1/p1\|DP{number:03} A title>", words)) == 2


@often
@given(words=hostile)
def test_words_are_shown_as_they_were_written(config: Config, words: str) -> None:
    """But for spaces at the ends, what a reader sees in a comment or a sentence is what was said."""
    said = f"[{words}]"
    views = next(m for m in every_message(config, said) if m.name == "views")
    shown = [text["text"] for _, text in texts(check(views)["blocks"]) if text["type"] == "plain_text"]

    assert {unescaped(text) for text in shown} == {said}


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# --- what is cut can be read in full ----------------------------------------------------------------------------------


def a_long_one(change: Callable[[str], str]) -> bytes:
    """The sample paper, with something in DP092 made long."""
    return change(SAMPLE.read_text("utf-8")).encode()


def sentences(topic: str, number: int) -> str:
    return " ".join(f"Sentence {n} on {topic} is here to be read by everybody who wants to." for n in range(number))


async def test_where_nothing_is_cut_there_is_no_button(house: House) -> None:
    for reference in ("DP088", "DP089", "DP090", "DP091", "DP092", "DP093"):
        assert "Read in full" not in house.post_text(reference)
        assert "[…]" not in house.post_text(reference)


@pytest.mark.parametrize(
    ("topic", "before"),
    [("the issue", "The trial ends in February 2020"), ("impacts", "The DCC will report to the Operations Group")],
)
async def test_what_a_post_must_cut_is_read_in_full_in_a_window(quiet_house: House, topic: str, before: str) -> None:
    house, long = quiet_house, sentences(topic, 90)
    await house.imports(read_paper(SAMPLE.name, a_long_one(lambda text: text.replace(before, f"{long} {before}"))))
    await house.publishes()
    assert "[…]" in house.post_text()
    assert "Read in full" in house.post_text()
    assert "Sentence 89" not in house.post_text()

    answer = await house.ada.clicks(house.post(), "read_in_full")

    assert answer.acknowledged
    (modal,) = house.ada.modals
    assert modal["title"]["text"] == "DP092 in full"
    words = " ".join(text["text"] for _, text in texts(modal["blocks"]))
    for number in range(90):
        assert f"Sentence {number} on {topic} is here" in words
    assert "The DCC will report to the Operations Group" in words
    shown = await house.ben.types(house.channel, "/dp show 92")
    assert "[…]" in shown.text
    assert "Read in full" in shown.text


def test_the_window_holds_every_word_of_two_hundred_impacts(config: Config) -> None:
    item = an_item(1, "words", 0)
    item.impacts = [{"heading": f"Impact {n}", "text": [f"It is number {n}."]} for n in range(200)]
    payload = check(Message("modals/full_text", {"item": item}))
    words = "\n".join(text["text"] for _, text in texts(payload["blocks"]))

    for number in range(200):
        assert f"Impact {number} (as stated in the paper)" in words
        assert f"It is number {number}." in words


# --- the same facts on every surface ----------------------------------------------------------------------------------


def facts(text: str) -> list[str]:
    """The words of a message, without marks and lines of its surface."""
    bare = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", text).replace("*", "").replace("|", " ")
    return sorted(unescaped(bare).split())


@pytest.mark.parametrize("name", ["heading", "proposal", "digest"])
def test_the_text_of_a_message_has_the_same_facts_as_its_slack_twin(config: Config, name: str) -> None:
    message = next(m for m in every_message(config, "Some words", items=3, impacts=2) if m.name == name)
    slack = "\n".join(text["text"] for _, text in texts(RENDERER.slack(message)["blocks"]))

    assert facts(RENDERER.text(message)) == facts(slack)


def test_every_message_with_a_text_twin_is_compared() -> None:
    twins = {path.stem for path in (TEMPLATES / "text").glob("*.txt")}
    twins &= {path.stem for path in (TEMPLATES / "slack").glob("*.json")}

    assert twins == {"heading", "proposal", "digest"}


def test_text_for_a_terminal_holds_no_control_characters(config: Config) -> None:
    for message in every_message(config, "a\x1b[31mred\x07"):
        if message.name in {"heading", "proposal", "digest"}:
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", RENDERER.text(message))


# --- nothing is stated that the paper does not state ------------------------------------------------------------------


def heading(config: Config, paper: Paper) -> str:
    """The heading post as text, the same sentence in Slack's blocks and in its fallback."""
    message = publishing.heading_message(config, paper)
    text, slack = RENDERER.text(message), RENDERER.slack(message)
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
    config: Config, items: list[tuple[ProposalType, str | None]], sentence: str
) -> None:
    assert heading(config, listing(*items)).splitlines()[3] == sentence


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("For Discussion", "For discussion at meeting 26, Tuesday 5 November 2019."),
        ("For Information", "For information at meeting 26, Tuesday 5 November 2019."),
        ("For Decision by the SEC Panel", "For Decision by the SEC Panel at meeting 26, Tuesday 5 November 2019."),
        (None, "Meeting 26, Tuesday 5 November 2019."),
    ],
)
def test_an_action_reads_well_or_stays_as_printed_and_none_is_invented(
    config: Config, action: str | None, sentence: str
) -> None:
    paper = a_paper("words")
    paper.action = action
    message = publishing.proposal_message(config, paper, paper.items[0], Counts())
    shown = [words["text"] for _, words in texts(RENDERER.slack(message)["blocks"])]

    assert f"\n{sentence} Comments are invited" in RENDERER.text(message)
    assert any(f"\n{sentence} Comments are invited" in words for words in shown)
    assert ("discussion" in heading(config, paper).casefold()) is (action == "For Discussion")


@pytest.mark.parametrize("asks", [True, False])
def test_the_heading_says_that_the_paper_asks_for_agreement_only_where_it_does(config: Config, asks: bool) -> None:
    paper = a_paper("words")
    paper.purpose = ["The Group is asked to agree which it wants to give further input on."] if asks else ["It lists."]

    assert ("further input" in heading(config, paper)) is asks


# --- operators' own words ---------------------------------------------------------------------------------------------


def test_an_operators_template_comes_before_ours_and_may_use_our_phrases(tmp_path: Path, config: Config) -> None:
    (tmp_path / "slack").mkdir()
    phrases = '{% from "wording.jinja" import raised_by with context %}'
    own = '{"text": "OURS {{ item.title }}: {{ raised_by(item) }}"}'
    (tmp_path / "slack/proposal.json").write_text(phrases + own, "utf-8")
    renderer = Renderer([tmp_path])
    messages = {message.name: message for message in every_message(config, '"<title>"')}

    words = renderer.slack(messages["proposal"])["text"]
    assert str(words).startswith('OURS "&lt;title&gt;": Raised by "&lt;title&gt;" of "&lt;title&gt;"')
    assert renderer.slack(messages["heading"]) == RENDERER.slack(messages["heading"])


@pytest.mark.parametrize("folder", ["slack", "text"])
@pytest.mark.parametrize("words", ["{{ nothing }}", "{% if %}", '{{ "no end', "{% include 'nowhere' %}"])
def test_an_operators_template_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, config: Config, folder: str, words: str
) -> None:
    suffix = {"slack": "json", "text": "txt"}[folder]
    (tmp_path / folder).mkdir()
    (tmp_path / folder / f"proposal.{suffix}").write_text(words, "utf-8")
    renderer = Renderer([tmp_path])
    message = next(message for message in every_message(config, "words") if message.name == "proposal")

    with pytest.raises(UserError, match=rf"^The template proposal\.{suffix} cannot be used: .*\.$"):
        renderer.slack(message) if folder == "slack" else renderer.text(message)


def test_a_template_for_slack_that_is_no_json_is_one_sentence(tmp_path: Path, config: Config) -> None:
    (tmp_path / "slack").mkdir()
    (tmp_path / "slack/error.json").write_text('{"text": "{{ sentence }}"', "utf-8")

    with pytest.raises(UserError, match=r"^The template error\.json cannot be used: "):
        Renderer([tmp_path]).slack(Message("error", {"sentence": "So."}))


def test_lists_in_an_operators_template_are_escaped_to_their_last_word(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    own = '{"text": "x", "metadata": {{ sentence | tojson }}, "number": {{ 7 | tojson }}}'
    (tmp_path / "slack/error.json").write_text(own, "utf-8")
    hostile = {"words": ['<!channel> "quoted" \\ & more', {"deep": "<@U1>"}], "size": 3}

    payload = Renderer([tmp_path]).slack(Message("error", {"sentence": hostile}))

    assert payload["metadata"] == {
        "words": ['&lt;!channel&gt; "quoted" \\ &amp; more', {"deep": "&lt;@U1&gt;"}],
        "size": 3,
    }
    assert payload["number"] == 7
