"""What impact statements come to, in the manner of papers; what is in doubt is unstated."""

import pytest

from bot.domain import Outlook
from bot.rules.outlooks import outlook_of

STATEMENTS = {
    Outlook.NONE: [
        "None.",
        "N/A",
        "No operational impacts.",
        "There are no operational impacts.",
        "We do not expect any operational impacts as a result of this change.",
        "SECAS does not foresee an impact on Users, as the new field is optional.",
        "Users may be asked for evidence but we do not see this having an impact on operations.",
        "There will be no impact on the DCC Systems.",
        "This change will not impact operations.",
        "No impacts are anticipated.",
    ],
    Outlook.NONE_SO_FAR: [
        "No operational impacts have been identified at this stage.",
        "No impacts have been identified to date; however, the Proposer believes that testing starts in the new year.",
        "We do not anticipate any impacts at this moment in time.",
        "At present there are no impacts.",
        "We are not aware of an impact so far.",
    ],
    Outlook.PENDING: [
        "The DCC plans to present the operational impacts in November.",
        "The DCC will report to the Group on the impacts seen.",
        "To be confirmed.",
        "TBC",
        "The impacts are being assessed by the DCC.",
        "Impacts will be assessed in the Refinement Process.",
        "A Preliminary Assessment is awaited.",
        "No impacts are expected at this stage, but the DCC will provide an impact assessment.",
    ],
    Outlook.SOME: [
        "There may be an impact on Users' helpdesks.",
        "Users will need to update their systems.",
        "This could disrupt the migration of meters.",
        "We anticipate an operational impact on Large Suppliers.",
        "Impacts on the DCC Systems have been identified.",
    ],
    Outlook.UNSTATED: [
        "",
        "  ",
        "We do not believe that there is no impact.",
        "It is not clear whether there will be an impact.",
        "The Proposer disagrees that there is no impact.",
        "No impact on Small Suppliers. Large Suppliers will be impacted.",
        "No impacts other than those on testing.",
        "No operational impacts are expected; however, Users may need to change their systems.",
        "This was discussed in September.",
    ],
}


@pytest.mark.parametrize(
    ("text", "outlook"), [(text, outlook) for outlook, texts in STATEMENTS.items() for text in texts]
)
def test_a_statement_is_read_with_care(text: str, outlook: Outlook) -> None:
    assert outlook_of(text).value is outlook


@pytest.mark.parametrize("text", [text for texts in STATEMENTS.values() for text in texts])
def test_every_reading_says_what_it_rests_on(text: str) -> None:
    assert outlook_of(text).because


def test_the_reason_quotes_the_words() -> None:
    assert outlook_of("We do not foresee any impacts.").because == "the words “not foresee any impacts”"
    assert outlook_of("No impacts so far.").because == "the words “No impacts” with “so far”"
