"""What can go wrong in a way that a user can mend: one clear sentence each."""


class UserError(Exception):
    """Its text is shown to the user as it stands: what was wrong, what is allowed, what to do next."""


class WrongUsage(UserError):
    """A wrong argument: the command line exits with 2 instead of 1."""


class NotPermitted(UserError):
    """The person may not do this; the sentence says who may."""
