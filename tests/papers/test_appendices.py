"""What the list of attachments calls a proposal's appendix."""

from collections.abc import Callable

import pytest

from bot.papers import Reading

Changed = Callable[..., Reading]


def messages(reading: Reading) -> list[str]:
    return [finding.message for finding in reading.findings if finding.code == "appendix-differs"]


@pytest.mark.parametrize("label", ["Attachment 1", "Annex A"])
def test_an_attachment_that_is_called_no_appendix_is_said(changed: Changed, label: str) -> None:
    words = {
        "found in Appendix A.": f"found in {label}.",
        "**Appendix A:** DP501 draft": f"**{label}:** DP501 approved",
    }
    (said,) = messages(changed(words))

    assert f"“{label}”" in said
    assert "DP501" in said


def test_two_attachments_of_one_letter_are_said(changed: Changed) -> None:
    words = "- **Appendix A:** DP501 draft problem statement\n"
    reading = changed({words: f"{words}- **Annex A:** DP501 approved problem statement\n"})

    assert len(messages(reading)) == 1


def test_appendices_that_are_called_so_are_not_said(changed: Changed) -> None:
    assert messages(changed({})) == []
