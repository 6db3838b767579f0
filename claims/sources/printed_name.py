"""The name of a person in the words that mention them: "Ambassador Mohib" is Hamdullah Mohib."""

import re

from claims.extraction.lexicon import PERSON_WORDS
from claims.sources.lexicon import person_words
from claims.text.fold import words_of

RUN = re.compile(r"(?:[A-Z][\w'’-]*|(?:al|el|de|van|von|bin)\b-?[\w'’-]*)(?: (?:[A-Z][\w'’-]*|"
                 r"(?:al|el|de|van|von|bin)\b-?[\w'’-]*))*")  # fmt: skip
"""Words that begin with capitals, and the particles of names."""

DESCRIBED = re.compile(r" (?!(?:of|for|from|in|at|on|with|who|and|or|as|to)\b)[a-z]")
"""What follows a name that describes: "Port officials" and "a Kremlin adviser" name no person."""

LONGEST = 3
"""Words of a name with a title before it that are taken for the name."""


def printed_name(article: str, mention: str) -> str:
    """The name to suggest for whom some words mention: with the given name, without titles.

    Args:
        article: The text, which may say the given name elsewhere.
        mention: The words that name somebody; returned as they are if they hold no name.
    """
    printed = " ".join(mention.split())
    parts = [
        [run[0] for run in RUN.finditer(part) if _is_whole(part, run)]
        for part in printed.split(", ")
    ]
    long = next((run for runs in parts for run in runs[::-1] if " " in run), None)
    best = long or next((run for runs in parts for run in runs[::-1]), None)
    if best is None:
        return printed
    words = best.split()[-LONGEST:]
    while len(words) > 1 and _is_title(words[0]):
        words = words[1:]
    name = " ".join(words)
    return (_in_full(article, name) or name) if len(words) == 1 else name


def is_name(article: str, printed: str) -> bool:
    """Whether `printed_name` found a name, and not just the words that it was asked about.

    A name of one word is one if the article never writes the word without a capital.
    """
    words = printed.split()
    if not words or not words[-1][0].isupper():
        return False
    return len(words) > 1 or not re.search(rf"\b{re.escape(words[0].lower())}\b", article)


def _is_whole(part: str, run: re.Match[str]) -> bool:
    """Whether words with capitals are a name, and not what describes the word after them."""
    name = run[0]
    owner = name.endswith(("'s", "’s"))
    return name[0].isupper() and not owner and DESCRIBED.match(part, run.end()) is None


def _is_title(word: str) -> bool:
    return word.lower() in PERSON_WORDS or set(words_of(word)) <= person_words().titles


def _in_full(article: str, surname: str) -> str | None:
    """The first "Given Surname" that an article prints."""
    for match in re.finditer(rf"([A-Z][\w'’-]+) {re.escape(surname)}\b", article):
        name = " ".join(match.group().split())
        if not _is_title(match[1]):
            return name
    return None
