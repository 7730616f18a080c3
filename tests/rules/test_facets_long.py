"""Of a comment as long as a book only the beginning is read, so that nobody waits for the rest."""

from bot.domain import Facet
from bot.rules.facets import suggest, suggests_setting_aside


def test_what_a_comment_says_beyond_its_first_4000_characters_suggests_nothing() -> None:
    beyond = f"{'word ' * 900}\n\nThe Proposer should consider the costs."
    assert suggest(beyond).because == "no words of any facet were found"
    assert suggest(beyond[4500:]).value is Facet.CONSIDER


def test_a_comment_that_is_not_read_to_its_end_is_never_taken_for_a_courtesy() -> None:
    assert suggests_setting_aside("Many thanks.").value
    assert not suggests_setting_aside("Many thanks. " * 400).value
