"""The lexicons: words of the language, never names from the news."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files

from claims.extraction.inflect import noun_forms, verb_forms
from claims.model.kinds import Mode


class Reports(StrEnum):
    """What a cue reports. Those in `PROPOSED` are proposed by default, the others on request."""

    SPEECH = "speech"
    WRITING = "writing"
    SHOWING = "showing"
    BELIEF = "belief"
    FEELING = "feeling"
    INTENTION = "intention"


PROPOSED = frozenset({Reports.SPEECH, Reports.WRITING, Reports.SHOWING})


@dataclass(frozen=True, slots=True)
class Entry:
    """One cue of a lexicon.

    Attributes:
        lemma: The verb or noun; a verb of two words with its particle.
        reports: What kind of report it makes.
        mode: What it does with the content.
        frames: How its content can stand (lexicons/cues.txt explains them).
    """

    lemma: str
    reports: Reports
    mode: Mode
    frames: frozenset[str]

    def takes(self, *frames: str) -> bool:
        """Whether the cue has one of these frames."""
        return not self.frames.isdisjoint(frames)

    @property
    def prepositions(self) -> frozenset[str]:
        """Prepositions whose object is the content."""
        return frozenset(frame[1:] for frame in self.frames if frame.startswith("+"))


def _text(name: str) -> str:
    return files("claims.extraction").joinpath("lexicons", name).read_text("utf-8")


def _entries(name: str) -> dict[str, Entry]:
    """The entries of a file; a word in several lines has the first's meaning and all frames."""
    entries: dict[str, Entry] = {}
    for line in _text(name).splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, words = line.partition(" : ")
        reports, mode, *frames = head.split()
        for word in words.split():
            lemma = word.replace("_", " ")
            entry = Entry(lemma, Reports(reports), Mode(mode), frozenset(frames))
            earlier = entries.get(lemma)
            if earlier:
                entry = replace(earlier, frames=earlier.frames | entry.frames)
            entries[lemma] = entry
    return entries


SAYS = Entry("", Reports.SPEECH, Mode.SAYS, frozenset({"quote", "that"}))
"""A cue without a word of a lexicon: "according to", the colon of "Quill: bridge is safe"."""

BELIEVES = Entry("", Reports.SPEECH, Mode.BELIEVES, frozenset({"quote", "that"}))
"""The same of what somebody only holds: "in her view"."""

_VERBS = _entries("cues.txt")
_NOUNS = _entries("reports.txt")

VERBS: dict[str, Entry] = {
    form: entry for lemma, entry in _VERBS.items() if " " not in lemma for form in verb_forms(lemma)
}
"""Every form of every cue verb of one word."""

PHRASAL: dict[tuple[str, str], Entry] = {
    (form, lemma.split(" ", 1)[1]): entry
    for lemma, entry in _VERBS.items()
    if " " in lemma
    for form in verb_forms(lemma)
}
"""Every form of every cue verb of two words, by the form and the second word."""

NOUNS: dict[str, Entry] = {
    form: entry for lemma, entry in _NOUNS.items() for form in noun_forms(lemma)
}
"""Every form of every cue noun."""

_WORDS: dict[str, list[str]] = json.loads(_text("nouns.json"))
OUTLET_WORDS = frozenset(_WORDS["outlet_words"])
ORGANISATION_WORDS = frozenset(_WORDS["organisation_words"])
PERSON_WORDS = frozenset(_WORDS["person_words"])
HONORIFICS = frozenset(_WORDS["honorifics"])
FUNCTION_WORDS = frozenset(_WORDS["function_words"])
"""Words that make up a third of English prose and hardly any of another language."""

VENUES = frozenset(_WORDS["venues"])
ISSUED = frozenset(_WORDS["issued"])
"""Documents that speak for whoever put them out: "issued a statement saying"."""

LIGHT_VERBS = frozenset(_WORDS["light_verbs"])
"""Verbs that only lend a noun its subject: "made the claim that"."""

HEADLINE_SOURCES = frozenset(_WORDS["headline_sources"])
"""Words that a headline may name as its source: "Police: bridge is safe"."""

EVIDENCE = frozenset(_WORDS["evidence"])
"""What shows something by being read: polls, records, tests."""

GENERIC_WORDS = frozenset(_WORDS["generic_words"])
"""Words for a person that fit anybody who spoke last: "the official"."""

PLATFORMS = frozenset(_WORDS["platforms"])
"""Where people write for everybody; the parser takes some for persons."""

GENDERS: dict[str, str] = {
    **dict.fromkeys(_WORDS["masculine"], "he"),
    **dict.fromkeys(_WORDS["feminine"], "she"),
}
"""The pronoun that a title or noun implies."""

GIVEN_NAMES: dict[str, str] = {
    name: pronoun
    for line in _text("given_names.txt").splitlines()
    if not line.startswith("#")
    for pronoun, _, names in [line.partition(" : ")]
    for name in names.split()
}
"""The pronoun that a given name speaks for."""
