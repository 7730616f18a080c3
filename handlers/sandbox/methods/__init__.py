"""The Web API's methods: one table, name to function, with the scope each one needs."""

from collections.abc import Mapping

from handlers.sandbox.methods import chat, conversations, files, modals, people, pins, reactions
from handlers.sandbox.methods.method import Method

METHODS: Mapping[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **modals.METHODS,
    **people.METHODS,
    **pins.METHODS,
    **reactions.METHODS,
}
