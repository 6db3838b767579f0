"""Articles made from templates: their claims stand where they were put."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

Chance = random.Random

GIVEN_NAMES = (
    "Anna Carl Dora Emil Freya Gustav Hanna Ivan Jana Karim Lena Milan Nora Omar Petra Rasmus"
)
FAMILY_NAMES = (
    "Berg Dorn Falk Grau Hirsch Iversen Jost Keller Lindt Moser Novak Ortega Paulsen Quist"
)
GIVEN, FAMILY = GIVEN_NAMES.split(), FAMILY_NAMES.split()
BODIES = (
    "the harbour board", "the city council", "the water company", "the teachers' union",
    "the regional hospital", "the transport agency", "the housing fund", "the fire service",
    "the northern court", "the grain exchange", "the river trust", "the film office",
)  # fmt: skip
THINGS = (
    "the old bridge", "the ferry line", "two primary schools", "the night buses", "the flood wall",
    "the market hall", "its pension scheme", "the tram extension", "a waste plant", "the archive",
    "the swimming baths", "the signal boxes", "its largest depot", "the music school",
)  # fmt: skip
ACTS = (
    "close", "rebuild", "sell", "extend", "modernise", "inspect", "finance", "rename", "lease",
    "repair", "organise", "subsidise",
)  # fmt: skip
WHEN = (
    "before the winter", "by the end of March", "next year", "within three months", "this summer",
    "after the election", "in the coming weeks", "once the tender is over", "by Friday",
)  # fmt: skip
WHY = (
    "because the costs have doubled", "although the neighbours object", "if the ministry agrees",
    "since the last inspection failed", "to save energy", "so that the debt can be paid",
    "without raising any fees", "despite the strike", "as the treaty demands",
)  # fmt: skip
PLACES = ("Altona", "Brunsby", "Carrow", "Drumleck", "Elsford", "Fennick", "Garlow", "Hexby")
NUMBERS = (12, 14, 17, 23, 31, 48, 56, 75, 90, 120, 240, 310, 450, 1200, 3500)
UNITS = ("jobs", "homes", "tonnes", "passengers", "pupils", "litres", "beds", "trees")
VERBS = ("said", "told reporters", "announced", "explained", "added")
CUES = ("According to", *VERBS)


def _first(text: str, beside: list[tuple[int, int]], words: Sequence[str]) -> tuple[int, int]:
    """Where the first of some words stands in stretches of a text."""
    for start, stop in beside:
        for word in words:
            at = text.find(word, start, stop)
            if at >= 0:
                return at, at + len(word)
    raise ValueError(f"none of {words} at {beside}")


@dataclass
class Sentence:
    """A sentence: what stands before a claim's words, the words, what follows; `key` names it."""

    before: str
    words: str
    after: str
    key: int | None = None
    speaker: str = ""
    quoted: bool = False

    @property
    def text(self) -> str:
        """As printed."""
        return self.before + self.words + self.after

    def copy(self, **changes: object) -> "Sentence":
        """The same with other fields."""
        return replace(self, **changes)  # type: ignore[arg-type]


Paragraphs = list[list[Sentence]]


@dataclass
class Article:
    """Paragraphs, and what is known of each claim after an edit: the states that are right."""

    paragraphs: Paragraphs
    gold: dict[int, frozenset[str]] = field(default_factory=dict)

    def render(self) -> tuple[str, dict[int, tuple[int, int]]]:
        """The text, and where each claim's words stand."""
        text, spans = "", {}
        for paragraph in self.paragraphs:
            if not paragraph:
                continue
            text += "\n\n" if text else ""
            for number, sentence in enumerate(paragraph):
                text += " " if number else ""
                if sentence.key is not None:
                    start = len(text) + len(sentence.before)
                    spans[sentence.key] = (start, start + len(sentence.words))
                text += sentence.text
        return text, spans

    def attributions(self) -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
        """Where each claim's speaker is named beside it, and where the reporting words stand."""
        text, spans = self.render()
        found = {}
        for _, sentence in self.sentences():
            if sentence.key is None:
                continue
            start, end = spans[sentence.key]
            begin, stop = start - len(sentence.before), end + len(sentence.after)
            beside = [(begin, start), (end, stop)]
            found[sentence.key] = (
                _first(text, beside, (sentence.speaker,)), _first(text, beside, CUES)
            )  # fmt: skip
        return found

    def sentences(self) -> list[tuple[list[Sentence], Sentence]]:
        """Each sentence with its paragraph."""
        return [(paragraph, sentence) for paragraph in self.paragraphs for sentence in paragraph]

    def where(self, key: int) -> tuple[list[Sentence], Sentence]:
        """A claim's paragraph and sentence."""
        return next(pair for pair in self.sentences() if pair[1].key == key)


def person(chance: Chance) -> str:
    """A name."""
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"


def clause(chance: Chance, subject: str) -> str:
    """Words that somebody may have said."""
    thing, act = chance.choice(THINGS), chance.choice(ACTS)
    amount, place = f"{chance.choice(NUMBERS)} {chance.choice(UNITS)}", chance.choice(PLACES)
    shapes = (
        f"{subject} will {act} {thing} {chance.choice(WHEN)} {chance.choice(WHY)}",
        f"{subject} will not {act} {thing} {chance.choice(WHY)}",
        f"{subject} lost {amount} in {chance.choice(PLACES)} {chance.choice(WHY)}",
        f"{subject} needs ${chance.choice(NUMBERS)} million to {act} {thing} {chance.choice(WHEN)}",
        f"{subject} can {act} {thing} and {amount} in {place} {chance.choice(WHEN)}",
        f"{subject} will {act} {thing}",
        f"{thing} in {chance.choice(PLACES)} is older than {subject} thought {chance.choice(WHY)}",
    )
    return chance.choice(shapes)


def capital(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def report(chance: Chance, key: int, words: str | None = None) -> Sentence:
    """A sentence that reports a claim."""
    speaker, verb = person(chance), chance.choice(VERBS)
    form = chance.randrange(5)
    if form == 0:
        said = capital(words or clause(chance, "we"))
        return Sentence('"', said, ',"' + f" {speaker} {verb}.", key, speaker, quoted=True)
    if form == 1:
        said = capital(words or clause(chance, "we"))
        return Sentence(f'{speaker} {verb}: "', said, '."', key, speaker, quoted=True)
    said = words or clause(chance, chance.choice(BODIES))
    indirect = (
        Sentence(f"{speaker} {verb} that ", said, ".", key, speaker),
        Sentence(f"According to {speaker}, ", said, ".", key, speaker),
        Sentence("", capital(said), f", {speaker} said.", key, speaker),
    )
    return indirect[form - 2]


def background(chance: Chance) -> Sentence:
    """A sentence that reports nothing."""
    body, place = chance.choice(BODIES), chance.choice(PLACES)
    year = chance.randrange(1910, 1999)
    shapes = (
        f"{capital(body)} met in {place} on Monday to talk about {chance.choice(THINGS)}.",
        f"In {place} the work on {chance.choice(THINGS)} began {chance.choice(WHEN)}.",
        f"About {chance.choice(NUMBERS)} {chance.choice(UNITS)} are counted in {place} each year.",
        f"{capital(chance.choice(THINGS))} was opened by {person(chance)} in {year}.",
        f"The report names {body} and {chance.choice(BODIES)}, {chance.choice(WHY)}.",
        f"Nobody answered questions about {chance.choice(THINGS)} {chance.choice(WHEN)}.",
    )
    return Sentence("", "", chance.choice(shapes))


def make_article(chance: Chance, claims: int = 8, others: int = 16) -> Article:
    """An article of about 370 words."""
    sentences = [report(chance, key) for key in range(claims)]
    sentences += [background(chance) for _ in range(others)]
    chance.shuffle(sentences)
    paragraphs: Paragraphs = []
    while sentences:
        size = chance.randint(1, 4)
        paragraphs.append(sentences[:size])
        del sentences[:size]
    return Article(paragraphs)


def keys_of(article: Article) -> Sequence[int]:
    """The claims of an article."""
    return [sentence.key for _, sentence in article.sentences() if sentence.key is not None]
