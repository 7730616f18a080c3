"""What a person wrote reads the same from Teams' activity as from Graph, whatever it is made of."""

import time
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.teams import fetching, html, shapes, text

Json = dict[str, Any]
FILE = {"contentType": "reference", "name": "sites.xlsx", "contentUrl": "https://secas.sharepoint.com/sites.xlsx"}

# A message as Graph has it, and as an activity does: {m}, {e}, {q} and {b} are written apart.
_WORDS = st.text(st.sampled_from("abz é€😀 \u00a0&<>\"'*_`~|@#-1"), min_size=1, max_size=12).map(escape)
_INLINE = st.one_of(
    _WORDS,
    st.sampled_from(["\x01mAda Firth\x02", "\x01e👍\x02", "\x01i\x02", "\x01r\x02", "&nbsp;", "<u></u>"]),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["strong", "em", "s", "code", "span", "sup"]), _WORDS),
    st.builds('<a href="https://{0}.example" title="{1}">{1}</a>'.format, st.sampled_from("ab"), _WORDS),
)
_LINE = st.lists(_INLINE, max_size=4).map("".join)
_BLOCK = st.one_of(
    st.builds("\x01p{}\x03".format, _LINE),
    st.builds("\x01p{}\x01n{}\x03".format, _LINE, _LINE),
    st.builds("<{0}><li>{1}</li>\x01w<li>{2}</li></{0}>".format, st.sampled_from(["ul", "ol"]), _LINE, _LINE),
    st.builds("<blockquote>\x01w\x01p{}\x03\x01w</blockquote>".format, _LINE),
    st.builds("\x01c{}\x04".format, _WORDS),
    st.builds("<table><tbody>\x01w<tr>\x01w<td>{}</td>\x01w<td>{}</td></tr></tbody></table>".format, _LINE, _LINE),
    st.just("\x01q"),
)
_BODY = st.lists(_BLOCK, min_size=1, max_size=4).map("\x01w".join)

_MENTION = '<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">'
_QUOTE = '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="1"><p>Hers<br>{}</p></blockquote>'
AS_ACTIVITY = {
    "\x01m": _MENTION,
    "\x02": "</span>",
    "\x01e👍\x02": '<img alt="👍" itemtype="http://schema.skype.com/Emoji" src="https://x">',
    "\x01i\x02": '<img alt="image" src="https://eu-api.asm.skype.com/v1/objects/0/views/imgo" width="1"/>',
    "\x01r\x02": "<wbr>",
    "\x01p": "<div>",
    "\x03": "</div>",
    "\x01n": "<br>",
    "\x01w": "",
    "\x01c": '<pre class="language-python" itemtype="http://schema.skype.com/CodeBlockEditor"><code>',
    "\x04": "</code></pre>",
    "\x01q": _QUOTE.format("<table><tr><td>a</td><td>b</td></tr></table><ul><li>x</li></ul>"),
    "&nbsp;": "\u00a0",
}
AS_GRAPH = {
    "\x01m": '<at id="0">',
    "\x02": "</at>",
    "\x01e👍\x02": '<emoji id="like" alt="👍" title="Like"></emoji>',
    "\x01i\x02": '<img src="https://graph.microsoft.com/v1.0/teams/x/hostedContents/y/$value" alt="image">',
    "\x01r\x02": "<wbr/><!-- <p>no words</p> -->",
    "\x01p": "<p>",
    "\x03": "</p>",
    "\x01n": "<br/>",
    "\x01w": "\n",
    "\x01c": '<codeblock class="Python"><code>',
    "\x04": "</code></codeblock>",
    "\x01q": '<attachment id="1"></attachment>',
}


def written(body: str, parts: dict[str, str]) -> str:
    for mark in sorted(parts, key=len, reverse=True):
        body = body.replace(mark, parts[mark])
    return body


def activity(content: str | None, words: str = "") -> Json:
    told: Json = {"type": "message", "id": "1", "text": words, "attachments": []}
    if content is not None:
        told["attachments"] = [{"contentType": "text/html", "content": content}]
    return shapes.projected(told)


def graph(content: str, kind: str = "html", **more: object) -> Json:
    user = {"from": {"user": {"id": "ada"}}, "messageType": "message", "createdDateTime": "2019-10-31T10:00:00Z"}
    return {"id": "1572436800000", "body": {"contentType": kind, "content": content}} | user | more


async def told(message: Json) -> tuple[str, str]:
    """The words of Graph's message, and what of them is compared."""

    async def id_of(_channel: str, account: str) -> str:
        return account

    read = await fetching.message(message, "19:x", "1", "dpbot", id_of, ())
    return read.text, read.raw


@settings(max_examples=150, deadline=None)
@given(_BODY)
async def test_an_activity_and_graph_say_the_same_of_every_message(body: str) -> None:
    said, read = written(body, AS_ACTIVITY), written(body, AS_GRAPH)
    words = text.readable(activity(said))
    assert (await told(graph(read))) == (words, html.bare(words))
    assert "Hers" not in words


READ = {
    "<p>not <s>less</s> <del>and <strike>more</strike> </del>now</p>": "not ~less~ ~and more~ now",
    "<s>one<br>two</s>": "~one~\n~two~",
    "10<sup>6</sup> m<sup>2</sup>, the 5<sup>th</sup>": "10^6 m^2, the 5th",
    '<p>See <a href="https://a.example">this<br>and that</a>.</p>': "See this\nand that (https://a.example).",
    '<attachment id="1"><p>mine</p>': "mine",
    '<p>a</p><systemEventMessage/><customemoji id="x" alt="wow" source="s"></customemoji>': "a\nwow",
    "<table>\n<tr>\n<td><p>a</p><p>b</p></td>\n<td></td>\n<td>c<br>d</td>\n</tr></table>": "a b | | c d",
    "<p>a</p><table><tr><td><ul><li>x</li><li>y</li></ul></td></tr></table><p>b</p>": "a\n- x - y\nb",
    '<p>a</p><blockquote itemtype="http://schema.skype.com/Forward"><p>x<br>y</p><br></blockquote><p>b</p>': "a\nb",
    "<![CDATA[x]]><!DOCTYPE html><?xml?><p>a<!-- b --> c</p><!-- d": "a c\nd",
    "<p>5 <6 & 7> 3, a<b</p>": "5 <6 & 7> 3, a<b",
    '<p title="a>b" data-x=1>c</p><P CLASS=d>e</P>': "c\ne",
    "&lt;b&gt; &amp;amp; &#x1F600; &bogus;": "<b> &amp; 😀 &bogus;",
    "<codeblock><code>if x:<br>&nbsp;&nbsp;y<br></code></codeblock>": "if x:\n  y",
    "<div>" * 3000 + "deep" + "</div>" * 3000 + "after": "deep\nafter",
}


@pytest.mark.parametrize(("content", "words"), READ.items())
def test_markup_is_read_as_what_it_means(content: str, words: str) -> None:
    assert html.canonical(content) == words


@pytest.mark.parametrize("unit", ["<at>", "<at ", "<a ", '<a href="', "<!--", "<![", "<p", "&", "<td>a", "</p>", "<s>"])
def test_no_words_keep_everybody_else_waiting(unit: str) -> None:
    hostile = unit * (250_000 // len(unit))
    began = time.process_time()
    html.canonical(hostile)
    html.plain(hostile)
    assert time.process_time() - began < 5


async def test_files_are_a_line_each_and_make_no_other_words() -> None:
    odd = {"contentType": "reference", "name": "a\nb", "contentUrl": None}
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": "{}", "name": None}
    words, compared = await told(graph('<p>See</p><attachment id="1"></attachment>', attachments=[FILE, card, odd]))
    assert words == "See\n[file: sites.xlsx, https://secas.sharepoint.com/sites.xlsx]\n[file: a b]"
    assert compared == "See"
    assert (await told(graph("", attachments=[{"contentType": "reference"}])))[0] == "[file: no name]"


async def test_words_that_came_as_text_read_the_same_as_in_html() -> None:
    words = "<at>Ada Firth</at> agrees:\n5 < 6 & “more”"
    read = "@Ada Firth agrees:\n5 < 6 & “more”"
    assert text.readable(activity(None, words)) == read
    assert await told(graph(words, "text")) == (read, html.bare(read))
    other = await told(graph("<div><at id='0'>Ada Firth</at> agrees:</div>\n\n<p>&nbsp;</p>5 &lt; 6 &amp; “more”"))
    assert other[1] == html.bare(read)


async def test_what_teams_itself_says_and_what_is_gone_has_no_words() -> None:
    event = graph("<systemEventMessage/>", messageType="systemEventMessage") | {"from": None}
    program = graph("<p>a workflow</p>") | {"from": {"application": {"id": "flow"}, "user": None}}
    gone = graph("<p>x</p>", deletedDateTime="2019-10-31T10:00:00Z", attachments=[FILE])
    assert [await told(each) for each in (event, program, gone)] == [("", "")] * 3
