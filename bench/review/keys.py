"""Keys a decision, and milliseconds from a key to its commit, with 100,000 claims waiting.

The cards are what the extractor proposes for the development articles in CLAIMS_GOLD, which have
a gold standard: so the mix of what is right and wrong on them is measured, not made up. Each
article is stored thrice under other addresses, and the first 200 cards are decided in the order of
the queue.
An oracle that knows the gold standard presses the fewest keys that make a card right: it rejects
what is no claim (every third with a reason of its own), moves edges by words and clauses, and picks
the speaker. A leading "that" is no part of a claim here, as it is none of the extractor's. In the
end every claim decided on is compared with what it should have become.

The real program runs in a terminal; keys are pressed a third of a second apart. The others that
wait are stored by SQL, as bench/timeline.py makes them, and come later in the queue.

    python -m bench.review.keys [waiting] [cards]
"""

import json
import os
import re
import sys
import time
import uuid
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any

from sqlalchemy import Connection, text

from bench.home import own_home
from bench.timeline import fill
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.documents.identity import identify
from claims.extraction.output import as_line
from claims.extraction.pipeline import load_parser, propose_many
from claims.ingest.run import make_run
from claims.ingest.save import save_article
from claims.model.article import Article
from claims.model.identity import claim_id
from claims.model.proposal import Proposal
from claims.review.card import Candidate
from claims.review.cards import load_card
from claims.review.quotes import WORD
from claims.terminal.words import clause_borders
from tests.gate import scorer
from tests.gate.outside import NEWS, require
from tests.terminal.driven import Driven

WAITING, CARDS, COPIES = 100_000, 200, 3
PAUSE = 0.35
SAME = 0.3
"""Part of the words that a proposal and a claim of the gold standard share, at least."""
LONGEST = 10.0
"""Seconds after which a key has been lost."""
TABLES = ("claim", "attribution", "source", "source_name", "source_merged")
QUEUE = """
    INSERT INTO claims.waiting_article (turn, version, published_at)
    SELECT 4102444800000000 + row_number() OVER (ORDER BY v.id), v.id, now()
      FROM claims.document_version v
     WHERE NOT EXISTS (SELECT FROM claims.waiting_article a WHERE a.version = v.id);
    INSERT INTO claims.waiting (claim, turn, starts, uncertainty, put_aside, form, speaker)
    SELECT c.id, a.turn, lower(c.content_spans), random() / 2, false, c.form, c.speaker
      FROM claims.claim c JOIN claims.waiting_article a ON a.version = c.version;
"""


@dataclass(frozen=True)
class Truth:
    """What a card should become.

    Attributes:
        article: The text.
        first: Number of its first word in the article; None where nobody said anything.
        last: Of its last word.
        names: Of the speaker, where the proposed one is wrong; empty where it is right.
        interrupted: Whether the proposed words are in several pieces.
    """

    article: str
    first: int | None = None
    last: int | None = None
    names: tuple[str, ...] = ()
    interrupted: bool = False


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Words in both among the words in either, 0 to 1."""
    return len(one & other) / max(len(one | other), 1)


def truths(gold: dict[str, object], proposals: tuple[Proposal, ...]) -> Iterator[Truth]:
    """For each proposal, what the gold standard has there."""
    article = str(gold["text"])
    gold_attributions: Any = gold["attributions"]
    proposed: Any = as_line(str(gold["doc_id"]), proposals)["attributions"]
    words = list(scorer.WORD.finditer(article))
    one = [scorer.words_inside(words, a["content"]) for a in gold_attributions]
    other = [scorer.words_inside(words, a["content"]) for a in proposed]
    pairs = sorted(
        ((_overlap(g, f), i, j) for i, g in enumerate(one) for j, f in enumerate(other)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    matches: dict[int, int] = {}
    for overlap, i, j in pairs:
        if overlap >= SAME and i not in matches.values() and j not in matches:
            matches[j] = i
    for j in range(len(other)):
        yield (
            _truth(article, words, gold_attributions[matches[j]], proposed[j])
            if j in matches
            else Truth(article)
        )


def _truth(article: str, words: list[re.Match[str]], gold: object, proposed: object) -> Truth:
    assert isinstance(gold, dict)
    assert isinstance(proposed, dict)
    start, stop = gold["content"][0][0], gold["content"][-1][1]
    inside = [
        n for n, m in enumerate(WORD.finditer(article)) if start < m.end() and m.start() < stop
    ]
    first, last = inside[0], inside[-1]
    if list(WORD.finditer(article))[first].group().lower() == "that":
        first += 1
    right = scorer.same_source(words, gold["source"], proposed["source"])
    names = () if right else tuple((gold.get("speaker") or {}).get("names", ()))
    return Truth(article, first, last, names, interrupted=len(proposed["content"]) > 1)


def edge_keys(truth: Truth, start: int, stop: int) -> list[str]:
    """The fewest keys that move the edges of a content to where they should be."""
    words = [match.span() for match in WORD.finditer(truth.article)]
    ends = [n for n, border in enumerate(clause_borders(truth.article, end=True)) if border]
    begins = [n for n, border in enumerate(clause_borders(truth.article, end=False)) if border]
    inside = [n for n, (a, b) in enumerate(words) if start < b and a < stop]
    start_position = (inside[0], inside[-1], True)
    previous: dict[tuple[int, int, bool], tuple[tuple[int, int, bool], str]] = {}
    waiting = deque([start_position])
    goal = None
    while waiting and goal is None:
        now = waiting.popleft()
        for key, then in _moves(now, begins, ends, len(words)):
            if then not in previous and then != start_position and then[0] <= then[1]:
                previous[then] = (now, key)
                waiting.append(then)
        if now[:2] == (truth.first, truth.last):
            goal = now
    keys: list[str] = []
    while goal is not None and goal != start_position:
        goal, key = previous[goal]
        keys.insert(0, key)
    return keys


def _moves(
    now: tuple[int, int, bool], begins: list[int], ends: list[int], word_count: int
) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    first, last, end = now
    yield "b", (first, last, not end)
    for key, step in (("left", -1), ("right", 1)):
        moved = (first, last + step, end) if end else (first + step, last, end)
        if moved[0] >= 0 and moved[1] < word_count:
            yield key, moved
    for key, borders, at in (("[", begins, first), ("{", ends, last)):
        before = [border for border in borders if border < at]
        if before:
            yield key, (before[-1], last, False) if key == "[" else (first, before[-1], True)
    for key, borders, at in (("]", begins, first), ("}", ends, last)):
        beyond = [border for border in borders if border > at]
        if beyond:
            yield key, (beyond[0], last, False) if key == "]" else (first, beyond[0], True)


def speaker_keys(truth: Truth, candidates: tuple[Candidate, ...]) -> tuple[list[str], str]:
    """Keys that pick the speaker and accept: by number, by name, or as nobody known."""
    for number, candidate in enumerate(candidates, 1):
        if any(candidate.name.casefold() in name.casefold() for name in truth.names):
            return ["S", str(number)], "speaker picked"
    return ["S", "0"], "speaker not among the candidates"


def keys_for(
    truth: Truth, database: Database, claim: uuid.UUID, turn: int
) -> tuple[list[str], str]:
    """What an oracle presses, and what kind of card it is."""
    if truth.first is None:
        return (["X", "5"], "no claim") if turn % 3 == 0 else (["x"], "no claim")
    with database.reader() as session:
        card = load_card(session, claim, uuid.uuid4())
    keys = edge_keys(truth, card.state.content[0].start, card.state.content[-1].end)
    if truth.names:
        picked, kind = speaker_keys(truth, card.candidates)
        return [*keys, *picked], kind
    return [*keys, "a"], "edges moved" if keys else "right as it is"


def prepare(database: Database) -> dict[uuid.UUID, Truth]:
    """Store the articles with their proposals, and say what each claim should become."""
    gold = [json.loads(line) for line in NEWS.read_text("utf-8").splitlines()]
    proposals = list(propose_many(load_parser(), ((one["text"], None) for one in gold)))
    run = make_run("bench", ["gold"], "0", "x")
    expected: dict[uuid.UUID, Truth] = {}
    for copy in range(COPIES):
        for one, own in zip(gold, proposals, strict=True):
            address = f"https://news.example/{copy}/{one['doc_id']}"
            article = Article(text=one["text"], reader="bench/1", place="gold", archived=b"",
                              url=address, published_at=datetime.now(UTC))  # fmt: skip
            identity = identify(article)
            with database.writer() as session:
                save_article(session, article, identity, own, run=run,
                             retrieved_at=datetime.now(UTC))  # fmt: skip
            for proposal, truth in zip(own, truths(one, tuple(own)), strict=True):
                expected[claim_id(identity.version, proposal.content)] = truth
    return expected


def crowd(connection: Connection, waiting: int) -> None:
    """Let many others wait behind; its invariants are checked again afterwards."""
    fill(connection, waiting)
    for table in TABLES:
        connection.execute(text(f"ALTER TABLE claims.{table} ENABLE TRIGGER ALL"))
    connection.execute(text(QUEUE))


@dataclass
class Measurements:
    """What came of the cards."""

    keys: int
    kinds: Counter[str]
    committed: list[float]
    painted: list[float]


def work(
    driven: Driven, database: Database, expected: dict[uuid.UUID, Truth], cards: int
) -> Measurements:
    """Decide on cards as the oracle would, and time each deciding key."""
    measurements = Measurements(0, Counter(), [], [])
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as asking:
        for turn in range(cards):
            claim = asking.scalar(text("SELECT claim FROM claims.lease"))
            assert claim in expected, f"card {turn} is none of the prepared"
            keys, kind = keys_for(expected[claim], database, claim, turn)
            measurements.kinds[kind] += 1
            measurements.keys += len(keys)
            driven.press(*keys[:-1], pause=PAUSE)
            _decide(driven, asking, keys[-1], measurements)
            driven.read(PAUSE)
    return measurements


def _decide(driven: Driven, asking: Connection, key: str, measurements: Measurements) -> None:
    newest = text("SELECT coalesce(max(no), 0) FROM claims.decision")
    before = asking.scalar(newest)
    seen = driven.lines[-1]
    began = time.perf_counter()
    os.write(driven.fd, key.encode())
    committed = painted = 0.0
    while not (committed and painted):
        now = time.perf_counter()
        assert now - began < LONGEST, "\n".join(driven.lines)
        if not committed and asking.scalar(newest) != before:
            committed = time.perf_counter()
        driven.read(0.001)
        if not painted and "SAVED" in driven.lines[-1] and driven.lines[-1] != seen:
            painted = time.perf_counter()
    measurements.committed.append(1000 * (committed - began))
    measurements.painted.append(1000 * (painted - began))


def require_right(database: Database, expected: dict[uuid.UUID, Truth]) -> int:
    """Compare every claim that was decided on with what it should have become.

    Returns:
        How many are not so: only words that something interrupts may be, their gap is not closed.
    """
    off = 0
    decided = text("SELECT subject, after->>'status' FROM claims.decision")
    with database.reader() as session:
        for claim, status in session.execute(decided).all():
            truth = expected[claim]
            assert (status == "rejected") is (truth.first is None), claim
            card = load_card(session, claim, uuid.uuid4())
            start, stop = card.state.content[0].start, card.state.content[-1].end
            words = [m.span() for m in WORD.finditer(truth.article)]
            inside = [n for n, (a, b) in enumerate(words) if start < b and a < stop]
            if truth.first is not None and (inside[0], inside[-1]) != (truth.first, truth.last):
                assert truth.interrupted, (claim, card.state.text)
                off += 1
            names = [name.casefold() for name in truth.names]
            named = (card.hops[0].name or "").casefold()
            assert not names or any(named in name for name in names), (named, names)
    return off


def main() -> None:
    """Print keys a decision, the mix, and milliseconds."""
    numbers = [int(value) for value in sys.argv[1:]]
    waiting, cards = (*numbers, *(WAITING, CARDS)[len(numbers) :])
    require(NEWS)
    with own_home(), open_database() as database:
        with database.engine.begin() as connection:
            crowd(connection, waiting)
            fsync = connection.scalar(text("SHOW fsync"))
        expected = prepare(database)
        with database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
        driven = Driven("review", environment=dict(os.environ) | {"CLAIMS_REVIEWER": "bench"})
        driven.wait("claim 1 of", 60)
        driven.read(1.0)
        measurements = work(driven, database, expected, min(cards, len(expected)))
        driven.press("q")
        assert driven.end() == 0
        off = require_right(database, expected)
    total = sum(measurements.kinds.values())
    each = measurements.keys / total
    print(f"{total} decisions, {each:.2f} keys each; fsync {fsync}; {waiting} wait")
    print(f"{off} of them not as the gold standard has them: words that something interrupts")
    for kind, number in measurements.kinds.most_common():
        print(f"  {kind:<34} {number:>4}  {100 * number / total:.0f} %")
    for name, spent in (
        ("committed", measurements.committed),
        ("painted", measurements.painted),
    ):
        p95 = quantiles(spent, n=20)[-1]
        print(f"key to {name:<10} median {median(spent):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
