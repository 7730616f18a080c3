"""What differs between the platforms in a message: how text is escaped, and how much of it they take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.messenger import Payload
from bot.surfaces import slack, teams


@dataclass(frozen=True)
class Surface:
    """`escape`: plain text as the platform shows it unchanged; `fit`: the last guard of its limits.

    `counts_reactions`: buttons stand for some reactions, so that a post has to say how many gave them.
    """

    escape: Callable[[str], str]
    fit: Callable[[Payload], Payload]
    counts_reactions: bool = False


# By platform, which is also the name of its folder of templates.
SURFACES: Mapping[str, Surface] = {
    "slack": Surface(slack.escape, slack.fit),
    "teams": Surface(teams.escape, teams.fit, counts_reactions=True),
}
