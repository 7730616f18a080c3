"""Who acts, in which roles, and whether they may."""

from bot.config import Config
from bot.decisions import Action, Actor, Role
from bot.domain import Speaker
from bot.errors import NotPermitted
from bot.rules.permissions import may
from bot.rules.wording import capital
from bot.services.audience import Viewer

# Whoever runs the demo or a preview on their own machine.
OPERATOR = Actor("operator", frozenset({Role.OPERATOR}))


def actor_of(speaker: Speaker, viewer: Viewer) -> Actor:
    """A person on a platform, by the verified e-mail address or else the platform's id."""
    found = {Role.ANALYST: viewer.secas, Role.CHAIR: bool(viewer.chairs), Role.MEMBER: bool(viewer.sub_committees)}
    # Another workspace's administrators can give anybody any address.
    who = speaker.email.casefold() if speaker.email and not speaker.external else speaker.id
    return Actor(who, frozenset(role for role, has in found.items() if has))


def analyst(config: Config, by: str) -> Actor:
    """Whoever is named by an e-mail address in a command; an analyst only where config.toml says so."""
    return Actor(by, frozenset({Role.ANALYST}) if config.secas.is_analyst(by) else frozenset())


def at_terminal(config: Config, by: str, user: str) -> Actor:
    """Whoever types a command on dpbot's machine: the analyst named by `by`, else the computer's user as operator."""
    return analyst(config, by) if by else Actor(user, frozenset({Role.OPERATOR}))


def permit(acting: Actor, action: Action) -> None:
    """NotPermitted, with who may, where this person may not."""
    decision = may(acting, action)
    if not decision.value:
        who = f": {acting.who} is not one of them" if "@" in acting.who else ""
        raise NotPermitted(f"{capital(decision.because)} {action}{who}.")
