"""What the app is granted and how its command is sent: from deploy/slack-manifest.yaml. A test holds the two together.

The manifest is not in the wheel, the sandbox (for the demo) is: hence a copy. More or less can be granted by a test:
`workspace.scopes.add("reactions:write")`.
"""

SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "pins:write",
        "reactions:read",
        "users:read",
        "users:read.email",
    }
)
SHOULD_ESCAPE = False  # whether members and channels named in a command are told as their ids
