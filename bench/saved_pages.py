"""Measure the reading of saved pages beside trafilatura alone, on public suites read by path.

    python -m bench.saved_pages trafilatura PATH/tests   # evaldata.json, cache/, eval/
    python -m bench.saved_pages readability PATH/test/test-pages

Of the first: the wanted and unwanted snippets as trafilatura's own evaluation counts them, with
soft hyphens left out on both sides, because some snippets have none where the page has. Paragraphs
are verbatim if they stand, white space folded, in the text of the page's elements. The halves are
by the first byte of the address's MD5: rules were written while looking at `even` alone.
"""

import argparse
import hashlib
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from claims.model.article import Article
from claims.readers.encoding import DecodedPage, decode_page
from claims.readers.html import READER, read_html
from claims.readers.html_marks import BLOCKS
from claims.readers.html_tree import parse_page
from claims.readers.options import ReadOptions
from claims.text.fold import words_of

FIELDS = {
    "title": "title",
    "byline": "byline",
    "outlet": "siteName",
    "language": "lang",
    "day": "publishedTime",
}
"""Our names of what the suite's files expect, and theirs."""


@dataclass
class Score:
    """What one reader gave on one half."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def __str__(self) -> str:
        c = self.counts
        precision = c["wanted given"] / max(1, c["wanted given"] + c["unwanted given"])
        recall = c["wanted given"] / max(1, c["wanted"])
        verbatim = c["verbatim"] / max(1, c["paragraphs"])
        return (
            f"recall {recall:.4f}  precision {precision:.4f}  verbatim {verbatim:.4f} of"
            f" {c['paragraphs']:,}  {self.seconds:.1f} s  no text {c['no text']}"
        )


def main() -> None:
    """Run one suite."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", choices=("trafilatura", "readability"))
    parser.add_argument("path", type=Path)
    arguments = parser.parse_args()
    print(READER)
    if arguments.suite == "trafilatura":
        compare_snippets(arguments.path)
    else:
        compare_metadata(arguments.path)


def compare_snippets(path: Path) -> None:
    """Wanted and unwanted snippets, verbatim paragraphs, time, authors."""
    suite = json.loads((path / "evaldata.json").read_text("utf-8"))
    scores: dict[tuple[str, str], Score] = {}
    bylines: Counter[str] = Counter()
    readers: dict[str, Callable[[bytes], Article | None]] = {
        "ours": _ours,
        "trafilatura": _trafilatura,
    }
    for address, expected in suite.items():
        half = ("even", "odd")[hashlib.md5(address.encode()).digest()[0] % 2]  # noqa: S324 - no secret
        raw = next(
            file.read_bytes()
            for folder in ("cache", "eval")
            if (file := path / folder / expected["file"]).is_file()
        )
        visible = _visible(raw)
        for name, reader in readers.items():
            score = scores.setdefault((name, half), Score())
            begun = time.process_time()
            article = reader(raw)
            score.seconds += time.process_time() - begun
            _count(score.counts, expected, article.text if article else "", visible)
            if expected.get("author"):
                gold = expected["author"]
                authors = gold if isinstance(gold, list) else [gold]
                right = article is not None and _same_names(article.byline, authors)
                given = "other" if article and article.byline else "none"
                bylines[f"{name}: {'right' if right else given}"] += 1
    for (name, half), score in sorted(scores.items()):
        print(f"{name:12} {half:5} {score}")
    print(dict(sorted(bylines.items())))


def compare_metadata(path: Path) -> None:
    """Titles, bylines, outlets, languages and days of readability's pages, beside trafilatura's."""
    counts: Counter[str] = Counter()
    for expected_file in sorted(path.glob("*/expected-metadata.json")):
        expected = json.loads(expected_file.read_text("utf-8"))
        raw = (expected_file.parent / "source.html").read_bytes()
        for name, reader in (("ours", _our_fields), ("trafilatura", _their_fields)):
            given = reader(raw)
            counts[f"time of day {name}"] += given.get("time", "00:00") != "00:00"
            for label, key in FIELDS.items():
                gold = (expected.get(key) or "")[: 10 if label == "day" else None]
                if gold:
                    same = words_of(gold) == words_of(given.get(label) or "")
                    other = "other" if given.get(label) else "none"
                    counts[f"{label} {name}: {'same' if same else other}"] += 1
    for label, count in sorted(counts.items()):
        print(f"{count:4} {label}")


def _our_fields(raw: bytes) -> dict[str, str | None]:
    article = _ours(raw)
    if article is None:
        return {}
    moment = article.published_at
    return {
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "language": article.language,
        "day": f"{moment:%Y-%m-%d}" if moment else None,
        "time": f"{moment:%H:%M}" if moment else "00:00",
    }


def _their_fields(raw: bytes) -> dict[str, str | None]:
    page = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)
    if not isinstance(page, Document):
        return {}
    return {
        "title": page.title,
        "byline": page.author,
        "outlet": page.sitename,
        "language": page.language,
        "day": page.date,
    }


def _ours(raw: bytes) -> Article | None:
    records = read_html("-", raw, ReadOptions())
    return next((one for one in records if isinstance(one, Article)), None)


def _trafilatura(raw: bytes) -> Article | None:
    page = trafilatura.bare_extraction(raw, with_metadata=True, include_comments=False)
    if not isinstance(page, Document) or not page.text:
        return None
    return Article(text=page.text, reader="", place="", archived=b"", byline=page.author)


def _same_names(byline: str | None, authors: list[str]) -> bool:
    return set(words_of(byline or "")) == set(words_of(" ".join(authors)))


def _count(counts: Counter[str], expected: dict[str, list[str]], text: str, visible: str) -> None:
    folded = _folded(text)
    counts["no text"] += not folded
    counts["wanted"] += len(expected["with"])
    counts["wanted given"] += sum(_folded(snippet) in folded for snippet in expected["with"])
    counts["unwanted given"] += sum(_folded(snippet) in folded for snippet in expected["without"])
    paragraphs = [line for line in text.split("\n") if line.strip()]
    counts["paragraphs"] += len(paragraphs)
    counts["verbatim"] += sum(" ".join(line.split()) in visible for line in paragraphs)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def _visible(raw: bytes) -> str:
    decoded = decode_page("-", raw)
    root = parse_page(decoded.text) if isinstance(decoded, DecodedPage) else None
    if root is None:
        return ""
    return unicodedata.normalize("NFC", " ".join("".join(_texts(root)).split()))


def _texts(root: HtmlElement) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        apart = " " if element.tag in BLOCKS or element.tag in {"br", "td", "th"} else ""
        yield apart + ((element.text if event == "start" else element.tail) or "")


if __name__ == "__main__":
    main()
