"""A file is whole or not there."""

import os
from pathlib import Path

import pytest

from claims.errors.files import NotWrittenError, WouldReplaceError
from claims.exchange.file import hashed, whole_file


def test_a_file_that_fails_half_way_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"before")
    with pytest.raises(RuntimeError):
        _write_half(path, force=True)
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def _write_half(path: Path, *, force: bool = False) -> None:
    with whole_file(path, force=force) as out:
        out.write(b"half")
        raise RuntimeError


def test_a_file_is_replaced_only_if_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"before")
    with pytest.raises(WouldReplaceError), whole_file(path):
        pytest.fail("the block must not begin")
    assert path.read_bytes() == b"before"
    with whole_file(path, force=True) as out:
        out.write(b"after")
    assert path.read_bytes() == b"after"


def test_a_file_that_appears_while_another_is_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(WouldReplaceError), whole_file(path):
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_link_that_leads_nowhere_is_not_replaced_either(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.symlink_to(tmp_path / "gone")
    with pytest.raises(WouldReplaceError), whole_file(path):
        pytest.fail("the block must not begin")
    assert path.is_symlink()


def test_a_missing_folder_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError), whole_file(tmp_path / "no" / "out.csv"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told_and_the_device_stays_a_device() -> None:
    full = Path("/dev/full")
    with pytest.raises(NotWrittenError):
        _write_hashed(full)
    assert full.is_char_device()


def _write_hashed(path: Path) -> None:
    with whole_file(path) as file, hashed(file, path) as (out, _):
        out.write(b"x" * 100)


def test_the_digest_is_of_what_was_written(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file, hashed(file, tmp_path / "a") as (out, digest):
        out.write(b"abc")
    assert digest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~_mask()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
