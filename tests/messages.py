"""Every message, with any words in every field, and the checks that Slack and Teams would take it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import templates
from bot.commands import Standing
from bot.compilation import Comment, CommentsDocument, Compilation
from bot.config import load_config
from bot.domain import Capacity, Classification, Facet, Message, ProposalType, Source, Version
from bot.models import Attachment, Invitation, Item, Meeting, Paper, Post, Proposal
from bot.render import Renderer
from bot.services import publishing
from bot.services.auditing import AuditLine
from bot.services.counting import Counts
from bot.services.digesting import Line
from bot.services.history import Changes
from handlers.sandbox import blocks as kit
from handlers.sandbox.teams import cards
from tests.entering_messages import entering_messages
from tests.event_messages import event_messages, happened
from tests.house import ROOT
from tests.own_messages import own_messages
from tests.people_messages import people_messages
from tests.sorting_messages import sorting_messages

NOW = datetime(2019, 11, 4, 9, tzinfo=UTC)
RENDERER = Renderer()
TEMPLATES = Path(templates.__file__).parent
Json = dict[str, Any]
SHIPPED = load_config(ROOT / "config.toml")


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
        given=(),
        collected_until=NOW,
    )


def every_message(words: str, items: int = 2, impacts: int = 2) -> Iterator[Message]:
    """Every message that is rendered for Slack, with these words wherever a person or a paper may put some."""
    paper = a_paper(words, items, impacts)
    first = paper.items[0]
    link = "https://slack.example/archives/C1/p1"
    posts = [Post(id=1, paper=paper, platform="slack", channel_name="c", message="1.1", link=link)]
    lines = [Line(Invitation(item=item, sub_committee="OPSG"), posts[0], Counts(3, 2), 1) for item in paper.items]
    statement = publishing.problem_statement(paper, first)
    compilation = a_compilation(words)
    document = CommentsDocument(compilation, Version(0, 1), NOW, None)
    yield publishing.heading_message(SHIPPED, paper)
    yield publishing.proposal_message(SHIPPED, paper, first, Counts(3, 2, 0, ((Source.EMAIL, 1),)), paper.comments_by)
    seen = Standing(words, paper.meeting, Counts(1, 0), posts, 1)
    standings = [seen, replace(seen, counts=None, posts=()), seen]
    yield Message(
        "show",
        {"item": first, "paper": paper, "statement": statement, "standings": standings, "events": (), "whole": None},
    )
    yield Message("list", {"lines": [(item, standings) for item in paper.items]})
    yield Message(
        "digest",
        {
            "body": words,
            "until": NOW,
            "meeting": paper.meeting,
            "for_meeting": lines,
            "raised": [(paper, items)] * 3,
            "changed": lines,
            "happened": [(line, Changes(tuple(happened(words))[:1], ())) for line in lines[:5]],
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
    yield Message("type_instead", {"command": words})
    yield Message("error", {"sentence": words.strip() or "A sentence."})
    yield Message("not_sent", {"channel": words, "because": words})
    yield Message("not_told", {"name": words, "email": words, "platform": "teams", "because": words})
    yield Message("retracted", {"on": words, "at": NOW, "comments_to": words})
    done = AuditLine(NOW, words, words, words, words, words)
    yield Message("audit", {"item": first, "lines": [done] * 40, "total": 41})
    yield Message("compile_queued", {"item": first, "channel": words})
    yield Message("document", {"document": document, "name": words})
    yield Message("modals/error", {"sentence": words.strip() or "A sentence.", "words": words.strip()})
    yield Message("modals/full_text", {"item": first})
    yield from people_messages(words)
    yield from own_messages(first, words)
    yield from entering_messages(first, words)
    yield from sorting_messages(first, words)
    yield from event_messages(first, words)


# --- Slack's limits (Slack: Block Kit reference) ----------------------------------------------------------------------

LIMITS = {"section": 3000, "header": 150, "context": 3000, "button": 75, "title": 24, "submit": 24, "close": 24}
LIMITS |= {"options": 75, "initial_option": 75, "initial_options": 75, "label": 2000, "hint": 2000, "placeholder": 150}
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
    payload: Json = dict(RENDERER.payload("slack", message))
    name = message.name
    json.dumps(payload).encode()
    blocks = payload.get("blocks", [])
    modal = payload.get("type") == "modal"
    assert len(blocks) <= (100 if modal else 50), name
    for kind, text in texts(payload):
        assert 1 <= len(text["text"]) <= LIMITS[kind], (name, kind)
        assert text["type"] == "plain_text" or text.get("verbatim") is True, (name, "@here would be parsed")
        no_ping(text["text"])
    if modal:
        kit.check_view(payload, "modal")
    else:
        assert 1 <= len(payload["text"]) <= 4000, name
        no_ping(payload["text"])
        kit.check_blocks(blocks)
        kit.check_size(blocks)
    for block in blocks:
        for element in block.get("elements", []):
            assert len(str(element.get("value", ""))) <= 2000
    return payload


def check_card(payload: Mapping[str, Any]) -> Json:
    """The card of what Teams is sent, which it would take."""
    attached = {"contentType": cards.CARD, "content": payload["card"]}
    return cards.check_message({"summary": payload["summary"], "attachments": [attached]})


def no_ping(text: str) -> None:
    """No bracket but those of our own links; every ampersand is an entity's."""
    left = OURS.sub("", text)
    assert "<" not in left
    assert ">" not in left
    assert not re.search(r"&(?!amp;|lt;|gt;)", left)


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
