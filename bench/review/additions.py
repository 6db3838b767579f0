"""Keys a decision where claims are missing and speakers are new, beside those of bench.review.keys.

The cards and the oracle are those of bench.review.keys. Of what the extractor proposes right claims
are taken out before anything is stored, and 20 people are made unknown: their proposals are stored
without a name, and no source has it. Which, a seed draws; who says what is missing has a source, or
gets it at an earlier card. The oracle adds 20 missing claims: each at the last card before its
words, as somebody who reads the article would, or where its speaker is listed next; at the
article's last card it types four letters of the speaker's name. It makes each new speaker at the
first card that needs them, and uses the last speaker again (`=`) where that is right. In the end
each addition is compared with the gold standard.

Counted are cards decided and claims added; the ledger has a row more for each addition, which is
accepted too, and for each new source. --log writes each decision with its keys.

    python -m bench.review.additions [--seed N] [--articles news|others] [--log FILE]
"""

import argparse
import gzip
import json
import os
import random
import re
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.home import own_home
from bench.review.addition_keys import addition_keys
from bench.review.keys import CARDS, COPIES, PAUSE, Truth, crowd, edge_keys, truths
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
from claims.model.span import words_at
from claims.review.addition import load_claimed
from claims.review.card import Card
from claims.review.cards import load_card
from claims.review.quotes import WORD
from claims.sources.printed_name import is_name, printed_name
from tests.gate.outside import GUM, NEWS, require
from tests.terminal.driven import NAMED, Driven

WAITING, MISSING, NEW, DRAWN = 2_000, 20, 20, 0.2
"""Others that wait; claims added; people made; the part of the right claims that is missing."""
LEASED = """SELECT l.claim FROM claims.lease AS l JOIN claims.claim AS c ON c.id = l.claim
             WHERE c.status NOT IN ('accepted', 'corrected', 'rejected')"""
ONE_ROW = frozenset({
    "no claim", "right as it is", "edges moved", "speaker as settled", "speaker as before",
    "speaker picked", "speaker searched by surname",
})  # fmt: skip
"""Kinds of decisions that are one row of the ledger; of the others each has two."""
PICK = ("S", "1")
LEGIBLE = 10
"""Characters of a name that is cut by which people know it, at least."""
NUMBERED = re.compile(r"(?:> )?([1-9]) (.+?)(?: \.\d\d!?| 1\.00| Q\d+.*)?")
"""A candidate in the row of a card, with a sign of whom the claim is linked to and a score."""
NOT_FOUND = "no source is chosen for"
"""What is said where a name was typed that no source has."""
TYPED = 4
"""Letters of a name that are typed before it is looked for."""
LONGEST = 30
"""Times that a decision is looked for before it counts as lost."""
NAMED |= {"tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "shift+right": "\x1b[1;2C",
          "pageup": "\x1b[5~", "pagedown": "\x1b[6~"}  # fmt: skip


@dataclass
class Desk:
    """What is stored, what should become of it, and what was pressed.

    Attributes:
        expected: What each card should become.
        missing: For each version, the claims that are not stored and who said them.
        known: Names that have a source from the beginning.
        starts: For each version, where the claims of its cards begin.
        unknown: Names that no source has yet.
        keys: How many were pressed, by what for.
        decisions: How many cards and additions, likewise.
        last: Names of the speaker of the last accepted claim.
        log: Each decision: its kind and its keys.
        off: How many additions are not as the gold standard has them.
    """

    expected: dict[uuid.UUID, Truth] = field(default_factory=dict)
    missing: dict[uuid.UUID, list[tuple[Truth, str]]] = field(default_factory=dict)
    starts: dict[uuid.UUID, list[int]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    keys: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    last: tuple[str, ...] = ()
    log: list[str] = field(default_factory=list)
    off: int = 0


def main() -> None:
    """Print keys a decision, by kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", choices=("news", "others"), default="news")
    parser.add_argument("--cards", type=int, default=CARDS)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    require(NEWS if options.articles == "news" else GUM)
    with own_home(), open_database() as database:
        with database.engine.begin() as connection:
            crowd(connection, WAITING)
        draw = random.Random(options.seed)  # noqa: S311 - a bench draws no secrets
        desk = prepare(database, draw, options.articles)
        driven = Driven("review", environment=dict(os.environ) | {"CLAIMS_REVIEWER": "bench"})
        driven.wait("claim 1 of", 60)
        driven.read(1.0)
        work(driven, database, desk, min(options.cards, len(desk.expected)))
        driven.press("q")
        assert driven.end() == 0
        rows = ledger_rows(database)
    if options.log:
        options.log.write_text("\n".join(desk.log) + "\n")
    pressed, decided = desk.keys.total(), desk.decisions.total()
    print(f"{decided} decisions ({rows} ledger rows), {pressed} keys")
    print(f"{pressed / decided:.2f} keys a decision, {pressed / rows:.2f} a row of the ledger")
    print(f"{desk.off} additions not as the gold standard has them")
    for kind, number in desk.decisions.most_common():
        print(f"  {kind:<26} {number:>4}  {desk.keys[kind] / number:.2f} keys each")


def load_gold(articles: str) -> list[dict[str, Any]]:
    """The articles of a set with their attributions."""
    if articles == "news":
        lines = NEWS.read_text("utf-8").splitlines()
    else:
        # No news: nothing of the queue was tried on it.
        lines = gzip.decompress(GUM.read_bytes()).decode().splitlines()
    return [json.loads(line) for line in lines]


def prepare(database: Database, draw: random.Random, articles: str) -> Desk:
    """Store the articles without the missing claims and the unknown names."""
    gold = load_gold(articles)
    proposals = list(propose_many(load_parser(), ((one["text"], None) for one in gold)))
    read = [
        (one, own, list(truths(one, tuple(own))))
        for one, own in zip(gold, proposals, strict=True)
        if own
    ]
    draw.shuffle(read)
    people = sorted({name for one in read for name in _introduced(*one)})
    desk = Desk(unknown=set(draw.sample(people, min(NEW, len(people)))))
    spoken = {proposal.chain[0].name or "" for _, own, _ in read for proposal in own}
    desk.known = spoken - desk.unknown
    run, sources = make_run("bench", ["gold"], "0", "x"), set[str]()
    for copy in range(COPIES if articles == "news" else 1):
        for one, own, truth in read:
            article = Article(text=one["text"], reader="bench/1", place="gold", archived=b"",
                              url=f"https://news.example/{copy}/{one['doc_id']}",
                              published_at=datetime.now(UTC))  # fmt: skip
            identity = identify(article)
            stored = _stored(desk, identity.version, zip(own, truth, strict=True), draw)
            with database.writer() as session:
                save_article(session, article, identity, stored, run=run,
                             retrieved_at=datetime.now(UTC))  # fmt: skip
            sources |= {proposal.chain[0].name or "" for proposal in stored}
    for version, missing in desk.missing.items():
        desk.missing[version] = [one for one in missing if one[1] in sources | desk.unknown]
    return desk


def _introduced(
    gold: dict[str, Any], proposals: Iterable[Proposal], truth: Iterable[Truth]
) -> list[str]:
    """People whose first claim of an article prints their name."""
    first: dict[str, str] = {}
    for proposal, due in zip(proposals, truth, strict=True):
        voice = proposal.chain[0]
        person = voice.kind is SourceKind.PERSON and due.first is not None
        if voice.name and person and voice.name not in first:
            mention = words_at(gold["text"], voice.mention)
            first[voice.name] = printed_name(gold["text"], mention)
    return [name for name, printed in first.items() if name == printed]


def _stored(
    desk: Desk,
    version: uuid.UUID,
    pairs: Iterable[tuple[Proposal, Truth]],
    draw: random.Random,
) -> tuple[Proposal, ...]:
    """What is stored of an article's proposals; the desk learns what should become of it."""
    stored: list[Proposal] = []
    here: set[str] = set()
    for proposal, truth in pairs:
        name = proposal.chain[0].name or ""
        right = truth.first is not None and not truth.names and not truth.interrupted
        # Somebody new is made at a card: what they are known for by then may be missing.
        if right and name and name in desk.known | here and draw.random() < DRAWN:
            desk.missing.setdefault(version, []).append((truth, name))
            continue
        stored.append(_without_names(proposal, desk.unknown))
        here.add(name)
        named = name in desk.unknown and truth.first is not None
        due = replace(truth, names=(*truth.names, name)) if named else truth
        desk.expected[claim_id(version, proposal.content)] = due
        desk.starts.setdefault(version, []).append(proposal.content[0].start)
    return tuple(stored)


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
        missing = _passed(card, desk) if desk.decisions["missing claim"] < MISSING else None
        before = ledger_rows(database)
        if missing is None:
            keys, kind = card_keys(
                card, desk.expected[claim], desk, turn, numbers=numbers_on(driven.lines)
            )
            turn += 1
            driven.press(*keys, pause=PAUSE)
        else:
            kind = "missing claim"
            keys = [*addition_keys(card, missing[0], claimed)]
            driven.press(*keys, pause=PAUSE)
            driven.read(PAUSE)
            said_by = speaker_of_addition(driven, missing[1])
            driven.press(said_by[-1], pause=PAUSE)
            keys += said_by
        made = missing is not None and keys[-1] == "*"  # the source has a row of its own
        settle(driven, database, before + (1 if kind in ONE_ROW else 2) + made, keys)
        if missing is not None:
            desk.missing[card.version_id].remove(missing)
            desk.last = (missing[1],)
            desk.off += not is_as_gold(database, *missing)
        desk.keys[kind] += len(keys)
        desk.decisions[kind] += 1
        desk.log.append(f"{kind}: {' '.join(keys)}")


def settle(driven: Driven, database: Database, rows: int, keys: list[str]) -> None:
    """Wait until the ledger has so many rows."""
    for _ in range(LONGEST):
        if ledger_rows(database) >= rows:
            break
        driven.read(PAUSE)
        if "taken for a paste" in driven.text and len(keys) == len(PICK):
            driven.press(*keys, pause=3 * PAUSE)  # the machine was too busy to read key by key
    driven.read(2 * PAUSE)  # a key sooner after a card is refused as too quick
    assert ledger_rows(database) == rows, (keys, *driven.lines)


def speaker_of_addition(driven: Driven, name: str) -> list[str]:
    """Keys that choose a speaker; pressed but for the last, a number that the screen shows.

    One key where the article says so itself, a candidate's number else; where the candidates have
    none of the name its last word is typed, as far as people type.
    """
    likely = re.compile(rf"\s+([=*])  {re.escape(name[:25])}", re.IGNORECASE)
    shown = [match[1] for match in map(likely.match, driven.lines) if match]
    if shown:
        return shown[:1]
    number = number_of(name, numbers_on(driven.lines))
    if number:
        return [number]
    row = re.compile(rf"\s+(\d)  {re.escape(name[:25])}", re.IGNORECASE)
    keys = ["s"]
    driven.press(*keys, pause=PAUSE)
    for typed in (name.rsplit(maxsplit=1)[-1][:TYPED], name):
        letters = ["space" if letter == " " else letter for letter in typed]
        driven.press(*letters, "enter", pause=PAUSE)
        keys += [*letters, "enter"]
        listed = [match[1] for match in map(row.match, driven.lines) if match]
        if listed:
            return [*keys, listed[0]]
        if any(NOT_FOUND in line for line in driven.lines):
            keys.append("esc")  # only the number of a kind is taken; another name may be typed
            driven.press("esc", pause=PAUSE)
    return [*keys, "0"]  # among many of one name; the addition is not as the gold standard has it


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
    """A missing claim of the article before whose words no other card comes.

    Where the card does not list its speaker it waits for one that does, or for the last.
    """
    here = card.state.content[0].start
    later = [start for start in desk.starts[card.version_id] if start > here]
    names = {candidate.name for candidate in card.candidates}
    words = [match.start() for match in WORD.finditer(card.article)]
    for truth, name in desk.missing.get(card.version_id, ()):
        assert truth.first is not None
        if name in desk.unknown:  # nobody has made that source yet
            continue
        if not later or (words[truth.first] < later[0] and name in names):
            return truth, name
    return None


def number_of(name: str, numbers: dict[str, str]) -> str | None:
    """The number that a card shows beside a name; cut, it must be long and like no other."""
    whole = numbers.get(name)
    if whole is not None:
        return whole
    cut = [
        number
        for shown, number in numbers.items()
        if shown.endswith("…") and len(shown) > LEGIBLE and name.startswith(shown[:-1])
    ]
    return cut[0] if len(cut) == 1 else None


def numbers_on(lines: list[str]) -> dict[str, str]:
    """The numbers of the candidates that a card shows, by name, which may be cut."""
    first = next((at for at, line in enumerate(lines) if line.startswith("SPEAKER")), len(lines))
    row = [lines[first][len("SPEAKER") :]] if first < len(lines) else []
    for line in lines[first + 1 :]:
        if not line.startswith("  "):
            break
        row.append(line)
    parts = " ".join(" ".join(row).split()).lstrip("* ").split(" | ")
    found = (NUMBERED.fullmatch(part.strip()) for part in parts)
    return {match[2]: match[1] for match in found if match}


def card_keys(
    card: Card, truth: Truth, desk: Desk, turn: int, *, numbers: dict[str, str]
) -> tuple[list[str], str]:
    """The fewest keys for a card, and what kind it is.

    Args:
        card: The card.
        truth: What it should become.
        desk: What was done before.
        turn: How many cards were decided before.
        numbers: Of the candidates that the screen shows, by name.
    """
    if truth.first is None:
        return (["X", "5"] if turn % 3 == 0 else ["x"]), "no claim"
    keys = edge_keys(truth, card.state.content[0].start, card.state.content[-1].end)
    speaker = (card.settled.name if card.settled else card.hops[0].name) or ""
    if not truth.names:
        assert card.settled is None, "a right speaker is not replaced"
        desk.last = (speaker,)
        return [*keys, "a"], "edges moved" if keys else "right as it is"
    if speaker in truth.names:
        desk.last = truth.names
        return [*keys, "a"], "speaker as settled"
    picked, kind = speaker_keys(card, truth, desk, numbers)
    desk.last = truth.names
    return [*keys, *picked], kind


def speaker_keys(
    card: Card, truth: Truth, desk: Desk, numbers: dict[str, str]
) -> tuple[list[str], str]:
    """The fewest keys that say who spoke and accept."""
    new = [name for name in truth.names if name in desk.unknown]
    if set(desk.last) & set(truth.names) and len(card.hops) == 1:
        return ["="], "speaker as before"
    for number, candidate in enumerate(card.candidates, 1):
        if any(candidate.name.casefold() in name.casefold() for name in truth.names):
            # One key where the card has room for the name; the whole list is another key.
            shown = number_of(candidate.name, numbers)
            return [shown] if shown else ["S", str(number)], "speaker picked"
    printed = printed_name(card.article, words_at(card.article, card.hops[0].mention))
    desk.unknown -= set(new)
    if new:
        keys = ["S", *new[0], "enter", "*"]
        if printed in truth.names:
            keys = ["*"] if is_name(card.article, printed) else ["S", "*"]
        return keys, "new speaker"
    return ["S", *truth.names[-1].split()[-1], "enter", "1"], "speaker searched by surname"


def is_as_gold(database: Database, truth: Truth, name: str) -> bool:
    """Whether the claim added last is as the gold standard has it."""
    query = """SELECT c.content_spans, c.status, s.name FROM claims.decision AS d
                 JOIN claims.claim AS c ON c.id = d.subject
                 LEFT JOIN claims.source AS s ON s.id = c.speaker
                WHERE d.action = 'add' AND d.subject_kind = 'claim' ORDER BY d.no DESC LIMIT 1"""
    with database.reader() as session:
        spans, status, speaker = session.execute(text(query)).one()
    inside = [n for n, match in enumerate(WORD.finditer(truth.article))
              if spans[0].lower < match.end() and match.start() < spans[-1].upper]  # fmt: skip
    words = (inside[0], inside[-1]) == (truth.first, truth.last)
    return bool(words and status == "accepted" and (speaker or "").casefold() == name.casefold())


def ledger_rows(database: Database) -> int:
    """How many decisions the ledger has."""
    with database.reader() as session:
        return int(session.scalar(text("SELECT count(*) FROM claims.decision")))


if __name__ == "__main__":
    main()
