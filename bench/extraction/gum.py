"""Makes attribution gold from the GUM corpus's freely licensed genres, for calibration.

`python -m bench.extraction.gum GUM_GIT_DIR OUT.jsonl.gz`: reads the corpus (amir-zeldes/gum on
GitHub, annotation CC BY 4.0) from a git directory and writes one line a document: doc_id, licence,
text, attributions (content, source and cue spans). An attribution is a satellite of an RST relation
attribution-positive or -negative; its nucleus is the content, the satellite's root verb the cue,
that verb's subject the source. Genres whose texts are CC BY or CC BY-SA only; news is the hidden
test part and is never read. No randomness: the corpus's commit is the seed.
"""

import gzip
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict
from xml.etree import ElementTree as ET

LICENCES = {
    "academic": "CC BY 4.0",
    "bio": "CC BY-SA 3.0",
    "court": "CC BY 4.0",
    "interview": "CC BY 2.5",
    "voyage": "CC BY-SA 3.0",
}
COMMIT = "72ce5ac14978a324c2fd18d49484e65292cbe316"
COLUMNS = 10
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


class Attribution(TypedDict):
    """An attribution as the scorer reads it; spans as JSON has them."""

    content: list[list[int]]
    source: list[list[int]]
    cue: list[list[int]]


class Document(TypedDict):
    """A line of the file that is written."""

    doc_id: str
    licence: str
    text: str
    attributions: list[Attribution]


@dataclass
class Word:
    """A syntactic word: its span, the number of its head in the same document, its relation."""

    start: int
    end: int
    form: str
    head: int
    relation: str


def main() -> None:
    """Convert."""
    repository, out = sys.argv[1:3]
    names = _git(repository, "ls-tree", "--name-only", COMMIT, "rst/rstweb/").split()
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        for name in sorted(names):
            match = re.match(r"rst/rstweb/(GUM_([a-z]+)_\w+)\.rs4$", name)
            if match and match[2] in LICENCES:
                line = _document(repository, match[1], match[2])
                file.write((json.dumps(line, ensure_ascii=False) + "\n").encode())


def _git(repository: str, *arguments: str) -> str:
    command = ["git", f"--git-dir={repository}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _document(repository: str, name: str, genre: str) -> Document:
    text, words = _read_words(_git(repository, "show", f"{COMMIT}:dep/{name}.conllu"))
    relations = _git(repository, "show", f"{COMMIT}:rst/rstweb/{name}.rs4")
    tree = ET.fromstring(relations)  # noqa: S314 - one commit of a public corpus
    return {
        "doc_id": name,
        "licence": LICENCES[genre],
        "text": text,
        "attributions": list(_attributions(tree, words)),
    }


def _read_words(conllu: str) -> tuple[str, list[Word]]:
    """The running text, and every syntactic word with its span in it."""
    words: list[Word] = []
    text, base = "", 0
    joined: tuple[int, int] | None = None  # last word's number and end of a contraction
    for line in conllu.splitlines():
        if line.startswith("# newpar") and text and not text.endswith("\n\n"):
            text = text.rstrip() + "\n\n"
        if line.startswith("# sent_id"):
            base, joined = len(words), None
        columns = line.split("\t")
        if len(columns) < COLUMNS or "." in columns[0]:
            continue
        space = "" if "SpaceAfter=No" in columns[9] else " "
        if "-" in columns[0]:
            joined = (int(columns[0].split("-")[1]), len(text))
            text += columns[1] + space
            continue
        number = int(columns[0])
        if joined and number <= joined[0]:
            start = joined[1]
            end = min(start + len(columns[1]), len(text.rstrip()))
            joined = (joined[0], end)
        else:
            start, end = len(text), len(text) + len(columns[1])
            text += columns[1] + space
        words.append(Word(start, end, columns[1], base + int(columns[6]) - 1, columns[7]))
        if columns[6] == "0":
            words[-1].head = -1
    return text.rstrip(), words


def _attributions(tree: ET.Element, words: list[Word]) -> Iterator[Attribution]:
    yields, satellites = _yields(tree)
    for node in (*tree.iter("segment"), *tree.iter("group")):
        if not (node.get("relname") or "").startswith("attribution"):
            continue
        own = yields[str(node.get("id"))]
        parent = str(node.get("parent"))
        content = set(yields[parent])
        for satellite in satellites[parent]:
            if satellite != node.get("id"):
                content |= yields[satellite]
        content -= own
        cue = next((n for n in sorted(own) if words[n].head not in own), None)
        if cue is None or not content:
            continue
        source = _subject(words, cue, own)
        yield {
            "content": _spans(words, content),
            "source": _spans(words, source),
            "cue": _spans(words, {cue}),
        }


def _yields(tree: ET.Element) -> tuple[dict[str, set[int]], dict[str, list[str]]]:
    """The words under each node (satellites not counted), and each node's satellites."""
    own: dict[str, set[int]] = {}
    first = 0
    for segment in tree.iter("segment"):
        size = len((segment.text or "").split())
        own[str(segment.get("id"))] = set(range(first, first + size))
        first += size
    multinuclear = {rel.get("name") for rel in tree.iter("rel") if rel.get("type") == "multinuc"}
    below: dict[str, list[str]] = defaultdict(list)
    satellites: dict[str, list[str]] = defaultdict(list)
    for node in (*tree.iter("segment"), *tree.iter("group")):
        parent, relation = node.get("parent"), node.get("relname")
        if parent is None:
            continue
        inner = relation == "span" or relation in multinuclear
        (below if inner else satellites)[parent].append(str(node.get("id")))

    def full(node: str) -> set[int]:
        words = set(own.get(node, set()))
        for child in below[node]:
            words |= full(child)
            for satellite in satellites[child]:
                words |= full(satellite)
        return words

    ids = [str(node.get("id")) for node in (*tree.iter("segment"), *tree.iter("group"))]
    return {node: full(node) for node in ids}, satellites


def _subject(words: list[Word], cue: int, inside: set[int]) -> set[int]:
    heads = [n for n in inside if words[n].head == cue and words[n].relation in SUBJECTS]
    if not heads and words[cue].form.lower() == "according":
        heads = [
            n
            for n in inside
            if words[n].relation in {"obl", "nmod", "fixed"} or words[n].head == cue
        ]
    subject: set[int] = set(heads[:1])
    grown = True
    while grown:
        more = {n for n in inside if words[n].head in subject and words[n].relation != "acl:relcl"}
        grown = not more <= subject
        subject |= more
    return subject


def _spans(words: list[Word], numbers: set[int]) -> list[list[int]]:
    spans: list[list[int]] = []
    last = -2
    for number in sorted(numbers):
        word = words[number]
        if number == last + 1:
            spans[-1][1] = max(spans[-1][1], word.end)
        else:
            spans.append([word.start, word.end])
        last = number
    return spans


if __name__ == "__main__":
    main()
