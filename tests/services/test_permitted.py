"""Permission is checked in the service, whatever button or command called it: each verb by each role."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.compilation import Event, Happened
from bot.decisions import Action, Actor, Disposition, Role
from bot.domain import Facet, Reference, Source
from bot.errors import NotPermitted, UserError
from bot.outbox import Outbox
from bot.papers import read_paper
from bot.render import Renderer
from bot.rules.permissions import PERMITTED
from bot.rules.refs import RefName
from bot.services import (
    answering,
    auditing,
    closing,
    compiling,
    correcting,
    entering,
    events,
    forgetting,
    further,
    importing,
    meetings,
    promises,
    publishing,
    retracting,
    roster,
    sorting,
)
from bot.services.attributing import Said
from bot.services.correcting import Correction
from bot.services.entering import EnteredComment
from tests.house import PAPER, ROBIN, SAMPLE
from tests.services.hearing import ADA, NOW, POST, Record

Verb = Callable[[AsyncSession, Record, Actor], Awaitable[object]]
DP092, V001 = Reference(92), RefName(Reference(92), "V", 1)
OUTBOX = Outbox(Renderer())
LATER, DAY = NOW + timedelta(days=30), date(2019, 10, 30)
ENTERED = EnteredComment(
    reference=DP092, source=Source.EMAIL, said=Said("cara.dunn@calder.example"), on=DAY, words="By e-mail."
)
CONVERTED = Event(Happened.CONVERTED, DAY, "Panel")
CORRECTION = Correction(organisation="Calder Networks")
MINUTE = further.Minute(26, "item 16", DAY)
READING = read_paper(SAMPLE.name, SAMPLE.read_bytes())

VERBS: list[tuple[Action, Verb]] = [
    (Action.IMPORT, lambda s, r, by: importing.store(s, r.config, READING, "p", b"p", True, by, LATER)),
    (Action.PUBLISH, lambda s, r, by: publishing.publish(s, r.config, OUTBOX, PAPER, by, LATER)),
    (Action.RETRACT, lambda s, r, by: retracting.retract(s, r.config, OUTBOX, "DP092", "", "wrong", by, LATER)),
    (Action.ENTER, lambda s, r, by: entering.enter(s, r.config, OUTBOX, ENTERED, by, LATER)),
    (Action.RECORD, lambda s, r, by: events.record(s, r.config, DP092, CONVERTED, by, LATER)),
    (Action.RECORD, lambda s, r, by: further.agree(s, r.config, DP092, "", True, MINUTE, by, LATER)),
    (Action.RECORD, lambda s, r, by: meetings.enter(s, r.config, OUTBOX, "OPSG", 27, DAY, by, LATER)),
    (Action.RECORD, lambda s, _, by: promises.keep(s, DP092, 1, DAY, by, LATER)),
    (Action.RECORD, lambda s, _, by: answering.ask(s, V001, "SECAS", None, by, LATER)),
    (Action.RECORD, lambda s, _, by: answering.respond(s, V001, Disposition.NOTED, "", None, by, LATER)),
    (Action.RECORD, lambda s, r, by: correcting.correct(s, r.config, V001, CORRECTION, "as told", by, LATER)),
    (Action.CLOSE, lambda s, r, by: closing.close(s, r.config, DP092, "", LATER, by, LATER)),
    (Action.SORT, lambda s, _, by: sorting.sort(s, V001, Facet.IMPACT, by, LATER)),
    (Action.SORT, lambda s, _, by: sorting.set_aside(s, V001, "a courtesy", by, LATER)),
    (Action.WITHHOLD, lambda s, _, by: sorting.withhold(s, V001, "as asked", by, LATER)),
    (Action.WITHHOLD, lambda s, _, by: sorting.restore(s, V001, "", by, LATER)),
    (Action.COMPILE, lambda s, r, by: compiling.draft(s, r.config, DP092, by, LATER)),
    (Action.COMPILE, lambda s, r, by: compiling.request(s, r.config, DP092, "slack", by, LATER)),
    (Action.ISSUE, lambda s, r, by: compiling.issue(s, r.config, DP092, by, LATER)),
    (Action.ERASE, lambda s, r, by: forgetting.preview(s, r.config, "ada.firth@northshire.example", by)),
    (Action.ROSTER, lambda s, _, by: roster.store(s, (), by, LATER)),
    (Action.AUDIT, lambda s, _, by: auditing.audit(s, DP092, by)),
]


@pytest.mark.parametrize("role", [*Role, None])
async def test_each_verb_is_done_by_whom_the_table_permits_and_nobody_else(record: Record, role: Role | None) -> None:
    by = Actor(ROBIN if role is Role.ANALYST else "somebody", frozenset({role} if role else ()))
    await record.hears(ADA.replies("m1", "Issue: clear.", 10, thread=POST))
    for action, verb in VERBS:
        async with record.sessions.read() as session:  # each on its own: nothing is committed
            assert await _allowed(verb(session, record, by)) is (role in PERMITTED[action]), action


def test_every_action_has_a_verb_that_is_tried() -> None:
    assert {action for action, _ in VERBS} == set(Action)


async def _allowed(doing: Awaitable[object]) -> bool:
    """Whether it got past the permission; that it may go wrong after it is tested elsewhere."""
    try:
        await doing
    except NotPermitted:
        return False
    except UserError:
        return True
    return True
