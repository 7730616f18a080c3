"""Strategies for what is true of proposals: title, who raised them, summary, impacts."""

from typing import Any

from hypothesis import strategies as st

from tests.papers.writing import words
from tests.papers.writing.register import Impact, Proposal, Raised
from tests.papers.writing.switches import Switch

Switches = frozenset[Switch]
JOINT = {Switch.SPLIT_JOINT, Switch.SPLIT_COLON}
RUNNING_TEXT = {
    Switch.IDENTIFIERS: words.IDENTIFIER_SENTENCES,
    Switch.SEC_APPENDICES: words.APPENDIX_SENTENCES,
    Switch.MENTIONS: words.MENTION_SENTENCES,
    Switch.TRAPS: words.TRAP_SENTENCES,
    Switch.FOOTNOTES: words.FOOTNOTE_SENTENCES,
    Switch.DASHES: words.DASH_SENTENCES,
    Switch.COMPOUND: words.COMPOUND_SENTENCES,
}


@st.composite
def groups(draw: st.DrawFn, on: Switches, flavour: str, *, draft: bool) -> list[tuple[Proposal, ...]]:
    """Up to two groups: Draft Proposals, or Modification Proposals, some of them split in two."""
    found = []
    number = draw(st.integers(50, 90)) if draft else draw(st.integers(101, 300))
    for _ in range(draw(st.integers(0, 2))):
        number += draw(st.integers(1, 3))
        split = not draft and bool(on & {Switch.SPLIT, *JOINT})
        prefix = "DP" if draft else draw(st.sampled_from(["MP", "SECMP"] if not split else ["MP"]))
        found += draw(_halves(on, flavour, prefix, number) if split else _single(on, flavour, prefix, number))
    return found


@st.composite
def _single(draw: st.DrawFn, on: Switches, flavour: str, prefix: str, number: int) -> list[tuple[Proposal, ...]]:
    return [(draw(_proposal(on, flavour, prefix, number, "")),)]


@st.composite
def _halves(draw: st.DrawFn, on: Switches, flavour: str, prefix: str, number: int) -> list[tuple[Proposal, ...]]:
    one, other = (draw(_proposal(on, flavour, prefix, number, suffix)) for suffix in "AB")
    if not on & JOINT:
        return [(one,), (other,)]
    heading = one.impacts[0][0] if one.impacts else "Impacts"
    colon = Switch.SPLIT_COLON in on
    shared: dict[str, Any] = {"raised": one.raised, "lead": one.lead, "summary": one.summary, "status": one.status}
    halves = [
        (one, draw(_own_impact(one.reference, colon=colon))),
        (other, draw(_own_impact(other.reference, colon=colon))),
    ]
    return [tuple(_with(half, shared, ((heading, (text,)),)) for half, text in halves)]


def _with(half: Proposal, shared: dict[str, Any], impacts: tuple[Impact, ...]) -> Proposal:
    return Proposal(**{**vars(half), **shared, "impacts": impacts})


@st.composite
def _own_impact(draw: st.DrawFn, reference: str, *, colon: bool) -> str:
    text = draw(st.sampled_from(words.IMPACTS))
    if colon:
        return f"{reference}: {text}"
    return f"For {reference}, {text if text[:3] in {'DCC', 'SEC', 'Use'} else text[0].lower() + text[1:]}"


@st.composite
def _proposal(draw: st.DrawFn, on: Switches, flavour: str, prefix: str, number: int, suffix: str) -> Proposal:
    titles = list(words.TITLES)
    titles += words.NESTED_TITLES * 3 if Switch.TITLE_NESTED in on else ()
    titles += words.IDENTIFIER_TITLES * 3 if Switch.TITLE_IDENTIFIERS in on else ()
    leads = [*words.ANALYSTS, *(["TBC", "to be confirmed"] * 3 if Switch.LEAD_TBC in on else [])]
    return Proposal(
        prefix=prefix,
        number=number,
        suffix=suffix,
        title=draw(st.sampled_from(titles)),
        raised=draw(_raised(on)),
        lead=None if Switch.LEAD_NOBODY in on else draw(st.sampled_from(leads)),
        summary=draw(_summary(on)),
        impacts=draw(_impacts(on, flavour)),
        appendix=None,
        status=draw(st.sampled_from(["draft", "approved", None])),
        former=Switch.FORMER in on and prefix == "MP" and not suffix,
    )


@st.composite
def _raised(draw: st.DrawFn, on: Switches) -> Raised:
    person, printed = draw(st.sampled_from(words.PEOPLE)), draw(st.sampled_from(words.ORGANISATIONS))
    the_organisation, organisation = printed
    forms = [Raised(f"{person} of {the_organisation}", person, organisation)]
    if Switch.RAISED_BRACKETS in on and "(" not in organisation:
        forms.append(Raised(f"{person} ({organisation})", person, organisation))
    if Switch.RAISED_ON_BEHALF in on:
        forms.append(Raised(f"{person} on behalf of {the_organisation}", person, organisation))
    if Switch.RAISED_BOTH in on:
        forms.append(Raised(f"{person} of Calder on behalf of {the_organisation}", person, "Calder", organisation))
    if Switch.RAISED_TWO in on:
        forms.append(Raised(f"{person} and Cy Dale of {the_organisation}", f"{person} and Cy Dale", organisation))
    if Switch.RAISED_BODY in on:
        the_body, body = draw(st.sampled_from(words.COLLECTIVES))
        forms.append(Raised(the_body, None, body))
    if Switch.RAISED_ALONE in on:
        forms += [Raised(person, person, None), Raised("Northshire Energy", None, "Northshire Energy")]
    if Switch.RAISED_TBC in on:
        forms.append(Raised("TBC", None, None))
    if Switch.RAISED_NOBODY in on:
        forms.append(Raised(None, None, None))
    return draw(st.sampled_from(forms))


@st.composite
def _summary(draw: st.DrawFn, on: Switches) -> tuple[str, ...]:
    special = [sentence for switch, sentences in RUNNING_TEXT.items() if switch in on for sentence in sentences]
    sentences = st.sampled_from([*words.SENTENCES, *special * 2])
    paragraphs = draw(st.lists(st.lists(sentences, min_size=1, max_size=3, unique=True), min_size=1, max_size=3))
    found = [" ".join(paragraph) for paragraph in paragraphs]
    if Switch.BULLETS in on:
        lead, bullets = draw(st.sampled_from(words.LISTS))
        found += [lead, *(f"- {bullet}" for bullet in bullets)]
        found += draw(st.sampled_from([[], [words.SENTENCES[0]]]))
    return tuple(found)


@st.composite
def _impacts(draw: st.DrawFn, on: Switches, flavour: str) -> tuple[Impact, ...]:
    headings = ["Anticipated Operational Impacts"]
    headings += [f"Anticipated {flavour} Impacts"] * 3 if Switch.IMPACTS_OF_BODY in on else []
    headings += ["Impacts"] * 3 if Switch.IMPACTS_PLAIN in on else []
    heading = draw(st.sampled_from(headings))
    if Switch.IMPACTS_NONE in on:
        return ()
    texts = st.lists(st.sampled_from(words.IMPACTS), min_size=1, max_size=2, unique=True).map(tuple)
    found = [(heading, draw(texts))]
    if Switch.IMPACTS_TWO in on:
        found.append(("Anticipated Consumer Impacts", draw(texts)))
    return tuple(found)
