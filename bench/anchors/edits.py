"""Edits of articles, and what becomes of the claims: known because the edit made it so."""

import re
from collections.abc import Callable

from bench.anchors.articles import (
    ACTS,
    BODIES,
    NUMBERS,
    PLACES,
    THINGS,
    WHEN,
    WHY,
    Article,
    Chance,
    Sentence,
    background,
    capital,
    clause,
    keys_of,
    make_article,
    person,
    report,
)  # fmt: skip

ALTERED, LOST, STANDS = frozenset({"altered"}), frozenset({"lost"}), frozenset({"same", "moved"})
LONG, OFTEN = 8, 0.6
Edit = Callable[[Article, Chance], None]


def _pick(
    article: Article, chance: Chance, fits: Callable[[Sentence], bool] = bool
) -> Sentence | None:
    fitting = [s for _, s in article.sentences() if s.key is not None and fits(s)]
    return chance.choice(fitting) if fitting else None


def _set(article: Article, sentence: Sentence | None, words: str) -> None:
    if sentence is not None and sentence.key is not None and sentence.words != words:
        sentence.words = words
        article.gold[sentence.key] = ALTERED


def _remove(article: Article, sentence: Sentence) -> None:
    for paragraph in article.paragraphs:
        if sentence in paragraph:
            paragraph.remove(sentence)
    if sentence.key is not None:
        article.gold[sentence.key] = LOST


def _other(chance: Chance, choices: tuple[str, ...], but: str) -> str:
    return chance.choice([choice for choice in choices if choice not in but])


def _has_digits(sentence: Sentence) -> bool:
    return re.search(r"\d", sentence.words) is not None


def number_changed(article: Article, chance: Chance) -> None:
    """A figure is corrected."""
    sentence = _pick(article, chance, _has_digits)
    if sentence:
        words = re.sub(
            r"\d+", lambda m: str(int(m[0]) + chance.randint(1, 9)), sentence.words, count=1
        )
        _set(article, sentence, words)


def magnitude_changed(article: Article, chance: Chance) -> None:
    """Million becomes billion."""
    sentence = _pick(article, chance, lambda s: "million" in s.words)
    if sentence:
        _set(article, sentence, sentence.words.replace("million", "billion"))


def currency_changed(article: Article, chance: Chance) -> None:
    """Dollars become euros."""
    sentence = _pick(article, chance, lambda s: "$" in s.words)
    if sentence:
        _set(article, sentence, sentence.words.replace("$", "€"))


def negated(article: Article, chance: Chance) -> None:
    """A not comes in."""
    sentence = _pick(article, chance, lambda s: " will " in s.words and " not " not in s.words)
    if sentence:
        _set(article, sentence, sentence.words.replace(" will ", " will not "))


def negation_dropped(article: Article, chance: Chance) -> None:
    """A not goes."""
    sentence = _pick(article, chance, lambda s: " will not " in s.words)
    if sentence:
        _set(article, sentence, sentence.words.replace(" will not ", " will "))


def _rename(article: Article, sentence: Sentence, name: str) -> None:
    sentence.before = sentence.before.replace(sentence.speaker, name)
    sentence.after = sentence.after.replace(sentence.speaker, name)
    article.gold[sentence.key or 0] = ALTERED


def speaker_changed(article: Article, chance: Chance) -> None:
    """The same words under another name."""
    sentence = _pick(article, chance)
    if sentence:
        _rename(article, sentence, person(chance).split()[0] + " Zander")


def speakers_exchanged(article: Article, chance: Chance) -> None:
    """Two speakers are exchanged."""
    one, other = chance.sample([s for _, s in article.sentences() if s.key is not None], 2)
    if one.speaker != other.speaker:
        names = one.speaker, other.speaker
        _rename(article, one, names[1])
        _rename(article, other, names[0])


def spokesman(article: Article, chance: Chance) -> None:
    """It was somebody who speaks for the one who was named."""
    sentence = _pick(article, chance)
    if sentence:
        _rename(article, sentence, f"a spokesman for {sentence.speaker}")


def quote_trimmed(article: Article, chance: Chance) -> None:
    """The end of the words goes."""
    sentence = _pick(article, chance, lambda s: len(s.words.split()) >= LONG)
    if sentence:
        words = sentence.words.split()
        _set(article, sentence, " ".join(words[: len(words) * 2 // 3]))


def quote_extended(article: Article, chance: Chance) -> None:
    """Words are added at the end."""
    sentence = _pick(article, chance)
    if sentence:
        _set(article, sentence, f"{sentence.words} {_other(chance, WHEN, sentence.words)}")


def beginning_changed(article: Article, chance: Chance) -> None:
    """The first words are others."""
    sentence = _pick(article, chance, lambda s: len(s.words.split()) >= LONG)
    if sentence:
        rest = sentence.words.split()[2:]
        _set(article, sentence, " ".join(["Everybody" if sentence.quoted else "everybody", *rest]))


def sentence_moved(article: Article, chance: Chance) -> None:
    """A sentence goes to another paragraph."""
    sentence = _pick(article, chance)
    if sentence:
        paragraph = next(p for p in article.paragraphs if sentence in p)
        paragraph.remove(sentence)
        target = chance.choice(article.paragraphs)
        target.insert(chance.randint(0, len(target)), sentence)


def paragraph_moved(article: Article, chance: Chance) -> None:
    """A paragraph goes elsewhere."""
    paragraph = article.paragraphs.pop(chance.randrange(len(article.paragraphs)))
    article.paragraphs.insert(chance.randint(0, len(article.paragraphs)), paragraph)


def paragraphs_shuffled(article: Article, chance: Chance) -> None:
    """All paragraphs stand in another order."""
    chance.shuffle(article.paragraphs)


def paragraph_split(article: Article, chance: Chance) -> None:
    """A paragraph becomes two."""
    long = [n for n, p in enumerate(article.paragraphs) if len(p) > 1]
    if long:
        at = chance.choice(long)
        cut = chance.randint(1, len(article.paragraphs[at]) - 1)
        first, second = article.paragraphs[at][:cut], article.paragraphs[at][cut:]
        article.paragraphs[at : at + 1] = [first, second]


def paragraphs_merged(article: Article, chance: Chance) -> None:
    """Two paragraphs become one."""
    at = chance.randrange(len(article.paragraphs) - 1)
    article.paragraphs[at : at + 2] = [article.paragraphs[at] + article.paragraphs[at + 1]]


def sentence_duplicated(article: Article, chance: Chance) -> None:
    """A sentence is printed again at the end, as in a box of quotations."""
    sentence = _pick(article, chance)
    if sentence:
        article.paragraphs.append([sentence.copy(key=None)])


def claim_removed(article: Article, chance: Chance) -> None:
    """A claim goes."""
    for _ in range(chance.randint(1, 3)):
        sentence = _pick(article, chance)
        if sentence:
            _remove(article, sentence)


def paragraph_removed(article: Article, chance: Chance) -> None:
    """A paragraph goes with its claims."""
    paragraph = chance.choice(article.paragraphs)
    for sentence in list(paragraph):
        _remove(article, sentence)


def look_alike_comes(article: Article, chance: Chance) -> None:
    """A claim goes; something like it comes elsewhere."""
    sentence = _pick(article, chance)
    if sentence:
        home = next(n for n, p in enumerate(article.paragraphs) if sentence in p)
        twin = sentence.copy(key=None, words=_like(sentence.words, chance))
        if twin.words == sentence.words:
            return
        _remove(article, sentence)
        _rename_twin(twin, chance)
        away = [p for n, p in enumerate(article.paragraphs) if p and abs(n - home) > 1]
        chance.choice(away).append(twin)


def _rename_twin(twin: Sentence, chance: Chance) -> None:
    name = person(chance)
    twin.before = twin.before.replace(twin.speaker, name)
    twin.after = twin.after.replace(twin.speaker, name)


def _like(words: str, chance: Chance) -> str:
    """Words of the same shape that say something else."""
    for choices in (THINGS, PLACES, WHEN, BODIES, WHY, ACTS):
        for choice in choices:
            if choice in words and chance.random() < OFTEN:
                words = words.replace(choice, _other(chance, tuple(choices), choice), 1)
                break
    return re.sub(r"\d+", lambda _: str(chance.choice(NUMBERS) + 1), words)


def rewritten(article: Article, chance: Chance) -> None:
    """Another article takes its place."""
    for key in keys_of(article):
        article.gold[key] = LOST
    article.paragraphs[:] = make_article(chance, 8, 16).paragraphs
    for _, sentence in article.sentences():
        sentence.key = None


def typography(article: Article, chance: Chance) -> None:
    """Quotation marks, dashes and spaces are set in another way."""
    nbsp = chance.choice([" ", "\u00a0"])
    for _, s in article.sentences():
        for name in ("before", "words", "after"):
            value = getattr(s, name).replace("'", "’").replace("$", "$")
            setattr(s, name, re.sub(r"(?<=\d) ", nbsp, value))
        s.before = re.sub('"$', "“", s.before)
        s.after = s.after.replace('"', "”")


_SPELLING = (
    ("organise", "organize"), ("modernise", "modernize"), ("harbour", "harbor"),
    ("neighbours", "neighbors"), ("subsidise", "subsidize"), ("litres", "liters"),
    ("tonnes", "tons"), ("scheme", "program"), ("tram", "streetcar"),
)  # fmt: skip


def spelling(article: Article, chance: Chance) -> None:
    """British spelling becomes American."""
    del chance
    for _, s in article.sentences():
        for british, american in _SPELLING:
            if british in s.words and s.key is not None:
                article.gold[s.key] = ALTERED
            s.words = s.words.replace(british, american)
            s.before, s.after = (
                s.before.replace(british, american),
                s.after.replace(british, american),
            )


def bracketed(article: Article, chance: Chance) -> None:
    """An editor explains a word in brackets."""
    sentence = _pick(article, chance)
    if sentence:
        words = sentence.words.split()
        at = chance.randint(1, len(words) - 1)
        _set(article, sentence, " ".join([*words[:at], f"[{chance.choice(BODIES)}]", *words[at:]]))


def ellipsis(article: Article, chance: Chance) -> None:
    """Words in the middle are cut."""
    sentence = _pick(article, chance, lambda s: len(s.words.split()) > LONG)
    if sentence:
        words = sentence.words.split()
        third = len(words) // 3
        _set(article, sentence, " ".join([*words[: third + 1], "…", *words[2 * third :]]))


def paraphrased(article: Article, chance: Chance) -> None:
    """A quotation becomes indirect speech."""
    sentence = _pick(article, chance, lambda s: s.quoted and s.words.startswith("We "))
    if sentence:
        sentence.before, sentence.after = f"{sentence.speaker} said ", "."
        words = sentence.words.replace("We ", "they ", 1).replace(" will ", " would ")
        _set(article, sentence, words)


def marks_lost(article: Article, chance: Chance) -> None:
    """The same words without quotation marks."""
    sentence = _pick(article, chance, lambda s: s.quoted)
    if sentence:
        sentence.before, sentence.after = (
            sentence.before.replace('"', ""),
            sentence.after.replace('"', ""),
        )
        article.gold[sentence.key or 0] = ALTERED


def marks_gained(article: Article, chance: Chance) -> None:
    """Indirect speech gets quotation marks."""
    sentence = _pick(article, chance, lambda s: not s.quoted)
    if sentence:
        sentence.before, sentence.after = sentence.before + '"', '"' + sentence.after
        article.gold[sentence.key or 0] = ALTERED


def correction_quotes_old(article: Article, chance: Chance) -> None:
    """A figure is corrected, and a note at the end repeats the old words."""
    sentence = _pick(article, chance, _has_digits)
    if sentence:
        old = sentence.words
        number_words = re.sub(r"\d+", lambda m: str(int(m[0]) + 3), old, count=1)
        _set(article, sentence, number_words)
        note = f"Correction: an earlier version of this article said that {old}."
        article.paragraphs.append([Sentence("", "", note)])


def correction_note(article: Article, chance: Chance) -> None:
    """A note about something else."""
    note = f"Correction: this article has been amended to spell {person(chance)} correctly."
    article.paragraphs.insert(chance.choice([0, len(article.paragraphs)]), [Sentence("", "", note)])


def live_blog(article: Article, chance: Chance) -> None:
    """New entries stand before the old ones."""
    for _ in range(chance.randint(1, 5)):
        entry = [report(chance, 0).copy(key=None), background(chance)]
        article.paragraphs.insert(0, entry)


def rolling(article: Article, chance: Chance) -> None:
    """New entries come, the oldest go."""
    live_blog(article, chance)
    for _ in range(chance.randint(1, 2)):
        for sentence in list(article.paragraphs[-1]):
            _remove(article, sentence)
        article.paragraphs.pop()


def cut_short(article: Article, chance: Chance) -> None:
    """Only the first half is left."""
    half = len(article.paragraphs) // 2
    for paragraph in article.paragraphs[half:]:
        for sentence in list(paragraph):
            _remove(article, sentence)
    del chance


def furniture(article: Article, chance: Chance) -> None:
    """Lines of the page between the paragraphs."""
    lines = ("Read more: the long story of the bridge", "Advertisement", "Sign up for our letter")
    for _ in range(3):
        at = chance.randint(0, len(article.paragraphs))
        article.paragraphs.insert(at, [Sentence("", "", chance.choice(lines))])


def typing_error(article: Article, chance: Chance) -> None:
    """A letter is corrected."""
    sentence = _pick(article, chance, lambda s: len(s.words.split()) >= LONG)
    if sentence:
        letters = [n for n, sign in enumerate(sentence.words) if sign.isalpha() and n]
        at = chance.choice(letters)
        _set(article, sentence, sentence.words[:at] + sentence.words[at + 1 :])


def denied(article: Article, chance: Chance) -> None:
    """Somebody denied what they were reported to have said."""
    sentence = _pick(article, chance, lambda s: " that " in s.before)
    if sentence:
        sentence.before = f"{sentence.speaker} denied that "
        article.gold[sentence.key or 0] = ALTERED


def word_replaced(article: Article, chance: Chance) -> None:
    """One word is another."""
    sentence = _pick(article, chance, lambda s: any(act in s.words for act in ACTS))
    if sentence:
        act = next(act for act in ACTS if act in sentence.words)
        _set(article, sentence, sentence.words.replace(act, _other(chance, ACTS, act), 1))


def joined_to_next(article: Article, chance: Chance) -> None:
    """What somebody said goes on."""
    sentence = _pick(article, chance, lambda s: s.after == ".")
    if sentence:
        _set(article, sentence, f"{sentence.words} and {clause(chance, 'it')}")


def context_rewritten(article: Article, chance: Chance) -> None:
    """Everything but the claims is written anew."""
    for paragraph in article.paragraphs:
        paragraph[:] = [s if s.key is not None else background(chance) for s in paragraph]


def clauses_exchanged(article: Article, chance: Chance) -> None:
    """The end of the words comes first."""
    sentence = _pick(article, chance, lambda s: any(s.words.endswith(why) for why in WHY))
    if sentence:
        why = next(why for why in WHY if sentence.words.endswith(why))
        rest = sentence.words.removesuffix(why).strip()
        words = f"{why}, {rest[:1].lower()}{rest[1:]}"
        _set(article, sentence, capital(words) if sentence.words[0].isupper() else words)


def _twins(article: Article, chance: Chance) -> tuple[Sentence, Sentence]:
    """Give two claims almost or just the same words."""
    one, other = chance.sample([s for _, s in article.sentences() if s.key is not None], 2)
    other.before, other.after, other.quoted = one.before, one.after, one.quoted
    other.words = _like(one.words, chance) if chance.random() < OFTEN else one.words
    name = person(chance)
    other.before, other.after = (
        other.before.replace(one.speaker, name),
        other.after.replace(one.speaker, name),
    )
    other.speaker = name
    return one, other


def _boilerplate(article: Article, chance: Chance) -> None:
    """Print one claim's words twice more where they are nobody's claim."""
    sentence = _pick(article, chance, lambda s: not s.quoted)
    if sentence:
        home = next(n for n, p in enumerate(article.paragraphs) if sentence in p)
        away = [p for n, p in enumerate(article.paragraphs) if p and abs(n - home) > 1]
        for _ in range(2):
            chance.choice(away).append(sentence.copy(key=None))
        article.gold[-1] = frozenset({str(sentence.key)})


def twin_removed(article: Article, chance: Chance) -> None:
    """One of two look-alikes goes, the other stays."""
    twins = _twin_pairs(article)
    if twins:
        _remove(article, chance.choice(twins)[chance.randrange(2)])


def twin_altered(article: Article, chance: Chance) -> None:
    """One of two look-alikes gets another end."""
    twins = _twin_pairs(article)
    if twins:
        sentence = chance.choice(twins)[chance.randrange(2)]
        _set(article, sentence, f"{sentence.words} {_other(chance, WHEN, sentence.words)}")


def twins_exchanged(article: Article, chance: Chance) -> None:
    """Two look-alikes change places with their sentences."""
    del chance
    for one, other in _twin_pairs(article)[:1]:
        homes = [(p, p.index(s)) for p in article.paragraphs for s in p if s is one or s is other]
        (first, at), (second, index) = homes
        first[at], second[index] = second[index], first[at]


def boilerplate_removed(article: Article, chance: Chance) -> None:
    """A claim goes whose words stand twice more in the article."""
    del chance
    key = next(iter(article.gold.pop(-1, frozenset())), None)
    if key is not None:
        _remove(article, article.where(int(key))[1])


def boilerplate_kept(article: Article, chance: Chance) -> None:
    """One of three printings goes, not the claim's."""
    key = next(iter(article.gold.pop(-1, frozenset())), None)
    if key is not None:
        words = article.where(int(key))[1].words
        copies = [s for _, s in article.sentences() if s.key is None and s.words == words]
        _remove(article, chance.choice(copies))


def _twin_pairs(article: Article) -> list[tuple[Sentence, Sentence]]:
    claims = [s for _, s in article.sentences() if s.key is not None]
    return [
        (one, other)
        for n, one in enumerate(claims)
        for other in claims[n + 1 :]
        if one.before.replace(one.speaker, "") == other.before.replace(other.speaker, "")
        and len(set(one.words.split()) & set(other.words.split()))
        >= len(set(one.words.split())) // 2
    ]


PREPARE: dict[str, Callable[[Article, Chance], object]] = {
    "twin_removed": _twins, "twin_altered": _twins, "twins_exchanged": _twins,
    "boilerplate_removed": _boilerplate, "boilerplate_kept": _boilerplate,
}  # fmt: skip
"""What an article needs before the edit."""

KINDS: tuple[Edit, ...] = (
    number_changed, magnitude_changed, currency_changed, negated, negation_dropped, speaker_changed,
    speakers_exchanged, spokesman, quote_trimmed, quote_extended, beginning_changed, sentence_moved,
    paragraph_moved, paragraphs_shuffled, paragraph_split, paragraphs_merged, sentence_duplicated,
    claim_removed, paragraph_removed, look_alike_comes, rewritten, typography, spelling, bracketed,
    ellipsis, paraphrased, marks_lost, marks_gained, correction_quotes_old, correction_note,
    live_blog, rolling, cut_short, furniture, typing_error, denied, word_replaced, joined_to_next,
    context_rewritten, clauses_exchanged, twin_removed, twin_altered, twins_exchanged,
    boilerplate_removed, boilerplate_kept,
)  # fmt: skip
