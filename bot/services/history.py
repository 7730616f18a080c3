"""What was recorded of a proposal itself, as values in the order of its days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.compilation import Event, Happened
from bot.decisions import Converted, Split, Staged
from bot.models import Decision, Proposal, standing
from bot.rules import dates
from bot.rules.wording import listed
from bot.services import deciding


def events_of(proposal: Proposal, at: datetime | None = None) -> tuple[Event, ...]:
    """Stages, conversion, split and withdrawal, as they stand; `at` (UTC): as they stood then."""
    found = [_event(decision) for decision in standing(d for d in proposal.recorded if at is None or d.at <= at)]
    withdrawals = [each for each in proposal.withdrawals if at is None or each.at <= at]
    if withdrawals and withdrawals[-1].withdrawn:
        found.append(Event(Happened.WITHDRAWN, withdrawals[-1].day))
    return tuple(sorted(found, key=lambda event: event.day))


@dataclass(frozen=True)
class Changes:
    """What came to be recorded of a proposal in a time; `taken_back`: what no longer stands and was not corrected."""

    recorded: tuple[Event, ...]
    taken_back: tuple[Event, ...]


def changes_of(proposal: Proposal, since: datetime, until: datetime) -> Changes:
    """Between two moments (UTC)."""
    before, after = events_of(proposal, since), events_of(proposal, until)
    new = tuple(event for event in after if event not in before)
    corrected = {(event.what, event.stage) for event in new}
    gone = (event for event in before if event not in after and (event.what, event.stage) not in corrected)
    return Changes(new, tuple(gone))


def withdrawn_of(proposals: Iterable[tuple[str, Proposal]]) -> str | None:
    """Those of a paper's proposals, by their references in it, that are recorded as withdrawn; None where none is."""
    said = [
        f"{name} is recorded as withdrawn on {dates.day(proposal.withdrawal.day)}"
        for name, proposal in proposals
        if proposal.withdrawal
    ]
    return listed(said) or None


def _event(decision: Decision) -> Event:
    match decision.kind:
        case "converted":
            converted = deciding.value_of(decision, Converted)
            return Event(Happened.CONVERTED, converted.day, converted.body)
        case "staged":
            staged = deciding.value_of(decision, Staged)
            return Event(Happened.STAGED, staged.day, staged.body, stage=staged.stage)
        case _:
            split = deciding.value_of(decision, Split)
            return Event(Happened.SPLIT, split.day, split.body, into=split.into)
