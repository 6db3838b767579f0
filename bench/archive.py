"""A realistic archive from a seed number: documents of 3 KB, 20 claims each, two hops a claim.

Speakers are quoted as often as names are in news (Zipf), words come as often as words do. The same
seed and size always give the same file.

    python -m bench.archive FILE [claims] [seed]
"""

import hashlib
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import IO

import orjson

from claims.archive.headers import Summary, foot_line, head_line, table_line
from claims.archive.tables import SECTIONS
from claims.database.revision import head_revision
from claims.ingest.identify import run_id
from claims.model.identity import claim_id, derived_id
from claims.model.kinds import SourceKind
from claims.sources.candidates import keys_of
from claims.sources.names import parse_name

EACH, WORDS, AGENCIES, OUTLETS = 20, 20_000, 200, 300
SYLLABLES = [a + b for a in "bdfglmnprst" for b in "ai"]
CUES = ("said", "told reporters", "announced", "insisted")
START = datetime(2000, 1, 1, tzinfo=UTC)
RUN = str(run_id("ingest", ["bench"], "0", "bench"))


class Draw:
    """Draws by Zipf's law from things in the order of how common they are."""

    def __init__(self, things: Sequence[str], chance: random.Random) -> None:
        self._things = things
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(things))))
        self._chance = chance

    def many(self, count: int) -> list[str]:
        """So many, with repetition."""
        return self._chance.choices(self._things, cum_weights=self._weights, k=count)


def names(count: int, chance: random.Random, last: str = "") -> list[str]:
    """So many different names of two made-up words, or one and a given one."""
    unique: dict[str, None] = {}
    while len(unique) < count:
        first, second = ("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
        unique[f"{first} {last or second}"] = None
    return list(unique)


def row(*values: object) -> bytes:
    """A row of an archive."""
    cells = [None if value is None else str(value) for value in values]
    return orjson.dumps(cells, option=orjson.OPT_APPEND_NEWLINE)


class Corpus:
    """The sources, and documents one after the other."""

    def __init__(self, claims: int, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - names, not secrets
        self.documents = claims // EACH
        people = names(max(100, claims // 20), self.chance)
        self.agencies = names(AGENCIES, self.chance, "Agency")
        self.outlets = names(OUTLETS, self.chance, "Herald")
        self.sources = {
            name: (str(derived_id("source", kind, name.casefold())), kind)
            for kind, some in ((SourceKind.PERSON, people), (SourceKind.OUTLET, self.agencies),
                               (SourceKind.OUTLET, self.outlets))
            for name in some
        }  # fmt: skip
        self.people = Draw(people, self.chance)
        words = ["".join(self.chance.choices(SYLLABLES, k=1 + n % 4)) for n in range(WORDS)]
        self.words = Draw(words, self.chance)

    def document(self, number: int) -> "tuple[str, str, str, list[tuple[int, int, str, str, str]]]":
        """Its ids, its text, and for each claim where it begins and ends, and who said it."""
        claims, parts, at = [], [], 0
        speakers = self.people.many(EACH)
        words = self.words.many(EACH * 14)
        for index, speaker in enumerate(speakers):
            cue, agency = CUES[index % 4], self.agencies[(number + index) % AGENCIES]
            quotation = " ".join(words[index * 14 : index * 14 + 14])
            head = f"{speaker} {cue} "
            part = f"{head}“{quotation}” on Monday, the {agency} reported.\n"
            begin = at + len(head)
            claims.append((begin, begin + len(quotation) + 2, speaker, cue, agency))
            parts.append(part)
            at += len(part)
        document = str(derived_id("document", "url", f"https://example.org/{number}"))
        return document, "", "".join(parts), claims


def sections(corpus: Corpus) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The sections that have rows, in their order; each made anew from the same draws."""
    moment = "2026-01-01 00:00:00+00"
    yield "run", iter([row(RUN, "ingest", '["bench"]', "0", "bench", moment)])
    by_id = sorted((id_, kind, name) for name, (id_, kind) in corpus.sources.items())
    yield (
        "source",
        (
            row(id_, kind, name, None, None, None, None, None, 0, RUN, moment)
            for id_, kind, name in by_id
        ),
    )
    named = sorted((str(derived_id("name", id_)), id_, kind, name) for id_, kind, name in by_id)
    yield (
        "source_name",
        (
            row(name_id, id_, name, "canonical", None, _array(keys))
            for name_id, id_, kind, name in named
            for keys in [keys_of(parse_name(SourceKind(kind), name))]
            for keys in [keys_of(parse_name(SourceKind(kind), name))]
        ),
    )


def _array(values: Sequence[str]) -> str:
    """As PostgreSQL prints it; none of our keys holds a quotation mark or a backslash."""
    return "{" + ",".join(f'"{value}"' if " " in value else value for value in values) + "}"


class Spool:
    """Rows of a table in the order of their ids, in files: ten million claims fit in no memory.

    Rows begin with an id of which every beginning is as common as another; those with the same two
    digits share a file, and are sorted when they are read.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.count = 0
        self._files = [(folder / f"{n:02x}").open("w+b") for n in range(256)]

    def append(self, row: bytes) -> None:
        """Add a row."""
        self.count += 1
        self._files[int(row[2:4], 16)].write(row)

    def __iter__(self) -> Iterator[bytes]:
        """The rows, once: each file is emptied."""
        for file in self._files:
            file.seek(0)
            yield from sorted(file)
            file.close()
            Path(file.name).unlink()


def write(path: Path, claims: int, seed: int) -> None:
    """Write the archive."""
    corpus = Corpus(claims, seed)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        tables = {
            name: Spool(Path(folder, name))
            for name in ("document", "archive_record", "document_version", "claim", "attribution")
        }
        for number in range(corpus.documents):
            _document(corpus, number, tables)
        small = {name: list(rows) for name, rows in sections(corpus)}
        written: dict[str, Iterable[bytes]] = {**small, **tables}
        rows_of = {name: len(rows) for name, rows in small.items()}
        rows_of |= {name: rows.count for name, rows in tables.items()}
        counts = {section.table: rows_of.get(section.table, 0) for section in SECTIONS}
        with path.open("wb") as out:
            _put(out, counts, written)


def _document(corpus: Corpus, number: int, tables: Mapping[str, Spool]) -> None:
    document, _, text, found = corpus.document(number)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    version = derived_id("version", document, sha256)
    outlet = corpus.sources[corpus.outlets[number % OUTLETS]][0]
    published = START + timedelta(hours=number)
    day = (published - timedelta(published.weekday())).date()
    stamp = "2026-01-01 00:00:00+00"
    tables["document"].append(
        row(document, outlet, f"https://example.org/{number}", None, f"Article {number}", None,
            f"{published:%Y-%m-%d %H:%M:%S}+00", "en", "usable", 0, RUN, stamp,
            None, None, "{}", None, None, None)
    )  # fmt: skip
    record = derived_id("archive_record", "", "text/plain", sha256)
    raw = text.encode()
    tables["archive_record"].append(
        row(record, None, stamp, None, "[]", "[]", "text/plain", None, f"\\x{raw.hex()}",
            f"\\x{sha256}", len(raw), RUN, stamp)
    )  # fmt: skip
    tables["document_version"].append(
        row(version, document, 1, text, f"\\x{sha256}", stamp, "plain/1", record, RUN, stamp, None)
    )
    for begin, end, speaker, cue, agency in found:
        claim = str(claim_id(version, [(begin, end)]))
        voice, carrier = corpus.sources[speaker][0], corpus.sources[agency][0]
        tables["claim"].append(
            row(claim, version, "quote", f"{{[{begin},{end})}}", text[begin:end], None, voice,
                f"[{day},{day + timedelta(1)})", "on Monday", str(day),
                f"{{[{end + 1},{end + 10})}}", None, "{}", "proposed", 0, RUN, "verb",
                round(0.5 + (begin % 50) / 100, 2), "speech", None, None, None, "{}", None, None,
                stamp)
        )  # fmt: skip
        mention = begin - len(cue) - 2 - len(speaker)
        said, from_ = begin - len(cue) - 1, end + len(" on Monday, the ")
        tables["attribution"].append(
            row(claim, 1, voice, speaker, f"{{[{mention},{mention + len(speaker)})}}", cue,
                f"{{[{said},{said + len(cue)})}}", None, "{}", "says", "same-name", 0.95,
                "the same name, nobody else has it")
        )  # fmt: skip
        reported = from_ + len(agency) + 1
        tables["attribution"].append(
            row(claim, 2, carrier, agency, f"{{[{from_},{from_ + len(agency)})}}", "reported",
                f"{{[{reported},{reported + 8})}}", None, "{}", "says", "same-name", 0.95,
                "the same name, nobody else has it")
        )  # fmt: skip


def _put(out: IO[bytes], counts: dict[str, int], written: dict[str, Iterable[bytes]]) -> None:
    digest = hashlib.sha256()

    def put(block: bytes) -> None:
        digest.update(block)
        out.write(block)

    put(head_line(head_revision(), counts))
    for section in SECTIONS:
        put(table_line(section.table, section.columns, counts[section.table]))
        for line in written.pop(section.table, ()):
            put(line)
    out.write(foot_line(Summary(counts, 0, "00" * 32), digest.hexdigest()))


if __name__ == "__main__":
    target, *given = sys.argv[1:]
    claims, seed, *_ = *(int(one) for one in given), *(1_000_000, 1)[len(given) :]
    write(Path(target), claims, seed)
