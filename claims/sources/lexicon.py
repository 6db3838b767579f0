"""The lexicons of names: words in names, and which of them mean the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict
from urllib.parse import urlsplit

from claims.text.fold import fold, words_of


def _read(name: str) -> str:
    return files("claims.sources").joinpath("lexicons", name).read_text("utf-8")


class _PersonsFile(TypedDict):
    titles: list[str]
    postnominals: list[str]
    generations: dict[str, str]
    particles: list[str]
    variants: list[list[str]]
    common_given: list[str]
    common_family: list[str]
    family_first: list[str]
    regal: list[str]
    genders: dict[str, list[str]]


class _BodiesFile(TypedDict):
    legal_forms: list[str]
    little_words: list[str]
    outlet_words: list[str]
    spellings: dict[str, str]
    demonyms: dict[str, str]
    acronyms: dict[str, str]


class _OutletEntry(TypedDict):
    name: str
    aliases: list[str]
    domains: list[str]


class _OfficesFile(TypedDict):
    offices: list[str]
    same: list[list[str]]


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Words in and around the names of persons, folded.

    Attributes:
        titles: Honorifics and offices that stand before a name.
        postnominals: Words that follow a name and are no part of it.
        generations: Words that distinguish bearers of one name, with the number they mean.
        particles: Small words inside a name that spellings keep, join or leave out.
        variants: For each romanisation of a name, the one that represents all of them.
        common_given: Given names that many people bear.
        common_family: Family names that many people bear.
        family_first: Family names of peoples that write them first.
        regal: Titles whose bearers are known by one name.
        genders: For each title that says so, `man` or `woman`.
    """

    titles: frozenset[str]
    postnominals: frozenset[str]
    generations: Mapping[str, str]
    particles: frozenset[str]
    variants: Mapping[str, str]
    common_given: frozenset[str]
    common_family: frozenset[str]
    family_first: frozenset[str]
    regal: frozenset[str]
    genders: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Words in the names of organisations and outlets, folded.

    Attributes:
        legal_forms: "Inc", "GmbH" and the like.
        little_words: Words that order and grammar put in or leave out.
        outlet_words: Words that an outlet's short name leaves out.
        same: For each spelling, abbreviation or demonym the word it is compared as.
        acronyms: For an abbreviation, the words it stands for.
    """

    legal_forms: frozenset[str]
    little_words: frozenset[str]
    outlet_words: frozenset[str]
    same: Mapping[str, str]
    acronyms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An agency, paper or broadcaster with more than one name.

    Attributes:
        name: The name it is shown by.
        aliases: Its other names and abbreviations.
        domains: Hosts it publishes under, subdomains included.
    """

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]


@cache
def person_words() -> PersonWords:
    """The lexicon of persons' names."""
    raw: _PersonsFile = json.loads(_read("persons.json"))
    groups = [[fold(word) for word in group] for group in raw["variants"]]
    return PersonWords(
        titles=_folded(raw["titles"]),
        postnominals=_folded(raw["postnominals"]),
        generations=raw["generations"],
        particles=_folded(raw["particles"]),
        variants={word: group[0] for group in groups for word in group},
        common_given=_folded(raw["common_given"]),
        common_family=_folded(raw["common_family"]),
        family_first=_folded(raw["family_first"]),
        regal=_folded(raw["regal"]),
        genders={word: gender for gender, words in raw["genders"].items() for word in words},
    )


@cache
def body_words() -> BodyWords:
    """The lexicon of organisations' names."""
    raw: _BodiesFile = json.loads(_read("bodies.json"))
    return BodyWords(
        legal_forms=_folded(raw["legal_forms"]),
        little_words=_folded(raw["little_words"]),
        outlet_words=_folded(raw["outlet_words"]),
        same=raw["spellings"] | raw["demonyms"],
        acronyms={short: tuple(long.split()) for short, long in raw["acronyms"].items()},
    )


@cache
def known_outlets() -> tuple[KnownOutlet, ...]:
    """The outlets that many newsrooms quote, with their names and hosts."""
    outlets: list[_OutletEntry] = json.loads(_read("outlets.json"))
    return tuple(
        KnownOutlet(outlet["name"], tuple(outlet["aliases"]), tuple(outlet["domains"]))
        for outlet in outlets
    )


@cache
def office_words() -> Mapping[str, str]:
    """For each word that names an office, the word that all its synonyms share."""
    raw: _OfficesFile = json.loads(_read("offices.json"))
    shared = {word: group[0] for group in raw["same"] for word in group}
    return {fold(word): shared.get(word, word) for word in (*raw["offices"], *shared)}


@cache
def outlets_by_name() -> Mapping[str, KnownOutlet]:
    """Known outlets by each of their names, folded, with and without the article."""
    outlets: dict[str, KnownOutlet] = {}
    for outlet in known_outlets():
        for name in (outlet.name, *outlet.aliases):
            outlets.setdefault(" ".join(words_of(name)), outlet)
            outlets.setdefault(" ".join(words_of(name.removeprefix("The "))), outlet)
    return outlets


@cache
def registered_names() -> frozenset[tuple[str, str]]:
    """For each known outlet the name it is shown by, with each of its other names."""
    return frozenset((outlet.name, name) for outlet in known_outlets() for name in outlet.aliases)


@cache
def outlets_by_host() -> Mapping[str, KnownOutlet]:
    """Known outlets by each of their hosts."""
    return {host: outlet for outlet in known_outlets() for host in outlet.domains}


def outlet_at(host: str) -> KnownOutlet | None:
    """The known outlet that publishes at a host or at its closest parent; None if none does."""
    while "." in host:
        if host in outlets_by_host():
            return outlets_by_host()[host]
        host = host.partition(".")[2]
    return None


def host_of(url: str) -> str | None:
    """The host of an address, in lower case and without `www.`; None if it has no host."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)
