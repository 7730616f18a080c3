"""A local Microsoft Teams: the Bot Connector, login, keys and Graph for one app, with members driven from Python."""

from handlers.sandbox.members import Answer, Channel, Said
from handlers.sandbox.teams.connector import Call
from handlers.sandbox.teams.members import Member
from handlers.sandbox.teams.workspace import TeamsWorkspace

__all__ = ["Answer", "Call", "Channel", "Member", "Said", "TeamsWorkspace"]
