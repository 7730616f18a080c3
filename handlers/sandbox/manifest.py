"""What the app is granted and offers in menus, from deploy/slack-manifest.yaml. A test holds the two together.

The manifest is not in the wheel, the sandbox (for the demo) is: hence a copy. More or less can be granted by a test:
`workspace.scopes.add("pins:read")`.
"""

from collections.abc import Mapping

SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:write",
        "pins:write",
        "reactions:read",
        "reactions:write",
        "users:read",
        "users:read.email",
    }
)
SHOULD_ESCAPE = False  # whether members and channels named in a command are told as their ids
# Message shortcuts: the words in a message's menu, by callback_id.
SHORTCUTS: Mapping[str, str] = {"my_comment": "My comment…", "record_as_view": "Record as a view"}
