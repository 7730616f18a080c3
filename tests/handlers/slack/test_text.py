"""What is said in Slack becomes plain text: exactly what its author typed, and nothing lost whatever comes."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.slack import text

Json = dict[str, Any]
NAMES = {"U1": "Ada Firth", "C1": "operations-group", "S1": "networks"}


def rich(*parts: Json) -> list[Json]:
    """The blocks of a message from one of Slack's clients."""
    return [{"type": "rich_text", "block_id": "b1", "elements": list(parts)}]


def section(*elements: Json | str) -> Json:
    return {"type": "rich_text_section", "elements": _inline(elements)}


def quote(*elements: Json | str) -> Json:
    return {"type": "rich_text_quote", "elements": _inline(elements)}


def code(*elements: Json | str, **more: object) -> Json:
    return {"type": "rich_text_preformatted", "elements": _inline(elements), **more}


def listed(style: str, *items: str, **more: object) -> Json:
    return {"type": "rich_text_list", "style": style, "elements": [section(item) for item in items], **more}


def words(said: str, **style: bool) -> Json:
    return {"type": "text", "text": said} | ({"style": style} if style else {})


def _inline(elements: tuple[Json | str, ...]) -> list[Json]:
    return [words(element) if isinstance(element, str) else element for element in elements]


def read(*parts: Json, said: str = "the text") -> str:
    return text.readable({"text": said, "blocks": rich(*parts)}, NAMES)


def emoji(name: str, unicode: str | None = None, **more: object) -> Json:
    return {"type": "emoji", "name": name} | ({"unicode": unicode} if unicode else {}) | more


ELEMENTS: dict[str, tuple[Json, str]] = {
    "words": (words("a < b & *c* `d` &lt;"), "a < b & *c* `d` &lt;"),
    "bold": (words("quite", bold=True, italic=True, underline=True), "quite"),
    "struck out": (words("agree", strike=True, bold=True), "~agree~"),
    "code": (words("H8.3 * 2", code=True), "H8.3 * 2"),
    "link": ({"type": "link", "url": "https://a.example/?a=1&b=2"}, "https://a.example/?a=1&b=2"),
    "labelled link": (
        {"type": "link", "url": "https://a.example/x", "text": "the report"},
        "the report (https://a.example/x)",
    ),
    "bare link": ({"type": "link", "url": "https://a.example", "text": "a.example"}, "https://a.example"),
    "address": ({"type": "link", "url": "mailto:a@b.example", "text": "a@b.example"}, "a@b.example"),
    "telephone": ({"type": "link", "url": "tel:0123", "text": "the helpdesk"}, "the helpdesk (0123)"),
    "person": ({"type": "user", "user_id": "U1", "style": {"bold": True}}, "@Ada Firth"),
    "unknown person": ({"type": "user", "user_id": "U9"}, "@U9"),
    "channel": ({"type": "channel", "channel_id": "C1"}, "#operations-group"),
    "user group": ({"type": "usergroup", "usergroup_id": "S1"}, "@networks"),
    "workspace": ({"type": "team", "team_id": "T1"}, "@T1"),
    "broadcast": ({"type": "broadcast", "range": "here"}, "@here"),
    "emoji": (emoji("+1", "1f44d"), "\N{THUMBS UP SIGN}"),
    "emoji with a tone": (emoji("+1", "1f44d-1f3fd", skin_tone=4), "\U0001f44d\U0001f3fd"),
    "emoji of several": (emoji("male-technologist", "1f468-200d-1f4bb"), "\U0001f468\u200d\U0001f4bb"),
    "own emoji": (emoji("northshire"), ":northshire:"),
    "own emoji with a tone": (emoji("wave-hand", skin_tone=2), ":wave-hand::skin-tone-2:"),
    "emoji of no character": (emoji("odd", "d83d"), ":odd:"),
    "emoji out of range": (emoji("odd", "110000-zz"), ":odd:"),
    "date": (
        {"type": "date", "timestamp": 1572436800, "format": "{date}", "fallback": "30 October 2019"},
        "30 October 2019",
    ),
    "colour": ({"type": "color", "value": "#F405B3"}, "#F405B3"),
    "unknown": ({"type": "hologram", "text": "seen", "deep": [{"label": "twice"}, {"n": 3}]}, "seen twice"),
    "no type": ({"text": "seen"}, "seen"),
}


@pytest.mark.parametrize(("element", "expected"), ELEMENTS.values(), ids=ELEMENTS)
def test_each_element_reads_as_its_author_saw_it(element: Json, expected: str) -> None:
    assert read(section("See ", element, ".")) == f"See {expected}."
    assert read(quote(element)) == f"> {expected}"
    assert read(code(element)) == expected


def test_paragraphs_lists_quotes_and_code_stand_line_by_line_as_in_slack() -> None:
    parts = [
        section("Impacts:\n"),
        listed("bullet", "a day a week", "two\nlines"),
        listed("ordered", "nested", "again", indent=1, offset=2),
        section("\nAs the paper says\n\n"),
        quote("It did not.\n\nNot once."),
        section(),
        code("  if x:\n      y"),
        code("quoted code", border=1),
        section("The end."),
        section("A line of its own."),
    ]

    assert read(*parts).splitlines() == [
        "Impacts:",
        "- a day a week",
        "- two",
        "  lines",
        "    3. nested",
        "    4. again",
        "",
        "As the paper says",
        "",
        "> It did not.",
        ">",
        "> Not once.",
        "  if x:",
        "      y",
        "> quoted code",
        "The end.",
        "A line of its own.",
    ]


def test_code_at_the_beginning_keeps_its_indentation() -> None:
    assert read(code("    indented\nnot")) == "    indented\nnot"


def test_what_stands_beside_the_rich_text_loses_no_words() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "Sites"}, {"type": "raw_text", "text": "12"}]]}
    blocks = [*rich(section("Issue: see")), table, {"type": "divider"}]

    assert text.readable({"text": "Issue: see", "blocks": blocks}) == "Issue: see\nSites\n12"


# --- where there is no rich text, or none that can be read ------------------------------------------------------------

MRKDWN = {
    "a &lt;b&gt; &amp;amp; c": "a <b> &amp; c",
    "<https://a.example/x|the report> <https://a.example/?a=1&amp;b=2>": (
        "the report (https://a.example/x) https://a.example/?a=1&b=2"
    ),
    "<mailto:a@b.example|a@b.example>": "a@b.example",
    "<@U1> <@U9> <@U8|ben>": "@Ada Firth @U9 @ben",
    "<#C1> <#C1|> <#C9|general>": "#operations-group #operations-group #general",
    "<!here> <!here|here> <!channel> <!everyone>": "@here @here @channel @everyone",
    "<!subteam^S1> <!subteam^S9> <!subteam^S8|@agents>": "@networks @S9 @agents",
    "<!date^1572436800^{date}^https://a.example|30 October 2019>": "30 October 2019",
    "<!foobar|some words>": "some words",
    "• one\n    ◦ two\n1. three\n&gt; quoted\n*bold* ~gone~ ```code```": (
        "• one\n    ◦ two\n1. three\n> quoted\n*bold* ~gone~ ```code```"
    ),
    "a < b <> c": "a < b  c",
}


@pytest.mark.parametrize(("said", "expected"), MRKDWN.items())
def test_without_rich_text_the_text_is_read(said: str, expected: str) -> None:
    assert text.readable({"text": said}, NAMES) == expected


SPEECHLESS: list[object] = [
    None,
    "blocks",
    7,
    [],
    [None],
    [{"type": "section", "text": {"type": "mrkdwn", "text": "not from a person's client"}}],
    rich(),
    rich(section()),
    [{"type": "rich_text"}],
    [{"type": "rich_text", "elements": "words"}],
    rich({"type": "rich_text_section", "elements": {"text": "no list"}}),
    rich(section({"type": "text", "text": 7})),
    rich(section({"type": ["text"], "words": "x"})),
    rich(section({"type": "emoji", "name": 7})),
    rich(section({"type": "link", "url": None})),
    rich(section({"type": "date", "timestamp": 1572436800, "format": "{date}"})),
    rich(section({"type": "hologram", "id": "H1"})),
    rich(listed("bullet", "one", indent=10**12)),
    rich(listed("ordered", "one", offset=-1)),
    rich(listed("ordered", "one", offset="2")),
    rich({"type": "rich_text_list", "style": "bullet", "elements": [7]}),
]


@pytest.mark.parametrize("blocks", SPEECHLESS, ids=str)
def test_rich_text_that_cannot_be_read_falls_back_to_the_text(blocks: object) -> None:
    assert text.readable({"text": "the text &amp; all", "blocks": blocks}) == "the text & all"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "elements", "text", "url", "style", "border", "unicode", "name", "indent", "x"]),
            inner
            | st.sampled_from(["rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "emoji", "link"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values, json_values)
def test_whatever_comes_is_read_without_an_exception(first: object, second: object) -> None:
    message = {
        "text": first,
        "blocks": [{"type": "rich_text", "elements": [second]}, first],
        "files": [second, {"name": first, "mode": second}],
        "attachments": [first, second],
    }

    text.readable(message).encode()
    text.raw(message).encode()
    text.mentioned(message)


def test_words_nested_as_deep_as_json_goes_are_found() -> None:
    deep = "[" * 400 + '{"text": "found"}' + "]" * 400

    assert read(section({"type": "hologram", "inside": json.loads(deep)})) == "found"


def test_half_a_character_costs_no_other() -> None:
    broken: Json = json.loads('{"text": "caf\\u00e9 \\ud83d!"}')

    assert text.readable(broken) == "café \N{REPLACEMENT CHARACTER}!"
    assert text.raw(broken) == "café \N{REPLACEMENT CHARACTER}!"


# --- the raw form, names and files ------------------------------------------------------------------------------------


def test_the_raw_form_is_slacks_own_text_as_it_came() -> None:
    said = "*Issue:* <@U1> &amp; <https://a.example|this>"

    assert text.raw({"text": said, "blocks": rich(section("Issue"))}) == said


def test_the_ids_to_be_named_are_those_a_reader_would_see_without_a_name() -> None:
    mentions = [
        {"type": kind, f"{kind}_id": which} for kind, which in (("user", "U2"), ("user", "U1"), ("channel", "C1"))
    ]
    block = rich(section(*mentions, mentions[0], {"type": "usergroup", "usergroup_id": "S9"}))
    said = "<@U2> <@U1> <#C1|operations-group> `&lt;@U7&gt;` <!subteam^S9|@agents>"

    assert text.mentioned({"text": said, "blocks": block}) == ("U2", "U1")
    assert text.mentioned({"text": "<@U3> <#C3|> <@U4|ben> <!here>"}) == ("U3", "C3")
    assert text.readable({"text": said, "blocks": block}) == "@U2@U1#operations-group@U2@agents"


FILES: dict[str, tuple[Json, str]] = {
    "a spreadsheet": (
        {"name": "sites.xlsx", "pretty_type": "Excel Spreadsheet", "permalink": "https://s.example/F1"},
        "[file: sites.xlsx, Excel Spreadsheet, https://s.example/F1]",
    ),
    "without a pretty type": (
        {"name": "a.bin", "mimetype": "application/octet-stream", "permalink": "https://s.example/F1"},
        "[file: a.bin, application/octet-stream, https://s.example/F1]",
    ),
    "deleted": (
        {"id": "F1", "mode": "tombstone", "permalink": "https://s.example/F1"},
        "[file: F1, deleted in Slack]",
    ),
    "beyond Slack's storage": (
        {"name": "old.pdf", "mode": "hidden_by_limit"},
        "[file: old.pdf, hidden by Slack's storage limit]",
    ),
    "held elsewhere": (
        {
            "name": "Plan",
            "mode": "external",
            "is_external": True,
            "pretty_type": "Google Docs",
            "url_private": "https://docs.example/1",
        },
        "[file: Plan, Google Docs, held outside Slack, https://docs.example/1]",
    ),
    "of another workspace, not told": ({"id": "F2", "file_access": "check_file_info"}, "[file: F2]"),
    "a name over two lines": ({"name": "two\nlines.pdf"}, "[file: two lines.pdf]"),
    "nothing at all": ({}, "[file: no name]"),
}


@pytest.mark.parametrize(("file", "expected"), FILES.values(), ids=FILES)
def test_a_file_is_a_line_with_name_type_and_link(file: Json, expected: str) -> None:
    assert text.readable({"text": "Our figures.", "files": [file]}) == f"Our figures.\n{expected}"
    assert text.readable({"text": "", "files": [file, file]}) == f"{expected}\n{expected}"


def test_a_message_that_was_shared_is_an_address_without_the_words_said_elsewhere() -> None:
    shared = {"is_share": True, "from_url": "https://s.example/p1", "text": "said elsewhere", "fallback": "by Ben"}
    unfolded = {"from_url": "https://a.example", "title": "A report", "text": "unfolded by Slack"}

    assert text.readable({"text": "", "attachments": [shared, unfolded]}) == "[message: https://s.example/p1]"
