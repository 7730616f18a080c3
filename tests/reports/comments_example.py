"""An invented Comments document: the people, companies and words in it do not exist."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.compilation import (
    AgreedInput,
    Behind,
    Check,
    Comment,
    CommentsDocument,
    Compilation,
    Given,
    Invited,
    Kept,
    NoComment,
    Question,
    ReactionCount,
    Reply,
    Response,
    RowDigest,
)
from bot.decisions import Disposition, SpeaksFor, Stance
from bot.domain import Basis, Capacity, Classification, Facet, ProposalType, Source, Version
from bot.reports.editions import editions
from bot.reports.summary import checksum

AGREE = "agree with the issue as described"
ROBIN = "robin.ainsley@secas.example"
CLOSES = datetime(2019, 11, 12, 17, tzinfo=UTC)

OPERATIONS_GROUP = Invited(
    sub_committee="Operations Group",
    paper="OPSG_26_0511_16",
    paper_dated=date(2019, 10, 29),
    meeting=26,
    meeting_date=date(2019, 11, 5),
    meeting_confirmed=False,
    comments_by=None,
    views_invited_on=(
        "the issue identified",
        "the impacts this may be having",
        "any areas the Proposer may need to consider further as part of developing their problem statement",
    ),
    closes=CLOSES,
    closing_decided=True,
    asks_for_further_input=True,
    further_input=AgreedInput(True, 26, date(2019, 11, 5), "item 16"),
)
SECURITY = replace(
    OPERATIONS_GROUP,
    sub_committee="Security Sub-Committee (SSC)",
    paper="SSC_90_0611_04",
    meeting=90,
    meeting_date=date(2019, 11, 6),
    meeting_confirmed=True,
    closes=None,
    closing_decided=False,
    further_input=None,
)


def behind(name: str, suggested: Facet, because: str, **more: object) -> Behind:
    """What SECAS alone sees of a comment."""
    email = f"{name.lower().replace(' ', '.')}@member.example"
    heard = datetime(2019, 11, 5, 18, tzinfo=UTC)
    known = Behind(name, email, None, heard, None, (), suggested, because, None, ())
    return replace(known, **more)  # type: ignore[arg-type]


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
    stance=Stance.AGREES,
    responses=(Response(Disposition.PASSED, "SECAS has asked for the criteria."),),
    behind=behind("Ada Firth", Facet.ISSUE, "the comment starts with “Issue:”"),
)
PLAIN = replace(ON_THE_ISSUE, reactions=(), stance=None, responses=())  # the like, with nothing beside the words
COMMENTS = (
    ON_THE_ISSUE,
    replace(
        PLAIN,
        ref="DP092-V002",
        organisation="Calder Networks",
        party_category="Electricity Networks",
        said_at=datetime(2019, 10, 30, 11, 30, tzinfo=UTC),
        text="Impacts: windows on a Saturday fall in our own change window.\n\nWe would see:\n  - two teams on call\n"
        "  - commissioning delayed by a day",
        facet=Facet.IMPACT,
        behind=behind("Cara Dunn", Facet.IMPACT, "the comment starts with “Impacts:”"),
    ),
    replace(
        PLAIN,
        ref="DP092-V003",
        organisation="Wharfe Supply",
        party_category="Small Suppliers",
        capacity=Capacity.ALTERNATE,
        said_at=datetime(2019, 10, 31, 23, 30, tzinfo=UTC),
        text="Consider: how much notice is given to Users without a change team.",
        edited=True,
        facet=Facet.CONSIDER,
        behind=behind(
            "Ben Holm",
            Facet.CONSIDER,
            "the comment starts with “Consider:”",
            alternate_for="Dan Okoro",
            wordings=((datetime(2019, 10, 31, 23, 30, tzinfo=UTC), "Consider: how much notice is given."),),
        ),
    ),
    replace(
        PLAIN,
        ref="DP092-V004",
        said_at=datetime(2019, 11, 1, 8, 0, tzinfo=UTC),
        text="More than 200 field visits a month may have to be re-booked.",
        facet=Facet.IMPACT,
        speaks_for=SpeaksFor.PERSONAL,
        behind=behind("Ada Firth", Facet.IMPACT, "the words “have to be re-booked”", sorted_by=ROBIN),
    ),
    replace(
        PLAIN,
        ref="DP092-V005",
        organisation="Tarn Metering",
        party_category="Other SEC Parties",
        capacity=Capacity.CHAIR_MEMBER,
        source="meeting",
        way=Source.MEETING,
        context="item 16",
        said_at=datetime(2019, 11, 5, 0, 0, tzinfo=UTC),
        text="The issue should cover notice to agents as well as Users.",
        facet=Facet.ISSUE,
        responses=(Response(Disposition.NOTED, ""),),
        behind=behind("Finn Reid", Facet.ISSUE, "the words “The issue should”", entered_by=ROBIN, sorted_by=ROBIN),
    ),
    replace(
        PLAIN,
        ref="DP092-V006",
        organisation=None,
        party_category=None,
        capacity=Capacity.NOT_STATED,
        basis=Basis.NOT_STATED,
        said_at=datetime(2019, 11, 4, 15, 0, tzinfo=UTC),
        text="Will the slides be shared with this group?",
        facet=Facet.QUESTION,
        question=Question(None, date(2019, 11, 8)),
        responses=(Response(Disposition.ANSWERED, "", "DP092-R002"),),
        behind=behind("Jo Stone", Facet.QUESTION, "the words “Will the slides”", sorted_by=ROBIN),
    ),
    replace(
        PLAIN,
        ref="DP092-V007a",
        of="DP092-V007",
        organisation="Gill Metering",
        party_category="Other SEC Parties",
        capacity=Capacity.NOT_STATED,
        basis=Basis.STATED,
        source="e-mail",
        way=Source.EMAIL,
        context="Re: DP092",
        said_at=datetime(2019, 11, 6, 9, 0, tzinfo=UTC),
        text="Consider: agents too.",
        facet=Facet.CONSIDER,
        on_behalf_of="Gill Devices and Gill Data",
        behind=behind("Kit Vale", Facet.CONSIDER, "the comment starts with “Consider:”", entered_by=ROBIN),
    ),
    replace(
        PLAIN,
        ref="DP092-V007b",
        of="DP092-V007",
        organisation="Gill Metering",
        party_category="Other SEC Parties",
        capacity=Capacity.NOT_STATED,
        basis=Basis.STATED,
        source="e-mail",
        way=Source.EMAIL,
        context="Re: DP092",
        said_at=datetime(2019, 11, 6, 9, 0, tzinfo=UTC),
        text="Solution: a calendar that every User can read.",
        facet=Facet.SOLUTION,
        on_behalf_of="Gill Devices and Gill Data",
        responses=(Response(Disposition.RETAINED, ""),),
        behind=behind("Kit Vale", Facet.SOLUTION, "the comment starts with “Solution:”", entered_by=ROBIN),
    ),
    replace(
        PLAIN,
        ref="DP092-V008",
        organisation="Calder Networks",
        party_category="Electricity Networks",
        way=Source.PRIVATE,
        said_at=datetime(2019, 11, 6, 10, 0, tzinfo=UTC),
        text="Two of our contracts end in the trial.",
        facet=Facet.IMPACT,
        confidential=True,
        behind=behind("Cara Dunn", Facet.UNSORTED, "no word of any facet was found"),
    ),
    replace(
        PLAIN,
        ref="DP092-V009",
        organisation="Wharfe Supply",
        party_category="Small Suppliers",
        said_at=datetime(2019, 11, 12, 17, 1, tzinfo=UTC),
        text="Nothing further from us on this.",
        facet=Facet.UNSORTED,
        after_closing=CLOSES,
        behind=behind(
            "Dan Okoro",
            Facet.UNSORTED,
            "no word of any facet was found",
            objections=("Please do not print this.",),
        ),
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
        answers=("DP092-V006",),
        behind=behind("Gwen Lowe", Facet.UNSORTED, "no word of any facet was found"),
    ),
    Reply(
        ref="DP092-R001",
        organisation=None,
        capacity=Capacity.SECAS,
        sub_committee="Operations Group",
        said_at=datetime(2019, 11, 1, 9, 0, tzinfo=UTC),
        text="Thank you. We will ask how high impact was defined.",
        edited=False,
        behind=behind("Robin Ainsley", Facet.UNSORTED, "no word of any facet was found"),
    ),
)
KEPT = (
    Kept(
        ref="DP092-V010",
        name="Ada Firth",
        organisation="Northshire Energy",
        sub_committee="Operations Group",
        state="set aside",
        at=datetime(2019, 11, 6, 9, 30, tzinfo=UTC),
        by=ROBIN,
        reason="Thanks only.",
        text="Many thanks for the paper.",
        said_at=datetime(2019, 11, 5, 9, 0, tzinfo=UTC),
    ),
    Kept(
        ref="DP092-V011",
        name="Dan Okoro",
        organisation="Wharfe Supply",
        sub_committee="Operations Group",
        state="removed in Slack",
        at=datetime(2019, 11, 7, 9, 30, tzinfo=UTC),
        by=None,
        reason=None,
        text="",
        said_at=datetime(2019, 11, 5, 9, 10, tzinfo=UTC),
    ),
    Kept(
        ref="DP092-V012",
        name="Finn Reid",
        organisation="Tarn Metering",
        sub_committee="Operations Group",
        state="replaced by a later comment",
        at=datetime(2019, 11, 7, 11, 0, tzinfo=UTC),
        by="Finn Reid",
        reason=None,
        text="An earlier thought.",
        replaced_by="DP092-V005",
        said_at=datetime(2019, 11, 4, 9, 0, tzinfo=UTC),
    ),
)
_REFS = sorted({comment.whole for comment in COMMENTS} | {reply.ref for reply in REPLIES})
DIGESTS = tuple(RowDigest(ref, f"{number:064x}") for number, ref in enumerate(_REFS, 0xABC))
WHOLE = CommentsDocument(
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
        given=(
            Given(
                "Operations Group",
                (
                    ReactionCount(AGREE, 3, ("Calder Networks", "Tarn Metering", "Wharfe Supply")),
                    ReactionCount("needs clarification", 1, ()),
                ),
                withdrawn=1,
                confidential=1,
                not_seen=0,
            ),
        ),
        collected_until=datetime(2019, 11, 12, 17, 2, tzinfo=UTC),
        party_categories=(
            "Large Suppliers",
            "Small Suppliers",
            "Electricity Networks",
            "Gas Networks",
            "Other SEC Parties",
        ),
        no_comment=(
            NoComment(
                "Ribble Supply",
                "Small Suppliers",
                "Operations Group",
                datetime(2019, 11, 4, 9, 0, tzinfo=UTC),
                "Lee Marsh",
            ),
        ),
        kept=KEPT,
        checks=(Check("Operations Group", "Slack", datetime(2019, 11, 12, 17, 2, tzinfo=UTC), 6, 0, None),),
        digests=DIGESTS,
        checksum=checksum(DIGESTS),
    ),
    version=Version(0, 1),
    made_at=datetime(2019, 11, 12, 17, 3, tzinfo=UTC),
    issued_by=None,
)

DOCUMENT = editions(WHOLE)[0]  # the public edition
SHOWN = DOCUMENT.compilation.comments  # the comments of that edition
FIRST_NAMES = ("Ada", "Ben", "Cara", "Dan", "Finn", "Gwen", "Jo", "Kit", "Lee")  # of all who said something
_NOTHING = (Given("Operations Group", (), 0, 0, 0),)


def with_changes(**changes: object) -> CommentsDocument:
    """The public edition with some fields of its compilation changed."""
    return replace(DOCUMENT, compilation=replace(DOCUMENT.compilation, **changes))  # type: ignore[arg-type]


def only(*comments: Comment, **changes: object) -> CommentsDocument:
    """The public edition with these comments alone, and nothing else that anybody gave."""
    bare: dict[str, object] = {"replies": (), "no_comment": (), "checks": (), "given": _NOTHING, "checksum": None}
    return with_changes(**(bare | {"comments": comments} | changes))


def empty() -> CommentsDocument:
    """The public edition as it is before anybody has said a word."""
    return only(invited=(replace(OPERATIONS_GROUP, closes=None, closing_decided=False, further_input=None),))
