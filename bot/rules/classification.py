"""Which classified papers may be posted where."""

from bot.domain import Classification, Suggestion

# Later papers say Clear for White. How the Panel Information Policy treats channels for Green and above is for the
# operator to configure; as shipped nothing above White is posted.
POSTABLE = {Classification.WHITE, Classification.CLEAR}


def may_post(paper: Classification, clearance: Classification) -> Suggestion[bool]:
    """Whether a paper of this classification may go to a channel with this clearance, and why (not)."""
    if paper not in POSTABLE:
        return Suggestion(False, because=f"the paper is classified {paper.value} and only White is posted")
    if clearance not in POSTABLE:
        return Suggestion(False, because=f"the channel's clearance is {clearance.value} and only White is supported")
    return Suggestion(True, because=f"the paper is classified {paper.value}")
