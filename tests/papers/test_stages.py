"""The stage of a section's proposals: none that they have left, and no sentence vanishes for naming one."""

from collections.abc import Callable

import pytest

from bot.papers import Reading

STAGE = "These have entered the Development Stage."
WORDS = "MP102 stays in the Refinement Process, and Ofgem wants costs by June."


def unplaced(reading: Reading) -> list[str]:
    return [finding.message for finding in reading.findings if finding.code == "unplaced-text"]


@pytest.mark.parametrize(
    "section",
    [
        {"3. Recommendations\n": f"3. Recommendations\n\n{WORDS}\n"},
        {"Attachments:\n": f"Attachments:\n\n{WORDS}\n"},
        {"3. Recommendations\n": f"3. Next steps\n\n{WORDS}\n\n4. Recommendations\n"},
    ],
    ids=str,
)
def test_a_sentence_that_names_a_stage_where_no_proposals_are_is_left_over_and_said(
    changed: Callable[..., Reading], section: dict[str, str]
) -> None:
    assert any("MP102 stays" in message for message in unplaced(changed(section)))


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("These have left the Development Stage.", None),
        ("These have completed the Development Stage.", None),
        ("These were previously in the Development Stage.", None),
        ("These are no longer in the Development Stage.", None),
        ("These have left the Development Stage and entered the Refinement Process.", "Refinement Process"),
        ("These have completed the Refinement Process and are in the Report Phase.", "Report Phase"),
        ("These have completed their reports and are in the Report Phase.", "Report Phase"),
    ],
)
def test_a_stage_that_they_have_left_is_not_theirs(
    changed: Callable[..., Reading], words: str, stage: str | None
) -> None:
    reading = changed({STAGE: words})

    assert reading.items[0].stage == stage
    assert ("stage-missing" in [finding.code for finding in reading.findings]) is (stage is None)
