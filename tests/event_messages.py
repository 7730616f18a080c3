"""Messages on meetings, closing times, further input, promises and events, with any words in every field."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from bot.compilation import Event, Happened
from bot.decisions import FurtherInput
from bot.domain import Message
from bot.models import Item, Meeting
from bot.services.closing import Closed
from bot.services.events import Told
from bot.services.further import Agreed
from bot.services.meetings import Met
from bot.services.outstanding import Outstanding, Question
from bot.services.promises import Kept, Promise

DAY = date(2019, 11, 5)
NOW = datetime(2019, 11, 4, 9, tzinfo=UTC)


def event_messages(item: Item, words: str) -> Iterator[Message]:
    promise = Promise(item, 1, words, words, DAY)
    done: dict[str, list[object]] = {
        "closed": [Closed(words, words, "2019-11-12T17:00", "2019-11-12", words, new=True)],
        "agreed": [
            Agreed(words, words, FurtherInput(wanted, 26, DAY, words), None, words, wanted) for wanted in (True, False)
        ],
        "met": [Met(words, 26, DAY, before, confirmed=False, by=words, new=True) for before in (DAY, None)],
        "happened": [
            Told(words, f"{words}.", event, words, new=True, holds=event.body is None) for event in happened(words)
        ],
        "kept": [Kept(promise, DAY, words, new=True)],
    }
    for kind, several in done.items():
        yield from (Message("acted", {"kind": kind, "done": each}) for each in several)
    meeting = Meeting(sub_committee="OPSG", number=26, date=DAY, confirmed=False)
    yield Message("meetings", {"meetings": {words: [meeting] * 10}})
    yield Message("promises", {"promises": [promise] * 3})
    many = Outstanding(
        silent=[(item, words), (item, None)] * 20,
        unsorted=[words] * 50,
        missing=[words],
        questions=[Question(words, words, DAY), Question(words, None, None)],
        promises=[promise] * 12,
    )
    yield Message("outstanding", {"found": many, "until": NOW, "classification": "White"})


def happened(words: str) -> Iterator[Event]:
    yield Event(Happened.STAGED, DAY, words, stage=words)
    yield Event(Happened.CONVERTED, DAY, words or "Panel")
    yield Event(Happened.SPLIT, DAY, into=(words, words))
    yield Event(Happened.WITHDRAWN, DAY)
