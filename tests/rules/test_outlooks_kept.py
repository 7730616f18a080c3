"""A denial is kept where nothing beside it says more, and is none where something does."""

import pytest

from bot.domain import Outlook
from bot.rules.outlooks import outlook_of


@pytest.mark.parametrize(
    "text",
    [
        "No impact on the DCC; large for Users.",
        "No impact on the DCC. Minor for Users.",
        "No impact on the DCC; some for Users.",
        "None for the DCC; it is high for Suppliers.",
        "No impacts are expected. A two-hour outage is planned.",
        "No impacts are expected. The service will be unavailable for two hours.",
        "No impacts are expected. Costs would be shared by Users.",
        "No impacts are expected. Meters may stop working.",
        "No impacts are expected. Some meters will have to be replaced.",
        "No impacts are expected. Site visits are needed.",
        "No operational impacts. Questions remain.",
        "There is no operational impact and concerns remain.",
        "No impacts are expected. The migration is slower.",
        "No operational impacts. The Service Desk will take more calls.",
        "No operational impacts. Delays are possible.",
        "No operational impacts are expected with two days of downtime.",
    ],
)
def test_a_denial_beside_words_of_a_burden_is_none_no_more(text: str) -> None:
    assert outlook_of(text).value is Outlook.UNSTATED


@pytest.mark.parametrize(
    "text",
    [
        "Operations will remain unchanged.",
        "Users remain entirely unaffected.",
        "Users will be wholly unaffected.",
        "Operations would not change.",
        "No impact on the DCC. The text is corrected only.",
        "No operational impacts. The reference remains the same.",
    ],
)
def test_a_denial_that_nothing_speaks_against_is_kept(text: str) -> None:
    assert outlook_of(text).value is Outlook.NONE


@pytest.mark.parametrize(
    "text",
    [
        "It is not expected that Users will be wholly affected.",
        "No impact on the remaining Users.",
        "No impact on the remainder of the Parties.",
    ],
)
def test_a_denial_for_a_part_is_none_no_more(text: str) -> None:
    assert outlook_of(text).value is Outlook.UNSTATED
