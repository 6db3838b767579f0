"""claims ingest --queue and claims worker, from a file to a claim."""

from pathlib import Path

from tests.cli.conftest import Claims


def test_a_file_goes_through_the_queue(claims: Claims, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(
        '{"doc_id": "1", "text": "Mayor Ada Quill said \\"the bridge is safe\\" on Monday."}\n'
        '{"doc_id": "2"}\n',
        "utf-8",
    )
    put = claims("ingest", "--queue", str(path))
    assert (put.code, "missing-text" in put.err) == (1, True)
    assert put.out == "1 article in the queue; `claims worker` stores it; 1 problem.\n"
    status = claims("worker", "--status").out
    assert status.startswith("1 record to be taken; 0 with 0 workers; 1 extracted, ")
    done = claims("worker", "--once", "--workers", "1")
    assert done.out == "1 article read, 0 already stored; 1 claim stored; 1 problem.\n"
    assert (done.code, "missing-text" in done.err) == (1, True)
    assert claims("worker", "--status").out == "The queue is empty.\n"
    assert "Ada Quill" in claims("list").out


def test_options_that_contradict_each_other_are_refused(claims: Claims, tmp_path: Path) -> None:
    path = str(tmp_path)
    assert "leave --dry-run" in claims("ingest", "--queue", "--dry-run", path).err
    assert "give one of them" in claims("worker", "--once", "--idle-exit", "3").err
