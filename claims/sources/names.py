"""Names taken apart: what of a printed name says who it is, and what only stands around it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.sources.lexicon import body_words, outlets_by_name, person_words
from claims.text.fold import fold, scripts_of, words_of

_BRACKETS = re.compile(r"\([^()]*\)|\"[^\"]*\"|“[^“”]*”")
_POSSESSIVE = re.compile(r"['’]s?$")
_DOTTED = re.compile(r"(?<=\b[^\W\d_])\.\s*(?=[^\W\d_]\.)|(?<=\b[^\W\d_])\.(?=[^\W\d_])")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)/?$", re.IGNORECASE)
INITIALS = 3
"""Most capitals in a row that are read as initials ("JK Rowling"), not as a word."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart.

    Attributes:
        words: What says who it is, folded, in the order printed; hyphens part, particles are out.
        compound: Places of words that a hyphen joins to the one before.
        joined: All letters but titles and generation: equal for spellings that only part or join.
        generation: "jr", "sr" or a number, if the name says so.
        regal: Whether a title stands before it whose bearers are known by one name.
        gender: What the title says, if it does: `man` or `woman`.
        scripts: Scripts of its letters.
    """

    words: tuple[str, ...]
    compound: frozenset[int]
    joined: str
    generation: str | None
    regal: bool
    gender: str | None
    scripts: frozenset[str]

    @property
    def full(self) -> bool:
        """Whether it has a given name and a family name, neither of them a mere initial."""
        return len(self.words) > 1 and len(self.words[0]) > 1 and len(self.words[-1]) > 1


@lru_cache(maxsize=65_536)
def parse_person(printed: str) -> PersonName:
    """Take a person's name apart.

    Args:
        printed: The name as printed, titles and all.

    Returns:
        Its parts; `words` is empty where nothing but titles is printed.
    """
    lexicon = person_words()
    plain = _POSSESSIVE.sub("", _BRACKETS.sub(" ", printed).strip())
    head, comma, tail = plain.partition(",")
    if comma and words_of(tail) and not set(words_of(tail)) <= _behind():
        plain = f"{tail} {head}"  # "Putin, Vladimir"
    words = _split(plain)
    titles = _take_titles(words)
    generation = None
    while len(words) > 1 and words[-1].text in _behind() and _is_behind(words[-1].text, plain):
        generation = lexicon.generations.get(words.pop().text, generation)
    kept = [word for word in words if word.text not in lexicon.particles] or words
    genders = [lexicon.genders[title] for title in titles if title in lexicon.genders]
    return PersonName(
        words=tuple(word.text for word in kept),
        compound=frozenset(place for place, word in enumerate(kept) if word.hyphened),
        joined="".join(word.text for word in words),
        generation=generation,
        regal=bool(lexicon.regal.intersection(titles)),
        gender=genders[0] if genders else None,
        scripts=scripts_of(printed),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word of a name: whether a hyphen joins it to the last, whether it is capitalised."""

    text: str
    hyphened: bool
    capital: bool


def _take_titles(words: list[_Word]) -> list[str]:
    """Take off what stands before a name: titles, "of State" behind one, words in lower case."""
    lexicon = person_words()
    titles: list[str] = []
    while len(words) > 1 and not words[1].hyphened:
        word = words[0]
        lower = not word.capital and word.text not in lexicon.particles
        of_what = titles and "of" in {titles[-1], word.text}
        if word.text not in lexicon.titles and not lower and not of_what:
            break
        titles.append(words.pop(0).text)
    return titles


def _behind() -> frozenset[str]:
    return person_words().postnominals | person_words().generations.keys()


def _is_behind(word: str, plain: str) -> bool:
    """A Roman number is printed in capitals, the family name Xi is not."""
    number = set(word) <= set("ivx")
    return not number or f" {word.upper()}" in plain


def _split(plain: str) -> list[_Word]:
    """Words, runs of initials parted: "J.K." and "JK" are two."""
    words: list[_Word] = []
    shouted = plain.upper() == plain
    for part in _DOTTED.sub(". ", plain).split():
        letters = part.replace(".", "")
        capital = not part[:1].islower()
        capitals = letters.isupper() and letters.isalpha() and len(letters) <= INITIALS
        if capitals and not shouted and fold(letters) not in _behind() | person_words().titles:
            words.extend(_Word(fold(letter), hyphened=False, capital=True) for letter in letters)
        else:
            folded = words_of(part)
            words.extend(_Word(word, bool(place), capital) for place, word in enumerate(folded))
    return words


@dataclass(frozen=True, slots=True)
class BodyName:
    """An organisation's or outlet's name taken apart.

    Attributes:
        words: What says which it is, folded; articles, prepositions and legal forms are out.
        printed: All its words, folded.
        short: The abbreviation in lower case, where the name is nothing else.
        host: The host, where the name is an internet address.
        scripts: Scripts of its letters.
    """

    words: tuple[str, ...]
    printed: tuple[str, ...]
    short: str | None
    host: str | None
    scripts: frozenset[str]


@lru_cache(maxsize=65_536)
def parse_body(printed: str) -> BodyName:
    """Take the name of an organisation or outlet apart."""
    lexicon = body_words()
    host = _HOST.match(printed.strip())
    plain = _POSSESSIVE.sub("", printed.strip())
    words = words_of(plain.replace("&", " and "))
    letters = re.sub(r"[.\s]", "", plain)
    short = fold(letters) if _is_short(plain, letters) else None
    known = outlets_by_name().get(" ".join(words))
    kept = words_of(known.name) if known else lexicon.acronyms.get(short or "", words)
    kept = tuple(lexicon.same.get(word, word) for word in kept if word not in lexicon.little_words)
    bare = tuple(word for word in kept if word not in lexicon.legal_forms)
    return BodyName(
        words=bare or kept or words,
        printed=words,
        short=None if known else short,
        host=host.group(1).lower() if host else None,
        scripts=scripts_of(printed),
    )


def _is_short(plain: str, letters: str) -> bool:
    most = 7
    one_word = len(plain.split()) == 1 or all(len(word.strip(".")) == 1 for word in plain.split())
    return one_word and letters.isalpha() and letters.isupper() and 1 < len(letters) <= most
