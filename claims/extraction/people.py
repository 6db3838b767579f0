"""Who a mention is: names, kinds and roles learnt from the article."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from claims.extraction.cues import extent, span_of
from claims.extraction.lexicon import (
    HONORIFICS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_WORDS,
)
from claims.model.kinds import SourceKind
from claims.model.span import Span

PERSONAL = frozenset({"he", "she"})


@dataclass(frozen=True, slots=True)
class Identified:
    """Who a mention is.

    Attributes:
        name: None where nobody knows.
        capacity: Where the text prints the office or role beside this mention.
    """

    name: str | None
    kind: SourceKind
    capacity: Span | None = None


@dataclass(slots=True)
class People:
    """What an article tells of its people, and whom it spoke of last.

    Attributes:
        names: Every person's longest name, by its last word.
        roles: The words a person was described with, in lower case, by name.
        last: The person reported last, for "he" and "the official".
        thing: The organisation or outlet reported last, for "it".
    """

    names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    last: str | None = None
    thing: Identified | None = None


def learn(doc: Doc) -> People:
    """Names and roles of the persons an article names."""
    people = People()
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        tokens = _name_tokens([t for t in entity if t.pos_ == "PROPN" or t.text[:1].isupper()])
        if not tokens:
            continue
        name = " ".join(t.text for t in tokens)
        known = people.names.get(tokens[-1].lower_, "")
        if len(name) > len(known):
            people.names[tokens[-1].lower_] = name
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            _learn_roles(people, entity.root)
    return people


def _name_tokens(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[0].lower_ in HONORIFICS:
        tokens = tokens[1:]
    while tokens and (tokens[-1].tag_ == "POS" or not tokens[-1].text[:1].isalpha()):
        tokens = tokens[:-1]
    return tokens


def _learn_roles(people: People, head: Token) -> None:
    name = people.names.get(head.lower_)
    if name is None:
        return
    described = [c for c in head.children if c.dep_ in {"appos", "compound", "amod", "nmod"}]
    if head.dep_ == "appos":
        described.append(head.head)
    for token in described:
        # The office itself: "a senior advisor to the Leader" makes nobody the leader.
        words = {t.lower_ for t in (token, *token.children) if t is token or t.dep_ == "compound"}
        people.roles.setdefault(name, set()).update(words & PERSON_WORDS)


def identify(people: People, head: Token, *, carrier: bool = False) -> Identified:
    """Who a mention's head word stands for, in the light of what was read so far.

    Args:
        people: What the article told; the person found becomes the one spoken of last.
        head: The mention's head word.
        carrier: Whether it carries another's words, as agencies do.
    """
    found = _identify(people, head, carrier=carrier)
    if found.kind is SourceKind.PERSON and found.name:
        people.last = found.name
    elif found.kind in {SourceKind.ORGANISATION, SourceKind.OUTLET}:
        people.thing = found
    return found


def _identify(people: People, head: Token, *, carrier: bool) -> Identified:
    if head.pos_ == "PRON":
        return _pronoun(people, head)
    named = _person_beside(people, head)
    if named:
        return named
    if head.pos_ == "PROPN" or (head.ent_type_ in {"ORG", "GPE"} and head.text[:1].isupper()):
        return _proper(people, head, carrier=carrier)
    return _described(people, head)


def _pronoun(people: People, head: Token) -> Identified:
    if head.lower_ in PERSONAL:
        return Identified(people.last, SourceKind.PERSON)
    if head.lower_ == "it" and people.thing:
        return people.thing
    return Identified(None, SourceKind.GROUP if head.lower_ == "they" else SourceKind.PERSON)


def _person_beside(people: People, head: Token) -> Identified | None:
    """A person named by the head or in apposition to it: "his spokesman, Ann Lee"."""
    near = [head, *(c for c in head.children if c.dep_ == "appos")]
    for token in near:
        name = people.names.get(token.lower_)
        if name and (token.ent_type_ == "PERSON" or token.pos_ == "PROPN"):
            return Identified(name, SourceKind.PERSON, _capacity(head, token, name))
    return None


def _capacity(head: Token, named: Token, name: str) -> Span | None:
    text = head.doc.text
    first = extent(head)[0]
    if named is not head:
        return _trimmed(text, first.idx, named.left_edge.idx)
    for child in head.children:
        if child.dep_ == "appos":
            return span_of(*extent(child))
    forename = name.split(maxsplit=1)[0]
    title = _trimmed(text, first.idx, text.rfind(forename, first.idx, head.idx + 1))
    words = set(re.findall(r"\w+", text[title.start : title.end].lower())) if title else set()
    return title if words & (PERSON_WORDS | HONORIFICS) else None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without blanks and commas at either end; None where nothing else is in it."""
    while start < end and text[start] in " ,":
        start += 1
    while start < end and text[end - 1] in " ,":
        end -= 1
    return Span(start, end) if start < end else None


def _proper(people: People, head: Token, *, carrier: bool) -> Identified:
    first, _ = extent(head)
    tokens = [t for t in head.doc[first.i : head.i + 1] if t.dep_ != "det"]
    if any(t.tag_ == "POS" for t in tokens) and head.pos_ == "PROPN":
        tokens = tokens[max(n for n, t in enumerate(tokens) if t.tag_ == "POS") + 1 :]
    name = " ".join(t.text for t in tokens if t.pos_ not in {"PUNCT", "SPACE"})
    words = {t.lower_ for t in tokens}
    kind = SourceKind.ORGANISATION
    if carrier or words & OUTLET_WORDS:
        kind = SourceKind.OUTLET
    elif head.ent_type_ == "PERSON":
        kind = SourceKind.PERSON
        name = " ".join(t.text for t in _name_tokens(tokens)) or name
        name = people.names.get(name.split()[-1].lower(), name)
    elif words & PERSON_WORDS and not words & ORGANISATION_WORDS:
        return _described(people, head)
    return Identified(name, kind)


def _described(people: People, head: Token) -> Identified:
    first, last = extent(head)
    printed = head.doc.text[first.idx : last.idx + len(last)]
    lemma = head.lemma_.lower()
    words = {t.lower_ for t in head.doc[first.i : last.i + 1]}
    if words & OUTLET_WORDS and lemma not in PERSON_WORDS:
        return Identified(printed, SourceKind.OUTLET)
    if words & ORGANISATION_WORDS and lemma not in PERSON_WORDS:
        return Identified(printed, SourceKind.ORGANISATION)
    singular = head.tag_ in {"NN", "NNP"}
    definite = first.lower_ == "the" or any(c.dep_ == "poss" for c in head.children)
    if singular and definite and lemma in PERSON_WORDS:
        fitting = [name for name, roles in people.roles.items() if lemma in roles]
        name = fitting[0] if len(fitting) == 1 else None
        if name is None and head.lower_ == head.text and (people.last in fitting or not fitting):
            name = people.last
        if name:
            return Identified(name, SourceKind.PERSON, span_of(first, last))
    return Identified(printed, SourceKind.GROUP)
