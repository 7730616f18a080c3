"""What an emoji means: configuration, printed on the post; unmapped ones count as nothing."""

from collections.abc import Mapping

# Slack's other names of the same emoji.
_SAME_AS = {"thumbsup": "+1", "thumbsdown": "-1"}


def base_emoji(name: str) -> str:
    """The emoji by one name and without its skin tone (Slack: `+1::skin-tone-3`)."""
    base = name.partition("::")[0]
    return _SAME_AS.get(base, base)


def meaning_of(name: str, meanings: Mapping[str, str]) -> str | None:
    """The printed meaning of an emoji, or None where it has none."""
    return {base_emoji(emoji): meaning for emoji, meaning in meanings.items()}.get(base_emoji(name))
