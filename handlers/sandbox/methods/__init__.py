"""The Web API's methods: one table, name to function, with the scope each one needs."""

from collections.abc import Mapping

from handlers.sandbox.methods import chat, conversations, files, people, reactions
from handlers.sandbox.methods.method import Method

METHODS: Mapping[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **reactions.METHODS,
}

SCOPES = frozenset(scope for method in METHODS.values() for scope in method.scopes) | {"commands", "users:read.email"}
