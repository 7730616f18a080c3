"""Whatever the text: no exception but our own, and nothing lost that matters. `bench` shows how time grows with it."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.papers import as_contract, as_text, lines_of, parse

# Phrases that papers are made of, and noise between them.
PHRASES = [
    "This document is classified as **White**.",
    "This paper is classified as Mauve.",
    "Paper Reference:\tOPSG_26_0511_16",
    "Paper Reference: X_1_9999_1",
    "Action:",
    "Title: 'x",
    "1. Purpose",
    "2. New Draft Proposals",
    "## Modification Proposals",
    "[DP088 'A 'B''](#)",
    "DP089 “A’",
    "MP102A and MP102B 'x'",
    "DP0",
    "DP",
    "DP090",
    "# DP091 Title",
    "SECMP0009: 'Old'",
    "DP088 was raised by X of Y on behalf of Z.",
    "DP089 has been raised by .",
    "This proposal was raised by the (",
    "The Lead Analyst from SECAS is TBC.",
    "The Lead Analyst is",
    "Anticipated Operational Impacts",
    "Impacts:",
    "We do not see no impact",
    "None.",
    "to be confirmed",
    "The draft problem statement can be found in Appendix A.",
    "We invite any views on",
    "We invite views on:",
    "3. Recommendations",
    "is requested to:",
    "a@b.c",
    "by 99pm on 31 April 2020",
    "Attachments:",
    "- **Appendix A:** DP088",
    "Appendix ZZ -",
    "Ann Other",
    "SECAS Team",
    "31 February 2019",
    "29 October 2019",
    "- ",
    "-",
    "*",
    "**",
    "(",
    "'",
    "and goes on",
    "no new Draft Proposals",
    "Page 2 of 5",
    "\f",
    "\v",
    "\u2028",
    "\ufb01",
    "²",
    "٣",
]
NOISE = st.one_of(st.sampled_from(PHRASES), st.text(max_size=12))
TEXTS = st.lists(st.tuples(NOISE, st.sampled_from(["\n\n", "\n", " ", ""])), max_size=60).map(
    lambda parts: "".join(words + gap for words, gap in parts)
)


@given(TEXTS, st.sampled_from(["paper.txt", "paper.md"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_in_a_sentence(text: str, name: str) -> None:
    try:
        lines = lines_of(name, text.encode("utf-8", "surrogatepass"))
    except UserError:
        return
    reading = parse(lines)

    json.dumps(as_contract(reading))
    assert as_text(lines).count("\n") == len(lines) - 1
    assert all(finding.line is None or 1 <= finding.line <= len(lines) for finding in reading.findings)
    assert all(item.title or reading.blocked for item in reading.items)


@given(st.binary(max_size=200), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_bytes_under_any_name_are_read_or_refused(content: bytes, name: str) -> None:
    for file_name in (name, f"{name}.md"):
        with suppress(UserError):
            parse(lines_of(file_name, content))
