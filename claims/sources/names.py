"""Parse a printed name: the words that say who it is, apart from titles and legal forms."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from claims.model.kinds import BODIES, SourceKind
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
    """A person's name, parsed.

    Attributes:
        words: The words that say who it is, folded, in the order printed. A hyphen separates two
            words; particles are left out.
        compound: Indexes of words that a hyphen joins to the word before.
        joined: All letters without titles and generation: equal for spellings that differ only in
            spaces and hyphens.
        generation: "jr", "sr" or a number, if the name has one.
        regal: Whether it has a title whose bearers are known by one name.
        gender: `man` or `woman` if the title says so, else None.
        scripts: Scripts of its letters.
        full: Whether it has a given name and a family name, neither of them a mere initial.
    """

    words: tuple[str, ...]
    compound: frozenset[int]
    joined: str
    generation: str | None
    regal: bool
    gender: str | None
    scripts: frozenset[str]
    full: bool


@lru_cache(maxsize=65_536)
def parse_person(printed: str) -> PersonName:
    """Parse a person's name.

    Args:
        printed: The name as printed, with its titles.

    Returns:
        The parsed name; `words` is empty if nothing but titles is printed.
    """
    lexicon = person_words()
    plain = _POSSESSIVE.sub("", _BRACKETS.sub(" ", printed).strip())
    head, comma, tail = plain.partition(",")
    if comma and words_of(tail) and not set(words_of(tail)) <= _suffixes():
        plain = f"{tail} {head}"  # "Putin, Vladimir"
    words = _split(plain)
    titles = _pop_titles(words)
    generation = None
    while len(words) > 1 and words[-1].text in _suffixes() and _is_suffix(words[-1].text, plain):
        generation = lexicon.generations.get(words.pop().text, generation)
    telling = [word for word in words if word.text not in lexicon.particles] or words
    genders = [lexicon.genders[title] for title in titles if title in lexicon.genders]
    return PersonName(
        words=tuple(word.text for word in telling),
        compound=frozenset(index for index, word in enumerate(telling) if word.hyphenated),
        joined="".join(word.text for word in words),
        generation=generation,
        regal=bool(lexicon.regal.intersection(titles)),
        gender=genders[0] if genders else None,
        scripts=scripts_of(printed),
        full=len(telling) > 1 and len(telling[0].text) > 1 and len(telling[-1].text) > 1,
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A folded word of a name.

    Attributes:
        hyphenated: Whether a hyphen joins it to the word before.
        capital: Whether it is capitalised.
    """

    text: str
    hyphenated: bool
    capital: bool


def _pop_titles(words: list[_Word]) -> list[str]:
    """Remove and return what precedes a name: titles, "of State" after one, lower-case words."""
    lexicon = person_words()
    titles: list[str] = []
    while len(words) > 1 and not words[1].hyphenated:
        word = words[0]
        lower = not word.capital and word.text not in lexicon.particles
        of_office = titles and "of" in {titles[-1], word.text}
        if word.text not in lexicon.titles and not lower and not of_office:
            break
        titles.append(words.pop(0).text)
    return titles


@cache
def _suffixes() -> frozenset[str]:
    return person_words().postnominals | person_words().generations.keys()


def _is_suffix(word: str, plain: str) -> bool:
    """Whether a last word is a suffix: a Roman number is in capitals, the family name Xi is not."""
    number = set(word) <= set("ivx")
    return not number or f" {word.upper()}" in plain


def _split(plain: str) -> list[_Word]:
    """The words of a name; each initial is a word: "J.K." and "JK" are two."""
    words: list[_Word] = []
    all_capitals = plain.upper() == plain
    for part in _DOTTED.sub(". ", plain).split():
        letters = part.replace(".", "")
        capital = not part[:1].islower()
        initials = letters.isupper() and letters.isalpha() and len(letters) <= INITIALS
        if initials and not all_capitals and not _is_title_or_suffix(fold(letters)):
            words.extend(_Word(fold(letter), hyphenated=False, capital=True) for letter in letters)
        else:
            folded = words_of(part)
            words.extend(_Word(word, bool(index), capital) for index, word in enumerate(folded))
    return words


def _is_title_or_suffix(word: str) -> bool:
    return word in _suffixes() or word in person_words().titles


@dataclass(frozen=True, slots=True)
class BodyName:
    """An organisation's or outlet's name, parsed.

    Attributes:
        words: The words that say which it is, folded; articles, prepositions and legal forms are
            left out.
        printed: All its words, folded.
        short: The abbreviation in lower case, if the name is nothing else.
        host: The host, if the name is an internet address.
        scripts: Scripts of its letters.
    """

    words: tuple[str, ...]
    printed: tuple[str, ...]
    short: str | None
    host: str | None
    scripts: frozenset[str]


@lru_cache(maxsize=65_536)
def parse_body(printed: str) -> BodyName:
    """Parse the name of an organisation or outlet."""
    lexicon = body_words()
    host = _HOST.match(printed.strip())
    plain = _POSSESSIVE.sub("", printed.strip())
    words = words_of(plain.replace("&", " and "))
    letters = re.sub(r"[.\s]", "", plain)
    short = fold(letters) if _is_short(plain, letters) else None
    outlet = outlets_by_name().get(" ".join(words))
    if not words:  # signs alone, such as "—": they are compared as they are
        words = (printed.strip().casefold(),)
    long = words_of(outlet.name) if outlet else lexicon.acronyms.get(short or "", words)
    long = tuple(lexicon.same.get(word, word) for word in long if word not in lexicon.little_words)
    bare = tuple(word for word in long if word not in lexicon.legal_forms)
    return BodyName(
        words=bare or long or words,
        printed=words,
        short=None if outlet else short,
        host=host.group(1).lower() if host else None,
        scripts=scripts_of(printed),
    )


def _is_short(plain: str, letters: str) -> bool:
    """Whether a name is an abbreviation and nothing else."""
    longest = 7
    one_word = len(plain.split()) == 1 or all(len(word.strip(".")) == 1 for word in plain.split())
    return one_word and letters.isalpha() and letters.isupper() and 1 < len(letters) <= longest


@dataclass(frozen=True, slots=True)
class GroupName:
    """The words for a group, such as "two officials"; they are compared as a whole.

    Attributes:
        words: In lower case, without white space at either end.
    """

    words: str


Name: TypeAlias = PersonName | BodyName | GroupName
"""A parsed name. It is made once, with its mention or its stored source, and handed on."""


def parse_name(kind: SourceKind, printed: str) -> Name:
    """Parse a name as that of a person, a body or a group."""
    if kind is SourceKind.PERSON:
        return parse_person(printed)
    if kind in BODIES:
        return parse_body(printed)
    return GroupName(printed.strip().casefold())
