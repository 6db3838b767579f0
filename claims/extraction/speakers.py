"""Speakers whom nobody names, as an article's people hold them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A speaker whom nobody names.

    Attributes:
        index: The token of the noun that first describes them.
        words: That description as printed.
        noun: The noun, in lower case.
        pronoun: "he" or "she" if the noun implies it, "they" for a group, otherwise None.
        spoke: The token where they spoke last.
    """

    index: int
    words: str
    noun: str
    pronoun: str | None
    spoke: int
