"""An exported ledger, and two verifiers of it that share no line."""

import ast
import io
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ledger import checker
from claims.ledger.lines import CHECKER, Head, LedgerFile, verify_lines, write_ledger
from tests.ledger.chains import TAMPERINGS, Rows, chain, sealed

MOMENT = "2026-05-04T12:00:00.000000Z"
Figure = Callable[[str], None]


def exported(rows: Rows, head: Head | None = None) -> list[bytes]:
    out = io.BytesIO()
    write_ledger(rows, head or Head(len(rows), rows[-1].digest if rows else "00" * 32, MOMENT), out)
    return out.getvalue().splitlines(keepends=True)


def test_a_ledger_is_read_back_as_it_was_written() -> None:
    rows = chain(5)
    read = LedgerFile(exported(rows))
    assert [row.digest for row in read] == [row.digest for row in rows]
    assert (read.problem, read.head) == (None, Head(5, rows[-1].digest, MOMENT))


@pytest.mark.parametrize("length", [0, 1, 5])
def test_both_verifiers_find_that_an_untouched_ledger_holds(length: int) -> None:
    lines = exported(chain(length))
    assert verify_lines(lines).problem is None
    assert checker.check(lines) == (length, None)


@given(st.text(), st.text())
def test_both_write_and_hash_any_text_alike(reason: str, action: str) -> None:
    row = sealed(replace(chain(1)[0], reason=reason, action=action))
    lines = exported([row])
    assert verify_lines(lines).problem is None
    assert checker.check(lines) == (1, None)


def agree_on_tampered(amount: int, seed: int) -> int:
    """Tamper with chains in every way; both verifiers must find it and name the same row."""
    draw = random.Random(seed)
    found = 0
    pristine = chain(7)
    head = Head(7, pristine[-1].digest, MOMENT)
    for number in range(amount):
        rows = list(pristine)
        tampering = TAMPERINGS[number % len(TAMPERINGS)]
        tampering(rows, draw)
        lines = exported(rows, head)
        if lines == exported(pristine, head):
            continue  # the draw put back what was there
        verdict = verify_lines(lines)
        held, fault = checker.check(lines)
        assert verdict.problem, tampering
        assert fault, tampering
        assert held == verdict.rows, (tampering, fault, verdict.problem)
        assert [w for w in fault.split() if w.isdecimal()][:1] == [
            w for w in verdict.problem.split() if w.isdecimal()
        ][:1], (fault, verdict.problem)
        found += 1
    return found


def test_both_verifiers_agree_on_tampered_chains(figure: Figure) -> None:
    found = agree_on_tampered(2_000, seed=1)
    assert found > 1_900
    figure(f"verifiers {found} tampered chains {found} found by both, same row named")


@pytest.mark.long
def test_both_verifiers_agree_on_many_tampered_chains(figure: Figure) -> None:
    found = agree_on_tampered(100_000, seed=2)
    figure(f"verifiers {found} tampered chains {found} found by both, same row named (long)")


def agree_on_flipped(amount: int, seed: int) -> int:
    """Change single bytes of the file."""
    draw = random.Random(seed)
    whole = b"".join(exported(chain(5)))
    moment = whole.index(MOMENT.encode(), whole.index(b'"head":{'))
    found = 0
    for _ in range(amount):
        at = draw.randrange(len(whole))
        if moment <= at < moment + len(MOMENT):
            continue  # when it was read is no part of the ledger
        changed = bytearray(whole)
        changed[at] = draw.choice([byte for byte in range(256) if byte != whole[at]])
        lines = io.BytesIO(bytes(changed)).readlines()
        verdict, (held, fault) = verify_lines(lines), checker.check(lines)
        assert verdict.problem, (at, changed[at])
        assert fault, (at, changed[at])
        assert held == verdict.rows
        found += 1
    return found


def test_any_byte_of_the_file_that_is_changed_is_found(figure: Figure) -> None:
    found = agree_on_flipped(3_000, seed=3)
    figure(f"verifiers {found} bytes of a file changed {found} found by both")


@pytest.mark.long
def test_any_byte_of_many_is_found(figure: Figure) -> None:
    found = agree_on_flipped(100_000, seed=4)
    figure(f"verifiers {found} bytes of a file changed {found} found by both (long)")


def test_a_whole_ledger_written_anew_is_found_by_a_kept_digest_alone() -> None:
    kept = chain(5)[-1].digest
    lines = exported(chain(5, reason="forged"))
    assert (verify_lines(lines).problem, checker.check(lines)[1]) == (None, None)
    assert "kept" in (verify_lines(lines, kept).problem or "")
    assert "kept" in (checker.check(lines, kept)[1] or "")
    later = exported(chain(9))
    assert (verify_lines(later, kept).problem, checker.check(later, kept)) == (None, (9, None))


def test_the_checker_is_one_small_file_that_needs_nothing_but_python() -> None:
    source = CHECKER.read_text("utf-8")
    assert len(source.splitlines()) <= 220
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else
                     [alias.name for alias in node.names])
        if name
    }  # fmt: skip
    assert imported == {"__future__", "decimal", "hashlib", "json", "sys", "typing"}


def run_checker(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_checker_runs_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    rows = chain(3)
    path.write_bytes(b"".join(exported(rows)))
    assert run_checker(str(path)) == (0, f"{path}: 3 rows, the chain holds\n")
    assert run_checker(str(path), "--head", rows[1].digest)[0] == 0
    assert run_checker(str(path), "--head", "ab" * 32)[0] == 1
    path.write_bytes(b"".join(exported(rows)).replace(b'"accept"', b'"reject"', 1))
    code, said = run_checker(str(path))
    assert (code, "row 1 was changed (signed r, reject claim c)" in said) == (1, True)
    assert run_checker()[0] == 2
    assert run_checker(str(tmp_path / "none"))[0] == 2
