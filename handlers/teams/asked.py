"""What a person asks by a button or a form in Microsoft Teams."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import Place, Speaker


@dataclass(frozen=True)
class Asked:
    """A button that was pressed, or a form that was sent; all in it but `speaker` and `place` may be forged.

    `action`: the button's or the form's name. `value`: what the button carries, or what the form is about. `data`:
    what was filled in, by field. `place`: the message that the button is in; None in a direct chat. `key`: the same
    where the platform sends it again, or a person sends the same form twice. `at` (UTC):
    the activity's own time, the same where it comes again.
    """

    speaker: Speaker
    action: str
    value: str
    data: Mapping[str, str]
    place: Place | None
    key: str
    at: datetime | None = None
