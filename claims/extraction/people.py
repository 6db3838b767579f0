"""Learns whom an article names: persons, their roles and pronouns, organisations."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice, takewhile

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from claims.extraction.bodies import find_full_names
from claims.extraction.lexicon import (
    GENDERS,
    GIVEN_NAMES,
    HONORIFICS,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PERSON_WORDS,
    PLATFORMS,
    VERBS,
)
from claims.extraction.speakers import Unnamed
from claims.extraction.syntax import (
    FINITE,
    HYPHENS,
    PROPER,
    SUBJECTS,
    children,
    hyphenated,
    sentence_of,
    text_of,
    word_at,
)
from claims.model.kinds import SourceKind

PRONOUNS = {"he": "he", "his": "he", "him": "he", "himself": "he",
            "she": "she", "her": "she", "hers": "she", "herself": "she"}  # fmt: skip
BEFORE_NAMES = HONORIFICS | PERSON_WORDS
LONGEST = 5
"""Tokens of a person's name; a longer entity is a parser's mistake."""

RECENT = 60
"""Reports back that somebody can have spoken last."""

TITLE = 7
"""Tokens of a title with its country or body: "Leader of the Islamic Revolution Ayatollah"."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody an article names.

    Attributes:
        name: The longest form printed, without titles.
        words: The words of the name, in lower case.
        roles: The words the person was described with, in lower case.
        pronouns: How often each of "he" and "she" seems to stand for the person.
    """

    name: str
    words: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    pronouns: Counter[str] = field(default_factory=Counter)

    def goes_by(self, pronoun: str) -> bool:
        """Whether nothing speaks against a pronoun."""
        other = "she" if pronoun == "he" else "he"
        return self.pronouns[pronoun] >= self.pronouns[other]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a person is named: the index of the name's last token, and whether as a subject."""

    index: int
    person: Person
    subject: bool


@dataclass(slots=True)
class People:
    """The people and organisations of an article.

    Attributes:
        persons: Everybody named, in order.
        mentions: Where, in order.
        organisations: (token index, name as printed) of each organisation named.
        speakers: (token index, person) of each report identified so far.
        unnamed: Speakers without a name in the reports identified so far.
        bodies: (token index, name, kind) of organisations and outlets that spoke in these.
        full_names: The full names of bodies by their letters, in lower case.
        signs: What speaks for and against each name that was found, by where its mention begins.
    """

    persons: list[Person] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    organisations: list[tuple[int, str]] = field(default_factory=list)
    speakers: list[tuple[int, Person]] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)
    bodies: list[tuple[int, str, SourceKind]] = field(default_factory=list)
    full_names: Mapping[str, str] = field(default_factory=dict)
    signs: dict[int, frozenset[str]] = field(default_factory=dict)
    _by_word: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _in_roles: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person) -> None:
        """Add a person."""
        self.persons.append(person)
        for word in set(person.words):
            self._by_word[word].append(person)

    def with_word(self, word: str) -> Sequence[Person]:
        """Persons in whose name a word in lower case stands, in the order in which they came."""
        return self._by_word.get(word, ())

    def called(self, word: str) -> list[Person]:
        """Persons whose family name, or else first name, a word is."""
        low = word.lower()
        namesakes = self.with_word(low)
        family = [person for person in namesakes if person.words[-1] == low]
        return family or [person for person in namesakes if person.words[0] == low]

    def likeliest(self, tokens: list[Token]) -> Person | None:
        """Who is called by the words of a name, as printed at one place; None if nobody is.

        Of persons of one family name the one whose given name stands there, or whom "Mr" or "Mrs"
        fits, or else the one named last. "Mrs Quill" is nobody if only he is called Quill.
        """
        namesakes = self.called(word_at(tokens[-1]))
        words = {word_at(token) for token in tokens if token.text not in HYPHENS}
        alike = [p for p in namesakes if words <= set(p.words) or set(p.words) <= words]
        title = GENDERS.get(tokens[0].nbor(-1).lower_) if tokens[0].i else None
        if len(alike) <= 1:
            other = title is not None and alike and not alike[0].goes_by(title)
            return alike[0] if alike and not other else None
        if title is not None:
            alike = (
                [p for p in alike if p.pronouns[title] and p.goes_by(title)]
                or [p for p in alike if p.goes_by(title)]
                or alike
            )
        for mention in islice(self.before(tokens[-1].i), RECENT):
            if mention.person in alike:
                return mention.person
        return alike[0]

    def full_body(self, name: str) -> str:
        """The full name of a body that the article also calls by its letters."""
        return self.full_names.get(name.lower(), name)

    def before(self, index: int) -> Iterator[Mention]:
        """Mentions before a token, the nearest first."""
        count = bisect_left(self.mentions, index, key=lambda mention: mention.index)
        return (self.mentions[number] for number in range(count - 1, -1, -1))

    def last_speaker(self, start: int, end: int) -> Person | None:
        """Who made the last report identified between two tokens, the second not included."""
        recent = islice(reversed(self.speakers), RECENT)
        return next((person for index, person in recent if start <= index < end), None)

    def spoken(self) -> tuple[int, int, int]:
        """How many have spoken so far: with names, without, and bodies."""
        return len(self.speakers), len(self.unnamed), len(self.bodies)

    def forget_since(self, counts: tuple[int, int, int]) -> None:
        """Take those who spoke since `spoken` gave these counts for silent."""
        speakers, unnamed, bodies = counts
        del self.speakers[speakers:]
        del self.unnamed[unnamed:]
        del self.bodies[bodies:]

    def learn_roles(self) -> None:
        """Remember who has which role."""
        for person in self.persons:
            for role in person.roles:
                self._in_roles[role].append(person)

    def in_role(self, role: str) -> list[Person]:
        """Persons whom the article describes with a role, in the order of the article."""
        return self._in_roles.get(role, [])

    def organisations_before(self, index: int) -> Iterator[tuple[int, str]]:
        """Organisations named before a token, the nearest first."""
        count = bisect_left(self.organisations, index, key=lambda named: named[0])
        return (self.organisations[number] for number in range(count - 1, -1, -1))


def learn_people(doc: Doc) -> People:
    """Names, roles and pronouns of everybody an article names."""
    people = People()
    names = [(words, tokens) for words in _named(doc) if (tokens := _name_of(words))]
    # Long names first: a later "Quill" joins "Ada Quill", whichever is printed first.
    for _, tokens in sorted(names, key=lambda pair: -len(pair[1])):
        _add(people, tokens)
    for words, tokens in names:
        person = people.likeliest(tokens)
        if person is not None:
            root = words.root
            _learn_roles(person, root, words)
            people.mentions.append(Mention(tokens[-1].i, person, _is_subject(root)))
    first = {mention.person.name: mention.index for mention in reversed(people.mentions)}
    _add_family_names(doc, people)
    people.persons.sort(key=lambda person: first.get(person.name, 0))
    people.learn_roles()
    _learn_pronouns(doc, people)
    printed = [(words.end - 1, _printed(words)) for words in doc.ents if words.label_ == "ORG"]
    names_of_bodies = [*(name for _, name in printed), *_letters_in_brackets(doc)]
    people.full_names = find_full_names(names_of_bodies)
    people.organisations = [(index, people.full_body(name)) for index, name in printed]
    return people


def _letters_in_brackets(doc: Doc) -> Iterator[str]:
    """Letters that may be short for the name before them: "the Harbour Watch Trust (HWT)"."""
    for token in doc[1:-1]:
        if token.text.isupper() and token.nbor(-1).text == "(" and token.nbor().text == ")":
            yield token.text


def _named(doc: Doc) -> list[Words]:
    """What entity recognition calls persons, and what begins with a given name, in order."""
    named = [
        _with_foreign_words(words)
        for words in doc.ents
        if words.label_ == "PERSON"
        and not (len(words) == 1 and _is_no_family_name(words[0].lower_))
    ]
    covered = {token.i for words in named for token in words}
    for token in doc[:-1]:
        if token.lower_ not in GIVEN_NAMES or token.tag_ not in PROPER or token.i in covered:
            continue
        if token.i and token.nbor(-1).tag_ in PROPER and token.nbor(-1).lower_ not in BEFORE_NAMES:
            continue  # "St Joseph", "Camp David"
        run = list(takewhile(lambda t: t.tag_ in PROPER and t.is_title, doc[token.i : token.i + 3]))
        if not run:
            continue  # a name in capitals, or without any
        alone = token.ent_type_ == "PERSON"
        if (alone or len(run) > 1) and not words_of(run) & (ORGANISATION_WORDS | OUTLET_WORDS):
            named.append(doc[token.i : run[-1].i + 1])
    families = {words[-1].lower_ for words in named if len(words) > 1}
    others = (words for words in doc.ents if words.label_ != "PERSON")
    named += filter(lambda words: _is_namesake(words, families), others)
    return sorted({words.start: words for words in named}.values(), key=lambda words: words.start)


def _with_foreign_words(name: Words) -> Words:
    """A name with the words before it that only its language can have: "Nguyễn Thị Hoa"."""
    before = takewhile(lambda t: t.is_title, reversed(name.doc[: name.start][-LONGEST:]))
    foreign = [token.i for token in before if not token.text.isascii()]
    return name.doc[min([*foreign, name.start]) : name.end]


def _is_no_family_name(word: str) -> bool:
    """Whether a word alone, taken for a person, is a given name or where people write."""
    return word in GIVEN_NAMES or word in PLATFORMS


def _is_namesake(words: Words, families: set[str]) -> bool:
    """Whether an entity of another kind is a given name before a person's family name."""
    if not 1 < len(words) <= LONGEST or words[-1].lower_ not in families:
        return False
    return all(t.is_title and t.tag_ in PROPER for t in words) and not (
        words_of(words) & (ORGANISATION_WORDS | OUTLET_WORDS | BEFORE_NAMES)
    )


def _add_family_names(doc: Doc, people: People) -> None:
    """Mentions by family name alone that entity recognition took for something else, or missed."""
    mentioned = {mention.index for mention in people.mentions}
    for token in doc:
        if token.i in mentioned or token.tag_ not in PROPER or not _stands_alone(token):
            continue
        word = word_at(token)
        if any(len(p.words) > 1 and p.words[-1] == word for p in people.called(word)):
            person = people.likeliest([token])
            if person is not None:
                people.mentions.append(Mention(token.i, person, _is_subject(token)))
    people.mentions.sort(key=lambda mention: mention.index)


def _stands_alone(token: Token) -> bool:
    """Whether no proper noun stands beside a word."""
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1) if token.i else None
    return not any(word is not None and word.tag_ in PROPER for word in (before, after))


def _printed(words: Words) -> str:
    text = words.text.split("\n", 1)[0].split(" (", 1)[0].strip()
    return text[4:] if text.lower().startswith("the ") else text


def _is_subject(token: Token) -> bool:
    return token.dep_ in SUBJECTS or (token.dep_ == "appos" and token.head.dep_ in SUBJECTS)


def _name_of(words: Words) -> list[Token]:
    """The tokens of a person's name up to the end of its line, hyphenated words whole."""
    tokens = list(takewhile(lambda token: "\n" not in token.text, words))
    if not tokens:
        return []
    first, last = hyphenated(tokens[0])[0], hyphenated(tokens[-1])[1]
    if first.text[:1].isupper() and last.i - first.i >= len(tokens):
        tokens = list(words.doc[first.i : last.i + 1])
    return name_tokens(tokens)


def name_tokens(tokens: list[Token]) -> list[Token]:
    """The tokens of a person's name proper: no titles before it, no possessive after it."""
    tokens = list(dropwhile(_is_before_name, tokens))
    while tokens and _is_after_name(tokens[-1]):
        tokens.pop()
    words = [token for token in tokens if token.text not in HYPHENS]
    joined = len(tokens) - len(words)
    if not tokens or len(words) - joined > LONGEST or tokens[-1].tag_ not in PROPER:
        return []
    if any("/" in token.text for token in tokens):  # a photograph's credit
        return []
    return tokens if tokens[-1].lower_ not in PERSON_WORDS | ORGANISATION_WORDS else []


def _is_before_name(token: Token) -> bool:
    if token.tag_ in FINITE and token.lower_ in VERBS:
        return True  # "Said Ada Quill"
    return token.lower_ in HONORIFICS or not token.text[:1].isupper()


def _is_after_name(token: Token) -> bool:
    return token.tag_ == "POS" or not token.text[:1].isalpha()


def full_name(tokens: list[Token]) -> str:
    """A name as printed, blanks and hyphens as in the text."""
    first, last = tokens[0], tokens[-1]
    return " ".join(text_of(first.doc)[first.idx : last.idx + len(last)].split())


def _add(people: People, tokens: list[Token]) -> None:
    words = tuple(dict.fromkeys(word_at(t) for t in tokens if t.text[:1].isalpha()))
    if not any(set(words) <= set(person.words) for person in people.with_word(words[-1])):
        person = Person(full_name(tokens), words)
        if len(words) > 1 and words[0] in GIVEN_NAMES:
            person.pronouns[GIVEN_NAMES[words[0]]] += 5
        people.add(person)


def _learn_roles(person: Person, root: Token, words: Words) -> None:
    for token in (*_descriptions(root), *words):
        # The office itself: "a senior advisor to the Leader" makes nobody the leader.
        near = {t.lower_ for t in (token, *children(token, "compound"))}
        person.roles |= near & PERSON_WORDS
        for word in near & GENDERS.keys():
            person.pronouns[GENDERS[word]] += 3
    first = words[0]
    person.roles |= _title_before(first)
    before = first.nbor(-1) if first.i else None
    for token in (before, first):
        if token is not None and token.lower_ in GENDERS:
            person.pronouns[GENDERS[token.lower_]] += 3


def _descriptions(name: Token) -> list[Token]:
    """The words that say what somebody is, by apposition, as a title, or after "is"."""
    descriptions = list(children(name, "appos", "compound", "amod", "nmod"))
    if name.dep_ == "appos":
        descriptions.append(name.head)
    if name.dep_ == "nsubj" and name.head.lower_ in {"is", "was", "became"}:
        descriptions += children(name.head, "attr")
    return descriptions


def _title_before(first: Token) -> set[str]:
    """The office in "Leader of the Revolution Ada Quill", which the parser reads in many ways."""
    start = max(sentence_of(first).start, first.i - TITLE)
    for token in reversed(first.doc[start : first.i]):
        if token.tag_ not in PROPER | {"DT", "IN"} or token.text in {",", "by", "with"}:
            return set()
        if token.lower_ in PERSON_WORDS and token.i + 1 < first.i:
            return {token.lower_} if token.nbor().lower_ in {"of", "for"} else set()
    return set()


def _learn_pronouns(doc: Doc, people: People) -> None:
    """A pronoun that follows a sentence's only person seems to stand for that person."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in people.mentions:
        by_sentence.setdefault(sentence_of(doc[mention.index]).start, []).append(mention)
    for start, mentions in by_sentence.items():
        if len({mention.person for mention in mentions}) != 1:
            continue
        for token in doc[mentions[0].index : sentence_of(doc[start]).end]:
            pronoun = PRONOUNS.get(token.lower_)
            if pronoun:
                mentions[0].person.pronouns[pronoun] += 1


def words_of(tokens: Iterable[Token]) -> set[str]:
    """The words of tokens, in lower case."""
    return {token.lower_ for token in tokens}
