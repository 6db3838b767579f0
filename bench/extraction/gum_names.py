"""Reads from the GUM corpus who each mention is, for fitting the score of names.

Of the genres whose texts are CC BY or CC BY-SA alone (gum.py has their licences); news is the
hidden test part and is never read. A mention's entity is the corpus's own, with its coreference;
its names are those of its mentions whose head is a proper noun.
"""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.extraction.gum import COLUMNS, COMMIT, LICENCES
from claims.model.span import Span

ENTITY = re.compile(r"(?:^|\|)Entity=([^|]+)")
BRACKETS = re.compile(r"\([^()]+\)?|[^()]+\)")
PROPER = "PROPN"


@dataclass
class Entities:
    """A text with the entities of its mentions.

    Attributes:
        text: The document's running text.
        mentions: Where each mention stands, with its entity.
        names: The proper names of each entity.
    """

    text: str = ""
    mentions: list[tuple[Span, str]] = field(default_factory=list)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def names_at(self, span: Span) -> Sequence[str] | None:
        """The names of whom a mention at a span is; None if no mention stands there."""
        alike = [
            (min(span.end, one.end) - max(span.start, one.start), -(one.end - one.start), entity)
            for one, entity in self.mentions
            if one.start < span.end and span.start < one.end
        ]
        best = max(alike, default=None)
        if best is None or 2 * best[0] < max(span.end - span.start, -best[1]):
            return None
        return self.names.get(best[2], ())


def read_documents(repository: Path) -> Iterator[tuple[str, Entities]]:
    """Each document of the free genres by its id."""
    for name in _git(repository, "ls-tree", "--name-only", COMMIT, "dep/").split():
        match = re.match(r"dep/(GUM_([a-z]+)_\w+)\.conllu$", name)
        if match and match[2] in LICENCES:
            yield match[1], _read(_git(repository, "show", f"{COMMIT}:{name}"))


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", f"--git-dir={repository}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _read(conllu: str) -> Entities:
    """The text, word by word, and what opens and closes at each."""
    document = Entities()
    begun: dict[str, list[int]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for line in conllu.splitlines():
        if line.startswith("# newpar") and document.text and not document.text.endswith("\n\n"):
            document.text = document.text.rstrip() + "\n\n"
        columns = line.split("\t")
        if len(columns) < COLUMNS or not columns[0].isdigit():
            continue
        start = len(document.text)
        document.text += columns[1]
        for entity, span in _closed(begun, columns[9], Span(start, len(document.text))):
            document.mentions.append((span, entity))
            if columns[3] == PROPER:
                names[entity].append(document.text[span.start : span.end])
        document.text += "" if "SpaceAfter=No" in columns[9] else " "
    document.names = names
    return document


def _closed(begun: dict[str, list[int]], features: str, word: Span) -> Iterator[tuple[str, Span]]:
    """The mentions that end with a word; those that begin with it are noted."""
    match = ENTITY.search(features)
    for bracket in BRACKETS.findall(match[1] if match else ""):
        entity = re.split(r"[-)]", bracket.lstrip("("))[0]
        if bracket.startswith("("):
            begun[entity].append(word.start)
        if bracket.endswith(")") and begun[entity]:
            yield entity, Span(begun[entity].pop(), word.end)
