"""Whatever people and papers write, it stands unchanged on a card for Teams, which Teams would take."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Message
from bot.surfaces import teams
from handlers.sandbox.basics import Json
from handlers.sandbox.teams.cards import walk
from handlers.teams import text
from tests.messages import RENDERER, TEMPLATES, check_card, every_message, texts, unescaped

# What a template's author may forget: JSON's own marks, Jinja's, Markdown's, mentions, and what no client shows.
PIECES = [*'"\\\n\r\t*_~`[]()#|<>&', "{{ 7*7 }}", "{% raw %}", "{#", "<at>Ada</at>", "[a](https://a.example)"]
PIECES += ["{{DATE(1)}}"]
PIECES += ["`/dp show", "\u2028", "\u202e", "\x00", "\x1b[31m", "\ud800", "🙂", "é", '"}]}', '","inlines":[', "word "]
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)
NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def lines(card: Json) -> list[str]:
    """A card as it reads, line by line."""
    return ["".join(run["text"] for run in each["inlines"]) for each in card["body"] if "inlines" in each]


def check_all(words: str, items: int = 2, impacts: int = 2) -> None:
    for message in every_message(words, items, impacts):
        if not message.name.startswith("modals/"):
            check_card(RENDERER.payload("teams", message))


def card_of(name: str, words: str, items: int = 2) -> Json:
    message = next(m for m in every_message(words, items) if m.name == name)
    return check_card(RENDERER.payload("teams", message))


def test_teams_has_every_message_and_every_form_that_slack_has() -> None:
    slack, ours = (
        {str(path.relative_to(folder)) for path in folder.rglob("*.json")}
        for folder in (TEMPLATES / "slack", TEMPLATES / "teams")
    )

    assert slack == ours


def test_no_template_for_teams_has_text_in_which_markdown_is_read() -> None:
    for path in (TEMPLATES / "teams").rglob("*.j*"):
        assert not re.search(r"TextBlock|FactSet|Markdown\"", path.read_text("utf-8").replace("RichTextBlock", ""))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=hostile)
def test_hostile_words_in_every_field_break_no_card_and_are_shown_as_they_were_written(words: str) -> None:
    said = f"[{words}]"
    check_all(said)

    shown = NOT_SHOWN.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
    own = [line for line in shown.split("\n") if line.strip()]
    found = "\n".join(lines(card_of("views", said)))
    assert found.count("\n".join(own)) >= 3


@pytest.mark.parametrize("words", ["x" * 40_000, "word " * 8000, "a\n" * 20_000, ""])
def test_forty_thousand_characters_in_a_field_keep_within_what_a_card_holds(words: str) -> None:
    for name in ("heading", "proposal", "digest", "show", "list", "error", "objection"):
        card_of(name, words)


def test_a_card_with_two_hundred_impacts_and_sixty_items_keeps_its_buttons_and_its_classification() -> None:
    words = "A middling title of sixty characters or so, as papers have"
    check_all(words, items=60, impacts=200)

    card = card_of("digest", words, items=60)
    assert lines(card)[0].startswith(words)
    assert lines(card)[-1] == "White"


@pytest.mark.parametrize("name", ["heading", "proposal", "digest", "outstanding", "show", "views", "mine", "profile"])
def test_a_card_has_the_words_of_its_slack_twin(name: str) -> None:
    """Marks, numbers of lines and the platform's own ways apart."""
    message = next(m for m in every_message("Some words") if m.name == name)
    slack = " ".join(part["text"] for _, part in texts(RENDERER.payload("slack", message)["blocks"]))
    bare = re.sub(r"<[^<>|]*\|([^<>]*)>|:\w+:|:\+1:", r"\1", slack).replace("*", "").replace("`", "")
    card = check_card(RENDERER.payload("teams", message))
    said = " ".join([*lines(card), *(each["title"] for each in walk(card["body"]) if "title" in each)])

    words = said.casefold()
    lost = set(unescaped(bare).casefold().split()) - set(words.replace(".", " ").split() + words.split())
    assert not {word for word in lost if not word.endswith("…")}  # what Slack's limits cut


def test_links_are_left_out_before_words_are() -> None:
    run = {"type": "TextRun", "text": "DP092", "selectAction": {"type": "Action.OpenUrl", "url": "https://a.example/p"}}
    body = [{"type": "RichTextBlock", "inlines": [{**run, "text": f"DP{n:03}"}]} for n in range(150)]
    card = teams.fit({"summary": "S", "card": {"type": "AdaptiveCard", "body": body}})["card"]

    assert isinstance(card, dict)
    assert lines(card) == [f"DP{n:03}" for n in range(150)]
    assert "selectAction" in json.dumps(card["body"][0])
    assert "selectAction" not in json.dumps(card["body"][-1])
    assert len(json.dumps(card).encode()) <= teams.CARD


def test_long_words_are_cut_at_a_word_and_the_summary_is_one_line() -> None:
    payload = RENDERER.payload("teams", Message("error", {"sentence": "word\n" * 400}))

    assert re.fullmatch(r"(word )+word…", str(payload["summary"]))
    assert lines(check_card(payload))[-1].endswith("…")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "//a.example"])
def test_a_link_that_leads_to_no_server_is_left_as_words(address: str) -> None:
    run = {"type": "TextRun", "text": "Open", "selectAction": {"type": "Action.OpenUrl", "url": address}}
    action = {"type": "Action.OpenUrl", "title": "Open", "url": address}
    body = [{"type": "RichTextBlock", "inlines": [run]}, {"type": "ActionSet", "actions": [action]}]
    card = teams.fit({"summary": "S", "card": {"body": body}})["card"]

    assert list(walk(card["body"]))[1:] == [{"type": "TextRun", "text": "Open"}]  # type: ignore[index]


def test_what_teams_has_no_reaction_for_is_a_button_and_each_meaning_is_named() -> None:
    card = card_of("proposal", "Some words")
    buttons = {each["data"]["value"]: each["title"] for each in walk(card["body"]) if each.get("verb") == "react"}

    assert buttons == {"grey_question": "Needs clarification", "raised_hand": "Further input wanted"}
    assert any("👍 agree with the issue as described" in line for line in lines(card))


def test_the_meanings_given_as_reactions_are_those_that_teams_tells_of() -> None:
    templated = (TEMPLATES / "teams/reactions.jinja").read_text("utf-8")
    table = next(line for line in templated.splitlines() if "in_teams =" in line)

    assert set(re.findall(r'"([^"]+)": "', table)) == set(text.EMOJI.values())


def test_a_form_that_a_command_asks_for_is_opened_by_a_button() -> None:
    values: dict[str, object] = {"command": "`/dp enter DP092`", "action": "enter", "value": "1"}
    card = check_card(RENDERER.payload("teams", Message("type_instead", values)))

    assert [each["data"]["action"] for each in walk(card["body"]) if each["type"] == "Action.Submit"] == ["enter"]
