"""An invented Comments document: the people, companies and words in it do not exist."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain import (
    Capacity,
    Classification,
    Comment,
    CommentsDocument,
    Compilation,
    Facet,
    Invited,
    ProposalType,
    ReactionCount,
    Reply,
    Version,
)

AGREE = "agree with the issue as described"

OPERATIONS_GROUP = Invited(
    sub_committee="Operations Group",
    paper="OPSG_26_0511_16",
    paper_dated=date(2019, 10, 29),
    meeting=26,
    meeting_date=date(2019, 11, 5),
    meeting_confirmed=False,
    comments_by="2019-11-12T17:00",
    views_invited_on=(
        "the issue identified",
        "the impacts this may be having",
        "any areas the Proposer may need to consider further as part of developing their problem statement",
    ),
)
SECURITY = replace(
    OPERATIONS_GROUP,
    sub_committee="Security Sub-Committee (SSC)",
    paper="SSC_90_0611_04",
    meeting=90,
    meeting_date=date(2019, 11, 6),
    meeting_confirmed=True,
    comments_by=None,
)

ON_THE_ISSUE = Comment(
    ref="DP092-V001",
    organisation="Northshire Energy",
    party_category="Large Suppliers",
    capacity=Capacity.MEMBER,
    sub_committee="Operations Group",
    source="Slack",
    said_at=datetime(2019, 10, 30, 9, 5, tzinfo=UTC),
    text="Issue: it is clear, but it does not say how 'high impact' was decided during the trial.",
    edited=False,
    facet=Facet.ISSUE,
    reactions=(ReactionCount(AGREE, 2, ("Calder Networks", "Wharfe Supply")),),
)
COMMENTS = (
    ON_THE_ISSUE,
    replace(
        ON_THE_ISSUE,
        ref="DP092-V002",
        organisation="Calder Networks",
        party_category="Electricity Networks",
        said_at=datetime(2019, 10, 30, 11, 30, tzinfo=UTC),
        text="Impacts: windows on a Saturday fall in our own change window.\n\nWe would see:\n  - two teams on call\n"
        "  - commissioning delayed by a day",
        facet=Facet.IMPACT,
        reactions=(),
    ),
    replace(
        ON_THE_ISSUE,
        ref="DP092-V003",
        organisation="Wharfe Supply",
        party_category="Small Suppliers",
        capacity=Capacity.ALTERNATE,
        said_at=datetime(2019, 10, 31, 23, 30, tzinfo=UTC),
        text="Consider: how much notice is given to Users without a change team.",
        edited=True,
        facet=Facet.CONSIDER,
        reactions=(),
    ),
    replace(
        ON_THE_ISSUE,
        ref="DP092-V004",
        said_at=datetime(2019, 11, 1, 8, 0, tzinfo=UTC),
        text="Impacts: more than 200 field visits a month may have to be re-booked.",
        facet=Facet.IMPACT,
        reactions=(),
    ),
    replace(
        ON_THE_ISSUE,
        ref="DP092-V005",
        organisation="Tarn Metering",
        party_category="Other SEC Parties",
        capacity=Capacity.CHAIR_MEMBER,
        said_at=datetime(2019, 11, 4, 14, 0, tzinfo=UTC),
        text="The notice period should cover agents as well as Users.",
        facet=Facet.UNSORTED,
        reactions=(),
    ),
    replace(
        ON_THE_ISSUE,
        ref="DP092-V006",
        organisation=None,
        party_category=None,
        capacity=Capacity.NOT_STATED,
        said_at=datetime(2019, 11, 4, 15, 0, tzinfo=UTC),
        text="Will the slides be shared with this group?",
        facet=Facet.UNSORTED,
        reactions=(),
    ),
)
REPLIES = (
    Reply(
        ref="DP092-R002",
        organisation="DCC",
        capacity=Capacity.PROPOSER,
        sub_committee="Operations Group",
        said_at=datetime(2019, 11, 4, 17, 2, tzinfo=UTC),
        text="The slides will be sent to members this week.",
        edited=True,
    ),
    Reply(
        ref="DP092-R001",
        organisation=None,
        capacity=Capacity.SECAS,
        sub_committee="Operations Group",
        said_at=datetime(2019, 11, 1, 9, 0, tzinfo=UTC),
        text="Thank you. We will ask how high impact was defined.",
        edited=False,
    ),
)
DOCUMENT = CommentsDocument(
    compilation=Compilation(
        reference="DP092",
        type=ProposalType.DRAFT,
        title="New Planned Maintenance Methodology",
        stage="Development Stage",
        classification=Classification.WHITE,
        handling="It may be shared with the public.",
        proposer="Robin Example",
        organisation="DCC",
        on_behalf_of=None,
        lead_analyst="Alex Sample",
        problem_statement="Draft, Appendix E to OPSG_26_0511_16 (29 October 2019)",
        invited=(OPERATIONS_GROUP,),
        comments=COMMENTS,
        replies=REPLIES,
        reactions=(
            ReactionCount(AGREE, 3, ("Calder Networks", "Tarn Metering", "Wharfe Supply")),
            ReactionCount("needs clarification", 1, ()),
        ),
        collected_until=datetime(2019, 11, 12, 17, 2, tzinfo=UTC),
        party_categories=(
            "Large Suppliers",
            "Small Suppliers",
            "Electricity Networks",
            "Gas Networks",
            "Other SEC Parties",
        ),
        withdrawn=1,
    ),
    version=Version(0, 1),
    made_at=datetime(2019, 11, 12, 17, 3, tzinfo=UTC),
    issued_by=None,
)


def with_changes(**changes: object) -> CommentsDocument:
    """The document with some fields of its compilation changed."""
    return replace(DOCUMENT, compilation=replace(DOCUMENT.compilation, **changes))  # type: ignore[arg-type]


def empty() -> CommentsDocument:
    """The document as it is before anybody has said a word."""
    return with_changes(comments=(), replies=(), reactions=(), withdrawn=0)
