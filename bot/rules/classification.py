"""What may be posted where: the classification of what is sent, the clearance of a channel, and what that is now."""

from collections.abc import Iterable, Mapping

from bot.config import Policy
from bot.domain import ChannelFacts, Classification, Suggestion
from bot.rules.wording import listed

# Later papers say Clear for White.
POSTABLE = {Classification.WHITE, Classification.CLEAR}
_RANK = {
    Classification.WHITE: 0,
    Classification.CLEAR: 0,
    Classification.GREEN: 1,
    Classification.AMBER: 2,
    Classification.RED: 3,
}


# What an operator makes of the Panel Information Policy. None is shipped, so that nothing above White is posted.
Policies = Mapping[Classification, Policy]


def may_post(what: Classification, clearance: Classification, policies: Policies | None = None) -> Suggestion[bool]:
    """Whether something of this classification may go to a channel with this clearance, and why (not).

    What the channel must be is looked at again when it is sent: `may_send`.
    """
    configured = {*POSTABLE, *(policies or {})}
    if what not in configured:
        return Suggestion(False, because=f"the paper is classified {what.value} and only White is posted")
    if clearance not in configured:
        return Suggestion(False, because=f"the channel's clearance is {clearance.value} and only White is supported")
    if _RANK[what] > _RANK[clearance]:
        return Suggestion(
            False, because=f"the paper is classified {what.value} and the channel's clearance is {clearance.value}"
        )
    return Suggestion(True, because=f"the paper is classified {what.value}")


def may_send(
    what: Classification, clearance: Classification, policies: Policies, facts: ChannelFacts
) -> Suggestion[bool]:
    """Whether it may be sent to the channel as the platform describes it now. White may go anywhere."""
    allowed = may_post(what, clearance, policies)
    policy = policies.get(what)
    if not allowed.value or what in POSTABLE or policy is None:
        return allowed
    faults = [fault for fault in _faults(policy, facts) if fault]
    if faults:
        return Suggestion(False, because=f"it is classified {what.value} and the channel is {listed(faults)}")
    return allowed


def may_hold_names(facts: ChannelFacts) -> Suggestion[bool]:
    """Whether a channel may hold what is SECAS's alone: it must be private, and of SECAS's workspace only.

    Guests keep it out only where the platform says that there are any: Slack does not say it at once.
    """
    faults = [fault for fault in _faults(Policy(guests=facts.guests is None), facts) if fault]
    return Suggestion(not faults, because=f"SECAS's channel is {listed(faults)}" if faults else "it is SECAS's own")


def highest(marks: Iterable[Classification]) -> Classification:
    """The mark of a document is the highest of its contents; White where it has none."""
    return max(marks, key=_RANK.__getitem__, default=Classification.WHITE)


_PRIVACY = {True: "", False: "open to everybody", None: "not said to be private"}


def _faults(policy: Policy, facts: ChannelFacts) -> list[str]:
    """What the channel is, that it must not be. That the platform does not say is no leave."""
    others = [team for team in facts.teams if team not in policy.teams]
    return [
        _PRIVACY[facts.is_private] if policy.private else "",
        f"shared with {listed(others)}" if others else "",
        "open to guests" if not policy.guests and facts.guests is not False else "",
    ]
