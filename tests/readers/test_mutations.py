"""Whatever bytes of a web archive are changed, nothing but articles and problems comes of it."""

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from claims.model.article import ReaderRecord
from claims.model.capture import Capture
from claims.readers.options import ReadOptions
from claims.readers.wacz import read_wacz
from claims.readers.warc import read_warc
from tests.readers.archives import HTML, Archive, answer, chunked, page, zipped

A, B, C = (f"https://paper.example/{name}" for name in "abc")
PARTS = (b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: ", b"\x1f\x8b\x08\x00", b"99999999999")


def samples() -> dict[str, bytes]:
    """Small files of each kind, by name."""
    packed = Archive().add(A, page("one"), WARC_Record_ID="<urn:1>").add(B, page("two"))
    packed.add(A, b"", "revisit", None, HTML, WARC_Refers_To="<urn:1>")
    packed.add(C, b"", status="410 Gone")
    encodings = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    plain = Archive(packed=False, version="1.1").add(A, page("one"))
    plain.add(B, status="301 Moved", headers=(("Location", "/c"),))
    plain.add(C, chunked(zipped(page("three"))), headers=(*HTML, *encodings))
    block = answer(page("in ARC"))
    arc = b"filedesc://a.arc 0.0.0.0 20260504103000 text/plain 77\n1 0 Made by hand\n"
    arc += b"URL IP-address Archive-date Content-type Archive-length\n\n"
    arc += f"{A} 192.0.2.1 20260504103000 text/html {len(block)}\n".encode() + block + b"\n"
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as zip_file:
        zip_file.writestr("archive/a.warc.gz", packed.raw)
        zip_file.writestr("archive/b.warc", plain.raw)
    return {
        "packed": packed.raw,
        "plain": plain.raw,
        "whole": gzip.compress(plain.raw, mtime=0),
        "arc": arc,
        "wacz": package.getvalue(),
    }


def mutate(raw: bytes, chance: random.Random) -> bytes:
    """Change, cut, repeat or add some bytes."""
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            changed[at : at + 1] = chance.randbytes(1)
        elif kind == 1:
            del changed[at : at + chance.choice((1, 5, 100))]
        elif kind == 2:
            changed[at:at] = chance.randbytes(chance.choice((1, 8, 40)))
        elif kind == 3:
            start = chance.randrange(len(raw))
            changed[at:at] = raw[start : start + chance.choice((10, 300, 3000))]
        else:
            changed[at : at + 20] = chance.choice(PARTS)
    end = chance.randrange(1, len(changed)) if chance.random() < 0.1 else len(changed)
    return bytes(changed[:end])


def read(name: str, raw: bytes) -> list[ReaderRecord]:
    reader = read_wacz if name == "wacz" else read_warc
    return list(reader("f", io.BytesIO(raw), ReadOptions()))


@pytest.mark.parametrize("count", [100, pytest.param(2000, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", sorted(samples()))
def test_no_change_raises_and_each_file_gives_something(name: str, count: int) -> None:
    chance = random.Random(f"{name} {count}")
    sample = samples()[name]
    for _ in range(count):
        assert read(name, mutate(sample, chance))


def texts(value: object) -> Iterator[str]:
    """Every text in a record that goes into the database as it is."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, Capture):
        yield value.uri  # headers are made storable where they are stored
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


@pytest.mark.parametrize("step", [23, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", ["packed", "plain", "arc"])
def test_no_text_holds_what_the_database_refuses(name: str, step: int) -> None:
    sample = samples()[name]
    raw = gzip.decompress(sample) if name == "packed" else sample
    for at in range(0, len(raw), step):
        for record in read(name, raw[:at] + b"\0" + raw[at + 1 :]):
            assert "\0" not in "".join(texts(record)), at
