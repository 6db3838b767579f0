"""Who a mention is: a person, an organisation, an outlet, a group, or nobody the text names."""

from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.lexicon import (
    GENERIC_WORDS,
    HONORIFICS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_WORDS,
)
from claims.extraction.names import People, Person, full_name, name_tokens, words_of
from claims.extraction.syntax import PROPER, children, extent, sentence_of, span_of, text_of
from claims.model.kinds import SourceKind
from claims.model.span import Span

FIRST = frozenset({"i", "we", "me", "us"})
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})
REACH = 3
"""Sentences back that a pronoun or "the official" may look for its person."""

PERSON, ORGANISATION = SourceKind.PERSON, SourceKind.ORGANISATION
OUTLET, GROUP = SourceKind.OUTLET, SourceKind.GROUP


@dataclass(frozen=True, slots=True)
class IdentifiedSource:
    """Who a mention is.

    Attributes:
        name: None where nobody knows.
        capacity: Where the text prints the office or role beside this mention.
    """

    name: str | None
    kind: SourceKind
    capacity: Span | None = None


def identify(
    people: People, head: Token, words: tuple[Token, Token], *, carrier: bool = False
) -> IdentifiedSource:
    """Who a mention's head word stands for, in the light of what was read so far.

    Args:
        people: What the article told; the person found is added to its speakers.
        head: The mention's head word.
        words: The mention's first and last token.
        carrier: Whether it carries another's words, as agencies do.
    """
    person = _person(people, head)
    if person is not None:
        people.speakers.append((head.i, person))
        return IdentifiedSource(person.name, PERSON, _capacity(head, person))
    if head.tag_ in {"PRP", "WP", "DT", "EX", "WDT", "PRP$"}:
        return _pronoun(people, head)
    if head.tag_ in PROPER or head.ent_type_ in {"ORG", "GPE", "NORP", "FAC"}:
        return _proper(people, head, words, carrier=carrier)
    return _described(people, head, words)


def _person(people: People, head: Token) -> Person | None:
    """The person that a mention names, describes or stands for."""
    if head.lower_ in {"he", "she", "him", "her", "his"}:
        return _for_pronoun(people, head)
    if any(children(head, "conj")):
        return None  # two people are a group
    for token in (head, *children(head, "appos")):
        person = _named(people, token)
        if person is not None:
            return person
    return _in_office(people, head)


def _named(people: People, token: Token) -> Person | None:
    if token.tag_ not in PROPER:
        return None
    known = people.called(token.text)
    labelled = token.ent_type_ in {"ORG", "GPE", "NORP", "FAC", "LOC"}
    if known and not (labelled and token.lower_ not in known[0].words[-1:]):
        return _likeliest(people, known, token.i)
    return None if labelled else _unlisted(people, token)


def _likeliest(people: People, known: list[Person], place: int) -> Person:
    """Of persons of one name, the one named last in full."""
    if len(known) > 1:
        for mention in people.before(place + 1):
            if mention.person in known:
                return mention.person
    return known[0]


def _unlisted(people: People, token: Token) -> Person | None:
    """A person whom entity recognition missed: two or three capitalised words that name no body."""
    first, _ = extent(token)
    run = [token]
    while run[0].i > first.i and run[0].nbor(-1).tag_ in PROPER and not run[0].nbor(-1).ent_type_:
        run.insert(0, run[0].nbor(-1))
    before = run[0].nbor(-1) if run[0].i > first.i else None
    titled = run[0].lower_ in HONORIFICS or (before is not None and before.lower_ in PERSON_WORDS)
    tokens = name_tokens(run)
    bodies = ORGANISATION_WORDS | OUTLET_WORDS
    if not tokens or words_of(tokens) & bodies or any(not t.text.isalpha() for t in tokens[-1:]):
        return None
    if not titled and not (2 <= len(tokens) <= 3 and tokens[-1].text[1:].islower()):  # noqa: PLR2004
        return None
    person = Person(full_name(tokens), tuple(t.lower_ for t in tokens))
    people.persons.append(person)
    return person


def _for_pronoun(people: People, head: Token) -> Person | None:
    """The person a pronoun stands for: the nearest subject before it that goes by it."""
    pronoun = "she" if head.lower_ in {"she", "her"} else "he"
    start = _sentences_back(head, REACH)
    spoke = [person for place, person in people.speakers if place < head.i]
    sentence, rest = None, None
    for mention in people.before(head.i):
        if mention.place < start:
            break
        if not mention.person.goes_by(pronoun):
            continue
        own = sentence_of(head.doc[mention.place]).start
        if sentence is not None and own != sentence:
            break
        sentence, rest = own, (rest or []) + [mention]
    if not rest:
        last = spoke[-1] if spoke else None
        near = last is not None and people.speakers[-1][0] >= start
        return last if last is not None and near and last.goes_by(pronoun) else None
    subjects = [mention.person for mention in rest if mention.subject]
    if subjects:
        return subjects[-1]
    if spoke and spoke[-1].goes_by(pronoun):
        return spoke[-1]
    people_there = {mention.person for mention in rest}
    return people_there.pop() if len(people_there) == 1 else None


def _sentences_back(head: Token, count: int) -> int:
    """The first token of the sentence so many sentences back."""
    start = sentence_of(head).start
    for _ in range(count):
        if start == 0:
            break
        start = sentence_of(head.doc[start - 1]).start
    return int(start)


def _in_office(people: People, head: Token) -> Person | None:
    """The one person with the role that a definite description names: "the minister"."""
    lemma = head.lower_
    first, _ = extent(head)
    definite = first.lower_ in DEFINITE or any(children(head, "poss"))
    if lemma not in PERSON_WORDS or not definite or head.tag_ not in {"NN", "NNP"}:
        return None
    fitting = [person for person in people.persons if lemma in person.roles]
    if len(fitting) == 1:
        return fitting[0]
    spoke = [
        person
        for place, person in people.speakers
        if _sentences_back(head, REACH) <= place < head.i
    ]
    if spoke and (spoke[-1] in fitting or (not fitting and lemma in GENERIC_WORDS)):
        return spoke[-1]
    return None


def _pronoun(people: People, head: Token) -> IdentifiedSource:
    low = head.lower_
    if low == "it":
        start = _sentences_back(head, 1)
        near = [name for place, name in people.organisations if start <= place < head.i]
        return IdentifiedSource(near[-1] if near else None, ORGANISATION)
    if low in {"they", "them", "we", "us", "who", "all", "some", "many", "those"}:
        return IdentifiedSource(None, GROUP)
    return IdentifiedSource(None, PERSON)


def _proper(
    people: People, head: Token, within: tuple[Token, Token], *, carrier: bool
) -> IdentifiedSource:
    first, last = within
    tokens = [t for t in head.doc[first.i : last.i + 1] if not t.is_space]
    while tokens and tokens[0].lower_ in {"the", "a", "an", "both"}:
        tokens = tokens[1:]
    for number, token in enumerate(tokens):
        if token.dep_ in {"appos", "relcl"} or token.text in {",", "(", ":", "“", '"'}:
            tokens = tokens[:number]
            break
    if not tokens:
        return IdentifiedSource(None, ORGANISATION)
    words = words_of(tokens)
    name = full_name(tokens)
    if carrier or words & OUTLET_WORDS:
        return IdentifiedSource(name, OUTLET)
    if words & PERSON_WORDS and head.lower_ in PERSON_WORDS and not words & ORGANISATION_WORDS:
        return _described(people, head, within)
    if head.ent_type_ == "NORP" or head.tag_ == "NNPS":
        return IdentifiedSource(name, GROUP)
    return IdentifiedSource(name, ORGANISATION)


def _described(people: People, head: Token, within: tuple[Token, Token]) -> IdentifiedSource:
    first, last = within
    printed = full_name([first, last])
    lemma = head.lower_
    words = words_of(head.doc[first.i : last.i + 1])
    definite = first.lower_ in DEFINITE
    if words & OUTLET_WORDS and lemma not in PERSON_WORDS:
        return IdentifiedSource(printed, OUTLET)
    if lemma in ORGANISATION_WORDS:
        known = _body(people, head) if definite and first.i >= head.i - 1 else None
        return IdentifiedSource(known or printed, ORGANISATION)
    if lemma in PERSON_WORDS and definite and head.tag_ == "NN":
        return IdentifiedSource(
            None, PERSON
        )  # "the minister": somebody the text may have named otherwise
    return IdentifiedSource(printed, GROUP)


def _body(people: People, head: Token) -> str | None:
    """The organisation that "the ministry" or "the company" stands for."""
    before = [(place, name) for place, name in people.organisations if place < head.i]
    like = [name for _, name in before if head.lower_ in name.lower().split()]
    if like:
        return like[-1] if len({name.lower() for name in like}) == 1 else None
    if head.lower_ not in {
        "company",
        "firm",
        "airline",
        "retailer",
        "maker",
        "manufacturer",
        "operator",
    }:
        return None
    start = _sentences_back(head, 2)
    near = {name for place, name in before if place >= start}
    return near.pop() if len(near) == 1 else None


def _capacity(head: Token, person: Person) -> Span | None:
    """The office or role that is printed beside a name."""
    text = text_of(head.doc)
    first, last = extent(head)
    named = next((t for t in (head, *children(head, "appos")) if t.lower_ in person.words), None)
    if named is None:
        return span_of(first, last) if head.tag_ == "NN" else None
    if named is not head:
        return trimmed(text, first.idx, named.left_edge.idx)
    for child in children(head, "appos"):
        near = 0 <= child.left_edge.idx - (head.idx + len(head)) < len(", ") + 1
        if near and any(t.lower_ in PERSON_WORDS for t in child.subtree):
            return trimmed(text, *span_of(*extent(child)))
    start = first
    while start.i < head.i and start.lower_ not in person.words:
        start = start.nbor()
    title = trimmed(text, first.idx, start.idx)
    words = words_of(head.doc[first.i : start.i])
    return title if title and words & (PERSON_WORDS | HONORIFICS) else None


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without blanks and commas at either end; None where nothing else is in it."""
    while start < end and text[start] in " ,":
        start += 1
    while start < end and text[end - 1] in " ,":
        end -= 1
    return Span(start, end) if start < end else None
