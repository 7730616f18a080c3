"""What can go wrong in a way that a user can mend: one clear sentence each."""


class UserError(Exception):
    """Its text is shown to the user as it stands: what was wrong, what is allowed, what to do next."""


class WrongUsage(UserError):
    """A wrong argument: the command line exits with 2 instead of 1."""


class WrongField(WrongUsage):
    """What one field of a form, or one argument, holds cannot be taken. `field` is its name, the same in both."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotPermitted(UserError):
    """The person may not do this; the sentence says who may."""


class Broken(UserError):
    """Something of ours is wrong; the log says what. Its sentence is the same for everybody."""

    def __init__(self) -> None:
        super().__init__(
            "Something broke in dpbot and nothing was changed: please try again, or tell the SECAS Change Team."
        )
