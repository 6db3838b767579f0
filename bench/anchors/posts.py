"""Sentences that edits of real posts changed, found again; labels made by hand, without their text.

The posts are those of 18F (CC0), read from a repository by its path; `labels.tsv` says for each
sampled sentence where it stands in the next version, as commit, path, offsets and a digest of the
words, so that no words of others are kept here.

    git clone --bare https://github.com/18F/18f.gsa.gov posts.git
    python -m bench.anchors.posts posts.git             # measure against the labels
    python -m bench.anchors.posts posts.git 200         # show what there is to label
"""

import difflib
import hashlib
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.anchoring.anchor import anchor_claims
from claims.model.anchor import Anchor, SoughtClaim
from claims.model.span import Span
from claims.text.clean import clean_text

LABELS = Path(__file__).parent / "labels.tsv"
SENTENCE = re.compile(r"[^\s].*?(?:[.!?][\"”)]*(?=\s)|$)", re.MULTILINE)
SHORTEST, LONGEST, SEED = 6, 60, 18
CHANGED = 0.5
"""Overlap from which a landing is right."""

PLACED = frozenset({"same", "moved", "altered"})


@dataclass(frozen=True)
class Changed:
    """A sentence of a post that the next commit changed: where it stands, and both texts."""

    commit: str
    path: str
    span: Span
    old: str
    new: str

    @property
    def key(self) -> str:
        """Short and stable."""
        written = f"{self.commit}:{self.path}:{self.span.start}:{self.span.end}"
        return hashlib.sha256(written.encode()).hexdigest()[:12]


def git(repository: str, *arguments: str) -> str:
    """What git prints."""
    command = ["git", f"--git-dir={repository}", "-c", "core.quotepath=off", *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def edits_of(repository: str) -> list[tuple[str, str]]:
    """Every commit that changed a post, with the post's path."""
    log = git(
        repository,
        "log",
        "--format=@%H",
        "--name-only",
        "--diff-filter=M",
        "--no-merges",
        "--",
        "_posts",
    )
    commit, found = "", []
    for line in log.splitlines():
        if line.startswith("@"):
            commit = line[1:]
        elif line:
            found.append((commit, line))
    return sorted(found)


def versions(repository: str, commit: str, path: str) -> tuple[str, str]:
    """A post before and after a commit, cleaned as ingest would."""
    old, new = (git(repository, "show", f"{tree}:{path}") for tree in (f"{commit}^", commit))
    return clean_text(old).text, clean_text(new).text


def changed_sentences(repository: str, commit: str, path: str) -> Iterator[Changed]:
    """Sentences of a post some of whose words are not in the next version, by the standard diff."""
    old, new = versions(repository, commit, path)
    words = list(re.finditer(r"\w+", old))
    matcher = difflib.SequenceMatcher(
        None, [word[0] for word in words], re.findall(r"\w+", new), autojunk=False
    )
    kept = {
        n for block in matcher.get_matching_blocks() for n in range(block.a, block.a + block.size)
    }
    gone = [word.start() for n, word in enumerate(words) if n not in kept]
    for match in SENTENCE.finditer(old):
        size = len(re.findall(r"\w+", match[0]))
        if SHORTEST <= size <= LONGEST and any(match.start() <= at < match.end() for at in gone):
            yield Changed(commit, path, Span(match.start(), match.end()), old, new)


def sample(repository: str, count: int) -> list[Changed]:
    """Changed sentences at random, at most two of an edit."""
    chance = random.Random(SEED)  # noqa: S311 - the same sample each time
    edits = edits_of(repository)
    chance.shuffle(edits)
    found: list[Changed] = []
    for commit, path in edits:
        sentences = list(changed_sentences(repository, commit, path))
        found += chance.sample(sentences, min(2, len(sentences)))
        if len(found) >= count:
            break
    return found[:count]


def anchor(changed: Changed) -> Anchor:
    """What the algorithm says of one sentence."""
    return anchor_claims(changed.old, changed.new, [SoughtClaim((changed.span,))])[0]


def nearest(changed: Changed) -> list[tuple[float, str]]:
    """The sentences of the next version that the standard library finds most alike."""
    sought = changed.old[slice(*changed.span)]
    matcher = difflib.SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(sought)
    scored = []
    for match in SENTENCE.finditer(changed.new):
        matcher.set_seq1(match[0])
        scored.append((matcher.ratio(), match[0]))
    return sorted(scored, reverse=True)[:2]


def show(found: list[Changed]) -> None:
    """Print what a person reads to label: the sentence, what the algorithm says, what is alike."""
    for number, changed in enumerate(found):
        answer = anchor(changed)
        print(f"#{number} {changed.key}")
        print("OLD", repr(changed.old[slice(*changed.span)]))
        there = " … ".join(changed.new[slice(*span)] for span in answer.spans)
        print(answer.state.upper(), [str(change) for change in answer.changes], repr(there))
        if answer.state not in PLACED:
            print(
                "".join(f"  ? {ratio:.2f} {words!r}\n" for ratio, words in nearest(changed)), end=""
            )


def measure(repository: str) -> None:
    """Print how many landings are right, and how many of those that stand are found."""
    counts: Counter[str] = Counter()
    for line in LABELS.read_text("utf-8").splitlines():
        commit, path, start, end, digest, *place = line.split("\t")
        span = Span(int(start), int(end))
        old, new = versions(repository, commit, path)
        if hashlib.sha256(old[slice(*span)].encode()).hexdigest()[:12] != digest:
            counts["text not as labelled"] += 1
            continue
        answer = anchor(Changed(commit, path, span, old, new))
        placed = answer.state in PLACED
        gold = Span(int(place[0]), int(place[1])) if place[0] != "-" else None
        right = placed and gold is not None and overlap(_hull(answer), gold) >= CHANGED
        counts["sentences"] += 1
        counts["landings"] += placed
        counts["right landings"] += right
        counts["standing"] += gold is not None
        counts["gone"] += gold is None
        counts["gone, yet placed"] += placed and gold is None
    print(*(f"{count} {name}" for name, count in counts.items()), sep="\n")
    print(f"landings right: {counts['right landings'] / max(1, counts['landings']):.4f}")


def _hull(anchor: Anchor) -> Span:
    return Span(anchor.spans[0].start, anchor.spans[-1].end)


def overlap(one: Span, other: Span) -> float:
    """Share of two stretches that both have."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))


if __name__ == "__main__":
    if sys.argv[2:]:
        show(sample(sys.argv[1], int(sys.argv[2])))
    else:
        measure(sys.argv[1])
