"""Every part of every card and form is one that Microsoft's own definitions have, with the values they allow."""

from microsoft_teams import cards
from pydantic import BaseModel

from handlers.sandbox.teams.cards import walk
from tests.messages import RENDERER, every_message

PARTS: dict[str, type[BaseModel]] = {
    known.model_fields["type"].default: known
    for known in vars(cards).values()
    if isinstance(known, type) and issubclass(known, BaseModel) and "type" in known.model_fields
}


def test_cards_and_forms_hold_nothing_that_microsofts_definitions_do_not_know() -> None:
    checked = set[str]()
    for message in every_message("Some words"):
        for part in walk(RENDERER.payload("teams", message)["card"]):
            # Their `width` is "full", the documentation's "Full": clients take both.
            own = {name: value for name, value in part.items() if name != "msteams"}
            known = PARTS[part["type"]].model_validate(own)
            assert not known.model_extra, (message.name, part["type"], known.model_extra)
            checked.add(part["type"])

    assert {"AdaptiveCard", "RichTextBlock", "TextRun", "Action.Execute", "Action.Submit", "Input.Text"} <= checked
