"""A local workspace that speaks Slack's API: for the demo, for rehearsal, and as the tests' other side."""

from handlers.sandbox.api import Call
from handlers.sandbox.basics import SlackError
from handlers.sandbox.deliveries import Delivery
from handlers.sandbox.members import Answer, Channel, Member, Said
from handlers.sandbox.workspace import SandboxFile, Workspace

__all__ = ["Answer", "Call", "Channel", "Delivery", "Member", "Said", "SandboxFile", "SlackError", "Workspace"]
