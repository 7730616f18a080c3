"""What was recorded of a proposal itself, as values in the order of its days."""

from bot.compilation import Event, Happened
from bot.decisions import Converted, Split, Staged
from bot.models import Decision, Proposal
from bot.services import deciding


def events_of(proposal: Proposal) -> tuple[Event, ...]:
    """Stages, conversion, split and withdrawal, as they stand."""
    found = [_event(decision) for decision in proposal.events]
    if proposal.withdrawal:
        found.append(Event(Happened.WITHDRAWN, proposal.withdrawal.day))
    return tuple(sorted(found, key=lambda event: event.day))


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
