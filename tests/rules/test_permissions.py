"""Who may do what: each action by each role, and the sentence that says who may."""

import itertools

import pytest

from bot.decisions import Action, Actor, Role
from bot.errors import NotPermitted
from bot.rules.permissions import PERMITTED, may
from bot.services.acting import permit

JUDGEMENTS = {Action.ENTER, Action.RECORD, Action.CLOSE, Action.SORT, Action.WITHHOLD, Action.ISSUE}


@pytest.mark.parametrize(("action", "role"), [*itertools.product(Action, Role)])
def test_a_judgement_is_an_analysts_what_keeps_the_house_is_the_operators_too(action: Action, role: Role) -> None:
    allowed = {Role.ANALYST} if action in JUDGEMENTS else {Role.ANALYST, Role.OPERATOR}

    assert may(Actor("somebody", frozenset({role})), action).value is (role in allowed)


def test_every_action_is_in_the_table() -> None:
    assert set(PERMITTED) == set(Action)


def test_somebody_without_any_role_may_do_nothing() -> None:
    nobody = Actor("jo.stone@elsewhere.example", frozenset())

    assert not any(may(nobody, action).value for action in Action)


def test_the_sentence_says_who_may_and_who_asked() -> None:
    with pytest.raises(NotPermitted) as refused:
        permit(Actor("ada.firth@northshire.example", frozenset({Role.MEMBER})), Action.ISSUE)

    assert str(refused.value) == (
        "Only the SECAS analysts named in dpbot's configuration may issue a Comments document: "
        "ada.firth@northshire.example is not one of them."
    )
