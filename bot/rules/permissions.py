"""The one table of who may do what."""

from bot.decisions import Action, Actor, Role
from bot.domain import Suggestion

_ANALYST = frozenset({Role.ANALYST})
_HOUSE = frozenset({Role.ANALYST, Role.OPERATOR})

# What is a judgement on the record is an analyst's alone; what keeps the machine going is the operator's too.
PERMITTED: dict[Action, frozenset[Role]] = {
    Action.IMPORT: _HOUSE,
    Action.PUBLISH: _HOUSE,
    Action.RETRACT: _HOUSE,
    Action.ENTER: _ANALYST,
    Action.RECORD: _ANALYST,
    Action.CLOSE: _ANALYST,
    Action.SORT: _ANALYST,
    Action.WITHHOLD: _ANALYST,
    Action.COMPILE: _HOUSE,
    Action.ISSUE: _ANALYST,
    Action.ERASE: _HOUSE,
    Action.ROSTER: _HOUSE,
    Action.AUDIT: _HOUSE,
}
_CALLED = {
    Role.ANALYST: "the SECAS analysts named in dpbot's configuration",
    Role.OPERATOR: "the operator of dpbot",
    Role.CHAIR: "the chair",
    Role.MEMBER: "a member",
}


def may(actor: Actor, action: Action) -> Suggestion[bool]:
    """Whether somebody may do it, and the sentence's end that says who may."""
    allowed = PERMITTED[action]
    names = " or ".join(_CALLED[role] for role in Role if role in allowed)
    return Suggestion(bool(actor.roles & allowed), because=f"only {names} may")
