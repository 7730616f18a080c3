"""The verbs: each an async function, session first, that decides and never commits, renders or knows a platform."""
