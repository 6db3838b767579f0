"""WACZ: a zip file with the web archives of one or more crawls, and their digests."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from pydantic import BaseModel, ConfigDict

from claims.model.article import ReaderRecord
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions
from claims.readers.record_stream import searchable
from claims.readers.warc import read_warc
from claims.text.clean import clean_line

BLOCK = 1 << 20
LARGEST = 10 << 30
MOST_TIMES, UNJUDGED = 200, 1 << 20
"""How many times its size a member may unpack to, and from how many bytes on that is asked."""
MOST_MEMBERS = 10_000
LARGEST_LIST = 16 << 20
UNPACKING_ERRORS = (
    OSError, RuntimeError, NotImplementedError, EOFError, ValueError, struct.error,
    zipfile.BadZipFile, zlib.error, LZMAError,
)  # fmt: skip
"""What zipfile raises for damage, a password, and a compression that it does not know."""
WEB_ARCHIVES = (".warc", ".warc.gz", ".arc", ".arc.gz")


class _Resource(BaseModel):
    """What the list of contents says of a member."""

    model_config = ConfigDict(extra="ignore")

    path: str
    hash: str | None = None


class _Package(BaseModel):
    model_config = ConfigDict(extra="ignore")

    resources: list[_Resource] = []


def read_wacz(location: str, stream: BinaryIO, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The articles, notices and problems of all web archives in a WACZ file.

    Args:
        location: What to call the file.
        stream: Its bytes, from the beginning.
        options: What the command line says.
    """
    with searchable(stream) as file:
        yield from _read_file(location, file, options)


def _read_file(location: str, file: BinaryIO, options: ReadOptions) -> Iterator[ReaderRecord]:
    try:
        package = zipfile.ZipFile(file)
        members = package.infolist()
    except UNPACKING_ERRORS as error:
        yield Problem(location, Reason.DAMAGED, f"its zip directory cannot be read: {error}"[:200])
        return
    if len(members) > MOST_MEMBERS:
        yield Problem(location, Reason.TOO_LARGE, f"more than {MOST_MEMBERS} files in it")
        return
    digests = _read_digests(package)
    archives = [member for member in members if member.filename.lower().endswith(WEB_ARCHIVES)]
    for member in archives:
        yield from _read_member(location, package, member, options=options, digests=digests)
    if not archives:
        yield Problem(location, Reason.NO_ARTICLE, "no web archive (archive/*.warc.gz) in it")


def _read_digests(package: zipfile.ZipFile) -> dict[str, str]:
    """SHA-256 of members by name, as the list of contents gives them; empty if it has none."""
    try:
        with package.open("datapackage.json") as member:
            resources = _Package.model_validate_json(member.read(LARGEST_LIST)).resources
    except (KeyError, *UNPACKING_ERRORS):
        return {}
    return {
        resource.path: resource.hash.partition(":")[2].lower()
        for resource in resources
        if resource.hash and resource.hash.startswith("sha256:")
    }


def _read_member(
    location: str,
    package: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    *,
    options: ReadOptions,
    digests: dict[str, str],
) -> Iterator[ReaderRecord]:
    place = f"{location}/{clean_line(member.filename)}"
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        yield Problem(location, Reason.DAMAGED, f"a file in it is called {member.filename[:100]!r}")
        return
    with TemporaryFile() as copy:
        try:
            digest = _copy(package, member, copy)
        except UNPACKING_ERRORS as error:
            yield Problem(place, Reason.DAMAGED, f"it cannot be unpacked whole: {error}"[:200])
        except _TooLargeError as error:
            yield Problem(place, Reason.TOO_LARGE, str(error))
            return
        else:
            if digests.get(member.filename, digest) != digest:
                detail = "its digest is not the one that datapackage.json gives"
                yield Problem(place, Reason.DIGEST_FAILED, detail)
        copy.seek(0)
        yield from read_warc(place, copy, options)


class _TooLargeError(Exception):
    """A member unpacks to too much."""


def _copy(package: zipfile.ZipFile, member: zipfile.ZipInfo, copy: IO[bytes]) -> str:
    """Unpack a member, a block at a time; returns its SHA-256 in hexadecimal."""
    digest, size = hashlib.sha256(), 0
    limit = min(LARGEST, max(UNJUDGED, MOST_TIMES * member.compress_size))
    with package.open(member) as unpacked:
        while block := unpacked.read(BLOCK):
            size += len(block)
            if size > limit:
                raise _TooLargeError(f"it unpacks to more than {limit} bytes")
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()
