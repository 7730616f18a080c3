"""Whatever people and papers write, it breaks no message, pings nobody, and keeps within Slack's limits."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Message
from bot.render import Renderer
from handlers.sandbox import blocks as kit
from tests.messages import TEMPLATES, Json, check, every_message, texts, unescaped

# What happens here other tests cover: measuring it again would take half of the time.
pytestmark = pytest.mark.unmeasured

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


def test_every_slack_template_is_put_to_the_test() -> None:
    ours = {message.name for message in every_message("words")}
    folder = TEMPLATES / "slack"

    assert ours == {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.json")}


@often
@given(words=hostile)
def test_hostile_words_in_every_field_break_no_message_and_ping_nobody(words: str) -> None:
    for message in every_message(words):
        check(message)


@pytest.mark.parametrize("words", ["x" * 40_000, "<!channel> " * 4000, "word " * 8000, "&" * 40_000, "a\n" * 20_000])
def test_forty_thousand_characters_in_every_field_keep_within_slacks_limits(words: str) -> None:
    for message in every_message(words):
        check(message)


@pytest.mark.parametrize("words", ["A middling title of sixty characters or so, as papers have", "<" * 300, ""])
def test_two_hundred_impacts_and_sixty_items_keep_within_slacks_limits(words: str) -> None:
    for message in every_message(words, items=60, impacts=200):
        check(message)


def written(folder: Path, blocks: list[Json]) -> list[Json]:
    """What an operator's own template with these blocks becomes."""
    (folder / "slack").mkdir()
    (folder / "slack/own.json").write_text(json.dumps({"text": "words", "blocks": blocks}), "utf-8")
    payload: Json = dict(Renderer([folder]).payload("slack", Message("own", {})))
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


def test_a_digest_of_fifty_items_names_each_of_them_with_a_whole_link() -> None:
    digest = next(m for m in every_message("A title", items=50) if m.name == "digest")
    words = "\n".join(text["text"] for _, text in texts(check(digest)["blocks"]))

    for number in range(50):
        assert len(re.findall(rf"<https://slack.example/archives/C1/p1\|DP{number:03} A title>", words)) >= 2


@often
@given(words=hostile)
def test_words_are_shown_as_they_were_written(words: str) -> None:
    """But for spaces at the ends, what a reader sees in a comment or a sentence is what was said."""
    said = f"[{words}]"
    views = next(m for m in every_message(said) if m.name == "views")
    shown = [text["text"] for _, text in texts(check(views)["blocks"]) if text["type"] == "plain_text"]

    assert {unescaped(text) for text in shown} == {said}
