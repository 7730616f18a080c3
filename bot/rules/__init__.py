"""Pure decisions, each with its reason."""
