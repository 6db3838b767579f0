"""Inflected forms of English verbs and nouns, so that no lemmatizer need run over every word."""

from collections.abc import Iterator
from importlib.resources import files


def _read() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    text = files("claims.extraction").joinpath("lexicons", "irregular.txt").read_text("utf-8")
    pairs = [line.split(" : ") for line in text.splitlines() if not line.startswith("#")]
    irregular = {stem: tuple(forms.split()) for stem, forms in pairs if forms != "doubled"}
    return irregular, frozenset(stem for stem, forms in pairs if forms == "doubled")


IRREGULAR, DOUBLED = _read()
VOWELS = frozenset("aeiou")


def verb_forms(lemma: str) -> Iterator[str]:
    """All forms of a verb; of a verb of two words, those of its first."""
    stem = lemma.split(maxsplit=1)[0]
    yield stem
    yield from IRREGULAR.get(stem, ())
    yield _with_s(stem)
    if stem.endswith("ie"):
        yield from (stem + "d", stem[:-2] + "ying")
    elif stem.endswith("ee"):
        yield from (stem + "d", stem + "ing")
    elif stem.endswith("e"):
        yield from (stem + "d", stem[:-1] + "ing")
    elif stem.endswith("y") and stem[-2] not in VOWELS:
        yield from (stem[:-1] + "ied", stem + "ing")
    elif stem in DOUBLED:
        yield from (stem + stem[-1] + "ed", stem + stem[-1] + "ing")
    else:
        yield from (stem + "ed", stem + "ing")


def noun_forms(lemma: str) -> Iterator[str]:
    """Singular and plural of a noun."""
    yield lemma
    yield _with_s(lemma)


def _with_s(word: str) -> str:
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"
