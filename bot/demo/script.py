"""What the invented members of the demo say and do. Their words fit any problem statement."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from handlers.sandbox import Member, Said

Cast = Mapping[str, Member]  # by first name
Scene = Callable[[Cast, Said], Awaitable[None]]

ANALYST = ("Robin Ainsley", "robin.ainsley@secas.example")


async def a_question_and_an_area(cast: Cast, post: Said) -> None:
    await cast["Cara"].replies(
        post, "Issue: the issue is clear. It would help to say how often it has arisen in the last twelve months."
    )
    await cast["Dan"].replies(
        post, "Consider: which of the existing routes were tried first, and why they were not sufficient."
    )
    await cast["Finn"].reacts(post, "+1")


async def a_comment_is_edited(cast: Cast, post: Said) -> None:
    said = await cast["Finn"].replies(post, "Impacts: we would expect some effect on agents.")
    await cast["Finn"].edits(
        said,
        "Impacts: we would expect some effect on agents, who need three months' notice of a change to test scripts.",
    )
    await cast["Cara"].reacts(post, "grey_question")


async def a_comment_is_withdrawn(cast: Cast, post: Said) -> None:
    await cast["Ada"].replies(post, "Impacts: monitoring this by hand takes our operations desk about a day each week.")
    said = await cast["Cara"].replies(post, "Impacts: we see none on networks.")
    await cast["Cara"].deletes(said)
    await cast["Ben"].reacts(post, "+1")


async def only_reactions(cast: Cast, post: Said) -> None:
    await cast["Ada"].reacts(post, "+1")
    await cast["Dan"].reacts(post, "+1")
    await cast["Dan"].unreacts(post, "+1")
    await cast["Eve"].reacts(post, "raised_hand")


async def a_conversation(cast: Cast, post: Said) -> None:
    first = await cast["Ada"].replies(
        post, "Issue: the issue is clear, but it does not say how 'high impact' was decided & by whom."
    )
    await cast["Gwen"].replies(
        post, "The criteria are in the interim report: we will circulate them with the next paper."
    )
    await cast["Finn"].replies(post, "Consider: notice to agents as well as Users.\nFive Working Days would be enough.")
    await cast["Eve"].replies(post, "Would shorter windows at weekends be possible?")
    await cast["Robin"].replies(post, "Thank you. Solutions will be considered once the problem statement is defined.")
    await cast["Cara"].reacts(first, "+1")
    await cast["Ben"].reacts(post, "raised_hand")


async def nobody_speaks(cast: Cast, post: Said) -> None:
    """Silence is an outcome too: the document says that no comments were received."""


SCENES: Sequence[Scene] = (
    a_question_and_an_area,
    a_comment_is_edited,
    a_comment_is_withdrawn,
    only_reactions,
    a_conversation,
    nobody_speaks,
)
