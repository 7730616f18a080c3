"""What an emoji means: configuration, printed on the post; unmapped ones count as nothing."""

from collections.abc import Mapping


def base_emoji(name: str) -> str:
    """The emoji without its skin tone (Slack: `+1::skin-tone-3`)."""
    return name.partition("::")[0]


def meaning_of(name: str, meanings: Mapping[str, str]) -> str | None:
    """The printed meaning of an emoji, or None where it has none. "thumbsup" is Slack's other name of "+1"."""
    base = base_emoji(name)
    return meanings.get(_SAME_AS.get(base, base), meanings.get(base))


_SAME_AS = {"thumbsup": "+1", "thumbsdown": "-1"}
