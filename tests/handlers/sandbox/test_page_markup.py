"""Slack's marked text becomes HTML that says the same and can do nothing else."""

import pytest

from handlers.sandbox.emoji import drawn
from handlers.sandbox.page.markup import Names, editable, mrkdwn, with_mentions

NAMES = Names(
    "U1",
    {"U1": "Ada Firth", "U2": "Ben <Okoye>", "U0SANDBOX": "dpbot"},
    {"C1": "operations-group"},
    "http://127.0.0.1:4000",
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*The issue* is _clear_, ~not~ so", "<b>The issue</b> is <i>clear</i>, <s>not</s> so"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("a*b*c ~ d ~ * e*", "a*b*c ~ d ~ * e*"),
        ("*_both_*", "<b><i>both</i></b>"),
        ("Type `/dp *list*`", "Type <code>/dp *list*</code>"),
        ("```\n*a* &lt;b&gt;\n```", "<pre>*a* &lt;b&gt;</pre>"),
        ("&gt; one\n&gt; two\nthree", "<blockquote>one\ntwo</blockquote>three"),
        ("&gt;&gt;&gt; all\nthe rest", "<blockquote>all\nthe rest</blockquote>"),
        ("Cost &lt; benefit &amp; more", "Cost &lt; benefit &amp; more"),
        ("&amp;lt; stays", "&amp;lt; stays"),
        ("<@U1>, <@U2>", '<span class="mention">@Ada Firth</span>, <span class="mention">@Ben &lt;Okoye&gt;</span>'),
        ("<#C1>", '<a data-go class="mention" href="/?as=U1&amp;room=C1">#operations-group</a>'),
        ("<#C9|secret>", '<span class="mention">#secret</span>'),
        (
            "<!here> <!subteam^S1|@networks>",
            '<span class="mention">@here</span> <span class="mention">@networks</span>',
        ),
        ("<!date^1572429600^{date_long} at {time}|then>", "Wednesday 30 October 2019 at 10:00"),
        ("<!date^1572429600^{nonsense}|then &amp; there>", "then &amp; there"),
        (":+1: agree :memo::eyes:", "👍 agree 📝👀"),
        (":no_such_emoji: at 10:30:45", ":no_such_emoji: at 10:30:45"),
        ("<mailto:ada@northshire.example|Ada>", None),
    ],
)
def test_marks_are_shown_as_slack_shows_them(text: str, html: str | None) -> None:
    shown = mrkdwn(text, NAMES)

    assert shown == html if html else 'href="mailto:ada@northshire.example"' in shown


def test_a_bold_link_is_both() -> None:
    shown = mrkdwn("*<https://example.org/a_b_c?x=1&amp;y=2|DP092>*", NAMES)

    assert shown.startswith('<b><a href="https://example.org/a_b_c?x=1&amp;y=2" target="_blank"')
    assert shown.endswith(">DP092</a></b>")


def test_a_link_to_a_message_of_this_workspace_stays_in_the_page() -> None:
    shown = mrkdwn("<http://127.0.0.1:4000/archives/C1/p1572429600000100|the thread>", NAMES)

    assert shown == '<a data-go href="/archives/C1/p1572429600000100?as=U1">the thread</a>'


def test_a_link_in_a_message_does_not_change_whose_part_is_taken() -> None:
    link = "<http://127.0.0.1:4000/archives/C1/p1?as=U2&amp;thread_ts=1.000001&amp;as=U3#end|here>"

    assert mrkdwn(link, NAMES) == '<a data-go href="/archives/C1/p1?thread_ts=1.000001&amp;as=U1#end">here</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<https://example.org|see `x` here>", ">see `x` here</a>"),
        ("<https://example.org|see ```x``` here>", ">see ```x``` here</a>"),
        ("https://example.org/`x`/y", "<code>x</code>/y"),
        ("`one ``` two ``` three`", "`one <pre> two </pre> three`"),
        ("a ` b ```c ` d```", "a ` b <pre>c ` d</pre>"),
        ("``` `x` <https://example.org|y> ```", "<pre> `x` y </pre>"),
        ("`<https://example.org/a>` and `b`", "<code>https://example.org/a</code> and <code>b</code>"),
        ("`` two `` and ` `", "`` two `` and <code> </code>"),
        ("<@U9|`who`>", "@`who`</span>"),
    ],
)
def test_marks_within_marks_lose_no_words(text: str, html: str) -> None:
    shown = mrkdwn(text, NAMES)

    assert html in shown
    assert "\ue000" not in shown
    assert "\ue001" not in shown


def test_an_address_that_was_only_typed_is_a_link_without_the_full_stop_after_it() -> None:
    shown = mrkdwn("See https://example.org/paper.", NAMES)

    assert 'href="https://example.org/paper"' in shown
    assert shown.endswith("</a>.")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<javascript:alert(1)|click>",
        '<https://example.org/" onmouseover="alert(1)|click>',
        '<@U9"><img src=x onerror=alert(1)>>',
        "*<b onclick=x>*",
        "```<script>```",
        "`<img src=x>`",
        "\ue0000\ue001 <data:text/html,hi|click>",
        "&lt;img src=x onerror=alert(1)&gt;",
        "<!date^1^{time}^javascript:alert(1)|x>",
        '<#C9|"><script>alert(1)</script>>',
        "https://[bad <https://[bad|bad>",
    ],
)
def test_hostile_text_is_only_text(text: str) -> None:
    shown = str(mrkdwn(text, NAMES))

    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b onclick" not in shown
    assert 'href="javascript' not in shown
    assert 'href="data' not in shown
    assert '" onmouseover' not in shown


def test_a_message_is_edited_as_it_was_typed() -> None:
    typed = "@dpbot show DP092 & more"
    kept = with_mentions(typed, {"dpbot": "U0SANDBOX", "Ada Firth": "U1"})

    assert kept == "<@U0SANDBOX> show DP092 & more"
    assert editable(kept.replace("&", "&amp;"), NAMES) == typed
    assert with_mentions("ada@dpbot.example", {"dpbot": "U0SANDBOX"}) == "ada@dpbot.example"


def test_a_reaction_with_a_skin_tone_is_one_sign() -> None:
    assert drawn("+1::skin-tone-3") == "👍\U0001f3fc"
    assert drawn("party-parrot") == ":party-parrot:"
