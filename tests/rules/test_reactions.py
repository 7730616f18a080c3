"""What an emoji means is what the post prints; all others mean nothing."""

import pytest

from bot.rules.reactions import base_emoji, meaning_of

MEANINGS = {"+1": "agree with the issue as described", "raised_hand": "further input wanted"}


@pytest.mark.parametrize(
    ("emoji", "meaning"),
    [
        ("+1", "agree with the issue as described"),
        ("thumbsup", "agree with the issue as described"),
        ("+1::skin-tone-3", "agree with the issue as described"),
        ("thumbsup::skin-tone-6", "agree with the issue as described"),
        ("raised_hand", "further input wanted"),
        ("raised_hand::skin-tone-2", "further input wanted"),
    ],
)
def test_a_mapped_emoji_has_its_meaning_in_every_tone_and_by_either_name(emoji: str, meaning: str) -> None:
    assert meaning_of(emoji, MEANINGS) == meaning


@pytest.mark.parametrize("emoji", ["-1", "thumbsdown", "memo", "tada", "", "::", "+10", "agree with the issue"])
def test_an_emoji_without_a_printed_meaning_counts_as_nothing(emoji: str) -> None:
    assert meaning_of(emoji, MEANINGS) is None


@pytest.mark.parametrize("configured", ["+1", "thumbsup"])
@pytest.mark.parametrize("given", ["+1", "thumbsup", "+1::skin-tone-3", "thumbsup::skin-tone-3"])
def test_both_names_of_an_emoji_are_one_whichever_the_operator_wrote(configured: str, given: str) -> None:
    assert meaning_of(given, {configured: "agreed"}) == "agreed"


def test_an_operator_may_map_slacks_other_name() -> None:
    assert meaning_of("thumbsdown::skin-tone-2", {"-1": "disagree"}) == "disagree"


@pytest.mark.parametrize(("name", "base"), [("+1::skin-tone-3", "+1"), ("memo", "memo"), ("", "")])
def test_the_tone_of_skin_is_taken_off(name: str, base: str) -> None:
    assert base_emoji(name) == base
