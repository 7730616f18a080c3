"""The one name under which an organisation is counted, and the organisation whose people a workspace's members are."""

from bot.config import Config
from bot.rules.organisations import same_organisation


def known_as(config: Config, name: str) -> str:
    """The organisation's name in [[organisations]], which has its aliases too; where it is not there, as written."""
    for organisation in config.organisations:
        if any(same_organisation(word, name) for word in organisation.words):
            return organisation.name
    return name


def organisation_of_team(config: Config, team: str | None) -> str | None:
    """The organisation that a workspace is mapped to."""
    return next((each.name for each in config.organisations if team in each.teams), None)
