"""Reading a web archive beside warcio alone, with digests, in one run; and what pages add.

The archive has a request and a response a page, each a gzip member of its own, written by warcio.
Each figure is the median of several rounds; the rounds of the two readers alternate. Pages are as
long as real ones, or cut to a length, which makes headers count for more.

    python -m bench.warc [pages [rounds [bytes]]]
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.pages import pages
from claims.readers.options import ReadOptions
from claims.readers.warc import read_warc
from claims.readers.web_records import WebRecord, read_records

PAGES, ROUNDS, EXTRACTED = 2_000, 7, 200
TARGET = "target: 0.8 of warcio's records a second"


def write(path: Path, count: int, length: int | None = None) -> None:
    """A web archive of generated pages, cut to a length if one is given."""
    with path.open("wb") as out:
        writer = WARCWriter(out)
        for url, page in pages(count):
            lines = [("User-Agent", "bench"), ("Accept", "text/html")]
            asked = StatusAndHeaders("GET / HTTP/1.1", lines, is_http_request=True)
            writer.write_record(
                writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=asked)
            )
            lines = [("Content-Type", "text/html; charset=utf-8"), ("Server", "bench")]
            answer = StatusAndHeaders("200 OK", lines, protocol="HTTP/1.1")
            body = io.BytesIO(page[:length])
            writer.write_record(
                writer.create_warc_record(url, "response", payload=body, http_headers=answer)
            )


def with_warcio(path: Path) -> int:
    """Every record's block read by warcio, digests checked."""
    with path.open("rb") as file:
        count = 0
        for record in ArchiveIterator(file, check_digests=True):
            record.raw_stream.read()
            count += record.digest_checker.passed is not False
        return count


def with_ours(path: Path) -> int:
    """Every record's body read by us, digests checked, cuts and damage watched for."""
    with path.open("rb") as file:
        return sum(isinstance(record, WebRecord) for record in read_records(file, lambda _: True))


def seconds(read: Callable[[Path], int], path: Path, expected: int) -> float:
    """How long one reading takes, in seconds of this process: others may be at work beside it."""
    began = time.process_time()
    assert read(path) == expected
    return time.process_time() - began


def main() -> None:
    """Print records and megabytes a second of both, and pages a second with their text."""
    arguments = [int(argument) for argument in sys.argv[1:]]
    count, rounds, *cut = (*arguments, *(PAGES, ROUNDS)[len(arguments) :])
    with TemporaryDirectory() as folder:
        path = Path(folder, "bench.warc.gz")
        write(path, count, *cut)
        times: dict[str, list[float]] = {"warcio": [], "ours": []}
        for _ in range(rounds):
            times["warcio"].append(seconds(with_warcio, path, 2 * count))
            times["ours"].append(seconds(with_ours, path, 2 * count))
        megabytes = path.stat().st_size / 1e6
        for name, spent in times.items():
            middle = median(spent)
            print(
                f"{name}: {2 * count / middle:,.0f} records/s, {megabytes / middle:.0f} MB/s packed"
                f" ({min(spent):.2f} to {max(spent):.2f} s)"
            )
        shares = [one / other for one, other in zip(*times.values(), strict=True)]
        print(f"ours is {median(shares):.2f} of warcio ({min(shares):.2f} to {max(shares):.2f})")
        print(TARGET)
        few = Path(folder, "few.warc.gz")
        write(few, EXTRACTED)
        began = time.process_time()
        with few.open("rb") as file:
            found = sum(1 for _ in read_warc("few", file, ReadOptions()))
        spent_on_pages = time.process_time() - began
        print(f"with the pages' text: {found / spent_on_pages:.0f} pages/s")


if __name__ == "__main__":
    main()
