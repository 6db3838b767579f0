"""Keys a decision where claims are missing and speakers are new, beside those of bench.review.keys.

The cards and the oracle are those of bench.review.keys. Of what the extractor proposes 20 right
claims are taken out before anything is stored, and 20 people are made unknown: their proposals are
stored without a name, and no source has it. The oracle adds the missing claims where it passes
them, makes each new speaker at the first card that needs them, and uses the last speaker again
(`=`) where that is right. In the end each addition is compared with the gold standard.

Counted are cards decided and claims added; the ledger has a row more for each addition, which is
accepted too, and for each new source.

    python -m bench.review.additions [waiting] [cards]
"""

import json
import os
import re
import sys
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import text

from bench.home import own_home
from bench.review.keys import CARDS, COPIES, GOLD, PAUSE, Truth, crowd, edge_keys, truths
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.documents.identity import identify
from claims.extraction.pipeline import load_parser, propose_many
from claims.ingest.run import make_run
from claims.ingest.save import save_article
from claims.model.article import Article
from claims.model.identity import claim_id
from claims.model.kinds import SourceKind
from claims.model.proposal import Proposal
from claims.model.span import Span, words_at
from claims.review.addition import load_claimed
from claims.review.card import Card
from claims.review.cards import load_card
from claims.review.quotes import WORD
from claims.sources.printed_name import printed_name
from claims.terminal import adding
from claims.terminal.reported_part import reported_parts
from claims.terminal.screen.sentences import sentence_of
from claims.terminal.words import words_to_clause
from tests.terminal.driven import NAMED, Driven

WAITING, MISSING, NEW, EVERY = 2_000, 20, 20, 9
LEASED = """SELECT l.claim FROM claims.lease AS l JOIN claims.claim AS c ON c.id = l.claim
             WHERE c.status NOT IN ('accepted', 'corrected', 'rejected')"""
LONGEST = 30
"""Times that a decision is looked for before it counts as lost."""
NAMED |= {"tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "shift+right": "\x1b[1;2C"}


@dataclass
class Desk:
    """What is stored, what should become of it, and what was pressed.

    Attributes:
        expected: What each card should become.
        missing: For each version, the claims that are not stored and who said them.
        unknown: Names that no source has yet.
        keys: How many were pressed, by what for.
        decisions: How many cards and additions, likewise.
        last: Names of the speaker of the last accepted claim.
    """

    expected: dict[uuid.UUID, Truth] = field(default_factory=dict)
    missing: dict[uuid.UUID, list[tuple[Truth, str]]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    keys: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    last: tuple[str, ...] = ()


def main() -> None:
    """Print keys a decision, by kind."""
    numbers = [int(value) for value in sys.argv[1:]]
    waiting, cards = (*numbers, *(WAITING, CARDS)[len(numbers) :])
    with own_home(), open_database() as database:
        with database.engine.begin() as connection:
            crowd(connection, waiting)
        desk = prepare(database)
        driven = Driven("review", environment=dict(os.environ) | {"CLAIMS_REVIEWER": "bench"})
        driven.wait("claim 1 of", 60)
        driven.read(1.0)
        work(driven, database, desk, cards)
        driven.press("q")
        assert driven.end() == 0
        rows = ledger_rows(database)
    pressed, decided = desk.keys.total(), desk.decisions.total()
    print(f"{decided} decisions ({rows} ledger rows), {pressed} keys")
    print(f"{pressed / decided:.2f} keys a decision, {pressed / rows:.2f} a row of the ledger")
    for kind, number in desk.decisions.most_common():
        print(f"  {kind:<26} {number:>4}  {desk.keys[kind] / number:.2f} keys each")


def prepare(database: Database) -> Desk:
    """Store the articles without the missing claims and the unknown names."""
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    proposals = list(propose_many(load_parser(), ((one["text"], None) for one in gold)))
    desk, matched = Desk(), 0
    for one, own in zip(gold, proposals, strict=True):
        desk.unknown |= set(_introduced(one["text"], own)[: NEW - len(desk.unknown)])
    run = make_run("bench", ["gold"], "0", "x")
    for copy in range(COPIES):
        for one, own in zip(gold, proposals, strict=True):
            article = Article(text=one["text"], reader="bench/1", place="gold", archived=b"",
                              url=f"https://news.example/{copy}/{one['doc_id']}",
                              published_at=datetime.now(UTC))  # fmt: skip
            identity, stored = identify(article), []
            for proposal, truth in zip(own, truths(one, tuple(own)), strict=True):
                name = proposal.chain[0].name or ""
                right = truth.first is not None and not truth.names and not truth.interrupted
                matched += right
                if right and name and matched % EVERY == 0:
                    desk.missing.setdefault(identity.version, []).append((truth, name))
                    continue
                stored.append(_without_names(proposal, desk.unknown))
                named = name in desk.unknown and truth.first is not None
                due = replace(truth, names=(*truth.names, name)) if named else truth
                desk.expected[claim_id(identity.version, proposal.content)] = due
            with database.writer() as session:
                save_article(session, article, identity, tuple(stored), run=run,
                             retrieved_at=datetime.now(UTC))  # fmt: skip
    return desk


def _introduced(article: str, proposals: tuple[Proposal, ...]) -> list[str]:
    """People whose first claim of an article prints their name."""
    first = {}
    for proposal in proposals:
        voice = proposal.chain[0]
        if voice.name and voice.kind is SourceKind.PERSON and voice.name not in first:
            first[voice.name] = printed_name(article, words_at(article, voice.mention))
    return [name for name, printed in first.items() if name == printed]


def _without_names(proposal: Proposal, names: set[str]) -> Proposal:
    hops = (replace(hop, name=None) if hop.name in names else hop for hop in proposal.chain)
    return replace(proposal, chain=tuple(hops))


def work(driven: Driven, database: Database, desk: Desk, cards: int) -> None:
    """Decide on cards as the oracle would; add what is missing where it is passed."""
    turn = 0
    while turn < cards:
        claim = leased(driven, database)
        with database.reader() as session:
            card = load_card(session, claim, uuid.uuid4())
            claimed = load_claimed(session, card.version_id)
        truth = desk.expected[claim]
        missing = _passed(card, desk)
        if missing is not None and desk.decisions["missing claim"] < MISSING:
            keys, kind = addition_keys(card, missing, claimed), "missing claim"
            desk.missing[card.version_id].remove(missing)
        else:
            keys, kind = card_keys(card, truth, desk, turn)
            turn += 1
        before = ledger_rows(database)
        driven.press(*keys[:-1], pause=PAUSE)
        if kind == "missing claim" and missing is not None:
            keys[-1] = number_of(driven, missing[1])
        driven.press(keys[-1], pause=PAUSE)
        rows = before + (2 if kind in {"missing claim", "new speaker"} else 1)
        for _ in range(LONGEST):
            if ledger_rows(database) >= rows:
                break
            driven.read(PAUSE)
        driven.read(3 * PAUSE)  # a key sooner after a card is refused as too quick
        assert ledger_rows(database) == rows, (keys, *driven.lines)
        desk.keys[kind] += len(keys)
        desk.decisions[kind] += 1
        if missing is not None and kind == "missing claim":
            require_added(database, *missing)


def number_of(driven: Driven, name: str) -> str:
    """The number under which the screen lists a candidate."""
    listed = re.search(rf"(\d) {re.escape(name[:25])}", driven.text)
    assert listed is not None, (name, *driven.lines)
    return listed[1]


def leased(driven: Driven, database: Database) -> uuid.UUID:
    """The claim whose card is shown."""
    for _ in range(LONGEST):
        with database.reader() as session:
            claim = session.scalar(text(LEASED))
        if claim is not None:
            return uuid.UUID(str(claim))
        driven.read(PAUSE)
    raise AssertionError("\n".join(driven.lines))


def _passed(card: Card, desk: Desk) -> tuple[Truth, str] | None:
    """The first missing claim of the article whose speaker the card offers."""
    names = [candidate.name for candidate in card.candidates]
    return next((one for one in desk.missing.get(card.version_id, ()) if one[1] in names), None)


def addition_keys(
    card: Card, missing: tuple[Truth, str], claimed: list[tuple[Span, ...]]
) -> list[str]:
    """`A`, to the sentence, to the part, its edges, and the speaker's number."""
    truth, name = missing  # the name stands for its number, which the screen shows
    words = [match.span() for match in WORD.finditer(card.article)]
    assert truth.first is not None
    assert truth.last is not None
    goal = sentence_of(card.article, (Span(words[truth.first][0], words[truth.last][1]),))
    home = sentence_of(card.article, card.state.content)
    at = (
        adding.next_missed(card.article, home, claimed)
        or adding.neighbour(card.article, home, 1)
        or home
    )
    keys = ["A"]
    while at.start != goal.start:
        step = 1 if at.start < goal.start else -1
        at = adding.neighbour(card.article, at, step) or goal
        keys.append("down" if step > 0 else "up")
    parts = list(reported_parts(card.article, at))
    first = next((n for n, part in enumerate(parts) if (part,) not in claimed), len(parts) - 1)
    ways = [
        ["tab"] * ((n - first) % len(parts)) + mark_keys(truth, part)
        for n, part in enumerate(parts)
    ]
    return [*keys, *min(ways, key=len), name]


def mark_keys(truth: Truth, part: Span) -> list[str]:
    """The fewest keys that move the edges of marked words: neither has to be chosen first."""
    words = [match.span() for match in WORD.finditer(truth.article)]
    inside = [n for n, (a, b) in enumerate(words) if part.start < b and a < part.end]
    assert truth.first is not None
    assert truth.last is not None
    keys: list[str] = []
    for end, now, goal in ((True, inside[-1], truth.last), (False, inside[0], truth.first)):
        keys += _one_edge(truth.article, words, now, goal, end=end)
    return keys


def _one_edge(
    article: str, words: list[tuple[int, int]], now: int, goal: int, *, end: bool
) -> list[str]:
    step = 1 if goal > now else -1
    by_clause = {(True, 1): "}", (True, -1): "{", (False, 1): "]", (False, -1): "["}[end, step]
    by_word = ("" if end else "shift+") + ("right" if step > 0 else "left")
    jumps: list[str] = []
    best = [by_word] * abs(goal - now)
    at = now
    while moved := words_to_clause(article, words[at][1 if end else 0], step, end=end):
        at += moved
        jumps.append(by_clause)
        back = ("" if end else "shift+") + ("right" if goal > at else "left")
        way = [*jumps, *[back] * abs(goal - at)]
        best = min(best, way, key=len)
        if (at - goal) * step >= 0:
            break
    return best


def card_keys(card: Card, truth: Truth, desk: Desk, turn: int) -> tuple[list[str], str]:
    """The fewest keys for a card, and what kind it is."""
    if truth.first is None:
        return (["X", "5"] if turn % 3 == 0 else ["x"]), "no claim"
    keys = edge_keys(truth, card.state.content[0].start, card.state.content[-1].end)
    if not truth.names:
        desk.last = (card.hops[0].name or "",)
        return [*keys, "a"], "edges moved" if keys else "right as it is"
    picked, kind = speaker_keys(card, truth, desk)
    desk.last = truth.names
    return [*keys, *picked], kind


def speaker_keys(card: Card, truth: Truth, desk: Desk) -> tuple[list[str], str]:
    """The fewest keys that say who spoke and accept."""
    new = [name for name in truth.names if name in desk.unknown]
    if set(desk.last) & set(truth.names) and len(card.hops) == 1:
        return ["="], "speaker as before"
    for number, candidate in enumerate(card.candidates, 1):
        if any(candidate.name.casefold() in name.casefold() for name in truth.names):
            return ["S", str(number)], "speaker picked"
    printed = printed_name(card.article, words_at(card.article, card.hops[0].mention))
    desk.unknown -= set(new)
    if new:
        keys = ["S", "*"] if printed in truth.names else ["S", *new[0], "enter", "1"]
        return keys, "new speaker"
    return ["S", *truth.names[-1].split()[-1], "enter", "1"], "speaker searched by surname"


def require_added(database: Database, truth: Truth, name: str) -> None:
    """Compare the claim added last with the gold standard."""
    query = """SELECT c.content_spans, c.status, s.name FROM claims.decision AS d
                 JOIN claims.claim AS c ON c.id = d.subject
                 JOIN claims.source AS s ON s.id = c.speaker
                WHERE d.action = 'add' AND d.subject_kind = 'claim' ORDER BY d.no DESC LIMIT 1"""
    with database.reader() as session:
        spans, status, speaker = session.execute(text(query)).one()
    inside = [n for n, match in enumerate(WORD.finditer(truth.article))
              if spans[0].lower < match.end() and match.start() < spans[-1].upper]  # fmt: skip
    assert (inside[0], inside[-1]) == (truth.first, truth.last), truth
    assert (status, speaker) == ("accepted", name), (status, speaker, name)


def ledger_rows(database: Database) -> int:
    """How many decisions the ledger has."""
    with database.reader() as session:
        return int(session.scalar(text("SELECT count(*) FROM claims.decision")))


if __name__ == "__main__":
    main()
