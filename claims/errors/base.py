"""What all errors share, and the three kinds of them."""

from typing import ClassVar


def named(place: str) -> str:
    """A place as messages name it: `-` is what people type for standard input."""
    return "standard input" if place == "-" else place


class ClaimsError(Exception):
    """An error that a user can act on.

    Args:
        place: Where it happened: a file with its line, an id, a directory, a server.
        detail: More than the message says, in one line; may be empty.

    Attributes:
        code: Lower case with hyphens. It never changes, so that programs may rely on it.
        exit_code: What the command line ends with: 1 input, 2 usage, 3 database.
        remedy: What to do about it, in one sentence.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    remedy: ClassVar[str] = "Run the command with --help to see how it works."

    def __init__(self, place: str, detail: str = "") -> None:
        super().__init__(place, detail)
        self.place = place
        self.detail = " ".join(detail.split())

    @property
    def message(self) -> str:
        """The first line of the class's docstring, without its full stop."""
        return (self.__doc__ or "").strip().splitlines()[0].rstrip(".")

    def __str__(self) -> str:
        """One line: code, place, message, detail, remedy."""
        message = f"{self.message} ({self.detail})" if self.detail else self.message
        return f"error[{self.code}] {named(self.place)}: {message}. {self.remedy}"


class InputError(ClaimsError):
    """The input could not be read."""

    code = "bad-input"
    remedy = "Correct or leave out what is named, then run the same command again."


class UsageError(ClaimsError):
    """The command was not understood."""

    code = "bad-usage"
    exit_code = 2


class DatabaseError(ClaimsError):
    """The database could not do what was asked."""

    code = "database"
    exit_code = 3
    remedy = "`claims db status` shows which server is in use and whether it runs."
