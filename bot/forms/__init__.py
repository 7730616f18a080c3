"""Forms on every platform: what each shows, and what is done with what was filled in.

Three tables by the names that buttons and forms have in the templates. A platform's handlers carry: they say who it
was, call one of these, and show what comes back. Whether somebody may is checked in the services.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands.deciding import Deed
from bot.domain import Message, Speaker
from bot.forms import buttons, claims, entering, messages, own, sorting
from bot.forms.filled import Filled, Pressed
from bot.messenger import Messenger
from bot.services.desk import Desk

DEED = "deed_"  # begins the name of a button that opens the form of a deed

Opener = Callable[[Desk, Pressed], Awaitable[Message]]
Taker = Callable[[Desk, Messenger, Speaker, Filled], Awaitable[Message | None]]
Doer = Callable[[Desk, Pressed], Awaitable[Message]]

# Buttons that open a form.
OPENERS: Mapping[str, Opener] = {
    "read_in_full": buttons.read_in_full,
    "my_comment": own.my_comment,
    "comment_privately": own.comment_privately,
    "state_organisation": claims.form,
    "more_on_comment": sorting.more,
    "object_to_record": messages.object_to_record,
    **{f"{DEED}{deed}": sorting.deed(deed) for deed in Deed},
}

# Forms that are sent: the outcome to be shown; None where the person is told in a note of its own.
TAKERS: Mapping[str, Taker] = {
    "my_comment": own.change,
    "private_comment": own.comment,
    "state_organisation": claims.state,
    "enter_comment": entering.enter,
    "sort_comments": sorting.sort,
    "decide_comment": sorting.decide,
    "object_to_record": messages.objection,
}

# Buttons that do something at once: what came of it, of which the person is told besides.
DOERS: Mapping[str, Doer] = {
    "no_comment": buttons.no_comment,
    "take_back": buttons.take_back,
    "confirm_claim": claims.confirm,
    "do_not_confirm_claim": claims.do_not_confirm,
}
