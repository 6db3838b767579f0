"""The lexicons: words of the language, never names from the news."""

import json
from importlib.resources import files

from claims.model.kinds import Mode


def _read(name: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = json.loads(
        files("claims.extraction").joinpath("lexicons", name).read_text("utf-8")
    )
    return lists


_CUES = _read("cues.json")
_NOUNS = _read("nouns.json")

VERB_CLASS = {lemma: kind for kind, lemmas in _CUES.items() for lemma in lemmas}
"""Class of each cue verb: a mode, or `believes` or `shows`, which report what somebody holds."""

MODES = {mode.value: mode for mode in Mode}
OUTLET_WORDS = frozenset(_NOUNS["outlet_words"])
ORGANISATION_WORDS = frozenset(_NOUNS["organisation_words"])
PERSON_WORDS = frozenset(_NOUNS["person_words"])
HONORIFICS = frozenset(_NOUNS["honorifics"])
VENUES = frozenset(_NOUNS["venues"])


def mode_of(lemma: str) -> Mode:
    """What a cue verb does with its content; belief and showing count as saying."""
    return MODES.get(VERB_CLASS.get(lemma, "says"), Mode.SAYS)
