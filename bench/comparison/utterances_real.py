"""How well two reports of one utterance are told from others, against labels made by reading.

The claims are those that the extractor found in bodies of FakeNewsChallenge/fnc-1 (no licence
seen), read from a checkout by its path; the lists hold numbers, offsets and digests, no text.

    python -m bench.comparison.utterances_real FOLDER         # with train_bodies.csv in it
    python -m bench.comparison.utterances_real FOLDER --show  # and what came out otherwise

`utterance_labels.tsv` has pairs drawn by the words that they have in common, at least a fifth:
same_words (or a piece of them), same_content (in other words), different. `speakers` is what the
extractor named: same, other, or unnamed, which a group's words count as. The bodies have no dates,
so that every pair is judged twice: with no day known, and as of one day.

`utterance_edits.tsv` has real quotes in which one number or negation was written otherwise: an edit
is missed if the pair is linked and does not say so.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.comparison.labelled import Outcome, interval, kappa, read_bodies, text_at
from claims.comparison.alike import Similarity, compare_wordings
from claims.comparison.quote_words import Wording, read_wording
from claims.comparison.speaking import ProposedLink, Speaking, propose_link
from claims.utterances.wordings import SHARED

LABELS = Path(__file__).parent / "utterance_labels.tsv"
EDITS = Path(__file__).parent / "utterance_edits.tsv"

ONE_DAY = date(2026, 1, 1)
SPEAKERS = {"same": ("one", "one"), "other": ("one", "another"), "unnamed": (None, "one")}


@dataclass(frozen=True)
class LabelledPair:
    """Two claims as they were read twice; `denied` has a 1 for each that is reported as denied."""

    part: str
    first: str
    first_spans: str
    first_digest: str
    second: str
    second_spans: str
    second_digest: str
    speakers: str
    denied: str
    one: str
    two: str
    label: str


@dataclass(frozen=True)
class Edit:
    """A quote in which `length` code points from `at` on were replaced by what is written."""

    part: str
    kind: str
    body: str
    spans: str
    digest: str
    at: str
    length: str
    written: str


def wording_of(text: str) -> Wording:
    """The wording of a text that has words."""
    wording = read_wording(text)
    assert wording is not None
    return wording


def link(
    pair: LabelledPair, one: Wording, other: Wording, day: date | None
) -> tuple[Similarity | None, ProposedLink | None]:
    """What is proposed of two claims, if they are found to be compared at all."""
    speakers = SPEAKERS[pair.speakers]
    speaking = [
        Speaking(speaker, day, denied == "1")
        for speaker, denied in zip(speakers, pair.denied, strict=True)
    ]
    if one.key == other.key:
        return None, propose_link(None, *speaking)
    similarity = compare_wordings(one.words, other.words)
    if similarity is None or len({*one.sketch} & {*other.sketch}) < SHARED:
        return similarity, None
    return similarity, propose_link(similarity, *speaking)


def measure(
    bodies: dict[str, str], pairs: list[LabelledPair], day: date | None, *, show: bool
) -> dict[float, Counter[bool]]:
    """Print what is proposed of some pairs; returns how many of one act with a score are right."""
    all_of, of_words, acts = Outcome(), Outcome(), Outcome()
    scores: defaultdict[float, Counter[bool]] = defaultdict(Counter)
    for pair in pairs:
        first = text_at(bodies, pair.first, pair.first_spans, pair.first_digest)
        second = text_at(bodies, pair.second, pair.second_spans, pair.second_digest)
        similarity, proposed = link(pair, wording_of(first), wording_of(second), day)
        same, found = pair.label != "different", proposed is not None
        all_of.add(found=found, is_same=same)
        if pair.label != "same_content":
            of_words.add(found=found, is_same=same)
        acts.add(found=proposed is not None and proposed.same_act, is_same=same)
        if proposed is not None and proposed.same_act:
            scores[proposed.score][same] += 1
        if show and found != same:
            relation = similarity.relation if similarity else "not alike"
            print(f"  {pair.label} {relation} {pair.speakers}\n    {first}\n    {second}")
    for name, outcome in (("proposed", all_of), ("as one act", acts), ("of equal words", of_words)):
        precision = interval(outcome.precision, outcome.right + outcome.wrong)
        recall = interval(outcome.recall, outcome.right + outcome.missed)
        print(f"    {name}: precision {precision}, recall {recall}")
    return scores


def print_scores(scores: dict[float, Counter[bool]]) -> None:
    """Print beside each score how often a proposal with it was right, and the error of both."""
    squares = total = 0.0
    for score, counts in sorted(scores.items(), reverse=True):
        print(f"    score {score}: {counts[True]} of {counts.total()} right")
        squares += counts[True] * (1 - score) ** 2 + counts[False] * score**2
        total += counts.total()
    right = sum(counts[True] for counts in scores.values()) / total
    print(f"    Brier {squares / total:.4f}; with one score for all, {right * (1 - right):.4f}")


def measure_edits(bodies: dict[str, str], edits: Iterable[Edit], *, show: bool) -> None:
    """Print how many edits of a number or a negation a linked pair does not name."""
    counts: Counter[tuple[str, str]] = Counter()
    for edit in edits:
        quote = text_at(bodies, edit.body, edit.spans, edit.digest)
        start, end = int(edit.at), int(edit.at) + int(edit.length)
        changed = f"{quote[:start]}{edit.written}{quote[end:]}"
        similarity = compare_wordings(wording_of(quote).words, wording_of(changed).words)
        named = similarity is not None and any(
            change.startswith(edit.kind) for change in similarity.changes
        )
        outcome = "not alike" if similarity is None else "named" if named else "missed"
        counts[edit.kind, outcome] += 1
        if show and outcome == "missed":
            print(f"  {edit.kind}: {quote[start:end]} → {edit.written}\n    {quote}")
    for (kind, outcome), count in sorted(counts.items()):
        print(f"    {kind} {outcome}: {count}")


def main() -> None:
    """Measure both parts, then the edits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    bodies = read_bodies(arguments.folder)
    with LABELS.open(encoding="utf-8", newline="") as lines:
        labelled = [LabelledPair(**row) for row in csv.DictReader(lines, delimiter="\t")]
    with EDITS.open(encoding="utf-8", newline="") as lines:
        edits = [Edit(**row) for row in csv.DictReader(lines, delimiter="\t")]
    for part in ("dev", "held"):
        pairs = [pair for pair in labelled if pair.part == part]
        print(part, dict(Counter(pair.label for pair in pairs)))
        print(f"  kappa of the readings: {kappa((pair.one, pair.two) for pair in pairs):.2f}")
        for name, day in (("no day known", None), ("of one day", ONE_DAY)):
            print(f"  {name}")
            scores = measure(bodies, pairs, day, show=arguments.show and day is not None)
        print_scores(scores)
        print("  edited quotes")
        measure_edits(bodies, [e for e in edits if e.part == part], show=arguments.show)


if __name__ == "__main__":
    main()
